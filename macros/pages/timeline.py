"""All cells on one axis."""

from __future__ import annotations

from markupsafe import Markup

from scripts.ledger.plan.schedule import spans

from ..context import Context
from ..parts.task_list import choices, listed_tasks
from ..parts.timeline import cells
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
        points=context.points,
        total=len(promise.plan.checkpoints),
        headings=[(chapter, [row for row in rows if row[1].chapter == chapter.id]) for chapter in promise.plan.chapters],
        choices=choices(context, listed),
        listed={row.number: row for row in listed},
    )
