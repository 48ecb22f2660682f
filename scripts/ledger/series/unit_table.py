"""The figures of all units as one table: read by the brief, its .docx and the list of units, so they cannot disagree."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from ..model.promise import Promise
from ..model.rules import COLOURS, State
from ..phrases.formats import number_words, whole
from ..phrases.measures import measures
from ..phrases.phrasebook import Speech
from .unit_figures import Figures, Left, Ratio, UnitFigures, lag, left_words, ratio

COUNTED: tuple[State, ...] = ("unreported", "incomplete")
"""The uncoloured states with a column of their own: they count in the rate."""
OTHERS: tuple[State, ...] = ("suspended", "unmeasured", "dropped", "not_due")
"""The uncoloured states outside all rates, in one column."""


@dataclass(frozen=True)
class UnitRow:
    """One unit (`unit` None: a total): how many tasks it leads, how many in each column, the ratios, the median days and
    what left the rates, as they are said."""

    name: str
    unit: str | None
    tasks: int
    counts: tuple[int, ...]
    ratios: tuple[str, ...]


@dataclass(frozen=True)
class UnitGroup:
    """Rows under one heading."""

    heading: str
    rows: tuple[UnitRow, ...]


@dataclass(frozen=True)
class UnitTable:
    """Heads (name, tasks, counts, ratios), groups (laggards in order; nothing behind; too few to rank), totals; `order` says by what the first
    group is ordered, `notes` what the columns mean and why the totals differ."""

    heads: tuple[str, ...]
    groups: tuple[UnitGroup, ...]
    totals: tuple[UnitRow, ...]
    order: str
    notes: tuple[str, ...]

    @property
    def rows(self) -> tuple[UnitRow, ...]:
        """All rows of units, in the order printed."""
        return tuple(row for group in self.groups for row in group.rows)


def unit_table(promise: Promise, figures: UnitFigures, speech: Speech) -> UnitTable:
    """The table of all lead units."""
    return UnitTable(
        _heads(speech),
        tuple(_groups(figures, speech)),
        tuple(_totals(whole(promise.plan.county), figures, speech)),
        _order(speech),
        tuple(_notes(promise, figures, speech)),
    )


def _heads(speech: Speech) -> tuple[str, ...]:
    colours = (speech.say(words.shape) + speech.say(words.name) for words in map(speech.colour_words, COLOURS))
    return (
        "单位",
        "牵头",
        *colours,
        *map(speech.verdict, COUNTED),
        "其他未评定",
        *(each.name for each in measures(speech.verdict)),
        speech.say(speech.words.figures.left),
    )


def _groups(figures: UnitFigures, speech: Speech) -> Iterator[UnitGroup]:
    ranked = set(figures.leads) - set(figures.unranked)
    level = sorted(unit for unit in ranked if not any(lag(figures.leads[unit])))
    found = (
        ("进度有滞后或整改有逾期的，按上面的次序", figures.laggards),
        ("没有滞后和逾期的，不分先后", level),
        (f"可以评定的任务不足{speech.rules.rank_from}项，不排先后，按名称", figures.unranked),
    )
    for heading, units in found:
        if units:
            yield UnitGroup(heading, tuple(_row(unit, unit, figures.leads[unit], speech) for unit in units))


def _row(name: str, unit: str | None, figures: Figures, speech: Speech) -> UnitRow:
    days = speech.say(speech.words.figures.none) if figures.open_days is None else number_words(figures.open_days)
    ratios = (figures.rate.text, figures.speed.text, figures.solved.text, days, figures.left.text)
    return UnitRow(name, unit, len(figures.tasks), columns(figures), ratios)


def columns(figures: Figures) -> tuple[int, ...]:
    """The counts of one row: five colours, 未报送, 数据不全, all other states together."""
    counts = figures.counts
    shown = [counts.get(verdict, 0) for verdict in (*COLOURS, *COUNTED)]
    return (*shown, len(figures.tasks) - sum(shown))


def _totals(place: str, figures: UnitFigures, speech: Speech) -> Iterator[UnitRow]:
    """The rows added up, where that differs from the county; the county, a joint task once."""
    leads, none = figures.leads.values(), speech.say(speech.words.figures.none)
    if sum(len(each.tasks) for each in leads) != len(figures.county.tasks):
        summed = tuple(map(sum, zip(*map(columns, leads), strict=True)))
        kinds = ([each.rate for each in leads], [each.speed for each in leads], [each.solved for each in leads])
        ratios = (*(_added(kind, speech) for kind in kinds), none, _left_added([each.left for each in leads], speech))
        yield UnitRow("各单位相加", None, sum(len(each.tasks) for each in leads), summed, ratios)
    yield _row(f"{place}，每项算一次", None, figures.county, speech)


def _added(ratios: Collection[Ratio], speech: Speech) -> str:
    """What a reader gets who adds up a column of ratios."""
    return ratio(sum(each.part for each in ratios), sum(each.whole for each in ratios), speech).text


def _left_added(left: Collection[Left], speech: Speech) -> str:
    """What left the rates, added up over the units."""
    return left_words({name: sum(getattr(each, name) for each in left) for name in ("postponed", "dropped", "paused", "removed")}, speech)


def _order(speech: Speech) -> str:
    """By what the laggards are ordered, first things first."""
    words, name = speech.words, speech.verdict
    silent = speech.say(words.marks.in_a_row, count=speech.rules.in_a_row)
    return (
        f"次序：先看{silent}的任务数，再看{name('red')}和{name('unreported')}，{name('incomplete')}，{name('orange')}，{name('yellow')}，"
        "逾期整改的问题数。只算牵头任务，没有综合分。"
    )


def _notes(promise: Promise, figures: UnitFigures, speech: Speech) -> Iterator[str]:
    name, rules = speech.verdict, speech.rules
    told = "".join(f"{each.name}＝{each.formula}。" for each in measures(name))
    yield f"{told}分母不足{rules.percent_from}不写百分数；写了的不进位。"
    yield f"{speech.say(speech.words.figures.left)}：{speech.say(speech.words.figures.left_note)}。"
    yield f"其他未评定：{'、'.join(map(name, OTHERS))}。不算好也不算坏，不进{measures(name)[0].name}。"
    joint = [task for task, found in sorted(promise.tasks.items()) if len(found.lead) > 1]
    if joint:
        total = sum(len(each.tasks) for each in figures.leads.values())
        yield (
            f"第{'、'.join(map(str, joint))}项由几个单位共同牵头，在每个牵头单位各算一次，所以各单位相加是{total}项；"
            f"{whole(promise.plan.county)}只算一次，是{len(figures.county.tasks)}项。"
        )
