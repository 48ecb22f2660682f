"""Days and slots."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

REPORT_DAYS = timedelta(10)


@cache
def ends(checkpoint: str) -> date:
    """`ends(p)` the last day of checkpoint p."""
    year, month = map(int, checkpoint.split("-"))
    return date(year, month, calendar.monthrange(year, month)[1])


@dataclass(frozen=True, order=True)
class Slot:
    """Where a report is owed: a checkpoint, or a day after the last one ("a new day after the last checkpoint owes a report of its own,
    10 days after it")."""

    position: int
    ends: date

    @property
    def report_due(self) -> date:
        """`report_due(p) = ends(p) + 10 days`."""
        return self.ends + REPORT_DAYS


@cache
def slots(points: tuple[str, ...]) -> tuple[Slot, ...]:
    return tuple(Slot(position, ends(point)) for position, point in enumerate(points))


def slot_of(day: date, points: tuple[str, ...]) -> Slot:
    """The checkpoint that a day falls in: the first that ends on or after it; later than all, a slot of its own."""
    return next((slot for slot in slots(points) if slot.ends >= day), Slot(len(points), day))
