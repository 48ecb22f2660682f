"""Who owes what by when, on a day: reports overdue, awaited and next; open problems; 暂缓 to be reviewed; meetings; decisions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from ..phrases.formats import day_words, month_words, period_words
from ..verdict.evidence import troubles
from .day import Day
from .mechanisms import turns
from .meetings import sessions
from .reporting import Filed, reporting

Urgency = Literal["overdue", "due", "ahead"]
"""The day has passed; it is near (the checkpoint or period has ended); it lies ahead."""


@dataclass(frozen=True)
class Owed:
    """One thing that `unit` owes by `day`; `words` say what, `command` starts it ("" where no one command does)."""

    unit: str
    day: date
    urgency: Urgency
    words: str
    command: str


def agenda(day: Day) -> tuple[Owed, ...]:
    """All that is owed on the day, by unit, the oldest first; nothing before reporting has opened or after the plan has closed."""
    if not day.opened or closed(day):
        return ()
    found = (*_reports(day), *_problems(day), *_suspensions(day), *_decisions(day), *_meetings(day))
    return tuple(sorted(found, key=lambda each: (each.unit, each.day, each.words)))


def closed(day: Day) -> bool:
    """Whether the plan has closed: from then on nothing is owed."""
    return day.as_of < day.known


def _urgency(day: Day, last: date) -> Urgency:
    return "overdue" if last < day.as_of else "due" if last - timedelta(day.rules.report_days) <= day.as_of else "ahead"


def _reports(day: Day) -> Iterator[Owed]:
    """The required reports that are not there: overdue, awaited, and of those ahead the next one."""
    for number, task in sorted(day.promise.tasks.items()):
        filed = [_unless_spoken(day, number, *each) for each in enumerate(reporting(day.promise, number, day.seen[number], day.rules))]
        ahead = [each for each in filed if each.fate == "ahead"][:1]
        for each in [*(each for each in filed if each.fate in ("missing", "awaited")), *ahead]:
            what = f"改到{day_words(each.moved_to)}的目标" if each.moved_to else f"{month_words(each.checkpoint)}节点"
            words = f"第{number}项 {task.title}：{what}的报告"
            for unit in task.lead:
                yield Owed(unit, each.due, _urgency(day, each.due), words, f"report {number} {each.checkpoint}")


def _unless_spoken(day: Day, number: int, position: int, filed: Filed) -> Filed:
    """A report that came before the due day of something that it leaves open is still awaited: the history's cell says so."""
    cells = day.histories[number]
    waits = position < len(cells) and any(label.kind == "awaiting_report" for label in cells[position].labels)
    return replace(filed, fate="awaited") if waits and filed.fate == "on_time" else filed


def _problems(day: Day) -> Iterator[Owed]:
    for each in troubles(day.records, None, day.as_of, day.known):
        if each.open:
            words = f"问题 {each.id} {each.found.description}（第{each.found.task}项）：整改"
            yield Owed(each.found.owner, each.rectify_by, _urgency(day, each.rectify_by), words, f"problem {each.id}")


def _suspensions(day: Day) -> Iterator[Owed]:
    """暂缓 in force, by the day of their review; the last one of a task speaks."""
    for number, task in sorted(day.promise.tasks.items()):
        running = [each for each in day.seen[number].suspensions if each.review_by >= day.as_of]
        for unit in task.lead if running else ():
            last = max(each.review_by for each in running)
            yield Owed(unit, last, _urgency(day, last), f"第{number}项 {task.title}：暂缓到期复查", f"event suspension {number}")


def _decisions(day: Day) -> Iterator[Owed]:
    for session in sessions(day.records, day.as_of, day.known):
        for item in session.items:
            if item.state == "open" and item.due:
                kind = f"meeting {session.kind} {session.held_on}"
                words = f"{day_words(session.held_on)}调度会议定：{item.text}"
                yield Owed(item.owner, item.due, _urgency(day, item.due), words, kind)


MACHINERY = "机制（会议、督查）"


def _meetings(day: Day) -> Iterator[Owed]:
    """Meetings and inspections that have no record yet: of the periods that are over all, of those ahead the next."""
    for mechanism in day.promise.plan.mechanisms:
        for duty in mechanism.duties:
            ahead = 1
            for turn in turns(day, duty) if duty.every and not duty.id.startswith("funding") else ():
                ahead -= turn.state == "ahead"
                if turn.state in ("missing", "awaited") or (turn.state == "ahead" and ahead == 0):
                    last = turn.last + timedelta(day.rules.report_days)
                    command = f"review {turn.period}" if duty.every == "checkpoint" else ""
                    yield Owed(
                        MACHINERY, last, _urgency(day, last), f"第{mechanism.number}项 {duty.name}：{period_words(turn.period)}", command
                    )
