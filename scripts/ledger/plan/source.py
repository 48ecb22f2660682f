"""The official text, put together again from the data alone.

`compose` gives every line of the document in order, each with the piece of data that claims it
and the anchor under which the site shows it.  The check compares these lines with source.txt, the
source page prints them, and every quotation links to its line's anchor: one definition of where
an official word stands.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from ..model.problems import Place, Problem
from ..model.promise import Column, Plan, Promise, Task

Part = Literal[
    "front", "chapter", "item", "mechanism", "back", "column", "number", "pledge", "cell", "lead", "cooperating", "other", "tail"
]


@dataclass(frozen=True)
class SourceLine:
    """One line of the document: its text without line-end white space, the data that claims it, its anchor.

    `number` is the item's number for lines of tasks and mechanisms, else None; `label` what the line begins with that its owner does
    not hold (1.); `one_of_many`: the owner holds more lines than this one.
    """

    text: str
    owner: Place
    part: Part
    anchor: str
    number: int | None = None
    label: str = ""
    one_of_many: bool = False


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
    if any(quote in words for words in (task.lead_cell, task.cooperating.words, *task.others)):
        return row_anchor(number)
    return None


def compose(promise: Promise) -> list[SourceLine]:
    """The whole document from plan and tasks, line by line; never reads source.txt."""
    lines = [*_main_text(promise), *_table(promise)]
    return [replace(line, text=line.text.rstrip()) for line in lines]


def main_text(promise: Promise) -> list[SourceLine]:
    """The lines before the table."""
    return list(_main_text(promise))


def _main_text(promise: Promise) -> Iterator[SourceLine]:
    plan, file = promise.plan, plan_file(promise.id)
    yield from _frame(plan, "front", file)
    listed = promise.plan.frame.tasks_in == "text_and_table"
    for index, chapter in enumerate(plan.chapters):
        items = [*_items(promise, chapter.id)] if listed else []
        mechanisms = [*_mechanisms(promise, chapter.id)]
        if not chapter.ours and (listed or mechanisms):
            yield SourceLine(chapter.heading, Place(file, ("chapters", index, "heading")), "chapter", f"chapter-{chapter.id}")
        yield from (*items, *mechanisms)
    yield from _frame(plan, "back", file)


def _items(promise: Promise, chapter: str) -> Iterator[SourceLine]:
    for number, task in sorted(promise.tasks.items()):
        if task.chapter == chapter:
            place = Place(task_file(promise.id, number), ("pledge",))
            label = task.label or f"{number}."
            yield SourceLine(label + task.pledge, place, "item", item_anchor(number), number, label)


def _mechanisms(promise: Promise, chapter: str) -> Iterator[SourceLine]:
    for position, each in enumerate(promise.plan.mechanisms):
        if each.chapter == chapter:
            place = Place(plan_file(promise.id), ("mechanisms", position, "text"))
            label = each.label or f"{each.number}."
            yield SourceLine(label + each.text, place, "mechanism", item_anchor(each.number), each.number, label)


def _frame(plan: Plan, part: Literal["front", "back", "tail"], file: str) -> Iterator[SourceLine]:
    for index, text in enumerate(getattr(plan.frame, part)):
        yield SourceLine(text, Place(file, ("frame", part, index)), part, f"{part}-{index + 1}")


def _table(promise: Promise) -> Iterator[SourceLine]:
    plan = promise.plan
    yield from _heads(plan, plan_file(promise.id))
    before: str | None = None
    for number, task in sorted(promise.tasks.items()):
        if plan.frame.chapter_rows and task.chapter != before:
            yield from _chapter_row(promise, task.chapter)
        before = task.chapter
        yield from _row(promise, number, task)
    yield from _frame(plan, "tail", plan_file(promise.id))


def _heads(plan: Plan, file: str) -> Iterator[SourceLine]:
    """The head of the table.  A head above all checkpoints stands in its place, they follow in a second row; without one, they
    stand among the columns."""
    frame = plan.frame
    points = [
        SourceLine("\t" + p.printed, Place(file, ("checkpoints", i, "printed")), "column", "table") for i, p in enumerate(plan.checkpoints)
    ]
    heads = iter([SourceLine("\t" + text, Place(file, ("frame", "columns", i)), "column", "table") for i, text in enumerate(frame.columns)])
    for kind in frame.order:
        if kind == "cells" and not heads_together(plan):
            yield from points
        else:
            yield from (head for head in [next(heads, None)] if head)
    yield from heads
    if heads_together(plan):
        yield from points


def heads_together(plan: Plan) -> bool:
    """Whether one head stands above the heads of all checkpoints."""
    return len(plan.frame.columns) >= len(plan.frame.order)


def column_heads(plan: Plan) -> list[tuple[Column, str]]:
    """The columns but the checkpoints', in their order: (what it holds, its printed head)."""
    heads = iter(plan.frame.columns)
    named = [(kind, "" if kind == "cells" and not heads_together(plan) else next(heads, "")) for kind in plan.frame.order]
    return [(kind, head) for kind, head in named if kind != "cells"]


def _chapter_row(promise: Promise, chapter: str) -> Iterator[SourceLine]:
    for index, each in enumerate(promise.plan.chapters):
        if each.id == chapter and not each.ours:
            place = Place(plan_file(promise.id), ("chapters", index, "heading"))
            yield SourceLine("\t" + each.heading, place, "chapter", f"chapter-{each.id}")


def _row(promise: Promise, number: int, task: Task) -> Iterator[SourceLine]:
    file, row = task_file(promise.id, number), row_anchor(number)
    others = iter([SourceLine("\t" + text, Place(file, ("others", i)), "other", row, number) for i, text in enumerate(task.others)])
    for kind in promise.plan.frame.order:
        match kind:
            case "number":
                yield SourceLine(f"\t{task.row or number}", Place(file, ("row",) if task.row else ()), "number", row, number)
            case "pledge":
                pledge = "table_pledge" if task.table_pledge else "pledge"
                yield SourceLine("\t" + getattr(task, pledge), Place(file, (pledge,)), "pledge", row, number)
            case "cells":
                for index, cell in enumerate(task.milestones):
                    anchor = cell_anchor(number, index + 1)
                    yield SourceLine("\t" + cell.text, Place(file, ("milestones", index, "text")), "cell", anchor, number)
            case "lead":
                place = Place(file, ("lead_printed",) if task.lead_printed else ("lead",))
                yield from _unit_lines(task.lead_cell, place, "lead", number)
            case "cooperating":
                yield from _unit_lines(task.cooperating.printed or "", Place(file, ("cooperating", "printed")), "cooperating", number)
            case "other":
                yield from (line for line in [next(others, None)] if line)
    yield from others


def _unit_lines(text: str, place: Place, part: Literal["lead", "cooperating"], number: int) -> Iterator[SourceLine]:
    """A cell of units: its lines, the first behind a tab."""
    lines = text.split("\n")
    for index, words in enumerate(lines):
        told = words if index or not words else "\t" + words
        yield SourceLine(told, place, part, row_anchor(number), number, one_of_many=len(lines) > 1)


def plan_file(plan_id: str) -> str:
    """The plan's own file, below the data folder."""
    return f"plans/{plan_id}/plan.yml"


def task_file(plan_id: str, number: int) -> str:
    """A task's file, below the data folder."""
    return f"plans/{plan_id}/tasks/{number:02}.yml"


def places_file(plan_id: str) -> str:
    """The list of a plan's places, below the data folder."""
    return f"plans/{plan_id}/places.yml"


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
                example=_to_write(line, text.strip()),
            )
        for line in composed[a + paired : b]:
            yield Problem(line.owner, "原文里没有这一行，或先后不对", line.text.strip())
        for number, text in printed[c + paired : d]:
            yield Problem(Place(source_file(promise.id)), f"原文第{number}行没有数据认领", text.strip(), line=number)


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
    return f"从第{at + 1}个字起，原文是「{theirs}」，数据是「{ours}」"
