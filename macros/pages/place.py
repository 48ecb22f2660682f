"""One place."""

from __future__ import annotations

from markupsafe import Markup

from scripts.ledger.plan.place_lines import steps

from ..context import Context
from ..parts.badges import badge, demo
from ..parts.citation import cite_section
from ..parts.county_today import in_short
from ..parts.place_list import place_entry, told_until
from ..render import render


def place(context: Context, key: str) -> Markup:
    """One place: its line in each task that names it, and the pledge's words."""
    entry = place_entry(context, key)
    promise = context.promise
    found = [(n, promise.tasks[n], next((line for line in entry.lines if line.task == n), None)) for n in entry.site.tasks]
    return render(
        "pages/place.html.j2",
        c=context,
        entry=entry,
        tasks=found,
        sheet=bool(steps(entry.site, promise)),
        cite=cite_section(context, "place", key),
        told=told_until(context),
        badges={n: badge(context.day.standings[n], context) for n in entry.site.tasks} if context.day.opened else {},
        reasons={n: in_short(context, context.day.standings[n]) for n in entry.site.tasks} if context.day.opened else {},
        demo=demo(context),
    )
