"""What a yearly assessment could look at."""

from __future__ import annotations

from markupsafe import Markup

from scripts.ledger.phrases.measures import measures

from ..context import Context
from ..parts.assessment import heads, unit_rows
from ..parts.badges import demo
from ..parts.mechanisms import quotes
from ..parts.meetings import unit_name
from ..render import render


def assessment(context: Context, key: str) -> Markup:
    """What a yearly assessment could look at: each figure with its denominator, nothing added up."""
    day = context.day
    ranked, low, county = unit_rows(context)
    return render(
        "pages/assessment.html.j2",
        c=context,
        demo=demo(context),
        ranked=ranked,
        low=low,
        county=county,
        heads=heads(context),
        measures=measures(day.speech.verdict),
        left=day.speech.say(day.speech.words.figures.left),
        left_note=day.speech.say(day.speech.words.figures.left_note),
        floor=day.rules.rank_from,
        percent_from=day.rules.percent_from,
        in_a_row=day.rules.in_a_row,
        version=day.rules.version,
        firsts=[context.points[position] for position in day.published_checkpoints],
        cooperating=[(unit_name(context, name), numbers) for name, numbers in day.figures.cooperating.items()],
        quotes=quotes(context, "assessment"),
        over=len(day.published_checkpoints) == len(context.promise.plan.checkpoints),
    )
