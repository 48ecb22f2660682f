"""The official text as a page: every line verbatim, every paragraph, row and cell with an anchor and a way back to what uses it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from scripts.ledger.model.promise import Note, Promise, Task
from scripts.ledger.phrases.formats import span_words
from scripts.ledger.plan.schedule import page_anchor, spans
from scripts.ledger.plan.source import cell_anchor, column_heads, heads_together, item_anchor, main_text, row_anchor

from ..context import Context
from ..render import render

PUBLIC = "此件公开发布"
"""What a document says of itself that anyone may read."""


@dataclass(frozen=True)
class Field:
    """One field of a row: its head and words; for a cell its anchor, and the anchor on the task's page."""

    head: str
    words: str
    anchor: str = ""
    back: str = ""


@dataclass(frozen=True)
class Row:
    """One row of the table: its number as printed, `item` the anchor of its pledge where no main text prints it, its fields in the
    table's order; `chapter` the heading that the table prints before it, `chapter_anchor` its anchor where no main text has it."""

    number: int
    label: str
    anchor: str
    item: str
    fields: tuple[Field, ...]
    chapter: str = ""
    chapter_anchor: str = ""


def rows(promise: Promise) -> list[Row]:
    """The rows of the table."""
    frame, found, before = promise.plan.frame, [], ""
    headings = {chapter.id: chapter.heading for chapter in promise.plan.chapters if frame.chapter_rows and not chapter.ours}
    listed = frame.tasks_in == "text_and_table"
    for number, task in sorted(promise.tasks.items()):
        new = headings.get(task.chapter, "") if task.chapter != before else ""
        before = task.chapter
        found.append(
            Row(
                number,
                task.row or str(number),
                row_anchor(number),
                "" if listed else item_anchor(number),
                tuple(_fields(promise, number, task)),
                new,
                f"chapter-{task.chapter}" if new and not listed else "",
            )
        )
    return found


def _fields(promise: Promise, number: int, task: Task) -> Iterator[Field]:
    """A row's fields but its number, in the table's order."""
    heads = iter(column_heads(promise.plan))
    others = iter(task.others)
    for kind in promise.plan.frame.order:
        if kind == "cells":
            yield from _cells(promise, number, task)
            continue
        _, head = next(heads)
        match kind:
            case "pledge":
                yield Field(head, task.table_pledge or task.pledge)
            case "lead":
                yield Field(head, task.lead_cell)
            case "cooperating":
                yield Field(head, task.cooperating.printed or "")
            case "other":
                yield Field(head, next(others, ""))


def _cells(promise: Promise, number: int, task: Task) -> Iterator[Field]:
    row = spans(task, promise.plan.checkpoints)
    for i, (cell, span) in enumerate(zip(task.milestones, row, strict=True), start=1):
        back = page_anchor(row, i - 1, promise.plan.checkpoints)
        yield Field(f"第{i}格　{span_words(span, promise.plan)}", cell.text, cell_anchor(number, i), back)


def heads(promise: Promise) -> list[str]:
    """The heads of the table, in its order, the checkpoints' together in brackets."""
    plan, found = promise.plan, iter(promise.plan.frame.columns)
    points = "（" + "、".join(point.printed for point in plan.checkpoints) + "）"
    return [(next(found, "") if heads_together(plan) else "") + points if kind == "cells" else next(found, "") for kind in plan.frame.order]


def noted(promise: Promise) -> list[tuple[int | None, Note]]:
    """Every note on a slip of the source, or on a difference between its two wordings, with the task's number (None: outside the tasks)."""
    of_tasks = [
        (number, note) for number, task in sorted(promise.tasks.items()) for note in task.notes if note.kind in ("source", "difference")
    ]
    return [*((None, note) for note in promise.plan.notes), *of_tasks]


def parts(promise: Promise, found: list[Row]) -> list[tuple[str, list[Row]]]:
    """The rows chapter by chapter, as they follow in the table: (heading, rows).  Each can be folded on a phone."""
    headings = {chapter.id: chapter.heading for chapter in promise.plan.chapters}
    return [(headings[chapter], list(each)) for chapter, each in groupby(found, lambda row: promise.tasks[row.number].chapter)]


def source_text(context: Context) -> Markup:
    """The whole document."""
    promise = context.promise
    return render(
        "pages/source.html.j2",
        c=context,
        document=promise.plan.document,
        paragraphs=main_text(promise),
        groups=parts(promise, rows(promise)),
        heads=heads(promise),
        widths_lost=any(task.span for task in promise.tasks.values()),
        tail=promise.plan.frame.tail,
        public=any(PUBLIC in line for line in promise.plan.frame.front),
        notes=noted(promise),
        mechanisms={mechanism.number for mechanism in promise.plan.mechanisms},
    )
