"""History: what became of each task at each checkpoint, when it was first published, and how it reads now.

Source: status.md, "Cells of history", "首次公布结果", "现值".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from ..model.promise import Milestone, Promise
from ..model.rules import CellKind, Rules
from ..model.testimony import Records
from ..model.wordbook import Publisher
from ..phrases.phrasebook import Speech
from ..plan.schedule import ends, spans
from ..verdict.deliverables import piece_part
from ..verdict.evidence import Seen, see
from ..verdict.indicators import heard
from ..verdict.obligations import duties
from ..verdict.standing import Standing, standing
from ..verdict.terms import Bare, Duties, Duty, Piece, Reading, Step, answer, excuses, report_due, sums_up
from .preserved_results import kept, kept_standing


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
    promise: Promise,
    number: int,
    records: Records,
    rules: Rules,
    position: int,
    publisher: Publisher = "independent",
    known: date | None = None,
) -> Standing:
    """首次公布结果: `as_of = known = report_due(p) + 1 day`.  What is published later never changes it, nor what is taken down later.

    `known`: the day whose page prints it (default: after all records), which says of a record taken down only what it knows.
    """
    day = report_due(promise, position, rules) + timedelta(1)
    if of := kept(records, number, promise.plan.checkpoints[position].id, day):
        return kept_standing(number, of, day, known or date.max, Speech(rules, publisher, promise.plan.year))
    return standing(promise, number, records, rules, day, day, publisher)


def first_history(
    promise: Promise,
    number: int,
    records: Records,
    rules: Rules,
    position: int,
    publisher: Publisher = "independent",
    reading: Reading = "headline",
) -> tuple[Cell, ...]:
    """The cells of a task as first published for the checkpoint at `position`; those that rested on a record since taken down as its
    tombstone keeps them, without words."""
    day = report_due(promise, position, rules) + timedelta(1)
    return tuple(
        _kept_cell(cell, records, number, report_due(promise, place, rules) + timedelta(1), day) if place <= position else cell
        for place, cell in enumerate(history(promise, number, records, rules, day, day, publisher, reading))
    )


def _kept_cell(cell: Cell, records: Records, number: int, frozen: date, edition: date) -> Cell:
    """A cell in an edition frozen on `edition`, where the record stood till then; a later edition knows that it was taken down."""
    of = kept(records, number, cell.checkpoint, frozen)
    kind = of.result.cell if of and of.result and of.removed_on >= edition else None
    return Cell(cell.checkpoint, (Label(kind, ""),)) if kind else cell


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
        self.speech = speech
        self.points = [point.id for point in promise.plan.checkpoints]
        self.milestones = promise.tasks[number].milestones
        self.spans = spans(promise.tasks[number], promise.plan.checkpoints)
        self.owed: Duties = duties(promise, number, seen, speech.rules, reading)
        self.seen = seen.placed(self.owed.beyond, self.owed.required)
        self.shown = [duty for duty in self.owed.all if not (isinstance(duty, Step) and duty.bound.empty)]

    def labels(self, position: int) -> Iterator[Label]:
        cell, milestone = self._cell(position)
        own = milestone.kind == "rolling" or (milestone.kind == "target" and position == self.spans[cell - 1].last[1])
        mine = [duty for duty in self.shown if self._stands(duty, position, cell if own else None)]
        gone = [duty.due for duty in self.owed.each if own and duty.cell == cell and not duty.dropped and self._away(duty)]
        if gone and not mine:
            yield self._label("moved", day=self.speech.day(max(gone)))
        elif own or mine:
            yield from self._judged(position, mine, rolling=milestone.kind == "rolling")
        else:
            yield self._label("no_target" if milestone.kind == "none" else "spanning")

    def _cell(self, position: int) -> tuple[int, Milestone]:
        """The cell of a checkpoint: the one that ends there, else the next to end (a merged cell still running)."""
        index = next(i for i, span in enumerate(self.spans) if span.last[1] >= position)
        return index + 1, self.milestones[index]

    def _stands(self, duty: Duty, position: int, cell: int | None) -> bool:
        """Whether a duty is shown at a checkpoint: with the cell that ends there (None: no cell does), or moved or due there."""
        if duty.cell is not None and not self._away(duty):
            return duty.cell == cell
        return self._column(duty) == position and (cell is not None or duty.moved)

    def _column(self, duty: Duty) -> int:
        """The checkpoint that a duty's day falls in; the last one for a day after all."""
        return min(duty.position, len(self.points) - 1)

    def _away(self, duty: Duty) -> bool:
        """Whether a change moved a duty out of the checkpoints that its cell covers."""
        if duty.cell is None or not duty.moved:
            return False
        span = self.spans[duty.cell - 1]
        return not span.first[0] <= self._column(duty) <= span.last[1]

    def _judged(self, position: int, mine: Sequence[Duty], rolling: bool) -> Iterator[Label]:
        standing = [duty for duty in mine if not duty.dropped]
        answering = (
            position if rolling else max((d.position for d in standing if d.cell or d.position >= len(self.points)), default=position)
        )
        last = max((duty.ages_from for duty in standing), default=ends(self.points[position]))
        if mine and not standing:
            yield self._label("dropped")
        elif self._suspended(answering, standing):
            yield self._label("suspended")
        elif last >= self.seen.as_of and not any(outcome.kind == "unmet" for outcome in map(self._outcome, standing)):
            yield self._label("not_due")
        else:
            yield from self._result(standing, self._report(answering, standing))

    def _suspended(self, position: int, standing: Sequence[Duty]) -> bool:
        """Whether a 暂缓 holds the cell: in force, a duty that it has stopped; the report that it excuses, until the next required one."""
        stopped = any(duty.due < duty.ages_from and duty.ages_from >= self.seen.as_of for duty in standing)
        return (stopped and excuses(self.seen.suspensions, self.seen.as_of)) or self._excused(position)

    def _excused(self, position: int) -> bool:
        """Whether a 暂缓 excuses a checkpoint's report and no other report has had to speak for it yet."""
        if position in self.seen.first_reports or not excuses(self.seen.suspensions, self.owed.last_days[position]):
            return False
        due = answer(position, self.owed, self.seen.suspensions)
        waits = due.day >= self.seen.as_of and not any(position <= place <= due.last for place in self.seen.first_reports)
        return waits or excuses(self.seen.suspensions, self.seen.as_of)

    def _result(self, standing: Sequence[Duty], report: Label | None) -> Iterator[Label]:
        outcomes = [(duty, self._outcome(duty)) for duty in standing if not isinstance(duty, Bare)]
        if not outcomes:
            yield from [report] if report and report.kind != "reported_late" else [self._label("unmeasured"), *([report] if report else [])]
            return
        yield from self._outcome_labels(outcomes, silent=report is not None and report.kind != "reported_late")
        if report:
            yield report

    def _outcome_labels(self, outcomes: Sequence[tuple[Duty, Outcome]], silent: bool) -> Iterator[Label]:
        """The result of a cell from its duties: 未完成, 数据不全 or 没法评定 (unless the report itself is missing), 逾期, 补上, 按期完成."""
        kinds = {outcome.kind for _, outcome in outcomes}
        if "unmet" in kinds:
            yield self._label("unmet")
        elif "unknown" in kinds:
            if not silent:
                unknown = [duty.position for duty, outcome in outcomes if outcome.kind == "unknown"]
                yield self._label("undecided" if all(position in self.owed.released for position in unknown) else "incomplete")
        else:
            late = max(outcome.days for _, outcome in outcomes)
            made_up = max((o.position for _, o in outcomes if o.position is not None), default=None)
            if late:
                yield self._label("late", days=late)
            if made_up is not None:
                yield self._label("caught_up", checkpoint=self.speech.checkpoint(self.points[min(made_up, len(self.points) - 1)]))
            if not late and made_up is None:
                yield self._label("met")

    def _report(self, position: int, standing: Sequence[Duty]) -> Label | None:
        """What is to say of the report that a cell owes: awaited, missing, late; None where it came in time, or none was required, late or not.  One that
        came before the due day of something that it leaves open is still awaited."""
        day, filed = self.owed.last_days[position], self.seen.first_reports.get(position)
        required, awaited = position in self.owed.required, day >= self.seen.as_of
        if filed is None:
            return self._label("awaiting_report" if awaited else "unreported") if required else None
        if filed > day and required:
            return self._label("reported_late", days=(filed - day).days)
        due = max((duty.due for duty in standing), default=date.min)
        spoken = any(place == position and published >= due for place, published in self.seen.publications)
        open_still = any(self._outcome(duty).kind == "unknown" for duty in standing if not isinstance(duty, Bare))
        return self._label("awaiting_report") if required and awaited and open_still and not spoken else None

    def _outcome(self, duty: Duty) -> Outcome:
        if duty.ages_from >= self.seen.as_of:
            return Outcome("ahead")
        return self._piece(duty) if isinstance(duty, Piece) else self._step(duty) if isinstance(duty, Step) else Outcome("unknown")

    def _piece(self, piece: Piece) -> Outcome:
        part = piece_part(piece, self.owed.last_days[piece.position], self.seen, self.speech.rules)
        if part.state == "done":
            return Outcome("late", part.days) if part.days else Outcome("met")
        return Outcome("unknown" if part.missing else "unmet")

    def _step(self, step: Step) -> Outcome:
        """A number on its own day.  A sum may be made up later and has then no day; a level holds on its day or not."""
        told = heard(self.owed.of(step.indicator.id), self.seen, self.points)
        counted = [each for each in told if each.counts(self.seen.as_of)]
        own = next((each for each in counted if each.step == step), None)
        if own and step.bound.holds(own.value):
            return Outcome("met")
        if not sums_up(step.indicator):
            return Outcome("unmet" if own else "unknown")
        reached = [e.position for e in told if e.reaches(step, self.seen.as_of) and not (own and e.position < step.position)]
        if reached:
            return Outcome("met") if min(reached) < step.position else Outcome("caught_up", position=min(reached))
        return Outcome("unmet" if any(each.position >= step.position for each in counted) else "unknown")

    def _label(self, kind: CellKind, days: int | None = None, checkpoint: str | None = None, day: str = "") -> Label:
        said = self.speech.say(getattr(self.speech.words.cells, kind), days=days, checkpoint=checkpoint, day=day)
        return Label(kind, said, days, checkpoint)
