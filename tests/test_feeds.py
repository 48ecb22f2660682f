"""Feeds and calendars: real readers read them, names never change, nothing in the data can break out of them."""

from __future__ import annotations

import json
import re
import xml.dom.minidom
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import feedparser
import icalendar
import jsonschema
import pytest

from scripts.calendars import calendar, calendar_files, due, has_calendar
from scripts.feeds import ALL, ALL_JSON, CORRECTIONS, Entry, Feed, atom, feed_files, feeds, json_feed
from scripts.ledger.day import Day, day_of
from scripts.ledger.model import Ledger
from scripts.ledger.schedule import ends
from scripts.ledger.testimony.records import Closed
from scripts.load import load

from .conftest import DATA, MID_YEAR, SAMPLE
from .test_canary import CANARIES

AUTUMN = date(2023, 11, 1)
"""Late enough that targets of the fictional county were moved, changed and dropped."""
HOSTILE = "".join(CANARIES) + "]]> &amp; \x00\x08\x1b\ufffe\udc80 <![CDATA[ \r\nBEGIN:VALARM\r\nTRIGGER:-PT1M\r\nEND:VALARM\u2028\x85,;\\n:"
"""What the checks refuse, for the day on which one of them fails."""

FEED = {
    "type": "object",
    "required": ["version", "title", "items", "feed_url", "home_page_url"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string", "minLength": 1},
        "home_page_url": {"type": "string", "pattern": "^https?://"},
        "feed_url": {"type": "string", "pattern": "^https?://"},
        "description": {"type": "string"},
        "language": {"type": "string"},
        "authors": {"type": "array", "items": {"type": "object", "required": ["name"]}},
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "url", "content_text", "date_published", "date_modified"],
                "properties": {
                    "id": {"type": "string", "pattern": "^tag:"},
                    "url": {"type": "string", "pattern": "^https?://"},
                    "title": {"type": "string"},
                    "content_text": {"type": "string", "minLength": 1},
                    "date_published": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$"},
                    "tags": {"type": "array", "items": {"type": "string"}},
                },
                "additionalProperties": {"type": "string"},
            },
        },
    },
    "additionalProperties": False,
}
"""JSON Feed 1.1, as far as we use it."""


@pytest.fixture(scope="module")
def sample() -> Ledger:
    ledger = load(SAMPLE).ledger
    assert ledger is not None
    return ledger


def at(ledger: Ledger, day: date) -> dict[str, Day]:
    return {plan: day_of(ledger, plan, day) for plan in ledger.promises}


def moved(ledger: Ledger, **settings: Any) -> Ledger:
    """The same county, with other settings."""
    return ledger.model_copy(update={"settings": ledger.settings.model_copy(update=settings)})


@pytest.fixture(scope="module")
def written(sample: Ledger) -> dict[str, str]:
    """Every feed of the fictional county in autumn."""
    return dict(feed_files(sample, at(sample, AUTUMN)))


def entries(text: str) -> list[Any]:
    return list(feedparser.parse(text.encode()).entries)


# ---------------------------------------------------------------- feeds


def test_a_real_reader_reads_every_feed_without_complaint(written: dict[str, str]) -> None:
    """Atom with a name, a title, an author, links and days for the feed and every entry; names are unique within a feed."""
    for path, text in written.items():
        if path.endswith(".xml"):
            read_whole(path, text)


def read_whole(path: str, text: str) -> None:
    """A feed as its reader needs it, or this fails."""
    read = feedparser.parse(text.encode())
    assert not read.bozo and read.version == "atom10", path
    assert read.feed.get("id", "").startswith("tag:") and read.feed.get("title") and read.feed.get("author") and read.feed.get("updated")
    assert {link.rel for link in read.feed.links} == {"self", "alternate"}
    assert next(link.href for link in read.feed.links if link.rel == "self").endswith("/" + path)
    assert len({entry.get("id") for entry in read.entries}) == len(read.entries)
    for entry in read.entries:
        assert entry.get("id", "").startswith("tag:") and entry.get("title") and dict.get(entry, "updated") and entry.content[0].value
        assert re.fullmatch(r"https://www\.example\.org/yangli/[^ ]+", entry.get("link", ""))


@pytest.mark.parametrize("key", ["id", "title", "updated", "content", "author", "feed", "link"])
def test_an_atom_feed_with_a_spoilt_key_is_noticed(written: dict[str, str], key: str) -> None:
    """So the reading above is one that can fail: the last such element under another name, or the only one closed wrongly; one name twice."""
    text = written[ALL]
    at = text.rindex(f"<{key}")
    renamed = text[:at] + text[at:].replace(f"<{key}", f"<x{key}", 1).replace(f"</{key}>", f"</x{key}>", 1)
    wrong = [renamed, text[:at] + text[at:].replace("/>" if key == "link" else f"</{key}>", ">", 1)]
    names = re.findall(r"<id>(tag:[^<]*)</id>", text)
    wrong += [text.replace(names[-1], names[-2])] if key == "id" else []
    for each in wrong:
        assert each != text
        with pytest.raises((AssertionError, AttributeError, StopIteration)):
            read_whole(ALL, each)


def test_the_feeds_are_told_of_all_each_task_each_unit_and_corrections(sample: Ledger, written: dict[str, str]) -> None:
    promise = sample.current
    assert {ALL, ALL_JSON, CORRECTIONS} < set(written)
    assert {f"{promise.id}/tasks/{number:02}/feed.xml" for number in promise.tasks} < set(written)
    leads = {sample.units[name].slug for task in promise.tasks.values() for name in task.lead}
    assert {f"{promise.id}/units/{slug}/feed.xml" for slug in leads} <= set(written)
    day = day_of(sample, promise.id, AUTUMN)
    corrections = {f"{sample.current.plan.county}", *(each.id for each in day.chronicle.corrections)}
    assert len(entries(written[CORRECTIONS])) == len(corrections) - 1 > 0
    assert len(entries(written[ALL])) == len(day.chronicle.all)


def test_the_json_feed_says_the_same_as_the_atom_feed(written: dict[str, str]) -> None:
    whole = json.loads(written[ALL_JSON])
    jsonschema.validate(whole, FEED)
    atom_entries = [(e.id, e.title, e.content[0].value, e.updated, e.link) for e in entries(written[ALL])]
    assert [(e["id"], e["title"], e["content_text"], e["date_modified"], e["url"]) for e in whole["items"]] == atom_entries


@pytest.mark.parametrize("key", ["version", "title", "items", "feed_url"])
def test_a_json_feed_without_a_key_is_noticed(written: dict[str, str], key: str) -> None:
    """So the schema above is one that can fail."""
    whole = json.loads(written[ALL_JSON])
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({name: value for name, value in whole.items() if name != key}, FEED)
    whole["items"][0].pop("id")
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(whole, FEED)


def test_names_stay_when_the_site_moves_and_when_more_is_known(sample: Ledger) -> None:
    """The address is no part of a name; a later day adds entries and changes none."""
    then = dict(feed_files(sample, at(sample, MID_YEAR)))
    elsewhere = dict(feed_files(moved(sample, base_url="https://elsewhere.example.net/a/b/"), at(sample, MID_YEAR)))
    later = dict(feed_files(sample, at(sample, AUTUMN)))
    assert set(then) == set(elsewhere) <= set(later)
    for path in then:
        if path.endswith(".xml"):
            assert [e.id for e in entries(then[path])] == [e.id for e in entries(elsewhere[path])]
            assert "example.org" not in " ".join(e.id for e in entries(then[path]))
            old, new = ({e.id: (e.title, e.updated, e.content[0].value) for e in entries(each[path])} for each in (then, later))
            assert old.items() <= new.items(), path
    assert len(entries(later[ALL])) > len(entries(then[ALL]))


def test_a_publisher_may_put_a_domain_of_its_own_in_front(sample: Ledger) -> None:
    own = moved(sample, feed_tag="ledger.example.net,2026")
    assert all(feed.id.startswith("tag:ledger.example.net,2026:") for feed in feeds(own, at(own, MID_YEAR)))


def test_a_site_without_an_address_has_no_feeds(sample: Ledger) -> None:
    """There is nowhere to fetch them from."""
    nowhere = moved(sample, base_url=None)
    assert not dict(feed_files(nowhere, at(nowhere, AUTUMN)))


def test_a_plan_without_data_has_one_feed_that_says_that_it_is_there() -> None:
    """So that whoever subscribes now hears of the first report; no empty feeds beside it, and no calendar of days gone by."""
    ledger = load(DATA).ledger
    assert ledger is not None
    here, day = moved(ledger, base_url="https://ledger.example.org/"), day_of(ledger, ledger.current.id, date(2026, 11, 23))
    written = dict(feed_files(here, {ledger.current.id: day}))
    assert set(written) == {ALL, ALL_JSON}
    assert [entry.category for entry in entries(written[ALL])] == ["promise"]
    assert not list(calendar_files(here, day))


def test_fiction_and_the_publisher_are_named_in_every_entry(sample: Ledger, written: dict[str, str]) -> None:
    """An entry travels without its feed."""
    for text in written.values():
        for entry in json.loads(text)["items"] if text.startswith("{") else entries(text):
            assert "虚构演示" in entry["title"]
            assert "虚构演示" in (entry.get("content_text") or entry["content"][0]["value"])
    publisher = sample.settings.publisher.model_copy(update={"kind": "independent"})
    ours = moved(sample, fictional=None, publisher=publisher)
    for entry in entries(dict(feed_files(ours, at(ours, AUTUMN)))[ALL]):
        assert "本站不是政府网站" in entry.content[0].value and "虚构演示" not in entry.title


def test_a_tombstone_replaces_the_entry_that_it_removes(sample: Ledger) -> None:
    """Under the same name, with a later day, without a word of what it said."""
    text = dict(feed_files(sample, at(sample, AUTUMN)))["2023/tasks/10/feed.xml"]
    (entry,) = (e for e in entries(text) if e.category == "withdrawal")
    assert entry.id.endswith("/2023/reports/2023-03/10") and entry.published < entry.updated
    assert "已撤下" in entry.content[0].value


# ---------------------------------------------------------------- hostile text


def hostile(ledger: Ledger) -> tuple[Ledger, Feed]:
    """A feed whose every text is hostile, past all checks."""
    day = date(2023, 5, 1)
    entry = Entry("tag:a.example,2023:1", HOSTILE, "2023/", day, day, HOSTILE, "report")
    bad = moved(ledger, publisher=ledger.settings.publisher.model_copy(update={"name": HOSTILE}), licence=HOSTILE)
    return bad, Feed(ALL, "tag:a.example,2023:all", HOSTILE, "changes/", day, (entry,))


def test_hostile_text_stays_text_in_atom(sample: Ledger) -> None:
    """Well-formed whatever it says; no element of its own; what XML cannot hold is shown as missing."""
    bad, feed = hostile(sample)
    text = atom(bad, feed)
    document = xml.dom.minidom.parseString(text.encode())
    names = {element.tagName for element in document.getElementsByTagName("*")}
    assert names == {
        *["feed", "id", "title", "subtitle", "updated", "link", "author", "name", "rights", "entry", "published", "category", "content"]
    }
    content = document.getElementsByTagName("content")[0].firstChild
    assert content is not None and all(canary in (content.nodeValue or "") for canary in CANARIES)
    assert "]]>" in (content.nodeValue or "") and "�" in (content.nodeValue or "")
    assert not feedparser.parse(text.encode()).bozo


def test_hostile_text_stays_text_in_json(sample: Ledger) -> None:
    """The same texts come back, but for what cannot be written at all."""
    whole = json.loads(json_feed(*hostile(sample)).encode())
    jsonschema.validate(whole, FEED)
    assert all(canary in whole["items"][0]["content_text"] for canary in CANARIES)


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


# ---------------------------------------------------------------- calendars


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
        assert f"「{text}」" in words


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


# ---------------------------------------------------------------- on the site


def test_pages_name_their_feeds_in_the_head_and_in_words(demo_site: Path) -> None:
    """A task, a unit, the record of updates; every feed and calendar that a page names is there."""
    for page, own in (("2023/tasks/02", "第2项的更新"), ("2023/units/jiaowei", "样例县教委的更新"), ("changes", "只看更正")):
        html = (demo_site / page / "index.html").read_text(encoding="utf-8")
        head, _, body = html.partition("<body")
        assert own in body and own in head
        for href in re.findall(r'(?:rel="alternate" type="[^"]+" title="[^"]+" href="([^"]+)"|href="([^"]+\.(?:xml|ics|json))")', html):
            assert (demo_site / page / (href[0] or href[1])).resolve().is_file()


def test_the_site_holds_just_the_feeds_that_the_data_give(demo_site: Path, sample: Ledger) -> None:
    """As written above, byte for byte, with the address of the build."""
    here = moved(sample, base_url="https://demo.example.org/")
    days = at(here, MID_YEAR)
    expected: dict[str, str | bytes] = {**dict(feed_files(here, days)), **dict(calendar_files(here, days["2023"]))}
    for path, text in expected.items():
        assert (demo_site / path).read_bytes() == (text.encode() if isinstance(text, str) else text), path
    feeds_there = {
        p.relative_to(demo_site).as_posix() for p in demo_site.rglob("*") if p.name in ("feed.xml", "due.ics") or p.parent.name == "feeds"
    }
    assert feeds_there == set(expected)
