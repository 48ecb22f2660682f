"""What of the testimony bears on the day judged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from scripts.ledger.model.promise import Promise
from scripts.ledger.model.records import Acceptance, Closed, Opened, Record, Report, Revision, Suspension
from scripts.ledger.model.testimony import Records, report_id

from .days import Slot, ends, slot_of
from .targets import points_of


@dataclass(frozen=True)
class View:
    """One task, the day judged, and the last day of publication that counts."""

    promise: Promise
    number: int
    records: Records
    as_of: date
    known: date

    @property
    def points(self) -> tuple[str, ...]:
        return points_of(self.promise)

    def dated(self, record: Record, day: date) -> bool:
        """ "Closing and events only if dated <= as_of"; each counts from `published`."""
        return record.published <= self.known and day <= self.as_of

    def reported(self, checkpoint: str, published: date) -> bool:
        """ "A report bears on as_of if published by then or its checkpoint has ended." """
        return published <= self.known and (published <= self.as_of or ends(checkpoint) < self.as_of)


@dataclass(frozen=True)
class File:
    """A file of a report.  `report` is None where it was taken down."""

    checkpoint: str
    sequence: int
    slot: Slot
    published: date
    report: Report | None


def files(view: View, days_after: list[date]) -> list[File]:
    """All files that bear on the day, by checkpoint, then by file; one of the last checkpoint that was published on or after a day behind
    it is that day's report."""
    reports = [(key, each.published, each) for key, each in view.records.reports.items()]
    taken = [(each.record.removeprefix("reports/"), each.filed, None) for each in view.records.withdrawals.values()]
    found = []
    for key, published, report in [*reports, *taken]:
        name = report_id(key)
        if name and name[1] == view.number and name[0] in view.points and view.reported(name[0], published):
            found.append(File(name[0], name[2], _slot(view, name[0], published, days_after), published, report))
    return sorted(found, key=lambda each: (each.checkpoint, each.sequence))


def _slot(view: View, checkpoint: str, published: date, days_after: list[date]) -> Slot:
    passed = [day for day in days_after if day <= published]
    if checkpoint == view.points[-1] and passed:
        return Slot(len(view.points), passed[-1])
    return slot_of(ends(checkpoint), view.points)


def opened_on(view: View) -> date | None:
    days = [each.opened_on for each in view.records.events.values() if isinstance(each, Opened) and view.dated(each, each.opened_on)]
    return min(days, default=None)


def closed_on(view: View) -> date | None:
    days = [each.closed_on for each in view.records.events.values() if isinstance(each, Closed) and view.dated(each, each.closed_on)]
    return min(days, default=None)


def accepted(view: View) -> bool:
    found = [each for each in view.records.events.values() if isinstance(each, Acceptance) and each.task == view.number]
    return any(view.dated(each, each.accepted_on) for each in found)


def revisions(view: View) -> dict[str, Revision]:
    found = view.records.revisions
    return {key: each for key, each in found.items() if each.task == view.number and view.dated(each, each.approved_on)}


def spells(view: View) -> list[tuple[date, date]]:
    """暂缓: "It runs from `published` to review_by; … a second one needs a new document"."""
    known = [each for each in view.records.events.values() if isinstance(each, Suspension) and each.task == view.number]
    known = [each for each in known if view.dated(each, each.published)]
    found: dict[str, tuple[date, date]] = {}
    for each in sorted(known, key=lambda one: (one.published, one.review_by)):
        found.setdefault(each.document, (each.published, each.review_by))
    return sorted(found.values())


def put_off(day: date, spelled: list[tuple[date, date]]) -> date:
    """ "Duties falling due in it are aged from review_by." """
    for first, last in spelled:
        if first <= day <= last:
            day = last
    return day


def within(day: date, spelled: list[tuple[date, date]]) -> bool:
    return any(first <= day <= last for first, last in spelled)
