"""History: what became of each task at each checkpoint, when it was first published, and how it reads now.

Source: status.md, "Cells of history", "首次公布结果", "现值".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from ..model import Milestone, Promise
from ..rulebook.rules import Rules
from ..rulebook.speech import Speech
from ..rulebook.wordbook import Publisher
from ..schedule import ends, spans
from ..testimony.folders import Records
from .deliveries import piece_part
from .duties import Duties, Duty, Piece, Reading, Step, excuses, reached, report_due
from .figures import counting, sums_up
from .owing import duties
from .seen import Seen, see
from .standing import Standing, standing

CellKind = Literal[
    "met",
    "late",
    "caught_up",
    "unmet",
    "unreported",
    "reported_late",
    "incomplete",
    "suspended",
    "no_target",
    "unmeasured",
    "dropped",
    "spanning",
    "awaiting_report",
    "not_due",
]
"""What a cell says; the words are the keys of `words.cells` in the rules file."""


@dataclass(frozen=True)
class Label:
    """One thing said of a cell; `days` late, or the `checkpoint` by which a number was made up."""

    kind: CellKind
    text: str
    days: int | None = None
    checkpoint: str | None = None


@dataclass(frozen=True)
class Cell:
    """One task at one checkpoint: its labels, the first one the result, then lateness and the fate of the report."""

    checkpoint: str
    labels: tuple[Label, ...]

    @property
    def kind(self) -> CellKind:
        return self.labels[0].kind


@dataclass(frozen=True)
class Outcome:
    """What became of one duty: `met`, `late` by days, `caught_up` at a position, `unmet`, `unknown`, or `ahead` (not judged yet)."""

    kind: Literal["met", "late", "caught_up", "unmet", "unknown", "ahead"]
    days: int = 0
    position: int | None = None


def first_published(
    promise: Promise, number: int, records: Records, rules: Rules, position: int, publisher: Publisher = "independent"
) -> Standing:
    """首次公布结果: `as_of = known = report_due(p) + 1 day`.  What is published later never changes it."""
    day = report_due(promise, position, rules) + timedelta(1)
    return standing(promise, number, records, rules, day, day, publisher)


def read_now(
    promise: Promise, number: int, records: Records, rules: Rules, position: int, known: date, publisher: Publisher = "independent"
) -> Standing:
    """现值: the same `as_of`, with everything published by `known`."""
    return standing(promise, number, records, rules, report_due(promise, position, rules) + timedelta(1), known, publisher)


def history(
    promise: Promise,
    number: int,
    records: Records,
    rules: Rules,
    as_of: date,
    known: date | None = None,
    publisher: Publisher = "independent",
    reading: Reading = "headline",
) -> tuple[Cell, ...]:
    """One cell for each checkpoint of the plan, none before reporting has opened: nothing is awaited then.

    `reading` chooses the targets: `original` for the speed of a unit.
    """
    seen = see(promise, number, records, as_of, known or as_of)
    if seen.opened is None:
        return ()
    row = _Row(promise, number, seen, Speech(rules, publisher, promise.plan.year), reading)
    return tuple(Cell(point.id, tuple(row.labels(position))) for position, point in enumerate(promise.plan.checkpoints))


class _Row:
    """The cells of one task on one day."""

    def __init__(self, promise: Promise, number: int, seen: Seen, speech: Speech, reading: Reading) -> None:
        self.seen, self.speech = seen, speech
        self.points = [point.id for point in promise.plan.checkpoints]
        self.milestones = promise.tasks[number].milestones
        self.spans = spans(promise.tasks[number], promise.plan.checkpoints)
        self.owed: Duties = duties(promise, number, seen, speech.rules, reading)
        self.last_days = [report_due(promise, position, speech.rules) for position in range(len(self.points))]

    def labels(self, position: int) -> Iterator[Label]:
        cell, milestone = self._cell(position)
        if milestone.kind == "none":
            yield self._label("no_target")
        elif milestone.kind == "target" and position != self.spans[cell - 1].last[1]:
            yield self._label("spanning")
        else:
            mine = [duty for duty in self.owed.all if duty.cell == cell or (duty.cell is None and duty.position == position)]
            mine = [duty for duty in mine if not (isinstance(duty, Step) and duty.bound.empty)]
            yield from self._judged(position, mine)

    def _cell(self, position: int) -> tuple[int, Milestone]:
        """The cell of a checkpoint: the one that ends there, else the next to end (a merged cell still running)."""
        index = next(i for i, span in enumerate(self.spans) if span.last[1] >= position)
        return index + 1, self.milestones[index]

    def _judged(self, position: int, mine: Sequence[Duty]) -> Iterator[Label]:
        standing = [duty for duty in mine if not duty.dropped]
        last = max((duty.ages_from for duty in standing), default=ends(self.points[position]))
        report = self._report(position)
        if mine and not standing:
            yield self._label("dropped")
        elif self._suspended(position, standing):
            yield self._label("suspended")
        elif last >= self.seen.as_of and not any(outcome.kind == "unmet" for outcome in map(self._outcome, standing)):
            yield self._label("not_due")
        else:
            yield from self._result(standing, report)

    def _suspended(self, position: int, standing: Sequence[Duty]) -> bool:
        """Whether a 暂缓 holds the cell: in force, a duty that it has stopped; the report that it excuses, until the next required one."""
        stopped = any(duty.due < duty.ages_from and duty.ages_from >= self.seen.as_of for duty in standing)
        return (stopped and excuses(self.seen.suspensions, self.seen.as_of)) or self._excused(position)

    def _excused(self, position: int) -> bool:
        """Whether a 暂缓 excuses a checkpoint's report and no other report has had to speak for it yet."""
        if position in self.seen.first_reports or not excuses(self.seen.suspensions, self.last_days[position]):
            return False
        waits = not reached(position, self.owed.required, self.last_days, self.seen)
        return waits or excuses(self.seen.suspensions, self.seen.as_of)

    def _result(self, standing: Sequence[Duty], report: Label | None) -> Iterator[Label]:
        outcomes = [self._outcome(duty) for duty in standing]
        if not outcomes:
            yield from [report] if report and report.kind != "reported_late" else [self._label("unmeasured"), *([report] if report else [])]
            return
        results = list(self._outcome_labels(outcomes, silent=report is not None and report.kind != "reported_late"))
        yield from results
        if report:
            yield report

    def _outcome_labels(self, outcomes: Sequence[Outcome], silent: bool) -> Iterator[Label]:
        """The result of a cell from its duties: 未完成, 数据不全 (unless the report itself is missing), 逾期, 补足, 按期完成."""
        kinds = {outcome.kind for outcome in outcomes}
        if "unmet" in kinds:
            yield self._label("unmet")
        elif "unknown" in kinds:
            if not silent:
                yield self._label("incomplete")
        else:
            late, made_up = (
                max(outcome.days for outcome in outcomes),
                max((o.position for o in outcomes if o.position is not None), default=None),
            )
            if late:
                yield self._label("late", days=late)
            if made_up is not None:
                yield self._label("caught_up", checkpoint=self.points[made_up])
            if not late and made_up is None:
                yield self._label("met")

    def _report(self, position: int) -> Label | None:
        """What is to say of a checkpoint's report: awaited, missing, late; None where it came in time or none was required."""
        day, filed = self.last_days[position], self.seen.first_reports.get(position)
        if filed is not None:
            return self._label("reported_late", days=(filed - day).days) if filed > day else None
        if day >= self.seen.as_of:
            return self._label("awaiting_report")
        return self._label("unreported") if position in self.owed.required else None

    def _outcome(self, duty: Duty) -> Outcome:
        if duty.ages_from >= self.seen.as_of:
            return Outcome("ahead")
        return self._piece(duty) if isinstance(duty, Piece) else self._step(duty) if isinstance(duty, Step) else Outcome("unknown")

    def _piece(self, piece: Piece) -> Outcome:
        part = piece_part(piece, self.last_days[piece.position], self.seen, self.speech.rules)
        if part.state == "done":
            return Outcome("late", part.days) if part.days else Outcome("met")
        return Outcome("unknown" if part.missing else "unmet")

    def _step(self, step: Step) -> Outcome:
        """A number at its own checkpoint.  A sum may be made up later and has then no day; a level holds on its day or not."""
        steps = [each for each in self.owed.steps if each.indicator.id == step.indicator.id]
        counted = counting(steps, self.seen, self.points)
        told = step.position in counted
        if told and step.bound.holds(counted[step.position]):
            return Outcome("met")
        if not sums_up(step.indicator):
            return Outcome("unmet" if told else "unknown")
        reached = [position for position, value in counted.items() if step.bound.holds(value) and not (told and position < step.position)]
        if reached:
            return Outcome("met") if min(reached) < step.position else Outcome("caught_up", position=min(reached))
        return Outcome("unmet" if max(counted, default=-1) >= step.position else "unknown")

    def _label(self, kind: CellKind, days: int | None = None, checkpoint: str | None = None) -> Label:
        return Label(kind, self.speech.say(getattr(self.speech.words.cells, kind), days=days, checkpoint=checkpoint), days, checkpoint)
