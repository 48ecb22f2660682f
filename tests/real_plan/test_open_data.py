"""A stranger with pandas answers questions about the real plan from the published files alone: the package says where and what they are."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

TYPES = {"string": "string", "date": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean"}


@pytest.fixture(scope="module")
def tables(site: Path) -> dict[str, pd.DataFrame]:
    """Every table that datapackage.json names, with the types that it gives."""
    folder = site / "data"
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return {
        each["name"]: pd.read_csv(
            folder / each["path"],
            encoding="utf-8-sig",
            dtype={field["name"]: TYPES[field["type"]] for field in each["schema"]["fields"]},
            keep_default_na=False,
            na_values=each["schema"]["missingValues"],
        )
        for each in package["resources"]
    }


def test_which_tasks_does_the_education_committee_lead(tables: dict[str, pd.DataFrame]) -> None:
    """县教委 leads nine tasks."""
    units, pairs = tables["units"], tables["task_units"]
    mine = units.loc[units["name"] == "县教委", "unit_id"]
    led = pairs[pairs["unit_id"].isin(mine) & (pairs["role"] == "lead")]["task_id"]
    assert sorted(led) == ["T17", *(f"T{number}" for number in range(21, 29))]


def test_what_is_due_in_september(tables: dict[str, pd.DataFrame]) -> None:
    """Every cell with a target that falls due at the checkpoint 2023-09, with its words."""
    cells = tables["milestones"]
    due = cells[(cells["checkpoint"] == "2023-09") & cells["falls_due"]]
    assert len(due) == 30 and (due["kind"] == "target").all() and due["text"].notna().all()
    certain = due[due["covers"] == "certain"]
    assert len(certain) == 24 and set(certain["due"]) == {"2023-09-30"}
    assert due.loc[due["task_id"] == "T24", "text"].str.contains("公平小学综合楼").tolist() == [True]


def test_how_many_cells_are_a_dash_in_march(tables: dict[str, pd.DataFrame]) -> None:
    """The cells that print “——” at 2023-03."""
    cells = tables["milestones"]
    march = cells[cells["checkpoint"] == "2023-03"]
    assert len(march) == 42 and (march["kind"] == "none").sum() == (march["text"] == "——").sum() == 8


def test_nothing_is_judged(tables: dict[str, pd.DataFrame]) -> None:
    """The real county has no data on progress: the tables of verdicts and testimony have their columns and no row."""
    empty = ("reports", "actuals", "standings", "unit_standings", "funding", "problems", "meetings", "revisions", "corrections")
    assert all(tables[name].empty and len(tables[name].columns) > 3 for name in empty)
    assert set(tables["standings_today"]["state"]) == {"no_data"} and tables["standings_today"]["colour"].isna().all()
