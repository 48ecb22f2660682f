"""Meetings as they are known on a day: each once, with what was decided and what later files say became of it.

A meeting's first file is `2023-05-30-monthly.1`; `.2` and later tell again what was decided and how it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Literal

from ..model.proceedings import Meeting
from ..model.testimony import Records, step_id

ItemState = Literal["open", "done", "dropped"]


@dataclass(frozen=True)
class Item:
    """One thing decided.  `told`: what each file says of it, as (day of publication, state), the first file first."""

    text: str
    owner: str
    due: date | None
    told: tuple[tuple[date, ItemState], ...]

    @property
    def state(self) -> ItemState:
        """What the last file that speaks of it says."""
        return self.told[-1][1]

    def days_over(self, as_of: date) -> int:
        """How many days it is past its day while open; 0 when it is not."""
        return max(0, (as_of - self.due).days) if self.due and self.state == "open" else 0


@dataclass(frozen=True)
class Session:
    """One meeting.  `id` is its files' common name; `published` the day of the first file that is public."""

    id: str
    kind: Literal["monthly", "quarterly"]
    held_on: date
    chair: str
    tasks: tuple[int, ...]
    published: date
    items: tuple[Item, ...]


def sessions(records: Records, as_of: date, known: date) -> tuple[Session, ...]:
    """Every meeting held by `as_of` with a file public on `known`, by day."""
    named = sorted((named, key) for key in records.meetings if (named := step_id(key)))
    found = []
    for id, group in groupby(named, key=lambda each: each[0][0]):
        told = [each for _, key in group if (each := records.meetings[key]).published <= known and each.held_on <= as_of]
        if told:
            found.append(_session(id, told))
    return tuple(sorted(found, key=lambda each: (each.held_on, each.id)))


def _session(id: str, told: Sequence[Meeting]) -> Session:
    first = told[0]
    items: dict[str, Item] = {}
    for file in told:
        for each in file.decisions:
            before = items[each.text].told if each.text in items else ()
            items[each.text] = Item(each.text, each.owner, each.due, (*before, (file.published, each.state)))
    return Session(id, first.kind, first.held_on, first.chair, first.tasks, first.published, tuple(items.values()))


def removed_sessions(records: Records, as_of: date, known: date) -> tuple[tuple[str, date], ...]:
    """Meetings of which only a tombstone is left, as (kind, day held): they were held, and their record was public."""
    found = set[tuple[str, date]]()
    for _, tombstone in sorted(records.withdrawals.items()):
        kind, _, key = tombstone.record.partition("/")
        named = step_id(key) if kind == "meetings" else None
        held = _named(named[0]) if named and tombstone.filed <= known else None
        if held and held[1] <= as_of:
            found.add(held)
    return tuple(sorted(found))


def _named(id: str) -> tuple[str, date] | None:
    """The kind and day that a meeting's files are named by; None where a name is not one."""
    try:
        return id[11:], date.fromisoformat(id[:10])
    except ValueError:
        return None
