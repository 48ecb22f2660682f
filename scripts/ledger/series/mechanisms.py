"""Did the machinery do what the document promised?  Regular duties, period by period, against the records.

A duty with `every: month | quarter | checkpoint` runs from its first period to the end of the plan.
Silence proves nothing: a period without a record is never called “没做”, only without a record.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from ..model.promise import Duty, Plan
from ..plan.schedule import ends
from ..verdict.terms import report_due
from .day import Day
from .meetings import removed_sessions, sessions

Keeper = Literal["monthly", "quarterly", "reviews", "funding", "cases", "meetings", "problems", "assessment"]
"""The records that show a duty kept."""

KEEPERS: tuple[tuple[str, Keeper], ...] = (
    ("funding", "funding"),
    ("cases", "cases"),
    ("assessment", "assessment"),
    ("decisions", "meetings"),
    ("rectification", "problems"),
    ("inspection", "reviews"),
)
"""Which records answer for a duty, by the first word of its id; else by how often it is promised."""
EVERY: dict[str | None, Keeper] = {"month": "monthly", "quarter": "quarterly", "checkpoint": "reviews"}

State = Literal["kept", "missing", "awaited", "ahead"]


@dataclass(frozen=True)
class Turn:
    """One period of a regular duty: its id, its first and last day, when it was kept (several days where several records), its state.

    `awaited`: the period is over, its record may still be published in time; `ahead`: it is not over.  `told`: for duties that many
    reports answer, how many of how many did.
    """

    period: str
    first: date
    last: date
    days: tuple[date, ...]
    state: State
    told: tuple[int, int] | None = None


def keeper(duty: Duty) -> Keeper | None:
    """The records that answer for a duty; None where no record of ours speaks of it."""
    word = duty.id.partition("-")[0]
    return next((records for start, records in KEEPERS if word == start), EVERY.get(duty.every))


def turns(day: Day, duty: Duty) -> tuple[Turn, ...]:
    """Every period of a regular duty, to the end of the plan; empty for a duty without periods."""
    kept = keeper(duty)
    if duty.every is None or kept is None:
        return ()
    if kept == "funding":
        return tuple(_funding(day, duty))
    held = _held(day, kept)
    windows = _checkpoints(day.promise.plan, duty) if duty.every == "checkpoint" else _calendar(day.promise.plan, duty)
    return tuple(_turn(day, period, first, last, held) for period, first, last in windows)


def counted(all_turns: tuple[Turn, ...]) -> tuple[int, int]:
    """How many of the periods that are over were kept."""
    over = [turn for turn in all_turns if turn.state in ("kept", "missing")]
    return sum(turn.state == "kept" for turn in over), len(over)


def _turn(day: Day, period: str, first: date, last: date, held: tuple[tuple[str, date], ...]) -> Turn:
    days = tuple(each for name, each in held if name == period or (not name and first <= each <= last))
    return Turn(period, first, last, days, "kept" if days else _without(day, last))


def _without(day: Day, last: date) -> State:
    """What a period without a record is: still running, its record still to come in time, or without one."""
    if last >= day.as_of:
        return "ahead"
    return "awaited" if last + timedelta(day.rules.report_days) >= day.as_of else "missing"


def _held(day: Day, kept: Keeper) -> tuple[tuple[str, date], ...]:
    """What was done, as (period or "", day): an inspection belongs to its checkpoint, a meeting to the period that it fell in."""
    if kept == "reviews":
        return tuple(
            (key, each.day) for key, each in sorted(day.records.reviews.items()) if each.published <= day.known and each.day <= day.as_of
        )
    meetings = [("", each.held_on) for each in sessions(day.records, day.as_of, day.known) if each.kind == kept]
    gone = [("", held_on) for kind, held_on in removed_sessions(day.records, day.as_of, day.known) if kind == kept]
    return tuple(sorted({*meetings, *gone}))


def _calendar(plan: Plan, duty: Duty) -> Iterator[tuple[str, date, date]]:
    """The whole months or quarters from the first one to the end of the plan: its year's or its last checkpoint's, whichever is later."""
    end = max(date(plan.year, 12, 31), ends(plan.checkpoints[-1].id))
    months, year, first = (1 if duty.every == "month" else 3), *_start(duty, plan)
    while True:
        last = ends(f"{year}-{first + months - 1:02}")
        if last > end:
            return
        yield (f"{year}-{first:02}" if months == 1 else f"{year}-Q{first // 3 + 1}"), date(year, first, 1), last
        year, first = (year, first + months) if first + months <= 12 else (year + 1, 1)


def _start(duty: Duty, plan: Plan) -> tuple[int, int]:
    """The year and first month of a duty's first period; the document's own where none is written."""
    if duty.first is None:
        month = plan.document.dated.month
        return plan.document.dated.year, month if duty.every == "month" else (month - 1) // 3 * 3 + 1
    year, _, part = duty.first.partition("-")
    return int(year), (int(part[1:]) - 1) * 3 + 1 if part.startswith("Q") else int(part)


def _checkpoints(plan: Plan, duty: Duty) -> Iterator[tuple[str, date, date]]:
    """The checkpoints from the first one, each answered for until the next one ends; the last one as long as the one before it."""
    days = [ends(point.id) for point in plan.checkpoints]
    after = [*days[1:], days[-1] + (days[-1] - days[-2] if len(days) > 1 else timedelta(61))]
    for point, first, last in zip(plan.checkpoints, days, after, strict=True):
        if duty.first is None or point.id >= duty.first:
            yield point.id, first, last


def _funding(day: Day, duty: Duty) -> Iterator[Turn]:
    """Each checkpoint: of the tasks with a report, how many told what came in and what was spent."""
    for position, point in enumerate(day.promise.plan.checkpoints):
        if duty.first is not None and point.id < duty.first:
            continue
        filed = {n: [f for f in seen.filings if f.position == position] for n, seen in day.seen.items()}
        told = [n for n, filings in filed.items() if any(_says(each) for f in filings for each in f.report.funding)]
        whole, due = sum(bool(filings) for filings in filed.values()), report_due(day.promise, position, day.rules)
        state: State = "kept" if told else "ahead" if due >= day.as_of else "missing"
        yield Turn(point.id, ends(point.id), due, (), state, (len(told), whole))


def _says(funding: object) -> bool:
    return getattr(funding, "received", None) is not None and getattr(funding, "spent", None) is not None
