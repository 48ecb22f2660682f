"""Atom and JSON feeds of what happened in public: which exist, what they say, how they are written.

Atom: RFC 4287; JSON Feed: version 1.1.  All dates and names come from the data, so the same commit gives the same bytes, and nothing that
was told ever changes but by a tombstone.  A feed is fetched from an address: a site without one has none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from xml.etree import ElementTree

from scripts.ledger.model.promise import Ledger
from scripts.ledger.phrases import voices
from scripts.ledger.phrases.formats import month_words, quoted
from scripts.ledger.plan import units as pages
from scripts.ledger.series.chronicle import chronicle
from scripts.ledger.series.day import Day
from scripts.ledger.series.happenings import Happening
from scripts.pages import paths

from .tag_uris import tag

ALL, ALL_JSON, CORRECTIONS = "feeds/all.xml", "feeds/all.json", "feeds/corrections.xml"
FILE = "feed.xml"
"""The name of a task's and a unit's feed, in the folder of its page."""
NEWEST = 200
"""How many entries a feed holds at most: those before are in the pages and the downloads."""
UNSAYABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, escaped or not."""
FICTION = "虚构演示"


@dataclass(frozen=True)
class Entry:
    """One entry: its name for ever, title, the path of its page and anchor, its days, its text, what kind it is."""

    id: str
    title: str
    path: str
    published: date
    updated: date
    text: str
    kind: str


@dataclass(frozen=True)
class Feed:
    """One feed: where it lies, its name for ever, its title, the page that it accompanies, the day of its newest entry (of the plan, where
    there is none), its entries, newest first."""

    path: str
    id: str
    title: str
    page: str
    updated: date
    entries: tuple[Entry, ...]


def feeds(ledger: Ledger, days: Mapping[str, Day]) -> Iterator[Feed]:
    """Every feed.  Of everything: from the day the plan is public, so that whoever subscribes hears of the first report.  Of corrections, of
    each task and of each lead unit: once reporting has opened, whether or not there is an entry yet, so that an address never goes."""
    if not ledger.settings.base_url:
        return
    yield _feed(ledger, days, ALL, "feeds/all", "全部更新", "changes/", _entries(ledger, days.values()))
    if any(day.opened for day in days.values()):
        found = (entry for entry in _entries(ledger, days.values()) if entry.kind == "correction")
        yield _feed(ledger, days, CORRECTIONS, "feeds/corrections", "更正", "changes/", found)
    for day in days.values():
        if day.opened:
            yield from _of_tasks(ledger, day)
            yield from _of_units(ledger, day)


def _of_tasks(ledger: Ledger, day: Day) -> Iterator[Feed]:
    plan = day.promise.id
    for number, task in sorted(day.promise.tasks.items()):
        found, page = chronicle(day).of_task(number), paths.task_path(plan, number)
        words = f"第{number}项 {task.title}"
        yield _feed(ledger, {plan: day}, page + FILE, f"{plan}/tasks/{number:02}", words, page, (_entry(ledger, day, h) for h in found))


def _of_units(ledger: Ledger, day: Day) -> Iterator[Feed]:
    plan = day.promise.id
    for name in followed_units(day):
        found, page = chronicle(day).of_unit(name), paths.unit_path(plan, ledger.units[name].slug)
        id = f"{plan}/units/{ledger.units[name].slug}"
        yield _feed(ledger, {plan: day}, page + FILE, id, name, page, (_entry(ledger, day, h) for h in found))


def followed_units(day: Day) -> tuple[str, ...]:
    """The units with a feed: those of the plan that lead a task, or that anything public names."""
    leads = {name for task in day.promise.tasks.values() for name in task.lead}
    return tuple(name for name in pages.plan_units(day.promise) if name in leads or name in chronicle(day).units)


def _feed(ledger: Ledger, days: Mapping[str, Day], path: str, id: str, words: str, page: str, entries: Iterable[Entry]) -> Feed:
    found = tuple(entries)[:NEWEST]
    plan, year = ledger.current.plan, f"{max(day.promise.plan.year for day in days.values())}年"
    title = f"{plan.county}民生台账{year if len(days) == 1 else ''}：{words}"
    begun = max(day.promise.plan.document.dated for day in days.values())
    name = tag(ledger, plan.county, id)
    return Feed(path, name, _fictional(ledger, title), page, max((each.updated for each in found), default=begun), found)


def _entries(ledger: Ledger, days: Iterable[Day]) -> list[Entry]:
    """The entries of all plans, newest first."""
    found = [_entry(ledger, day, each) for day in days for each in chronicle(day).all]
    return sorted(found, key=lambda entry: entry.updated, reverse=True)


def _entry(ledger: Ledger, day: Day, happening: Happening) -> Entry:
    promise, word = day.promise, happening.word(day.publisher)
    return Entry(
        id=tag(ledger, promise.plan.county, promise.id, happening.id),
        title=_fictional(ledger, f"{word}：{subject(day, happening)}"),
        path=paths.happening_path(promise.id, happening),
        published=happening.published,
        updated=happening.updated,
        text="\n".join(_text(ledger, day, happening)),
        kind=happening.kind,
    )


def subject(day: Day, happening: Happening) -> str:
    """What a happening is about: 第2项 技能培训；第2、7项；the checkpoint; else the plan."""
    tasks, plan = happening.tasks, day.promise.plan
    if len(tasks) == 1:
        return f"第{tasks[0]}项 {day.promise.tasks[tasks[0]].title}"
    if tasks:
        return f"第{'、'.join(map(str, tasks))}项"
    return month_words(happening.checkpoint) if happening.checkpoint else f"{plan.county}{plan.year}年民生计划"


def _text(ledger: Ledger, day: Day, happening: Happening) -> Iterator[str]:
    """Our sentences, the record's own words, the small print, and whose words these are: an entry travels without its page."""
    yield from happening.sentences
    if happening.quote:
        yield quoted(happening.quote)
    if happening.small:
        yield happening.small
    yield standing_words(ledger)


def standing_words(ledger: Ledger) -> str:
    """Who speaks, in whatever leaves the site."""
    publisher, county = ledger.settings.publisher, ledger.current.plan.county
    if ledger.settings.fictional:
        return f"{FICTION}：{county}的一切都是编的。"
    return voices.IDENTITY.fill(publisher.kind, name=publisher.name or "〔发布者待填〕")


def _fictional(ledger: Ledger, title: str) -> str:
    return f"〔{FICTION}〕{title}" if ledger.settings.fictional else title


# ---------------------------------------------------------------- writing


def feed_files(ledger: Ledger, days: Mapping[str, Day]) -> Iterator[tuple[str, str]]:
    """The files of the feeds: path and text."""
    for feed in feeds(ledger, days):
        yield feed.path, atom(ledger, feed)
        if feed.path == ALL:
            yield ALL_JSON, json_feed(ledger, feed)


def atom(ledger: Ledger, feed: Feed) -> str:
    """A feed as Atom."""
    root = ElementTree.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": "zh-CN"})
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    _add(root, "subtitle", standing_words(ledger))
    _add(root, "updated", stamp(feed.updated))
    _add(root, "link", rel="self", type="application/atom+xml", href=_absolute(ledger, feed.path))
    _add(root, "link", rel="alternate", type="text/html", href=_absolute(ledger, feed.page))
    _add(_add(root, "author"), "name", author(ledger))
    _add(root, "rights", ledger.settings.licence)
    for entry in feed.entries:
        mine = _add(root, "entry")
        _add(mine, "id", entry.id)
        _add(mine, "title", entry.title)
        _add(mine, "published", stamp(entry.published))
        _add(mine, "updated", stamp(entry.updated))
        _add(mine, "link", rel="alternate", type="text/html", href=_absolute(ledger, entry.path))
        _add(mine, "category", term=entry.kind)
        _add(mine, "content", entry.text, type="text")
    ElementTree.indent(root, "")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, name, {key: sayable(value) for key, value in attributes.items()})
    if text:
        element.text = sayable(text)
    return element


def json_feed(ledger: Ledger, feed: Feed) -> str:
    """A feed as JSON Feed 1.1."""
    whole = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": sayable(feed.title),
        "home_page_url": _absolute(ledger, feed.page),
        "feed_url": _absolute(ledger, ALL_JSON),
        "description": sayable(standing_words(ledger)),
        "language": "zh-CN",
        "authors": [{"name": sayable(author(ledger))}],
        "items": [
            {
                "id": entry.id,
                "url": _absolute(ledger, entry.path),
                "title": sayable(entry.title),
                "content_text": sayable(entry.text),
                "date_published": stamp(entry.published),
                "date_modified": stamp(entry.updated),
                "tags": [entry.kind],
            }
            for entry in feed.entries
        ],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def author(ledger: Ledger) -> str:
    """Who publishes; the ledger's own name as long as nobody is named."""
    return ledger.settings.publisher.name or f"{ledger.current.plan.county}民生台账"


def stamp(day: date) -> str:
    """A day as a moment: its beginning in China."""
    return f"{day.isoformat()}T00:00:00+08:00"


def sayable(text: str) -> str:
    """Text without what XML cannot hold; each such character is shown as one that is missing."""
    return UNSAYABLE.sub("\ufffd", text)


def _absolute(ledger: Ledger, path: str) -> str:
    return (ledger.settings.base_url or "").rstrip("/") + "/" + path
