"""Papers to read plans from: a table as plain text turned into a real .xlsx or .docx, merged cells and all.

One row a line, cells apart by `|`; `<` belongs to the cell at its left, `^` to the one above, `\\n` is a line break inside a cell.
So what the two other counties handed in stands in git as text, and the files are made when a test or `python -m tests.exchange.plan_import.papers`
wants them.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

import docx
import openpyxl

from scripts.store.project import ROOT

COUNTIES = ROOT / "tests" / "fixtures" / "counties"
QINGSHI, YUNZE = COUNTIES / "qingshi", COUNTIES / "yunze"
"""青石县: a sheet, by quarters, another order of columns.  云泽区: a letter with a table, by months.  Both invented."""


def grid(text: str) -> list[list[str]]:
    """The rows of a table's text."""
    return [[cell.replace("\\n", "\n") for cell in line.split("|")] for line in text.strip("\n").split("\n")]


def spans(rows: list[list[str]]) -> list[tuple[int, int, int, int, str]]:
    """The cells as (row, column, rows, columns, text), from 0."""
    found = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text in ("<", "^"):
                continue
            width = 1
            while c + width < len(row) and row[c + width] == "<":
                width += 1
            height = 1
            while r + height < len(rows) and rows[r + height][c] == "^" and len(rows[r + height]) == len(row):
                height += 1
            found.append((r, c, height, width, text))
    return found


def xlsx(*tables: str, titles: tuple[str, ...] = ("推进清单", "附表", "附表二")) -> bytes:
    """A workbook with one sheet per table."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, table in zip(titles, tables, strict=False):
        sheet = book.create_sheet(title)
        found = spans(grid(table))
        for r, c, _, _, text in found:
            sheet.cell(r + 1, c + 1, text or None)
        for r, c, height, width, _ in found:
            if height * width > 1:
                sheet.merge_cells(start_row=r + 1, start_column=c + 1, end_row=r + height, end_column=c + width)
    return _saved(book)


def letter(text: str, *tables: str, after: str = "") -> bytes:
    """A document: paragraphs, the tables, paragraphs."""
    document = docx.Document()
    for line in text.strip("\n").split("\n") if text else ():
        document.add_paragraph(line)
    for table in tables:
        rows = grid(table)
        made = document.add_table(len(rows), len(rows[0]))
        for r, c, height, width, words in spans(rows):
            cell = made.cell(r, c)
            if height * width > 1:
                cell = cell.merge(made.cell(r + height - 1, c + width - 1))
            cell.text = words
    for line in after.split("\n") if after else ():
        document.add_paragraph(line)
    return _saved(document)


def _saved(document: object) -> bytes:
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def papers() -> dict[str, bytes]:
    """What the two counties handed in, by file name."""
    table = (YUNZE / "table.txt").read_text(encoding="utf-8")
    return {
        "qingshi.xlsx": xlsx((QINGSHI / "table.txt").read_text(encoding="utf-8")),
        "yunze.docx": letter((YUNZE / "text.txt").read_text(encoding="utf-8"), table, after="（此件公开发布）"),
    }


if __name__ == "__main__":
    for name, data in papers().items():
        (Path(sys.argv[1]) / name).write_bytes(data)
