"""The rule of the official text: the data, put together again, is the document, line by line."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from ..model.plan_files import source_file
from ..model.problems import Place, Problem
from ..model.promise import Promise
from ..phrases.formats import quoted
from ..phrases.problems import shown
from ..plan.source import SourceLine, compose


def compare(promise: Promise, source: str) -> Iterator[Problem]:
    """拼回的全文与 source.txt 逐字相同，每一行恰好由一处数据录入（行尾空白和空行不计）。"""
    composed = [line for line in compose(promise) if line.text.strip()]
    printed = [(n, text.rstrip()) for n, text in enumerate(source.split("\n"), start=1) if text.strip()]
    ours, theirs = [line.text for line in composed], [text for _, text in printed]
    for a, b, c, d in _partings(ours, theirs):
        paired = min(b - a, d - c)
        for line, (number, text) in zip(composed[a : a + paired], printed[c : c + paired], strict=True):
            if line.text == text:
                continue
            yield Problem(
                line.owner,
                f"必须与原文逐字相同（source.txt 第{number}行，{_difference(line.text, text)}）",
                line.text.strip(),
                example=_to_write(line, text.strip()),
            )
        for line in composed[a + paired : b]:
            yield Problem(line.owner, "原文里没有这一行，或先后不对", line.text.strip())
        for number, text in printed[c + paired : d]:
            yield Problem(
                Place(source_file(promise.id)),
                f"原文第{number}行{quoted(shown(text.strip()))}还没有录入；请写进 plan.yml 或相应的任务文件",
                line=number,
            )


def _to_write(line: SourceLine, printed: str) -> str | None:
    """What the owner of a line must hold so that the line is as printed; None where that alone would not do it."""
    if line.one_of_many or not printed.startswith(line.label) or printed == line.text.strip():
        return None
    words = printed.removeprefix(line.label)
    return f"[{', '.join(words.split('、'))}]" if line.owner.path == ("lead",) else words


ALIGNED = 4_000_000
"""So many pairs of lines are searched for the best alignment; in more than that, lines are compared as they come."""


def _partings(ours: list[str], theirs: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Where two texts part, as from and to in ours and in theirs."""
    shorter = min(len(ours), len(theirs))
    head = next((i for i in range(shorter) if ours[i] != theirs[i]), shorter)
    tail = next((i for i in range(shorter - head) if ours[-1 - i] != theirs[-1 - i]), shorter - head)
    left, right = ours[head : len(ours) - tail], theirs[head : len(theirs) - tail]
    if len(left) * len(right) > ALIGNED:
        yield head, head + len(left), head, head + len(right)
        return
    for tag, a, b, c, d in difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag != "equal":
            yield head + a, head + b, head + c, head + d


def _difference(ours: str, theirs: str) -> str:
    """Where two lines part, counted without the white space before them."""
    ours, theirs = ours.lstrip(), theirs.lstrip()
    if ours == theirs:
        return "行首的空白不同"
    at = next((i for i, (x, y) in enumerate(zip(ours, theirs, strict=False)) if x != y), min(len(ours), len(theirs)))
    ours, theirs = ours[at : at + 6] or "（到此为止）", theirs[at : at + 6] or "（到此为止）"
    return f"从第{at + 1}个字起，原文是“{theirs}”，数据是“{ours}”"
