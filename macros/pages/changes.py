"""What changed on the site."""

from __future__ import annotations

from markupsafe import Markup

from scripts.ledger.phrases.formats import day_words

from ..context import Context
from ..parts.badges import demo
from ..parts.change_log import updates
from ..parts.subscriptions import subscriptions
from ..render import render


def changes(context: Context, key: str) -> Markup:
    """更新记录."""
    return render(
        "pages/changes.html.j2",
        c=context,
        updates=updates(context),
        history=context.history,
        versions=[(each, day_words(each.day)) for each in context.history.versions if not each.explains],
        aside=[(each, day_words(each.day)) for each in context.history.versions if each.explains],
        subscriptions=subscriptions(context, "changes"),
        demo=demo(context),
    )
