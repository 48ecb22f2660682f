"""Nothing in the data is ever code: not a template, not markup, not a script, not a link, on any page, in a real browser."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import feedparser
import icalendar
import lxml.etree
import lxml.html
import openpyxl
import pytest
from markupsafe import escape
from playwright.sync_api import Browser, Dialog
from pydantic import BaseModel

from macros.context import Context
from macros.parts.source_text import source_text
from scripts.exports import calendars, feeds
from scripts.ledger.model import promise as model
from scripts.ledger.model.promise import Ledger
from scripts.ledger.phrases.formats import opening
from scripts.ledger.series.day import day_of
from scripts.pages import paths
from scripts.site.links import NO_ICON
from scripts.store.project import ROOT

from ..canaries import CANARIES, LINK, SCRIPT, SHORT, SONG, TEMPLATE, WORKED_OUT, Aviary, hatch
from ..conftest import AS_OF, contents


@pytest.fixture(scope="module")
def aviary(tmp_path_factory: pytest.TempPathFactory) -> Aviary:
    """The small county, poisoned, and its site."""
    return hatch(tmp_path_factory.mktemp("canary"))


# ---------------------------------------------------------------- every field sings


def _texts(value: Any, name: str) -> Iterator[tuple[str, str]]:
    """Every text in a ledger with the model and field that hold it."""
    if isinstance(value, BaseModel) and type(value).__module__ == model.__name__:
        for field in type(value).model_fields:
            yield from _texts(getattr(value, field), f"{type(value).__name__}.{field}")
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each, name)
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts(each, name)
    elif isinstance(value, str):
        yield name, value


def parts(ledger: Ledger) -> list[Any]:
    """The promise, its registries and the settings: what this test poisons."""
    return [ledger.settings, ledger.units, ledger.promises]


SILENT = {
    "Promise.id",
    "Settings.fictional",
    "Settings.feed_tag",
    "Publisher.kind",
    "Publisher.email",
    "Unit.slug",
    "Unit.kind",
    "Chapter.id",
    "Checkpoint.id",
    "Duty.id",
    "Duty.every",
    "Duty.first",
    "Mechanism.chapter",
    "Task.chapter",
    "Task.span",
    "Milestone.covers",
    "Milestone.kind",
    "Indicator.id",
    "Frame.order",
    "Frame.tasks_in",
    "Indicator.role",
    "Indicator.direction",
    "Indicator.basis",
    "Indicator.pace",
    "Indicator.due_inferred",
    "Note.kind",
    "Note.indicator",
}
"""The fields in which no canary can sing: choices, identifiers, periods, an e-mail address."""
OTHER_SHAPES = {
    "Chapter.ours",
    "Frame.chapter_rows",
    "Frame.tail",
    "Mechanism.label",
    "Plan.draft",
    "Promise.permalinks",
    "Task.label",
    "Task.lead_printed",
    "Task.others",
    "Task.row",
}
"""The fields of documents of another shape than the small county's; canaries sing in them below, on the pages that print them."""


def test_every_field_that_permits_a_canary_has_one(aviary: Aviary) -> None:
    """A new field of text is silent here until the small county uses it; then it sings, or stands in the list above."""
    heard: dict[str, bool] = {}
    for name, text in (found for part in parts(aviary.ledger) for found in _texts(part, "")):
        heard[name] = heard.get(name, False) or any(canary in text for canary in (*CANARIES, SHORT))
    assert {name for name, sings in heard.items() if not sings} == SILENT - {"Settings.fictional"}


def test_the_small_county_uses_every_field(aviary: Aviary) -> None:
    """Otherwise the test above would not hear of it."""
    used: dict[str, bool] = {}

    def walk(value: Any) -> None:
        if isinstance(value, BaseModel) and type(value).__module__ == model.__name__:
            for field in type(value).model_fields:
                inner = getattr(value, field)
                used[f"{type(value).__name__}.{field}"] = used.get(f"{type(value).__name__}.{field}", False) or inner not in (None, (), {})
                walk(inner)
        elif isinstance(value, (dict, tuple)):
            for each in value.values() if isinstance(value, dict) else value:
                walk(each)

    for part in parts(aviary.ledger):
        walk(part)
    assert {name for name, there in used.items() if not there} == {"Settings.fictional"} | OTHER_SHAPES


def test_canaries_in_documents_of_another_shape_stay_text(aviary: Aviary) -> None:
    """Numbers of its own, other columns, notes below the table, cells of units in their own words: on the source page they are text."""
    promise = aviary.ledger.current
    bird = SCRIPT
    tasks = {
        number: task.model_copy(update={"label": bird, "row": bird, "lead_printed": bird, "others": (bird,)})
        for number, task in promise.tasks.items()
    }
    frame = promise.plan.frame.model_copy(update={"order": (*promise.plan.frame.order, "other"), "tail": (bird,), "chapter_rows": "true"})
    mechanisms = tuple(each.model_copy(update={"label": bird}) for each in promise.plan.mechanisms)
    plan = promise.plan.model_copy(update={"frame": frame, "mechanisms": mechanisms})
    other = promise.model_copy(update={"plan": plan, "tasks": tasks})
    ledger = aviary.ledger.model_copy(update={"promises": {other.id: other}})
    page = str(source_text(Context(ledger, day_of(ledger, other.id, AS_OF), "2031/source/")))
    assert bird not in page
    assert page.count(str(escape(bird))) >= 4 * len(tasks) + 1


# ---------------------------------------------------------------- in the HTML


@pytest.fixture(scope="module")
def html(aviary: Aviary) -> dict[str, str]:
    """Every page of the site."""
    return {name: data.decode() for name, data in contents(aviary.site).items() if name.endswith(".html")}


def test_no_canary_stands_in_the_html_as_markup(html: dict[str, str]) -> None:
    """Neither in the text nor in an attribute, nor as an address."""
    for name, text in html.items():
        shown = re.sub(r"<meta [^>]*>", "", text)  # the metadata may end in a canary's last letters: content="…javascript:1)"
        for alive in ("<script>alert", "<img src=x", '"><img', 'javascript:1)"', 'href="javascript', "href='javascript", "href=javascript"):
            assert alive not in shown, (name, alive)


def test_no_template_was_run(html: dict[str, str]) -> None:
    """The product stands nowhere, not even in an attribute or a script; the song is there whole, {% raw %} swallowed nothing of it."""
    assert any(str(escape(SONG)) in text for text in html.values())
    for name, text in html.items():
        assert WORKED_OUT not in text, name


BIG = 'try{if(localStorage.getItem("big")==="1")document.documentElement.className="big"}catch(e){}'
"""The one script within a page: large text from the first paint on."""
MEND = re.findall(r"<script>(.*?)</script>", (ROOT / "docs" / "overrides" / "404.html").read_text(encoding="utf-8"), re.S)
"""And the one of the page for lost addresses, which knows no folder of its own."""


def test_what_the_pages_hold_is_what_the_templates_made(html: dict[str, str]) -> None:
    """Scripts from our own files alone; no picture but share cards and the handbook's own, no handler, no address that runs code."""
    for name, text in html.items():
        page = lxml.html.fromstring(text)
        assert all(
            (re.fullmatch(r"(?!\w*:|//).*assets/\w+\.js", script.get("src", "")) and not script.text)
            or script.text in (BIG, *(MEND if name == "404.html" else ()))
            for script in page.iter("script")
            if script.get("type") != "application/ld+json"
        ), name
        for data in page.xpath("//script[@type='application/ld+json']/text()"):
            assert "<" not in data and ">" not in data and json.loads(data)["@type"] == "Dataset", name
        assert not list(page.iter("iframe", "object", "embed", "base")), name
        pictures = [picture.get("src", "") for picture in page.iter("img")]
        pictures = [src for src in pictures if not re.fullmatch(r"(\.\./)*assets/cards/\d{4}-(task|place)-[\w-]+\.png", src)]
        assert all(name.startswith("guide/") and re.fullmatch(r"(\.\./)*[\w./-]+\.png", src) for src in pictures), name
        assert not [element for element in page.iter() for key in element.attrib if key.startswith("on")], name
        assert all(
            link.split(":")[0] in ("https", "mailto", "tel") or ":" not in link.split("/")[0] or link == NO_ICON
            for _, key, link, _ in page.iterlinks()
            if key
        ), name


def shown(html: dict[str, str], path: str) -> str:
    """The text of a page, as a reader sees it."""
    return " ".join(lxml.html.fromstring(html[path + "index.html"]).text_content().split())


def test_every_canary_stands_there_as_text(aviary: Aviary, html: dict[str, str]) -> None:
    """On each kind of page that shows official words, all five, letter by letter."""
    promise = aviary.ledger.current
    of_a_task = [paths.task_path(promise.id, 1), paths.unit_path(promise.id, "jiaowei"), paths.checkpoint_path(promise.id, "2031-03")]
    of_a_place = [paths.place_path(promise.id, "xidong-xiaoxue"), paths.place_path(promise.id, "xidong-xiaoxue") + "sheet/"]
    of_the_plan = [f"{promise.id}/{part}/" for part in ("tasks", "units", "places", "indicators", "timeline", "source", "mechanisms")]
    for path in ("", *of_a_task, *of_a_place, *of_the_plan):
        text = shown(html, path)
        for canary in CANARIES:
            assert canary in text, (path, canary)


def test_the_fields_that_are_printed_whole_are_whole(aviary: Aviary, html: dict[str, str]) -> None:
    """Pledge, cells, notes, unit, place, heading, document, footer: not a character more or less."""
    promise = aviary.ledger.current
    for number, task in promise.tasks.items():
        text = shown(html, paths.task_path(promise.id, number))
        for words in (task.title, task.pledge, *task.lead, *(cell.text for cell in task.milestones), *(note.text for note in task.notes)):
            assert " ".join(words.split()) in text, words
    for name, unit in aviary.ledger.units.items():
        assert name in shown(html, paths.unit_path(promise.id, unit.slug))
    for slug, site in promise.sites.items():
        assert site.name in shown(html, paths.place_path(promise.id, slug))
    source = shown(html, paths.source_path(promise.id))
    assert all(" ".join(words.split()) in source for words in (*promise.plan.frame.front, *promise.plan.frame.columns))
    assert all(f"{key} {value}" in shown(html, "") for key, value in aviary.ledger.settings.footer.items())


def test_titles_and_descriptions_are_escaped_too(aviary: Aviary, html: dict[str, str]) -> None:
    """The head of a page says its name as it is, letter by letter."""
    promise = aviary.ledger.current
    heads = {paths.task_path(promise.id, number): (task.title, task.lead[0]) for number, task in promise.tasks.items()}
    heads |= {paths.unit_path(promise.id, unit.slug): (name, name) for name, unit in aviary.ledger.units.items() if not unit.full_name}
    heads |= {paths.place_path(promise.id, slug): (site.name, site.name) for slug, site in promise.sites.items()}
    for path, (title, words) in heads.items():
        page = lxml.html.fromstring(html[path + "index.html"])
        shown, cut, _ = (page.findtext(".//title") or "").partition("…")
        assert shown and (title in shown or (cut and shown in f"第{path.split('/')[-2].lstrip('0')}项 {title}")), path
        assert words in page.xpath("//meta[@name='Description']/@content")[0]


# ---------------------------------------------------------------- in feeds and calendars


def test_no_canary_is_alive_in_a_feed(aviary: Aviary) -> None:
    """The feed of everything is Atom and nothing else; what its title may hold stands there letter by letter."""
    read = feedparser.parse((aviary.site / feeds.ALL).read_bytes())
    assert not read.bozo and LINK in read.feed.title and LINK in read.feed.author
    names = {element.tag.partition("}")[2] for element in lxml.etree.parse(str(aviary.site / feeds.ALL)).iter()}
    assert names <= {
        *["feed", "id", "title", "subtitle", "updated", "link", "author", "name", "rights", "entry", "published", "category", "content"]
    }
    assert LINK in json.loads((aviary.site / feeds.ALL_JSON).read_bytes())["title"]


def test_every_canary_stands_in_the_calendar_as_text(aviary: Aviary) -> None:
    """Letter by letter in each event's official words, their opening in its title, and none begins a line."""
    data = (aviary.site / aviary.ledger.current.id / calendars.FILE).read_bytes()
    found = list(icalendar.Calendar.from_ical(data).walk("VEVENT"))
    texts = [cell.text for task in aviary.ledger.current.tasks.values() for cell in task.milestones if cell.kind == "target"]
    assert found and all(any(text in str(event["description"]) for event in found) for text in texts)
    assert all(any(opening(text) in str(event["summary"]) for event in found) for text in texts)
    assert all(any(canary in str(event["description"]) for event in found) for canary in CANARIES)
    assert {line for line in data.decode().split("\r\n") if line.startswith("BEGIN")} == {"BEGIN:VCALENDAR", "BEGIN:VEVENT"}


# ---------------------------------------------------------------- in a browser

ALIVE = """[...document.querySelectorAll('img, script:not([type="application/ld+json"]), iframe, [onerror], [onclick], a[href^="javascript" i]')]
    .filter(element => !/^[./]*(assets\\/\\w+\\.js|img\\/\\w+\\.png|assets\\/cards\\/[\\w-]+\\.png)$/.test(element.getAttribute('src')) || element.textContent).map(element => element.outerHTML)"""
"""What no page may hold: anything that runs or fetches, but our own scripts, the handbook's pictures and share cards.  Data that describes the page (JSON-LD) never runs."""


@pytest.mark.browser
def test_none_is_alive_in_a_browser(aviary: Aviary, browser: Browser, serve: Callable[[Path], str]) -> None:
    """On every page: no dialog, no foreign element, no error, no violation of the content policy, no request elsewhere."""
    root, complaints = serve(aviary.site), list[str]()

    def heard(dialog: Dialog) -> None:
        complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    context = browser.new_context()
    context.add_init_script("document.addEventListener('securitypolicyviolation', e => console.error('policy: ' + e.violatedDirective))")
    page = context.new_page()
    page.on("dialog", heard)
    page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
    page.on("request", lambda request: complaints.append(f"request: {request.url}") if not request.url.startswith(root) else None)
    for path in sorted(path.parent.relative_to(aviary.site).as_posix() for path in aviary.site.rglob("index.html")):
        page.goto(f"{root}{path}/")
        page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
        alive = [each for each in page.evaluate(ALIVE) if each != f"<script>{BIG}</script>"]
        assert (path, alive, complaints) == (path, [], [])
        assert SHORT in page.content() or SONG in page.locator("body").inner_text()
    context.close()


# ---------------------------------------------------------------- in what readers take away


def test_canaries_stand_in_csv_workbook_and_json_as_text(aviary: Aviary) -> None:
    """The pledges, units and places letter by letter, in all three; no cell that a spreadsheet would run, no author's name."""
    folder, api = aviary.site / "data/2031", aviary.site / "api/v1/2031"
    book = openpyxl.load_workbook(folder / "ledger-2031.xlsx")
    for name, column, texts in _poisoned_texts(aviary.ledger):
        text = (folder / f"{name}.csv").read_bytes().decode("utf-8-sig")
        csvs = [row[column] for row in csv.DictReader(io.StringIO(text, newline=""))]
        names, _, *cells = book[name].iter_rows()
        at = [cell.value for cell in names].index(column)
        answered = [each.get(column, "") for each in json.loads((api / f"{name}.json").read_text(encoding="utf-8"))["data"]]
        assert csvs == [row[at].value or "" for row in cells] == answered == texts
        assert all(canary in "".join(texts) for canary in (CANARIES if column == "pledge" else (LINK,))), (name, column)
    for sheet in book.worksheets:
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row), sheet.title
    for path in sorted(folder.glob("*.csv")):
        for row in csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")):
            assert not [cell for cell in row if cell[:1] in tuple("=+@\t\r")], path.name


def _poisoned_texts(ledger: Ledger) -> list[tuple[str, str, list[str]]]:
    """(table, column, every text of it) as the ledger holds them."""
    promise = ledger.current
    return [
        ("tasks", "pledge", [task.pledge for _, task in sorted(promise.tasks.items())]),
        ("units", "full_name", [unit.full_name or "" for unit in ledger.units.values()]),
        ("places", "note", [site.note or "" for site in promise.sites.values()]),
    ]


def test_nothing_in_the_downloads_was_rendered(aviary: Aviary) -> None:
    """A template in a title is still one in the package's own words, in the API and in its description."""
    for path in ("data/2031/datapackage.json", "api/v1/index.json", "api/v1/2031/tasks.full.json"):
        text = (aviary.site / path).read_text(encoding="utf-8")
        json.loads(text)
        assert TEMPLATE in text, path
