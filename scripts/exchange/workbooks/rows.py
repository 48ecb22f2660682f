"""The sheets of a returned workbook as rows: columns found by their heads, merged cells spread, every finding named by sheet and cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from scripts.ledger.model.problems import Place, Problem
from scripts.ledger.phrases.problems import nearest_of

from ..xlsx.book import Book, Cell, Sheet, coordinate
from . import cell_values as cells
from .cell_values import Wrong
from .columns import FORMER

HEADS_WITHIN = 30
"""The row of heads stands among the first rows."""
SPREAD = 5_000
"""Cells that merged ranges may cover, together."""


@dataclass
class Row:
    """One row: its number, and its cells that hold something, by head."""

    sheet: str
    number: int
    cells: dict[str, Cell]
    columns: dict[str, int]

    def place(self, head: str) -> Place:
        """The spot of a cell, as staff read it: “填报”!F12 完成情况."""
        return Place(f"“{self.sheet}”!{coordinate(self.number, self.columns.get(head, 1))}", (head,))


@dataclass
class Findings:
    """What is wrong, in the order found."""

    problems: list[Problem] = field(default_factory=list)
    read: int = 0
    """How many cells were read as values."""

    def add(self, at: Place, wrong: Wrong) -> None:
        self.problems.append(Problem(at, wrong.must, wrong.found, wrong.nearest, wrong.example))

    def value(self, row: Row, head: str, read: Callable[[Cell], str | Wrong]) -> str | None:
        """What a cell says; None for an empty cell, or for a wrong one, which is then a finding."""
        cell = row.cells.get(head)
        if cell is None or (cell.kind == "text" and not cells.trimmed(cell.text)):
            return None
        self.read += 1
        found = read(cell)
        if isinstance(found, Wrong):
            self.add(row.place(head), found)
            return None
        return found or None


def rows(book: Book, name: str, heads: tuple[str, ...], findings: Findings, needed: bool) -> list[Row]:
    """The rows below the heads of a sheet that hold anything under one of `heads`."""
    sheet = _sheet(book, name, heads)
    if sheet is None:
        if needed:
            known = "、".join(book.sheets) or "没有工作表"
            findings.problems.append(Problem(Place(f"“{name}”"), f"缺少“{name}”这张工作表；请交从本站取的那份表", known))
        return []
    return list(_rows(sheet, heads, findings, needed))


def _sheet(book: Book, name: str, heads: tuple[str, ...]) -> Sheet | None:
    """The sheet of a name; else the only one that has the heads, for a clerk may rename it."""
    named = next((sheet for title, sheet in book.sheets.items() if _now(cells.plain(title)) == name), None)
    if named:
        return named
    likely = [sheet for sheet in book.sheets.values() if len(_heads(sheet, heads)[1]) == len(heads)]
    return likely[0] if len(likely) == 1 else None


def _now(name: str) -> str:
    """What a sheet or head is called now."""
    return FORMER.get(name, name)


def _heads(sheet: Sheet, heads: tuple[str, ...]) -> tuple[int, dict[str, list[int]]]:
    """The row with most of the heads, and where each stands in it."""
    found: dict[int, dict[str, list[int]]] = {}
    known = {cells.plain(head): head for head in heads}
    for (row, column), cell in sorted(sheet.cells.items()):
        if row <= HEADS_WITHIN and cell.kind == "text" and (head := known.get(_now("".join(cells.plain(cell.text).split())))):
            found.setdefault(row, {}).setdefault(head, []).append(column)
    best = max(found, key=lambda row: (len(found[row]), -row), default=0)
    return best, found.get(best, {})


def _rows(sheet: Sheet, heads: tuple[str, ...], findings: Findings, needed: bool) -> Iterator[Row]:
    top, where = _heads(sheet, heads)
    missing = [head for head in heads if head not in where]
    twice = [head for head in where if len(where[head]) > 1]
    for head in missing:
        near = nearest_of(head, [cell.text for (row, _), cell in sheet.cells.items() if row == top and cell.kind == "text"])
        findings.problems.append(Problem(Place(f"“{sheet.name}”!{coordinate(max(top, 1), 1)}"), f"表头里缺少“{head}”这一栏", near))
    for head in twice:
        findings.problems.append(Problem(Place(f"“{sheet.name}”!{coordinate(top, where[head][1])}"), f"表头里有两栏“{head}”", head))
    if missing or twice:
        return
    columns = {head: found[0] for head, found in where.items()}
    spread = _spread(sheet, columns, findings)
    numbers = sorted({row for row, column in spread if row > top and column in columns.values()})
    for number in numbers:
        mine = {head: spread[number, column] for head, column in columns.items() if (number, column) in spread}
        yield Row(sheet.name, number, mine, columns)


def _spread(sheet: Sheet, columns: dict[str, int], findings: Findings) -> dict[tuple[int, int], Cell]:
    """The cells as they were meant: what stands in a merged range stands in each of its rows; a range over several of our columns could
    mean any of them, so that only its first cell counts."""
    found, spread = dict(sheet.cells), 0
    for top, left, bottom, right in sheet.merged:
        value = sheet.cells.get((top, left))
        if value is None or bottom <= top or not any(left <= column <= right for column in columns.values()):
            continue
        spread += bottom - top
        if spread > SPREAD:
            findings.problems.append(Problem(Place(f"“{sheet.name}”!{coordinate(top, left)}"), "合并的单元格太大；请取消合并"))
            break
        found.update({(row, left): value for row in range(top, bottom + 1)})
    return found
