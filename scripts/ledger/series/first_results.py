"""The first results that a record bears on: what its tombstone must keep when it has to go.

Source: status.md, "A checkpoint's brief is frozen at 首次公布结果": for each checkpoint whose first result is not later than the tombstone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from ..model.problems import Place, Problem
from ..model.promise import Promise
from ..model.records import Acceptance, Found, Revision, Suspension
from ..model.rules import Rules
from ..model.testimony import KINDS, Records, report_id, step_id
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


def wrong_results(file: str, tombstone: dict[str, Any], promise: Promise, records: Records, rules: Rules) -> Iterator[Problem]:
    """What a new tombstone says of the first results, against those of the data in which its record still stood."""
    kind, _, key = str(tombstone.get("record")).partition("/")
    removed_on = _day(tombstone.get("published"))
    if removed_on is None or kind not in KINDS:
        return
    right, said = first_results(promise, records, rules, kind, key, removed_on), tombstone.get("results") or {}
    if said != right:
        example = f"results: {{{', '.join(f'{point}: {_flow(each)}' for point, each in right.items())}}}" if right else None
        if not said:  # nothing stands between a leak and its withdrawal; only what is written must be true
            must = "加上这一行，各节点简报才保得住首次公布的结果；撤下提交以后就补不上了"
            yield Problem(Place(file), must, example=example, line=1, warning=True)
        else:
            must = "必须是撤下前已经公布的首次结果；请改回，照例子写" if right else "这份记录没有影响过已公布的首次结果，请删去 results"
            yield Problem(Place(file, ("results",)), must, _said(said), example=example)


def _said(results: Any) -> str:
    """What a tombstone says, on one line."""
    return "；".join(f"{point} {_flow(each)}" for point, each in results.items()) if isinstance(results, dict) else str(results)


def _flow(result: Any) -> str:
    return f"{{{', '.join(f'{field}: {value}' for field, value in result.items())}}}" if isinstance(result, dict) else str(result)


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None


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
