"""The tidy tables hold what they declare: keys are keys, references lead somewhere, nothing unpublished or withdrawn gets out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from scripts.ledger.model.proceedings import Withdrawal
from scripts.ledger.model.promise import Ledger
from scripts.ledger.series.day import Day, day_of
from scripts.store.load import load
from scripts.tables.columns import Source
from scripts.tables.tidy import TABLES, tables, tidy

from ..conftest import DATA, MID_YEAR, SAMPLE

DAYS = {
    "real": (DATA, date(2026, 11, 23)),
    "mid_year": (SAMPLE, MID_YEAR),
    "closed": (SAMPLE, date(2024, 6, 1)),
    "before": (SAMPLE, date(2023, 3, 1)),
}


def source(county: str) -> Source:
    """A county on a day."""
    folder, day = DAYS[county]
    ledger = load(folder).ledger
    assert ledger is not None
    return Source(ledger, day_of(ledger, ledger.current.id, day))


@pytest.fixture(scope="module")
def filled() -> Mapping[str, Mapping[str, pd.DataFrame]]:
    """Every table of every county and day."""
    return {county: tidy(source(county)) for county in DAYS}


@pytest.mark.parametrize("county", DAYS)
@pytest.mark.parametrize("table", TABLES, ids=[table.name for table in TABLES])
def test_a_table_holds_what_it_declares(filled: Mapping[str, Mapping[str, pd.DataFrame]], county: str, table: object) -> None:
    """Rows are told apart by their key; required cells are filled; choices are among the declared; references exist."""
    declared = next(each for each in tables(county != "real") if each.name == table.name)  # type: ignore[attr-defined]
    found = filled[county][declared.name]
    assert list(found.columns) == [column.name for column in declared.columns]
    assert not found.duplicated(list(declared.key)).any()
    for column in declared.columns:
        cells = found[column.name]
        assert not (column.required and cells.isna().any()), column.name
        assert not column.enum or set(cells.dropna()) <= set(column.enum), column.name
        assert not column.pattern or cells.dropna().astype(str).str.match(column.pattern).all(), column.name
    for each in declared.foreign:
        known = set(map(tuple, filled[county][each.table][list(each.target)].to_numpy()))
        assert set(map(tuple, found[list(each.columns)].dropna().to_numpy())) <= known, each


def test_no_verdict_before_reporting_has_opened(filled: Mapping[str, Mapping[str, pd.DataFrame]]) -> None:
    """No colour, no figure of a unit; every task says 暂无进展数据."""
    for county in ("real", "before"):
        today = filled[county]["standings_today"]
        assert set(today["state"]) == {"no_data"} and today["colour"].isna().all()
        assert all(filled[county][name].empty for name in ("standings", "unit_standings", "unit_standings_today", "reports"))


def test_nothing_leaves_before_its_day(filled: Mapping[str, Mapping[str, pd.DataFrame]]) -> None:
    """The fictional folder holds the whole year; in mid-year only what was published by then is in the tables."""
    seen = 0
    for name, table in filled["mid_year"].items():
        for column in {"published", "told_on"} & set(table.columns):
            seen += len(table)
            assert (table[column] <= MID_YEAR).all(), name
            assert len(filled["closed"][name]) >= len(table)
    assert seen and len(filled["closed"]["reports"]) > len(filled["mid_year"]["reports"])


def test_a_withdrawn_record_leaves_only_its_tombstone() -> None:
    """Even where its file was left behind, and whatever the day: its words, values, evidence and money are nowhere."""
    whole = source("mid_year")
    key = next(
        key
        for key, report in sorted(whole.day.records.reports.items())
        if report.published <= MID_YEAR and report.evidence and report.funding
    )
    gone = Withdrawal(
        published=date(2023, 8, 1), record=f"reports/{key}", filed=whole.day.records.reports[key].published, ground="含个人信息"
    )
    records = whole.day.records.model_copy(update={"withdrawals": {**whole.day.records.withdrawals, "W-99": gone}})
    with_tombstone = tidy(replace(whole, day=Day(whole.day.promise, records, whole.day.rules, whole.day.publisher, whole.day.known)))
    for name, before in tidy(whole).items():
        if "report_id" in before.columns and name != "corrections":
            assert key in set(before["report_id"]) and key not in set(with_tombstone[name]["report_id"]), name
    assert f"reports/{key}" in set(with_tombstone["withdrawals"]["record"])


def test_the_sum_of_a_years_increments_is_planned_at_its_end(ledger: Ledger) -> None:
    """`planned` adds up what the cells print as new; it never adds levels."""
    found = tidy(Source(ledger, day_of(ledger, ledger.current.id, date(2026, 11, 23))))
    joined = found["schedules"].merge(found["indicators"][["indicator_id", "basis", "target"]], on="indicator_id")
    sums = joined[joined["basis"] == "increment"].groupby("indicator_id")
    assert len(sums) and all(group["planned"].iloc[-1] == sum(group["value"]) for _, group in sums)
    levels = joined[joined["basis"] == "level"]
    assert (levels["planned"] == levels["value"]).all()
