"""What is promised, and when: every target of a task with the changes that are in force."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal

from scripts.ledger.model.promise import Indicator, Promise, Task
from scripts.ledger.model.records import Revision
from scripts.ledger.plan.schedule import spans

from .days import REPORT_DAYS, Slot, ends, slot_of, slots

NOTICE_DAYS = timedelta(30)
Mode = Literal["headline", "original", "every"]
"""Which changes count: those announced in time, none, or all that are public."""


@dataclass(frozen=True)
class Target:
    """A deliverable (`2-1`), a number of a cell (`n@3`) or of the year (`n@year`), or a cell with neither (`cell 5`)."""

    id: str
    cell: int | None
    printed_due: date
    due: date
    indicator: str | None = None
    value: Fraction | None = None
    bounds: tuple[Fraction, Fraction] | None = None
    annual: bool = False
    dropped: bool = False

    @property
    def is_bare(self) -> bool:
        """A cell with nothing in it."""
        return self.id.startswith("cell")

    @property
    def is_piece(self) -> bool:
        return self.indicator is None and not self.is_bare

    def slot(self, points: tuple[str, ...]) -> Slot:
        """Where its report is owed; of a dropped target, that owes none, the checkpoint that it would be told at."""
        found = slot_of(self.due, points)
        return min(found, slots(points)[-1]) if self.dropped else found

    @property
    def moved(self) -> bool:
        return self.due != self.printed_due


def printed(promise: Promise, number: int) -> list[Target]:
    """ "A target's due day: its own `due`, else `ends` of the last checkpoint that it covers (the latest it could cover, where inferred)." """
    task, points = promise.tasks[number], points_of(promise)
    days = [
        cell.due or ends(points[span.last[1]]) for cell, span in zip(task.milestones, spans(task, promise.plan.checkpoints), strict=True)
    ]
    found = [*_pieces(task, days), *(each for one in judged_indicators(task) for each in _numbers(one, days, ends(points[-1])))]
    full = {each.cell for each in found}
    cells = [(place, day) for place, day in enumerate(days, start=1) if task.milestones[place - 1].kind == "target"]
    return [*found, *(Target(f"cell {place}", place, day, day) for place, day in cells if place not in full)]


def points_of(promise: Promise) -> tuple[str, ...]:
    return tuple(point.id for point in promise.plan.checkpoints)


def judged_indicators(task: Task) -> list[Indicator]:
    """ "Scope, parameters and effects are never judged." """
    return [each for each in task.indicators if each.role == "target"]


def _pieces(task: Task, days: list[date]) -> Iterator[Target]:
    """ "Deliverables of a rolling cell are shown, never judged." """
    for place, (cell, day) in enumerate(zip(task.milestones, days, strict=True), start=1):
        if cell.kind == "target":
            for count, piece in enumerate(cell.deliverables, start=1):
                due = piece.due or day
                yield Target(f"{place}-{count}", place, due, due)


def _numbers(indicator: Indicator, days: list[date], last: date) -> Iterator[Target]:
    """ "The reading kinder to the unit is judged" of an unsettled number: the first that is written."""
    values = indicator.readings[0] if indicator.readings else [entry.value for entry in indicator.schedule]
    for entry, value in zip(indicator.schedule, values, strict=True):
        due = days[entry.cell - 1]
        yield Target(f"{indicator.id}@{entry.cell}", entry.cell, due, due, indicator.id, Fraction(value))
    if indicator.target is not None:
        due = indicator.due or last
        year = Target(f"{indicator.id}@year", None, due, due, indicator.id, annual=True)
        if isinstance(indicator.target, tuple):
            yield replace(year, bounds=(Fraction(indicator.target[0]), Fraction(indicator.target[1])))
        else:
            yield replace(year, value=Fraction(indicator.target))


# ---------------------------------------------------------------- changes


def changed(targets: list[Target], revisions: dict[str, Revision], mode: Mode) -> list[Target]:
    """The targets as the changes in force leave them."""
    ordered = [change for _, change in sorted(revisions.items(), key=lambda each: (announced(each[1]), each[0]))]
    return [_changed(target, [each for each in ordered if touches(each, target) and _counts(each, target, mode)]) for target in targets]


def announced(change: Revision) -> date:
    """ "Approved **and** published"."""
    return max(change.approved_on, change.published)


def _counts(change: Revision, target: Target, mode: Mode) -> bool:
    """ "The headline uses the new target only if approved and published at least 30 days before the original due day … a drop needs the
    same 30 days as a change." """
    return mode == "every" or (mode == "headline" and announced(change) <= target.printed_due - NOTICE_DAYS)


def touches(change: Revision, target: Target) -> bool:
    """`revisions/`: task, cell, indicator or deliverable; without either the whole cell, without a cell the year's number; what is dropped
    without a cell is dropped whole."""
    if change.deliverable is not None:
        return change.deliverable == target.id
    if change.indicator is not None:
        whole = change.cell is None and change.change == "drop"
        return change.indicator == target.indicator and (whole or change.cell == target.cell)
    return change.cell is not None and change.cell == target.cell


def _changed(target: Target, changes: list[Revision]) -> Target:
    """ "Several: the latest that qualifies." """
    for change in changes:
        if change.change == "drop":
            target = replace(target, dropped=True)
        elif isinstance(change.after, date):
            target = replace(target, due=change.after, dropped=False)
        elif change.after is not None:
            target = replace(target, value=Fraction(change.after), dropped=False)
    return target


def is_parked(target: Target, closed_on: date, last: date, told: list[date]) -> bool:
    """Whether a target was moved so far that it cannot be judged on the closing day: to that day or a later one, or behind the last
    checkpoint (`last`), where its report is not due by then and none is public (`told`)."""
    waits = target.due > last and target.due + REPORT_DAYS >= closed_on and not any(each >= target.due for each in told)
    return target.moved and not target.dropped and (target.due >= closed_on or waits)


# ---------------------------------------------------------------- where reports are owed


def owed(promise: Promise, number: int, targets: list[Target]) -> set[Slot]:
    """ "A target milestone requires a report at its due checkpoint, a rolling cell at each … A cell's report is owed at the checkpoint of
    its latest due day"; a cell with everything dropped owes none.  "A new day after the last checkpoint owes a report of its own"."""
    points = points_of(promise)
    found: set[Slot] = set()
    for place, cell in enumerate(promise.tasks[number].milestones, start=1):
        days = [each.due for each in targets if each.cell == place and not each.dropped]
        if cell.kind == "rolling":
            found.update(slots(points))
        elif days:
            found.add(slot_of(max(days), points))
    return found | {slot_of(day, points) for day in days_after_the_last(targets, points)}


def days_after_the_last(targets: list[Target], points: tuple[str, ...]) -> list[date]:
    """ "A new day after the last checkpoint", each of them, in order."""
    return sorted({each.due for each in targets if not each.dropped and each.due > ends(points[-1])})
