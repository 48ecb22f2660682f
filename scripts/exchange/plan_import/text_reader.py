"""A document as text: main text line by line, then the table, one field a line behind a tab, as such texts print it.

Widths are lost in a text: a row has as many cells as it prints.  The text itself becomes source.txt, byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from scripts.ledger.model.promise import Column

from .shapes import Cell, Paragraph, Reading, Row, Table, Unfit
from .vocabulary import ANNUAL, column_kind, month_of

NEEDED: tuple[tuple[Column, str], ...] = (("number", "序号"), ("pledge", "重点任务"), ("lead", "牵头单位"))
"""The columns that every table has, each once."""


def read_text(text: str, name: str, year: int) -> Reading:
    """The document that a text holds.  Raises `Unfit`."""
    lines = text.split("\n")
    first = next((i for i, line in enumerate(lines) if line.startswith("\t") and line.strip()), None)
    if first is None:
        raise Unfit(name, "没有找到任务分解表：文字稿里，表的每一格要单独一行，行首是一个制表符（Tab）", example="⇥序号")
    paragraphs = tuple(Paragraph(line.rstrip(), f"{name} 第{i}行") for i, line in enumerate(lines[:first], start=1) if line.strip())
    return Reading(paragraphs, _table(lines, first, name, year), text)


def _table(lines: Sequence[str], first: int, name: str, year: int) -> Table:
    body = _row_start(lines, first, 1)
    if body is None:
        raise Unfit(f"{name} 第{first + 1}行", "表头后面没有找到第1项：要有单独一行序号", example="⇥1")
    heads = [line.strip() for line in lines[first:body] if line.strip()]
    points = [head for head in heads if month_of(head, year) and not ANNUAL.search(head)]
    columns = [head for head in heads if head not in points]
    order = _order(heads, columns, points, name, first)
    starts = [body]
    while (following := _row_start(lines, starts[-1] + 1, len(starts) + 1)) is not None:
        starts.append(following)
    rows = [_row(lines[a:b], a, order, len(points), name) for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]
    return Table(order, tuple(columns), tuple(points), tuple(rows))


def _row_start(lines: Sequence[str], start: int, number: int) -> int | None:
    return next((i for i in range(start, len(lines)) if re.fullmatch(rf"\t\s*{number}\s*", lines[i])), None)


def _order(heads: list[str], columns: list[str], points: list[str], name: str, first: int) -> tuple[Column, ...]:
    """What the columns hold.  Where no head stands above the checkpoints', they stand where they are printed."""
    where = f"{name} 第{first + 1}行"
    kinds: list[Column] = ["other" if ANNUAL.search(head) else column_kind(head) for head in columns]
    if "cells" not in kinds:
        before = heads.index(points[0]) if points else len(kinds)
        kinds.insert(sum(head in columns for head in heads[:before]), "cells")
    for kind, words in NEEDED:
        if kinds.count(kind) != 1:
            raise Unfit(where, f"表头里要有一栏、也只有一栏是{words}", "、".join(columns), words)
    if not points:
        raise Unfit(where, "表头里没有认出节点（月份或季度）", "、".join(heads), "3月、二季度")
    return tuple(kinds)


def _row(lines: Sequence[str], start: int, order: tuple[Column, ...], points: int, name: str) -> Row:
    """One row: its fields are the lines behind a tab, each with the lines after it that have none."""
    where = f"{name} 第{start + 1}行起的第{lines[0].strip()}项"
    fields: list[str] = []
    for line in lines:
        if line.startswith("\t") and line.strip():
            fields.append(line[1:].rstrip())
        elif line.strip() and fields:
            fields[-1] += "\n" + line.rstrip()
    fixed = len(order) - 1
    count = len(fields) - fixed
    if not 1 <= count <= points:
        raise Unfit(where, f"这一行有{len(fields)}格；{fixed}栏之外，目标要有1到{points}格")
    at = order.index("cells")
    texts = fields[at : at + count]
    rest = iter(fields[:at] + fields[at + count :])
    found: dict[str, list[str]] = {}
    for kind in order:
        if kind != "cells":
            found.setdefault(kind, []).append(next(rest))
    covers: list[tuple[int, ...] | None] = [None] * count
    if count == points:
        covers = [(i,) for i in range(points)]
    elif count == 1:
        covers = [tuple(range(points))]
    cells = tuple(Cell(text, span, f"{where}第{i}格") for i, (text, span) in enumerate(zip(texts, covers, strict=True), start=1))
    helpers = found.get("cooperating", [None])[0]
    return Row(
        found["number"][0].strip(), found["pledge"][0], cells, found["lead"][0], helpers, tuple(found.get("other", [])), None, (), where
    )
