"""One item that promises machinery, with how far it was kept."""

from __future__ import annotations

from markupsafe import Markup

from scripts.ledger.plan.source import item_anchor

from ..context import Context
from ..parts.badges import demo
from ..parts.mechanisms import duty_rows
from ..render import render


def mechanism(context: Context, key: str) -> Markup:
    """One item: its words, its duties, each period."""
    items = context.promise.plan.mechanisms
    position = next(i for i, each in enumerate(items) if each.number == int(key))
    return render(
        "pages/mechanism.html.j2",
        c=context,
        demo=demo(context),
        item=items[position],
        anchor=item_anchor(items[position].number),
        duties=duty_rows(context, items[position].duties),
        previous=items[position - 1] if position else None,
        following=items[position + 1] if position + 1 < len(items) else None,
    )
