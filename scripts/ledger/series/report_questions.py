"""What one report is asked for: the deliverables and numbers of a task that a checkpoint's report should speak of.

Template and workbook ask the same questions because both read this.  Due here, or due earlier and still open; what the checkpoint's
reports have told already is asked again, so that it can be carried on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from ..model.promise import Indicator, Promise, Task
from ..model.records import Report
from ..phrases.formats import bound_words
from ..plan.schedule import spans
from ..verdict.deliverables import piece_part
from ..verdict.evidence import Seen
from ..verdict.obligations import duties
from ..verdict.terms import Bound, Duties, Step
from .day import Day


@dataclass(frozen=True)
class AskedPiece:
    """One deliverable: `due` None where no day is fixed (a rolling cell); `earlier`: it fell due before this checkpoint and is still
    open; `told`: what this checkpoint's reports say so far, `last` what earlier ones said."""

    id: str
    text: str
    due: date | None
    earlier: bool
    told: str | None
    told_on: date | None
    last: tuple[str, str] | None


@dataclass(frozen=True)
class AskedNumber:
    """One indicator: `plan` is what it must reach and by when (None: no number falls due by then); `told` as for deliverables;
    `last` the last checkpoint that told it and the value."""

    indicator: Indicator
    plan: tuple[Bound, date] | None
    earlier: bool
    told: Decimal | None
    last: tuple[str, Decimal] | None


@dataclass(frozen=True)
class Asked:
    """The questions of one task at one checkpoint.  `required`: its report is; `due`: the last day for it; `cells`: the official words
    of the cells that the checkpoint belongs to, as (cell, words); `filed`: the ids of its reports so far, the earliest first."""

    number: int
    checkpoint: str
    required: bool
    due: date
    cells: tuple[tuple[int, str], ...]
    pieces: tuple[AskedPiece, ...]
    numbers: tuple[AskedNumber, ...]
    filed: tuple[str, ...]

    @property
    def any(self) -> bool:
        """Whether there is anything to report: the report is required, something is open, or something was reported."""
        return bool(self.required or self.pieces or self.filed or any(each.plan for each in self.numbers))


def asked(day: Day, number: int, position: int) -> Asked:
    """What the report of task `number` at the checkpoint at `position` (from 0) is asked for, as known on the day."""
    promise, seen = day.promise, day.seen[number]
    owed = duties(promise, number, seen, day.rules, "headline")
    asking = _Asking(day, number, position, owed, seen)
    answers = {each for each in range(len(owed.last_days)) if asking.column(each) == position}
    return Asked(
        number,
        promise.plan.checkpoints[position].id,
        bool(answers & set(owed.required)),
        max(owed.last_days[each] for each in answers),
        tuple(cells_at(promise, number, position)),
        tuple(asking.pieces()),
        tuple(asking.numbers()),
        tuple(filing.id for filing in asking.mine),
    )


def cells_at(promise: Promise, number: int, position: int) -> Iterator[tuple[int, str]]:
    """The cells of a task that a checkpoint belongs to, or may belong to, as (cell from 1, official words)."""
    task = promise.tasks[number]
    for cell, (milestone, span) in enumerate(zip(task.milestones, spans(task, promise.plan.checkpoints), strict=True), start=1):
        if span.first[0] <= position <= span.last[1]:
            yield cell, milestone.text


def effective(reports: list[Report]) -> dict[str, dict[str, object]]:
    """What the reports of one checkpoint say together, a later one overriding key by key: field → key → value."""
    told: dict[str, dict[str, object]] = {"deliverables": {}, "done_on": {}, "indicators": {}}
    for report in reports:
        for field, values in told.items():
            values.update(getattr(report, field))
    return told


def plan_words(bound: Bound, unit: str) -> str:
    """What a number must reach: ≥600个, ≤5.5%, 400至1200元."""
    return bound_words(bound.low, bound.high, unit, "≥")


class _Asking:
    def __init__(self, day: Day, number: int, position: int, owed: Duties, seen: Seen) -> None:
        self.day, self.number, self.position, self.owed, self.seen = day, number, position, owed, seen
        self.task: Task = day.promise.tasks[number]
        self.mine = [filing for filing in seen.filings if filing.position == position]
        self.told = effective([filing.report for filing in self.mine])
        self.points = [point.id for point in day.promise.plan.checkpoints]

    def column(self, position: int) -> int:
        """The checkpoint whose files answer for a position: the last one's for days after it."""
        return min(position, len(self.points) - 1)

    def pieces(self) -> Iterator[AskedPiece]:
        """Due here, due earlier and not done, or told here; those of a rolling cell until they are done."""
        for piece in self.owed.pieces:
            here, earlier = self.column(piece.position) == self.position, piece.position < self.position
            part = piece_part(piece, self.owed.last_days[piece.position], self._before(), self.day.rules)
            if piece.id in self.told["deliverables"] or (not piece.dropped and (here or (earlier and part.state != "done"))):
                yield self._piece(piece.id, piece.text, piece.due, earlier)
        for cell, milestone in enumerate(self.task.milestones, start=1):
            for order, each in enumerate(milestone.deliverables, start=1) if milestone.kind == "rolling" else ():
                last = self._last_word(f"{cell}-{order}")
                if not (last and last[1] == "done") or f"{cell}-{order}" in self.told["deliverables"]:
                    yield self._piece(f"{cell}-{order}", each.text, None, False)

    def _before(self) -> Seen:
        """The testimony without this checkpoint's own and later reports: what was open when it came."""
        filings = tuple(filing for filing in self.seen.filings if filing.position < self.position)
        return replace(self.seen, filings=filings)

    def _piece(self, name: str, text: str, due: date | None, earlier: bool) -> AskedPiece:
        told, told_on = self.told["deliverables"].get(name), self.told["done_on"].get(name)
        return AskedPiece(
            name, text, due, earlier, str(told) if told else None, told_on if isinstance(told_on, date) else None, self._last_word(name)
        )

    def _last_word(self, piece: str) -> tuple[str, str] | None:
        found = {
            filing.position: filing.report.deliverables[piece]
            for filing in self.seen.filings
            if filing.position < self.position and piece in filing.report.deliverables
        }
        return next(((self.points[position], word) for position, word in reversed(found.items()) if word != "withdrawn"), None)

    def numbers(self) -> Iterator[AskedNumber]:
        """Targets with a number due here, or due earlier and short; those of a rolling cell; whatever was told here."""
        rolling = self.owed.rolling
        for indicator in self.task.indicators:
            told = self.told["indicators"].get(indicator.id)
            steps = [step for step in self.owed.steps if step.indicator.id == indicator.id and not step.dropped]
            plan, earlier = self._plan(indicator, steps)
            if told is not None or (indicator.role == "target" and (plan or rolling)):
                yield AskedNumber(indicator, plan, earlier, told if isinstance(told, Decimal) else None, self._last_value(indicator))

    def _plan(self, indicator: Indicator, steps: list[Step]) -> tuple[tuple[Bound, date] | None, bool]:
        here = next((s for s in reversed(steps) if self.column(s.position) == self.position and not s.bound.empty), None)
        if here:
            return (here.bound, here.due), False
        past = [step for step in steps if step.position < self.position and not step.bound.empty]
        last = self._last_value(indicator)
        if past and not (last and past[-1].bound.holds(last[1])):
            return (past[-1].bound, past[-1].due), True
        return None, False

    def _last_value(self, indicator: Indicator) -> tuple[str, Decimal] | None:
        values = [(position, value) for position, value in self.seen.values(indicator.id).items() if position < self.position]
        return (self.points[max(values)[0]], max(values)[1]) if values else None


def position_named(promise: Promise, checkpoint: str) -> int | None:
    """The position of a checkpoint by its id; None where the plan has no such checkpoint."""
    return next((index for index, point in enumerate(promise.plan.checkpoints) if point.id == checkpoint), None)
