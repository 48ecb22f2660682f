"""A .docx: its paragraphs and tables in order, each table as boxes with their real spans."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from .shapes import Box, Grid, Unfit

Block = str | Grid
MOST_COLUMNS = 100


def read_docx(data: bytes, name: str) -> list[Block]:
    """Paragraphs and tables in the order in which the document prints them.  Raises `Unfit`."""
    try:
        document = docx.Document(io.BytesIO(data))
        blocks = _blocks(document, name)
        _refuse_unseen(document.element.body, blocks, name)
        _refuse_unprinted(document, name)
    except Unfit:
        raise
    except (
        Exception
    ) as error:  # the library has no error of its own for what it cannot read, and reads a spoilt number only when asked for it
        raise Unfit(name, "文件坏了，打不开；请用 WPS 或 Word 重新另存为 .docx") from error
    return blocks


def _blocks(document: Any, name: str) -> list[Block]:
    blocks: list[Block] = []
    count = 0
    for block in document.iter_inner_content():
        if isinstance(block, WordTable):
            count += 1
            blocks.append(_grid(block, f"{name} 表{count}"))
        elif block.text.strip():
            blocks += [line for line in re.split(r"[\n\r\v\f]", block.text) if line.strip()]
    return blocks


def _grid(table: WordTable, name: str) -> Grid:
    boxes: list[Box] = []
    open_: dict[int, Box] = {}
    widest = 0
    for r, row in enumerate(table._tbl.tr_lst):
        column = row.grid_before
        for tc in row.tc_lst:
            width = tc.grid_span
            if not (width >= 1 and 0 <= column <= MOST_COLUMNS - width):
                raise Unfit(
                    f"{name} 第{r + 1}行第{column + 1}列", f"这一格的宽度写坏了，或者表宽过{MOST_COLUMNS}列；请在 Word 或 WPS 里重做这一格"
                )
            above = open_.get(column)
            if tc.vMerge == "continue" and above is not None and above.width == width:
                grown = Box(above.text, above.row, above.column, above.height + 1, width, above.where)
                boxes[boxes.index(above)] = open_[column] = grown
            else:
                where = f"{name} 第{r + 1}行第{column + 1}列"
                box = Box(_text(tc, table), r, column, 1, width, where)
                boxes.append(box)
                for each in range(column, column + width):
                    open_.pop(each, None)
                open_[column] = box
            column += width
        widest = max(widest, column)
    return Grid(name, tuple(sorted(boxes, key=lambda box: (box.row, box.column))), len(table._tbl.tr_lst), widest)


def _text(tc: Any, table: WordTable) -> str:
    return "\n".join(part for part in _lines(_Cell(tc, table))).strip()


def _lines(cell: _Cell) -> Iterator[str]:
    for block in cell.iter_inner_content():
        if isinstance(block, WordParagraph):
            yield block.text
        else:
            yield from (line for row in block.rows for each in row.cells for line in _lines(each))


def _refuse_unseen(body: Any, blocks: list[Block], name: str) -> None:
    """Text in tracked changes, text boxes and form fields is not in paragraphs: what is printed must be what is read, all of it."""
    seen = "".join(block if isinstance(block, str) else "".join(box.text for box in block.boxes) for block in blocks)
    printed = "".join(each.text or "" for each in body.iter(qn("w:t"), qn("w:delText")))
    if _bare(seen) != _bare(printed):
        lost = next((word for word in re.split(r"[，。；、\s]", printed) if len(word) > 1 and word not in seen), None)
        raise Unfit(name, "有的文字读不到：可能在修订、文本框或内容控件里；请先接受全部修订，把文本框里的字移到正文，再另存一份", lost)


UNPRINTED = (
    (("w:vanish", "w:webHidden"), "是隐藏的文字，印出来看不见；请删去，或取消隐藏"),
    (("w:strike", "w:dstrike"), "画着删除线；请用定稿，不要的字删去"),
)
"""Formats of characters that a printed page does not show as text that holds."""


def _refuse_unprinted(document: Any, name: str) -> None:
    """What is printed must be what is read: no hidden or struck text, no symbol from a font of signs, no number that Word counts by itself."""
    for run in document.element.body.iter(qn("w:r")):
        shape = run.find(qn("w:rPr"))
        text = "".join(each.text or "" for each in run.iter(qn("w:t")))
        for tags, must in UNPRINTED if shape is not None and text.strip() else ():
            if any(_is_on(shape.find(qn(tag))) for tag in tags):
                raise Unfit(name, f"“{text.strip()[:20]}”{must}")
        if run.find(qn("w:sym")) is not None:
            raise Unfit(name, f"“{text.strip()[:20]}”旁边有一个特殊符号，读不到；请改成打出来的字（如 √、≥、℃）")
    for paragraph in document.element.body.iter(qn("w:p")):
        counted = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
        text = "".join(each.text or "" for each in paragraph.iter(qn("w:t")))
        if counted is not None and counted.get(qn("w:val")) != "0" and text.strip():
            raise Unfit(name, f"“{text.strip()[:20]}”前面的编号是 Word 自动编的，读不到；请在 Word 或 WPS 里把它转成打出来的数字")


def _is_on(mark: Any) -> bool:
    return mark is not None and mark.get(qn("w:val")) not in ("0", "false", "none")


def _bare(text: str) -> str:
    return "".join(sorted(re.sub(r"\s", "", text)))
