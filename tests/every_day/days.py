"""The days on which a plan's site may change: found in its files and in its own calendar, a month before its first checkpoint to a year
after its last."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from scripts.ledger.model.promise import Ledger, Promise
from scripts.ledger.model.rules import Rules
from scripts.ledger.plan.schedule import due_days, ends
from scripts.ledger.verdict.terms import report_due

BEFORE, AFTER = timedelta(31), timedelta(365)
DAY = r"(20\d\d-\d\d-\d\d)\b"
WRITTEN, PUBLISHED, RECTIFY = (re.compile(name + DAY, re.ASCII | re.MULTILINE) for name in (r"\b", r"^published: ", r"^rectify_by: "))


def span(promise: Promise) -> tuple[date, date]:
    """The first and the last day looked at."""
    points = promise.plan.checkpoints
    return ends(points[0].id) - BEFORE, ends(points[-1].id) + AFTER


def turning_days(folder: Path, ledger: Ledger, plan: str) -> list[date]:
    """The days, sorted: each that a record names and each that the plan fixes, with the day after; what follows from being late (the next
    colours) and from silence (“材料陈旧”); each month's first, by which meetings are owed; and both ends."""
    promise, rules = ledger.promises[plan], ledger.rules
    first, last = span(promise)
    named = [*_written(folder / "plans" / plan, WRITTEN), *_reports_due(promise, rules)]
    due = [*_due(promise), *_written(folder / "plans" / plan, RECTIFY)]
    told, old = _written(folder / "plans" / plan, PUBLISHED), timedelta(rules.stale_days + 1)
    silent = [each + old for each, after in pairwise([*told, date.max]) if after - each >= old]
    late = [each + timedelta(days) for each in due for days in (0, 1, rules.lateness.yellow + 1, rules.lateness.orange + 1)]
    found = {*named, *(each + timedelta(1) for each in named), *late, *silent, *_months(first, last)}
    return sorted({first, last, *(day for day in found if first <= day <= last)})


def _written(folder: Path, pattern: re.Pattern[str]) -> list[date]:
    """Every day that the testimony names so, sorted."""
    files = (file for file in folder.rglob("*.yml") if file.parent != folder and file.parent.name != "tasks")
    return sorted(date.fromisoformat(each) for file in files for each in pattern.findall(file.read_text(encoding="utf-8")))


def _reports_due(promise: Promise, rules: Rules) -> Iterator[date]:
    """Every day on which a checkpoint ends or its reports fall due."""
    for position, point in enumerate(promise.plan.checkpoints):
        yield ends(point.id)
        yield report_due(promise, position, rules)


def _due(promise: Promise) -> Iterator[date]:
    """Every day on which a target falls due."""
    for task in promise.tasks.values():
        yield from due_days(task, promise.plan)


def _months(first: date, last: date) -> Iterator[date]:
    for year in range(first.year, last.year + 1):
        yield from (date(year, month, 1) for month in range(1, 13))
