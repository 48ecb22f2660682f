"""One reading of one task on one day: its judged parts, and the worst of them.

Source: status.md, "Uncoloured states", "Colour = the worst of all".  The states 暂无进展数据 and
暂缓 are settled before a judgement is made (see `standing`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from ..model.promise import Promise
from ..model.rules import Colour, Rules, State, worst
from ..phrases.phrasebook import Verdict
from .deliverables import PiecePart, ProblemPart, piece_part, problem_parts
from .evidence import Seen
from .indicators import NumberPart, counting, number_parts
from .obligations import duties
from .terms import Bare, Duties, Duty, Piece, Reading, Step, answer


@dataclass(frozen=True)
class Judgement:
    """What one reading comes to: a colour or a state, never both.

    `beside`: the state that a yellow, orange or red kept from replacing it, printed as a mark.  `seen`: the testimony, a report that
    answers for a day after the last checkpoint at a position of its own.  `silent`: positions of the overdue
    required reports since the last report.  `dropped`: dropped targets whose day has come.  `complete`: all is due, met and closed.
    """

    colour: Colour | None
    state: State | None
    beside: State | None
    numbers: tuple[NumberPart, ...]
    pieces: tuple[PiecePart, ...]
    problems: tuple[ProblemPart, ...]
    silent: tuple[int, ...]
    dropped: tuple[Duty, ...]
    complete: bool
    owed: Duties
    seen: Seen

    @property
    def undecided(self) -> bool:
        """没法评定: nothing but values of checkpoints whose report a change of targets has removed is missing."""
        missing = [part.latest.position for part in self.numbers if part.missing] + [p.piece.position for p in self.pieces if p.missing]
        return self.state == "incomplete" and all(position in self.owed.released for position in missing)

    @property
    def verdict(self) -> Verdict:
        verdict = self.colour or self.state
        assert verdict is not None  # one of the two is always set
        return verdict

    @property
    def _made_of(self) -> list[set[tuple[int | None, date, date, bool]]]:
        """Of each number judged, the cells that its plan is made of, with their days: those of its day, of increments all up to it.  The
        year's number stands for itself."""
        return [
            {(each.cell, each.printed, each.due, each.dropped) for each in self.owed.targets if _part_of(each, part.latest)}
            for part in self.numbers
        ]

    def like(self, other: Judgement) -> bool:
        """Whether another reading judges the very same things with the same result: no target that differs is judged yet."""
        mine, theirs = ((each._made_of, each.numbers, each.pieces, each.silent, each.verdict, each.undecided) for each in (self, other))
        return mine == theirs


def judgement(promise: Promise, number: int, seen: Seen, rules: Rules, reading: Reading) -> Judgement:
    """Judge task `number` in one reading of its targets, on `seen.as_of`, from what is in `seen`."""
    return _Judging(promise, duties(promise, number, seen, rules, reading), seen, rules).judgement()


class _Judging:
    """The parts of one judgement, worked out once."""

    def __init__(self, promise: Promise, owed: Duties, seen: Seen, rules: Rules) -> None:
        self.owed, self.seen, self.rules = owed, seen.placed(owed.beyond, owed.required), rules
        self.points = [point.id for point in promise.plan.checkpoints]
        self.numbers = tuple(number_parts(owed, self.seen, self.counts, rules, self.points))
        self.pieces = tuple(self.part(piece) for piece in owed.pieces if self.counts(piece))
        self.problems = tuple(problem_parts(self.seen, rules))
        last_report = max(self.seen.first_reports, default=-1)
        self.silent = tuple(p for p in owed.required if p > last_report and owed.last_days[p] < seen.as_of)
        self.dropped = tuple(duty for duty in owed.all if duty.dropped and self.come(duty))

    def part(self, piece: Piece) -> PiecePart:
        return piece_part(piece, self.owed.last_days[piece.position], self.seen, self.rules)

    def come(self, duty: Duty) -> bool:
        """Whether a duty's day has passed and a word of that day or later has come, or should have; P = 0 never comes."""
        if duty.ages_from >= self.seen.as_of or _empty(duty):
            return False
        due = answer(duty.position, self.owed, self.seen.suspensions)
        reports = [day for position, day in self.seen.publications if duty.position <= position <= due.last]
        return due.day < self.seen.as_of or any(day >= duty.due for day in reports) or (bool(reports) and self._early(duty))

    def _early(self, duty: Duty) -> bool:
        """Whether a word from before the due day already settles a duty: done, or a total that is reached."""
        if isinstance(duty, Piece):
            return self.part(duty).state == "done"
        if isinstance(duty, Step):
            return any(each.step == duty for each in counting(self.owed.of(duty.indicator.id), self.seen, self.points))
        return False

    def counts(self, duty: Duty) -> bool:
        """Whether a duty is judged: it has come and still stands."""
        return self.come(duty) and not duty.dropped

    def judgement(self) -> Judgement:
        state, worst_part, complete = self._state(), self._worst(), self._complete()
        behind = worst_part not in ("blue", "green")
        colour: Colour = "blue" if complete and self.seen.acceptance and self.seen.has_evidence() else worst_part
        return Judgement(
            colour=colour if behind or state is None else None,
            state=None if behind else state,
            beside=state if behind and state != "not_due" else None,
            numbers=self.numbers,
            pieces=self.pieces,
            problems=self.problems,
            silent=self.silent,
            dropped=self.dropped,
            complete=complete,
            owed=self.owed,
            seen=self.seen,
        )

    def _worst(self) -> Colour:
        """The worst of what is known; an unknown part argues neither way."""
        numbers, pieces = (part.colour for part in self.numbers), (part.colour for part in self.pieces)
        return worst("green", *(colour for colour in (*numbers, *pieces) if colour), *(part.colour for part in self.problems))

    def _state(self) -> State | None:
        """The first uncoloured state that applies, in the order 4, 5, 6, 7, 3."""
        if self.silent:
            return "unreported"
        if any(part.missing for part in self.numbers) or any(part.missing for part in self.pieces):
            return "incomplete"
        if self.owed.rolling and not self.numbers and self.seen.first_reports:
            return "unmeasured"
        if self.numbers or self.pieces:
            return None
        judgeable = [duty for duty in self.dropped if not isinstance(duty, Bare)]
        return "dropped" if judgeable or (self.dropped and all(duty.dropped for duty in self.owed.all)) else "not_due"

    def _complete(self) -> bool:
        """Whether all that was promised has come due and is met, nothing dropped, no problem open."""
        whole = all(not duty.dropped and (isinstance(duty, Bare) or self.counts(duty)) for duty in self.owed.all if not _empty(duty))
        closed = not any(trouble.open for trouble in self.seen.troubles)
        met = self._state() is None and self._worst() == "green" and self._held()
        return whole and closed and met and self.owed.last_due < self.seen.as_of

    def _held(self) -> bool:
        """Whether every level held on its own day: one that missed there can no longer be made up.  Silence is no proof, except where
        nobody had to report."""
        for _, group in groupby(self.owed.steps, key=lambda step: step.indicator.id):
            steps = list(group)
            if steps[0].indicator.basis == "level":
                told = {each.step: each.value for each in counting(steps, self.seen, self.points)}
                asked = [step for step in steps if step in told or step.position in {*self.owed.required, *self.seen.first_reports}]
                if not all(step in told and step.bound.holds(told[step]) for step in asked):
                    return False
        return True


def _part_of(target: Step, judged: Step) -> bool:
    """Whether a target is part of the plan that a judged one holds a number against."""
    if judged.annual or target.indicator.id != judged.indicator.id or target.annual:
        return False
    return target.due == judged.due or (judged.indicator.basis == "increment" and target.due < judged.due)


def _empty(duty: Duty) -> bool:
    return isinstance(duty, Step) and duty.bound.empty and not duty.dropped
