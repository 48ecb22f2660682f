"""What all rules of the testimony share: their form, and how they name a place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from ..model import Ledger, Promise
from ..problems import Place, Problem, nearest_of
from ..rulebook.rules import Rules
from ..testimony.folders import Records, record_file


@dataclass(frozen=True)
class Checking:
    """What a rule looks at: one plan, its testimony, the registry of units, the rules."""

    ledger: Ledger
    promise: Promise
    records: Records
    rules: Rules

    def at(self, kind: str, key: str, *path: str | int) -> Place:
        """A spot in a record's file."""
        return Place(record_file(self.promise.id, kind, key), path)

    def task(self, place: Place, number: int) -> Iterator[Problem]:
        """The one message for a task that does not exist."""
        if number not in self.promise.tasks:
            yield Problem(place, "没有这一项任务", str(number), nearest_of(str(number), map(str, self.promise.tasks)))

    def unit(self, place: Place, name: str) -> Iterator[Problem]:
        """The one message for a unit that is not in the registry."""
        if name not in self.ledger.units:
            yield Problem(place, "必须是单位名录（units.yml）里的简称", name, nearest_of(name, self.ledger.units), "县教委")


type_rule = Callable[[Checking], Iterator[Problem]]


def in_order(place: Place, what: str, day: date, floor: date, floor_words: str) -> Iterator[Problem]:
    """The message for a day that is too early."""
    if day < floor:
        yield Problem(place, f"{what}不能早于{floor_words} {floor}", str(day))


def known(place: Place, must: str, name: str, allowed: Iterable[str]) -> Iterator[Problem]:
    """The message for a name that is not one of those allowed."""
    names = list(allowed)
    if name not in names:
        yield Problem(place, must, name, nearest_of(name, names), "、".join(names[:6]) or None)
