"""How one unit stands: its figures, its lead tasks with their reasons, its reporting, the problems that are its to rectify, its own words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from scripts.ledger.model.rules import COLOURS, Fate
from scripts.ledger.phrases import voices
from scripts.ledger.phrases.formats import month_short, month_words, number_words
from scripts.ledger.phrases.measures import measures
from scripts.ledger.series.briefs import SAID, first_figures, has_brief
from scripts.ledger.series.reporting import DUE, Filed, reporting
from scripts.ledger.series.unit_figures import RATED, Figures

from ..context import Context
from .badges import Sign, badge, demo, sign
from .problems import ProblemRow, problem_rows

OPEN: tuple[Fate, ...] = ("late", "missing", "awaited", "ahead")


@dataclass(frozen=True)
class Ratio:
    """One figure of a unit: what it is called, n/N as it is said, what it counts."""

    name: str
    text: str
    note: str


@dataclass(frozen=True)
class LedTask:
    """One lead task as judged today: badge, the engine's sentence, its marks, the other leads."""

    number: int
    badge: Markup
    sentence: str
    marks: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """One checkpoint's report in the table of reporting: the words, and whether they stand out."""

    words: str
    missed: bool


@dataclass(frozen=True)
class Past:
    """The unit's figures as first published for one checkpoint."""

    checkpoint: str
    words: str
    counts: tuple[tuple[Sign, int], ...]
    ratios: tuple[str, ...]


@dataclass(frozen=True)
class Statement:
    """A unit's own words: on which task, when."""

    task: int
    text: str
    day: str


@dataclass(frozen=True)
class UnitProgress:
    """All that a lead unit's page shows once reporting has opened.  `joint`: its tasks with more than one lead."""

    tally: tuple[tuple[Sign, int], ...]
    ratios: tuple[Ratio, ...]
    tasks: dict[int, LedTask]
    order: tuple[int, ...]
    joint: tuple[int, ...]
    reporting: str
    points: tuple[tuple[str, str], ...]
    told: tuple[tuple[int, tuple[Told, ...]], ...]
    summary: str
    problems: tuple[ProblemRow, ...]
    pasts: tuple[Past, ...]
    statements: tuple[Statement, ...]
    demo: Markup


def unit_progress(context: Context, unit: str) -> UnitProgress | None:
    """The progress of a unit that leads tasks; None for one that leads none, or before reporting has opened."""
    day = context.day
    if not day.opened or unit not in day.figures.leads:
        return None
    figures, plan = day.figures.leads[unit], context.promise.plan
    filed = {n: reporting(context.promise, n, day.seen[n], day.rules) for n in figures.tasks}
    return UnitProgress(
        tally=tuple(_tally(context, figures)),
        ratios=tuple(_ratios(context, figures)),
        tasks={n: _led(context, n, unit) for n in figures.tasks},
        order=tuple(sorted(figures.tasks, key=lambda n: (_weight(context, n), n))),
        joint=tuple(n for n in figures.tasks if len(context.promise.tasks[n].lead) > 1),
        reporting=day.speech.say(voices.REPORTING),
        points=tuple((point.id, month_short(point.id, plan.year)) for point in plan.checkpoints),
        told=tuple((n, tuple(_told(context, each) for each in _columns(filed[n], len(plan.checkpoints)))) for n in figures.tasks),
        summary=_summary(context, [each for mine in filed.values() for each in mine]),
        problems=tuple(row for row in problem_rows(context) if _answers(context, row, unit)),
        pasts=tuple(_pasts(context, unit)),
        statements=tuple(_statements(context, unit)),
        demo=demo(context),
    )


def _tally(context: Context, figures: Figures) -> Iterator[tuple[Sign, int]]:
    """The five colours, zeros too, then the states that occur."""
    speech = context.day.speech
    yield from ((sign(colour, speech), figures.counts.get(colour, 0)) for colour in COLOURS)
    yield from ((sign(verdict, speech), count) for verdict, count in figures.counts.items() if verdict not in COLOURS)


def _ratios(context: Context, figures: Figures) -> Iterator[Ratio]:
    speech = context.day.speech
    days = speech.say(speech.words.figures.none) if figures.open_days is None else _days(figures.open_days)
    texts = (figures.rate.text, figures.speed.text, figures.solved.text, days)
    yield from (Ratio(each.name, text, each.sentence) for each, text in zip(measures(speech.verdict), texts, strict=True))
    yield Ratio(speech.say(speech.words.figures.left), figures.left.text, speech.say(speech.words.figures.left_note))


def _days(days: Decimal) -> str:
    return f"{number_words(days)}天"


def _weight(context: Context, task: int) -> int:
    """The worst first: red, 未报送, 数据不全, orange, yellow, then the others."""
    order = ("red", "unreported", "incomplete", "orange", "yellow", "green", "blue")
    verdict = context.day.standings[task].verdict
    return order.index(verdict) if verdict in order else len(order)


def _led(context: Context, task: int, unit: str) -> LedTask:
    standing = context.day.standings[task]
    others = tuple(name for name in context.promise.tasks[task].lead if name != unit)
    return LedTask(
        task, badge(standing, context), standing.sentence, tuple(mark.text for mark in standing.marks if mark.kind not in SAID), others
    )


def _columns(filed: Sequence[Filed], points: int) -> list[Filed]:
    """One report a checkpoint; the last stands for those of days after it to which targets were moved, where it is the one that matters."""
    return [*filed[: points - 1], next((each for each in reversed(filed[points - 1 :]) if each.fate in OPEN), filed[points - 1])]


def _told(context: Context, filed: Filed) -> Told:
    """What is said of one checkpoint's report, in the words of the rules file."""
    speech, words = context.day.speech, context.day.speech.words
    on = speech.day(filed.filed) if filed.filed else ""
    said: dict[Fate, str] = {
        "on_time": f"{on}，{speech.say(voices.IN_TIME)}",
        "late": f"{on}，{speech.say(words.cells.reported_late, days=filed.days)}",
        "missing": speech.say(words.cells.unreported),
        "awaited": speech.say(words.cells.awaiting_report),
        "ahead": speech.say(words.cells.not_due),
        "extra": f"{on}，{voices.UNASKED}",
        "none": voices.UNASKED,
    }
    return Told(said[filed.fate], filed.fate in ("late", "missing"))


def _summary(context: Context, filed: list[Filed]) -> str:
    """应报13次：按期11次，逾期1次，未报送1次。"""
    speech = context.day.speech
    found = [each.fate for each in filed]
    due, missing = sum(fate in DUE for fate in found), speech.say(speech.words.cells.unreported)
    told = f"{speech.say(voices.IN_TIME)}{found.count('on_time')}次，逾期{found.count('late')}次，{missing}{found.count('missing')}次"
    return f"到期{due}次：{told}。最后一天是节点月末以后第{context.day.rules.report_days}天。"


def _answers(context: Context, row: ProblemRow, unit: str) -> bool:
    """Whether a problem is the unit's: it is to rectify it, or it leads the task and none of the leads is to rectify it."""
    leads = context.promise.tasks[row.task].lead
    return row.owner.words == unit or (unit in leads and row.owner.words not in leads)


def _pasts(context: Context, unit: str) -> Iterator[Past]:
    """The briefs, as first published: the unit's counts and its three ratios."""
    day = context.day
    for position, point in enumerate(day.promise.plan.checkpoints):
        figures = first_figures(day, position).leads.get(unit) if has_brief(day, position) else None
        if figures:
            counts = tuple((sign(colour, day.speech), figures.counts.get(colour, 0)) for colour in RATED)
            yield Past(
                point.id, month_words(point.id), counts, (figures.rate.text, figures.speed.text, figures.solved.text, figures.left.text)
            )


def _statements(context: Context, unit: str) -> Iterator[Statement]:
    """The unit's own words, newest first."""
    day = context.day
    found = [each for each in day.records.statements.values() if each.unit == unit and each.published <= day.known]
    for each in sorted(found, key=lambda each: (each.published, each.task), reverse=True):
        yield Statement(each.task, each.text, day.speech.day(each.published))
