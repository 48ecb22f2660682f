"""A small chart of a number: what was due (hollow) and what was told (filled).  Inline SVG, attributes only; it follows its table."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from scripts.ledger.phrases.formats import number_words, value_words

from ..context import Context
from ..render import render
from .reported_numbers import NumberActual, Point, actual_word

WIDTH, HEIGHT = 328, 224
TOP, BOTTOM, RIGHT = 46, 196, 316
FEW = 3
"""A chart of fewer planned points says no more than its table."""
TONES = {"blue": "c-bl on", "green": "c-gr on", "yellow": "c-y on2", "orange": "c-or on2", "red": "c-re on"}


@dataclass(frozen=True)
class Dot:
    """One told number: where, its shape and its classes (of the bead, of the shape in it)."""

    x: str
    y: str
    shape: str
    bead: str
    ink: str


@dataclass(frozen=True)
class Gap:
    """By how much the last told number misses: the bracket, the words, where they stand and on which side (`start`, `end`)."""

    path: str
    x: str
    y: str
    words: str
    anchor: str


@dataclass(frozen=True)
class Picture:
    """A chart with every place worked out.  `plan` and `told` are paths; `hollow` the planned points."""

    id: str
    title: str
    words: str
    left: str
    ticks: tuple[tuple[str, str], ...]
    months: tuple[tuple[str, str], ...]
    plan: str
    hollow: tuple[tuple[str, str], ...]
    told: str
    dots: tuple[Dot, ...]
    gap: Gap | None
    legend: str


def chart(context: Context, actual: NumberActual) -> Markup | None:
    """The chart of a number; None where it would say no more than the table: few points, a range, a number that can be read two ways."""
    planned = [point for point in actual.points if point.plan is not None]
    if len(planned) < FEW or actual.indicator.readings:
        return None
    return render("parts/chart.html.j2", picture=_Drawing(context, actual).picture(), fictional=bool(context.ledger.settings.fictional))


class _Drawing:
    """From figures to places."""

    def __init__(self, context: Context, actual: NumberActual) -> None:
        self.context, self.actual = context, actual
        self.planned = [point for point in actual.points if point.plan is not None]
        self.told = [point for point in actual.points if point.told is not None]
        figures = [each for point in actual.points for each in (point.plan, point.told) if each is not None]
        self.ticks = ticks(min(figures), max(figures), from_zero=actual.sums)
        self.left = 12 + 7 * max(len(number_words(tick)) for tick in self.ticks)
        self.months = [words for _, words in context.points]

    def picture(self) -> Picture:
        name = self.actual.indicator.name
        return Picture(
            id=self.actual.indicator.id,
            title=f"{name}：应完成与{actual_word(self.context)}" + ("（虚构演示）" if self.context.ledger.settings.fictional else ""),
            words=self._words(),
            left=str(self.left),
            ticks=tuple((self._y(tick), number_words(tick)) for tick in self.ticks),
            months=tuple((self._x(i), words.removeprefix(_year_of(words))) for i, words in enumerate(self.months)),
            plan=self._path([(point.position, point.plan) for point in self.planned]),
            hollow=tuple((self._x(point.position), self._y(point.plan)) for point in self.planned),
            told=self._path([(point.position, point.told) for point in self.told]),
            dots=tuple(self._dot(point) for point in self.told),
            gap=self._gap(),
            legend=f"空心：应完成　粗线：{actual_word(self.context)}",
        )

    def _words(self) -> str:
        """The whole chart in words, for a reader who cannot see it."""
        said = actual_word(self.context)
        told = (f"{point.short}" + "，".join(self._both(point, said)) for point in self.actual.points)
        return "；".join(told) + "。"

    def _both(self, point: Point, said: str) -> list[str]:
        unit = self.actual.indicator.unit
        due = [f"应完成{point.planned(unit)}"] if point.bound else []
        return [*due, f"{said}{value_words(point.told, unit)}" if point.told is not None else point.state]

    def _at(self, position: int) -> float:
        first, last = self.left + 16, RIGHT - 26
        return first + (last - first) * position / max(len(self.months) - 1, 1)

    def _x(self, position: int) -> str:
        return _short(self._at(position))

    def _height(self, value: Decimal | None) -> float:
        low, high = self.ticks[0], self.ticks[-1]
        return BOTTOM - (BOTTOM - TOP) * float(((value or Decimal(0)) - low) / (high - low))

    def _y(self, value: Decimal | None) -> str:
        return _short(self._height(value))

    def _path(self, places: list[tuple[int, Decimal | None]]) -> str:
        return "M" + " L".join(f"{self._x(position)} {self._y(value)}" for position, value in places) if len(places) > 1 else ""

    def _dot(self, point: Point) -> Dot:
        bead, ink = TONES.get(point.sign.tone, "c-n on2").split() if point.sign else ("c-n", "q")
        return Dot(self._x(point.position), self._y(point.told), point.sign.shape if point.sign else "", bead, ink)

    def _gap(self) -> Gap | None:
        """A bracket between plan and told number at the last told checkpoint, where it misses."""
        last = self.told[-1] if self.told else None
        if last is None or last.plan is None or last.told is None or not last.missing:
            return None
        x, top, end = self._at(last.position) + 12, self._height(last.plan), self._height(last.told)
        words = ("差" if last.told < last.plan else "超") + number_words(last.missing)
        path = f"M{_short(x)} {_short(top)}h6V{_short(end)}h-3"
        if last.position + 1 == len(self.months):
            return Gap(path, str(WIDTH - 2), _short(max(top, end) + 24), words, "end")
        return Gap(path, _short(x + 10), _short(max((top + end) / 2, TOP) + 4), words, "start")


def ticks(low: Decimal, high: Decimal, from_zero: bool) -> list[Decimal]:
    """Three to six round numbers that span the figures.

    >>> [int(tick) for tick in ticks(Decimal(1000), Decimal(7200), True)]
    [0, 2000, 4000, 6000, 8000]
    """
    start = Decimal(0) if from_zero else low
    span = (high - start) or abs(high) or Decimal(1)
    power = Decimal(1).scaleb(span.adjusted())
    step = next(each * power / 10 for each in (2, 5, 10, 20, 25, 50, 100) if span / (each * power / 10) <= 4)
    first = start // step * step
    if first > start:
        first -= step
    found = [first]
    while found[-1] < high:
        found.append(found[-1] + step)
    return found if len(found) > 1 else [*found, first + step]


def _short(value: float) -> str:
    """A place with one decimal and no idle zero."""
    return f"{value:.1f}".removesuffix(".0")


def _year_of(words: str) -> str:
    """“24年” before a month of another year."""
    head, mark, _ = words.partition("年")
    return head + mark if mark else ""
