"""Where the money comes from: what the reports last said of each source, by task and added up by source.

Source: data.md, `funding` in reports (yuan); a later report overrides source by source, and what it
leaves out stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from .day import Day

Side = Literal["planned", "received", "spent"]
SIDES: tuple[Side, ...] = ("planned", "received", "spent")


@dataclass(frozen=True)
class Money:
    """One source of one task: planned, come in, spent (yuan; None: not told), and the checkpoint of the last word."""

    task: int
    source: str
    planned: Decimal | None
    received: Decimal | None
    spent: Decimal | None
    checkpoint: str


@dataclass(frozen=True)
class Source:
    """One source over all tasks.  `without`: on each side, how many of its tasks did not tell that figure."""

    name: str
    tasks: tuple[int, ...]
    planned: Decimal
    received: Decimal
    spent: Decimal
    without: dict[Side, int]


def money(day: Day) -> tuple[Money, ...]:
    """What is known of every source of every task, by task, in the order told."""
    return tuple(each for number in sorted(day.promise.tasks) for each in of_task(day, number))


def of_task(day: Day, number: int) -> list[Money]:
    """What is known of every source of one task, in the order told."""
    found: dict[str, Money] = {}
    for filing in day.seen[number].filings:
        for each in filing.report.funding:
            before = found.get(each.source)
            planned, received, spent = (
                value if (value := getattr(each, side)) is not None else getattr(before, side, None) for side in SIDES
            )
            checkpoint = day.promise.plan.checkpoints[filing.position].id
            found[each.source] = Money(number, each.source, planned, received, spent, checkpoint)
    return list(found.values())


def by_source(lines: tuple[Money, ...]) -> tuple[Source, ...]:
    """The sources added up, the largest plan first."""
    names = list(dict.fromkeys(line.source for line in lines))
    found = [_source(name, [line for line in lines if line.source == name]) for name in names]
    return tuple(sorted(found, key=lambda each: (-each.planned, -each.received, each.name)))


def total(lines: tuple[Money, ...], name: str) -> Source:
    """All sources added up."""
    return _source(name, list(lines))


def _source(name: str, lines: list[Money]) -> Source:
    sums = {side: sum((getattr(line, side) or Decimal(0) for line in lines), Decimal(0)) for side in SIDES}
    without = {side: sum(getattr(line, side) is None for line in lines) for side in SIDES}
    return Source(name, tuple(dict.fromkeys(line.task for line in lines)), sums["planned"], sums["received"], sums["spent"], without)
