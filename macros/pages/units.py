"""Who answers for what."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from scripts.exchange.workbooks.offered import offered, sheet_path
from scripts.exchange.workbooks.outgoing import file_name, form_of
from scripts.ledger.phrases.formats import day_words, month_words
from scripts.ledger.series.unit_table import unit_table
from scripts.tables.columns import Source
from scripts.tables.summaries import unit_roles

from ..context import Context
from ..parts.badges import demo
from ..parts.subscriptions import subscriptions
from ..parts.timeline import cells
from ..parts.unit_figures import unit_figures_table
from ..parts.unit_progress import unit_progress
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
    return unit_figures_table(context, table, demo(context) + f" 截至{day_words(context.as_of)}，今天的判定")


def unit(context: Context, key: str) -> Markup:
    """One unit: what it leads, what it cooperates in, and how it stands once reporting has opened."""
    promise, registered = context.promise, context.ledger.units[key]
    lead = [n for n, found in sorted(promise.tasks.items()) if key in found.lead]
    cooperating = [n for n, found in sorted(promise.tasks.items()) if key in found.cooperating.units]
    return render(
        "pages/unit.html.j2",
        c=context,
        name=key,
        unit=registered,
        lead=[(n, promise.tasks[n], cells(n, promise.tasks[n], promise)) for n in lead],
        cooperating=[(n, promise.tasks[n]) for n in cooperating],
        both=sorted(set(lead) & set(cooperating)),
        progress=unit_progress(context, key),
        subscriptions=subscriptions(context, "unit", key),
        workbooks=_workbooks(context, key),
        demo=demo(context),
        titles={n: found.title for n, found in promise.tasks.items()},
    )


@dataclass(frozen=True)
class Offer:
    """One workbook to fill in: its checkpoint in words, its path below the site's root, the name to save it under, what it asks."""

    words: str
    path: str
    name: str
    opening: str


def _workbooks(context: Context, unit: str) -> list[Offer]:
    """The workbooks that the unit's page offers; mostly one."""
    plan, slug = context.promise.id, context.ledger.units[unit].slug
    forms = [form_of(context.day, position, unit) for position in offered(context.day, unit)]
    return [
        Offer(month_words(form.checkpoint), sheet_path(plan, slug, form.checkpoint), file_name(form.checkpoint, unit), form.opening)
        for form in forms
    ]
