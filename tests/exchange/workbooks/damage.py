"""What happens to a workbook between two offices, by a seed: cells retyped, columns moved, sheets renamed, files cut short.

A mutant by content is made from the cells of a workbook that somebody filled in: they are laid out as a table, changed as a clerk or a
program changes them, and written in one of the ways in which Excel, WPS, LibreOffice and libraries write XML.  What stands around the
cells (widths, locks, drop-downs, styles) is kept.  A mutant by bytes spoils the file itself.
"""

from __future__ import annotations

import io
import random
import re
import warnings
import zipfile
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from decimal import Decimal
from xml.sax.saxutils import escape

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

from scripts.exchange.workbooks.columns import FORM, HELP, MONEY, PROOF, TOLD

from .books import cut, part_of

type_dice = random.Random

HEADS = 3
"""The row of heads in our workbooks."""
EMPTY = 16
"""Empty rows are kept down to this one: what is below them is more of the same."""
WORDS = """
完成|部分完成|未完成|撤回|完工|done|６００|１，２００|1,200|12,34|约150|150个|98.7%|〇|-5|1e9|1.5.2|0x10|2031/5/20|2031年5月31日|2031.5.31|2031-02-30|5月20日
20310520|2031-05-20 00:00:00|45067|昨天|12:30|=1+1|＝1|+86|@x|-|——|#REF!|县教委|县卫健委|县教育委|99|0|1|01|2031/2031-05/01/2-1|2031/2031-05/01|2031/2031-03/02
2030/2030-01/01|<b>x</b>|{{7*7}}|{% x %}|"><img src=x>|https://www.example.org/a|javascript:1|13900000000|110101199003077777|〔待填〕|\u202e倒|\u200b|_x000D_
_x0001_|_xD800_|a\u0085b|\U0001f600|公告
""".strip().replace("\n", "|").split("|")  # fmt: skip
WORDS += ["", " ", "　", "\u00a0", "a\nb", "长" * 21_000, "9" * 400, "0" * 40 + "1", "多行\n\n\n", "a\tb"]
NUMBERS = [
    "0",
    "1",
    "-3",
    "0.1",
    "150",
    "45067",
    "45067.75",
    "48000",
    "60",
    "2958465",
    "1E+300",
    "1e400",
    "nan",
    "-0",
    "13.800000000000001",
]
NUMBERS += ["999999999999999999", "0.985", "20310520", "x", "", "１２"]
ERRORS = ["#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!"]
FORMULAS = ["SUM(A1:A9)", "1/0", 'HYPERLINK("http://a")', "[1]Sheet1!A1", "TODAY()", ""]


@dataclass(frozen=True)
class Stored:
    """A cell: kind is "text", "number", "bool", "error", "formula", "day" or "bare" (only a format); value as text; its style."""

    kind: str
    value: str
    style: str = ""


@dataclass
class Table:
    """A sheet's cells by (row, column), and what else about it is changed."""

    name: str
    cells: dict[tuple[int, int], Stored]
    merged: list[str] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    @property
    def last(self) -> tuple[int, int]:
        return max((row for row, _ in self.cells), default=1), max((column for _, column in self.cells), default=1)

    def rows(self, dice: type_dice) -> int:
        """A row below the heads, mostly one that holds something."""
        below = sorted({row for row, _ in self.cells if row > HEADS and self.cells[row, _].kind != "bare"})
        return dice.choice(below) if below and dice.random() < 0.95 else dice.randrange(1, self.last[0] + 3)


type_tables = list[Table]


def tables(data: bytes) -> type_tables:
    """A workbook's sheets, read with openpyxl."""
    found = []
    for sheet in load_workbook(io.BytesIO(data)):
        cells = {}
        for line in sheet.iter_rows():
            for cell in line:
                value = cell.value
                style = str(cell.style_id)
                if value is None and cell.row > EMPTY:
                    continue
                if value is None:
                    stored = Stored("bare", "", style)
                elif cell.is_date:
                    stored = Stored("number", str(int(to_excel(value))), style)
                elif isinstance(value, int | float | Decimal):
                    stored = Stored("number", str(value), style)
                else:
                    stored = Stored("text", str(value), style)
                cells[cell.row, cell.column] = stored
        found.append(Table(sheet.title, cells))
    return found


# ---------------------------------------------------------------- cells


def _spot(book: type_tables, dice: type_dice) -> tuple[Table, tuple[int, int]]:
    """A cell below the heads, of any sheet, mostly of the one to fill in."""
    table = dice.choice([each for each in book for _ in range(8 if each.name == FORM else 2 if each.name != HELP else 1)])
    row = table.rows(dice)
    return table, (row, dice.randrange(1, table.last[1] + 1))


def _held(book: type_tables, dice: type_dice) -> tuple[Table, tuple[int, int]] | None:
    """A cell below the heads that holds something."""
    for _ in range(20):
        table, place = _spot(book, dice)
        if place in table.cells and table.cells[place].kind != "bare":
            return table, place
    return None


def _put(book: type_tables, dice: type_dice, kind: str, value: str) -> None:
    table, place = _spot(book, dice)
    style = table.cells[place].style if place in table.cells else ""
    table.cells[place] = Stored(kind, value, style)


def words(book: type_tables, dice: type_dice) -> None:
    """Some words where others belong, or none."""
    _put(book, dice, "text", dice.choice(WORDS))


def numbers(book: type_tables, dice: type_dice) -> None:
    """A number where a day, a word or another number belongs; a day as its serial number."""
    _put(book, dice, "number", dice.choice(NUMBERS))


def error(book: type_tables, dice: type_dice) -> None:
    """#REF! and its kin: a column that the formulas spoke of was deleted."""
    _put(book, dice, "error", dice.choice(ERRORS))


def formula(book: type_tables, dice: type_dice) -> None:
    """A formula with what it gave last."""
    _put(book, dice, "formula", dice.choice(FORMULAS) + "|" + dice.choice(NUMBERS))


def truth(book: type_tables, dice: type_dice) -> None:
    """TRUE or FALSE."""
    _put(book, dice, "bool", dice.choice("01"))


def iso_day(book: type_tables, dice: type_dice) -> None:
    """A day or a time as the strict dialect stores it."""
    _put(book, dice, "day", dice.choice(["2031-05-20", "2031-05-20T00:00:00", "2031-05-20T13:45:00", "13:45:00", "PT1H"]))


def emptied(book: type_tables, dice: type_dice) -> None:
    """What stood in a cell is gone."""
    if held := _held(book, dice):
        table, place = held
        table.cells[place] = Stored("bare", "", table.cells[place].style)


def spaced(book: type_tables, dice: type_dice) -> None:
    """Spaces of all kinds around what was typed, or a line break behind it."""
    if held := _held(book, dice):
        table, place = held
        value = dice.choice(["{} ", "　{}", "\u00a0{}\u00a0", "{}\n", "\ufeff{}", " {}　\u200b"]).format(table.cells[place].value)
        table.cells[place] = Stored("text", value, table.cells[place].style)


def full_width(book: type_tables, dice: type_dice) -> None:
    """Typed with the keyboard set to Chinese."""
    if held := _held(book, dice):
        table, place = held
        wide = "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in table.cells[place].value)
        table.cells[place] = Stored("text", wide, table.cells[place].style)


def retyped(book: type_tables, dice: type_dice) -> None:
    """A number as text, text as a number."""
    if held := _held(book, dice):
        table, place = held
        old = table.cells[place]
        table.cells[place] = Stored("text" if old.kind == "number" else "number", old.value, old.style)


def restyled(book: type_tables, dice: type_dice) -> None:
    """Another number format: per cent, a day, one that does not exist."""
    if held := _held(book, dice):
        table, place = held
        old = table.cells[place]
        table.cells[place] = Stored(old.kind, old.value, dice.choice(["0", "1", "5", "12", "99999", "x", "-1"]))


def dragged(book: type_tables, dice: type_dice) -> None:
    """A cell pulled down over those below it, or pasted elsewhere."""
    if held := _held(book, dice):
        table, (row, column) = held
        if dice.random() < 0.6:
            table.cells.update({(row + step, column): table.cells[row, column] for step in range(1, dice.randrange(2, 9))})
        else:
            other, place = _spot(book, dice)
            other.cells[place] = table.cells[row, column]


def swapped(book: type_tables, dice: type_dice) -> None:
    """Two cells changed places."""
    one, two = _held(book, dice), _held(book, dice)
    if one and two:
        one[0].cells[one[1]], two[0].cells[two[1]] = two[0].cells[two[1]], one[0].cells[one[1]]


# ---------------------------------------------------------------- rows, columns, sheets


def _moved(table: Table, where: Callable[[int, int], tuple[int, int] | None]) -> None:
    table.cells = {place: cell for old, cell in sorted(table.cells.items()) if (place := where(*old))}


def column_in(book: type_tables, dice: type_dice) -> None:
    """A column of their own, with or without something in it."""
    table, (_, at) = _spot(book, dice)
    _moved(table, lambda row, column: (row, column + (column >= at)))
    for row in range(1, 6) if dice.random() < 0.5 else ():
        table.cells[row, at] = Stored("text", dice.choice(WORDS[:40]))


def column_out(book: type_tables, dice: type_dice) -> None:
    """A column is deleted."""
    table, (_, at) = _spot(book, dice)
    _moved(table, lambda row, column: None if column == at else (row, column - (column > at)))


def columns_swapped(book: type_tables, dice: type_dice) -> None:
    """Two columns changed places."""
    table, (_, a) = _spot(book, dice)
    b = dice.randrange(1, table.last[1] + 1)
    _moved(table, lambda row, column: (row, {a: b, b: a}.get(column, column)))


def row_in(book: type_tables, dice: type_dice) -> None:
    """Empty rows, above the heads too."""
    table, (at, _) = _spot(book, dice)
    at, count = dice.choice([at, at, 1]), dice.choice([1, 1, 3, 40])
    _moved(table, lambda row, column: (row + count * (row >= at), column))


def row_out(book: type_tables, dice: type_dice) -> None:
    """A row is deleted."""
    table, (at, _) = _spot(book, dice)
    _moved(table, lambda row, column: None if row == at else (row - (row > at), column))


def row_twice(book: type_tables, dice: type_dice) -> None:
    """A row is copied below itself, or far below."""
    table, (at, _) = _spot(book, dice)
    to = at + 1 if dice.random() < 0.5 else table.last[0] + dice.choice([1, 2, 500])
    line = {column: cell for (row, column), cell in table.cells.items() if row == at}
    if to == at + 1:
        _moved(table, lambda row, column: (row + (row > at), column))
    table.cells.update({(to, column): cell for column, cell in line.items()})


def sorted_rows(book: type_tables, dice: type_dice) -> None:
    """Rows in another order."""
    table, _ = _spot(book, dice)
    below = sorted({row for row, _ in table.cells if row > HEADS})
    order = dict(zip(below, dice.sample(below, len(below)), strict=True))
    _moved(table, lambda row, column: (order.get(row, row), column))


def one_column_sorted(book: type_tables, dice: type_dice) -> None:
    """Only the marked column was sorted: the rows are torn apart."""
    table, (_, at) = _spot(book, dice)
    below = sorted({row for row, column in table.cells if row > HEADS and column == at})
    order = dict(zip(below, dice.sample(below, len(below)), strict=True))
    _moved(table, lambda row, column: (order.get(row, row) if column == at else row, column))


def merged(book: type_tables, dice: type_dice) -> None:
    """Cells are merged: down, across, everything, nonsense."""
    table, (row, column) = _spot(book, dice)
    letter, wide = get_column_letter(column), get_column_letter(column + dice.randrange(4))
    ranges = [f"{letter}{row}:{letter}{row + dice.randrange(1, 9)}", f"{letter}{row}:{wide}{row + dice.randrange(3)}"]
    table.merged.append(dice.choice([*ranges, *ranges, f"{letter}1:{letter}1048576", "A1:XFD1048576", f"{letter}{row}", "??", "B9:A1"]))
    if dice.random() < 0.5 and ":" in table.merged[-1]:  # what the program leaves of the cells below the first
        for below in range(row + 1, row + 9):
            table.cells.pop((below, column), None)


def hidden(book: type_tables, dice: type_dice) -> None:
    """Rows and columns are hidden."""
    table, (row, column) = _spot(book, dice)
    table.hidden_rows |= {row + step for step in range(dice.randrange(1, 5))}
    if dice.random() < 0.5:
        table.hidden_columns.add(column)


def head_changed(book: type_tables, dice: type_dice) -> None:
    """A head is typed anew, spaced, doubled or gone."""
    table = dice.choice(book)
    heads = [column for row, column in table.cells if row == HEADS]
    if not heads:
        return
    at = dice.choice(heads)
    value = table.cells[HEADS, at].value
    new = dice.choice([f" {value}　", "\n".join(value), f"{value}*", value[:-1], "", table.cells[HEADS, dice.choice(heads)].value, "备注"])
    table.cells[HEADS, at] = Stored("text", new)


def sheet_renamed(book: type_tables, dice: type_dice) -> None:
    """A sheet has another name: a program's, another sheet's, one with spaces."""
    table = dice.choice(book)
    table.name = dice.choice(
        ["Sheet1", f" {table.name} ", f"{table.name} (2)", f"{table.name}表", dice.choice(book).name, "", "'", "a" * 300]
    )


def sheet_gone(book: type_tables, dice: type_dice) -> None:
    """A sheet is deleted, mostly one that is not needed."""
    table = dice.choice([each for each in book for _ in range(1 if each.name == FORM else 4)] or book)
    if len(book) > 1:
        book.remove(table)


def sheet_twice(book: type_tables, dice: type_dice) -> None:
    """A sheet is copied; the copy stands first or last."""
    copy = deepcopy(dice.choice(book))
    copy.name += " (2)"
    book.insert(dice.choice([0, len(book)]), copy)


def sheet_foreign(book: type_tables, dice: type_dice) -> None:
    """A draft of the clerk's own."""
    cells = {(dice.randrange(1, 9), dice.randrange(1, 5)): Stored("formula", f"{dice.choice(FORMULAS)}|1") for _ in range(6)}
    cells[1, 1] = Stored("text", dice.choice([*WORDS[:20], *["编号", "项", "内容"]]))
    book.insert(dice.choice([0, len(book)]), Table(dice.choice(["草稿", "Sheet1", "汇总"]), cells))


def sheets_moved(book: type_tables, dice: type_dice) -> None:
    """The sheets stand in another order."""
    dice.shuffle(book)


def pasted_whole(book: type_tables, dice: type_dice) -> None:
    """The rows of one sheet are pasted over another, formats and all."""
    one, two = dice.choice(book), dice.choice(book)
    shift = dice.choice([0, 0, 1, 3])
    two.cells.update({(row + shift, column): cell for (row, column), cell in one.cells.items()})


CELLS = (
    words,
    words,
    words,
    words,
    numbers,
    numbers,
    error,
    formula,
    truth,
    iso_day,
    emptied,
    spaced,
    full_width,
    retyped,
    restyled,
    dragged,
)
CELLS += (swapped,)
SHAPES = (column_in, column_out, columns_swapped, row_in, row_out, row_twice, sorted_rows, one_column_sorted, merged, hidden, head_changed)
SHAPES += (sheet_renamed, sheet_gone, sheet_twice, sheet_foreign, sheets_moved, pasted_whole)


# ---------------------------------------------------------------- how programs write it


@dataclass
class Dialect:
    """One program's way of writing cells."""

    inline: bool
    places: bool
    prefix: str
    from_1904: bool
    strings: list[str] = field(default_factory=list)

    def text(self, value: str) -> str:
        said = escape(_allowed(value))
        p = self.prefix
        if self.inline:
            return f' t="inlineStr"><{p}is><{p}t xml:space="preserve">{said}</{p}t></{p}is>'
        if said not in self.strings:
            self.strings.append(said)
        return f' t="s"><{p}v>{self.strings.index(said)}</{p}v>'

    def cell(self, row: int, column: int, stored: Stored) -> str:
        p = self.prefix
        opened = (
            f"<{p}c" + (f' r="{get_column_letter(column)}{row}"' if self.places else "") + (f' s="{stored.style}"' if stored.style else "")
        )
        value = escape(_allowed(stored.value))
        match stored.kind:
            case "bare":
                return f"{opened}/>"
            case "text":
                inner = self.text(stored.value)
            case "formula":
                words, _, last = value.partition("|")
                inner = f"><{p}f>{words}</{p}f><{p}v>{last}</{p}v>"
            case "number":
                inner = f"><{p}v>{value}</{p}v>"
            case kind:
                inner = f' t="{ {"bool": "b", "error": "e", "day": "d"}[kind] }"><{p}v>{value}</{p}v>'
        return f"{opened}{inner}</{p}c>"

    def rows(self, table: Table) -> str:
        lines: dict[int, list[tuple[int, Stored]]] = {}
        for (row, column), stored in sorted(table.cells.items()):
            lines.setdefault(row, []).append((column, stored))
        return "".join(self._row(row, line, row in table.hidden_rows) for row, line in lines.items())

    def _row(self, row: int, line: list[tuple[int, Stored]], hidden: bool) -> str:
        p = self.prefix
        if not self.places:  # a cell without a place follows the one before it: gaps are written out
            held = dict(line)
            line = [(column, held.get(column, Stored("bare", ""))) for column in range(1, max(held) + 1)]
        cells = "".join(self.cell(row, column, stored) for column, stored in line)
        return f'<{p}row r="{row}"' + (' hidden="1"' if hidden else "") + f">{cells}</{p}row>"


def _allowed(text: str) -> str:
    """Without what XML cannot hold."""
    return "".join(
        each for each in text if each in "\t\n\r" or (each >= " " and not "\ud800" <= each <= "\udfff" and each not in "\ufffe\uffff")
    )


def written(base: bytes, book: type_tables, dialect: Dialect) -> bytes:
    """The workbook with the tables in place of the sheets that it had; locks, widths and drop-downs stay."""
    p = dialect.prefix
    named = dict.fromkeys((FORM, MONEY, PROOF, TOLD, HELP))
    with zipfile.ZipFile(io.BytesIO(base)) as archive:
        around = {name: archive.read(part_of(base, name)).decode() for name in named}
        workbook, types = archive.read("xl/workbook.xml").decode(), archive.read("[Content_Types].xml").decode()
        relations = archive.read("xl/_rels/workbook.xml.rels").decode()
    changes: dict[str, bytes | Callable[[bytes], bytes] | None] = {}
    sheets = ""
    for number, table in enumerate(book, start=1):
        head, _, rest = around.get(table.name, "<sheetData/>").replace("<sheetData/>", "<sheetData></sheetData>").partition("<sheetData>")
        tail = rest.partition("</sheetData>")[2]
        if p or table.name not in around:
            head, tail = f'<{p}worksheet xmlns{":x" if p else ""}="{MAIN}">', f"</{p}worksheet>"
        merges = "".join(f'<{p}mergeCell ref="{escape(each)}"/>' for each in table.merged)
        columns = "".join(f'<{p}col min="{each}" max="{each}" hidden="1"/>' for each in sorted(table.hidden_columns))
        if columns and "cols>" not in head:
            head += f"<{p}cols>{columns}</{p}cols>"
        body = f"<{p}sheetData>{dialect.rows(table)}</{p}sheetData>" + (f"<{p}mergeCells>{merges}</{p}mergeCells>" if merges else "")
        changes[f"xl/worksheets/new{number}.xml"] = (head + body + tail).encode()
        sheets += f'<sheet name="{escape(_allowed(table.name), QUOTES)}" sheetId="{number}" r:id="new{number}"/>'
        relations = relations.replace("</Relationships>", f'<Relationship Id="new{number}" Type="{RELATION}/worksheet" Target="worksheets/new{number}.xml"/></Relationships>')  # fmt: skip
        types = types.replace("</Types>", f'<Override PartName="/xl/worksheets/new{number}.xml" ContentType="{SHEET_TYPE}"/></Types>')
    relations = relations.replace("</Relationships>", f'<Relationship Id="strings" Type="{RELATION}/sharedStrings" Target="sharedStrings.xml"/></Relationships>')  # fmt: skip
    changes["xl/_rels/workbook.xml.rels"] = relations.encode()
    workbook = re.sub(r"<sheets>.*</sheets>", lambda _: f'<sheets xmlns:r="{RELATION}">{sheets}</sheets>', workbook, flags=re.DOTALL)
    changes["xl/workbook.xml"] = (
        re.sub(r"<workbookPr ?/>", '<workbookPr date1904="1"/>', workbook) if dialect.from_1904 else workbook
    ).encode()
    strings = "".join(f"<{p}si><{p}t>{each}</{p}t></{p}si>" for each in dialect.strings)
    changes["xl/sharedStrings.xml"] = f'<{p}sst xmlns{":x" if p else ""}="{MAIN}">{strings}</{p}sst>'.encode()
    types = types.replace("</Types>", f'<Override PartName="/xl/sharedStrings.xml" ContentType="{STRINGS_TYPE}"/></Types>')
    changes["[Content_Types].xml"] = types.encode()
    return cut(base, changes)


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
STRINGS_TYPE = SHEET_TYPE.replace("worksheet", "sharedStrings")
QUOTES = {'"': "&quot;"}


@dataclass(frozen=True)
class Mutant:
    """A spoilt workbook; `content` where cells, sheets or types were changed, and not the file's bytes."""

    data: bytes
    content: bool
    what: str


def by_content(base: bytes, book: type_tables, dice: type_dice) -> Mutant:
    """Cells, shapes and types changed, once to four times, in one of the ways of writing."""
    book = [Table(each.name, dict(each.cells)) for each in book]
    done = []
    for _ in range(dice.choice((1, 1, 1, 2, 2, 4))):
        change = dice.choice(CELLS if dice.random() < 0.7 else SHAPES)
        change(book, dice)
        done.append(change.__name__)
    dialect = Dialect(dice.random() < 0.5, dice.random() < 0.9, "x:" if dice.random() < 0.1 else "", dice.random() < 0.03)
    return Mutant(written(base, book, dialect), True, "+".join(done))


# ---------------------------------------------------------------- the file itself


def _stream(data: bytes, dice: type_dice) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.namelist()[dice.randrange(len(archive.namelist()))].encode()


def _spoilt_part(data: bytes, dice: type_dice) -> bytes:
    """One part of the zip file, intact as a zip file, with its XML spoilt."""
    name = _stream(data, dice).decode()

    def spoil(xml: bytes) -> bytes:
        at = dice.randrange(len(xml))
        kinds = [xml[:at], xml[:at] + dice.randbytes(3) + xml[at:], xml[:at] + b"\0" + xml[at:], xml[:at] + xml[at + 9 :], b"", xml * 2]
        kinds += [
            b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + xml,
            re.sub(rb'numFmtId="\d+"', b'numFmtId="10"', xml),
            xml.replace(b"<row ", b'<row r="9999999" ', 1),
        ]
        kinds += [b"\xff\xfe" + xml.decode("utf-8", "replace").encode("utf-16-le"), xml.replace(b'encoding="UTF-8"', b'encoding="GBK"')]
        return dice.choice(kinds)

    return cut(data, {name: spoil})


def _without_part(data: bytes, dice: type_dice) -> bytes:
    return cut(data, {_stream(data, dice).decode(): None})


def _truncated(data: bytes, dice: type_dice) -> bytes:
    return data[: dice.randrange(len(data))]


def _noise(data: bytes, dice: type_dice) -> bytes:
    at = dice.randrange(len(data))
    return data[:at] + dice.randbytes(dice.randrange(1, 9)) + data[at + dice.choice((0, 4)) :]


def _macros(data: bytes, dice: type_dice) -> bytes:
    return cut(data, {dice.choice(["xl/vbaProject.bin", "xl/macrosheets/sheet1.xml"]): b"x"})


def _old_format(data: bytes, dice: type_dice) -> bytes:
    """.xls, .ods, .csv, a web page, a picture: renamed."""
    mimetype = b"application/vnd.oasis.opendocument.spreadsheet"
    return dice.choice([b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, b"\xef\xbb\xbf\xe7\xbc\x96,1\n", b"<html><table></table></html>", b"\x89PNG\r\n", cut(data, {"mimetype": mimetype, "content.xml": b"<a/>", "xl/workbook.xml": None})])  # fmt: skip


def _bomb(data: bytes, dice: type_dice) -> bytes:
    """Small outside, large inside: one large part, many parts, many cells, long strings."""
    form = part_of(data, FORM)
    many = b"<sheetData><row>" + b"<c><v>1</v></c>" * 61_000 + b"</row>"
    changes: list[dict[str, bytes | Callable[[bytes], bytes] | None]] = [
        {"xl/media/a.bin": b"\0" * 9_000_000},
        {f"xl/{number}.xml": b"x" for number in range(301)},
        {form: lambda xml: xml.replace(b"<sheetData>", many)},
        {form: lambda xml: xml.replace(b"<sheetData>", b"<sheetData>" + b"<row/>" * 90_000)},
        {"xl/sharedStrings.xml": b"<sst>" + b"<si><t>" + b"a" * 3_000_000 + b"</t></si></sst>"},
    ]
    return cut(data, dice.choice(changes))


def _twice(data: bytes, dice: type_dice) -> bytes:
    """The zip file holds a part twice, or two files stand one behind the other."""
    if dice.random() < 0.5:
        return data + data[dice.choice((0, 9)) :]
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr("xl/workbook.xml", b"<workbook/>")
    return out.getvalue()


FILES = (_spoilt_part, _spoilt_part, _spoilt_part, _without_part, _truncated, _noise, _noise, _macros, _old_format, _bomb, _twice)


def by_bytes(base: bytes, dice: type_dice) -> Mutant:
    """The file itself is spoilt."""
    change = dice.choice(FILES)
    return Mutant(change(base, dice), False, change.__name__.strip("_"))
