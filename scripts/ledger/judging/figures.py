"""Numbers are judged by shortfall.

Source: status.md, "Numbers are judged by shortfall".  Shares are compared by multiplication, so
exactly; nothing is rounded before it is judged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Literal

from ..model import Indicator
from ..rulebook.rules import Colour, Rules, best, worst
from ..schedule import ends
from .duties import Bound, Duties, Duty, Step
from .seen import Seen

Rule = Literal["met", "share", "small", "points", "unmet", "pace_cap", "none_allowed"]
"""Which rule settled a number's colour."""


@dataclass(frozen=True)
class NumberPart:
    """One indicator as judged.

    `step` is the plan that it is held against and `actual` the number counted; both are None where nothing public speaks of it.
    `colour` is None where nothing is known; `missing`: the latest judged step is not mentioned, and `step` is then the last number's own.
    `latest` is the latest judged step, mentioned or not.
    """

    indicator: Indicator
    latest: Step
    step: Step | None
    actual: Decimal | None
    colour: Colour | None
    rule: Rule | None
    missing: bool


def number_parts(owed: Duties, seen: Seen, come: Callable[[Duty], bool], rules: Rules, checkpoints: Sequence[str]) -> Iterator[NumberPart]:
    """One part for each indicator with a judged step.  `come` tells whether a duty is judged on the day."""
    for _, group in groupby(owed.steps, key=lambda step: step.indicator.id):
        steps = list(group)
        due = [step for step in steps if come(step)]
        if due:
            yield _part(due, steps, counting(steps, seen, checkpoints), seen.as_of, rules)


def counting(steps: Sequence[Step], seen: Seen, checkpoints: Sequence[str]) -> dict[int, Decimal]:
    """The values that count on `as_of`, by position: a value counts only once its own due day has passed, which is the day of the
    step at its checkpoint, else the checkpoint's end."""
    days = {step.position: step.due for step in steps if not step.dropped}
    values = seen.values(steps[0].indicator.id)
    return {position: value for position, value in values.items() if days.get(position, ends(checkpoints[position])) < seen.as_of}


def _part(due: Sequence[Step], steps: Sequence[Step], counted: dict[int, Decimal], as_of: date, rules: Rules) -> NumberPart:
    latest = due[-1]
    if not counted:
        return NumberPart(latest.indicator, latest, None, None, None, None, missing=True)
    last = max(counted)
    actual, mentioned = counted[last], last >= latest.position
    # A sum that has already reached the latest plan needs no new mention; a level does.
    reached = sums_up(latest.indicator) and latest.bound.holds(actual)
    own = next((step for step in reversed(due) if step.position <= last), latest if reached else None)
    if own is None:
        return NumberPart(latest.indicator, latest, None, actual, None, None, missing=True)
    colour, rule = judge(own, actual, year_of(steps), as_of, rules)
    return NumberPart(
        latest.indicator, latest, latest if reached and rule == "met" else own, actual, colour, rule, missing=not (mentioned or reached)
    )


def sums_up(indicator: Indicator) -> bool:
    """Whether a number counts up through the year, so that once reached it stays reached."""
    return indicator.basis != "level" and indicator.direction == "at_least"


def year_of(steps: Sequence[Step]) -> Step:
    """The step that stands for the year: the annual one, else the last planned."""
    return next((step for step in steps if step.annual), steps[-1])


def judge(step: Step, actual: Decimal, year: Step, as_of: date, rules: Rules) -> tuple[Colour, Rule]:
    """The colour of one number against one step, and the rule that settled it.  `year` gives the annual target and its day."""
    if step.bound.holds(actual):
        return "green", "met"
    part, whole = step.bound.share(actual)
    if not _scale(step.bound):
        return "red", "none_allowed"
    colour: Colour = rules.band(part, whole)
    rule: Rule = "share"
    over = year.annual and as_of > year.ages_from
    for other, name in _exceptions(step, actual, year, over, rules, colour):
        if other != colour:
            colour, rule = other, name
    return colour, rule


def _exceptions(step: Step, actual: Decimal, year: Step, over: bool, rules: Rules, colour: Colour) -> Iterator[tuple[Colour, Rule]]:
    """The rules that change a band, in order, each with the colour that it leaves."""
    short = step.bound.short(actual)
    if short < rules.small.share * _scale(year.bound) and actual != 0 and not over:
        yield (colour := best(colour, rules.small.at_worst)), "small"
    if step.indicator.basis == "level" and step.indicator.unit == "%":
        floor: Colour = "red" if short > rules.points.red else "orange" if short > rules.points.orange else "green"
        yield (colour := worst(colour, floor)), "points"
    if over and step.annual:
        yield (colour := worst(colour, rules.unmet.at_least)), "unmet"
    if step.paced and not over:
        yield best(colour, rules.paced.at_worst), "pace_cap"


def _scale(bound: Bound) -> Decimal:
    """The size of a bound: its number, or the larger of a range."""
    return max((abs(each) for each in (bound.low, bound.high) if each is not None), default=Decimal(0))
