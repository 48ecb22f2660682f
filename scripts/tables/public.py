"""Which records may leave the house: those that are public on the day, and none that was withdrawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from scripts.ledger.model.records import Record, Report
from scripts.ledger.series.day import Day

R = TypeVar("R", bound=Record)


def public(day: Day, kind: str, records: Mapping[str, R]) -> Iterator[tuple[str, R]]:
    """The records of one folder that are public on `day`, by id.

    A record with a tombstone is left out whenever the tombstone was set: its file should be gone, and if it is not, it stays
    inside all the same.
    """
    withdrawn = {each.record for each in day.records.withdrawals.values()}
    for key, record in sorted(records.items()):
        if record.published <= day.known and f"{kind}/{key}" not in withdrawn:
            yield key, record


def reports(day: Day) -> Iterator[tuple[str, int, int, str, Report]]:
    """The public reports as (checkpoint, task, sequence, id, report), by task, checkpoint and sequence."""
    shown = dict(public(day, "reports", day.records.reports))
    for task, named in sorted(day.records.reports_of.items()):
        for checkpoint, sequence, key in named:
            if key in shown:
                yield checkpoint, task, sequence, key, shown[key]
