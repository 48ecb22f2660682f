"""现场对照单: one A4 page for a place."""

from __future__ import annotations

from markupsafe import Markup

from scripts.ledger.phrases.formats import month_words
from scripts.ledger.plan.place_lines import Step, steps
from scripts.ledger.plan.schedule import head_date, spans
from scripts.pages import paths

from ..context import Context
from ..parts.badges import demo
from ..parts.place_list import told_until
from ..parts.qr import qr
from ..render import render

SHEET_LINE, SHEET_ROWS = 18, 5
"""How many characters of a promise fit on a line of the A4 sheet, and how many such lines fit at full size."""


def sheet(context: Context, key: str) -> Markup:
    """现场对照单: one A4 page for a place."""
    promise, site = context.promise, context.promise.sites[key]
    rows = [(_by_when(context, step), step.text, step.task) for step in steps(site, promise)]
    path = paths.place_path(promise.id, key)
    return render(
        "pages/sheet.html.j2",
        c=context,
        site=site,
        rows=rows,
        last=rows[-1],
        leads=list(dict.fromkeys(name for n in site.tasks for name in promise.tasks[n].lead)),
        numbers=site.tasks,
        tight=sum(1 + len(words) // SHEET_LINE for _, words, _ in rows) + len(rows[-1][1]) // SHEET_LINE > SHEET_ROWS,
        address=context.absolute(path),
        code=qr(context, path),
        path=path,
        told=told_until(context),
        demo=demo(context),
    )


def _by_when(context: Context, step: Step) -> str:
    """By when a step is promised: the date printed in its cell, its month, or the latest month possible."""
    plan, task = context.promise.plan, context.promise.tasks[step.task]
    cell = task.milestones[step.cell - 1]
    word = head_date(cell.text)
    if word and cell.due:
        return f"{cell.due.year}年{word.rpartition('年')[2]}"
    span = spans(task, plan.checkpoints)[step.cell - 1]
    return ("" if span.certain else "最晚") + month_words(plan.checkpoints[span.last[1]].id)
