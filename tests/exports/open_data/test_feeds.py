"""Feeds: real readers read them, names never change, nothing in the data can break out of them."""

from __future__ import annotations

import json
import re
import xml.dom.minidom
from datetime import date
from pathlib import Path
from typing import Any

import feedparser
import jsonschema
import pytest

from scripts.exports.calendars import calendar_files
from scripts.exports.feeds import ALL, ALL_JSON, CORRECTIONS, Entry, Feed, atom, feed_files, feeds, json_feed
from scripts.ledger.model.promise import Ledger
from scripts.ledger.series.chronicle import chronicle
from scripts.ledger.series.day import day_of
from scripts.store.load import load

from ...canaries import CANARIES
from ...conftest import DATA, MID_YEAR
from .county import AUTUMN, HOSTILE, at, moved

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
def written(sample: Ledger) -> dict[str, str]:
    """Every feed of the fictional county in autumn."""
    return dict(feed_files(sample, at(sample, AUTUMN)))


def entries(text: str) -> list[Any]:
    return list(feedparser.parse(text.encode()).entries)


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
    corrections = {f"{sample.current.plan.county}", *(each.id for each in chronicle(day).corrections)}
    assert len(entries(written[CORRECTIONS])) == len(corrections) - 1 > 0
    assert len(entries(written[ALL])) == len(chronicle(day).all)


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
