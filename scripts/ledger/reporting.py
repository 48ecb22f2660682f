"""Reporting: what became of each checkpoint's report of a task.

Source: status.md, "Words": a report is required where a target falls due, and is due `report_days` after the checkpoint's end.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from .judging.duties import report_due
from .judging.owing import duties
from .judging.seen import Seen
from .model import Promise
from .rulebook.rules import Rules
from .schedule import ends

Fate = Literal["on_time", "late", "missing", "awaited", "ahead", "extra", "none"]
"""In time; late; overdue and not there; checkpoint ended, still in time; checkpoint not ended; there without being required; not required."""

DUE: tuple[Fate, ...] = ("on_time", "late", "missing")
"""The fates of reports that were required and whose last day has passed, or that came."""


@dataclass(frozen=True)
class Filed:
    """One checkpoint's report of one task: its last day, the day it was first public (None: not), its fate, how many days late."""

    checkpoint: str
    due: date
    filed: date | None
    fate: Fate
    days: int


def reporting(promise: Promise, number: int, seen: Seen, rules: Rules) -> tuple[Filed, ...]:
    """One entry for each checkpoint of the plan, as `seen` knows it."""
    required = set(duties(promise, number, seen, rules, "headline").required)
    return tuple(
        _filed(point.id, report_due(promise, position, rules), position in required, seen.first_reports.get(position), seen.as_of)
        for position, point in enumerate(promise.plan.checkpoints)
    )


def _filed(checkpoint: str, due: date, required: bool, filed: date | None, as_of: date) -> Filed:
    if filed is not None:
        fate: Fate = "extra" if not required else "late" if filed > due else "on_time"
        return Filed(checkpoint, due, filed, fate, max(0, (filed - due).days))
    if not required:
        return Filed(checkpoint, due, None, "none", 0)
    if due < as_of:
        return Filed(checkpoint, due, None, "missing", (as_of - due).days)
    return Filed(checkpoint, due, None, "awaited" if ends(checkpoint) < as_of else "ahead", 0)
