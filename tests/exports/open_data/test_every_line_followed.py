"""No word of a feed or a calendar is unwatched: each equals what is derived a second time, and one word, attribute or line spoilt is found."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from . import followed
from .test_every_key import faults, spoilt


def atom_at(site: Path, path: str) -> ElementTree.Element:
    """A feed, as published."""
    return ElementTree.fromstring((site / path).read_text(encoding="utf-8"))


def test_every_feed_says_what_the_table_of_changes_says(demo_site: Path) -> None:
    """Atom and JSON: names, titles, days, addresses, words, each entry in each feed that it belongs to, and no feed besides."""
    due = followed.atom_feeds(demo_site)
    there = {each.relative_to(demo_site).as_posix() for each in demo_site.rglob("*.xml") if each.name != "sitemap.xml"}
    assert there == set(due)
    for path, feed in due.items():
        assert followed.parts(atom_at(demo_site, path)) == followed.parts(feed), path
    assert faults("", json.loads((demo_site / "feeds/all.json").read_text(encoding="utf-8")), followed.json_feed(demo_site)) == []


def _spoilt_atom(root: ElementTree.Element) -> Iterator[str]:
    """One fault after another, each undone: every element but the entries after the first left out, every word and attribute changed."""
    entries = root.findall(f"{followed.ATOM}entry")
    for parent in (root, *root.iter(f"{followed.ATOM}author"), entries[0]):
        for i, each in enumerate(list(parent)):
            if each in entries[1:]:
                continue
            parent.remove(each)
            yield f"without {each.tag}"
            parent.insert(i, each)
            for name, value in each.attrib.items():
                each.set(name, value + "x")
                yield f"{each.tag} {name}"
                each.set(name, value)
            if each.text and each.text.strip():
                text, each.text = each.text, each.text + "x"
                yield each.tag
                each.text = text


def test_each_word_of_a_feed_that_is_spoilt_is_found(demo_site: Path) -> None:
    """Of the feed of all and of one task's, and of the JSON feed."""
    due, counted = followed.atom_feeds(demo_site), 0
    for path in ("feeds/all.xml", "2023/tasks/02/feed.xml"):
        feed, said = atom_at(demo_site, path), followed.parts(due[path])
        for fault in _spoilt_atom(feed):
            counted += 1
            assert followed.parts(feed) != said, f"{path}: {fault}"
        assert followed.parts(feed) == said
    whole, said_too = json.loads((demo_site / "feeds/all.json").read_text(encoding="utf-8")), followed.json_feed(demo_site)
    for fault in spoilt(whole):
        counted += 1
        assert whole != said_too, fault
    assert counted > 80


def test_every_calendar_says_what_the_milestones_and_the_changes_say(demo_site: Path) -> None:
    """Each property of each event, unfolded and unescaped by hand; a calendar program finds as many events and does not complain."""
    due = followed.calendars(demo_site)
    assert {each.relative_to(demo_site).as_posix() for each in demo_site.rglob("*.ics")} == set(due)
    for path, (own, events) in due.items():
        data = (demo_site / path).read_bytes()
        assert followed.calendar_parts(data.decode("utf-8")) == (own, events), path
        assert followed.read_by_program(data) == len(events) > 0


def test_each_line_of_a_calendar_that_is_spoilt_is_found(demo_site: Path) -> None:
    """Left out, or with another value: of the calendar itself and of its first event."""
    path, counted = "2023/due.ics", 0
    data, due = (demo_site / path).read_bytes().decode("utf-8"), followed.calendars(demo_site)[path]
    first = data[: data.index("END:VEVENT")]
    for found in re.finditer(r"^(?!BEGIN)[A-Z-]+[;:].*\r\n(?: .*\r\n)*", first, re.M):
        for instead in ("", found[0].removesuffix("\r\n") + "1\r\n"):
            counted += 1
            assert followed.calendar_parts(data[: found.start()] + instead + data[found.end() :]) != due, found[0]
    assert counted == 2 * (5 + 10)
