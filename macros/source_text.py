"""The official text as a page: every line verbatim, every paragraph, row and cell with an anchor and a way back to what uses it."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from scripts.ledger.model import Note, Promise
from scripts.ledger.schedule import spans
from scripts.ledger.source import SourceLine, compose, row_anchor
from scripts.ledger.words import span_words

from .context import Context
from .render import render


@dataclass(frozen=True)
class Row:
    """One row of the table: pledge, cells as (anchor, where, words, anchor on the task's page), lead, cooperating."""

    number: int
    anchor: str
    pledge: str
    cells: tuple[tuple[str, str, str, str], ...]
    lead: str
    cooperating: str


def rows(promise: Promise) -> list[Row]:
    """The rows of the table."""
    found = []
    for number, task in sorted(promise.tasks.items()):
        marks = spans(task, promise.plan.checkpoints)
        points = [point.id for point in promise.plan.checkpoints]
        cells = tuple(
            (
                f"{row_anchor(number)}-cell-{i}",
                f"第{i}格　{span_words(span, promise.plan)}",
                cell.text,
                points[span.first[0]] if span.certain else f"cell-{i}",
            )
            for i, (cell, span) in enumerate(zip(task.milestones, marks, strict=True), start=1)
        )
        found.append(
            Row(number, row_anchor(number), task.table_pledge or task.pledge, cells, "、".join(task.lead), task.cooperating.printed)
        )
    return found


def paragraphs(promise: Promise) -> list[SourceLine]:
    """The lines before the table, each with its own anchor."""
    return [line for line in compose(promise) if line.part in ("front", "chapter", "item", "mechanism", "back")]


def noted(promise: Promise) -> list[tuple[int | None, Note]]:
    """Every note on a slip of the source, or on a difference between its two wordings, with the task's number (None: outside the tasks)."""
    of_tasks = [
        (number, note) for number, task in sorted(promise.tasks.items()) for note in task.notes if note.kind in ("source", "difference")
    ]
    return [*((None, note) for note in promise.plan.notes), *of_tasks]


def source_text(context: Context) -> Markup:
    """The whole document."""
    promise = context.promise
    return render(
        "source.html.j2",
        c=context,
        document=promise.plan.document,
        paragraphs=paragraphs(promise),
        rows=rows(promise),
        columns=promise.plan.frame.columns,
        points=[point.printed for point in promise.plan.checkpoints],
        notes=noted(promise),
        mechanisms={mechanism.number for mechanism in promise.plan.mechanisms},
    )
