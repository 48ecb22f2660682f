"""From a task and its testimony to everything that it owes in one reading.

Source: status.md, "Words", "Numbers are judged by shortfall" (linear plans), "Changed targets".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby

from ..model.promise import Indicator, Milestone, Promise, Task
from ..model.rules import Rules
from ..plan.schedule import due_days, ends, planned
from .evidence import Seen
from .terms import Bare, Bound, Duties, Duty, Piece, Reading, Step, ages_from, excuses, gives_notice, position_of, report_due, touches


def duties(promise: Promise, number: int, seen: Seen, rules: Rules, reading: Reading) -> Duties:
    """Everything that task `number` owes in one reading, as the testimony in `seen` leaves it."""
    owed = _Owed(promise, number, seen, rules, reading).duties()
    if reading != "original" or not seen.revisions:
        return owed
    headline = _Owed(promise, number, seen, rules, "headline").duties().required
    # The original verdict never demands a report that a change has removed.
    return replace(
        owed, required=tuple(p for p in owed.required if p in headline), released=frozenset(p for p in owed.required if p not in headline)
    )


@dataclass(frozen=True)
class _Term:
    """One target after the changes that count: the day printed and the day due, the number (None: none), dropped, parked after closing."""

    printed: date
    due: date
    value: Decimal | None
    dropped: bool
    parked: bool


class _Owed:
    """Builds the duties of one task in one reading."""

    def __init__(self, promise: Promise, number: int, seen: Seen, rules: Rules, reading: Reading) -> None:
        self.promise, self.seen, self.rules, self.reading = promise, seen, rules, reading
        self.task: Task = promise.tasks[number]
        self.cell_due = due_days(self.task, promise.plan)
        self.numbers = [each for each in self.task.indicators if each.role == "target"]
        self.beyond = self._beyond()
        self.last_days = (
            *(report_due(promise, position, rules) for position in range(len(promise.plan.checkpoints))),
            *(day + timedelta(rules.report_days) for day in self.beyond),
        )

    def duties(self) -> Duties:
        targets, pieces, bares = tuple(self._targets()), tuple(self._pieces()), tuple(self._bares())
        owed = (*targets, *pieces, *bares)
        return Duties(
            targets=targets,
            steps=tuple(_merged(targets)),
            pieces=pieces,
            bares=bares,
            required=tuple(self._required(owed)),
            released=frozenset(),
            beyond=self.beyond,
            last_days=self.last_days,
            last_due=max((duty.ages_from for duty in owed), default=date.max),
            rolling=self.task.milestones[0].kind == "rolling",
        )

    # ------------------------------------------------------------ what is owed

    def _targets(self) -> Iterator[Step]:
        for indicator in self.numbers:
            yield from (*self._scheduled(indicator), *self._paced(indicator), *self._annual(indicator))

    def _pieces(self) -> Iterator[Piece]:
        for cell, milestone in self._cells():
            for order, piece in enumerate(milestone.deliverables, start=1):
                term = self._piece_term(cell, order, piece.due)
                yield Piece(*self._when(cell, term), f"{cell}-{order}", piece.text)

    def _bares(self) -> Iterator[Bare]:
        """Target cells that print neither a number to be judged nor a thing to be done."""
        yield from (Bare(*self._when(cell, self._cell_term(cell))) for cell in self._empty_cells())

    def _empty_cells(self) -> Iterator[int]:
        numbered = {entry.cell for indicator in self.numbers for entry in indicator.schedule}
        return (cell for cell, milestone in self._cells() if not milestone.deliverables and cell not in numbered)

    def _cells(self) -> Iterator[tuple[int, Milestone]]:
        return ((cell, milestone) for cell, milestone in enumerate(self.task.milestones, start=1) if milestone.kind == "target")

    def _required(self, owed: Sequence[Duty]) -> Iterator[int]:
        """Positions whose report is required: where the latest standing target of a cell falls due; every checkpoint of a rolling cell;
        every day after the last checkpoint to which something was moved.  A cell with a target parked after closing owes no report."""
        positions = set(range(len(self.last_days) - len(self.beyond), len(self.last_days)))
        for cell, milestone in enumerate(self.task.milestones, start=1):
            if milestone.kind == "rolling":
                positions.update(range(len(self.promise.plan.checkpoints)))
                continue
            standing = [duty for duty in owed if duty.cell == cell and not duty.dropped]
            if standing and not any(duty.parked for duty in standing):
                positions.add(max(duty.position for duty in standing))
        return (position for position in sorted(positions) if self._wanted(self.last_days[position]))

    def _wanted(self, day: date) -> bool:
        """Whether a report due on `day` is required: not before reporting opened, not during a 暂缓."""
        opened = self.seen.opened
        return not excuses(self.seen.suspensions, day) and (opened is None or day >= opened.opened_on)

    # ------------------------------------------------------------ when, after the changes

    def _when(self, cell: int | None, term: _Term) -> tuple[int | None, int, date, date, date, bool, bool]:
        """The fields that all duties share."""
        if term.due in self.beyond and term.due != term.printed and not term.dropped:
            position = len(self.promise.plan.checkpoints) + self.beyond.index(term.due)
        else:
            position = position_of(self.promise, term.due)
        return cell, position, term.printed, term.due, ages_from(term.due, self.seen.suspensions), term.dropped, term.parked

    def _beyond(self) -> tuple[date, ...]:
        """The days after the last checkpoint to which standing targets were moved."""
        end = ends(self.promise.plan.checkpoints[-1].id)
        return tuple(sorted({t.due for t in self._terms() if t.due != t.printed and t.due > end and not t.dropped}))

    def _terms(self) -> Iterator[_Term]:
        for indicator in self.numbers:
            yield from (term for _, term in self._entries(indicator))
            if indicator.due is not None:
                yield self._year(indicator)
        yield from (self._cell_term(cell) for cell in self._empty_cells())
        for cell, milestone in self._cells():
            yield from (self._piece_term(cell, order, piece.due) for order, piece in enumerate(milestone.deliverables, start=1))

    def _cell_term(self, cell: int) -> _Term:
        return self._term(self.cell_due[cell - 1], None, None, None, cell)

    def _piece_term(self, cell: int, order: int, due: date | None) -> _Term:
        return self._term(due or self.cell_due[cell - 1], None, None, f"{cell}-{order}", cell)

    def _entries(self, indicator: Indicator) -> list[tuple[int, _Term]]:
        """The numbers printed in cells: the cell, and the number with its day."""
        values = [entry.value for entry in indicator.schedule] if indicator.basis == "increment" else planned(indicator)
        cells = [entry.cell for entry in indicator.schedule]
        return [
            (cell, self._term(self.cell_due[cell - 1], value, indicator.id, None, cell)) for cell, value in zip(cells, values, strict=True)
        ]

    def _year(self, indicator: Indicator) -> _Term:
        """The year's number (None: a range) and its day."""
        assert indicator.due is not None  # the checks see to it
        value = indicator.target if isinstance(indicator.target, Decimal) else None
        return self._term(indicator.due, value, indicator.id, None, None)

    def _term(self, printed: date, value: Decimal | None, indicator: str | None, deliverable: str | None, cell: int | None) -> _Term:
        """A target after the changes that count in this reading; of several the latest."""
        due, dropped = printed, False
        for each in self.seen.revisions if self.reading != "original" else ():
            if touches(each, indicator, deliverable, cell) and (self.reading == "revised" or gives_notice(each, printed, self.rules)):
                dropped = each.change == "drop"
                due = each.after if isinstance(each.after, date) else due
                value = each.after if isinstance(each.after, Decimal) else value
        parked = self.reading == "headline" and due != printed and self._closed_before(due)
        return _Term(printed, printed if parked else due, value, dropped, parked)

    def _closed_before(self, due: date) -> bool:
        """Whether the plan has closed before something due on `due` could be judged: before its day, or before its report was due and with
        no word on it; an early word is none: what it says is judged by the printed day then."""
        closed, last = self.seen.closed_on, ends(self.promise.plan.checkpoints[-1].id)
        if closed is None or closed > self.seen.as_of:
            return False
        position = position_of(self.promise, due)
        answered = due + timedelta(self.rules.report_days) if due > last else report_due(self.promise, position, self.rules)
        spoken = any(each.position == position and each.report.published >= due for each in self.seen.filings)
        return due >= closed or (answered >= closed and not spoken)

    # ------------------------------------------------------------ numbers

    def _scheduled(self, indicator: Indicator) -> Iterator[Step]:
        """The numbers printed in cells.  Increments are summed by due day after the changes; a dropped one adds nothing."""
        entries = self._entries(indicator)
        for cell, term in entries:
            value = term.value
            if indicator.basis == "increment":
                value = sum((t.value for _, t in entries if t.value is not None and t.due <= term.due and not t.dropped), Decimal(0))
            yield self._step(indicator, cell, term, value)

    def _annual(self, indicator: Indicator) -> Iterator[Step]:
        if indicator.target is not None and indicator.due is not None:
            term = self._year(indicator)
            yield self._step(indicator, None, term, term.value, annual=True)

    def _paced(self, indicator: Indicator) -> Iterator[Step]:
        """`pace: linear`: by days from 1 January to the due day, rounded down to the number's own precision, in the unit's favour."""
        if indicator.pace is None or not isinstance(indicator.target, Decimal) or indicator.due is None:
            return
        year = self._year(indicator)
        assert year.value is not None
        start, unit = date(self.promise.plan.year, 1, 1), Decimal(1).scaleb(min(0, int(year.value.as_tuple().exponent)))
        for end in (ends(point.id) for point in self.promise.plan.checkpoints):
            if start <= end < year.due:
                value = year.value / unit * ((end - start).days + 1) // ((year.due - start).days + 1) * unit
                yield self._step(indicator, None, _Term(end, end, value, year.dropped, parked=False), value, paced=True)

    def _step(
        self, indicator: Indicator, cell: int | None, term: _Term, value: Decimal | None, annual: bool = False, paced: bool = False
    ) -> Step:
        return Step(*self._when(cell, term), indicator, _bound(indicator, value), annual, paced)


def _bound(indicator: Indicator, value: Decimal | None) -> Bound:
    """The bound of a planned value; a range is the year's range wherever it is printed."""
    if isinstance(indicator.target, tuple):
        return Bound(*indicator.target)
    return Bound(None, value) if indicator.direction == "at_most" else Bound(value, None)


def _merged(targets: Iterable[Step]) -> Iterator[Step]:
    """The targets of each number as they are judged, by checkpoint and day.

    Several targets of one number on one day are one: the year's number where it is among them, else the one that asks for most.
    """
    for _, group in groupby(targets, key=lambda step: step.indicator.id):
        mine = sorted(group, key=lambda step: (step.position, step.due, step.dropped))
        for _, same in groupby(mine, key=lambda step: (step.position, step.due, step.dropped)):
            yield max(same, key=lambda step: (step.annual, _demand(step.bound), not step.moved))


def _demand(bound: Bound) -> Decimal:
    """How much a bound asks for, to compare two of one number: the higher floor or the lower ceiling asks for more."""
    return bound.low if bound.low is not None else -(bound.high or Decimal(0))
