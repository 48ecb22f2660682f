"""What feeds and calendars are due to say, derived a second time from the CSVs: of each thing its name, title, place, days and words."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import icalendar

from scripts.ledger.phrases.formats import day_words, due_words, month_words, opening
from scripts.ledger.series.happenings import WORDS

from .derived import LICENCE, PLAN, ledger, read, rows

ATOM = "{http://www.w3.org/2005/Atom}"
NAME = "tag:livelihood-ledger.invalid,2023:"
DEMO = "〔虚构演示〕"


INNER = str.maketrans("“”「」『』", "‘’‘’‘’")
"""Quotation marks inside a quotation."""


def _official(kind: str) -> str:
    """What an official publisher calls a kind of news."""
    word = WORDS[kind]  # type: ignore[index]  # the kinds of the table are those of the feed
    return word if isinstance(word, str) else word.official


def county(site: Path) -> str:
    """样例县（虚构）"""
    return ledger(site).current.plan.county


def whose(site: Path) -> str:
    """Whose words these are, at the end of each."""
    return f"虚构演示：{county(site)}的一切都是编的。"


def moment(day: str) -> str:
    """A day's beginning in China."""
    return f"{day}T00:00:00+08:00"


# ---------------------------------------------------------------- feeds


def items(site: Path) -> list[dict[str, Any]]:
    """The entries of JSON Feed, newest first, out of changes.csv."""
    found = sorted(rows(site, "changes"), key=lambda row: row["updated"], reverse=True)
    return [_item(site, row) for row in found]


def _item(site: Path, row: dict[str, Any]) -> dict[str, Any]:
    words = [
        row["sentences"],
        *([f"“{row['quote'].translate(INNER)}”"] if "quote" in row else []),
        *([row["small"]] if "small" in row else []),
        whose(site),
    ]
    return {
        "id": f"{NAME}{quote(county(site))}/{PLAN}/{row['change_id']}",
        "url": read(site, "manifest.json")["base_url"] + row["path"],
        "title": f"{DEMO}{_official(row['kind'])}：{_subject(site, row)}",
        "content_text": "\n".join(words),
        "date_published": moment(row["published"]),
        "date_modified": moment(row["updated"]),
        "tags": [row["kind"]],
    }


def _subject(site: Path, row: dict[str, Any]) -> str:
    numbers, titles = [int(each[1:]) for each in row["tasks"]], {each["task_id"]: each["title"] for each in rows(site, "tasks")}
    if len(numbers) == 1:
        return f"第{numbers[0]}项 {titles[row['tasks'][0]]}"
    if numbers:
        return f"第{'、'.join(map(str, numbers))}项"
    return month_words(row["checkpoint"]) if "checkpoint" in row else f"{county(site)}{PLAN}年民生计划"


def json_feed(site: Path) -> dict[str, Any]:
    """feeds/all.json."""
    base = read(site, "manifest.json")["base_url"]
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"{DEMO}{county(site)}民生台账{PLAN}年：全部更新",
        "home_page_url": f"{base}changes/",
        "feed_url": f"{base}feeds/all.json",
        "description": whose(site),
        "language": "zh-CN",
        "authors": [{"name": ledger(site).settings.publisher.name}],
        "items": items(site),
    }


def atom_feeds(site: Path) -> dict[str, ElementTree.Element]:
    """Every Atom feed, by its path: of all, of corrections, of each task, of each unit that leads a task or is named."""
    changes = sorted(rows(site, "changes"), key=lambda row: row["updated"], reverse=True)
    found = {
        "feeds/all.xml": _atom(site, "feeds/all", "全部更新", "changes/", changes),
        "feeds/corrections.xml": _atom(site, "feeds/corrections", "更正", "changes/", [r for r in changes if r["kind"] == "correction"]),
    }
    for task in rows(site, "tasks"):
        mine = [row for row in changes if task["task_id"] in row["tasks"]]
        words = f"第{task['number']}项 {task['title']}"
        found[f"{task['path']}feed.xml"] = _atom(site, task["path"].rstrip("/"), words, task["path"], mine)
    for unit in rows(site, "units"):
        mine = [row for row in changes if unit["unit_id"] in row["units"]]
        if mine or unit["lead_tasks"]:
            found[f"{unit['path']}feed.xml"] = _atom(site, unit["path"].rstrip("/"), unit["name"], unit["path"], mine)
    return found


def _atom(site: Path, name: str, words: str, page: str, changes: list[dict[str, Any]]) -> ElementTree.Element:
    base, path = read(site, "manifest.json")["base_url"], f"{name}.xml" if name.startswith("feeds/") else f"{name}/feed.xml"
    begun = ledger(site).current.plan.document.dated.isoformat()
    root = ElementTree.Element(f"{ATOM}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "zh-CN"})
    texts = (
        ("id", f"{NAME}{quote(county(site))}/{name}"),
        ("title", f"{DEMO}{county(site)}民生台账{PLAN}年：{words}"),
        ("subtitle", whose(site)),
        ("updated", moment(max((row["updated"] for row in changes), default=begun))),
    )
    for tag, text in texts:
        ElementTree.SubElement(root, ATOM + tag).text = text
    for rel, kind, href in (("self", "application/atom+xml", base + path), ("alternate", "text/html", base + page)):
        ElementTree.SubElement(root, f"{ATOM}link", {"rel": rel, "type": kind, "href": href})
    author = ElementTree.SubElement(root, f"{ATOM}author")
    ElementTree.SubElement(author, f"{ATOM}name").text = ledger(site).settings.publisher.name
    ElementTree.SubElement(root, f"{ATOM}rights").text = LICENCE["title"]
    for row in changes:
        _entry(root, _item(site, row))
    return root


def _entry(root: ElementTree.Element, item: dict[str, Any]) -> None:
    entry = ElementTree.SubElement(root, f"{ATOM}entry")
    for tag, key in (("id", "id"), ("title", "title"), ("published", "date_published"), ("updated", "date_modified")):
        ElementTree.SubElement(entry, ATOM + tag).text = item[key]
    ElementTree.SubElement(entry, f"{ATOM}link", {"rel": "alternate", "type": "text/html", "href": item["url"]})
    ElementTree.SubElement(entry, f"{ATOM}category", {"term": item["tags"][0]})
    ElementTree.SubElement(entry, f"{ATOM}content", {"type": "text"}).text = item["content_text"]


def parts(element: ElementTree.Element) -> list[tuple[str, str, tuple[tuple[str, str], ...], str]]:
    """An element and all below it, in order: where, its tag, its attributes, its words."""
    found = [("", element.tag, tuple(sorted(element.attrib.items())), (element.text or "").strip("\n") if not len(element) else "")]
    for i, each in enumerate(element):
        found += [(f"/{i}{way}", *rest) for way, *rest in parts(each)]  # type: ignore[misc]
    return found


# ---------------------------------------------------------------- calendars


def calendars(site: Path) -> dict[str, tuple[dict[str, str], list[dict[str, str]]]]:
    """Every calendar, by its path: its own properties, and its events', as text."""
    leads: dict[str, set[str]] = {}
    for pair in rows(site, "task_units"):
        if pair["role"] == "lead":
            leads.setdefault(pair["unit_id"], set()).add(pair["task_id"])
    due = events(site)
    found = {f"{PLAN}/due.ics": (_whole(site, "全部任务"), [event for _, event in due])}
    for unit in rows(site, "units"):
        mine = [event for task, event in due if task in leads.get(unit["unit_id"], ())]
        if mine:
            found[f"{unit['path']}due.ics"] = (_whole(site, unit["name"]), mine)
    return found


def _whole(site: Path, words: str) -> dict[str, str]:
    name = f"{DEMO}{county(site)}{PLAN}年民生任务到期日：{words}"
    own = {"VERSION": "2.0", "PRODID": "-//Livelihood Ledger//CN", "CALSCALE": "GREGORIAN", "METHOD": "PUBLISH"}
    return own | {"X-WR-CALNAME": name}


def events(site: Path) -> list[tuple[str, dict[str, str]]]:
    """(task, event) of every cell with a target."""
    titles, cells = {row["task_id"]: row for row in rows(site, "tasks")}, dict[tuple[str, int], dict[str, Any]]()
    for row in rows(site, "milestones"):
        if row["kind"] == "target":
            cells.setdefault((row["task_id"], row["cell"]), row)
    return [(task, _event(site, titles[task], row)) for (task, _), row in sorted(cells.items())]


def _event(site: Path, task: dict[str, Any], row: dict[str, Any]) -> dict[str, str]:
    plan, number = ledger(site).current.plan, task["number"]
    changes = [each for each in rows(site, "revisions") if each["task_id"] == row["task_id"] and each.get("cell") == row["cell"]]
    day, cell = date.fromisoformat(row["due"]), ledger(site).current.tasks[number].milestones[row["cell"] - 1]
    dropped = bool(changes) and all(each["change"] == "drop" for each in changes)
    announced = dict.fromkeys((each["document"], date.fromisoformat(each["published"])) for each in changes)
    words = [
        f"文件原文：“{row['text']}”",
        f"{due_words(cell, day, plan)}。牵头：{'、'.join(task['lead'])}。",
        *(f"目标有调整：{document}，{day_words(on)}公布。原目标仍在网页上。" for document, on in announced),
        *(["这个目标已取消。"] * dropped),
        f"出自《{plan.document.plan}》（{plan.document.number}）。{whose(site)}",
    ]
    stamped = max((plan.document.dated, *(on for _, on in announced))) - timedelta(1)
    return {
        "SUMMARY": f"{DEMO}第{number}项 {task['title']}：{opening(row['text'])}",
        "DTSTART;VALUE=DATE": f"{day:%Y%m%d}",
        "DTEND;VALUE=DATE": f"{day + timedelta(1):%Y%m%d}",
        "DTSTAMP": f"{stamped:%Y%m%d}T160000Z",
        "UID": f"{NAME}{quote(county(site))}/{PLAN}/tasks/{number:02}/cells/{row['cell']}",
        "SEQUENCE": str(len(changes)),
        "DESCRIPTION": "\n".join(words),
        "STATUS": "CANCELLED" if dropped else "CONFIRMED",
        "TRANSP": "TRANSPARENT",
        "URL": f"{read(site, 'manifest.json')['base_url']}{task['path']}#cell-{row['cell']}",
    }


def calendar_parts(data: str) -> tuple[dict[str, str], list[dict[str, str]]]:
    """A calendar as it stands: its own properties and its events', unfolded and unescaped by hand, so that no library forgives anything."""
    own, *blocks = re.sub(r"\r\n[ \t]", "", data).removesuffix("END:VCALENDAR\r\n").split("BEGIN:VEVENT\r\n")
    return _properties(own.removeprefix("BEGIN:VCALENDAR\r\n")), [_properties(each.removesuffix("END:VEVENT\r\n")) for each in blocks]


def _properties(lines: str) -> dict[str, str]:
    found = [line.partition(":") for line in lines.split("\r\n") if line]
    assert len({name for name, _, _ in found}) == len(found)
    return {name: _unescaped(value) for name, _, value in found}


def _unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda mark: "\n" if mark[1] in "nN" else mark[1], value)


def read_by_program(data: bytes) -> int:
    """How many events a calendar program finds; it must not complain."""
    whole = icalendar.Calendar.from_ical(data)
    assert not whole.errors and not any(event.errors for event in whole.walk("VEVENT"))
    return len(whole.walk("VEVENT"))
