"""What was known about one task on one day: the testimony that is public and bears on the day judged.

Source: status.md, "Words".  A record counts when it is public on `known`.  A report bears on
`as_of` if published by then or if its checkpoint has ended; events, steps of problems and
approvals bear only from their own day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import groupby

from ..model import Promise
from ..schedule import ends
from ..testimony.folders import Records, report_id, step_id
from ..testimony.proceedings import Review
from ..testimony.records import Acceptance, Extended, Found, Opened, Rectified, Reopened, Report, Revision, Suspension


@dataclass(frozen=True)
class Filing:
    """One report file of a task: the position of its checkpoint (from 0), its sequence there, its id."""

    position: int
    sequence: int
    id: str
    report: Report


@dataclass(frozen=True)
class Trouble:
    """A problem as it stood: `closed_on` is None while open; `reopened_on` the last return, None if it never came back
    or was closed since; `extended_to` the last extension; `rests` the spells for which it was closed and then came back.
    `rectify_by` is the original deadline, the one judged."""

    id: str
    found: Found
    closed_on: date | None
    reopened_on: date | None
    extended_to: date | None
    rests: tuple[tuple[date, date], ...] = ()

    @property
    def rectify_by(self) -> date:
        return self.found.rectify_by

    @property
    def open(self) -> bool:
        return self.closed_on is None

    def rested(self, first: date, last: date) -> int:
        """The days between two days on which it was closed: they are no days of delay."""
        return sum(max(0, (min(back, last) - max(closed, first)).days) for closed, back in self.rests)

    def days_open(self, first: date, last: date) -> int:
        """The days from one day to another on which it was open; 0 where `last` comes first."""
        return max(0, (last - first).days - self.rested(first, last))


@dataclass(frozen=True)
class Seen:
    """The testimony about one task as known on `known`, bearing on `as_of`.

    `filings` run by checkpoint, then sequence; `removed` are the positions and days of reports of which only a
    tombstone is left; `revisions` run by the day of their announcement.
    """

    as_of: date
    known: date
    opened: Opened | None
    filings: tuple[Filing, ...]
    removed: tuple[tuple[int, date], ...]
    suspensions: tuple[Suspension, ...]
    acceptance: Acceptance | None
    revisions: tuple[Revision, ...]
    troubles: tuple[Trouble, ...]
    reviews: tuple[tuple[str, Review], ...]

    @cached_property
    def first_reports(self) -> dict[int, date]:
        """Position of each checkpoint with a report → the day of its first publication."""
        days: dict[int, date] = {}
        for position, day in (*((f.position, f.report.published) for f in self.filings), *self.removed):
            days[position] = min(day, days.get(position, day))
        return days

    def values(self, indicator: str) -> dict[int, Decimal]:
        """What the reports say of an indicator, by position; later files override, withdrawn values are gone."""
        found: dict[int, Decimal] = {}
        for filing in self.filings:
            match filing.report.indicators.get(indicator):
                case Decimal() as value:
                    found[filing.position] = value
                case "withdrawn":
                    found.pop(filing.position, None)
        return found

    def has_evidence(self) -> bool:
        return any(filing.report.evidence for filing in self.filings)


def see(promise: Promise, number: int, records: Records, as_of: date, known: date) -> Seen:
    """The testimony about task `number`, public on `known` and bearing on `as_of`."""
    events = [event for _, event in sorted(records.events.items()) if event.published <= known and event.day <= as_of]
    mine = [event for event in events if isinstance(event, (Suspension, Acceptance)) and event.task == number]
    revisions = [
        (r.announced, key, r)
        for key, r in records.revisions.items()
        if r.task == number and r.published <= known and r.approved_on <= as_of
    ]
    return Seen(
        as_of=as_of,
        known=known,
        opened=min((e for e in events if isinstance(e, Opened)), key=lambda e: e.opened_on, default=None),
        filings=tuple(_filings(promise, number, records, as_of, known)),
        removed=tuple(_removed(promise, number, records, as_of, known)),
        suspensions=tuple(
            sorted((e for e in mine if isinstance(e, Suspension) and e.published <= as_of), key=lambda e: (e.published, e.review_by))
        ),
        acceptance=min((e for e in mine if isinstance(e, Acceptance)), key=lambda e: e.accepted_on, default=None),
        revisions=tuple(r for _, _, r in sorted(revisions, key=lambda each: each[:2])),
        troubles=tuple(troubles(records, number, as_of, known)),
        reviews=tuple((key, r) for key, r in sorted(records.reviews.items()) if r.published <= known and r.day <= as_of),
    )


def bears(published: date, checkpoint: str, as_of: date, known: date) -> bool:
    """Whether a report of `checkpoint` counts on `as_of` as known on `known`."""
    return published <= known and (published <= as_of or ends(checkpoint) < as_of)


def _filings(promise: Promise, number: int, records: Records, as_of: date, known: date) -> Iterator[Filing]:
    positions = {point.id: i for i, point in enumerate(promise.plan.checkpoints)}
    for checkpoint, sequence, key in records.reports_of.get(number, ()):
        report = records.reports[key]
        if checkpoint in positions and bears(report.published, checkpoint, as_of, known):
            yield Filing(positions[checkpoint], sequence, key, report)


def _removed(promise: Promise, number: int, records: Records, as_of: date, known: date) -> Iterator[tuple[int, date]]:
    positions = {point.id: i for i, point in enumerate(promise.plan.checkpoints)}
    for _, tombstone in sorted(records.withdrawals.items()):
        kind, _, key = tombstone.record.partition("/")
        named = report_id(key) if kind == "reports" else None
        if named and named[1] == number and named[0] in positions and bears(tombstone.filed, named[0], as_of, known):
            yield positions[named[0]], tombstone.filed


def troubles(records: Records, number: int | None, as_of: date, known: date) -> Iterator[Trouble]:
    """The problems found in one task (None: in all) by `as_of`, each as its steps up to then leave it."""
    steps = sorted((named, key) for key in records.problems if (named := step_id(key)))
    for problem, group in groupby(steps, key=lambda each: each[0][0]):
        told = [records.problems[key] for _, key in group]
        bearing = [step for step in told if step.published <= known and step.day <= as_of]
        if bearing and isinstance(first := bearing[0], Found) and number in (None, first.task):
            yield _trouble(problem, first, bearing)


def steps_of(records: Records, problem: str, as_of: date, known: date) -> list[tuple[str, Found | Extended | Rectified | Reopened]]:
    """The steps of one problem with their ids, in order: those public on `known` and dated by `as_of`."""
    named = sorted((named, key) for key in records.problems if (named := step_id(key)) and named[0] == problem)
    told = [(key, records.problems[key]) for _, key in named]
    return [(key, step) for key, step in told if step.published <= known and step.day <= as_of]


def _trouble(problem: str, found: Found, steps: list[Found | Extended | Rectified | Reopened]) -> Trouble:
    closed_on = reopened_on = extended_to = None
    rests: list[tuple[date, date]] = []
    for step in steps:
        match step:
            case Extended():
                extended_to = step.rectify_by
            case Rectified():
                closed_on, reopened_on = step.closed_on, None
            case Reopened():
                rests += [(closed_on, step.reopened_on)] if closed_on else []
                closed_on, reopened_on = None, step.reopened_on
    return Trouble(problem, found, closed_on, reopened_on, extended_to, tuple(rests))
