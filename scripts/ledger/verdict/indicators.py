"""Numbers are judged by shortfall.

Source: status.md, "Numbers are judged by shortfall".  Shares are compared by multiplication, so
exactly; nothing is rounded before it is judged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Literal

from ..model.promise import Indicator
from ..model.rules import Colour, Rules, best, worst
from ..plan.schedule import ends
from .evidence import Seen, Spoken, Word
from .terms import Bound, Duties, Duty, Step, sums_up

Rule = Literal["met", "share", "small", "points", "unmet", "pace_cap", "none_allowed"]
"""Which rule settled a number's colour."""
PERCENT = ("%", "％")
"""The signs of a percentage; ％ is %."""


@dataclass(frozen=True)
class NumberPart:
    """One target of one number as judged; several where the latest judged checkpoint has targets of several days.

    `step` is the plan that it is held against and `actual` the number counted; both are None where nothing public speaks of it.
    `colour` is None where nothing is known; `missing`: the judged target is not mentioned, and `step` is then the last number's own.
    `latest` is the judged target, mentioned or not; `interim` what was said of it before its day, where nothing better is known.
    """

    indicator: Indicator
    latest: Step
    step: Step | None
    actual: Decimal | None
    colour: Colour | None
    rule: Rule | None
    missing: bool
    interim: Heard | None = None


# ---------------------------------------------------------------- which value speaks for which target


@dataclass(frozen=True)
class Heard:
    """One reported value of one number: the checkpoint whose report gives it, the day that it is of, when it was published, the target
    that it speaks for (None: no target of that day)."""

    position: int
    day: date
    value: Decimal
    published: date
    step: Step | None
    sums: bool

    @property
    def interim(self) -> bool:
        """中期数: published before its target's due day, and not a total that already reaches it.  An early word convicts nobody."""
        if self.step is None or self.published >= self.step.due:
            return False
        return not (self.sums and self.step.bound.holds(self.value))

    def counts(self, as_of: date) -> bool:
        """Whether it counts on `as_of`: a value counts only from its own day; a total that is reached early, once it is public."""
        if self.interim:
            return False
        reached = self.step is not None and self.sums and self.published <= self.step.due and self.step.bound.holds(self.value)
        return reached or self.day < as_of

    def reaches(self, step: Step, as_of: date) -> bool:
        """Whether it shows that another target is reached: enough, and a total, or a value that counts."""
        return step.bound.holds(self.value) and (self.sums or self.counts(as_of))


def heard(steps: Sequence[Step], seen: Seen, points: Sequence[str]) -> list[Heard]:
    """What the reports say of one number, by checkpoint and day.  `steps` are all its targets, `points` the plan's checkpoints.

    A value without a day is of the latest due day at its checkpoint, where none falls due of the checkpoint's end; for an earlier target
    of the same checkpoint it counts if it reaches it, or if the report names that day.
    """
    found, sums = list[Heard](), sums_up(steps[0].indicator)
    beyond = {step.position for step in steps if step.position >= len(points)}
    for position, spoken in sorted(seen.spoken(steps[0].indicator.id, beyond).items()):
        mine = [step for step in steps if step.position == position and not step.dropped]
        end = max((step.due for step in mine), default=ends(points[min(position, len(points) - 1)]))
        for step in mine:
            if said := _said_of(step, spoken, end):
                found.append(Heard(position, step.due, said.value, said.published, step, sums))
        days = {step.due for step in mine}
        planned = [step for step in steps if step.position <= position and not step.dropped]
        said = spoken.of_the_end(end).get(end) if position == len(points) - 1 else None
        if said and not (sums and any(not step.bound.holds(said.value) for step in planned)):
            found += _of_days_beyond(steps, position, said, sums)
        loose = spoken.named | ({} if mine else spoken.of_the_end(end))
        found += [Heard(position, day, said.value, said.published, None, sums) for day, said in loose.items() if day not in days]
    return sorted(found, key=lambda each: (each.position, each.day))


def _of_days_beyond(steps: Sequence[Step], last: int, said: Word, sums: bool) -> Iterator[Heard]:
    """A number of the last checkpoint as an early word on what was moved beyond it; not a total that misses a plan of the checkpoints."""
    yield from (Heard(last, s.due, said.value, said.published, s, sums) for s in steps if s.position > last and not s.dropped)


def _said_of(step: Step, spoken: Spoken, end: date) -> Word | None:
    """The last word that speaks for one target."""
    plain = spoken.of_the_end(end).get(end)
    plain = plain if plain and (step.due == end or step.bound.holds(plain.value)) else None
    words = [word for word in (spoken.named.get(step.due), plain) if word]
    if not words and sums_up(step.indicator):  # a total of any day that is enough, of several the last day's
        words = [word for _, word in sorted(spoken.named.items(), reverse=True) if step.bound.holds(word.value)]
    return max(words, key=lambda word: word.order, default=None)


def counting(steps: Sequence[Step], seen: Seen, points: Sequence[str]) -> list[Heard]:
    """The values of one number that count on `seen.as_of`, by checkpoint and day."""
    return [each for each in heard(steps, seen, points) if each.counts(seen.as_of)]


# ---------------------------------------------------------------- judged


def number_parts(owed: Duties, seen: Seen, come: Callable[[Duty], bool], rules: Rules, points: Sequence[str]) -> Iterator[NumberPart]:
    """The parts of each indicator with a judged step.  `come` tells whether a duty is judged on the day."""
    for _, group in groupby(owed.steps, key=lambda step: step.indicator.id):
        steps = list(group)
        due = [step for step in steps if come(step)]
        if due:
            yield from _parts(due, steps, heard(steps, seen, points), seen.as_of, rules)


def _parts(due: Sequence[Step], steps: Sequence[Step], told: Sequence[Heard], as_of: date, rules: Rules) -> Iterator[NumberPart]:
    """The targets of the latest judged checkpoint: by a value of a later one, else each by its own, else the last value known by its own plan."""
    position, counted = due[-1].position, [each for each in told if each.counts(as_of)]
    interim = {each.step: each for each in told if each.interim}
    latest = [step for step in due if step.position == position]
    own = {each.step: each.value for each in counted if each.step in latest}
    before = [each for each in counted if each.position < position]
    values = own | _told_later(latest, [each for each in told if each.position > position], as_of)
    for step in latest:
        if step in values:
            yield _part(step, values[step], steps, as_of, rules)
            continue
        known = _before(due[: due.index(step) + 1], before[-1], steps, as_of, rules) if before else _unknown(step, None)
        shown = not known.missing or (step == due[-1] and not own)  # the last number and its own plan are told once
        yield replace(known if shown else _unknown(step, None), interim=interim.get(step))


def _told_later(latest: Sequence[Step], later: Sequence[Heard], as_of: date) -> dict[Step, Decimal]:
    """What values of later checkpoints say of the latest judged targets, each by itself: a total, where it counts or is enough; a level of no
    target's day, or a total that must keep within a cap, where it is good enough.  One that is not says nothing of an earlier day."""
    said = {step: [each.value for each in later if _answers(each, step, as_of)] for step in latest}
    return {step: values[-1] for step, values in said.items() if values}


def _answers(value: Heard, step: Step, as_of: date) -> bool:
    """Whether a value of a later checkpoint speaks for a target."""
    if value.sums:
        return value.counts(as_of) or value.reaches(step, as_of)
    return value.step is None and value.counts(as_of) and step.bound.holds(value.value)


def _unknown(step: Step, interim: Heard | None) -> NumberPart:
    return NumberPart(step.indicator, step, None, None, None, None, missing=True, interim=interim)


def _part(step: Step, actual: Decimal, steps: Sequence[Step], as_of: date, rules: Rules) -> NumberPart:
    colour, rule = judge(step, actual, year_of(steps), as_of, rules)
    return NumberPart(step.indicator, step, step, actual, colour, rule, missing=False)


def _before(due: Sequence[Step], last: Heard, steps: Sequence[Step], as_of: date, rules: Rules) -> NumberPart:
    """The latest judged target where the last value is of an earlier checkpoint: judged against that one's own plan.  A sum that has already
    reached the latest plan needs no new mention; a level does."""
    latest, actual = due[-1], last.value
    reached = sums_up(latest.indicator) and latest.bound.holds(actual)
    own = next((step for step in reversed(due) if step == last.step or _by(step, last)), latest if reached else None)
    if own is None:
        return NumberPart(latest.indicator, latest, None, actual, None, None, missing=True)
    colour, rule = judge(own, actual, year_of(steps), as_of, rules)
    held = reached and rule == "met"
    return NumberPart(latest.indicator, latest, latest if held else own, actual, colour, rule, missing=not reached)


def _by(step: Step, last: Heard) -> bool:
    """Whether a target is due by the day that a value is of."""
    return (step.position, step.due) <= (last.position, last.day)


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
    if step.indicator.basis == "level" and step.indicator.unit in PERCENT:
        floor: Colour = "red" if short > rules.points.red else "orange" if short > rules.points.orange else "green"
        yield (colour := worst(colour, floor)), "points"
    if over and step.annual:
        yield (colour := worst(colour, rules.unmet.at_least)), "unmet"
    if step.paced:
        yield best(colour, rules.paced.at_worst), "pace_cap"


def _scale(bound: Bound) -> Decimal:
    """The size of a bound: its number, or the larger of a range."""
    return max((abs(each) for each in (bound.low, bound.high) if each is not None), default=Decimal(0))
