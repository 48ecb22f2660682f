"""The XML parts of a workbook: which sheets there are, the shared strings, the formats that show per cent, the cells of a sheet.

Only what a reader of rows needs is looked at.  Formulas, links, drawings, comments and metadata are never read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from xml.parsers import expat

from .book import MOST_CELLS, Cell, Sheet, Unfit

LIMIT = 20_000
"""Characters of one cell."""
PERCENT = frozenset({9, 10})
"""The built-in number formats that show a share in per cent."""
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
REF = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})", re.ASCII)


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


class Contents:
    """Which sheets there are, by name and relation, and whether days count from 1904."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.from_1904 = False

    def start(self, tag: str, values: dict[str, str]) -> None:
        if tag == "sheet":
            self.sheets.append((values.get("name", ""), values.get("id", "")))
        elif tag == "workbookPr":
            self.from_1904 = values.get("date1904") in ("1", "true")


class Strings:
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


class Styles:
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


class Grid:
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
            raise Unfit(f"“{self.sheet.name}”里有一格的位置写坏了；请用表格软件另存为 .xlsx 再交")
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
                    raise Unfit(f"“{self.sheet.name}”里有一格指向不存在的文字；请用表格软件另存为 .xlsx 再交")
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
