"""The county on one day: counts, the tasks furthest from target, what changed, what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from scripts.ledger.model.rules import COLOURS
from scripts.ledger.phrases.formats import day_words
from scripts.ledger.plan.schedule import ends
from scripts.ledger.series.comparison import Comparison, compare_verdicts
from scripts.ledger.verdict.standing import Standing
from scripts.ledger.verdict.terms import Duty

from ..context import Context
from .badges import Sign, badge, sign
from .upcoming import due_at, thing
from .verdict_board import VerdictBead, verdict_rod

WORST = 3
REASONS = 2
NEXT = 6
THINGS = 2


@dataclass(frozen=True)
class Count:
    """How many tasks have one verdict."""

    number: int
    sign: Sign


@dataclass(frozen=True)
class WorstCard:
    """One of the tasks furthest from target: badge, beads, its sentence of reasons, who leads."""

    number: int
    title: str
    badge: Markup
    beads: tuple[VerdictBead, ...]
    sentence: str
    lead: str


@dataclass(frozen=True)
class Next:
    """What one task owes at the next checkpoint: the official words or the planned numbers, and who leads."""

    number: int
    title: str
    words: str
    lead: str


def tally(context: Context) -> tuple[list[Count], list[Count]]:
    """Counts of the county, each task once: the five colours (zeros too), then the uncoloured states that occur."""
    counts, speech = context.day.figures.county.counts, context.day.speech
    colours = [Count(counts.get(colour, 0), sign(colour, speech)) for colour in COLOURS]
    states = [Count(n, sign(verdict, speech)) for verdict, n in counts.items() if verdict not in COLOURS]
    return colours, states


def worst_cards(context: Context) -> list[WorstCard]:
    """The three tasks furthest from target: the worst colour first, then the longest delay, then by number.  None is named that is on time."""
    day = context.day
    behind = [s for s in day.standings.values() if s.colour in COLOURS[2:]]
    behind.sort(key=lambda s: (-COLOURS.index(s.colour or "blue"), -_longest(s), s.task))
    return [_card(context, standing) for standing in behind[:WORST]]


def _longest(standing: Standing) -> int:
    """The longest delay in days among the reasons of a standing."""
    return max((reason.days or 0 for reason in standing.reasons), default=0)


def _card(context: Context, standing: Standing) -> WorstCard:
    task = context.promise.tasks[standing.task]
    return WorstCard(
        standing.task,
        task.title,
        badge(standing, context),
        verdict_rod(context, standing.task).beads,
        in_short(context, standing),
        "、".join(task.lead),
    )


def in_short(context: Context, standing: Standing) -> str:
    """The colour with its weightiest reasons, or what a state says of itself; the task's page says all."""
    speech = context.day.speech
    if not standing.colour:
        return standing.sentence
    reasons = [reason.sentence for reason in standing.reasons if reason.colour == standing.colour][:REASONS] or [standing.sentence]
    said = speech.say(speech.words.reasons.join).join(reasons)
    return speech.say(speech.words.reasons.verdict, colour=speech.colour(standing.colour), reasons=said)


def change(context: Context) -> tuple[str, str, Comparison] | None:
    """The last two checkpoints with a first result, and what changed between them; None before there are two."""
    day, points = context.day, context.promise.plan.checkpoints
    if len(day.published_checkpoints) < 2:
        return None
    before, after = day.published_checkpoints[-2:]
    return points[before].id, points[after].id, compare_verdicts(day.as_known(before, after), day.first(after))


def coming(context: Context) -> tuple[str, str, list[Next], int] | None:
    """The next checkpoint that has not ended: its id, its last day, what the first few tasks owe there, how many tasks owe something; None
    after the last.  A changed target is told as changed."""
    promise = context.promise
    position = next((p for p, point in enumerate(promise.plan.checkpoints) if ends(point.id) >= context.as_of), None)
    if position is None:
        return None
    point = promise.plan.checkpoints[position].id
    found = [
        Next(number, task.title, _owed(context, duties, ends(point)), "、".join(task.lead))
        for number, task in sorted(promise.tasks.items())
        if (duties := due_at(context, number, position))
    ]
    return point, day_words(ends(point)), found[:NEXT], len(found)


def _owed(context: Context, duties: list[Duty], last: date) -> str:
    """The first things that a task owes, each with its own day where that is not the checkpoint's last; the task's page says all."""
    said = [thing(duty, context) + (f"（{context.day.speech.day(duty.due)}前）" if duty.due != last else "") for duty in duties[:THINGS]]
    return "；".join(said) + (f"等{len(duties)}件" if len(duties) > THINGS else "")
