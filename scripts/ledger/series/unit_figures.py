"""Figures per unit, of lead tasks only; the county's total, a joint task once; the order of laggards.

Source: status.md, "Per unit".  No composite score: the plan gives no weights.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from statistics import median

from ..model.promise import Promise
from ..model.records import Revision, Suspension
from ..model.rules import COLOURS, Rules
from ..model.testimony import Records
from ..model.wordbook import Publisher
from ..phrases.phrasebook import Speech, Verdict
from ..verdict.evidence import Seen, Trouble, see
from ..verdict.revisions import followed
from ..verdict.standing import Standing, standing
from ..verdict.terms import ages_from, report_due
from .checkpoint_results import Cell, first_history, first_published, history
from .preserved_results import removals

ON_PACE: tuple[Verdict, ...] = ("blue", "green")
RATED: tuple[Verdict, ...] = (*COLOURS, "unreported", "incomplete")
"""What the rate counts: five colours, 未报送 and 数据不全.  The other states are outside all rates."""


@dataclass(frozen=True)
class Ratio:
    """n of N, never divided; `text` is 3/4, with a percentage only where N is large enough, “——” where N = 0."""

    part: int
    whole: int
    text: str


@dataclass(frozen=True)
class Left:
    """What left the rates of some tasks or moved in them: targets postponed and dropped, days paused, records taken down; `text` says so,
    “——” where there is nothing.  Dropping and pausing never make a unit look better without being seen."""

    postponed: int
    dropped: int
    paused: int
    removed: int
    text: str


@dataclass(frozen=True)
class Figures:
    """The figures of one unit's lead tasks, or of the county.

    `counts`: verdict → tasks, zeros left out.  `rate` 进度达标率, `speed` 按期完成率, `solved` 问题解决力度.  `open_days`: median days that
    a problem was (has been) open, the days left out on which it was closed, None without problems.  `overdue`: open problems past their deadline.  `silent`: tasks that missed
    several required reports in a row.  `left`: what left the rates.  `rated`: how many tasks the rate counts.
    """

    tasks: tuple[int, ...]
    counts: Mapping[Verdict, int]
    rate: Ratio
    speed: Ratio
    solved: Ratio
    open_days: Decimal | None
    overdue: int
    silent: int
    left: Left

    @property
    def rated(self) -> int:
        return self.rate.whole


@dataclass(frozen=True)
class UnitFigures:
    """All units: `leads` by name; `cooperating` by name (tasks only, unscored); the `county`, each task once; the `laggards` in order;
    `unranked` units with too few rated tasks, by name."""

    leads: Mapping[str, Figures]
    cooperating: Mapping[str, tuple[int, ...]]
    county: Figures
    laggards: tuple[str, ...]
    unranked: tuple[str, ...]


@dataclass(frozen=True)
class _Task:
    """What the figures take from one task."""

    number: int
    standing: Standing
    cells: tuple[Cell, ...]
    seen: Seen
    followed: tuple[Revision, ...]
    removed: int


def unit_figures(
    promise: Promise, records: Records, rules: Rules, as_of: date, known: date | None = None, publisher: Publisher = "independent"
) -> UnitFigures:
    """The figures of every unit on `as_of`.  A joint task counts for each of its leads, and once in the county."""
    known = known or as_of
    tasks = {
        number: _Task(
            number,
            standing(promise, number, records, rules, as_of, known, publisher),
            history(promise, number, records, rules, as_of, known, publisher, "original"),
            *_moved(promise, number, records, rules, as_of, known),
        )
        for number in sorted(promise.tasks)
    }
    return _all_figures(promise, tasks, as_of, Speech(rules, publisher, promise.plan.year))


def first_unit_figures(
    promise: Promise, records: Records, rules: Rules, position: int, publisher: Publisher = "independent"
) -> UnitFigures:
    """The figures of every unit as first published for the checkpoint at `position`."""
    day = report_due(promise, position, rules) + timedelta(1)
    tasks = {
        number: _Task(
            number,
            first_published(promise, number, records, rules, position, publisher),
            first_history(promise, number, records, rules, position, publisher, "original"),
            *_moved(promise, number, records, rules, day, day),
        )
        for number in sorted(promise.tasks)
    }
    return _all_figures(promise, tasks, day, Speech(rules, publisher, promise.plan.year))


def _moved(
    promise: Promise, number: int, records: Records, rules: Rules, as_of: date, known: date
) -> tuple[Seen, tuple[Revision, ...], int]:
    """What was known of a task, the changes of its targets that count, how many of its records were taken down."""
    seen = see(promise, number, records, as_of, known)
    removed = sum(each.published <= min(as_of, known) for each in removals(records, number))
    return seen, tuple(followed(promise, number, seen, rules)), removed


def _all_figures(promise: Promise, tasks: Mapping[int, _Task], as_of: date, speech: Speech) -> UnitFigures:
    led: dict[str, list[_Task]] = {}
    helped: dict[str, list[int]] = {}
    for number, task in sorted(promise.tasks.items()):
        for unit in task.lead:
            led.setdefault(unit, []).append(tasks[number])
        for unit in task.cooperating.units:
            helped.setdefault(unit, []).append(number)
    leads = {unit: _figures(promise, mine, unit, as_of, speech) for unit, mine in sorted(led.items())}
    county = _figures(promise, list(tasks.values()), None, as_of, speech)
    return UnitFigures(leads, {unit: tuple(numbers) for unit, numbers in sorted(helped.items())}, county, *_order(leads, speech.rules))


def _figures(promise: Promise, tasks: Sequence[_Task], unit: str | None, as_of: date, speech: Speech) -> Figures:
    """The figures of some tasks; `unit` None counts every problem, else those that are the unit's to rectify."""
    counts = Counter(task.standing.verdict for task in tasks)
    found = [
        (task, trouble) for task in tasks for trouble in task.seen.troubles if unit is None or _answers(promise, task.number, trouble, unit)
    ]
    due = [(trouble, day) for task, trouble in found if (day := _deadline(task, trouble)) < as_of]
    opened = [trouble.days_open(trouble.found.found_on, trouble.closed_on or as_of) for _, trouble in found]
    judged = [cell for task in tasks for cell in task.cells if speed_counts(promise, task.number, cell)]
    return Figures(
        tasks=tuple(task.number for task in tasks),
        counts=dict(sorted(counts.items())),
        rate=ratio(sum(counts[each] for each in ON_PACE), sum(counts[each] for each in RATED), speech),
        speed=ratio([cell.kind for cell in judged].count("met"), len(judged), speech),
        solved=ratio(sum(trouble.closed_on is not None and trouble.closed_on <= day for trouble, day in due), len(due), speech),
        open_days=median(Decimal(days) for days in opened) if opened else None,
        overdue=sum(trouble.open for trouble, _ in due),
        silent=sum(task.standing.silent >= speech.rules.in_a_row for task in tasks),
        left=_left(tasks, as_of, speech),
    )


def _left(tasks: Sequence[_Task], as_of: date, speech: Speech) -> Left:
    changes = [each for task in tasks for each in task.followed]
    counts = {
        "postponed": sum(_later(each) for each in changes),
        "dropped": sum(each.change == "drop" for each in changes),
        "paused": sum(days_paused(task.seen.suspensions, as_of) for task in tasks),
        "removed": sum(task.removed for task in tasks),
    }
    return Left(**counts, text=left_words(counts, speech))


def left_words(counts: Mapping[str, int], speech: Speech) -> str:
    """另：推迟3项、取消1项、暂缓46天、撤下1份; “——” where nothing left or moved."""
    words = speech.words.figures
    said = [speech.say(getattr(words, name), count=count) for name, count in counts.items() if count]
    return speech.say(speech.words.reasons.listed).join(said) or speech.say(words.none)


def _later(revision: Revision) -> bool:
    """Whether a change moves a target to a later day."""
    before, after = revision.before, revision.after
    return revision.change == "due" and isinstance(before, date) and isinstance(after, date) and after > before


def days_paused(suspensions: Sequence[Suspension], as_of: date) -> int:
    """The days up to `as_of` on which a task was 暂缓, both ends counted, none twice."""
    days, until = 0, date.min
    for each in sorted(suspensions, key=lambda each: each.published):
        first, last = max(each.published, until + timedelta(1)), min(each.review_by, as_of)
        days, until = days + max(0, (last - first).days + 1), max(until, last)
    return days


def ratio(part: int, whole: int, speech: Speech) -> Ratio:
    """n/N as it is said."""
    words = speech.words.figures
    if whole == 0:
        return Ratio(part, whole, speech.say(words.none))
    if whole < speech.rules.percent_from:
        return Ratio(part, whole, speech.say(words.ratio, part=part, whole=whole))
    return Ratio(
        part, whole, speech.say(words.ratio_percent, part=part, whole=whole, percent=speech.percent(Decimal(part), Decimal(whole)))
    )


def _answers(promise: Promise, number: int, trouble: Trouble, unit: str) -> bool:
    """Whether a problem of a lead task counts for `unit`: it owns it, or none of the leads does."""
    owner = trouble.found.owner
    return owner == unit or owner not in promise.tasks[number].lead


def _deadline(task: _Task, trouble: Trouble) -> date:
    return ages_from(trouble.rectify_by, task.seen.suspensions)


def speed_counts(promise: Promise, number: int, cell: Cell) -> bool:
    """Whether 按期完成率 counts a cell, read by the original targets: it was judged; a rolling cell only where a number is judged in it."""
    rolling = promise.tasks[number].milestones[0].kind == "rolling"
    judged = {"met", "late", "caught_up", "unmet"} if rolling else {"met", "late", "caught_up", "unmet", "unreported", "incomplete"}
    return cell.kind in judged


def _order(leads: Mapping[str, Figures], rules: Rules) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The laggards in order, and the units with too few rated tasks to be ranked."""
    ranked = [unit for unit, figures in leads.items() if figures.rated >= rules.rank_from]
    behind = [unit for unit in ranked if any(lag(leads[unit]))]
    return tuple(sorted(behind, key=lambda unit: ([-each for each in lag(leads[unit])], unit))), tuple(sorted(set(leads) - set(ranked)))


def lag(figures: Figures) -> tuple[int, ...]:
    """What the order of laggards looks at, first things first: silent in a row; red and 未报送; 数据不全; orange; yellow; overdue rectifications."""
    counts = figures.counts
    worst = counts.get("red", 0) + counts.get("unreported", 0)
    return figures.silent, worst, counts.get("incomplete", 0), counts.get("orange", 0), counts.get("yellow", 0), figures.overdue
