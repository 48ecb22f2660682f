"""A .xlsx: each visible sheet as boxes with their real spans."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from xml.etree import ElementTree

import openpyxl
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from .shapes import Box, Grid, Unfit

MOST_ROWS, MOST_COLUMNS = 3_000, 100
BROKEN = "文件坏了，打不开；请用 WPS 或 Excel 重新另存为 .xlsx"


def read_xlsx(data: bytes, name: str) -> list[Grid]:
    """The sheets that hold something, in order.  Raises `Unfit`."""
    _refuse_wide_ranges(data, name)
    try:
        values = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        formulas = openpyxl.load_workbook(io.BytesIO(data))
    except Exception as error:  # the library lets through whatever its parts raise
        raise Unfit(name, BROKEN) from error
    sheets = [sheet for sheet in values.worksheets if sheet.sheet_state == "visible"]
    grids = [_grid(sheet, formulas[sheet.title], f"工作表“{sheet.title}”") for sheet in sheets]
    return [grid for grid in grids if grid.boxes]


def _refuse_wide_ranges(data: bytes, name: str) -> None:
    """Look before the library opens the file: it builds every cell of a merged range and of a link's range, and a file of one kilobyte
    can claim seventeen thousand million."""
    cells = 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in archive.namelist():
            for found in _ranges(archive.read(part), name) if part.endswith(".xml") else ():
                cells += _size(found)
                if cells > MOST_ROWS * MOST_COLUMNS:
                    raise Unfit(name, f"合并的格太大：一张表最多{MOST_ROWS}行、{MOST_COLUMNS}列；请取消整行、整列的合并和链接", found)


def _ranges(part: bytes, name: str) -> Iterator[str]:
    """The merged ranges and the ranges of links in one part.  Raises `Unfit`."""
    try:
        for _, element in ElementTree.iterparse(io.BytesIO(part), ("start",)):
            if element.tag.rpartition("}")[2] in ("mergeCell", "hyperlink") and "ref" in element.attrib:
                yield element.attrib["ref"]
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise Unfit(name, BROKEN) from error


def _size(found: str) -> int:
    """How many cells a range has; one that cannot be read has none, and the library refuses it."""
    try:
        left, top, right, bottom = range_boundaries(found)
    except (ValueError, TypeError):
        return 0
    return ((right or 16_384) - (left or 1) + 1) * ((bottom or 1_048_576) - (top or 1) + 1)


def _grid(sheet: Worksheet, formulas: Worksheet, name: str) -> Grid:
    rows, columns = _extent(sheet)
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        raise Unfit(name, f"表太大：最多{MOST_ROWS}行、{MOST_COLUMNS}列", f"{rows}行、{columns}列")
    spans = {(span.min_row, span.min_col): span for span in sheet.merged_cells.ranges}
    covered = {(r, c) for span in spans.values() for r, c in _places(span)} - set(spans)
    boxes: list[Box] = []
    for r in range(1, rows + 1):
        for c in range(1, columns + 1):
            if (r, c) in covered:
                continue
            span = spans.get((r, c))
            height, width = (span.max_row - r + 1, min(span.max_col, columns) - c + 1) if span else (1, 1)
            where = f"{name}{sheet.cell(r, c).coordinate}"
            boxes.append(Box(_text(sheet.cell(r, c), formulas.cell(r, c), where), r - 1, c - 1, height, width, where))
    _refuse_hidden(sheet, boxes, name)
    return Grid(name, tuple(boxes) if rows else (), rows, columns)


def _places(span: Any) -> list[tuple[int, int]]:
    return [
        (r, c)
        for r in range(span.min_row, min(span.max_row, MOST_ROWS + 1) + 1)
        for c in range(span.min_col, min(span.max_col, MOST_COLUMNS + 1) + 1)
    ]


def _extent(sheet: Worksheet) -> tuple[int, int]:
    """The last row and column that hold something; formats alone do not count."""
    filled = [cell for cell in sheet._cells.values() if cell.value not in (None, "")]  # of a million formatted rows only what is there
    corners = [
        (span.max_row, span.max_col)
        for span in sheet.merged_cells.ranges
        if any((cell.row, cell.column) == (span.min_row, span.min_col) for cell in filled)
    ]
    rows = max([cell.row for cell in filled] + [row for row, _ in corners], default=0)
    columns = max([cell.column for cell in filled] + [column for _, column in corners], default=0)
    return rows, columns


def _text(cell: Any, formula: Any, where: str) -> str:
    value = cell.value
    if formula.data_type == "f" and value is None:
        raise Unfit(where, "这一格是公式，文件里没有存它的结果；请在 Excel 里打开、保存一次，或把公式改成打出来的字", str(formula.value))
    if cell.data_type == "e":
        raise Unfit(where, "这一格是公式错误；请改成要写的字", str(value))
    if value is None:
        return ""
    if isinstance(value, (datetime, date)):
        return _day(value, str(cell.number_format))
    if isinstance(value, bool):
        return str(formula.value)
    if isinstance(value, (int, float)):
        return _number(value, str(cell.number_format), where)
    return str(value).replace("_x000D_", "").strip()


def _day(value: datetime | date, shape: str) -> str:
    month = f"{value.month}月"
    if "d" in shape.lower():
        return f"{value.year}年{month}{value.day}日"
    return f"{value.year}年{month}" if "y" in shape.lower() else month


PLAIN = re.compile(r"General|@|[#0,]*(\.[0#]+)?(_[ )])?")
"""Formats of a number that add no word to it."""


def _number(value: int | float, shape: str, where: str) -> str:
    """A number as it is displayed, its unit among it (`0"座"`); one whose format says more is refused."""
    if re.fullmatch(r"0(\.0+)?%", shape):
        return f"{round(value * 100, 6):.6f}".rstrip("0").rstrip(".") + "%"
    bare = str(int(value)) if value == int(value) else repr(value)
    if PLAIN.fullmatch(shape):
        return bare
    if found := re.fullmatch(r'(?:"([^"]*)")?[#0,]*(?:\.0+)?(?:"([^"]*)"|([\u4e00-\u9fff]+))?', shape):
        return f"{found[1] or ''}{bare}{found[2] or found[3] or ''}"
    raise Unfit(where, f"这一格的数字格式是“{shape}”，看到的和存的可能不一样；请改成打出来的字", bare)


def _refuse_hidden(sheet: Worksheet, boxes: list[Box], name: str) -> None:
    columns = {c - 1 for shape in sheet.column_dimensions.values() if shape.hidden for c in range(shape.min or 0, (shape.max or 0) + 1)}
    secret = next((box for box in boxes if box.column in columns and box.text.strip()), None)
    if secret:
        raise Unfit(secret.where, "这一栏是隐藏的；请取消隐藏，不要的栏请删去")
    hidden = {r - 1 for r, shape in sheet.row_dimensions.items() if shape.hidden}
    lost = next((box for box in boxes if box.row in hidden and box.text.strip()), None)
    if lost:
        raise Unfit(lost.where, f"{name}第{lost.row + 1}行是隐藏的；请取消隐藏，不要的行请删去", lost.text)
