"""A workbook as it was read: sheets, cells, merged ranges; and what is said of a file that cannot be read."""

from __future__ import annotations

from dataclasses import dataclass, field

MOST_CELLS = 60_000
"""Cells that hold something, in all sheets."""


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
