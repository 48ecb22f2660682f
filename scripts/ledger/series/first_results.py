"""The first results that a record bears on: what its tombstone must keep when it has to go.

Source: status.md, "A checkpoint's brief is frozen at 首次公布结果": for each checkpoint whose first result is not later than the tombstone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from ..model.promise import Promise
from ..model.records import Acceptance, Found, Revision, Suspension
from ..model.rules import Rules
from ..model.testimony import Records, report_id, step_id
from ..verdict.evidence import see
from ..verdict.terms import report_due
from .checkpoint_results import first_history, first_published
from .reporting import reporting


def task_of_record(records: Records, kind: str, key: str) -> int | None:
    """The task whose colour a record bears on; None for one that bears on none."""
    if kind == "reports":
        named = report_id(key)
        return named[1] if named else None
    if kind == "problems" and (step := step_id(key)):
        first = records.problems.get(f"{step[0]}.1")
        return first.task if isinstance(first, Found) else None
    record = getattr(records, kind).get(key) if kind in ("events", "revisions") else None
    return record.task if isinstance(record, (Suspension, Acceptance, Revision)) else None


def first_results(promise: Promise, records: Records, rules: Rules, kind: str, key: str, removed_on: date) -> dict[str, dict[str, str]]:
    """What the tombstone of a record keeps: checkpoint → colour or state, cell, report; empty for a record that bore on no first result.

    `records` still hold the record; `removed_on` is the day on which the tombstone is published.
    """
    record, task = getattr(records, kind, {}).get(key), task_of_record(records, kind, key)
    if record is None or task not in promise.tasks:
        return {}
    positions = bearing(promise, rules, record.published, removed_on)
    return {promise.plan.checkpoints[p].id: found for p in positions if (found := _result(promise, task, records, rules, p))}


def bearing(promise: Promise, rules: Rules, filed: date, removed_on: date) -> Iterator[int]:
    """The positions whose first result came out while a record was public."""
    for position in range(len(promise.plan.checkpoints)):
        if filed <= report_due(promise, position, rules) + timedelta(1) <= removed_on:
            yield position


def _result(promise: Promise, task: int, records: Records, rules: Rules, position: int) -> dict[str, str]:
    """One first result; empty before reporting had opened, when there was none."""
    first = first_published(promise, task, records, rules, position)
    if first.state in ("no_data", "unsaved"):
        return {}
    verdict = {"colour": str(first.colour)} if first.colour else {"state": str(first.state)}
    cell = first_history(promise, task, records, rules, position)[position].kind
    filed = reporting(promise, task, see(promise, task, records, first.as_of, first.known), rules)[position]
    return verdict | {"cell": cell, "reported": filed.fate}
