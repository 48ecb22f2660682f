"""The home page: the promise alone, or how it stands once reporting has opened."""

from __future__ import annotations

from markupsafe import Markup

from scripts.ledger.model.promise import Plan
from scripts.ledger.plan.place_lines import steps
from scripts.ledger.plan.schedule import ends

from ..context import Context
from ..parts.badges import demo
from ..parts.board import board, board_key
from ..parts.county_today import change, coming, tally, worst_cards
from ..render import render

CHIPS = 6


def home(context: Context, key: str) -> Markup:
    """The home page: the promise alone, or how it stands once reporting has opened."""
    if context.day.opened:
        return _home_progress(context)
    promise = context.promise
    example = next((slug for slug, site in promise.sites.items() if steps(site, promise)), None)
    return render(
        "pages/home.html.j2",
        c=context,
        plan=promise.plan,
        issuer=_issuer(promise.plan),
        count=len(promise.tasks),
        points=context.points,
        chips=_chips(context),
        board=board(context, [chapter.id for chapter in promise.plan.chapters]),
        example=example,
        places=bool(promise.sites),
        doors=1 + bool(promise.sites) + bool(example),
        first=min(promise.tasks),
    )


def _home_progress(context: Context) -> Markup:
    """The home page with data: counts, the three worst with their reasons, what changed, the board, what is due next."""
    promise, day = context.promise, context.day
    colours, states = tally(context)
    changed = change(context)
    return render(
        "pages/home_progress.html.j2",
        c=context,
        demo=demo(context),
        plan=promise.plan,
        count=len(promise.tasks),
        past=len(day.published_checkpoints),
        colours=colours,
        states=states,
        grey=sum(each.number for each in states),
        grey_word=day.speech.say(day.rules.words.uncoloured.badge),
        changed=changed[2] if changed else None,
        latest=changed[1] if changed else None,
        points=_year(context),
        today_bar=any("today" in state for _, _, state in _year(context)),
        cards=worst_cards(context),
        board=board(context, [chapter.id for chapter in promise.plan.chapters]),
        key=board_key(context),
        coming=coming(context),
    )


def _issuer(plan: Plan) -> str:
    """Who issued the document, as people of the county call it: 县政府办公室 for 奉节县人民政府办公室; else as printed."""
    office = plan.document.issuer.removeprefix(plan.county)
    return plan.county[-1] + office.replace("人民政府", "政府") if office.startswith("人民政府") else plan.document.issuer


def _year(context: Context) -> list[tuple[str, str, str]]:
    """The rod of the year: (id, short words, CSS state) per checkpoint; a bar marks the day after the last one that has ended."""
    past = [ends(id) < context.as_of for id, _ in context.points]
    last = sum(past) - 1
    return [
        (id, words, ("past" if past[i] else "") + (" today" if i == last < len(past) - 1 else ""))
        for i, (id, words) in enumerate(context.points)
    ]


def _chips(context: Context) -> list[tuple[str, str]]:
    """A few places of different kinds to start from: (slug, name)."""
    first: dict[str, tuple[str, str]] = {}
    for slug, site in context.promise.sites.items():
        if len(site.name) <= 9:
            first.setdefault(site.kind, (slug, site.name))
    return list(first.values())[:CHIPS]
