"""One reading of one task on one day: its judged parts, and the worst of them.

Source: status.md, "Uncoloured states", "Colour = the worst of all".  The states 暂无进展数据 and
暂缓 are settled before a judgement is made (see `standing`).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from ..model import Promise
from ..rulebook.rules import Colour, Rules, State, worst
from ..rulebook.speech import Verdict
from .deliveries import PiecePart, ProblemPart, piece_part, problem_parts
from .duties import Duties, Duty, Reading, Step, reached, report_due
from .figures import NumberPart, counting, number_parts
from .owing import duties
from .seen import Seen


@dataclass(frozen=True)
class Judgement:
    """What one reading comes to: a colour or a state, never both.

    `beside`: the state that a yellow, orange or red kept from replacing it, printed as a mark.  `silent`: positions of the overdue
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

    @property
    def verdict(self) -> Verdict:
        verdict = self.colour or self.state
        assert verdict is not None  # one of the two is always set
        return verdict

    def like(self, other: Judgement) -> bool:
        """Whether another reading judges the very same things with the same result: no target that differs is judged yet."""
        mine, theirs = ((each.numbers, each.pieces, each.silent, each.verdict) for each in (self, other))
        return mine == theirs


def judgement(promise: Promise, number: int, seen: Seen, rules: Rules, reading: Reading) -> Judgement:
    """Judge task `number` in one reading of its targets, on `seen.as_of`, from what is in `seen`."""
    return _Judging(promise, duties(promise, number, seen, rules, reading), seen, rules).judgement()


class _Judging:
    """The parts of one judgement, worked out once."""

    def __init__(self, promise: Promise, owed: Duties, seen: Seen, rules: Rules) -> None:
        self.owed, self.seen = owed, seen
        self.points = [point.id for point in promise.plan.checkpoints]
        self.last_days = [report_due(promise, position, rules) for position in range(len(self.points))]
        self.numbers = tuple(number_parts(owed, seen, self.counts, rules, self.points))
        self.pieces = tuple(piece_part(piece, self.last_days[piece.position], seen, rules) for piece in owed.pieces if self.counts(piece))
        self.problems = tuple(problem_parts(seen, rules))
        last_report = max(seen.first_reports, default=-1)
        self.silent = tuple(p for p in owed.required if p > last_report and self.last_days[p] < seen.as_of)
        self.dropped = tuple(duty for duty in owed.all if duty.dropped and self.come(duty))

    def come(self, duty: Duty) -> bool:
        """Whether a duty's day has passed and its checkpoint has been reported, or should have been; P = 0 never comes."""
        due = duty.ages_from < self.seen.as_of and not _empty(duty)
        return due and reached(duty.position, self.owed.required, self.last_days, self.seen)

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
        return "dropped" if self.dropped else "not_due"

    def _complete(self) -> bool:
        """Whether all that was promised has come due and is met, nothing dropped, no problem open."""
        whole = all(self.counts(duty) for duty in self.owed.all if not _empty(duty))
        closed = not any(trouble.open for trouble in self.seen.troubles)
        met = self._state() is None and self._worst() == "green" and self._held()
        return whole and closed and met and self.owed.last_due < self.seen.as_of

    def _held(self) -> bool:
        """Whether every level held on its own day: one that missed there can no longer be made up.  Silence is no proof, except where
        nobody had to report."""
        for _, group in groupby(self.owed.steps, key=lambda step: step.indicator.id):
            steps = list(group)
            if steps[0].indicator.basis == "level":
                told = counting(steps, self.seen, self.points)
                asked = [step for step in steps if step.position in {*told, *self.owed.required, *self.seen.first_reports}]
                if not all(step.position in told and step.bound.holds(told[step.position]) for step in asked):
                    return False
        return True


def _empty(duty: Duty) -> bool:
    return isinstance(duty, Step) and duty.bound.empty
