"""How a workbook looks and what it lets through: widths, shades, locks, drop-downs, notes, print set-up."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
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
WIDTHS = {c.TASK: 5, c.FORM_HEADS[2]: 44, "到期": 15, "应完成": 12, "上次报的": 16, c.STATE: 11, c.DONE_ON: 12, c.NUMBER: 11}
WIDTHS |= {c.PUBLISHED: 12, c.BY: 17, c.SUMMARY: 38, c.REASON: 18, c.PUBLIC_AT: 16}
LAST_ROW = 2000
"""Down to this row the rules of free rows reach."""
LINE_HEIGHT, LEAST_HEIGHT = 14.5, 18.0
"""Points of one line of text, and of a row of one line."""
INPUTS = {"task": (c.PUBLISHED, c.BY, c.SUMMARY, c.REASON, c.PUBLIC_AT), "piece": (c.STATE, c.DONE_ON), "number": (c.NUMBER,)}
NOTES = {
    c.STATE: "选 完成、部分完成、未完成。要收回原来报的，选 撤回，并在任务那一行写更正原因。",
    c.DONE_ON: "只给“完成”的事写。早于到期日的，“佐证材料”里要有日期不晚于它的材料。",
    c.NUMBER: "写累计数或到期当天的数，不写新增；不带单位。",
    c.PUBLISHED: "公众最早能知道的日期，写 2023-05-20。有新报的值就要写。",
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
    _validate(sheet, choices(list(c.STATES)), rows["piece"], column[c.STATE])
    _validate(sheet, days(), rows["piece"], column[c.DONE_ON])
    _validate(sheet, days(), rows["task"], column[c.PUBLISHED])
    _validate(sheet, numbers(), rows["number"], column[c.NUMBER])
    for names in dict.fromkeys(leads[row] for row in rows["task"]):
        _validate(sheet, choices(list(names)), [row for row in rows["task"] if leads[row] == names], column[c.BY])
    for head, words in NOTES.items():
        sheet.cell(3, column[head]).comment = _note(words)
    _lock(sheet)


@dataclass(frozen=True)
class Column:
    """A column of a sheet whose rows are free: its head, width and number format, the rule of its cells, a note at its head; `needed`: where
    a row is filled in, this must be."""

    head: str
    width: int
    form: str = "@"
    rule: DataValidation | None = None
    note: str = ""
    needed: bool = True


def finish_rows(sheet: Worksheet, columns: Sequence[Column], title: str) -> None:
    """A sheet of free rows, as many as anybody fills in: whole columns are open, what stands above them is locked, heads that a row needs
    are darker."""
    brush = _page(sheet, title, [column.width for column in columns], "A4", hidden=False)
    for index, column in enumerate(columns, start=1):
        letter = get_column_letter(index)
        brush.column(letter, column.form)
        brush.cell(3, index, HEAD if column.needed else GREY, False, bold=column.needed)
        for row in (1, 2) if index > 1 else ():  # a cell with a look of its own: else it would be open as its column is
            sheet.cell(row, index).font = Font(FONT, 10.5)
        if column.rule and not (column.rule.type == "list" and not column.rule.formula1):
            column.rule.add(f"{letter}4:{letter}{LAST_ROW}")
            sheet.add_data_validation(column.rule)
        if column.note:
            sheet.cell(3, index).comment = _note(column.note)
    _lock(sheet)


def finish_free(sheet: Worksheet, heads: tuple[str, ...], tasks: list[int], title: str) -> None:
    """A sheet of rows that belong to a task."""
    rules = {c.TASK: choices([str(n) for n in tasks]) if tasks else None, "日期": days()}
    widths = [8, 30, 40 if "网址" in heads else 16, 16, 16]
    columns = [
        Column(head, width, _format(head), rules.get(head) or (numbers() if "元" in head else None))
        for head, width in zip(heads, widths, strict=True)
    ]
    finish_rows(sheet, columns, title)


def finish_told(sheet: Worksheet, last: int, title: str, widths: Sequence[int] = (0, 12, 28, 90), hidden: bool = True) -> None:
    """What is only to be read: all locked."""
    brush = _page(sheet, title, list(widths), "A4", hidden=hidden)
    for row in range(4, last + 1):
        for index in range(1, len(widths) + 1):
            brush.cell(row, index, GREY, False)
    brush.fit(3, last, list(widths))
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

    def column(self, letter: str, form: str) -> None:
        """The look of a whole column to fill in, so that no row need be written for it."""
        look: Any = self.sheet.column_dimensions[letter]
        look.fill, look.border, look.alignment, look.font = WHITE, LINE, WRAP, Font(FONT, 10.5)
        look.protection, look.number_format = OPEN, form

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


def choices(words: list[str]) -> DataValidation:
    """One of a few words."""
    listed = ",".join(words)
    return _told(
        DataValidation("list", formula1=f'"{listed}"' if len(listed) <= 250 else None, allow_blank=True), f"请从里面选：{listed}"[:200]
    )


def days() -> DataValidation:
    """A day."""
    rule = DataValidation("date", operator="between", formula1="36526", formula2="73050", allow_blank=True)
    return _told(rule, "请写日期，例：2023-05-20")


def numbers() -> DataValidation:
    """A number."""
    rule = DataValidation("decimal", operator="between", formula1="-1000000000000", formula2="1000000000000", allow_blank=True)
    return _told(rule, "请写数字，不带单位")


def listed_in(cells: str) -> DataValidation:
    """A list to choose from, in cells of the workbook; what is typed instead is not complained of."""
    return DataValidation("list", formula1=cells, allow_blank=True, showErrorMessage=False)


def _told(rule: DataValidation, words: str) -> DataValidation:
    """A rule warns and does not stop: “撤回” may stand where a number does."""
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
