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
    """How many cells with a target are sure to fall due at each checkpoint, and how many, of those whose months are not known, may cover it.
    Index: checkpoints; columns: surely, perhaps."""
    rows = filled(MILESTONES, source)
    cells = rows.drop_duplicates(["task_id", "cell"])[["task_id", "cell", "kind", "covers"]]
    open_cells = cells[(cells["kind"] == "target") & (cells["covers"] == "inferred")]
    may = rows[["task_id", "checkpoint", "possible_cells"]].explode("possible_cells").rename(columns={"possible_cells": "cell"})
    perhaps = may.assign(cell=may["cell"].astype(int)).merge(open_cells.astype({"cell": int}), on=["task_id", "cell"])
    surely = rows[rows["falls_due"].astype(bool) & (rows["kind"] == "target") & (rows["covers"] == "certain")]
    counts = {name: found["checkpoint"].value_counts() for name, found in (("surely", surely), ("perhaps", perhaps))}
    return pd.DataFrame(counts, index=[point.id for point in source.day.promise.plan.checkpoints]).fillna(0).astype(int)
