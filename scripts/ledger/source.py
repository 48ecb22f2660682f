"""The official text, put together again from the data alone.

`compose` gives every line of the document in order, each with the piece of data that claims it
and the anchor under which the site shows it.  The check compares these lines with source.txt, the
source page prints them, and every quotation links to its line's anchor: one definition of where
an official word stands.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from .model import Plan, Promise, Task
from .problems import Place, Problem

Part = Literal["front", "chapter", "item", "mechanism", "back", "column", "number", "pledge", "cell", "lead", "cooperating"]


@dataclass(frozen=True)
class SourceLine:
    """One line of the document: its text without line-end white space, the data that claims it, its anchor.

    `number` is the item's number for lines of tasks and mechanisms, else None.
    """

    text: str
    owner: Place
    part: Part
    anchor: str
    number: int | None = None


def item_anchor(number: int) -> str:
    """Where the main text prints an item."""
    return f"item-{number}"


def row_anchor(number: int) -> str:
    """Where the table prints a task's row."""
    return f"row-{number}"


def cell_anchor(number: int, cell: int) -> str:
    """Where the table prints a cell of a row; cells count from 1."""
    return f"row-{number}-cell-{cell}"


def place_of(quote: str, task: Task, number: int) -> str | None:
    """The anchor of the first place where a task's official words contain `quote`: main text, then the row."""
    if quote in task.pledge:
        return item_anchor(number)
    if quote in (task.table_pledge or ""):
        return row_anchor(number)
    for index, cell in enumerate(task.milestones, start=1):
        if quote in cell.text:
            return cell_anchor(number, index)
    if quote in task.cooperating.printed:
        return row_anchor(number)
    return None


def compose(promise: Promise) -> list[SourceLine]:
    """The whole document from plan and tasks, line by line; never reads source.txt."""
    lines = [*_main_text(promise), *_table(promise)]
    return [SourceLine(line.text.rstrip(), line.owner, line.part, line.anchor, line.number) for line in lines]


def _main_text(promise: Promise) -> Iterator[SourceLine]:
    plan, file = promise.plan, plan_file(promise.id)
    yield from _frame(plan, "front", file)
    for index, chapter in enumerate(plan.chapters):
        yield SourceLine(chapter.heading, Place(file, ("chapters", index, "heading")), "chapter", f"chapter-{chapter.id}")
        for number, task in sorted(promise.tasks.items()):
            if task.chapter == chapter.id:
                yield SourceLine(
                    f"{number}.{task.pledge}", Place(task_file(promise.id, number), ("pledge",)), "item", item_anchor(number), number
                )
        for position, mechanism in enumerate(plan.mechanisms):
            if mechanism.chapter == chapter.id:
                place = Place(file, ("mechanisms", position, "text"))
                yield SourceLine(
                    f"{mechanism.number}.{mechanism.text}", place, "mechanism", item_anchor(mechanism.number), mechanism.number
                )
    yield from _frame(plan, "back", file)


def _frame(plan: Plan, part: Literal["front", "back"], file: str) -> Iterator[SourceLine]:
    for index, text in enumerate(getattr(plan.frame, part)):
        yield SourceLine(text, Place(file, ("frame", part, index)), part, f"{part}-{index + 1}")


def _table(promise: Promise) -> Iterator[SourceLine]:
    file = plan_file(promise.id)
    for index, text in enumerate(promise.plan.frame.columns):
        yield SourceLine("\t" + text, Place(file, ("frame", "columns", index)), "column", "table")
    for index, point in enumerate(promise.plan.checkpoints):
        yield SourceLine("\t" + point.printed, Place(file, ("checkpoints", index, "printed")), "column", "table")
    for number, task in sorted(promise.tasks.items()):
        yield from _row(promise.id, number, task)


def _row(plan_id: str, number: int, task: Task) -> Iterator[SourceLine]:
    file, row = task_file(plan_id, number), row_anchor(number)
    yield SourceLine(f"\t{number}", Place(file), "number", row, number)
    pledge = "table_pledge" if task.table_pledge else "pledge"
    yield SourceLine("\t" + getattr(task, pledge), Place(file, (pledge,)), "pledge", row, number)
    for index, cell in enumerate(task.milestones):
        yield SourceLine("\t" + cell.text, Place(file, ("milestones", index, "text")), "cell", cell_anchor(number, index + 1), number)
    yield SourceLine("\t" + "、".join(task.lead), Place(file, ("lead",)), "lead", row, number)
    for index, text in enumerate(task.cooperating.printed.split("\n")):
        yield SourceLine(
            "" if not text else text if index else "\t" + text, Place(file, ("cooperating", "printed")), "cooperating", row, number
        )


def plan_file(plan_id: str) -> str:
    """The plan's own file, below the data folder."""
    return f"plans/{plan_id}/plan.yml"


def task_file(plan_id: str, number: int) -> str:
    """A task's file, below the data folder."""
    return f"plans/{plan_id}/tasks/{number:02}.yml"


def source_file(plan_id: str) -> str:
    """The official text, below the data folder."""
    return f"plans/{plan_id}/source.txt"


def compare(promise: Promise, source: str) -> Iterator[Problem]:
    """拼回的全文与 source.txt 逐字相同，每一行恰好由一处数据认领（行尾空白和空行不计）。"""
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
                example=text.strip(),
            )
        for line in composed[a + paired : b]:
            yield Problem(line.owner, "原文里没有这一行，或先后不对", line.text.strip())
        for number, text in printed[c + paired : d]:
            yield Problem(Place(source_file(promise.id)), f"原文第{number}行没有数据认领", text.strip(), line=number)


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
    return f"从第{at + 1}个字起，原文是「{theirs}」，数据是「{ours}」"
