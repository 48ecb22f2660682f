"""What pages count, out of the tidy tables that readers can download: whoever counts the CSV gets the same."""

from __future__ import annotations

import pandas as pd

from .columns import Source
from .promise_tables import TASK_UNITS, TASKS
from .target_tables import MILESTONES
from .tidy import filled


def unit_roles(source: Source) -> pd.DataFrame:
    """One row per unit of the plan, by name: lead and cooperating (how many tasks); leads first, most tasks first, then as the document
    names them."""
    pairs = filled(TASK_UNITS, source)
    counts = pairs.pivot_table(index="unit", columns="role", values="task_id", aggfunc="count", fill_value=0)
    counts = counts.reindex(index=pairs["unit"].unique(), columns=["lead", "cooperating"], fill_value=0)
    return counts.sort_values(["lead", "cooperating"], ascending=False, kind="stable")


def due_by_chapter(source: Source) -> pd.DataFrame:
    """How many cells fall due at each checkpoint, per chapter; uncertain ones at the latest possible.  Index: chapter ids; columns:
    checkpoints."""
    cells = filled(MILESTONES, source)
    due = cells[cells["falls_due"].astype(bool)].merge(filled(TASKS, source)[["task_id", "chapter"]], on="task_id")
    counts = due.pivot_table(index="chapter", columns="checkpoint", values="cell", aggfunc="count", fill_value=0)
    plan = source.day.promise.plan
    chapters = [chapter.id for chapter in plan.chapters if chapter.id in counts.index]
    return counts.reindex(index=chapters, columns=[point.id for point in plan.checkpoints], fill_value=0)


def due_by_checkpoint(source: Source) -> pd.DataFrame:
    """How many cells fall due at each checkpoint, by how sure that is; together they are what `due_by_chapter` counts.  Index: checkpoints;
    columns: surely (a target whose month is known), latest (a merged cell that could end nowhere later), whole (a whole year's one cell)."""
    rows = filled(MILESTONES, source)
    due = rows[rows["falls_due"].astype(bool)]
    target, certain = due["kind"] == "target", due["covers"] == "certain"
    kinds = {"surely": target & certain, "latest": ~certain, "whole": certain & ~target}
    counts = {name: due[mask]["checkpoint"].value_counts() for name, mask in kinds.items()}
    return pd.DataFrame(counts, index=[point.id for point in source.day.promise.plan.checkpoints]).fillna(0).astype(int)
