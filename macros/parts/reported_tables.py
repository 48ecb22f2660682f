"""The numbers of one task once there is data: planned beside told, then the chart."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from scripts.ledger.phrases.formats import bound_words, number_words
from scripts.ledger.plan.source import cell_anchor

from ..context import Context
from ..render import render
from .badges import Sign, demo
from .charts import chart
from .indicator_tables import NumberRow, number_rows
from .reported_numbers import Point, actual_word, actuals

TARGET = "目标"


@dataclass(frozen=True)
class NumberLine:
    """One row: the month (and the day, where it has several), what was due with its place in the source, what was due before a change, what was told, its colour."""

    short: str
    on: str
    planned: str
    source: str
    printed: str
    paced: bool
    told: str
    state: str
    first: str
    sign: Sign | None


@dataclass(frozen=True)
class NumberTable:
    """One number: what the document prints of it, its rows, its chart (None: the table says it all)."""

    id: str
    name: str
    unit: str
    about: str
    total: bool
    changed: bool
    lines: tuple[NumberLine, ...]
    sums: str
    readings: tuple[str, ...]
    chart: Markup | None


def number_tables(context: Context, number: int) -> list[NumberTable]:
    """A table for every number that the task must reach, in the order of its file."""
    rows = {row.id: row for row in number_rows(number, context.promise.tasks[number], context.promise)}
    return [
        NumberTable(
            id=actual.indicator.id,
            name=actual.indicator.name,
            about=_about(rows[actual.indicator.id]),
            unit=actual.indicator.unit,
            total=actual.indicator.basis in ("increment", "cumulative"),
            changed=actual.changed,
            lines=tuple(_line(number, point) for point in actual.points),
            sums=rows[actual.indicator.id].sums,
            readings=rows[actual.indicator.id].readings,
            chart=chart(context, actual),
        )
        for actual in actuals(context, number)
    ]


def _line(number: int, point: Point) -> NumberLine:
    """A row without units: the caption names the unit."""
    return NumberLine(
        short=point.short,
        on=point.on,
        planned=point.planned(""),
        source=cell_anchor(number, point.cell) if point.cell else "",
        printed=bound_words(point.printed.low, point.printed.high, "") if point.printed else point.planned(""),
        paced=point.paced,
        told="" if point.told is None else number_words(point.told),
        state=point.state,
        first="" if point.first is None else number_words(point.first),
        sign=point.sign,
    )


def _about(row: NumberRow) -> str:
    """What the document prints for the year, and by when."""
    printed = f"文件写的{row.printed}" if row.printed else "文件没有写全年数"
    inferred = "（文件没写日期，取最后节点月末）" if row.due_inferred else ""
    return printed + (f"，{row.due}到期{inferred}" if row.due else "") + ("" if row.entries else "，不在任何节点里")


def numbers_told(context: Context, number: int) -> Markup:
    """The numbers of one task, planned and told."""
    rows = number_rows(number, context.promise.tasks[number], context.promise)
    return render(
        "parts/reported_tables.html.j2",
        c=context,
        number=number,
        tables=number_tables(context, number),
        others=[row for row in rows if row.role != TARGET],
        actual_word=actual_word(context),
        paced=context.day.speech.say(context.day.speech.words.marks.paced),
        demo=demo(context),
    )
