"""How a brief looks in Word: A4, the fonts of Chinese Windows, ruled tables, colours on paper; no author, no clock."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell as Cell
from docx.text.paragraph import Paragraph

from scripts.ledger.phrases.phrasebook import Verdict
from scripts.store.zips import office

SONG, HEI = "宋体", "黑体"
NOTE, SMALL = "LedgerNote", "LedgerSmall"
"""The paragraph styles of remarks and tables, and of the table with fourteen columns."""
FILLS = {"blue": "003672", "green": "2E7D61", "yellow": "FFEC42", "orange": "D77F00", "red": "A70209"}
"""The five colours on paper: the light palette of docs/assets/verdicts.css (a test compares them)."""
DARK = ("blue", "green", "red")
"""The colours that carry white words."""
UNUSED = (
    RELATIONSHIP_TYPE.THUMBNAIL,
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
    RELATIONSHIP_TYPE.CUSTOM_XML,
)
"""What the template of the library brings along and a brief does not need."""


def paper(document: Document) -> None:
    """A4, margins of 20 mm, the styles of a brief."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(20)
    _styles(document)


def _styles(document: Document) -> None:
    """Few styles, black, in the fonts of Chinese Windows; the table styles that nothing uses are left out."""
    for style in list(document.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in ("Normal Table", "Table Grid"):
            style.delete()
    for name in (NOTE, SMALL):
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    for name, font, size, after in (
        ("Normal", SONG, 10.5, 4),
        ("Title", HEI, 18, 8),
        ("Heading 1", HEI, 13, 4),
        (NOTE, SONG, 9, 0),
        (SMALL, SONG, 7.5, 0),
    ):
        known: Any = document.styles[name]
        known.font.size, known.font.color.rgb, known.paragraph_format.space_after = Pt(size), RGBColor(0, 0, 0), Pt(after)
        known.paragraph_format.space_before = Pt(10 if name.startswith("Heading") else 0)
        _font(known.element.get_or_add_rPr(), font)


def ruled_table(
    document: Document, heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int], style: str
) -> list[Sequence[Cell]]:
    """A ruled table whose head repeats on every page; a row of one cell goes across.  `widths` in millimetres.  Gives back the
    cells of the rows."""
    table = document.add_table(rows=len(rows) + 1, cols=len(heads), style="Table Grid")
    table.autofit = False
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = Mm(width)
    grid = [row.cells for row in table.rows]
    for cells, texts, bold in ((grid[0], heads, True), *((cells, row, False) for cells, row in zip(grid[1:], rows, strict=True))):
        if len(texts) == 1:
            cells[0].merge(cells[-1])
        for cell, text, width in zip(cells, texts, widths, strict=False):
            cell.width = Mm(width)
            say(cell.paragraphs[0], text, style, bold)
    table.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader"))
    for row in table.rows:
        row._tr.get_or_add_trPr().append(_element("w:cantSplit"))
    _margins(table._tbl.tblPr)
    say(document.add_paragraph(), "", SMALL)
    return grid[1:]


def untitled(paragraph: Paragraph) -> None:
    """Take away the rule that the built-in title draws below itself."""
    border = paragraph._p.get_or_add_pPr()
    empty = OxmlElement("w:pBdr")
    empty.append(_element("w:bottom", val="nil"))
    border.append(empty)


def _margins(properties: Any) -> None:
    """Narrow cells: what an A4 page needs for fourteen columns."""
    margins = OxmlElement("w:tblCellMar")
    for side, width in (("top", 20), ("left", 40), ("bottom", 20), ("right", 40)):
        margins.append(_element(f"w:{side}", w=str(width), type="dxa"))
    properties.append(margins)


def say(paragraph: Paragraph, text: str, style: str = "Normal", bold: bool = False) -> None:
    """Words in a paragraph; a new line is a line break."""
    paragraph._p.style = style
    paragraph.add_run(text).bold = bold or None


def fill(cell: Cell, verdict: Verdict) -> None:
    """The colour behind a verdict's shape and word; an uncoloured state stays white."""
    if verdict not in FILLS:
        return
    for run in cell.paragraphs[0].runs:
        run.font.color.rgb = RGBColor(255, 255, 255) if verdict in DARK else RGBColor(0x1A, 0x1A, 0x1A)
        run._r.get_or_add_rPr().append(_element("w:shd", val="clear", color="auto", fill=FILLS[verdict]))


def _font(properties: Any, font: str) -> None:
    """One font for every script, without the theme's."""
    fonts = properties.get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), font)
    language = properties.find(qn("w:lang"))
    if language is not None:
        language.set(qn("w:eastAsia"), "zh-CN")


def field(paragraph: Paragraph, name: str) -> None:
    """A field that Word fills in: the number of the page."""
    field = _element("w:fldSimple", instr=name)
    paragraph._p.append(field)


def _element(tag: str, **values: str) -> Any:
    element = OxmlElement(tag)
    for name, value in values.items():
        element.set(qn(f"w:{name}"), value)
    return element


def file_bytes(document: Document, title: str, subject: str, day: date) -> bytes:
    """The file without author, thumbnail or clock: every time in it is `day`."""
    core, midnight = document.core_properties, datetime(day.year, day.month, day.day)
    core.author = core.last_modified_by = core.comments = core.keywords = ""
    core.title, core.subject, core.language, core.revision = title, subject, "zh-CN", 1
    core.created = core.modified = core.last_printed = midnight
    package = document.part.package
    for rels in (package.rels, document.part.rels):
        for key, relation in list(rels.items()):
            if relation.reltype in UNUSED:
                del rels[key]
    raw = io.BytesIO()
    document.save(raw)
    return office(raw.getvalue())
