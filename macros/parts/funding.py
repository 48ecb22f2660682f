"""Where the money comes from, as it is shown: rows in 万元, and the lengths of bars."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from scripts.ledger.phrases.formats import money_words
from scripts.ledger.series.funding import SIDES, Money, Source, by_source, money, total

from ..context import Context
from .mechanisms import period_words

BAR = 1000


@dataclass(frozen=True)
class Bars:
    """The lengths of the three bars of a source, of BAR."""

    planned: int
    received: int
    spent: int


@dataclass(frozen=True)
class SourceRow:
    """One source added up: its tasks, planned, received, spent (in 万元), the shares of the plan, its bars, and what was not told."""

    name: str
    tasks: tuple[int, ...]
    planned: str
    received: str
    spent: str
    share_received: str
    share_spent: str
    bars: Bars
    without: str


@dataclass(frozen=True)
class MoneyRow:
    """One source of one task."""

    task: int
    title: str
    source: str
    planned: str
    received: str
    spent: str
    checkpoint: str


def source_rows(context: Context) -> tuple[list[SourceRow], SourceRow]:
    """The sources, the largest first, and their total."""
    lines = money(context.day)
    sources, whole = by_source(lines), total(lines, "合计")
    longest = max((max(s.planned, s.received, s.spent) for s in sources), default=Decimal(0)) or Decimal(1)
    return [_source(context, each, longest) for each in sources], _source(context, whole, max(whole.planned, Decimal(1)))


def _source(context: Context, each: Source, longest: Decimal) -> SourceRow:
    came, went = (
        context.day.speech.percent(value, each.planned) + "%" if each.planned > 0 else "——" for value in (each.received, each.spent)
    )
    lengths = [int(max(Decimal(0), min(Decimal(1), getattr(each, side) / longest)) * BAR) for side in SIDES]
    names = {"planned": "计划", "received": "到位", "spent": "支出"}
    without = "，".join(f"{n}项没写{names[side]}" for side, n in each.without.items() if n)
    return SourceRow(
        each.name,
        each.tasks,
        money_words(each.planned),
        money_words(each.received),
        money_words(each.spent),
        came,
        went,
        Bars(*lengths),
        without,
    )


def money_rows(context: Context) -> list[MoneyRow]:
    """Every source of every task."""
    return [_money(context, each) for each in money(context.day)]


def _money(context: Context, each: Money) -> MoneyRow:
    title, checkpoint = context.promise.tasks[each.task].title, period_words(each.checkpoint, context.promise.plan.year)[0]
    return MoneyRow(each.task, title, each.source, _told(each.planned), _told(each.received), _told(each.spent), checkpoint)


def _told(value: Decimal | None) -> str:
    return "没写" if value is None else money_words(value)
