"""The items that promise machinery, with how far they were kept; the money; what a yearly assessment could look at."""

from __future__ import annotations

from markupsafe import Markup

from scripts.ledger.model.promise import Mechanism
from scripts.ledger.phrases.measures import measures
from scripts.ledger.plan.source import item_anchor
from scripts.pages import record_pages

from ..context import Context
from ..parts.assessment import heads, unit_rows
from ..parts.badges import demo
from ..parts.funding import money_rows, source_rows
from ..parts.mechanisms import duty_rows
from ..parts.meetings import unit_name
from ..render import render


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


def funding(context: Context, key: str) -> Markup:
    """Where the money comes from: by source, then by task."""
    sources, total = source_rows(context)
    rows = money_rows(context)
    told = list(dict.fromkeys(row.task for row in rows))
    duties = [
        duty for each in context.promise.plan.mechanisms for duty in each.duties if duty.id.partition("-")[0] == "funding" and duty.every
    ]
    return render(
        "pages/funding.html.j2",
        c=context,
        demo=demo(context),
        sources=sources,
        total=total,
        rows=[(number, [row for row in rows if row.task == number]) for number in told],
        silent=[(n, task.title) for n, task in sorted(context.promise.tasks.items()) if n not in told],
        told=len(told),
        count=len(context.promise.tasks),
        duties=duty_rows(context, tuple(duties)),
        quotes=quotes(context, "funding"),
    )


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


def quotes(context: Context, word: str) -> list[tuple[Mechanism, str]]:
    """The official words that promise something of a kind, each with its item."""
    return [(each, duty.quote) for each in context.promise.plan.mechanisms for duty in each.duties if duty.id.partition("-")[0] == word]
