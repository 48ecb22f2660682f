"""Numbers are judged by shortfall."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor

from scripts.ledger.model.promise import Indicator

from .days import Slot, ends, slot_of, slots
from .public import File, View
from .targets import Target

COLOURS = ("blue", "green", "yellow", "orange", "red")


@dataclass(frozen=True)
class Step:
    """What a number must come to by a day, and the target that asks for it; `paced`: 推算."""

    due: date
    slot: Slot
    low: Fraction | None
    high: Fraction | None
    annual: bool
    paced: bool
    target: Target

    def meets(self, actual: Fraction) -> bool:
        return (self.low is None or actual >= self.low) and (self.high is None or actual <= self.high)

    def short(self, actual: Fraction) -> Fraction:
        """By how much a number misses."""
        below = self.low - actual if self.low is not None else Fraction(0)
        return max(below, actual - self.high if self.high is not None else Fraction(0), Fraction(0))

    @property
    def is_empty(self) -> bool:
        """ "P = 0: not judged for at_least." """
        return self.high is None and self.low == 0


@dataclass(frozen=True)
class Value:
    """A number told in a report: for which day, and when it was published.  `own`: the target of that day, None where there is none."""

    slot: Slot
    day: date
    published: date
    amount: Fraction
    own: Step | None


@dataclass(frozen=True)
class NumberResult:
    """One target of the latest judged checkpoint.  `step`, `actual`: what was held against what; None where nothing counts, or nothing was
    planned by then.  `latest`: the target judged.  `missing`: it is not mentioned.  `colour`: None where nothing is known."""

    indicator: str
    latest: Step
    step: Step | None
    actual: Fraction | None
    colour: str | None
    missing: bool


# ---------------------------------------------------------------- the plan of a number


def steps_of(indicator: Indicator, targets: list[Target], view: View) -> list[Step]:
    """Every step of a number in order of its day."""
    own = [each for each in targets if each.indicator == indicator.id and not each.dropped]
    found = [_step(indicator, each, own, view) for each in own] + _paced(indicator, own, view)
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


@dataclass
class Told:
    """What the files of one slot say of a number: without a day, and by the days named; each with the day of its publication."""

    plain: tuple[Fraction, date] | None = None
    named: dict[date, tuple[Fraction, date]] = field(default_factory=dict)
    later: set[date] = field(default_factory=set)
    """The days that were named after what was told without a day."""

    def take(self, value: Decimal | dict[date, Decimal], published: date) -> None:
        """ "A later file overrides key by key; what it does not name stands"."""
        if isinstance(value, dict):
            self.named |= {day: (Fraction(amount), published) for day, amount in value.items()}
            self.later |= set(value)
        else:
            self.plain, self.later = (Fraction(value), published), set()

    def values(self, slot: Slot, own: dict[date, Step], total: bool) -> Iterable[Value]:
        """ "Where one report's value stands for two targets of one number with different days, it counts for the later day, and for the
        earlier only if it reaches it or the report names the day"; of two words on one day the later file's.  A total (`total`) of any day
        that is enough is a word on a target of whose day there is none."""
        last, words = max(own, default=slot.ends), dict(self.named)
        if self.plain and last not in self.later:
            reached = [day for day, step in own.items() if step.meets(self.plain[0])]
            words |= {day: self.plain for day in (last, *reached) if day not in self.later}
        for day in set(own) - set(words) if total else ():
            enough = [(published, named, amount) for named, (amount, published) in self.named.items() if own[day].meets(amount)]
            if enough:
                published, _, amount = max(enough)
                words[day] = amount, published
        return [Value(slot, day, published, amount, own.get(day)) for day, (amount, published) in words.items()]


def values_of(indicator: Indicator, steps: list[Step], told: list[File], view: View) -> list[Value]:
    """Every value that stands, by checkpoint, then by day; "a withdrawn value is `withdrawn`"."""
    found: dict[Slot, Told] = {}
    for file in told:
        if file.report is None or indicator.id not in file.report.indicators:
            continue
        value, regular = file.report.indicators[indicator.id], slot_of(ends(file.checkpoint), view.points)
        slot = max((step.slot for step in steps if regular < step.slot <= file.slot), default=regular)
        if value == "withdrawn":
            found = {place: each for place, each in found.items() if place not in (regular, slot)}
        else:
            found.setdefault(slot, Told()).take(value, file.published)
    by_slot = {slot: {step.due: step for step in steps if step.slot == slot} for slot in found}
    return sorted(
        (value for slot, each in found.items() for value in each.values(slot, by_slot[slot], is_total(indicator))),
        key=lambda each: (each.slot, each.day),
    )


def is_total(indicator: Indicator) -> bool:
    """An at_least total: what was reached once is reached."""
    return indicator.direction == "at_least" and indicator.basis != "level"


def stands_for(value: Value, step: Step) -> bool:
    """Whether a value is a word on a target of its own report."""
    return value.slot == step.slot and value.day == step.due


def is_interim(value: Value, target: Step | None, indicator: Indicator) -> bool:
    """ "Published before its target's due day, only an at_least total that already reaches it … counts; every other value, level,
    at_most, between … is shown as interim"."""
    if target is None or value.published >= target.due:
        return False
    return not (is_total(indicator) and target.meets(value.amount))


def counts(value: Value, step: Step, indicator: Indicator, as_of: date) -> bool:
    """ "A value counts only from its own due day", so that it meets that day's own plan and not the plan before it; the choice is number
    9."""
    own = stands_for(value, step)
    if is_interim(value, step if own else value.own, indicator):
        return is_total(indicator) and step.slot < value.slot and step.meets(value.amount)
    reached = value.own is not None and value.published <= value.own.due and value.own.meets(value.amount)
    if is_total(indicator) and (step.meets(value.amount) or reached):
        return True
    return (step.due if own else value.day) < as_of


def speaks(value: Value, step: Step, indicator: Indicator) -> bool | None:
    """Whether a value answers for a step; None: it neither answers nor is the last word (it is of another day).

    "It counts for the later day, and for the earlier only if it reaches it or the report names the day."  "A sum already >= P needs no
    new mention."  Of a later checkpoint a sum answers; another number only if it is of no target's day and good enough (choice 10).
    """
    if value.slot == step.slot:
        return stands_for(value, step) or None
    if value.slot < step.slot:
        return is_total(indicator) and step.meets(value.amount)
    return True if is_total(indicator) or (value.own is None and step.meets(value.amount)) else None


def answer(step: Step, values: list[Value], indicator: Indicator, as_of: date) -> tuple[bool, Value | None]:
    """The last value that counts, and whether it answers for the step."""
    nearest = sorted(values, key=lambda each: (each.slot, each.slot == step.slot and each.day == step.due, each.day), reverse=True)
    counting = [each for each in nearest if counts(each, step, indicator, as_of)]
    return next(((spoken, each) for each in counting if (spoken := speaks(each, step, indicator)) is not None), (False, None))


# ---------------------------------------------------------------- the verdict on a number


def number_results(
    indicator: Indicator, steps: list[Step], values: list[Value], is_judged: Callable[[Step], bool], view: View
) -> Iterable[NumberResult]:
    """ "Planned cumulative P at the latest judged checkpoint, actual A."  Every day of that checkpoint is judged; where none of them is
    mentioned in its own report, "the last number against its own checkpoint's plan" stays."""
    judged = [step for step in steps if is_judged(step)]
    latest = [step for step in judged if step.slot == judged[-1].slot]
    answers = [answer(step, values, indicator, view.as_of) for step in latest]
    silent = not any(stands_for(value, step) and counts(value, step, indicator, view.as_of) for step in latest for value in values)
    for step, (spoken, value) in zip(latest, answers, strict=True):
        if value is None or not (spoken or (silent and step is latest[-1])):
            yield NumberResult(indicator.id, step, None, None, None, True)
            continue
        held = _held_against(step, judged, value, spoken)
        colour = colour_of(indicator, held, value, steps, values, view) if held else None
        yield NumberResult(indicator.id, step, held, value.amount, colour, not spoken)


def _held_against(step: Step, judged: list[Step], value: Value, spoken: bool) -> Step | None:
    """The plan that a value is held against: the one that it answers for; one of an earlier checkpoint, unless it met its own plan and
    answers for this one, its own."""
    own = next((each for each in reversed(judged) if each.due <= value.day), None)
    if value.slot < step.slot and own and not (spoken and own.meets(value.amount)):
        return own
    return step if spoken else own


def colour_of(indicator: Indicator, step: Step, value: Value, steps: list[Step], values: list[Value], view: View) -> str:
    """ "a >= 1 green; >= 0.90 yellow; >= 0.75 orange; below red.  A shortfall under 2 % of the annual target is never worse than yellow,
    except where A = 0, after the annual due day, or by the points rule.  Levels in %: also more than 2 points off at least orange, more
    than 5 red.  An annual number unmet after its due day is at least orange."  推算: "at worst yellow until a report gives the year's own
    number"."""
    actual = value.amount
    if step.meets(actual):
        return "green"
    if step.paced:
        return "yellow"
    if _size(step) == 0:
        return "red"
    short = step.short(actual)
    colour = _band(step, actual, short)
    year = next((each for each in steps if each.annual), None)
    over = year is not None and view.as_of > year.due
    if short < Fraction(2, 100) * _size(year or steps[-1]) and actual != 0 and not over:
        colour = min(colour, "yellow", key=COLOURS.index)
    if indicator.basis == "level" and indicator.unit.strip() in ("%", "％"):
        colour = max(colour, "red" if short > 5 else "orange" if short > 2 else "green", key=COLOURS.index)
    if step.annual and over:
        colour = max(colour, "orange", key=COLOURS.index)
    if indicator.pace and not any(each.slot >= step.slot and each.published >= step.due for each in values):
        return "yellow"
    return colour


def _size(step: Step) -> Fraction:
    return max(abs(each) for each in (step.low, step.high) if each is not None)


def _band(step: Step, actual: Fraction, short: Fraction) -> str:
    """ "`at_most`: pass when A <= P, else a = P/A; at_most 0: A > 0 is red.  `between`: a = 1 - distance outside / max(|low|, |high|)." """
    if step.low is not None and step.high is not None:
        share = 1 - short / _size(step)
    elif step.high is not None:
        share = step.high / actual
    else:
        assert step.low
        share = actual / step.low
    return "yellow" if share >= Fraction(9, 10) else "orange" if share >= Fraction(3, 4) else "red"
