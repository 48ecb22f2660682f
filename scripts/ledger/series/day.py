"""One plan on one day: every task's standing and history, the units' figures, the checkpoints' frozen and present results.

Each is worked out once and read by every page, table and download, so they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from ..model.promise import Ledger, Promise
from ..model.records import Opened
from ..model.rules import Rules
from ..model.testimony import Records
from ..model.wordbook import Publisher
from ..phrases.phrasebook import Speech
from ..verdict.evidence import Seen, see
from ..verdict.standing import Standing, standing
from ..verdict.terms import report_due
from .checkpoint_results import Cell, first_published, history, read_now
from .freshness import closing_day, newest, stale
from .opening import without_waiting
from .preserved_results import removals
from .unit_figures import UnitFigures, unit_figures


@dataclass(frozen=True, eq=False)
class Day:
    """A plan as judged on a day.  One object is one day, so that what was worked out from it can be kept by it.

    `known` is the day whose knowledge counts; the day judged is the earlier of it and the plan's closing day.
    """

    promise: Promise
    records: Records
    rules: Rules
    publisher: Publisher
    known: date

    @cached_property
    def as_of(self) -> date:
        """The day judged."""
        return min(self.known, closing_day(self.records, self.known) or self.known)

    @cached_property
    def speech(self) -> Speech:
        """The words of this publisher."""
        return Speech(self.rules, self.publisher, self.promise.plan.year)

    @cached_property
    def opened(self) -> bool:
        """Whether reporting has opened: before that, nothing has a colour."""
        events = self.records.events.values()
        return any(isinstance(e, Opened) and e.published <= self.known and e.opened_on <= self.as_of for e in events)

    @cached_property
    def standings(self) -> Mapping[int, Standing]:
        """Every task's standing, by number."""
        return {
            n: standing(self.promise, n, self.records, self.rules, self.as_of, self.known, self.publisher)
            for n in sorted(self.promise.tasks)
        }

    @cached_property
    def histories(self) -> Mapping[int, tuple[Cell, ...]]:
        """Every task's cells of history, one per checkpoint; empty before reporting has opened."""
        if not self.opened:
            return dict.fromkeys(self.promise.tasks, ())
        return {
            n: history(self.promise, n, self.records, self.rules, self.as_of, self.known, self.publisher)
            for n in sorted(self.promise.tasks)
        }

    @cached_property
    def seen(self) -> Mapping[int, Seen]:
        """The testimony about every task that counts on this day."""
        return {n: see(self.promise, n, self.records, self.as_of, self.known) for n in sorted(self.promise.tasks)}

    @cached_property
    def figures(self) -> UnitFigures:
        """The figures of the units and of the county."""
        return unit_figures(self.promise, self.records, self.rules, self.as_of, self.known, self.publisher)

    def as_known(self, position: int, by: int) -> Mapping[int, Standing]:
        """Every task's result for the checkpoint at `position`, as known on the day on which the brief of the checkpoint `by` was frozen."""
        if (position, by) not in self._known:
            self._known[position, by] = {n: self._as_known(n, position, by) for n in sorted(self.promise.tasks)}
        return self._known[position, by]

    @cached_property
    def _known(self) -> dict[tuple[int, int], Mapping[int, Standing]]:
        return {}

    def _as_known(self, number: int, position: int, by: int) -> Standing:
        """A result that rested on a record taken down after that day is the one first published, as its tombstone keeps it."""
        frozen = report_due(self.promise, by, self.rules) + timedelta(1)
        if any(each.filed <= frozen <= each.published for each in removals(self.records, number)):
            return self.first(position)[number]
        return read_now(self.promise, number, self.records, self.rules, position, frozen, self.publisher)

    @cached_property
    def published_checkpoints(self) -> tuple[int, ...]:
        """The positions of the checkpoints whose first result is out: the day after their reports were due has come."""
        points = range(len(self.promise.plan.checkpoints))
        return tuple(p for p in points if report_due(self.promise, p, self.rules) < self.as_of) if self.opened else ()

    @cached_property
    def _firsts(self) -> dict[int, Mapping[int, Standing]]:
        return {}

    def first(self, position: int) -> Mapping[int, Standing]:
        """首次公布结果 of a checkpoint, by task: never changed by what came later."""
        if position not in self._firsts:
            self._firsts[position] = {
                n: first_published(self.promise, n, self.records, self.rules, position, self.publisher, self.known)
                for n in sorted(self.promise.tasks)
            }
        return self._firsts[position]

    @cached_property
    def briefed(self) -> tuple[int, ...]:
        """The positions of the checkpoints whose first result is out, reporting having opened by then: those that have a brief."""
        return tuple(p for p in self.published_checkpoints if any(each.state != "no_data" for each in self.first(p).values()))

    @cached_property
    def _nows(self) -> dict[int, Mapping[int, Standing]]:
        return {}

    def now(self, position: int) -> Mapping[int, Standing]:
        """现值 of a checkpoint, by task: the same day judged, with everything known today."""
        if position not in self._nows:
            self._nows[position] = {
                n: read_now(self.promise, n, self.records, self.rules, position, self.known, self.publisher)
                for n in sorted(self.promise.tasks)
            }
        return self._nows[position]

    @cached_property
    def outlived(self) -> Mapping[str, frozenset[str]]:
        """The pages that had been given out by the day, with their anchors, where a record has been taken down since: what stood on it
        may be gone, but its addresses answer."""
        links, gone = self.promise.permalinks, self.records.withdrawals.values()
        return links.pages if links and links.as_of <= self.known and any(each.published <= self.known for each in gone) else {}

    @cached_property
    def newest(self) -> date | None:
        """The day of the newest public record."""
        return newest(self.records, self.known)

    @cached_property
    def stale(self) -> str | None:
        """What every page of an open plan says when its newest record is old."""
        return stale(self.records, self.rules, self.as_of, self.promise.plan.year, self.known, self.publisher)


def day_of(ledger: Ledger, plan_id: str, known: date) -> Day:
    """One of a ledger's plans on a day, as the public sees it: before reporting has opened, what waits for it is not there."""
    filed = desk_day(ledger, plan_id, known)
    return filed if filed.opened else replace(filed, records=without_waiting(filed.records))


def desk_day(ledger: Ledger, plan_id: str, known: date) -> Day:
    """The same with every record that is filed, for whoever writes the next one."""
    return Day(ledger.promises[plan_id], ledger.records[plan_id], ledger.rules, ledger.settings.publisher.kind, known)
