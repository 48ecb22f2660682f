"""Totals agree wherever a reader counts: page, CSV, workbook, JSON.  One test reads them all from the built site, real and fictional.

Each medium is read by itself, as its reader would: a page by the words that stand on it, a CSV by its lines, a workbook by its cells,
the API by its answers.  What a medium does not say it leaves out; what two media say must be the same.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from scripts.ledger.model.rules import COLOURS

from ..reading import all_of, one, read_page, rows, text, tones

Totals = dict[str, Any]
"""What one medium says: a name for what is counted → a number, or numbers by name."""
Row = Mapping[str, Any]
PLAN = "2023"
BRIEFED = "2023-07"
"""The checkpoint whose brief is the newest in mid-year."""


@pytest.fixture(params=["site", "demo_site"])
def any_site(request: pytest.FixtureRequest) -> Path:
    """The real site, and the fictional one in mid-year."""
    return Path(request.getfixturevalue(request.param))


# ---------------------------------------------------------------- from the tables, whatever they stand in


def from_tables(table: Callable[[str], Iterable[Row]]) -> Totals:
    """The totals out of tidy tables; cells are text, numbers, or nothing."""
    cells = [each for each in table("milestones") if _true(each["falls_due"])]
    dashes = [each for each in table("milestones") if each["kind"] == "none"]
    leads = Counter(each["unit"] for each in table("task_units") if each["role"] == "lead")
    standings = [each for each in table("standings") if each["checkpoint"] == BRIEFED]
    money = list(table("funding"))
    return {
        "tasks": len(list(table("tasks"))),
        "milestones": len({(each["task_id"], each["cell"]) for each in table("milestones")}),
        "due": dict(Counter(each["checkpoint"] for each in cells)),
        "surely due": dict(Counter(each["checkpoint"] for each in cells if each["covers"] == "certain" and each["kind"] == "target")),
        "dashes": dict(Counter(each["checkpoint"] for each in dashes if each["covers"] == "certain")),
        "dash cells": len({(each["task_id"], each["cell"]) for each in dashes}),
        "leads": dict(leads),
        "cooperating": dict(Counter(each["unit"] for each in table("task_units") if each["role"] == "cooperating")),
        "units": len([each for each in table("units") if each["path"]]),
        "places": len(list(table("places"))),
        "today": _verdicts(table("standings_today"), "colour", "state"),
        "first": _verdicts(standings, "first_colour", "first_state"),
        "now": _verdicts(standings, "colour", "state"),
        "reports": len(list(table("reports"))),
        "corrections": len(list(table("corrections"))),
        "problems": len(list(table("problems"))),
        "open problems": sum(_true(each["open"]) for each in table("problems")),
        "money": {name: sum(float(each[name] or 0) for each in money) for name in ("planned", "received", "spent")} if money else {},
    }


def _true(value: object) -> bool:
    return str(value).lower() == "true"


def _verdicts(found: Iterable[Row], colour: str, state: str) -> dict[str, int]:
    """How many of each colour; all without one together."""
    named = Counter(str(each[colour] or "grey") for each in found)
    return {name: named[name] for name in (*COLOURS, "grey") if named[name]}


def csv_says(site: Path) -> Totals:
    """The published CSV files."""

    def table(name: str) -> list[dict[str, str]]:
        data = (site / "data" / PLAN / f"{name}.csv").read_bytes().decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(data, newline="")))

    return from_tables(table)


def workbook_says(site: Path) -> Totals:
    """The published workbook: names in the first row, titles in the second."""
    book = openpyxl.load_workbook(site / "data" / PLAN / f"ledger-{PLAN}.xlsx", read_only=True)

    def table(name: str) -> list[dict[str, Any]]:
        names, _, *found = book[name].iter_rows(values_only=True)
        return [dict(zip(map(str, names), [*row, *[None] * len(names)], strict=False)) for row in found]

    return from_tables(table)


def api_says(site: Path) -> Totals:
    """The API: what it does not give as a table is put together from its tasks, as their readers do."""

    def answer(name: str) -> list[dict[str, Any]]:
        return list(json.loads((site / f"api/v1/{PLAN}/{name}.json").read_text(encoding="utf-8"))["data"])

    tasks = answer("tasks.full")

    def table(name: str) -> list[Any]:
        if name in ("tasks", "units", "places"):
            return [_Open(each) for each in answer(name)]
        if name == "standings_today":
            return [_Open(task["standing"]) for task in tasks]
        return [_Open(each) for task in tasks for each in task["units" if name == "task_units" else name]]

    return from_tables(table)


class _Open(dict[str, Any]):
    """An object in which what has no value is left out."""

    def __missing__(self, key: str) -> None:
        return None


# ---------------------------------------------------------------- from the pages


def pages_say(site: Path) -> Totals:
    """What a reader counts on home, tasks, units, checkpoints, time axis, problems, money, changes and the page of downloads."""
    found: Totals = {}
    found |= _home(site) | _lists(site) | _checkpoints(site) | _data_page(site)
    if (site / PLAN / "problems/index.html").is_file():
        found |= _proceedings(site)
    return found


def _page(site: Path, path: str) -> Any:
    return one(read_page(site / path / "index.html"), "main")


def _numbers(pattern: str, words: str) -> tuple[int, ...]:
    found = re.search(pattern, words)
    assert found, (pattern, words[:200])
    return tuple(int(each or 0) for each in found.groups())


def _home(site: Path) -> Totals:
    """The headline, the board, the tally."""
    home = _page(site, "")
    (tasks,) = _numbers(r"答应办的(\d+)项民生任务", text(one(home, "h1")))
    found: Totals = {"tasks": tasks, "tasks on the board": len(all_of(home, ".board .r"))}
    for tally in all_of(home, ".hero .tally")[:1]:
        counted = Counter({tones(item)[0]: int(text(one(item, "b"))) for item in all_of(tally, "li")})
        found["today"] = {name: n for name, n in counted.items() if n}
    return found


def _lists(site: Path) -> Totals:
    """全部任务, 谁负责, 身边的事, 全年时间轴."""
    units = _page(site, f"{PLAN}/units")
    leading, others = _numbers(r"(\d+)个单位牵头(?:，另有(\d+)个单位只配合)?", text(units))
    counts = [row for table in all_of(units, ".fig") for row in rows(table) if len(row) == 3 and row[1].isdecimal() and row[2].isdecimal()]
    axis = [text(each) for each in all_of(_page(site, f"{PLAN}/timeline"), ".axis-row ol li .song")]
    (places,) = _numbers(r"：(\d+)处", read_page(site / PLAN / "places/index.html").findtext(".//title"))
    (listed,) = _numbers(r"全部(\d+)项任务", text(_page(site, f"{PLAN}/tasks")))
    return {
        "listed tasks": listed,
        "rows of tasks": len(
            {a for a in all_of(_page(site, f"{PLAN}/tasks"), ".tasklist th a, .tasklist td a") if a.get("href", "")[:2].isdecimal()}
        ),
        "leads": {name: int(lead) for name, lead, _ in counts if int(lead)},
        "cooperating": {name: int(other) for name, _, other in counts if int(other)},
        "units": leading + others,
        "places": places,
        "milestones": len(axis),
        "dash cells": sum(words == "——" for words in axis),
    }


def _checkpoints(site: Path) -> Totals:
    """The list of checkpoints with its two tables, and the page of each."""
    overview = _page(site, f"{PLAN}/checkpoints")
    surely, _ = (all_of(overview, f".{name}")[0] for name in ("points", "due"))
    ids = [a.get("href").strip("/") for a in all_of(surely, "th a")]
    chapters = all_of(overview, ".due")[0]
    heads = [a.get("href").strip("/") for a in all_of(chapters, "thead a")]
    due = dict(zip(heads, [int(text(each)) for each in all_of(chapters, "tfoot td")][:-1], strict=True))
    found: Totals = {"due": due, "surely due": {point: int(row[2]) for point, row in zip(ids, rows(surely)[1:], strict=True)}}
    found["due in words"] = {point: sum(_due_in_words(site, point)) for point in ids}
    dashes = {point: len(all_of(page, "#none li")) for point in ids if (page := _page(site, f"{PLAN}/checkpoints/{point}")) is not None}
    found["dashes"] = {point: n for point, n in dashes.items() if n}
    for tally in all_of(_page(site, f"{PLAN}/checkpoints/{BRIEFED}"), ".hero .tally")[:1]:
        counted = Counter({tones(item)[0]: int(text(one(item, "b"))) for item in all_of(tally, "li")})
        found["first"] = {name: n for name, n in counted.items() if n}
    return found


def _due_in_words(site: Path, point: str) -> tuple[int, ...]:
    """What a checkpoint's page says is due, what may be, what is a whole year's cell."""
    words = text(_page(site, f"{PLAN}/checkpoints/{point}"))
    return _numbers(r"有(\d+)格目标到期(?:，另有(?:(\d+)格定不了月份、最晚算到这里)?，?(?:(\d+)格是全年一格、到这里满一年)?)?", words)


def _data_page(site: Path) -> Totals:
    """数据下载: how many rows each table is said to have."""
    said = {row[3].partition(".csv")[0]: int(row[2]) for row in rows(all_of(_page(site, "data"), "#files table")[0])[1:]}
    names = ("tasks", "places", "reports", "corrections", "problems")
    return {f"rows of {name}": said[name] for name in ("milestones", "task_units", "funding")} | {
        f"{name} in the list": said[name] for name in names
    }


def _proceedings(site: Path) -> Totals:
    """问题台账, 钱从哪来, 更新记录, once there is something."""
    problems = text(_page(site, f"{PLAN}/problems"))
    total, overdue, under = _numbers(r"(\d+)公开的问题(\d+)逾期未整改(\d+)正在整改", problems)
    (money,) = (row for row in all_of(_page(site, f"{PLAN}/funding"), "tr") if text(row).startswith("合计"))
    changes = _page(site, "changes")
    kinds = Counter(text(one(each, "strong")) for each in all_of(one(changes, "#happened"), ".log li"))
    return {
        "problems": total,
        "open problems": overdue + under,
        "money cells": [cell.text for cell in money.findall("td")],
        "corrections told": len(all_of(one(changes, "#corrections"), ".log li")),
        "reports told": sum(kinds[kind] for kind in ("报告", "迟报", "补充")),
    }


# ---------------------------------------------------------------- the comparison


SAME_AS = {
    "tasks on the board": "tasks",
    "listed tasks": "tasks",
    "rows of tasks": "tasks",
    "tasks in the list": "tasks",
    "places in the list": "places",
    "reports in the list": "reports",
    "corrections in the list": "corrections",
    "problems in the list": "problems",
}
"""What a page says under a name of its own."""


def disagreements(site: Path) -> list[str]:
    """Everything on which two media do not agree."""
    tables = {"CSV": csv_says(site), "workbook": workbook_says(site), "API": api_says(site)}
    truth = tables["CSV"]
    found = [
        f"{medium}: {name}: {said[name]} != {truth[name]}" for medium, said in tables.items() for name in truth if said[name] != truth[name]
    ]
    pages = pages_say(site)
    for name, said in pages.items():
        if (known := SAME_AS.get(name, name)) in truth and truth[known] != said:
            found.append(f"page: {name}: {said} != {truth[known]}")
    return found + _by_other_names(site, pages, truth)


def _by_other_names(site: Path, pages: Totals, truth: Totals) -> list[str]:
    """What a page counts in another unit: rows of tables, money in 万元, reports apart from corrections."""
    lines = {
        name: len((site / "data" / PLAN / f"{name}.csv").read_bytes().decode("utf-8-sig").split("\r\n")) - 2
        for name in ("milestones", "task_units", "funding")
    }
    found = [f"page: rows of {name}" for name, n in lines.items() if pages[f"rows of {name}"] != n]
    found += [f"page: due in words: {pages['due in words']} != {truth['due']}"] * (pages["due in words"] != truth["due"])
    if "problems" in pages:
        wan = [f"{truth['money'][name] / 10000:g}" for name in ("planned", "received", "spent")]
        found += [f"page: money: {pages['money cells']} != {wan}"] * (pages["money cells"] != wan)
        told = (pages["corrections told"], pages["reports told"])
        corrected = truth["corrections"], truth["reports"] - truth["corrections"]
        found += [f"page: reports and corrections told: {told} != {corrected}"] * (told != corrected)
    return found


def test_totals_agree_across_page_csv_workbook_and_json(any_site: Path) -> None:
    """Tasks, milestones, verdicts, leads, what is due, dashes, reports, problems, corrections, money: in every medium that says them."""
    assert disagreements(any_site) == []
    pages, truth = pages_say(any_site), csv_says(any_site)
    assert len(truth) == 18 and len(pages) >= 20
    assert truth["tasks"] > 10 and bool(truth["reports"]) == bool(truth["money"]) == bool(truth["first"]) == ("problems" in pages) == (
        "demo" in str(any_site)
    )


def _replace(old: str, new: str) -> Callable[[str], str]:
    return lambda words: words.replace(old, new, 1)


CHANGED: dict[str, tuple[str, Callable[[str], str]]] = {
    "the headline": ("index.html", _replace("<b>16项民生任务", "<b>17项民生任务")),
    "a count of the tally": ("index.html", lambda words: re.sub(r"<b>4</b>", "<b>5</b>", words, count=1)),
    "a lead on the list of units": (f"{PLAN}/units/index.html", _replace('data-lead="5">5<', 'data-lead="5">4<')),
    "what falls due": (f"{PLAN}/checkpoints/index.html", _replace('<td class="n">12</td>', '<td class="n">13</td>')),
    "what falls due, in words": (f"{PLAN}/checkpoints/2023-09/index.html", _replace("另有1格定不了月份", "另有2格定不了月份")),
    "a dash on the axis": (f"{PLAN}/timeline/index.html", _replace('<span class="song">——</span>', '<span class="song">有</span>')),
    "a count of the brief": (f"{PLAN}/checkpoints/{BRIEFED}/index.html", lambda words: re.sub(r"<b>4</b>", "<b>5</b>", words, count=1)),
    "rows of a table": ("data/index.html", _replace('data-k="行数">45<', 'data-k="行数">46<')),
    "the number of problems": (f"{PLAN}/problems/index.html", _replace(">5<", ">6<")),
    "a sum of money": (f"{PLAN}/funding/index.html", _replace("37290", "37291")),
    "a correction told": ("changes/index.html", _replace('<ul class="log"><li>', '<ul class="log"><li><strong>更正</strong></li><li>')),
    "a lead in the CSV": (f"data/{PLAN}/task_units.csv", _replace(",lead,", ",cooperating,")),
    "a colour in the CSV": (f"data/{PLAN}/standings_today.csv", _replace("\r\nT07,red,", "\r\nT07,green,")),
    "money in the CSV": (f"data/{PLAN}/funding.csv", _replace("12000000", "12000001")),
    "a problem in the API": (f"api/v1/{PLAN}/tasks.full.json", _replace('"open": true', '"open": false')),
    "a colour in the API": (f"api/v1/{PLAN}/tasks.full.json", _replace('"colour": "red"', '"colour": "green"')),
}
"""One figure in one file, changed as a slip would."""


@pytest.fixture(scope="module")
def shelf(demo_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files that are read here, to spoil one at a time."""
    folder = tmp_path_factory.mktemp("totals") / "demo"
    names = ["index.html", "changes", "data", f"api/v1/{PLAN}", *(f"{PLAN}/{each}" for each in ("units", "tasks", "places", "timeline"))]
    for name in [*names, *(f"{PLAN}/{each}" for each in ("checkpoints", "problems", "funding"))]:
        source = demo_site / name
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, folder / name) if source.is_dir() else shutil.copyfile(source, folder / name)
    return folder


@pytest.mark.parametrize("case", CHANGED)
def test_one_figure_that_is_changed_is_found(shelf: Path, case: str) -> None:
    """So that agreeing means something."""
    name, change = CHANGED[case]
    path = shelf / name
    whole = path.read_bytes()
    words = whole.decode("utf-8")
    assert change(words) != words, "nothing to change"
    path.write_bytes(change(words).encode("utf-8"))
    try:
        found = disagreements(shelf)
    except AssertionError as error:  # a page that no longer reads as it should is noticed as well
        found = [str(error)]
    finally:
        path.write_bytes(whole)
    assert found, case


def test_one_cell_of_the_workbook_that_is_changed_is_found(shelf: Path) -> None:
    """The sum of money in one cell."""
    path = shelf / "data" / PLAN / f"ledger-{PLAN}.xlsx"
    whole = path.read_bytes()
    book = openpyxl.load_workbook(path)
    book["funding"]["D3"] = 1
    book.save(path)
    try:
        assert [each for each in disagreements(shelf) if each.startswith("workbook: money")]
    finally:
        path.write_bytes(whole)
