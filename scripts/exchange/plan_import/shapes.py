"""What the readers hand on: boxes of a table with their real widths, paragraphs, and what the table says row by row."""

from __future__ import annotations

from dataclasses import dataclass, field

from scripts.ledger.model.promise import Column
from scripts.ledger.phrases.problems import printable, shown


class Unfit(Exception):
    """The file cannot be read as a plan.  `where` names the place as staff see it; the words are theirs."""

    def __init__(self, where: str, must: str, found: str | None = None, example: str | None = None) -> None:
        super().__init__(must)
        self.where, self.must, self.found, self.example = where, must, found, example

    def message(self) -> str:
        """One line for staff."""
        found = f"；现在写的是“{shown(self.found)}”" if self.found else ""
        return printable(f"{self.where}：{self.must}{found}。" + (f"例：{self.example}" if self.example else ""))


@dataclass(frozen=True)
class Box:
    """One cell of a table, perhaps merged: its text (lines apart by a line break), first row and column from 0, how many of each."""

    text: str
    row: int
    column: int
    height: int
    width: int
    where: str


@dataclass(frozen=True)
class Grid:
    """A table as its boxes, from top left to bottom right; `name` is what staff call it."""

    name: str
    boxes: tuple[Box, ...]
    rows: int
    columns: int
    _at: dict[tuple[int, int], Box] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        at = {(box.row + r, box.column + c): box for box in self.boxes for r in range(box.height) for c in range(box.width)}
        object.__setattr__(self, "_at", at)

    def at(self, row: int, column: int) -> Box | None:
        """The box that covers a place."""
        return self._at.get((row, column))

    def row(self, row: int) -> list[Box]:
        """The boxes that a row shows, left to right, each once."""
        return list(dict.fromkeys(box for column in range(self.columns) if (box := self.at(row, column))))


@dataclass(frozen=True)
class Paragraph:
    """One line of the main text and where it stands."""

    text: str
    where: str


@dataclass(frozen=True)
class Cell:
    """One target cell: the text (lines apart by a line break); the positions of the checkpoints that it covers, None where that is lost."""

    text: str
    covers: tuple[int, ...] | None
    where: str


@dataclass(frozen=True)
class Row:
    """One row of the table.  `chapter` is the heading that the table prints before it; `shared` the heads of columns whose box it
    shares with the rows above or below."""

    label: str
    pledge: str
    cells: tuple[Cell, ...]
    lead: str
    cooperating: str | None
    others: tuple[str, ...]
    chapter: str | None
    shared: tuple[str, ...]
    where: str


@dataclass(frozen=True)
class Table:
    """What the table says: the kinds of its columns in order, their heads, the heads of the checkpoints, its rows, the lines below."""

    order: tuple[Column, ...]
    columns: tuple[str, ...]
    points: tuple[str, ...]
    rows: tuple[Row, ...]
    tail: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """A whole document: the main text before the table, the table, the official text as source.txt will hold it; `account`: in words, that
    all of the file is in it (a text file is its own source)."""

    paragraphs: tuple[Paragraph, ...]
    table: Table
    source: str
    account: str = ""
