"""Tables: the numbers of a task, and the summary tables over the plan."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from scripts.ledger.model.promise import Indicator, Promise, Task
from scripts.ledger.phrases.formats import day_words, number_words, target_words, value_words
from scripts.ledger.plan.schedule import planned
from scripts.ledger.plan.source import cell_anchor, place_of
from scripts.tables.columns import Source
from scripts.tables.summaries import due_by_chapter

from ..context import Context
from ..render import render
from .timeline import cell_names, cells

ROLES = {"target": "目标", "scope": "规模", "parameter": "标准", "effect": "预期效果"}
BASES = {"increment": "各节点新增", "cumulative": "累计", "level": "到期当天的数", "share_of_work": "工程量", "unsettled": "统计口径未明"}

TOTALS = BASES["increment"], BASES["cumulative"]
"""The bases whose planned numbers are shown as totals since the year began; what is told of them always is one."""


@dataclass(frozen=True)
class Entry:
    """One printed number of a schedule: which cell, when, the official words, the value and the cumulative plan."""

    cell: int
    when: str
    short: str
    quote: str
    value: str
    total: str
    source: str


@dataclass(frozen=True)
class NumberRow:
    """One number that the document promises."""

    task: int
    id: str
    name: str
    role: str
    basis: str
    printed: str
    quote: str
    source: str
    due: str
    due_inferred: bool
    entries: tuple[Entry, ...]
    sums: str
    readings: tuple[str, ...]

    @property
    def totals(self) -> bool:
        """Whether planned and told are both totals since the year began."""
        return self.basis in TOTALS

    @property
    def demanded(self) -> str:
        """What the planned numbers are called, which are on the same basis as what is told: 应累计, 应完成."""
        return "应累计" if self.totals else "应完成"


def number_rows(number: int, task: Task, promise: Promise) -> list[NumberRow]:
    """The numbers of one task, in the order of its file."""
    names = cell_names(task, promise)
    heads = {cell.number: (cell.heading, names[cell.number - 1]) for cell in cells(number, task, promise)}
    return [_number_row(number, task, indicator, heads) for indicator in task.indicators]


def _number_row(number: int, task: Task, indicator: Indicator, heads: dict[int, tuple[str, str]]) -> NumberRow:
    entries = tuple(
        Entry(
            entry.cell,
            *heads[entry.cell],
            entry.quote,
            value_words(entry.value, indicator.unit),
            value_words(total, indicator.unit),
            cell_anchor(number, entry.cell),
        )
        for entry, total in zip(indicator.schedule, planned(indicator), strict=True)
    )
    readings = tuple("、".join(number_words(value) for value in reading) for reading in indicator.readings or ())
    return NumberRow(
        number,
        indicator.id,
        indicator.name,
        ROLES[indicator.role],
        BASES[indicator.basis],
        target_words(indicator),
        indicator.quote,
        place_of(indicator.quote, task, number) or "",
        day_words(indicator.due) if indicator.due else "",
        bool(indicator.due_inferred),
        entries,
        _sums(indicator),
        readings,
    )


def _sums(indicator: Indicator) -> str:
    """10000 = 2500 + 1000 + …, where increments are printed and add up to the target."""
    if indicator.basis != "increment" or len(indicator.schedule) < 2:
        return ""
    total = planned(indicator)[-1]
    return f"{number_words(total)}＝{'＋'.join(number_words(entry.value) for entry in indicator.schedule)}（{indicator.unit}）"


def numbers(context: Context, number: int) -> Markup:
    """The numbers of one task as a table, with their schedules."""
    rows = number_rows(number, context.promise.tasks[number], context.promise)
    return render("parts/indicator_table.html.j2", c=context, rows=rows)


def due_table(context: Context) -> Markup:
    """How many targets fall due at each checkpoint, by chapter: one row per chapter, one column per checkpoint, sums at both ends."""
    promise = context.promise
    counts = due_by_chapter(Source(context.ledger, context.day))
    headings = {chapter.id: chapter.heading for chapter in promise.plan.chapters}
    rows = [(id, headings[id], [int(n) for n in counts.loc[id]]) for id in counts.index]
    return render("parts/due_table.html.j2", c=context, rows=rows, totals=[int(n) for n in counts.sum()])
