"""What was known about one task on one day: the testimony that is public and bears on the day judged.

Source: status.md, "Words".  A record counts when it is public on `known`.  A report bears on
`as_of` if published by then or if its checkpoint has ended; events, steps of problems and
approvals bear only from their own day.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from ..model.proceedings import Review
from ..model.promise import Promise
from ..model.records import Acceptance, Closed, Extended, Found, Opened, Rectified, Reopened, Report, Revision, Suspension
from ..model.testimony import Records, report_id, step_id
from ..plan.schedule import ends


@dataclass(frozen=True)
class Filing:
    """One report file of a task: the position of its checkpoint (from 0), its sequence there, its id."""

    position: int
    sequence: int
    id: str
    report: Report

    @property
    def checkpoint(self) -> str:
        """The checkpoint that it is filed under."""
        return self.id.partition("/")[0]


class Removed(NamedTuple):
    """A report of which only a tombstone is left: its place, the day on which it was public, whether it was known to be taken down."""

    position: int
    filed: date
    told: bool


class Word(NamedTuple):
    """One number as a file says it: when it was published, and the file's place among all."""

    value: Decimal
    published: date
    order: int


@dataclass
class Spoken:
    """What the files of one checkpoint say of one number, the later over the earlier: a number without a day, and numbers of named days."""

    plain: Word | None = None
    named: dict[date, Word] = field(default_factory=dict)

    def take(self, word: Decimal | dict[date, Decimal], published: date, order: int) -> None:
        """One file's word: a number, or numbers by day."""
        if isinstance(word, Decimal):
            self.plain = Word(word, published, order)
        else:
            self.named.update({day: Word(value, published, order) for day, value in word.items()})

    def of_the_end(self, end: date) -> dict[date, Word]:
        """The number without a day as that of the checkpoint's end, unless a later file names that day."""
        named = self.named.get(end)
        return {} if self.plain is None or (named and named.order > self.plain.order) else {end: self.plain}

    def in_order(self) -> list[Decimal]:
        """The numbers by day; the one without a day last."""
        return [word.value for _, word in sorted(self.named.items())] + ([self.plain.value] if self.plain else [])

    @property
    def last(self) -> Decimal | None:
        """The number without a day, else that of the last day named."""
        return next(reversed(self.in_order()), None)


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

    `filings` run by checkpoint, then sequence; `removed` are the reports of which only a
    tombstone is left; `revisions` run by the day of their announcement; `closed_on` is the plan's last day once it has come;
    `points` how many checkpoints the plan has; `both` see `publications`.
    """

    as_of: date
    known: date
    opened: Opened | None
    closed_on: date | None
    filings: tuple[Filing, ...]
    removed: tuple[Removed, ...]
    suspensions: tuple[Suspension, ...]
    acceptance: Acceptance | None
    revisions: tuple[Revision, ...]
    troubles: tuple[Trouble, ...]
    reviews: tuple[tuple[str, Review], ...]
    points: int
    both: bool = False

    @cached_property
    def publications(self) -> tuple[tuple[int, date], ...]:
        """Position and day of publication of every report, those included of which only a tombstone is left.  A file that is the report of a
        day after the last checkpoint is the last checkpoint's too, where that one owes a report (`both`)."""
        found = (
            *((filing.position, filing.report.published) for filing in self.filings),
            *((each.position, each.filed) for each in self.removed),
        )
        return (*found, *((self.points - 1, day) for position, day in found if self.both and position >= self.points))

    @cached_property
    def first_reports(self) -> dict[int, date]:
        """Position of each checkpoint with a report → the day of its first publication."""
        days: dict[int, date] = {}
        for position, day in self.publications:
            days[position] = min(day, days.get(position, day))
        return days

    def values(self, indicator: str) -> dict[int, Decimal]:
        """What the reports say of an indicator, by position, of several days the last; later files override, withdrawn values are gone."""
        return {position: spoken.last for position, spoken in self.spoken(indicator).items() if spoken.last is not None}

    def spoken(self, indicator: str, beyond: Collection[int] | None = None) -> dict[int, Spoken]:
        """Everything that stands of an indicator after all files of each checkpoint, by position.  `beyond`: the positions after the last
        checkpoint at which this number has a target (default: all); a file placed at another is the last checkpoint's for it."""
        found: dict[int, Spoken] = {}
        for order, filing in enumerate(self.filings):
            word = filing.report.indicators.get(indicator)
            if word == "withdrawn":
                for position in {self._place(each.position, beyond) for each in self.filings if each.checkpoint == filing.checkpoint}:
                    found.pop(position, None)
            elif word is not None:
                found.setdefault(self._place(filing.position, beyond), Spoken()).take(word, filing.report.published, order)
        return found

    def _place(self, position: int, beyond: Collection[int] | None) -> int:
        if position < self.points or beyond is None:
            return position
        return max((each for each in beyond if each <= position), default=self.points - 1)

    def placed(self, beyond: Sequence[date], required: Collection[int]) -> Seen:
        """The same testimony where targets were moved to days after the last checkpoint: a file of the last checkpoint that is published on
        or after such a day is the report of that day, at a position after all checkpoints.  `required`: the positions that owe a report."""
        if not beyond:
            return self
        last = self.points - 1

        def place(position: int, published: date) -> int:
            return position + sum(day <= published for day in beyond) if position == last else position

        filings = tuple(replace(filing, position=place(filing.position, filing.report.published)) for filing in self.filings)
        removed = tuple(each._replace(position=place(each.position, each.filed)) for each in self.removed)
        return replace(self, filings=filings, removed=removed, both=last in required)

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
        closed_on=min((e.closed_on for e in events if isinstance(e, Closed)), default=None),
        filings=tuple(_filings(promise, number, records, as_of, known)),
        removed=tuple(_removed(promise, number, records, as_of, known)),
        suspensions=tuple(
            sorted((e for e in mine if isinstance(e, Suspension) and e.published <= as_of), key=lambda e: (e.published, e.review_by))
        ),
        acceptance=min((e for e in mine if isinstance(e, Acceptance)), key=lambda e: e.accepted_on, default=None),
        revisions=tuple(r for _, _, r in sorted(revisions, key=lambda each: each[:2])),
        troubles=tuple(troubles(records, number, as_of, known)),
        reviews=tuple((key, r) for key, r in sorted(records.reviews.items()) if r.published <= known and r.day <= as_of),
        points=len(promise.plan.checkpoints),
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


def _removed(promise: Promise, number: int, records: Records, as_of: date, known: date) -> Iterator[Removed]:
    positions = {point.id: i for i, point in enumerate(promise.plan.checkpoints)}
    for _, tombstone in sorted(records.withdrawals.items()):
        kind, _, key = tombstone.record.partition("/")
        named = report_id(key) if kind == "reports" else None
        if named and named[1] == number and named[0] in positions and bears(tombstone.filed, named[0], as_of, known):
            yield Removed(positions[named[0]], tombstone.filed, tombstone.published <= known)


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
