"""All units."""

from __future__ import annotations

from markupsafe import Markup

from scripts.ledger.phrases.formats import day_words
from scripts.ledger.series.unit_table import unit_table
from scripts.tables.columns import Source
from scripts.tables.summaries import unit_roles

from ..context import Context
from ..parts.badges import demo
from ..parts.unit_figures import unit_figures_table
from ..render import render


def units(context: Context, key: str) -> Markup:
    """All units: leads first, with how many tasks each leads and cooperates in; collectives as printed."""
    table = unit_roles(Source(context.ledger, context.day))
    rows = [(name, int(counts["lead"]), int(counts["cooperating"])) for name, counts in table.iterrows()]
    collectives: dict[str, list[int]] = {}
    for number, found in sorted(context.promise.tasks.items()):
        for words in found.cooperating.collectives:
            collectives.setdefault(words, []).append(number)
    return render(
        "pages/units.html.j2",
        c=context,
        leads=[row for row in rows if row[1]],
        others=[row for row in rows if not row[1]],
        collectives=collectives,
        figures=_figures(context),
        demo=demo(context),
    )


def _figures(context: Context) -> Markup | None:
    """The figures of all lead units today; None before reporting has opened."""
    day = context.day
    if not day.opened:
        return None
    table = unit_table(context.promise, day.figures, day.speech)
    return unit_figures_table(context, table, demo(context) + f" 截至{day_words(context.as_of)}，今天的评定")
