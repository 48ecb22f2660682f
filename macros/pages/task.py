"""One task, whole."""

from __future__ import annotations

from markupsafe import Markup

from scripts.ledger.phrases.formats import month_words
from scripts.ledger.plan.place_lines import sites_of
from scripts.ledger.plan.schedule import head_date, spans
from scripts.ledger.plan.source import item_anchor, row_anchor

from ..context import Context
from ..parts.citation import cite_section
from ..parts.enquiry import ask
from ..parts.indicator_tables import numbers
from ..parts.task_progress import progress
from ..parts.timeline import PlaceLine, cell_names, cells, task_lines, timeline
from ..render import render


def task(context: Context, key: str) -> Markup:
    """One task, whole."""
    number = int(key)
    promise = context.promise
    found = promise.tasks[number]
    order = sorted(promise.tasks)
    position = order.index(number)
    lines = task_lines(context, number)
    told = progress(context, number)
    plain = {"numbers": numbers(context, number) if found.indicators else None}
    return render(
        "pages/task.html.j2",
        c=context,
        number=number,
        task=found,
        lead=found.lead,
        cooperating=context.unit_names(found.cooperating.words, found.cooperating.units) if found.cooperating.words else None,
        sites=sites_of(number, promise),
        lines=lines,
        heads=_line_heads(context, number, lines),
        day_in_last=_day_in_cell(context, number),
        cells=cells(number, found, promise),
        timeline=timeline(context, number),
        rolling=any(cell.kind == "rolling" for cell in found.milestones),
        item=item_anchor(number),
        row=row_anchor(number),
        ask=ask(context, number),
        cell_words=f"{len(found.milestones)}格",
        previous=order[position - 1] if position else None,
        following=order[position + 1] if position + 1 < len(order) else None,
        titles={n: promise.tasks[n].title for n in order},
        cite=cite_section(context, "task", key, cells(number, found, promise)),
        **(plain | told),
    )


def _day_in_cell(context: Context, number: int) -> tuple[str, str] | None:
    """A date that a cell prints and that lies in another month than its column: (12月底, 2024年1月); None where there is none."""
    plan, task = context.promise.plan, context.promise.tasks[number]
    for cell, span in zip(task.milestones, spans(task, plan.checkpoints), strict=True):
        word = head_date(cell.text)
        column = plan.checkpoints[span.last[1]].id
        if word and cell.due and f"{cell.due:%Y-%m}" != column:
            return word, month_words(column)
    return None


def _line_heads(context: Context, number: int, lines: list[PlaceLine]) -> list[str]:
    """The common head of the lines on wide screens: only where every line has just one station for every cell."""
    names = cell_names(context.promise.tasks[number], context.promise)
    return names if lines and all([s.when for s in line.stations] == names for line in lines) else []
