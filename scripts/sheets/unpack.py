"""A returned file is opened without trusting it: what it may be, how large, which parts; then its cells as plain text.

Only what a reader of rows needs is parsed: the values of cells, where they stand, merged ranges, which cells are shown in per cent.
Formulas, links, drawings, comments and metadata are never looked at.  openpyxl, which writes our workbooks, is not used to read them:
it builds every cell of a merged range or of a hyperlink's range, and a file of one kilobyte can claim seventeen thousand million.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

MOST_BYTES = 8_000_000
"""Of the file; of each part unpacked."""
MOST_UNPACKED = 24_000_000
MOST_PARTS = 300
MOST_CELLS = 60_000
MOST_SHEETS = 20
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
LIMIT = 20_000
"""Characters of one cell."""
PERCENT = frozenset({9, 10})
"""The built-in number formats that show a share in per cent."""
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
REF = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})", re.ASCII)


class Unfit(Exception):
    """The file is no workbook that can be read; the message says in Chinese what it must be."""


@dataclass(frozen=True)
class Cell:
    """One cell as it is stored: `kind` is "text", "number", "error", "bool" or "formula"; `percent`: shown as a share in per cent."""

    kind: str
    text: str
    percent: bool = False


@dataclass
class Sheet:
    """The cells of one sheet by (row, column), from 1; `merged` ranges as (first row, first column, last row, last column)."""

    name: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


@dataclass(frozen=True)
class Book:
    """A workbook: its sheets by name; `from_1904`: its days count from 1904."""

    sheets: dict[str, Sheet]
    from_1904: bool


def coordinate(row: int, column: int) -> str:
    """F12.

    >>> coordinate(12, 6), coordinate(1, 703)
    ('F12', 'AAA1')
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def unpack(data: bytes) -> Book:
    """The cells of a workbook's bytes.  Raises `Unfit`; whatever the bytes, nothing else."""
    _look(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _Reader(archive).book()
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, OSError, RuntimeError, NotImplementedError, ValueError, KeyError):
        raise Unfit("这个文件坏了，读不出来；请用表格软件打开，另存为 .xlsx 再交") from None
    except Exception as error:
        if type(error).__module__ == "zlib":  # the one error class of that module
            raise Unfit("这个文件坏了，读不出来；请用表格软件打开，另存为 .xlsx 再交") from None
        raise


def _look(data: bytes) -> None:
    """What the first bytes tell."""
    if len(data) > MOST_BYTES:
        raise Unfit(f"文件太大（{len(data) // 1_000_000}兆，最多{MOST_BYTES // 1_000_000}兆）；请交从本站取的那份表，不要贴图片")
    if not data:
        raise Unfit("文件是空的")
    if data.startswith(OLE):
        raise Unfit("这是旧格式（.xls、.et），或者加了密码；请去掉密码，另存为 .xlsx（不是改名）再交")
    if not data.startswith(b"PK"):
        raise Unfit("这不是 .xlsx 工作簿；请用表格软件打开，另存为 .xlsx（不是改名）再交")


class _Reader:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.names = self._checked()
        self.cells = 0

    def _checked(self) -> set[str]:
        entries = self.archive.infolist()
        if len(entries) > MOST_PARTS:
            raise Unfit(f"工作簿里的部件太多（{len(entries)}个，最多{MOST_PARTS}个）")
        if any(entry.file_size > MOST_BYTES for entry in entries) or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
            raise Unfit("工作簿解开以后太大；请从本站重新取一份表来填，不要整列整行设格式")
        names = [entry.filename for entry in entries]
        if len(set(names)) != len(names):
            raise Unfit("工作簿里有重名的部件；请另存为 .xlsx 再交")
        if "content.xml" in names and "xl/workbook.xml" not in names:
            raise Unfit("这是 .ods 表格；请在表格软件里另存为 .xlsx（不是改名）再交")
        if any(name.lower().endswith("vbaproject.bin") or "/macrosheets/" in name.lower() for name in names):
            raise Unfit("工作簿里有宏；请另存为不带宏的 .xlsx 再交")
        if any(entry.flag_bits & 1 for entry in entries):
            raise Unfit("工作簿加了密码；请去掉密码再交")
        return set(names)

    def part(self, name: str) -> bytes:
        """The bytes of a part, no more than were announced and allowed."""
        if name not in self.names:
            raise Unfit(f"工作簿里缺少 {name}；请用表格软件打开，另存为 .xlsx 再交")
        with self.archive.open(name) as stream:
            data = stream.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise Unfit("工作簿解开以后太大；请从本站重新取一份表来填")
        return data

    def book(self) -> Book:
        targets = self._targets()
        shared, percent = self._shared(targets), self._percent(targets)
        found = _Workbook()
        parse(self.part("xl/workbook.xml"), found.start)
        if len(found.sheets) > MOST_SHEETS:
            raise Unfit(f"工作表太多（{len(found.sheets)}张，最多{MOST_SHEETS}张）")
        sheets: dict[str, Sheet] = {}
        for name, relation in found.sheets:
            target = targets.get(relation)
            if target and target[0].endswith("/worksheet"):
                sheets[name] = self._sheet(name, target[1], shared, percent)
        return Book(sheets, found.from_1904)

    def _targets(self) -> dict[str, tuple[str, str]]:
        """The parts that the workbook names: id → (type, path); what lies outside the file is left out."""
        targets: dict[str, tuple[str, str]] = {}

        def start(tag: str, values: dict[str, str]) -> None:
            if tag == "Relationship" and values.get("TargetMode") != "External":
                path = posixpath.normpath(posixpath.join("/xl", values.get("Target", ""))).lstrip("/")
                targets[values.get("Id", "")] = (values.get("Type", ""), path)

        parse(self.part("xl/_rels/workbook.xml.rels"), start)
        return targets

    def _of_type(self, targets: dict[str, tuple[str, str]], kind: str) -> bytes | None:
        path = next((path for of, path in targets.values() if of.endswith(f"/{kind}")), None)
        return self.part(path) if path else None

    def _shared(self, targets: dict[str, tuple[str, str]]) -> list[str]:
        data = self._of_type(targets, "sharedStrings")
        strings = _Strings()
        if data:
            parse(data, strings.start, strings.end, strings.text)
        return strings.found

    def _percent(self, targets: dict[str, tuple[str, str]]) -> list[bool]:
        data = self._of_type(targets, "styles")
        styles = _Styles()
        if data:
            parse(data, styles.start, styles.end)
        return [styles.percent(number) for number in styles.formats]

    def _sheet(self, name: str, path: str, shared: list[str], percent: list[bool]) -> Sheet:
        rows = _Rows(Sheet(name), shared, percent, MOST_CELLS - self.cells)
        parse(self.part(path), rows.start, rows.end, rows.text)
        self.cells += len(rows.sheet.cells)
        return rows.sheet


def parse(
    data: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Read XML by its elements' local names.  A document type, where entities could be hidden, is refused."""
    parser = expat.ParserCreate(namespace_separator="|")

    def refuse(*_: Any) -> None:
        raise Unfit("工作簿的内部文件里有不该有的声明（DOCTYPE）；请用表格软件另存为 .xlsx 再交")

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = lambda name, values: start(_local(name), {_local(key): value for key, value in values.items()})
    if end:
        parser.EndElementHandler = lambda name: end(_local(name))
    if text:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError):
        raise Unfit("工作簿的内部文件坏了；请用表格软件打开，另存为 .xlsx 再交") from None


def _local(name: str) -> str:
    return name.rpartition("|")[2]


class _Workbook:
    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.from_1904 = False

    def start(self, tag: str, values: dict[str, str]) -> None:
        if tag == "sheet":
            self.sheets.append((values.get("name", ""), values.get("id", "")))
        elif tag == "workbookPr":
            self.from_1904 = values.get("date1904") in ("1", "true")


class _Strings:
    """The shared strings: runs of one text joined, the reading aids of East Asian text (rPh) left out."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.inside = self.aid = False

    def start(self, tag: str, values: dict[str, str]) -> None:
        if tag == "si":
            self.found.append("")
        self.aid = self.aid or tag == "rPh"
        self.inside = tag == "t" and not self.aid

    def end(self, tag: str) -> None:
        self.inside = False
        self.aid = self.aid and tag != "rPh"

    def text(self, text: str) -> None:
        if self.inside and self.found and len(self.found[-1]) <= LIMIT:
            self.found[-1] += text


class _Styles:
    """Which cell formats show per cent."""

    def __init__(self) -> None:
        self.custom: dict[int, str] = {}
        self.formats: list[int] = []
        self.inside = False

    def start(self, tag: str, values: dict[str, str]) -> None:
        number = values.get("numFmtId", "")
        known = int(number) if number.isascii() and number.isdigit() and len(number) < 9 else 0
        if tag == "numFmt":
            self.custom[known] = values.get("formatCode", "")
        elif tag == "cellXfs":
            self.inside = True
        elif tag == "xf" and self.inside:
            self.formats.append(known)

    def end(self, tag: str) -> None:
        self.inside = self.inside and tag != "cellXfs"

    def percent(self, number: int) -> bool:
        return number in PERCENT or "%" in self.custom.get(number, "")


class _Rows:
    """The cells of a sheet.  A row or cell that does not say where it stands follows the one before it."""

    def __init__(self, sheet: Sheet, shared: list[str], percent: list[bool], room: int) -> None:
        self.sheet, self.shared, self.percent_of, self.room = sheet, shared, percent, room
        self.row = self.column = 0
        self.kind, self.value, self.into, self.aid, self.formula, self.percent = "n", "", "", False, False, False

    def start(self, tag: str, values: dict[str, str]) -> None:
        match tag:
            case "row":
                row = values.get("r", "")
                self.row, self.column = (_whole(row) if row else self.row + 1), 0
            case "c":
                self._begin(values)
            case "f":
                self.formula = True
            case "v" | "t":
                self.into = "" if self.aid else tag
            case "rPh":
                self.aid = True
            case "mergeCell":
                self._merge(values.get("ref", ""))
            case _:
                pass

    def _begin(self, values: dict[str, str]) -> None:
        place = REF.fullmatch(values["r"]) if "r" in values else None
        if "r" in values and not place:
            raise Unfit(f"『{self.sheet.name}』里有一格的位置写坏了；请用表格软件另存为 .xlsx 再交")
        self.row, self.column = (int(place[2]), _column(place[1])) if place else (max(self.row, 1), self.column + 1)
        self.kind, self.value, self.formula = values.get("t", "n"), "", False
        style = values.get("s", "")
        self.percent = style.isascii() and style.isdigit() and len(style) < 9 and any(self.percent_of[int(style) : int(style) + 1])

    def end(self, tag: str) -> None:
        if tag in ("v", "t"):
            self.into = ""
        elif tag == "rPh":
            self.aid = False
        elif tag == "c" and (self.value or self.formula):
            self._finish()

    def text(self, text: str) -> None:
        if self.into and len(self.value) <= LIMIT:
            self.value += text

    def _finish(self) -> None:
        if len(self.sheet.cells) >= self.room:
            raise Unfit(f"填了东西的格太多（超过{MOST_CELLS}格）；请从本站重新取一份表来填")
        self.sheet.cells[self.row, self.column] = self._cell()

    def _cell(self) -> Cell:
        if self.formula:
            return Cell("formula", self.value)
        match self.kind:
            case "s":
                index = int(self.value) if self.value.isascii() and self.value.isdigit() and len(self.value) < 9 else -1
                if not 0 <= index < len(self.shared):
                    raise Unfit(f"『{self.sheet.name}』里有一格指向不存在的文字；请用表格软件另存为 .xlsx 再交")
                return Cell("text", unescaped(self.shared[index]))
            case "str" | "inlineStr" | "d":
                return Cell("text", unescaped(self.value))
            case "e":
                return Cell("error", self.value)
            case "b":
                return Cell("bool", self.value)
            case _:
                return Cell("number", self.value.strip(), self.percent)

    def _merge(self, ref: str) -> None:
        first, _, last = ref.partition(":")
        a, b = REF.fullmatch(first), REF.fullmatch(last)
        if a and b and len(self.sheet.merged) < MOST_CELLS:
            self.sheet.merged.append((int(a[2]), _column(a[1]), int(b[2]), _column(b[1])))


def _whole(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= len(text) <= 7:
        raise Unfit("工作表里有一行的行号写坏了；请用表格软件另存为 .xlsx 再交")
    return int(text)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def unescaped(text: str) -> str:
    """Text as it was typed: the format writes some characters as _x000D_; every kind of line break is one."""
    text = ESCAPED.sub(lambda found: chr(int(found[1], 16)) if int(found[1], 16) < 0xD800 else found[0], text)
    return text.replace("\r\n", "\n").replace("\r", "\n")
