"""All tables in one workbook: a sheet each, what they mean on a sheet of its own, the stamp on the first.

Every text is marked as text, so none is ever run; the file names no author and holds no clock.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

from scripts.store.zips import office
from scripts.tables.columns import Table, Value

from .cells import plain
from .edition import Edition

BOLD, SMALL = Font(bold=True), Font(color="666666", size=9)
WRAP = Alignment(wrap_text=True, vertical="top")
WIDEST, NARROWEST = 48, 8
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""Characters that a workbook cannot hold; the checks of the data let none through."""


def workbook_bytes(edition: Edition) -> bytes:
    """The whole file: 说明, 字段, then the tables, first row the columns' names, second their Chinese titles."""
    book = Workbook(write_only=True)
    _about(book.create_sheet("说明"), edition)
    _dictionary(book.create_sheet("字段"), edition)
    for table in edition.tables:
        _table(book.create_sheet(table.name), table, edition)
    return _packed(book, edition)


def _about(sheet: Any, edition: Edition) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 16, 100
    plan = edition.day.promise.plan
    lines: list[tuple[str, Value]] = [
        ("名称", edition.title),
        ("说明", edition.identity),
        ("来源", f"{plan.document.issuer}《{plan.document.plan}》（{plan.document.number}）"),
        ("许可", edition.ledger.settings.licence),
        ("发布者", edition.publisher),
        ("整理截至", edition.stamp.as_of),
        ("数据版本", edition.stamp.commit or "不明"),
        ("版本时间", edition.stamp.generated_at),
        ("评定规则", f"第{edition.stamp.rules_version}版"),
        ("怎样读", "每张表第一行是字段名，第二行是中文名；每个字段的含义见“字段”。日期是日期，数是数，空格是没有。"),
    ]
    for name, value in lines:
        sheet.append([_cell(sheet, name, BOLD), _cell(sheet, value, wrap=True)])


def _dictionary(sheet: Any, edition: Edition) -> None:
    sheet.freeze_panes = "A2"
    for letter, width in zip("ABCDEF", (22, 22, 16, 10, 70, 40), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.append([_cell(sheet, word, BOLD) for word in ("表", "字段", "中文名", "类型", "含义", "只能是")])
    for table in edition.tables:
        for column in table.columns:
            words = (table.name, column.name, column.title, column.type, column.description, "、".join(column.enum))
            sheet.append([_cell(sheet, word, wrap=True) for word in words])


def _table(sheet: Any, table: Table, edition: Edition) -> None:
    rows = list(edition.frames[table.name].itertuples(index=False, name=None))
    sheet.freeze_panes = "A3"
    for index, width in enumerate(_widths(table, rows), start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.auto_filter.ref = f"A2:{get_column_letter(len(table.columns))}{len(rows) + 2}"
    sheet.append([_cell(sheet, column.name, SMALL) for column in table.columns])
    sheet.append([_cell(sheet, column.title, BOLD) for column in table.columns])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])


def _widths(table: Table, rows: Iterable[tuple[Value, ...]]) -> Iterator[int]:
    """As wide as the longest of the first rows, Chinese characters counted double."""
    some = [[column.title for column in table.columns], [column.name for column in table.columns], *list(rows)[:40]]
    for cells in zip(*some, strict=True):
        yield max(NARROWEST, min(WIDEST, 2 + max(sum(1 + (char > "\u2e80") for char in plain(cell)) for cell in cells)))


def _cell(sheet: Any, value: Value, font: Font | None = None, wrap: bool = False) -> Any:
    """One cell: numbers, days and truth as such; everything else as text that is never run."""
    if isinstance(value, bool | int | Decimal | date) or value is None:
        cell: Any = WriteOnlyCell(sheet, value)  # type: ignore[arg-type]
        if isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"
    else:
        cell = WriteOnlyCell(sheet, UNFIT.sub("", plain(value)))
        cell.data_type = "s"
    if font:
        cell.font = font
    if wrap:
        cell.alignment = WRAP
    return cell


def _packed(book: Workbook, edition: Edition) -> bytes:
    """The file without author, program or clock: its own dates are the data's."""
    made = datetime.strptime(edition.stamp.generated_at, "%Y-%m-%dT%H:%M:%SZ")
    book.properties.creator = book.properties.lastModifiedBy = None
    book.properties.title, book.properties.language = edition.title, "zh-CN"
    book.properties.created = book.properties.modified = made
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as parts:
        ExcelWriter(book, parts).write_data()
    return office(raw.getvalue())
