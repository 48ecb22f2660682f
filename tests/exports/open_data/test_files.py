"""A table opens right in every program, says the same in each, and runs nowhere."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl

from scripts.exports.downloads.catalogue import files
from scripts.exports.downloads.edition import Edition
from scripts.ledger.series.day import day_of
from scripts.store.load import load
from scripts.store.stamp import Stamp
from scripts.tables.tidy import tables

from ...conftest import MID_YEAR, SAMPLE
from .taken import FOLDER, rows

NUMERIC = {"integer", "number"}


def test_a_csv_opens_right_everywhere(any_site: Path) -> None:
    """A byte order mark, CR LF, bare numbers, ISO days; one header, taken from the declaration."""
    for table in tables(fictional="demo" in str(any_site)):
        data = (any_site / FOLDER / f"{table.name}.csv").read_bytes()
        assert data.startswith(b"\xef\xbb\xbf") and data.endswith(b"\r\n")
        assert data.decode("utf-8-sig").split("\r\n")[0] == ",".join(column.name for column in table.columns)
        for row in rows(any_site, table.name):
            for column in table.columns:
                cell = row[column.name]
                if column.type in NUMERIC and cell:
                    assert float(cell) == float(cell) and not set(cell) & set("≥%,，"), (table.name, column.name, cell)
                if column.type == "date" and cell:
                    assert date.fromisoformat(cell).isoformat() == cell
                assert not cell or (cell[0] not in "=+@\t\r" and (cell[0] != "-" or column.type in NUMERIC)), (
                    table.name,
                    column.name,
                    cell,
                )


def test_text_that_would_run_as_a_formula_stays_text() -> None:
    """An apostrophe in front in the CSV; a cell of text in the workbook; the words as they are in the JSON."""
    ledger = load(SAMPLE).ledger
    assert ledger is not None
    promise = ledger.current
    tasks = promise.tasks | {1: promise.tasks[1].model_copy(update={"title": "=1+1", "pledge": '＝HYPERLINK("https://example.org")'})}
    ledger = ledger.model_copy(update={"promises": {promise.id: promise.model_copy(update={"tasks": tasks})}})
    edition = Edition(ledger, day_of(ledger, promise.id, MID_YEAR), Stamp("", 0, MID_YEAR, 1), "本站不是政府网站。")
    made = dict(files([edition]))
    assert b",'=1+1," in made[f"{FOLDER}/tasks.csv"] and "'＝HYPERLINK" in made[f"{FOLDER}/tasks.csv"].decode()
    sheet = openpyxl.load_workbook(io.BytesIO(made[f"{FOLDER}/ledger-2023.xlsx"]))["tasks"]
    assert (sheet["C3"].value, sheet["C3"].data_type) == ("=1+1", "s")
    assert json.loads(made["api/v1/2023/tasks/T01.json"])["data"]["title"] == "=1+1"


def test_the_workbook_holds_every_table_as_values_and_nobodys_name(any_site: Path) -> None:
    """The same cells as the CSV; numbers are numbers, days are days; no formula, no author, no clock."""
    path = any_site / FOLDER / "ledger-2023.xlsx"
    book = openpyxl.load_workbook(path)
    assert book.properties.created == book.properties.modified
    with zipfile.ZipFile(path) as parts:
        assert {entry.date_time for entry in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = parts.read("docProps/core.xml")
        assert not [word for word in (b"creator", b"lastModifiedBy", b"openpyxl") if word in core]
    for table in tables(fictional="demo" in str(any_site)):
        names, titles, *cells = book[table.name].iter_rows()
        assert [cell.value for cell in names] == [column.name for column in table.columns]
        assert [cell.value for cell in titles] == [column.title for column in table.columns]
        found = [[_said(cell.value) for cell in row] for row in cells]
        assert found == [[row[column.name].removeprefix("'") for column in table.columns] for row in rows(any_site, table.name)]
        assert all(cell.data_type != "f" for row in cells for cell in row)


def _said(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case datetime():
            return value.date().isoformat()
        case float():
            return f"{value:g}" if value == int(value) else str(value)
        case _:
            return str(value)


def test_the_zip_holds_the_package_and_a_note_with_fixed_times(any_site: Path) -> None:
    """The same bytes as the files beside it."""
    with zipfile.ZipFile(any_site / FOLDER / "ledger-2023.zip") as parts:
        assert {entry.date_time for entry in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        names = set(parts.namelist()) - {"README.txt"}
        assert names == {path.name for path in (any_site / FOLDER).iterdir() if path.suffix in (".csv", ".json")}
        assert all(parts.read(name) == (any_site / FOLDER / name).read_bytes() for name in names)
        note = parts.read("README.txt").decode("utf-8-sig")
    assert ("虚构演示" in note) is ("demo" in str(any_site)) and "许可：CC BY 4.0" in note
