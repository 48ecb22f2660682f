"""All places."""

from __future__ import annotations

from markupsafe import Markup

from ..context import Context
from ..parts.badges import demo
from ..parts.place_list import PlaceEntry, place_choices, place_entry, told_until
from ..parts.task_list import listed_tasks
from ..render import render


def places(context: Context, key: str) -> Markup:
    """Everything that the document names as a place, by kind; by township; the rest is county-wide."""
    promise = context.promise
    entries = [place_entry(context, slug) for slug in promise.sites]
    kinds: dict[str, list[PlaceEntry]] = {}
    townships: dict[str, list[PlaceEntry]] = {}
    for entry in entries:
        kinds.setdefault(entry.site.kind, []).append(entry)
        for township in entry.site.township or ():
            townships.setdefault(township, []).append(entry)
    kinds = dict(sorted(kinds.items(), key=lambda pair: -len(pair[1])))
    named = {number for site in promise.sites.values() for number in site.tasks}
    rest = [row for row in listed_tasks(context) if row.number not in named]
    return render(
        "pages/places.html.j2",
        c=context,
        kinds=kinds,
        townships=townships,
        rest=rest,
        count=len(promise.sites),
        choices=place_choices(context, [entry.listed for entry in entries], rest),
        told=told_until(context),
        demo=demo(context),
    )
