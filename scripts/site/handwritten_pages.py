"""What stops a build on a page that people wrote by hand, in their words: mkdocs-macros answers with a page of Python.

Source: docs/guide/macros.md promises that a wrong name is answered with the right ones.
"""

from __future__ import annotations

import re
from pathlib import Path

HANDBOOK = "docs/guide/macros.md"
STOPPED = re.compile(r"# _Macro (?:Rendering|Syntax) Error_\s+_File_: `(?P<file>[^`]+)`\s+(?P<rest>.*)", re.S)
AT_LINE = re.compile(r'_Line (\d+) in Markdown file|File "<template>", line (\d+)')
TOLD = re.compile(r"_(?P<kind>\w+)_: (?P<said>[^\n]+)")
UNKNOWN = re.compile(r"'(\w+)' is undefined")
CHINESE = re.compile(r"[一-鿿]")


def hand_written(output: str, docs: Path) -> str | None:
    """“docs/zhuanti.md:8: 没有第‘99’项任务；可写 1 到 42”: what was wrong on which line of which page; None where it was something else.

    `output` is what mkdocs printed, `docs` the folder of the pages.
    """
    found = STOPPED.search(output)
    if not found:
        return None
    lines = [int(a or b) for a, b in AT_LINE.findall(found["rest"])]
    place = f"{docs.name}/{found['file']}" + (f":{lines[0] + _front(docs / found['file'])}" if lines else "")
    return f"{place}: {_words(found['rest'])}。写法和例子见 {HANDBOOK}"


def _words(rest: str) -> str:
    """The macro's own Chinese answer, or ours for what the template language said."""
    told = TOLD.match(rest)
    if told is None:
        return '{{ }} 里的写法不完整：引号要用英文的 "，括号要成对'
    if told["kind"] == "SecurityError":
        return "{{ }} 里只能写手册里的那几种写法，不能取别的东西"
    unknown = UNKNOWN.search(told["said"])
    if unknown:
        return f"没有“{unknown[1]}”这种写法"
    return told["said"] if CHINESE.search(told["said"]) else "{{ }} 的括号里写多了、写少了，或者写得不对"


def _front(path: Path) -> int:
    """How many lines stand before the text: the opening between two rules, which the line numbers of the template leave out."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError:
        return 0
    return lines.index("---", 1) + 1 if lines[:1] == ["---"] and "---" in lines[1:] else 0
