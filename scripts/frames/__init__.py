"""Tidy tables of the ledger: the only place that knows pandas.  Every summary and download reads these."""

from __future__ import annotations

import pandas as pd

from ..briefs import first_figures, has_brief
from ..ledger.day import Day
from ..ledger.model import Ledger, Promise
from ..ledger.rulebook.rules import COLOURS
from ..ledger.schedule import due_days, spans
from ..unit_table import COUNTED, OTHERS


def tasks(promise: Promise) -> pd.DataFrame:
    """One row per task: task, title, chapter, lead (units joined by 、), targets (cells with a target), numbers (indicators that are targets)."""
    rows = [
        {
            "task": number,
            "title": task.title,
            "chapter": task.chapter,
            "lead": "、".join(task.lead),
            "targets": sum(cell.kind == "target" for cell in task.milestones),
            "numbers": sum(indicator.role == "target" for indicator in task.indicators),
        }
        for number, task in sorted(promise.tasks.items())
    ]
    return pd.DataFrame(rows).set_index("task")


def milestones(promise: Promise) -> pd.DataFrame:
    """One row per cell: task, cell, kind, first and last checkpoint (the latest possible), certain (its months are known), due."""
    points = [point.id for point in promise.plan.checkpoints]
    rows = [
        {
            "task": number,
            "cell": index + 1,
            "chapter": task.chapter,
            "kind": cell.kind,
            "first": points[span.first[0]],
            "last": points[span.last[1]],
            "certain": span.certain,
            "due": due,
        }
        for number, task in sorted(promise.tasks.items())
        for index, (cell, span, due) in enumerate(
            zip(task.milestones, spans(task, promise.plan.checkpoints), due_days(task, promise.plan), strict=True)
        )
    ]
    return pd.DataFrame(rows)


def task_units(ledger: Ledger, promise: Promise) -> pd.DataFrame:
    """One row per task and unit: task, unit, role (lead or cooperating)."""
    rows = [
        {"task": number, "unit": unit, "role": role}
        for number, task in sorted(promise.tasks.items())
        for role, units in (("lead", task.lead), ("cooperating", task.cooperating.units))
        for unit in units
    ]
    return pd.DataFrame(rows, columns=["task", "unit", "role"])


def units(ledger: Ledger, promise: Promise) -> pd.DataFrame:
    """One row per unit of the plan: unit, lead and cooperating (how many tasks); leads first, most tasks first, then as the document names them."""
    pairs = task_units(ledger, promise)
    counts = pairs.pivot_table(index="unit", columns="role", values="task", aggfunc="count", fill_value=0)
    counts = counts.reindex(index=pairs["unit"].unique(), columns=["lead", "cooperating"], fill_value=0)
    return counts.sort_values(["lead", "cooperating"], ascending=False, kind="stable")


def due_by_chapter(promise: Promise) -> pd.DataFrame:
    """How many cells with a target fall due at each checkpoint, per chapter; uncertain ones at the latest possible.  Index: chapter ids; columns: checkpoints."""
    cells = milestones(promise)
    counts = cells[cells["kind"] != "none"].pivot_table(index="chapter", columns="last", values="cell", aggfunc="count", fill_value=0)
    chapters = [chapter.id for chapter in promise.plan.chapters if chapter.id in counts.index]
    return counts.reindex(index=chapters, columns=[point.id for point in promise.plan.checkpoints], fill_value=0)


def unit_checkpoints(day: Day) -> pd.DataFrame:
    """One row per brief and lead unit, as first published: checkpoint, unit, tasks, how many in each colour and state, rate, speed and solved as
    they are said, overdue.  No rows before the first brief."""
    rows = [
        {
            "checkpoint": point.id,
            "unit": unit,
            "tasks": len(figures.tasks),
            **{verdict: figures.counts.get(verdict, 0) for verdict in (*COLOURS, *COUNTED, *OTHERS)},
            "rate": figures.rate.text,
            "speed": figures.speed.text,
            "solved": figures.solved.text,
            "overdue": figures.overdue,
        }
        for position, point in enumerate(day.promise.plan.checkpoints)
        if has_brief(day, position)
        for unit, figures in first_figures(day, position).leads.items()
    ]
    numbers = ["tasks", *COLOURS, *COUNTED, *OTHERS]
    return pd.DataFrame(rows, columns=["checkpoint", "unit", *numbers, "rate", "speed", "solved", "overdue"])
