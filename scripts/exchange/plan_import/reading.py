"""A file of any of the three kinds into one `Reading`; for .docx and .xlsx also the text that becomes source.txt."""

from __future__ import annotations

from scripts.store.load import official_text
from scripts.store.yaml_reader import Unreadable

from .archive import kind_of
from .docx_reader import Block, read_docx
from .main_text import MainText, divide
from .shapes import Grid, Paragraph, Reading, Unfit
from .tables import find_table, read_table, table_lines
from .text_reader import read_text
from .xlsx_reader import read_xlsx


def read(data: bytes, name: str, year: int) -> tuple[Reading, MainText]:
    """What a file says, and its main text in parts.  Raises `Unfit`."""
    kind = kind_of(data, name)
    if kind == "text":
        try:
            text = official_text(data)
        except Unreadable as error:
            raise Unfit(f"{name} 第{error.line}行", error.must, error.found, error.example) from None
        reading = read_text(text, name, year)
    else:
        reading = _blocks(read_docx(data, name) if kind == "docx" else list(read_xlsx(data, name)), name, year)
    return reading, divide(reading.paragraphs, reading.table.rows)


def _blocks(blocks: list[Block], name: str, year: int) -> Reading:
    """Paragraphs, the one table, and what stands below it.  Other tables (a letterhead) are read as the lines that they print."""
    chosen, layout = find_table([block for block in blocks if isinstance(block, Grid)], year, name)
    table, above = read_table(chosen, layout)
    at = next(i for i, block in enumerate(blocks) if block is chosen)
    before = [line for block in blocks[:at] for line in _lines(block)] + list(above)
    after = tuple(line for block in blocks[at + 1 :] for line in _lines(block))
    table = type(table)(table.order, table.columns, table.points, table.rows, (*table.tail, *after))
    paragraphs = tuple(Paragraph(line, f"{name} 第{i}段") for i, line in enumerate(before, start=1))
    return Reading(paragraphs, table, "\n".join([*before, "", *table_lines(table)]) + "\n")


def _lines(block: Block) -> list[str]:
    texts = [block] if isinstance(block, str) else [line for box in block.boxes for line in box.text.split("\n")]
    return [clean for text in texts if (clean := text.replace("\t", " ").strip(" \u3000"))]
