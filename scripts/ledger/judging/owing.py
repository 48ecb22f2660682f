"""From a task and its testimony to everything that it owes in one reading.

Source: status.md, "Words", "Numbers are judged by shortfall" (linear plans), "Changed targets".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from ..model import Indicator, Milestone, Promise, Task
from ..rulebook.rules import Rules
from ..schedule import due_days, ends, planned
from .duties import Bound, Duties, Duty, Piece, Reading, Step, ages_from, excuses, gives_notice, position_of, report_due, touches
from .seen import Seen


def duties(promise: Promise, number: int, seen: Seen, rules: Rules, reading: Reading) -> Duties:
    """Everything that task `number` owes in one reading, as the testimony in `seen` leaves it."""
    owed = _Owed(promise, number, seen, rules, reading)
    steps, pieces = tuple(owed.steps()), tuple(owed.pieces())
    return Duties(
        steps, pieces, tuple(owed.required((*steps, *pieces))), owed.last_due((*steps, *pieces)), owed.task.milestones[0].kind == "rolling"
    )


class _Owed:
    """Builds the duties of one task in one reading."""

    def __init__(self, promise: Promise, number: int, seen: Seen, rules: Rules, reading: Reading) -> None:
        self.promise, self.seen, self.rules, self.reading = promise, seen, rules, reading
        self.task: Task = promise.tasks[number]
        self.cell_due = due_days(self.task, promise.plan)

    def pieces(self) -> Iterator[Piece]:
        for cell, milestone in self._targets():
            for order, piece in enumerate(milestone.deliverables, start=1):
                name = f"{cell}-{order}"
                due, _, dropped = self._revised(piece.due or self.cell_due[cell - 1], None, None, name, cell)
                yield Piece(cell, position_of(self.promise, due), due, self._ages(due), dropped, name, piece.text)

    def steps(self) -> Iterator[Step]:
        for indicator in self.task.indicators:
            if indicator.role == "target":
                yield from self._merged([*self._scheduled(indicator), *self._paced(indicator), *self._annual(indicator)])

    def required(self, owed: Sequence[Duty]) -> Iterator[int]:
        """Positions whose report is required: where a standing target cell falls due; every checkpoint of a rolling cell."""
        positions = set[int]()
        for cell, milestone in enumerate(self.task.milestones, start=1):
            if milestone.kind == "rolling":
                positions.update(range(len(self.promise.plan.checkpoints)))
            elif milestone.kind == "target":
                mine = [duty for duty in owed if duty.cell == cell]
                standing = [duty.position for duty in mine if not duty.dropped]
                positions.update([max(standing)] if standing else [] if mine else [position_of(self.promise, self.cell_due[cell - 1])])
        return (position for position in sorted(positions) if self._wanted(report_due(self.promise, position, self.rules)))

    def last_due(self, owed: Sequence[Duty]) -> date:
        return max([*(duty.ages_from for duty in owed), *(self.cell_due[cell - 1] for cell, _ in self._targets())], default=date.max)

    def _targets(self) -> Iterator[tuple[int, Milestone]]:
        return ((cell, milestone) for cell, milestone in enumerate(self.task.milestones, start=1) if milestone.kind == "target")

    def _wanted(self, day: date) -> bool:
        """Whether a report due on `day` is required: not before reporting opened, not during a 暂缓."""
        opened = self.seen.opened
        return not excuses(self.seen.suspensions, day) and (opened is None or day >= opened.opened_on)

    def _ages(self, due: date) -> date:
        return ages_from(due, self.seen.suspensions)

    def _revised(
        self, due: date, value: Decimal | None, indicator: str | None, deliverable: str | None, cell: int | None
    ) -> tuple[date, Decimal | None, bool]:
        """Due day, value and whether dropped, after the changes that count in this reading; of several the latest."""
        original, dropped = due, False
        for each in self.seen.revisions if self.reading != "original" else ():
            if touches(each, indicator, deliverable, cell) and (self.reading == "revised" or gives_notice(each, original, self.rules)):
                dropped = each.change == "drop"
                due = each.after if isinstance(each.after, date) else due
                value = each.after if isinstance(each.after, Decimal) else value
        return due, value, dropped

    def _step(self, indicator: Indicator, due: date, bound: Bound, cell: int | None, annual: bool, paced: bool, dropped: bool) -> Step:
        return Step(cell, position_of(self.promise, due), due, self._ages(due), dropped, indicator, bound, annual, paced)

    def _scheduled(self, indicator: Indicator) -> Iterator[Step]:
        """The numbers printed in cells.  Increments are changed one by one and then summed; a dropped increment adds nothing."""
        entries = list(zip(indicator.schedule, self._printed(indicator), strict=True))
        total = Decimal(0)
        for entry, printed in entries:
            due, value, dropped = self._revised(self.cell_due[entry.cell - 1], printed, indicator.id, None, entry.cell)
            assert value is not None  # a printed number stays a number
            total = total + (Decimal(0) if dropped else value) if indicator.basis == "increment" else value
            yield self._step(indicator, due, _bound(indicator, total), entry.cell, annual=False, paced=False, dropped=dropped)

    def _printed(self, indicator: Indicator) -> list[Decimal]:
        return [entry.value for entry in indicator.schedule] if indicator.basis == "increment" else planned(indicator)

    def _annual(self, indicator: Indicator) -> Iterator[Step]:
        if indicator.target is None or indicator.due is None:
            return
        due, value, dropped = self._year(indicator)
        yield self._step(indicator, due, _bound(indicator, value), None, annual=True, paced=False, dropped=dropped)

    def _year(self, indicator: Indicator) -> tuple[date, Decimal | None, bool]:
        """The year's due day, number (None: a range) and whether dropped."""
        assert indicator.due is not None  # the checks see to it
        value = indicator.target if isinstance(indicator.target, Decimal) else None
        return self._revised(indicator.due, value, indicator.id, None, None)

    def _paced(self, indicator: Indicator) -> Iterator[Step]:
        """`pace: linear`: by days from 1 January to the due day, rounded down to the number's own precision, in the unit's favour."""
        if indicator.pace is None or not isinstance(indicator.target, Decimal) or indicator.due is None:
            return
        due, target, _ = self._year(indicator)
        assert target is not None
        start, unit = date(self.promise.plan.year, 1, 1), Decimal(1).scaleb(min(0, int(target.as_tuple().exponent)))
        for end in (ends(point.id) for point in self.promise.plan.checkpoints):
            if start <= end < due:
                value = target / unit * ((end - start).days + 1) // ((due - start).days + 1) * unit
                _, _, dropped = self._revised(end, None, indicator.id, None, None)
                yield self._step(indicator, end, _bound(indicator, value), None, annual=False, paced=True, dropped=dropped)

    def _merged(self, steps: list[Step]) -> Iterator[Step]:
        """One step for each checkpoint: where the year's number falls due in a checkpoint that also has its own, the year's stands."""
        standing = {step.position: step for step in sorted(steps, key=lambda step: (not step.dropped, step.annual))}
        kept = [step for step in steps if step.dropped or standing[step.position] is step]
        yield from sorted(kept, key=lambda step: (step.position, step.due))


def _bound(indicator: Indicator, value: Decimal | None) -> Bound:
    """The bound of a planned value; a range is the year's range wherever it is printed."""
    if isinstance(indicator.target, tuple):
        return Bound(*indicator.target)
    return Bound(None, value) if indicator.direction == "at_most" else Bound(value, None)
