"""Workbooks for the tests: real ones, filled in with openpyxl as a clerk would, or cut open as zip files."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from scripts.exchange.workbooks.columns import FORM, FORM_HEADS
from scripts.exchange.workbooks.outgoing import form_of, workbook
from scripts.ledger.series.day import day_of
from scripts.ledger.series.report_questions import position_named
from scripts.store.load import load

FAR = date(2050, 1, 1)


def blank(folder: Path, checkpoint: str, unit: str | None = None, known: date = FAR) -> bytes:
    """The workbook of a county at a checkpoint."""
    ledger = load(folder).ledger
    assert ledger is not None
    day = day_of(ledger, ledger.current.id, known)
    position = position_named(day.promise, checkpoint)
    assert position is not None
    return workbook(form_of(day, position, unit), bool(ledger.settings.fictional))


def filled(data: bytes, values: Mapping[tuple[str, str], Any], change: Callable[[Any], None] | None = None) -> bytes:
    """Fill in cells: (end of the row's id, head) → value; then whatever else is done to the workbook."""
    book = load_workbook(io.BytesIO(data))
    sheet = book[FORM]
    for (key, head), value in values.items():
        sheet.cell(row_of(sheet, key), FORM_HEADS.index(head) + 1).value = value
    if change:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def row_of(sheet: Worksheet, key: str) -> int:
    """The row whose id ends so."""
    (row,) = [row for row in range(4, sheet.max_row + 1) if str(sheet.cell(row, 1).value or "").endswith(key)]
    return row


def cut(data: bytes, changes: Mapping[str, Callable[[bytes], bytes] | bytes | None]) -> bytes:
    """The zip file with parts changed, added or (None) taken away."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *changes]):
            change = changes.get(name, lambda content: content)
            if change is not None:
                new.writestr(name, change if isinstance(change, bytes) else change(old.read(name)))
    return out.getvalue()


def part_of(data: bytes, title: str) -> str:
    """The part that holds a sheet; ours are numbered in their order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = re.findall(r'<sheet [^>]*?name="([^"]+)"', archive.read("xl/workbook.xml").decode())
    return f"xl/worksheets/sheet{names.index(title) + 1}.xml"
