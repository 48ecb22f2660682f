"""All tasks."""

from __future__ import annotations

from markupsafe import Markup

from ..context import Context
from ..parts.badges import demo
from ..parts.indicator_tables import due_table
from ..parts.task_list import by_verdict, choices, listed_tasks
from ..render import render


def tasks(context: Context, key: str) -> Markup:
    """All tasks: what they can be filtered by, the list by chapter, the list by colour once there are colours, what is due when."""
    promise, rows = context.promise, listed_tasks(context)
    chapters = [(chapter, [row for row in rows if row.task.chapter == chapter.id]) for chapter in promise.plan.chapters]
    return render(
        "pages/tasks.html.j2",
        c=context,
        count=len(promise.tasks),
        chapters=[pair for pair in chapters if pair[1]],
        choices=choices(context, rows),
        verdicts=by_verdict(context, rows),
        due=due_table(context),
        demo=demo(context),
    )
