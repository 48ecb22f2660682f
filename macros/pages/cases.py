"""Model cases."""

from __future__ import annotations

from markupsafe import Markup

from scripts.ledger.phrases.formats import day_words

from ..context import Context
from ..parts.badges import demo
from ..parts.mechanisms import quotes
from ..parts.meetings import unit_name
from ..render import render


def cases(context: Context, key: str) -> Markup:
    """Model cases that were published, the newest first."""
    day = context.day
    found = [(id, case) for id, case in sorted(day.records.cases.items()) if case.published <= day.known and case.day <= day.as_of]
    return render(
        "pages/cases.html.j2",
        c=context,
        demo=demo(context),
        cases=[
            (
                id,
                case,
                day_words(case.published),
                [(n, context.promise.tasks[n].title) for n in case.tasks],
                [unit_name(context, name) for name in case.units],
            )
            for id, case in sorted(found, key=lambda pair: (pair[1].published, pair[0]), reverse=True)
        ],
        quotes=quotes(context, "cases"),
    )
