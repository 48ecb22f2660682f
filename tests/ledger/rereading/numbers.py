"""Numbers are judged by shortfall."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor
from typing import Any

from scripts.ledger.model import Indicator

from .days import Slot, ends, slot_of, slots
from .public import File, View, by_day
from .targets import Target

COLOURS = ("blue", "green", "yellow", "orange", "red")


@dataclass(frozen=True)
class Step:
    """What a number must come to by a day.  `asks`: the targets that stand in it, by which it is said whether it is judged."""

    due: date
    slot: Slot
    low: Fraction | None
    high: Fraction | None
    annual: bool
    paced: bool
    target: Target

    def meets(self, actual: Fraction) -> bool:
        return (self.low is None or actual >= self.low) and (self.high is None or actual <= self.high)


@dataclass(frozen=True)
class Value:
    """A number told in a report: for which day, and when it was published; `early`: before the day of the target that it is told for."""

    slot: Slot
    day: date
    amount: Fraction
    early: bool


@dataclass(frozen=True)
class NumberResult:
    """`step`, `actual`: what was held against what; None where nothing counts, or nothing was planned by then.  `latest`: the latest judged step.  `missing`: something
    judged is not mentioned.  `colour`: the worst known, None where nothing is."""

    indicator: str
    latest: Step
    step: Step | None
    actual: Fraction | None
    colour: str | None
    missing: bool


# ---------------------------------------------------------------- the plan of a number


def steps_of(indicator: Indicator, targets: list[Target], view: View) -> list[Step]:
    """Every step of a number in order of its day; "P = 0: not judged for at_least"."""
    own = [each for each in targets if each.indicator == indicator.id and not each.dropped]
    found = [_step(indicator, each, own, view) for each in own] + _paced(indicator, own, view)
    found = [each for each in found if not (each.high is None and each.low == 0)]
    days = sorted({each.due for each in found})
    return [_hardest(indicator, [each for each in found if each.due == day]) for day in days]


def _step(indicator: Indicator, target: Target, own: list[Target], view: View) -> Step:
    """ "Increments are summed by due day, not by column."  "A lowered increment does not lower the annual target." """
    value = target.value
    if indicator.basis == "increment" and not target.annual:
        value = sum((each.value or Fraction(0) for each in own if not each.annual and each.due <= target.due), Fraction(0))
    low, high = target.bounds or _bounds(indicator, value)
    return Step(target.due, slot_of(target.due, view.points), low, high, target.annual, False, target)


def _bounds(indicator: Indicator, value: Fraction | None) -> tuple[Fraction | None, Fraction | None]:
    if indicator.direction == "at_most":
        return None, value
    return (value, value) if indicator.direction == "between" else (value, None)


def _paced(indicator: Indicator, own: list[Target], view: View) -> list[Step]:
    """ "One with `pace: linear` is planned linearly by days from 01-01 to its due day": a step at the end of each checkpoint before it."""
    year = next((each for each in own if each.annual and each.value is not None), None)
    if indicator.pace is None or year is None or year.value is None:
        return []
    start = date(int(view.promise.plan.year) - 1, 12, 31)
    planned = [(slot, year.value * Fraction((slot.ends - start).days, (year.due - start).days)) for slot in slots(view.points)]
    return [Step(slot.ends, slot, Fraction(floor(plan)), None, False, True, year) for slot, plan in planned if slot.ends < year.due]


def _hardest(indicator: Indicator, same_day: list[Step]) -> Step:
    """Of several on one day: the year's number alone; else the hardest to meet."""
    year = [each for each in same_day if each.annual]
    if indicator.direction == "at_most":
        return (year or sorted(same_day, key=lambda each: each.high or 0))[0]
    return (year or sorted(same_day, key=lambda each: each.low or 0))[-1]


# ---------------------------------------------------------------- what was told of it


def values_of(indicator: Indicator, steps: list[Step], told: list[File], view: View) -> list[Value]:
    """Every value that stands, by checkpoint, then by day.

    "A later file overrides key by key; what it does not name stands; a withdrawn value is `withdrawn`."  "Where one report's value stands
    for two targets of one number with different days, it counts for the later day." "A value counts only from its own due day."
    """
    standing: dict[Slot, dict[date | None, tuple[Any, date]]] = {}
    for file in told:
        if file.report is None or indicator.id not in file.report.indicators:
            continue
        value, regular = file.report.indicators[indicator.id], slot_of(ends(file.checkpoint), view.points)
        slot = file.slot if any(step.slot == file.slot for step in steps) else regular
        here, named = standing.setdefault(slot, {}), by_day(value)
        for taken in [regular, slot] if value == "withdrawn" else [slot] if named is None else []:
            standing.setdefault(taken, {}).clear()
        here.update({day: (each, file.published) for day, each in (named or {None: value}).items()})
    found = []
    for slot, words in standing.items():
        own = [step.due for step in steps if step.slot == slot]
        for day, (value, published) in words.items():
            if value != "withdrawn":
                due = day or max(own, default=slot.ends)
                found.append(Value(slot, due, Fraction(value), published < due and bool(own)))
    return sorted(found, key=lambda each: (each.slot, each.day))


def is_total(indicator: Indicator) -> bool:
    """An at_least total: what was reached once is reached."""
    return indicator.direction == "at_least" and indicator.basis != "level"


def counts(value: Value, step: Step, indicator: Indicator, as_of: date) -> bool:
    """ "A value counts only from its own due day", so that it meets that day's own plan and not the plan before it.  "Published before its
    target's due day, only an at_least total that already reaches it … count; every other value, level, at_most, between … is shown as
    interim"; the choice is number 9."""
    if step.meets(value.amount):
        return is_total(indicator) or (not value.early and value.day <= as_of)
    return not value.early and value.day < as_of


def speaks(value: Value, step: Step, steps: list[Step], indicator: Indicator) -> bool | None:
    """Whether a value answers for a step; None: it neither answers nor is the last word (it is of another day of the same report).

    "It counts for the later day, and for the earlier only if it reaches it or the report names the day."  "A sum already >= P needs no
    new mention."
    """
    if value.slot > step.slot or value.day == step.due:
        return True
    if value.slot == step.slot and value.day > step.due:
        return True if step.meets(value.amount) else None
    return is_total(indicator) and step.meets(value.amount)


def answer(step: Step, steps: list[Step], values: list[Value], indicator: Indicator, as_of: date) -> tuple[bool, Value | None]:
    """The last value that counts, and whether it answers for the step."""
    for value in reversed(values):
        if counts(value, step, indicator, as_of):
            spoken = speaks(value, step, steps, indicator)
            if spoken is not None:
                return spoken, value
    return False, None


# ---------------------------------------------------------------- the verdict on a number


def number_result(
    indicator: Indicator, steps: list[Step], values: list[Value], is_judged: Callable[[Step], bool], view: View
) -> NumberResult | None:
    """ "Planned cumulative P at the latest judged checkpoint, actual A."  Every day of that checkpoint is judged; where its last day is not
    mentioned, "the last number against its own checkpoint's plan" stays."""
    judged = [step for step in steps if is_judged(step)]
    if not judged:
        return None
    latest = judged[-1]
    spoken, value = answer(latest, judged, values, indicator, view.as_of)
    own = next((each for each in reversed(judged) if value and each.due <= value.day), None)
    held = own if own and value and not (spoken and own.meets(value.amount)) and value.slot < latest.slot else latest if spoken else own
    colours = [colour_of(indicator, held, value.amount, steps, values, view)] if held and value else []
    missing = not spoken
    for step in [each for each in judged[:-1] if each.slot == latest.slot]:
        told, other = answer(step, judged, values, indicator, view.as_of)
        missing = missing or not told
        colours += [colour_of(indicator, step, other.amount, steps, values, view)] if told and other else []
    worst = max(colours, key=COLOURS.index, default=None)
    return NumberResult(indicator.id, latest, held, value.amount if value else None, worst, missing)


def colour_of(indicator: Indicator, step: Step, actual: Fraction, steps: list[Step], values: list[Value], view: View) -> str:
    """ "a >= 1 green; >= 0.90 yellow; >= 0.75 orange; below red.  A shortfall under 2 % of the annual target is never worse than yellow,
    except where A = 0, after the annual due day, or by the points rule.  Levels in %: also more than 2 points off at least orange, more
    than 5 red.  An annual number unmet after its due day is at least orange."  推算: "at worst yellow until a report gives the year's own
    number"."""
    if step.meets(actual):
        return "green"
    if step.paced:
        return "yellow"
    short = step.low - actual if step.low is not None and actual < step.low else actual - (step.high or 0)
    colour = _band(step, actual, short)
    year = next((each for each in steps if each.annual), None)
    over = year is not None and view.as_of > year.due
    if short < Fraction(2, 100) * _size(year or steps[-1]) and actual != 0 and not over:
        colour = min(colour, "yellow", key=COLOURS.index)
    if indicator.basis == "level" and indicator.unit.strip() in ("%", "％"):
        colour = max(colour, "red" if short > 5 else "orange" if short > 2 else "green", key=COLOURS.index)
    if step.annual and over:
        colour = max(colour, "orange", key=COLOURS.index)
    if indicator.pace and not any(each.slot >= step.slot and not each.early for each in values):
        return "yellow"
    return colour


def _size(step: Step) -> Fraction:
    return max(abs(each) for each in (step.low, step.high) if each is not None)


def _band(step: Step, actual: Fraction, short: Fraction) -> str:
    """ "`at_most`: pass when A <= P, else a = P/A; at_most 0: A > 0 is red.  `between`: a = 1 - distance outside / max(|low|, |high|)." """
    if step.low is not None and step.high is not None:
        share = 1 - short / _size(step) if _size(step) else Fraction(0)
    elif step.high is not None:
        share = step.high / actual
    else:
        assert step.low
        share = actual / step.low
    return "yellow" if share >= Fraction(9, 10) else "orange" if share >= Fraction(3, 4) else "red"
