"""One unit."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from scripts.exchange.workbooks.offered import offered, sheet_path
from scripts.exchange.workbooks.outgoing import file_name, form_of
from scripts.ledger.phrases.formats import month_words

from ..context import Context
from ..parts.badges import demo
from ..parts.subscriptions import subscriptions
from ..parts.timeline import cells
from ..parts.unit_progress import unit_progress
from ..render import render


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
