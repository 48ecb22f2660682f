"""Calendars: a calendar program reads them, an event keeps its name when its target changes, nothing in the data can break out of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import icalendar
import pytest

from scripts.exports.calendars import calendar, calendar_files, due, has_calendar
from scripts.ledger.model.promise import Ledger
from scripts.ledger.model.records import Closed
from scripts.ledger.plan.schedule import ends
from scripts.ledger.series.day import Day, day_of

from ...canaries import CANARIES
from ...conftest import MID_YEAR
from .county import AUTUMN, HOSTILE


def events(data: bytes) -> Iterator[Any]:
    """The events of a calendar, as a calendar program reads them."""
    whole = icalendar.Calendar.from_ical(data)
    assert not whole.errors
    for event in whole.walk("VEVENT"):
        assert not event.errors
        yield event


@pytest.fixture(scope="module")
def calendars(sample: Ledger) -> dict[str, bytes]:
    return dict(calendar_files(sample, day_of(sample, sample.current.id, AUTUMN)))


def test_a_calendar_program_reads_every_calendar(sample: Ledger, calendars: dict[str, bytes]) -> None:
    """Whole days, a name, a stamp and a place on the site for each; no alarm; names are unique."""
    for data in calendars.values():
        found = list(events(data))
        assert len({event["uid"] for event in found}) == len(found) > 0
        for event in found:
            start, end = event["dtstart"].dt, event["dtend"].dt
            assert type(start) is date and end - start == timedelta(1) and event["dtstamp"].dt <= event["dtstamp"].dt.replace(year=2024)
            assert str(event["url"]).startswith("https://www.example.org/yangli/2023/tasks/") and not event.subcomponents
            assert "虚构演示" in str(event["summary"]) and "虚构演示" in str(event["description"])
        assert all(len(line) <= 75 for line in data.split(b"\r\n"))


def test_every_target_is_in_the_calendar_in_the_official_words(sample: Ledger, calendars: dict[str, bytes]) -> None:
    targets = {
        (number, cell): task.milestones[cell - 1].text
        for number, task in sample.current.tasks.items()
        for cell in range(1, len(task.milestones) + 1)
        if task.milestones[cell - 1].kind == "target"
    }
    found = {str(event["uid"]).split(":")[-1]: str(event["description"]) for event in events(calendars["2023/due.ics"])}
    assert len(found) == len(targets)
    for (number, cell), text in targets.items():
        words = next(words for uid, words in found.items() if uid.endswith(f"/tasks/{number:02}/cells/{cell}"))
        assert f"“{text}”" in words


def test_a_unit_gets_what_it_leads(sample: Ledger, calendars: dict[str, bytes]) -> None:
    for name, unit in sample.units.items():
        tasks = sample.current.tasks.items()
        mine = {number for number, task in tasks if name in task.lead and any(cell.kind == "target" for cell in task.milestones)}
        path = f"2023/units/{unit.slug}/due.ics"
        assert (path in calendars) == bool(mine)
        if mine:
            assert {int(str(event["uid"]).split("/tasks/")[1][:2]) for event in events(calendars[path])} <= mine


def test_a_changed_target_keeps_its_name_and_counts_its_changes(sample: Ledger, calendars: dict[str, bytes]) -> None:
    """A dropped one is struck out; one whose deliverable alone was moved stays on its day and says so; untouched ones count none."""
    before = {str(e["uid"]): e for e in events(dict(calendar_files(sample, day_of(sample, "2023", date(2023, 5, 1))))["2023/due.ics"])}
    after = {str(e["uid"]): e for e in events(calendars["2023/due.ics"])}
    assert set(before) == set(after) and all(e["sequence"] == 0 for e in before.values())
    changed = {uid.split("/2023/")[1]: e for uid, e in after.items() if e["sequence"]}
    assert {"tasks/05/cells/3", "tasks/05/cells/4", "tasks/05/cells/5", "tasks/06/cells/5", "tasks/02/cells/3"} <= set(changed)
    assert changed["tasks/05/cells/3"]["status"] == "CANCELLED" and changed["tasks/02/cells/3"]["status"] == "CONFIRMED"
    assert changed["tasks/02/cells/3"]["dtstamp"].dt > before[next(u for u in before if u.endswith("tasks/02/cells/3"))]["dtstamp"].dt
    assert "目标有调整：样例府办〔2023〕0-22号" in str(changed["tasks/06/cells/5"]["description"])


@pytest.mark.parametrize("line", ["UID:", "DTSTAMP:", "DTSTART;VALUE=DATE:", "SEQUENCE:"])
def test_a_calendar_with_a_broken_line_is_noticed(calendars: dict[str, bytes], line: str) -> None:
    """So the reading above is one that can fail."""
    broken = re.sub(rf"^{re.escape(line)}.*$".encode(), f"{line}：".encode(), calendars["2023/due.ics"], count=1, flags=re.M)
    broken = re.sub(rb"^UID:.*\n( .*\n)*", b"", calendars["2023/due.ics"], count=1, flags=re.M) if line == "UID:" else broken
    with pytest.raises((AssertionError, ValueError, KeyError)):
        for event in events(broken):
            assert all((event["uid"], event["dtstamp"].dt, event["dtstart"].dt, event["sequence"] >= 0))


def test_a_plan_that_is_over_has_no_calendar(sample: Ledger) -> None:
    """Neither after its last checkpoint nor after it was closed."""
    last, records = ends(sample.current.plan.checkpoints[-1].id), sample.records["2023"]
    closed = Closed(type="closed", closed_on=date(2023, 10, 9), published=date(2023, 10, 10))

    def has(day: date, *events: Closed) -> bool:
        others = {key: event for key, event in records.events.items() if not isinstance(event, Closed)}
        own = records.model_copy(update={"events": others | {f"closed-{i}": event for i, event in enumerate(events)}})
        return has_calendar(day_of(sample.model_copy(update={"records": {"2023": own}}), "2023", day))

    assert has(last) and not has(last + timedelta(1))
    assert has(closed.closed_on, closed) and not has(closed.published, closed)


def test_no_text_begins_a_line_of_its_own_in_a_calendar(sample: Ledger) -> None:
    """A line break, a return, a separator: all stay inside the text; no alarm, no second event.  A long text is cut in the title, whole in
    the words."""
    day = day_of(sample, sample.current.id, MID_YEAR)
    task = day.promise.tasks[1]
    cell = task.milestones[0].model_copy(update={"text": HOSTILE})
    bad = task.model_copy(update={"title": HOSTILE, "lead": (HOSTILE,), "milestones": (cell, *task.milestones[1:])})
    promise = day.promise.model_copy(update={"tasks": {1: bad}})
    found = [each for each in due(day) if each.task == 1]
    data = calendar(sample, Day(promise, day.records, day.rules, day.publisher, day.known), HOSTILE, found)
    lines = data.decode().split("\r\n")
    assert {line for line in lines if line.startswith("BEGIN")} == {"BEGIN:VCALENDAR", "BEGIN:VEVENT"}
    assert lines.count("BEGIN:VEVENT") == len(found) and not [line for line in lines if re.search(r"[\x00-\x08\x0a-\x1f\x7f-\x9f]", line)]
    (first, *_) = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert all(canary in str(first["summary"]) for canary in CANARIES)
    assert len(HOSTILE) > 46 and str(first["summary"]).endswith("……") and all(canary in str(first["description"]) for canary in CANARIES)
