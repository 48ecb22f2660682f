"""What stands behind a task: its problems step by step, its money by source, the units' own words, what the inspection said."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from scripts.ledger.phrases import voices
from scripts.ledger.phrases.formats import money_words
from scripts.ledger.phrases.phrasebook import Speech
from scripts.ledger.series import funding as purse
from scripts.ledger.verdict.evidence import Trouble
from scripts.ledger.verdict.terms import ages_from

from ..context import Context
from .badges import Sign, sign
from .problems import Step, problem_steps


@dataclass(frozen=True)
class ProblemCard:
    """One problem: its number and words, who rectifies it by when, how long overdue, how it stands, its steps; `sign` where it
    bears on the colour."""

    id: str
    words: str
    owner: str
    found: str
    rectify_by: str
    overdue: str
    state: str
    sign: Sign | None
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Money:
    """One source of money, in 万元 as last told; `when` the checkpoint of the last word."""

    source: str
    planned: str
    received: str
    spent: str
    when: str


@dataclass(frozen=True)
class Words:
    """A unit's own words: who, when, on which checkpoint."""

    unit: str
    text: str
    day: str
    checkpoint: str


@dataclass(frozen=True)
class Inspected:
    """What an inspection said of the task: its document, its own colour (None: none), its words, what was seen on site."""

    checkpoint: str
    document: str
    day: str
    sign: Sign | None
    note: str
    on_site: str


def problems(context: Context, number: int) -> list[ProblemCard]:
    """The problems of a task, the open ones first."""
    cards = [(trouble.open, _problem(context, number, trouble)) for trouble in context.day.seen[number].troubles]
    return [card for _, card in sorted(cards, key=lambda pair: not pair[0])]


def _problem(context: Context, number: int, trouble: Trouble) -> ProblemCard:
    day, speech = context.day, context.day.speech
    part = next((each for each in day.standings[number].problems if each.trouble.id == trouble.id), None)
    return ProblemCard(
        id=trouble.id,
        words=trouble.found.description,
        owner=trouble.found.owner,
        found=speech.day(trouble.found.found_on),
        rectify_by=speech.day(trouble.rectify_by),
        overdue=_overdue(context, number, trouble),
        state=_closed(trouble, speech),
        sign=sign(part.colour, speech) if part else None,
        steps=problem_steps(context, trouble.id),
    )


def _closed(trouble: Trouble, speech: Speech) -> str:
    if trouble.closed_on is None:
        return speech.say(voices.PROBLEM_UNTOLD)
    return speech.say(voices.PROBLEM_CLOSED, day=speech.day(trouble.closed_on))


def _overdue(context: Context, number: int, trouble: Trouble) -> str:
    """How long past the original deadline: 已过22天 while open, the engine's 逾期 n 天完成 once closed."""
    speech, deadline = context.day.speech, ages_from(trouble.rectify_by, context.day.seen[number].suspensions)
    days = (trouble.closed_on - deadline).days if trouble.closed_on else trouble.days_open(deadline, context.as_of)
    if days <= 0:
        return ""
    return speech.say(speech.words.cells.late, days=days) if trouble.closed_on else f"已逾期{days}天"


# ---------------------------------------------------------------- money


def money(context: Context, number: int) -> list[Money]:
    """Every source of money of the task as last told, in the order told."""
    return [
        Money(each.source, _wan(each.planned), _wan(each.received), _wan(each.spent), context.day.speech.checkpoint(each.checkpoint))
        for each in purse.of_task(context.day, number)
    ]


def _wan(yuan: Decimal | None) -> str:
    return "" if yuan is None else money_words(yuan)


# ---------------------------------------------------------------- words of others


def statements(context: Context, number: int) -> list[Words]:
    """What units say of the task themselves, newest first."""
    day = context.day
    found = [each for each in day.records.statements.values() if each.task == number and each.published <= day.known]
    found.sort(key=lambda each: (each.published, each.unit), reverse=True)
    return [
        Words(each.unit, each.text, day.speech.day(each.published), day.speech.checkpoint(each.checkpoint) if each.checkpoint else "")
        for each in found
    ]


def inspections(context: Context, number: int) -> list[Inspected]:
    """What the inspections said of the task, newest first."""
    speech = context.day.speech
    return [
        Inspected(
            speech.checkpoint(key),
            review.document,
            speech.day(review.published),
            sign(each.colour, speech) if each.colour else None,
            each.note or "",
            each.on_site or "",
        )
        for key, review in reversed(context.day.seen[number].reviews)
        for each in review.tasks
        if each.task == number
    ]
