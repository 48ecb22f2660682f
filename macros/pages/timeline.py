"""All cells on one axis."""

from __future__ import annotations

from markupsafe import Markup

from scripts.ledger.plan.schedule import ends, spans

from ..context import Context
from ..parts.badges import badge, demo
from ..parts.board import board_key
from ..parts.task_list import choices, listed_tasks
from ..parts.timeline import cells
from ..parts.verdict_board import VerdictBead, bead
from ..render import render


def time_axis(context: Context, key: str) -> Markup:
    """All cells on one axis: a list by checkpoint on phones, a picture of rods on wide screens."""
    promise, listed = context.promise, listed_tasks(context)
    rows = [
        (number, found, cells(number, found, promise), spans(found, promise.plan.checkpoints))
        for number, found in sorted(promise.tasks.items())
    ]
    return render(
        "pages/timeline.html.j2",
        c=context,
        rows=rows,
        points=[(id, words, ends(id) < context.as_of) for id, words in context.points],
        beads={number: _beads(context, number) for number in promise.tasks} if context.day.opened else {},
        badges={number: badge(standing, context) for number, standing in context.day.standings.items()} if context.day.opened else {},
        key=board_key(context) if context.day.opened else None,
        demo=demo(context),
        total=len(promise.plan.checkpoints),
        headings=[(chapter, [row for row in rows if row[1].chapter == chapter.id]) for chapter in promise.plan.chapters],
        choices=choices(context, listed),
        listed={row.number: row for row in listed},
    )


def _beads(context: Context, number: int) -> list[VerdictBead]:
    """How a task stood at the checkpoint at which each of its cells ends, as known today."""
    found = spans(context.promise.tasks[number], context.promise.plan.checkpoints)
    history = context.day.histories[number]
    return [bead(context.day, number, span.last[1], history[span.last[1]]) for span in found]
