"""Problems as they are shown: how each stands, in the words of the rules, and how it came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from scripts.ledger.phrases import voices
from scripts.ledger.phrases.problem_steps import step_words
from scripts.ledger.verdict.deliverables import ProblemPart, problem_parts
from scripts.ledger.verdict.evidence import Trouble, steps_of, troubles
from scripts.ledger.verdict.terms import ages_from

from ..context import Context
from .badges import colour_badge
from .meetings import Name, unit_name
from .rules_in_words import days_words
from .task_list import Choice

GROUPS = {"late": voices.PROBLEMS_LATE, "open": voices.PROBLEMS_OPEN, "closed": voices.PROBLEMS_CLOSED}


@dataclass(frozen=True)
class Step:
    """One step in the life of a problem: its day, what happened, the official words."""

    day: str
    words: str
    text: str


@dataclass(frozen=True)
class ProblemRow:
    """One problem.  `group` is late, open or closed; `unit` the slug of its owner; `badge` only where it bears on a colour; `now` says how it stands, `steps` how it came."""

    id: str
    group: str
    task: int
    title: str
    description: str
    owner: Name
    unit: str
    due: str
    extended: str
    badge: Markup
    now: str
    days: int
    steps: tuple[Step, ...]


def problem_rows(context: Context) -> list[ProblemRow]:
    """Every problem: the longest overdue first, then those being rectified by deadline, then the closed ones, newest first."""
    day = context.day
    rows = [(each, _problem(context, each)) for each in troubles(day.records, None, day.as_of, day.known)]
    order = list(GROUPS)
    late = sorted((row for row in rows if row[1].group == "late"), key=lambda row: (-row[1].days, row[0].id))
    running = sorted((row for row in rows if row[1].group == "open"), key=lambda row: (row[0].rectify_by, row[0].id))
    closed = sorted((row for row in rows if row[1].group == "closed"), key=lambda row: (_closed(row[0]), row[0].id), reverse=True)
    return sorted((row for _, row in (*late, *running, *closed)), key=lambda row: order.index(row.group))


def problem_groups(context: Context) -> list[tuple[str, str]]:
    """How problems can stand, as (group, what it is called)."""
    return [(group, context.day.speech.say(said)) for group, said in GROUPS.items()]


def problem_choices(context: Context, rows: list[ProblemRow]) -> list[Choice]:
    """What the ledger of problems can be filtered by, each with just the values that occur."""
    owners = dict.fromkeys((row.unit, row.owner.words) for row in rows)
    here = {row.group for row in rows}
    return [
        Choice("unit", "整改单位", tuple(owners)),
        Choice("state", "现在", tuple(each for each in problem_groups(context) if each[0] in here)),
    ]


def _closed(trouble: Trouble) -> date:
    return trouble.closed_on or trouble.found.found_on


def _problem(context: Context, trouble: Trouble) -> ProblemRow:
    day, found, speech = context.day, trouble.found, context.day.speech
    part = next((part for part in problem_parts(day.seen[found.task], day.rules) if part.trouble.id == trouble.id), None)
    deadline = ages_from(trouble.rectify_by, day.seen[found.task].suspensions)
    return ProblemRow(
        id=trouble.id,
        group="closed" if not trouble.open else "late" if deadline < day.as_of else "open",
        task=found.task,
        title=context.promise.tasks[found.task].title,
        description=found.description,
        owner=unit_name(context, found.owner),
        unit=context.ledger.units[found.owner].slug,
        due=speech.day(trouble.rectify_by),
        extended=speech.day(trouble.extended_to) if trouble.extended_to else "",
        badge=colour_badge(part.colour, context) if part and day.opened else Markup(""),
        now=_overdue(context, part) if part else _quiet(context, trouble, deadline),
        days=part.days if part else 0,
        steps=problem_steps(context, trouble.id),
    )


def _overdue(context: Context, part: ProblemPart) -> str:
    """How a problem stands that bears on a colour, in the words of the rules, with the rule that settles its colour."""
    day, speech, trouble = context.day, context.day.speech, part.trouble
    words, limits, said = speech.words.reasons, day.rules.rectification, []
    if part.days:
        overdue = words.problem_again if part.rested else words.problem
        said.append(speech.say(overdue, id=trouble.id, rectify_by=speech.day(trouble.rectify_by), days=part.days))
    if trouble.reopened_on:
        said.append(speech.say(words.reopened, id=trouble.id, reopened_on=speech.day(trouble.reopened_on)))
    by_days = part.days > limits.yellow or not trouble.reopened_on
    note = days_words(part.colour, limits, speech) if by_days else speech.say(words.reopening, colour=speech.colour(part.colour))
    return speech.say(words.join).join(said) + (speech.say(words.note, text=note) if day.opened else "")


def _quiet(context: Context, trouble: Trouble, deadline: date) -> str:
    """How a problem stands that bears on no colour: closed, or open within its deadline."""
    if trouble.closed_on is None:
        return "还在期限以内"
    speech = context.day.speech
    done = speech.say(voices.PROBLEM_CLOSED, day=speech.day(trouble.closed_on))
    late = (trouble.closed_on - deadline).days
    return f"{done}，{f'比期限晚{late}天' if late > 0 else '没有超过期限'}"


def problem_steps(context: Context, id: str) -> tuple[Step, ...]:
    """What was recorded of a problem, as known, each file a step."""
    day, speech = context.day, context.day.speech
    found = (step for _, step in steps_of(day.records, id, day.as_of, day.known))
    return tuple(Step(speech.day(step.day), *step_words(step, speech)) for step in found)
