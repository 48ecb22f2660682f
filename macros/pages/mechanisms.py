"""The items that promise machinery."""

from __future__ import annotations

from markupsafe import Markup

from scripts.ledger.plan.source import item_anchor
from scripts.pages import record_pages
from scripts.pages.record_pages import kept

from ..context import Context
from ..parts.badges import demo
from ..parts.mechanisms import duty_rows
from ..render import render


def mechanisms(context: Context, key: str) -> Markup:
    """Items that promise machinery, verbatim, with the duties read from them; with records, how far each was kept."""
    if kept(context.day):
        return mechanisms_kept(context)
    return render(
        "pages/mechanisms.html.j2",
        c=context,
        mechanisms=context.promise.plan.mechanisms,
        notes=context.promise.plan.notes,
        item=item_anchor,
    )


def mechanisms_kept(context: Context) -> Markup:
    """All items that promise machinery, with how far each duty was kept."""
    plan = context.promise.plan
    return render(
        "pages/mechanisms_kept.html.j2",
        c=context,
        demo=demo(context),
        mechanisms=[(each, duty_rows(context, each.duties)) for each in plan.mechanisms],
        pages=record_pages.existing(context.day),
        notes=plan.notes,
    )
