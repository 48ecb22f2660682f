"""The units' figures as a yearly assessment could look at them: each with its denominator, nothing added up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scripts.ledger.model.rules import COLOURS
from scripts.ledger.phrases.formats import number_words, whole
from scripts.ledger.phrases.phrasebook import Verdict
from scripts.ledger.series.unit_figures import RATED, Figures, ratio

from ..context import Context
from .badges import Sign, sign
from .meetings import Name, unit_name

OTHERS: tuple[Verdict, ...] = ("suspended", "not_due", "unmeasured", "dropped", "no_data")


@dataclass(frozen=True)
class UnitRow:
    """The figures of one unit's lead tasks.  `counts` follow the head of the table; `firsts`: its rate at each checkpoint when first published."""

    name: Name
    tasks: int
    counts: tuple[str, ...]
    others: str
    rate: str
    speed: str
    solved: str
    open_days: str
    left: str
    cases: str
    firsts: tuple[str, ...]


def unit_rows(context: Context) -> tuple[list[UnitRow], list[UnitRow], UnitRow]:
    """The units that are ranked, in the order of the rules; those with too few tasks, by name; the county."""
    figures = context.day.figures
    low = set(figures.unranked)
    after = [name for name in figures.leads if name not in low and name not in figures.laggards]
    ranked = [_unit(context, name, figures.leads[name]) for name in (*figures.laggards, *after)]
    return ranked, [_unit(context, name, figures.leads[name]) for name in figures.unranked], _unit(context, None, figures.county)


def _unit(context: Context, name: str | None, figures: Figures) -> UnitRow:
    day = context.day
    cases = [case for case in day.records.cases.values() if case.published <= day.known and case.day <= day.as_of]
    return UnitRow(
        name=unit_name(context, name) if name else Name(whole(context.promise.plan.county), None),
        tasks=len(figures.tasks),
        counts=tuple(_count(figures.counts.get(verdict, 0)) for verdict in RATED),
        others=_count(sum(figures.counts.get(verdict, 0) for verdict in OTHERS)),
        rate=figures.rate.text,
        speed=figures.speed.text,
        solved=figures.solved.text,
        open_days=f"{number_words(figures.open_days)}天" if figures.open_days is not None else "——",
        left=figures.left.text,
        cases=_count(sum(name is None or name in case.units for case in cases)),
        firsts=tuple(_firsts(context, figures.tasks)),
    )


def _count(n: int) -> str:
    return str(n) if n else "·"


def _firsts(context: Context, tasks: tuple[int, ...]) -> Iterator[str]:
    """The rate of some tasks at each checkpoint with a first result, as it was first published."""
    for position in context.day.published_checkpoints:
        verdicts = [context.day.first(position)[number].verdict for number in tasks]
        rated = [verdict for verdict in verdicts if verdict in RATED]
        yield ratio(sum(verdict in COLOURS[:2] for verdict in rated), len(rated), context.day.speech).text


def heads(context: Context) -> list[Sign]:
    """The verdicts that the rate counts, as the heads of a table."""
    return [sign(verdict, context.day.speech) for verdict in RATED]
