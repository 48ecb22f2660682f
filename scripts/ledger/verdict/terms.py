"""What a task may owe, and the small rules of when: bounds, steps, pieces, notice, 暂缓.

Source: status.md, "Words", "Changed targets", state 2.  Three readings of the same task exist:
as printed (`original`), with the changes that gave notice enough (`headline`), with every change
(`revised`).  A 暂缓 moves the day from which a duty ages, never the day it was due.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from ..model.promise import Indicator, Promise
from ..model.records import Revision, Suspension
from ..model.rules import Rules
from ..plan.schedule import checkpoint_of, ends

Reading = Literal["original", "headline", "revised"]
"""Which changes of targets count: none, those with notice enough, all."""


@dataclass(frozen=True)
class Bound:
    """What a number must reach: `low` or None, `high` or None."""

    low: Decimal | None
    high: Decimal | None

    def holds(self, actual: Decimal) -> bool:
        return (self.low is None or actual >= self.low) and (self.high is None or actual <= self.high)

    def short(self, actual: Decimal) -> Decimal:
        """By how much `actual` misses; 0 where it holds."""
        below = self.low - actual if self.low is not None else Decimal(0)
        above = actual - self.high if self.high is not None else Decimal(0)
        return max(below, above, Decimal(0))

    def share(self, actual: Decimal) -> tuple[Decimal, Decimal]:
        """The share reached, as part and whole, never divided: A/P, P/A, or 1 − distance / larger bound.  For `actual` that misses."""
        if self.low is not None and self.high is not None:
            whole = max(abs(self.low), abs(self.high))
            return whole - self.short(actual), whole
        return (actual, self.low) if self.low is not None else (self.high or Decimal(0), actual)

    @property
    def empty(self) -> bool:
        """P = 0 of `at_least`: there is nothing to judge."""
        return self.low == 0 and self.high is None


@dataclass(frozen=True)
class Duty:
    """One thing owed.  `position` is the checkpoint whose report answers for it (from 0; after all checkpoints where it was moved beyond
    the last), `cell` the table's cell (from 1; None: no cell), `printed` the day that the document fixes, `due` the day promised in this
    reading, `ages_from` the same or the end of the 暂缓 that it fell in.  `parked`: a change moved it past the plan's closing day, so
    that on closing it is judged by the day printed."""

    cell: int | None
    position: int
    printed: date
    due: date
    ages_from: date
    dropped: bool
    parked: bool = field(compare=False)

    @property
    def moved(self) -> bool:
        """Whether its day was changed."""
        return self.due != self.printed


@dataclass(frozen=True)
class Step(Duty):
    """One planned number: cumulative (increments summed by due day) or a level.  `annual`: the year's number; `paced`: worked out by days."""

    indicator: Indicator
    bound: Bound
    annual: bool
    paced: bool


@dataclass(frozen=True)
class Piece(Duty):
    """One deliverable of a target cell."""

    id: str
    text: str


@dataclass(frozen=True)
class Bare(Duty):
    """A target cell without numbers or deliverables: a day and a report, but nothing to judge."""


@dataclass(frozen=True)
class Duties:
    """All that a task owes in one reading.

    `targets`: every planned number by itself; `steps`: the same, those of one number on one day merged for judging.  `required`: the
    positions whose reports are required, `released`: those that a change of targets took off the list (original reading alone).
    `beyond`: the days after the last checkpoint to which targets were moved; each has a position of its own after all checkpoints.
    `last_days`: the last day for each position's report.  `last_due`: the end of the promise; `rolling`: one cell for the whole year.
    """

    targets: tuple[Step, ...]
    steps: tuple[Step, ...]
    pieces: tuple[Piece, ...]
    bares: tuple[Bare, ...]
    required: tuple[int, ...]
    released: frozenset[int]
    beyond: tuple[date, ...]
    last_days: tuple[date, ...]
    last_due: date
    rolling: bool

    @property
    def all(self) -> tuple[Duty, ...]:
        """Everything owed, as it is judged."""
        return (*self.steps, *self.pieces, *self.bares)

    @property
    def each(self) -> tuple[Duty, ...]:
        """Everything owed, each target by itself."""
        return (*self.targets, *self.pieces, *self.bares)

    def of(self, indicator: str) -> tuple[Step, ...]:
        """The steps of one number."""
        return tuple(step for step in self.steps if step.indicator.id == indicator)


def sums_up(indicator: Indicator) -> bool:
    """Whether a number counts up through the year, so that once reached it stays reached."""
    return indicator.basis != "level" and indicator.direction == "at_least"


def report_due(promise: Promise, position: int, rules: Rules) -> date:
    """The last day for the public report of a checkpoint: `ends(p) + report_days`."""
    return ends(promise.plan.checkpoints[position].id) + timedelta(rules.report_days)


def position_of(promise: Promise, day: date) -> int:
    """The checkpoint that a due day falls in; the last one for a day after all."""
    points = promise.plan.checkpoints
    position = checkpoint_of(day, points)
    return len(points) - 1 if position is None else position


def ages_from(due: date, suspensions: Sequence[Suspension]) -> date:
    """The day from which a duty ages: a duty that falls due during a 暂缓 (`published` … `review_by`) ages from its `review_by`."""
    for each in suspensions:
        if each.published <= due <= each.review_by:
            due = each.review_by
    return due


def excuses(suspensions: Sequence[Suspension], day: date) -> bool:
    """Whether a report due on `day` falls in a 暂缓, and is then never required."""
    return any(each.published <= day <= each.review_by for each in suspensions)


@dataclass(frozen=True)
class Answer:
    """Where and by when what falls due at a checkpoint has to be reported: the last position whose report may speak of it, and the last day."""

    last: int
    day: date


def answer(position: int, owed: Duties, suspensions: Sequence[Suspension]) -> Answer:
    """The report that must speak of what falls due at `position`: its own; where a 暂缓 excuses that one, the next required; with none
    left, whatever is known when the 暂缓 ends."""
    day = owed.last_days[position]
    if not excuses(suspensions, day):
        return Answer(position, day)
    following = min((p for p in owed.required if p > position), default=None)
    if following is None:
        return Answer(position, ages_from(day, suspensions))
    return Answer(following, owed.last_days[following])


def gives_notice(revision: Revision, due: date, rules: Rules) -> bool:
    """Whether a change was approved and published early enough before the original due day."""
    return (due - revision.announced).days >= rules.notice_days


def touches(revision: Revision, indicator: str | None, deliverable: str | None, cell: int | None) -> bool:
    """Whether a change speaks of one target.

    A change of a number without a cell is one of the year's number; a drop without a cell drops the whole indicator; a change that
    names neither number nor deliverable is one of the whole cell.
    """
    if revision.deliverable or (deliverable and revision.indicator):
        return deliverable is not None and revision.deliverable == deliverable
    if revision.indicator:
        return revision.indicator == indicator and (revision.cell == cell or (revision.cell is None and revision.change == "drop"))
    return revision.cell is not None and revision.cell == cell


def speaks_of(revision: Revision, duty: Duty) -> bool:
    """Whether a change speaks of one duty."""
    indicator, piece = (duty.indicator.id if isinstance(duty, Step) else None), (duty.id if isinstance(duty, Piece) else None)
    return touches(revision, indicator, piece, duty.cell)
