"""Calendars of what falls due: one whole-day event for each cell with a target, for all and for each lead unit (iCalendar, RFC 5545).

A plan that is over has none: nothing in it lies ahead.  An event keeps its name when the target changes; its SEQUENCE counts the changes,
so that a calendar that has it already moves it, or strikes it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone

from icalendar import Calendar, Event, vText

from scripts.ledger.model.promise import Ledger, Promise
from scripts.ledger.model.records import Revision
from scripts.ledger.phrases.formats import day_words, due_words, opening
from scripts.ledger.plan.schedule import due_days, ends
from scripts.ledger.series.day import Day
from scripts.ledger.series.freshness import closing_day
from scripts.ledger.verdict.obligations import duties
from scripts.ledger.verdict.terms import Duty, speaks_of
from scripts.pages import paths

from .feeds import FICTION, sayable, standing_words
from .tag_uris import tag

FILE = "due.ics"
"""A calendar's name, in the folder of the plan or of the unit's page."""
SHANGHAI = timezone(timedelta(hours=8))


@dataclass(frozen=True)
class Due:
    """One cell that falls due: its day as it counts now, whether it was dropped, the changes that speak of it."""

    task: int
    cell: int
    day: date
    dropped: bool
    changes: tuple[Revision, ...]


def has_calendar(day: Day) -> bool:
    """Whether anything of the plan lies ahead: its last checkpoint has not ended, and the plan is not closed."""
    return day.known <= ends(day.promise.plan.checkpoints[-1].id) and closing_day(day.records, day.known) is None


def calendar_files(ledger: Ledger, day: Day) -> Iterator[tuple[str, bytes]]:
    """The calendars of a plan: path and bytes."""
    if not has_calendar(day):
        return
    promise, found = day.promise, tuple(due(day))
    yield f"{promise.id}/{FILE}", calendar(ledger, day, "全部任务", found)
    for name in dated_units(promise):
        mine = [each for each in found if name in promise.tasks[each.task].lead]
        yield paths.unit_path(promise.id, ledger.units[name].slug) + FILE, calendar(ledger, day, name, mine)


def dated_units(promise: Promise) -> tuple[str, ...]:
    """The units with a calendar: those that lead a task with a target in some cell."""
    dated = (task for _, task in sorted(promise.tasks.items()) if any(cell.kind == "target" for cell in task.milestones))
    return tuple(dict.fromkeys(name for task in dated for name in task.lead))


def due(day: Day) -> Iterator[Due]:
    """Every cell with a target, by task.  A change moves it only with notice enough, as it does the judging."""
    for number, task in sorted(day.promise.tasks.items()):
        printed, seen = due_days(task, day.promise.plan), day.seen[number]
        original, now = (duties(day.promise, number, seen, day.rules, reading) for reading in ("original", "headline"))
        for index, cell in enumerate(task.milestones):
            if cell.kind == "target":
                owed = [duty for duty in original.all if duty.cell == index + 1]
                changes = tuple(each for each in seen.revisions if any(speaks_of(each, duty) for duty in owed))
                left = [duty for duty in now.all if duty.cell == index + 1]
                yield Due(number, index + 1, _day(left, changes, printed[index]), bool(left) and all(d.dropped for d in left), changes)


def _day(left: Iterable[Duty], changes: Iterable[Revision], printed: date) -> date:
    """The day of a cell: the new one where all that is left of it was moved to one day, else the one printed."""
    days = {duty.due for duty in left if not duty.dropped}
    return days.pop() if len(days) == 1 and any(each.change == "due" for each in changes) else printed


def calendar(ledger: Ledger, day: Day, words: str, found: Iterable[Due]) -> bytes:
    """A calendar of what falls due."""
    plan = day.promise.plan
    whole = Calendar()
    whole.add("prodid", "-//Livelihood Ledger//CN")
    whole.add("version", "2.0")
    whole.add("calscale", "GREGORIAN")
    whole.add("method", "PUBLISH")
    name = _plain(_fictional(ledger, f"{plan.county}{plan.year}年民生任务到期日：{words}"))
    whole.add("x-wr-calname", vText(name))  # a property that the library does not know as text, and would not escape
    for each in found:
        whole.add_component(_event(ledger, day, each))
    return bytes(whole.to_ical())


def _event(ledger: Ledger, day: Day, each: Due) -> Event:
    promise, task = day.promise, day.promise.tasks[each.task]
    event = Event()
    event.add("uid", tag(ledger, promise.plan.county, promise.id, f"tasks/{each.task:02}/cells/{each.cell}"))
    event.add("sequence", len(each.changes))
    event.add("dtstamp", _moment(max((promise.plan.document.dated, *(change.announced for change in each.changes)))))
    event.add("dtstart", each.day)
    event.add("dtend", each.day + timedelta(1))
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if each.dropped else "CONFIRMED")
    event.add("summary", _plain(_fictional(ledger, f"第{each.task}项 {task.title}：{opening(task.milestones[each.cell - 1].text)}")))
    event.add("description", _plain("\n".join(_description(ledger, day, each))))
    if base := ledger.settings.base_url:
        event.add("url", base.rstrip("/") + "/" + paths.task_path(promise.id, each.task) + f"#cell-{each.cell}")
    return event


def _description(ledger: Ledger, day: Day, each: Due) -> Iterator[str]:
    """The official words, by when, who leads; what was changed; whose words these are."""
    task, plan = day.promise.tasks[each.task], day.promise.plan
    yield f"文件原文：“{task.milestones[each.cell - 1].text}”"
    yield f"{due_words(task.milestones[each.cell - 1], due_days(task, plan)[each.cell - 1], plan)}。牵头：{'、'.join(task.lead)}。"
    for document, on in dict.fromkeys((change.document, change.announced) for change in each.changes):
        yield f"目标有调整：{document}，{day_words(on)}公布。原目标仍在网页上。"
    if each.dropped:
        yield "这个目标已取消。"
    yield f"出自《{plan.document.plan}》（{plan.document.number}）。{standing_words(ledger)}"


def _moment(day: date) -> datetime:
    """The beginning of a day in China, as the world's time."""
    return datetime.combine(day, time(), SHANGHAI).astimezone(UTC)


def _plain(text: str) -> str:
    """Text with no control character but the line break: nothing can begin a line of its own in the file."""
    return "".join(char if char == "\n" or char.isprintable() or char == "\u3000" else " " for char in sayable(text))


def _fictional(ledger: Ledger, title: str) -> str:
    return f"〔{FICTION}〕{title}" if ledger.settings.fictional else title
