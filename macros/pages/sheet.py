"""现场对照单: one A4 page for a place."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from scripts.ledger.phrases.formats import month_words
from scripts.ledger.plan.place_lines import Step, steps
from scripts.ledger.plan.schedule import head_date, spans
from scripts.ledger.series.askable import Askable, askable, first_asked
from scripts.pages import paths

from ..context import Context
from ..parts.badges import demo
from ..parts.enquiry import became
from ..parts.place_list import told_until
from ..parts.qr import qr
from ..render import render

SHEET_LINE, SHEET_ROWS = 18, 5
"""How many characters of a promise fit on a line of the A4 sheet, and how many such lines fit at full size."""


@dataclass(frozen=True)
class Row:
    """One step on the sheet: by when (as changed with notice), the official words, what became of the target, how it is put on this day."""

    when: str
    words: str
    became: str
    asked: Askable


def sheet(context: Context, key: str) -> Markup:
    """现场对照单: one A4 page for a place.  What it asks about is due and worst on the day."""
    promise, site = context.promise, context.promise.sites[key]
    rows = [_row(context, step) for step in steps(site, promise)]
    asked = first_asked([row.asked for row in rows])
    first = next(row for row in rows if row.asked is asked)
    path = paths.place_path(promise.id, key)
    return render(
        "pages/sheet.html.j2",
        c=context,
        site=site,
        rows=rows,
        first=first,
        leads=list(dict.fromkeys(name for n in site.tasks for name in promise.tasks[n].lead)),
        numbers=site.tasks,
        tight=sum(1 + len(row.words) // SHEET_LINE for row in rows) + len(first.words) // SHEET_LINE > SHEET_ROWS,
        address=context.absolute(path),
        code=qr(context, path),
        path=path,
        told=told_until(context),
        demo=demo(context),
    )


def _row(context: Context, step: Step) -> Row:
    found = {each.key: each for each in askable(context.day, step.task)}
    asked = found.get(step.anchor) or found[f"{step.cell}"]
    return Row(_by_when(context, step), step.text, became(context, asked), asked)


def _by_when(context: Context, step: Step) -> str:
    """By when a step is promised: the date printed in its cell, its month, or the latest month possible."""
    plan, task = context.promise.plan, context.promise.tasks[step.task]
    cell = task.milestones[step.cell - 1]
    word = head_date(cell.text)
    if word and cell.due:
        return f"{cell.due.year}年{word.rpartition('年')[2]}"
    span = spans(task, plan.checkpoints)[step.cell - 1]
    return ("" if span.certain else "最晚") + month_words(plan.checkpoints[span.last[1]].id)
