"""What all rules of the testimony share: their form, and how they name a place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ..model.problems import Place, Problem
from ..model.promise import Ledger, Promise
from ..model.rules import Rules
from ..model.testimony import KINDS, Records, record_file, report_id, step_id
from ..phrases.problems import nearest_of
from .gaps import NO_GAPS, Gaps


@dataclass(frozen=True)
class Checking:
    """What a rule looks at: one plan, its testimony, the registry of units, the rules; and what could not be read of it."""

    ledger: Ledger
    promise: Promise
    records: Records
    rules: Rules
    gaps: Gaps = NO_GAPS

    def names(self, kind: str) -> list[str]:
        """The names of all records of a folder, those that could not be read among them."""
        return sorted(self.gaps.torn(kind) | set(getattr(self.records, kind)))

    def at(self, kind: str, key: str, *path: str | int) -> Place:
        """A spot in a record's file."""
        return Place(record_file(self.promise.id, kind, key), path)

    def task(self, place: Place, number: int) -> Iterator[Problem]:
        """The one message for a task that does not exist."""
        if number not in self.promise.tasks and number not in self.gaps.tasks:
            yield Problem(place, "没有这一项任务", str(number), nearest_of(str(number), map(str, self.promise.tasks)))

    def unit(self, place: Place, name: str) -> Iterator[Problem]:
        """The one message for a unit that is not in the registry."""
        if name not in self.ledger.units:
            yield Problem(
                place, "必须是单位名录（units.yml）里的简称", name, nearest_of(name, self.ledger.units), next(iter(self.ledger.units), None)
            )


type_rule = Callable[[Checking], Iterator[Problem]]


def in_order(place: Place, what: str, day: date, floor: date, floor_words: str) -> Iterator[Problem]:
    """The message for a day that is too early."""
    if day < floor:
        yield Problem(place, f"{what}不能早于{floor_words} {floor}", str(day))


def known(place: Place, must: str, name: str, allowed: Iterable[str]) -> Iterator[Problem]:
    """The message for a name that is not one of those allowed."""
    names = list(allowed)
    if name not in names:
        yield Problem(place, must, name, nearest_of(name, names), " 或 ".join(names[:6]) or None)


def groups_that_hold(checking: Checking) -> Checking:
    """The same, without the records that are compared with one that could not be read: the reports and revisions of its task, the steps
    of its problem."""
    gaps, records = checking.gaps, checking.records
    tasks = _tasks_in_doubt(checking)
    steps = {step[0] for key in gaps.torn("problems") if (step := step_id(key))}

    def sound(kind: str, key: str, record: Any) -> bool:
        if key in gaps.torn(kind):
            return False
        match kind:
            case "reports":
                named = report_id(key)
                return tasks is not None and named is not None and named[1] not in tasks
            case "revisions":
                return tasks is not None and record.task not in tasks
            case "problems":
                step = step_id(key)
                return step is None or step[0] not in steps
        return True

    kept: dict[str, Any] = {
        kind: {key: record for key, record in getattr(records, kind).items() if sound(kind, key, record)} for kind in KINDS
    }
    return replace(checking, records=Records.model_construct(**kept))


def _tasks_in_doubt(checking: Checking) -> set[int] | None:
    """The tasks of which a report, a revision or an event could not be read; None where it may be any task."""
    gaps = checking.gaps
    tasks = {named[1] for key in gaps.torn("reports") if (named := report_id(key))}
    for kind in ("revisions", "events"):
        for key in gaps.torn(kind):
            record = getattr(checking.records, kind).get(key)
            if record is None or ("task",) in gaps.spots.get(record_file(checking.promise.id, kind, key), ()):
                return None
            tasks.add(getattr(record, "task", 0))
    return tasks
