"""Reporting: what became of each checkpoint's report of a task.

Source: status.md, "Words": a report is required where a target falls due, and is due `report_days` after the checkpoint's end.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..model.promise import Promise
from ..model.rules import Fate, Rules
from ..plan.schedule import ends
from ..verdict.evidence import Seen
from ..verdict.obligations import duties

DUE: tuple[Fate, ...] = ("on_time", "late", "missing")
"""The fates of reports that were required and whose last day has passed, or that came."""


@dataclass(frozen=True)
class Filed:
    """One checkpoint's report of one task: its last day, the day it was first public (None: not), its fate, how many days late; `moved_to`
    the day after the last checkpoint for which it is owed (None: the checkpoint's own)."""

    checkpoint: str
    due: date
    filed: date | None
    fate: Fate
    days: int
    moved_to: date | None = None


def reporting(promise: Promise, number: int, seen: Seen, rules: Rules) -> tuple[Filed, ...]:
    """One entry for each checkpoint of the plan, as `seen` knows it, in their order; then one for each day after the last checkpoint to
    which a target was moved: its report is a later file of the last checkpoint."""
    owed = duties(promise, number, seen, rules, "headline")
    first, points = seen.placed(owed.beyond, owed.required).first_reports, [point.id for point in promise.plan.checkpoints]
    days: list[date | None] = [*(None for _ in points), *owed.beyond]
    return tuple(
        _filed(points[min(place, len(points) - 1)], due, place in owed.required, first.get(place), seen.as_of, day)
        for place, (due, day) in enumerate(zip(owed.last_days, days, strict=True))
    )


def _filed(checkpoint: str, due: date, required: bool, filed: date | None, as_of: date, moved_to: date | None) -> Filed:
    if filed is not None:
        fate: Fate = "extra" if not required else "late" if filed > due else "on_time"
        return Filed(checkpoint, due, filed, fate, max(0, (filed - due).days), moved_to)
    if not required:
        return Filed(checkpoint, due, None, "none", 0, moved_to)
    if due < as_of:
        return Filed(checkpoint, due, None, "missing", (as_of - due).days, moved_to)
    return Filed(checkpoint, due, None, "awaited" if (moved_to or ends(checkpoint)) < as_of else "ahead", 0, moved_to)
