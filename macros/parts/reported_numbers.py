"""Numbers as planned and as told: one row for each checkpoint of each number that a task must reach."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from scripts.ledger.model.promise import Indicator
from scripts.ledger.model.rules import Colour
from scripts.ledger.phrases import voices
from scripts.ledger.phrases.formats import bound_words, month_short
from scripts.ledger.verdict.indicators import NumberPart, counting
from scripts.ledger.verdict.obligations import duties
from scripts.ledger.verdict.standing import Standing
from scripts.ledger.verdict.terms import Bound, Step, sums_up

from ..context import Context
from .badges import Sign, sign

"""What the told number is called, by who publishes."""


@dataclass(frozen=True)
class Point:
    """One number at one checkpoint; `on` the day, where several of its targets fall due there.

    `bound` what was due (None: nothing there), `printed` what the document demanded where that was changed since, `dropped` the words
    where the target was dropped, `told` what was told, `first` what was told at first publication where it differs, `share` “为应完成数的80%”
    where it misses, `missing` by how much, `state` why there is no number, `sign` the colour that the number has there.
    """

    position: int
    short: str
    on: str
    cell: int | None
    bound: Bound | None
    printed: Bound | None
    dropped: str
    paced: bool
    told: Decimal | None
    first: Decimal | None
    missing: Decimal
    share: str
    state: str
    sign: Sign | None

    @property
    def plan(self) -> Decimal | None:
        """The one number that was due; None for a range, a dropped target, or nothing."""
        bound = None if self.dropped else self.bound
        if bound is None or (bound.low is not None and bound.high is not None):
            return None
        return bound.low if bound.low is not None else bound.high

    def planned(self, unit: str) -> str:
        """What was due, in words; empty where nothing was."""
        return self.dropped or (bound_words(self.bound.low, self.bound.high, unit) if self.bound else "")


@dataclass(frozen=True)
class NumberActual:
    """One number with all its points; `sums` where it counts up, `changed` where any plan was changed."""

    indicator: Indicator
    points: tuple[Point, ...]
    sums: bool
    changed: bool


def actual_word(context: Context) -> str:
    """The head of the column of told numbers."""
    return context.day.speech.say(voices.ACTUAL)


def actuals(context: Context, number: int) -> list[NumberActual]:
    """Every number that a task must reach, in the order of its file; empty before reporting has opened."""
    if not context.day.opened:
        return []
    return [_Row(context, number, each).actual() for each in context.promise.tasks[number].indicators if each.role == "target"]


class _Row:
    """The points of one number of one task."""

    def __init__(self, context: Context, number: int, indicator: Indicator) -> None:
        self.context, self.number, self.indicator, self.day = context, number, indicator, context.day
        seen, rules, promise = context.day.seen[number], context.day.rules, context.promise
        self.ids = [point.id for point in promise.plan.checkpoints]
        headline, original = (duties(promise, number, seen, rules, reading) for reading in ("headline", "original"))
        self.steps, placed = headline.of(indicator.id), seen.placed(headline.beyond, headline.required)
        self.printed = {_place(step): step for step in original.of(indicator.id)}
        self.counted = counting(self.steps, placed, self.ids) if self.steps else []

    def actual(self) -> NumberActual:
        points = tuple(self._points())
        return NumberActual(self.indicator, points, sums_up(self.indicator), any(point.printed for point in points))

    def _points(self) -> Iterator[Point]:
        """One point for each planned number, and one for each that was told where none was planned."""
        own = {each.step: each.value for each in self.counted}
        loose = [(each.position, each.day, None, each.value) for each in self.counted if each.step is None]
        planned = [(step.position, step.due, step, own.get(step)) for step in self.steps]
        for position, _, step, told in sorted((*planned, *loose), key=lambda each: each[:2]):
            yield self._point(min(position, len(self.ids) - 1), step, told)

    def _point(self, position: int, step: Step | None, told: Decimal | None) -> Point:
        part = self._part(position, step)
        told = told if told is not None or part is None else part.actual
        first = self._first(position, step)
        judged = part.colour if part and told == part.actual else None
        return Point(
            position=position,
            short=month_short(self.ids[position], self.context.promise.plan.year),
            on=self.day.speech.day(step.due) if step and len(self._days(position)) > 1 else "",
            cell=step.cell if step else None,
            bound=step.bound if step else None,
            printed=self._printed(step),
            dropped=self._dropped(step) if step else "",
            paced=bool(step and step.paced),
            told=told,
            first=first if first != told else None,
            missing=step.bound.short(told) if step and told is not None else Decimal(0),
            share=self._share(step, told, judged),
            state="" if told is not None else self._state(position, step),
            sign=sign(judged, self.day.speech) if judged else None,
        )

    def _days(self, position: int) -> set[date]:
        """The days of this number's targets at a checkpoint; the last one's with those after it."""
        return {step.due for step in self.steps if min(step.position, len(self.ids) - 1) == position}

    def _dropped(self, step: Step) -> str:
        return self.day.speech.say(self.day.speech.words.cells.dropped) if step.dropped else ""

    def _printed(self, step: Step | None) -> Bound | None:
        """What the document demanded, where a change that counts has altered or dropped it."""
        printed = self.printed.get(_place(step)) if step else None
        if printed is None or step is None or (printed.bound == step.bound and not step.dropped):
            return None
        return printed.bound

    def _part(self, position: int, step: Step | None) -> NumberPart | None:
        """How this number was judged at its checkpoint, as known today; where the result is not out yet, as judged today."""
        return next((part for standing in self._standings(position) for part in self._parts(standing, position, step)), None)

    def _parts(self, standing: Standing, position: int, step: Step | None) -> Iterator[NumberPart]:
        """What a standing judges of this number at a checkpoint, where it has several days on that of `step`."""
        for part in standing.numbers:
            here = part.indicator.id == self.indicator.id and part.step and part.step.position == (step.position if step else position)
            if here and part.step and (step is None or part.step.due == step.due):
                yield part

    def _standings(self, position: int) -> Iterator[Standing]:
        if position in self.day.published_checkpoints:
            yield self.day.now(position)[self.number]
        yield self.day.standings[self.number]

    def _first(self, position: int, step: Step | None) -> Decimal | None:
        """The number at first publication; None where it was not judged then."""
        if position not in self.day.published_checkpoints:
            return None
        return next((part.actual for part in self._parts(self.day.first(position)[self.number], position, step)), None)

    def _share(self, step: Step | None, told: Decimal | None, colour: Colour | None) -> str:
        """“为应完成数的80%”, where the number misses and a share can be said."""
        if step is None or told is None or colour in (None, "green") or not any((step.bound.low, step.bound.high)):
            return ""
        words, speech = self.day.speech.words.reasons, self.day.speech
        bound = step.bound
        said = words.share_of_plan if bound.high is None else words.share_of_limit if bound.low is None else words.share_of_range
        return speech.say(said, percent=speech.percent(*step.bound.share(told))).lstrip("，")

    def _state(self, position: int, step: Step | None) -> str:
        """Why there is no number: not due, not reported, not mentioned, dropped."""
        cells, speech = self.day.speech.words.cells, self.day.speech
        if step is None or step.dropped:
            return ""
        if step.ages_from >= self.day.as_of:
            return speech.say(cells.not_due)
        told = {label.kind: label.text for label in self.day.histories[self.number][position].labels}
        return told.get("suspended") or told.get("unreported") or told.get("awaiting_report") or speech.say(cells.incomplete)


def _place(step: Step) -> tuple[int | None, int]:
    """What stays the same of a planned number when its day is moved: its cell, or, without one, its checkpoint."""
    return step.cell, -1 if step.cell else step.position
