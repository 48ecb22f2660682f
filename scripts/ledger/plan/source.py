"""The official text, put together again from the data alone.

`compose` gives every line of the document in order, each with the piece of data that claims it
and the anchor under which the site shows it.  The check compares these lines with source.txt, the
source page prints them, and every quotation links to its line's anchor: one definition of where
an official word stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from ..model.plan_files import plan_file, task_file
from ..model.problems import Place
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
