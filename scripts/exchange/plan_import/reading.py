"""A file of any of the three kinds into one `Reading`; for .docx and .xlsx also the text that becomes source.txt."""

from __future__ import annotations

import re
from dataclasses import replace

from scripts.store.load import official_text
from scripts.store.yaml_reader import Unreadable

from .account import refuse_lost
from .archive import kind_of
from .docx_reader import Block, read_docx
from .main_text import MainText, divide
from .shapes import Grid, Paragraph, Reading, Table, Unfit
from .tables import find_tables, read_table, table_lines
from .text_reader import read_text
from .xlsx_reader import read_xlsx


def read(data: bytes, name: str, year: int, wanted: int | None = None) -> tuple[Reading, MainText]:
    """What a file says, and its main text in parts.  `wanted`: which of several tables, from 1.  Raises `Unfit`."""
    kind = kind_of(data, name)
    if kind == "text":
        try:
            text = official_text(data)
        except Unreadable as error:
            raise Unfit(f"{name} 第{error.line}行", error.must, error.found, error.example) from None
        reading = read_text(text, name, year)
    else:
        reading = _blocks(read_docx(data, name) if kind == "docx" else list(read_xlsx(data, name)), name, year, wanted)
    return reading, divide(reading.paragraphs, reading.table.rows)


def _blocks(blocks: list[Block], name: str, year: int, wanted: int | None) -> Reading:
    """Paragraphs, the one table, and what stands below it.  Other tables (a letterhead) are read as the lines that they print."""
    chosen = find_tables([block for block in blocks if isinstance(block, Grid)], year, name, wanted)
    first, *others = (read_table(grid, layout) for grid, layout in chosen)
    table, above = first
    ends = [next(i for i, block in enumerate(blocks) if block is grid) for grid, _ in chosen]
    parts = [grid for grid, _ in chosen]
    _refuse_between(blocks[ends[0] + 1 : ends[-1]], parts, name)
    _refuse_new_count([table, *(part for part, _ in others)], parts, name)
    before = [line for block in blocks[: ends[0]] for line in _lines(block)] + list(above)
    after = tuple(line for block in blocks[ends[-1] + 1 :] for line in _lines(block))
    rows = (*table.rows, *(row for part, _ in others for row in part.rows))
    tail = (*table.tail, *(line for part, lines in others for line in (*lines, *part.tail)), *after)
    table = replace(table, rows=rows, tail=tail)
    paragraphs = tuple(Paragraph(line, f"{name} 第{i}段") for i, line in enumerate(before, start=1))
    source = "\n".join([*before, "", *table_lines(table)]) + "\n"
    left = sum(isinstance(block, Grid) for block in blocks) - len(parts)
    account = refuse_lost(blocks, chosen, source) + (f"；另有{left}张表没有当任务读，照文字留在原文里" if left else "")
    return Reading(paragraphs, table, source, account)


def _refuse_between(blocks: list[Block], parts: list[Grid], name: str) -> None:
    """Between the parts of a table that pages cut stands at most 续表; anything else makes them several tables."""
    lines = [line for block in blocks if block not in parts for line in _lines(block)]
    said = next((line for line in lines if not re.fullmatch(r"[（(]?[接上]*续(上?表)?[一二三四五六七八九十\d]*[）)]?", line)), None)
    if said is not None:
        names = "、".join(grid.name for grid in parts)
        raise Unfit(
            name, f"找到{len(parts)}张任务分解表（{names}），中间隔着文字；用 --table 写明读第几张，别的照文字留在原文里", said, "--table 2"
        )


def _refuse_new_count(tables: list[Table], parts: list[Grid], name: str) -> None:
    """The numbers of a table that pages cut go on; where they begin anew it is another table."""
    for before, after, grid in zip(tables, tables[1:], parts[1:], strict=False):
        last, first = before.rows[-1].label, after.rows[0].label
        if not (last.isdigit() and first.isdigit() and int(first) == int(last) + 1):
            must = f"这张表的序号没有接着前面的（{last}）；用 --table 写明读第几张，别的照文字留在原文里"
            raise Unfit(grid.name, must, first, "--table 2")


def _lines(block: Block) -> list[str]:
    texts = [block] if isinstance(block, str) else [line for box in block.boxes for line in box.text.split("\n")]
    return [clean for text in texts if (clean := text.replace("\t", " ").strip(" \u3000"))]
