"""A law tried on random plans: counted, and a break of it reduced to a small pair."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from scripts.ledger.model.promise import Promise
from scripts.ledger.model.testimony import Records
from scripts.ledger.verdict.standing import Standing, standing

from ..hard_plans import hard_case
from ..rereading.__main__ import shown
from ..rereading.comparing import smaller
from ..scenes import promise, records, rules

type_case = dict[str, Any]
ORDER = ("red", "orange", "yellow", "green", "blue")


@dataclass(frozen=True)
class Trial:
    """Two cases and the days to look at; `without`: a case in which what was changed is seen.  `premise`: what must be so of `one`, for it
    to be a pair of the law."""

    one: type_case
    two: type_case
    without: type_case
    days: tuple[date, ...]
    premise: Callable[[type_case], bool] = bool


@dataclass(frozen=True)
class Law:
    """`trials`: pairs from a case.  `holds`: of the outcomes of one, two and `without`: whether it is kept, None where it says nothing.
    `look`: the outcome of a plan and its testimony on a day."""

    trials: Callable[[random.Random, type_case], Iterator[Trial]]
    holds: Callable[[Any, Any, Any], bool | None]
    look: Callable[[Promise, Records, date], Any]

    def looked(self, trial: Trial, days: Sequence[date]) -> Iterator[list[Any]]:
        """The three outcomes of each day."""
        scenes = [(promise(case), records(case)) for case in (trial.one, trial.two, trial.without)]
        yield from ([self.look(promised, told, day) for promised, told in scenes] for day in days)


@dataclass
class Tally:
    """`checks`: days on which the premise held; `mattered`: of these, on which what was changed, where it is seen, makes a difference."""

    plans: int = 0
    pairs: int = 0
    checks: int = 0
    mattered: int = 0
    broken: list[tuple[Trial, date]] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.plans}份计划，{self.pairs}对，比了{self.checks}天，其中{self.mattered}天改动本身有影响，不合的{len(self.broken)}"


def judged(promised: Promise, told: Records, as_of: date) -> Standing:
    """The engine's standing of the one task."""
    return standing(promised, 1, told, rules(), as_of, None, "official")


def verdict(promised: Promise, told: Records, as_of: date) -> tuple[Any, ...]:
    """The colour or state, 暂缓前, silence, the verdicts of changed targets, and whether something is missing."""
    found = judged(promised, told, as_of)
    both = found.verdicts
    return found.verdict, found.before, found.silent, (both.original, both.revised) if both else None, lacks(found)


def lacks(found: Standing) -> bool:
    """Whether a report or a word is missing, as the state or beside a colour."""
    return bool({found.state, *(each.kind for each in found.marks)} & {"unreported", "incomplete"})


def rank(found: Standing) -> int | None:
    """How good a colour is; greys are compared with nothing."""
    return ORDER.index(found.colour) if found.colour else None


def run(law: Law, plans: int, seed: int) -> Tally:
    """A law on `plans` random plans."""
    found = Tally()
    for number in range(plans):
        chance = random.Random(seed * 1_000_003 + number)
        found.plans += 1
        for trial in law.trials(chance, hard_case(chance)):
            if trial.premise(trial.one):
                found.pairs += 1
                _try(law, trial, found)
    return found


def _try(law: Law, trial: Trial, found: Tally) -> None:
    for day, (one, two, without) in zip(trial.days, law.looked(trial, trial.days), strict=True):
        kept = law.holds(one, two, without)
        found.checks += kept is not None
        found.mattered += kept is not None and _judged_of(without) != _judged_of(one)
        if kept is False:
            found.broken.append((trial, day))


def _judged_of(outcome: Any) -> Any:
    """Of a standing what is judged, without the words."""
    return (outcome.verdict, outcome.numbers, outcome.pieces, outcome.silent) if isinstance(outcome, Standing) else outcome


# ---------------------------------------------------------------- the smallest pair


def shrink(law: Law, trial: Trial, day: date) -> Trial:
    """The trial with everything taken away, from all its cases, that the break does not need."""
    again = True
    while again:
        again = False
        for path in smaller(trial.two):
            less = _less(trial, path)
            if less and _breaks(law, less, day):
                trial, again = less, True
                break
    return trial


def _less(trial: Trial, path: tuple[Any, ...]) -> Trial | None:
    cases = [_without(case, path) for case in (trial.one, trial.two, trial.without)]
    one, two, without = cases
    return Trial(one, two, without, trial.days, trial.premise) if one and two and without else None


def _without(case: type_case, path: tuple[Any, ...]) -> type_case | None:
    copied = copy.deepcopy(case)
    inner: Any = copied
    try:
        for step in path[:-1]:
            inner = inner[step]
        del inner[path[-1]]
    except (KeyError, IndexError):
        return None
    return copied


def _breaks(law: Law, trial: Trial, day: date) -> bool:
    try:
        return trial.premise(trial.one) and law.holds(*next(law.looked(trial, [day]))) is False
    except (AssertionError, ValueError):  # what is left is no plan any more
        return False


def told(law: Law, trial: Trial, day: date) -> str:
    """A break as text: the outcomes, and the smallest pair."""
    less = shrink(law, trial, day)
    outcomes = [each.sentence if isinstance(each, Standing) else each for each in next(law.looked(less, [day]))]
    changed = {key: each for key, each in less.two.items() if each != less.one.get(key)}
    plain = {key: each for key, each in less.one.items() if key != "plan"}
    return f"on {day}: {outcomes}\n{shown(plain, 2)}\nchanged:\n{shown(changed, 2)}"
