"""Where the money comes from."""

from __future__ import annotations

from markupsafe import Markup

from ..context import Context
from ..parts.badges import demo
from ..parts.funding import money_rows, source_rows
from ..parts.mechanisms import duty_rows, quotes
from ..render import render


def funding(context: Context, key: str) -> Markup:
    """Where the money comes from: by source, then by task."""
    sources, total = source_rows(context)
    rows = money_rows(context)
    told = list(dict.fromkeys(row.task for row in rows))
    duties = [
        duty for each in context.promise.plan.mechanisms for duty in each.duties if duty.id.partition("-")[0] == "funding" and duty.every
    ]
    return render(
        "pages/funding.html.j2",
        c=context,
        demo=demo(context),
        sources=sources,
        total=total,
        rows=[(number, [row for row in rows if row.task == number]) for number in told],
        silent=[(n, task.title) for n, task in sorted(context.promise.tasks.items()) if n not in told],
        told=len(told),
        count=len(context.promise.tasks),
        duties=duty_rows(context, tuple(duties)),
        quotes=quotes(context, "funding"),
    )
