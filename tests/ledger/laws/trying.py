"""A law tried on random plans: counted, and a break of it reduced to a small pair."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from scripts.ledger.judging.standing import Standing, standing

from ..hard_plans import hard_case
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
    `look`: the outcome of a case on a day."""

    trials: Callable[[random.Random, type_case], Iterator[Trial]]
    holds: Callable[[Any, Any, Any], bool | None]
    look: Callable[[type_case, date], Any]


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


def judged(case: type_case, as_of: date) -> Standing:
    """The engine's standing of the one task of a case."""
    return standing(promise(case), 1, records(case), rules(), as_of, None, "official")


def verdict(case: type_case, as_of: date) -> tuple[Any, ...]:
    """The colour or state, what is held against it, and the marks that say that something is missing."""
    found = judged(case, as_of)
    both = found.verdicts
    marks = tuple(each.kind for each in found.marks if each.kind in ("unreported", "incomplete"))
    return found.verdict, found.before, found.silent, (both.original, both.revised) if both else None, marks


def seen(outcome: Any) -> Any:
    """Of a standing what is judged, without the words."""
    return (outcome.verdict, outcome.numbers, outcome.pieces, outcome.silent) if isinstance(outcome, Standing) else outcome


def rank(found: Standing) -> int | None:
    """How good a colour is; greys are compared with nothing."""
    return ORDER.index(found.colour) if found.colour else None


def run(law: Law, plans: int, seed: int) -> Tally:
    """A law on `plans` random plans."""
    found = Tally()
    for number in range(plans):
        chance = random.Random(seed * 1_000_003 + number)
        case = hard_case(chance)
        found.plans += 1
        for trial in law.trials(chance, case):
            is_pair = trial.premise(trial.one)
            found.pairs += is_pair
            for day in trial.days if is_pair else ():
                _try(law, trial, day, found)
    return found


def _try(law: Law, trial: Trial, day: date, found: Tally) -> None:
    one, two, without = (law.look(case, day) for case in (trial.one, trial.two, trial.without))
    kept = law.holds(one, two, without)
    if kept is None:
        return
    found.checks += 1
    found.mattered += seen(without) != seen(one)
    if not kept:
        found.broken.append((trial, day))


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
        looked = [law.look(case, day) for case in (trial.one, trial.two, trial.without)]
        return trial.premise(trial.one) and law.holds(*looked) is False
    except (AssertionError, ValueError):
        return False
