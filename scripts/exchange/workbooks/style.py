"""How a workbook looks and what it lets through: widths, shades, locks, drop-downs, notes, print set-up."""

from __future__ import annotations

from copy import copy
from typing import Any

from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from . import columns as c

FONT = "宋体"
GREY, HEAD, TASK_ROW, WHITE = (PatternFill("solid", fgColor=shade) for shade in ("F2F2F0", "D9D9D4", "E4E4DE", "FFFFFF"))
EDGE = Side("thin", color="A6A6A0")
LINE = Border(left=EDGE, right=EDGE, top=EDGE, bottom=EDGE)
WRAP = Alignment(wrap_text=True, vertical="top")
OPEN, LOCKED = Protection(locked=False), Protection(locked=True)
DAY_FORMAT, NUMBER_FORMAT = "yyyy-mm-dd", "0.######"
CENTRED = Alignment(horizontal="center", vertical="top")
WIDTHS = {c.TASK: 5, c.FORM_HEADS[2]: 44, "到期": 15, "应达": 12, "上次报的": 16, c.STATE: 11, c.DONE_ON: 12, c.NUMBER: 11}
WIDTHS |= {c.PUBLISHED: 12, c.BY: 17, c.SUMMARY: 38, c.REASON: 18, c.PUBLIC_AT: 16}
LINE_HEIGHT, LEAST_HEIGHT = 14.5, 18.0
"""Points of one line of text, and of a row of one line."""
INPUTS = {"task": (c.PUBLISHED, c.BY, c.SUMMARY, c.REASON, c.PUBLIC_AT), "piece": (c.STATE, c.DONE_ON), "number": (c.NUMBER,)}
NOTES = {
    c.STATE: "选 完成、部分完成、未完成。要收回原来报的，选 撤回，并在任务那一行写更正原因。",
    c.DONE_ON: "只给「完成」的事写。早于到期日的，『凭据』里要有日期不晚于它的材料。",
    c.NUMBER: "写累计或当时水平，不写新增；不带单位。",
    c.PUBLISHED: "公众最早能知道的日子，写 2023-05-20。有新报的值就要写。",
    c.BY: "这项任务的任一牵头单位。",
    c.SUMMARY: "平实的几句话：做到哪一步，为什么没有做到。不写人名、手机。",
    c.REASON: "只在改动、撤回已报的值时写。",
    c.PUBLIC_AT: "补录的（公布已经超过7天）写当时公布在哪里。",
}
"""The notes at the heads of the columns to fill in."""


def finish_form(
    sheet: Worksheet, kinds: list[str], beside: int, leads: dict[int, tuple[str, ...]], items: dict[int, Any], title: str
) -> None:
    """The sheet to fill in: white cells are open, all others locked."""
    column = {head: index for index, head in enumerate(c.FORM_HEADS, start=1)}
    widths = [0, *(WIDTHS[head] for head in c.FORM_HEADS[1:])]
    brush = _page(sheet, title, widths, "D4")
    for row, kind in enumerate([*kinds, *["beside"] * beside], start=4):
        for index, head in enumerate(c.FORM_HEADS, start=1):
            opened = head in INPUTS.get(kind, ())
            ground = WHITE if opened else TASK_ROW if kind == "task" else GREY
            brush.cell(row, index, ground, opened, _format(head) if opened else "General", kind == "task" and index == 3)
        sheet.cell(row, 2).alignment = CENTRED
    brush.fit(3, 3 + len(kinds) + beside, widths)
    rows = {kind: [row for row, each in enumerate(kinds, start=4) if each == kind] for kind in INPUTS}
    _validate(sheet, _choices(list(c.STATES)), rows["piece"], column[c.STATE])
    _validate(sheet, _days(), rows["piece"], column[c.DONE_ON])
    _validate(sheet, _days(), rows["task"], column[c.PUBLISHED])
    _validate(sheet, _numbers(), rows["number"], column[c.NUMBER])
    for names in dict.fromkeys(leads[row] for row in rows["task"]):
        _validate(sheet, _choices(list(names)), [row for row in rows["task"] if leads[row] == names], column[c.BY])
    for head, words in NOTES.items():
        sheet.cell(3, column[head]).comment = _note(words)
    _lock(sheet)


def finish_free(sheet: Worksheet, heads: tuple[str, ...], rows: int, tasks: list[int], title: str) -> None:
    """A sheet of rows that belong to a task: all open."""
    brush = _page(sheet, title, [8, 30, 40 if "网址" in heads else 16, 16, 16], "A4", hidden=False)
    last = 3 + rows
    for row in range(4, last + 1):
        for index, head in enumerate(heads, start=1):
            brush.cell(row, index, WHITE, True, _format(head))
    if tasks:
        _validate(sheet, _choices([str(n) for n in tasks]), range(4, last + 1), 1)
    for index, head in enumerate(heads, start=1):
        if "元" in head:
            _validate(sheet, _numbers(), range(4, last + 1), index)
        if head == "日期":
            _validate(sheet, _days(), range(4, last + 1), index)
    _lock(sheet)


def finish_told(sheet: Worksheet, last: int, title: str) -> None:
    """What was reported: all locked."""
    widths = [0, 12, 28, 90]
    brush = _page(sheet, title, widths, "A4")
    for row in range(4, last + 1):
        for index in range(1, 5):
            brush.cell(row, index, GREY, False)
    brush.fit(3, last, widths)
    _lock(sheet)


def finish_help(sheet: Worksheet, title: str, lines: tuple[tuple[str, str], ...]) -> None:
    """The words of help."""
    sheet.cell(1, 1).value = f"{title}：说明"
    _page(sheet, title, [14, 100], None, heads=False, hidden=False)
    for row, (left, words) in enumerate(lines, start=3):
        for index, text in enumerate((left, words), start=1):
            cell = sheet.cell(row, index)
            cell.value, cell.alignment = text or None, WRAP
            cell.font = Font(FONT, 12, bold=bool(left and not words))
    _lock(sheet)


def _page(sheet: Worksheet, title: str, widths: list[int], freeze: str | None, heads: bool = True, hidden: bool = True) -> Brush:
    for index, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width or 10
    sheet.column_dimensions["A"].hidden = hidden
    brush = Brush(sheet)
    first = 2 if hidden else 1
    sheet.cell(1, first).font, sheet.cell(2, first).font = Font(FONT, 14, bold=True), Font(FONT, 10.5)
    for index in range(1, len(widths) + 1) if heads else ():
        brush.cell(3, index, HEAD, False, bold=True)
    sheet.freeze_panes = freeze
    setup = sheet.page_setup
    setup.orientation, setup.paperSize, setup.fitToWidth, setup.fitToHeight = "landscape", "9", 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    sheet.print_title_rows = "3:3" if heads else None
    header, footer = sheet.oddHeader, sheet.oddFooter
    assert header is not None and footer is not None
    header.center.text, footer.center.text = title.replace("&", "&&"), "第 &P 页，共 &N 页"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    return brush


class Brush:
    """Paints the cells of one sheet.  Each look is put together once and then copied: openpyxl compares whole styles at every change."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self.looks: dict[tuple[str, bool, str, bool, bool], Any] = {}

    def cell(self, row: int, column: int, fill: PatternFill, opened: bool, form: str = "General", bold: bool = False) -> None:
        """Ground, edge, lock, number format and type of one cell; that its text is quoted (`put`) stays."""
        cell: Any = self.sheet.cell(row, column)
        look = (str(fill.fgColor.rgb), opened, form, bold, bool(cell.quotePrefix))
        if look not in self.looks:
            cell.fill, cell.border, cell.alignment, cell.font = fill, LINE, WRAP, Font(FONT, 10.5, bold=bold)
            cell.protection, cell.number_format = OPEN if opened else LOCKED, form
            self.looks[look] = cell._style
        cell._style = copy(self.looks[look])

    def fit(self, first: int, last: int, widths: list[int]) -> None:
        """Rows as high as their text: not every program works that out on opening."""
        for row in range(first, last + 1):
            texts = [(str(self.sheet.cell(row, index).value or ""), width) for index, width in enumerate(widths, start=1) if width]
            lines = max(sum(_lines(part, width) for part in text.split("\n")) for text, width in texts)
            self.sheet.row_dimensions[row].height = max(LEAST_HEIGHT, lines * LINE_HEIGHT + 2)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column of a width in digits; a Chinese character is as wide as two."""
    return max(1, -(-sum(2 if each > "\u2e80" or each in "≥≤—…" else 1 for each in text) // max(1, width - 2)))


def _format(head: str) -> str:
    return (
        DAY_FORMAT
        if head in (c.DONE_ON, c.PUBLISHED, "日期")
        else NUMBER_FORMAT
        if head == c.NUMBER or "元" in head
        else "@"
        if head != c.TASK
        else "0"
    )


def _choices(words: list[str]) -> DataValidation:
    listed = ",".join(words)
    return _told(
        DataValidation("list", formula1=f'"{listed}"' if len(listed) <= 250 else None, allow_blank=True), f"请从里面选：{listed}"[:200]
    )


def _days() -> DataValidation:
    rule = DataValidation("date", operator="between", formula1="36526", formula2="73050", allow_blank=True)
    return _told(rule, "请写日期，例：2023-05-20")


def _numbers() -> DataValidation:
    rule = DataValidation("decimal", operator="between", formula1="-1000000000000", formula2="1000000000000", allow_blank=True)
    return _told(rule, "请写数字，不带单位")


def _told(rule: DataValidation, words: str) -> DataValidation:
    """A rule warns and does not stop: 「撤回」 may stand where a number does."""
    rule.errorStyle, rule.errorTitle, rule.error, rule.showErrorMessage = "warning", "请核对", words, True
    return rule


def _validate(sheet: Worksheet, rule: DataValidation, rows: Any, column: int) -> None:
    if not rows or (rule.type == "list" and not rule.formula1):
        return
    for row in rows:
        rule.add(sheet.cell(row, column))
    sheet.add_data_validation(rule)


def _note(words: str) -> Comment:
    note = Comment(words, "")
    note.width, note.height = 260, 90
    return note


def _lock(sheet: Worksheet) -> None:
    """Protection without a password: against slips, not against intent.  Sorting, hiding and widths stay free."""
    protection = sheet.protection
    protection.sheet = True
    protection.formatColumns = protection.formatRows = protection.insertColumns = protection.sort = protection.autoFilter = False
