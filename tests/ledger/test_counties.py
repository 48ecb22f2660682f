"""Every small county says on its days what its case says, in the sentence, the cells, the units' figures and the published tables."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

from scripts.ledger.model.rules import COLOURS, State
from scripts.ledger.series.briefs import brief
from scripts.ledger.series.unit_figures import Figures

from .counties import CASES, FOLDERS, TASK, Shown, checked, plant, several
from .rereading import reading
from .scenes import read

DAYS = [(case, day) for case in CASES for day in read(case)["days"]]
LEFT = {"推迟": "postponed", "取消": "dropped_targets", "暂缓": "paused_days", "撤下": "taken_down"}
"""What left a rate, as the last column of the units says it and as the table of units counts it."""


@pytest.fixture(params=DAYS, ids=lambda each: f"{each[0].stem} {each[1]}")
def told(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Shown, dict[str, Any]]:
    """A county on one of its days, and what its case expects there."""
    case, day = request.param
    return Shown(checked(plant(case, tmp_path / case.stem)), date.fromisoformat(day)), read(case)["days"][day]


def test_the_sentence(told: tuple[Shown, dict[str, Any]]) -> None:
    """The verdict, both verdicts where a target was changed, the sentence of reasons and the marks, on the page and in the table."""
    shown, wanted = told
    found, (row,) = shown.day.standings[TASK], shown.rows("standings_today")
    both = found.verdicts
    assert (found.verdict, row["colour"] or row["state"]) == (wanted["verdict"], wanted["verdict"])
    for key in ("original", "revised"):
        assert key not in wanted or (both and getattr(both, key), row[f"verdict_{key}"]) == (wanted[key], wanted[key])
    assert found.sentence == wanted.get("sentence", found.sentence) == row["reason"]
    assert all(words in found.sentence for words in several(wanted.get("says", [])))
    assert not any(words in found.sentence for words in several(wanted.get("never", [])))
    if "marks" in wanted:
        assert sorted(mark.text for mark in found.marks) == sorted(wanted["marks"])


@pytest.mark.parametrize(("row", "column"), [("cells", "result"), ("original_cells", "original_result")])
def test_the_cells_of_history(told: tuple[Shown, dict[str, Any]], row: str, column: str) -> None:
    """Every cell of the task's row, by the changed targets and by the original ones, and the same in the table of cells."""
    shown, wanted = told
    published = [each[column].replace(";", "、") for each in shown.rows("cells") if each["edition"] == "today"]
    assert getattr(shown, row) == wanted.get(row, getattr(shown, row)) == published


def test_the_units_figures(told: tuple[Shown, dict[str, Any]]) -> None:
    """Each unit's counts, rates and what left them; the same figures in the table of units."""
    shown, wanted = told
    figures, rows = shown.day.figures, {each["unit"]: each for each in shown.rows("unit_standings_today")}
    assert set(rows) == set(figures.leads) == set(wanted["units"])
    for unit, expected in wanted["units"].items():
        assert _said(figures.leads[unit], expected) == expected
        assert {key: rows[unit][key] for key in _counted(expected)} == _counted(expected)
    if "county_figures" in wanted:
        assert _said(figures.county, wanted["county_figures"]) == wanted["county_figures"]


@pytest.mark.parametrize("table", ["unit_standings", "unit_standings_today"])
def test_the_counts_add_up_to_the_tasks(told: tuple[Shown, dict[str, Any]], table: str) -> None:
    """Colours, states and results that were not kept: each task of a unit is counted once, on every day and in every frozen brief."""
    shown, _ = told
    for row in shown.rows(table):
        assert sum(int(row[verdict]) for verdict in (*COLOURS, *get_args(State), "unsaved") if verdict in row) == int(row["tasks"]), row


def _said(figures: Figures, expected: dict[str, str]) -> dict[str, str]:
    """A unit's figures as its page says them."""
    said = {
        "counts": " ".join(f"{verdict} {count}" for verdict, count in sorted(figures.counts.items())),
        "rate": figures.rate.text,
        "speed": figures.speed.text,
        "left": figures.left.text,
        "silent": str(figures.silent),
    }
    return {key: said[key] for key in expected}


def _counted(expected: dict[str, str]) -> dict[str, str]:
    """The same figures as the table of units has them, in its columns."""
    words = expected["counts"].split(" ")
    found = dict(zip(words[::2], words[1::2], strict=True))
    for ratio in ("rate", "speed"):
        part, _, whole = expected[ratio].partition("（")[0].partition("/")
        found |= {f"{ratio}_part": part if whole else "0", f"{ratio}_whole": whole or "0"}
    left = dict(re.findall(r"(推迟|取消|暂缓|撤下)(\d+)", expected["left"]))
    return found | {column: left.get(word, "0") for word, column in LEFT.items()}


def test_the_published_tables(told: tuple[Shown, dict[str, Any]]) -> None:
    """The rows that the case names stand in the published tables, once, with the values that it gives."""
    shown, wanted = told
    for table, rows in wanted.get("tables", {}).items():
        published = shown.rows(table)
        for row in rows:
            found = [{key: each[key] for key in row} for each in published if all(each[k] == row[k] for k in ROW_KEYS if k in row)]
            assert found == [row], table


ROW_KEYS = ("edition", "task_id", "checkpoint", "unit_id", "revision_id", "withdrawal_id")
"""What names a row, of those columns that a case gives."""


def test_speed_can_be_counted_again(told: tuple[Shown, dict[str, Any]]) -> None:
    """按期完成率 of every unit is the sum of two columns of the table of cells: today, and as first published for each checkpoint."""
    shown, _ = told
    cells = shown.rows("cells")
    firsts = [(f"{each['checkpoint']} first", each) for each in shown.rows("unit_standings")]
    for edition, row in [*(("today", each) for each in shown.rows("unit_standings_today")), *firsts]:
        mine = [each for each in cells if each["edition"] == edition]
        counts = [sum(each[column] == "true" for each in mine) for column in ("speed_met", "speed_counted")]
        assert counts == [int(row["speed_part"]), int(row["speed_whole"])], edition


def test_the_second_reading_says_the_same(told: tuple[Shown, dict[str, Any]]) -> None:
    """Read again from the rules alone, the county has the verdicts that its case expects."""
    shown, wanted = told
    day = shown.day
    found = reading(day.promise, TASK, day.records, day.rules, day.as_of, day.known)
    assert found.verdict == wanted["verdict"]
    if "original" in wanted:
        assert found.original == wanted["original"].replace("undecided", "没法评定")


def test_a_brief_names_the_newest_material_of_its_day(tmp_path: Path) -> None:
    """What was the newest on the day of freezing stays the newest, though it was taken down later."""
    names = ("frozen_before_withdrawal", "frozen_after_withdrawal_kept")
    counties = [checked(plant(case, tmp_path / case.stem)) for case in CASES if case.stem in names]
    bases = [brief(Shown(each, date(2023, 10, 11)).day, 1, fictional=False).basis for each in counties]
    assert all("当日最新的材料是2023年6月5日的" in basis for basis in bases), bases


# ---------------------------------------------------------------- the cases


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_case_says_what_it_promises(case: Path) -> None:
    """Each case says in one Chinese sentence what it shows, and on each day expects verdict, cells and units."""
    told = read(case)
    assert len(told["promise"]) > 8 and told["days"]
    assert all({"verdict", "cells", "units"} <= set(day) for day in told["days"].values())


def test_every_folder_has_its_case() -> None:
    """A folder added to the fixtures is held by a case of its own name."""
    assert {folder.name for folder in FOLDERS.iterdir() if folder.is_dir()} <= {case.stem for case in CASES}
