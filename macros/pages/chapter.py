"""One chapter."""

from __future__ import annotations

from markupsafe import Markup

from ..context import Context
from ..parts.board import board, board_key
from ..render import render


def chapter(context: Context, key: str) -> Markup:
    """One chapter: its board, and each task's pledge."""
    promise = context.promise
    found = [(n, task) for n, task in sorted(promise.tasks.items()) if task.chapter == key]
    head = next(each for each in promise.plan.chapters if each.id == key)
    return render(
        "pages/chapter.html.j2",
        c=context,
        heading=head.heading,
        ours=bool(head.ours),
        anchor="table" if head.ours else f"chapter-{key}",
        tasks=found,
        key=board_key(context) if context.day.opened else None,
        board=board(context, [key], halves=False),
    )
