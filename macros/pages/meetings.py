"""All meetings."""

from __future__ import annotations

from markupsafe import Markup

from scripts.ledger.phrases import voices

from ..context import Context
from ..parts.badges import demo
from ..parts.mechanisms import duty_rows
from ..parts.meetings import session_rows
from ..render import render


def meetings(context: Context, key: str) -> Markup:
    """The meetings against the promise of meeting: period by period, then each meeting with what was decided and what came of it."""
    duties = [duty for each in context.promise.plan.mechanisms for duty in each.duties if duty.every in ("month", "quarter")]
    rows = session_rows(context)
    items = [item for row in rows for item in row.items]
    return render(
        "pages/meetings.html.j2",
        c=context,
        demo=demo(context),
        duties=duty_rows(context, tuple(duties)),
        rows=rows,
        items=len(items),
        done=sum(item.state == "done" for item in items),
        done_word=context.day.speech.say(voices.ITEM_DONE),
    )
