"""A brief as a .docx to paste from: the same data as its page, the same bytes whenever and wherever it is written.

Formal words, plain tables, no author, no clock: every time in the file is the day the brief was frozen.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell as Cell
from docx.text.paragraph import Paragraph

from .briefs import NOTICE, PARTS, REST, Brief, Entry, brief_file, has_brief
from .briefs import brief as brief_of
from .ledger.day import Day
from .ledger.rulebook.rules import COLOURS
from .ledger.rulebook.speech import Speech, Verdict
from .ledger.words import day_words, month_words
from .unit_table import UnitTable
from .zips import office

SONG, HEI = "宋体", "黑体"
NOTE, SMALL = "LedgerNote", "LedgerSmall"
"""The paragraph styles of remarks and tables, and of the table with fourteen columns."""
DEMO = "虚构演示"
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


def brief_files(day: Day, fictional: bool, identity: str) -> Iterator[tuple[str, bytes]]:
    """The .docx of every brief that is out: (path below the site's root, bytes)."""
    for position, point in enumerate(day.promise.plan.checkpoints):
        if has_brief(day, position):
            yield brief_file(day.promise.id, point.id), brief_docx(brief_of(day, position, fictional), identity)


def brief_docx(brief: Brief, identity: str) -> bytes:
    """The whole file.  `identity` is the sentence that says whose site this is."""
    document = docx.Document()
    _page(document, brief, identity)
    _opening(document, brief)
    _units(document, brief)
    _entries(document, PARTS["gaps"], brief, brief.gaps)
    _compared(document, brief)
    _overdue(document, brief)
    _visits(document, brief)
    _entries(document, REST, brief, brief.rest)
    return _bytes(document, brief)


# ---------------------------------------------------------------- page and opening


def _page(document: Document, brief: Brief, identity: str) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(20)
    _styles(document)
    _say(section.header.paragraphs[0], "　".join(([DEMO] if brief.fictional else []) + [f"{brief.title}（自动生成，非公文）"]), NOTE)
    _say(section.footer.paragraphs[0], identity, SMALL)
    number = section.footer.add_paragraph()
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _field(number, "PAGE")


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


def _opening(document: Document, brief: Brief) -> None:
    _untitled(document.add_paragraph(brief.title, style="Title"))
    _say(document.add_paragraph(), (f"{DEMO}。" if brief.fictional else "") + f"自动生成，非公文。{brief.basis}")
    counted = (f"{_term(each, brief.speech)}{count}" for each, count in (*brief.tally, *brief.uncoloured))
    _say(document.add_paragraph(), f"全县{len(brief.figures.county.tasks)}项：{'，'.join(counted)}。")
    if brief.before:
        _say(document.add_paragraph(), f"比上期（{month_words(brief.before)}）：{brief.change_words}。")
    _say(document.add_paragraph(), "冻结以后的更正不改这份文件；有没有更正，见网页上的「今天看」。", NOTE)


def _untitled(paragraph: Paragraph) -> None:
    """Take away the rule that the built-in title draws below itself."""
    border = paragraph._p.get_or_add_pPr()
    empty = OxmlElement("w:pBdr")
    empty.append(_element("w:bottom", val="nil"))
    border.append(empty)


# ---------------------------------------------------------------- sections


def _units(document: Document, brief: Brief) -> None:
    document.add_heading(PARTS["units"], 1)
    table = brief.units
    _say(document.add_paragraph(), table.order, NOTE)
    rows: list[Sequence[str]] = []
    for group in table.groups:
        rows.append((group.heading,))
        rows += [_unit_cells(table, name=row.name, tasks=row.tasks, counts=row.counts, ratios=row.ratios) for row in group.rows]
    rows += [_unit_cells(table, name=row.name, tasks=row.tasks, counts=row.counts, ratios=row.ratios) for row in table.totals]
    widths = (28, 8, *(8 for _ in table.totals[0].counts), 19, 19, 19, 11)
    _table(document, brief, table.heads, rows, widths, SMALL)
    for note in table.notes:
        _say(document.add_paragraph(), note, NOTE)


def _unit_cells(table: UnitTable, name: str, tasks: int, counts: Iterable[int], ratios: Iterable[str]) -> Sequence[str]:
    return (name, str(tasks), *map(str, counts), *(ratio.replace("（", "\n（") for ratio in ratios))


def _entries(document: Document, heading: str, brief: Brief, entries: Sequence[Entry]) -> None:
    document.add_heading(heading, 1)
    if not entries:
        _say(document.add_paragraph(), "没有。")
        return
    heads = ("判定", "任务、牵头单位", "理由", *(("上期首次公布",) if brief.before else ()))
    rows = [_entry_cells(each, brief.speech) for each in entries]
    table = _table(document, brief, heads, rows, (26, 38, 82, 24) if brief.before else (26, 38, 106), NOTE)
    for each, cells in zip(entries, table, strict=True):
        _fill(cells[0], each.verdict)
        if each.before:
            _fill(cells[3], each.before)


def _entry_cells(each: Entry, speech: Speech) -> Sequence[str]:
    reason = each.sentence + (f"\n{'；'.join(each.marks)}" if each.marks else "")
    before = (_term(each.before, speech),) if each.before else ()
    return (_term(each.verdict, speech), f"{each.number}　{each.title}\n{'、'.join(each.leads)}", reason, *before)


def _compared(document: Document, brief: Brief) -> None:
    document.add_heading(PARTS["compared"], 1)
    if not brief.before:
        _say(document.add_paragraph(), "这是第一份简报，没有上期可比。")
        return
    said = brief.speech.verdict
    rows = [
        (
            change.name,
            str(len(change.entries)),
            "；".join(
                f"{each.number}　{each.title}（{_moved(said(each.before or each.verdict), said(each.verdict))}）" for each in change.entries
            )
            or "没有",
        )
        for change in brief.compared
    ]
    _table(document, brief, ("变化", "项数", "任务（上期→这一期）"), rows, (22, 16, 132), NOTE)


def _moved(before: str, after: str) -> str:
    return after if before == after else f"{before}→{after}"


def _overdue(document: Document, brief: Brief) -> None:
    document.add_heading(PARTS["overdue"], 1)
    rows = [
        (
            each.id,
            f"{each.text}\n{each.task}　{each.title}",
            each.owner,
            each.rectify_by + (f"\n延期到{each.extended}，仍按原期限算" if each.extended else ""),
            each.late,
        )
        for each in brief.overdue
    ]
    if rows:
        _table(document, brief, ("编号", "问题", "整改单位", "应整改", "逾期"), rows, (16, 60, 36, 34, 24), NOTE)
    else:
        _say(document.add_paragraph(), "没有。")
    if brief.pending:
        told = "；".join(f"{each.id} {each.text}（{each.task}　{each.title}，{each.owner}，{each.rectify_by}前）" for each in brief.pending)
        _say(document.add_paragraph(), f"另有{len(brief.pending)}个问题还在整改期限里：{told}。", NOTE)


def _visits(document: Document, brief: Brief) -> None:
    document.add_heading(PARTS["visits"], 1)
    if not brief.visits:
        _say(document.add_paragraph(), "这一期没有点了名、到期的地方。")
        return
    rows = [
        (f"{'、'.join(name for name, _ in each.places)}\n{each.task}　{each.title}", f"「{each.text}」", each.due, each.known, "")
        for each in brief.visits
    ]
    _table(document, brief, ("地方", "照文件应当", "几时", "公开材料说", "看到的"), rows, (42, 48, 20, 30, 30), NOTE)


def _term(verdict: Verdict, speech: Speech) -> str:
    """◆明显滞后; the name of a state."""
    badge = speech.badge(verdict)
    return badge.shape + badge.term if verdict in COLOURS else badge.name


# ---------------------------------------------------------------- words into Word


def _table(
    document: Document, brief: Brief, heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int], style: str
) -> list[Sequence[Cell]]:
    """A ruled table whose head repeats on every page; a row of one cell goes across.  A fictional county says so in the first head, so
    that it travels with the table.  Gives back the cells of the rows."""
    _say(document.add_paragraph(), f"{brief.title}，{day_words(brief.frozen)}冻结", SMALL)
    table = document.add_table(rows=len(rows) + 1, cols=len(heads), style="Table Grid")
    table.autofit = False
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = Mm(width)
    grid = [row.cells for row in table.rows]
    named = (f"{DEMO}\n{heads[0]}" if brief.fictional else heads[0], *heads[1:])
    for cells, texts, bold in ((grid[0], named, True), *((cells, row, False) for cells, row in zip(grid[1:], rows, strict=True))):
        if len(texts) == 1:
            cells[0].merge(cells[-1])
        for cell, text, width in zip(cells, texts, widths, strict=False):
            cell.width = Mm(width)
            _say(cell.paragraphs[0], text, style, bold)
    table.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader"))
    for row in table.rows:
        row._tr.get_or_add_trPr().append(_element("w:cantSplit"))
    _margins(table._tbl.tblPr)
    _say(document.add_paragraph(), "", SMALL)
    return grid[1:]


def _margins(properties: Any) -> None:
    """Narrow cells: what an A4 page needs for fourteen columns."""
    margins = OxmlElement("w:tblCellMar")
    for side, width in (("top", 20), ("left", 40), ("bottom", 20), ("right", 40)):
        margins.append(_element(f"w:{side}", w=str(width), type="dxa"))
    properties.append(margins)


def _say(paragraph: Paragraph, text: str, style: str = "Normal", bold: bool = False) -> None:
    """Words in a paragraph; a new line is a line break."""
    paragraph._p.style = style
    paragraph.add_run(text).bold = bold or None


def _fill(cell: Cell, verdict: Verdict) -> None:
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


def _field(paragraph: Paragraph, name: str) -> None:
    """A field that Word fills in: the number of the page."""
    field = _element("w:fldSimple", instr=name)
    paragraph._p.append(field)


def _element(tag: str, **values: str) -> Any:
    element = OxmlElement(tag)
    for name, value in values.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _bytes(document: Document, brief: Brief) -> bytes:
    """The file without author, thumbnail or clock."""
    core, midnight = document.core_properties, datetime(brief.frozen.year, brief.frozen.month, brief.frozen.day)
    core.author = core.last_modified_by = core.comments = core.keywords = ""
    core.title, core.subject, core.language, core.revision = brief.title, NOTICE, "zh-CN", 1
    core.created = core.modified = core.last_printed = midnight
    package = document.part.package
    for rels in (package.rels, document.part.rels):
        for key, relation in list(rels.items()):
            if relation.reltype in UNUSED:
                del rels[key]
    raw = io.BytesIO()
    document.save(raw)
    return office(raw.getvalue())
