"""A brief as a .docx to paste from: the same data as its page, the same bytes whenever and wherever it is written.

Formal words, plain tables, no author, no clock: every time in the file is the day the brief was frozen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.table import _Cell as Cell

from scripts.ledger.model.rules import COLOURS
from scripts.ledger.phrases.formats import day_words, month_words, whole
from scripts.ledger.phrases.phrasebook import Speech, Verdict
from scripts.ledger.series.briefs import NOTICE, PARTS, REST, Brief, Entry, brief_file, has_brief
from scripts.ledger.series.briefs import brief as brief_of
from scripts.ledger.series.day import Day
from scripts.ledger.series.unit_table import UnitTable

from .docx_style import NOTE, SMALL, field, file_bytes, fill, paper, ruled_table, say, untitled

DEMO = "虚构演示"


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
    return file_bytes(document, brief.title, NOTICE, brief.frozen)


# ---------------------------------------------------------------- page and opening


def _page(document: Document, brief: Brief, identity: str) -> None:
    paper(document)
    section = document.sections[0]
    say(section.header.paragraphs[0], "　".join(([DEMO] if brief.fictional else []) + [f"{brief.title}（自动生成，非公文）"]), NOTE)
    say(section.footer.paragraphs[0], identity, SMALL)
    number = section.footer.add_paragraph()
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field(number, "PAGE")


def _opening(document: Document, brief: Brief) -> None:
    untitled(document.add_paragraph(brief.title, style="Title"))
    say(document.add_paragraph(), (f"{DEMO}。" if brief.fictional else "") + f"自动生成，非公文。{brief.basis}")
    counted = (f"{_term(each, brief.speech)}{count}" for each, count in (*brief.tally, *brief.uncoloured))
    say(document.add_paragraph(), f"{whole(brief.county)}{len(brief.figures.county.tasks)}项：{'，'.join(counted)}。")
    if brief.before:
        say(document.add_paragraph(), f"比上期（{month_words(brief.before)}）：{brief.change_words}。")
    say(document.add_paragraph(), "定稿以后的更正不改这份文件；有没有更正，见网页上的“今天看”。", NOTE)


# ---------------------------------------------------------------- sections


def _units(document: Document, brief: Brief) -> None:
    document.add_heading(PARTS["units"], 1)
    table = brief.units
    say(document.add_paragraph(), table.order, NOTE)
    rows: list[Sequence[str]] = []
    for group in table.groups:
        rows.append((group.heading,))
        rows += [_unit_cells(table, name=row.name, tasks=row.tasks, counts=row.counts, ratios=row.ratios) for row in group.rows]
    rows += [_unit_cells(table, name=row.name, tasks=row.tasks, counts=row.counts, ratios=row.ratios) for row in table.totals]
    widths = (25, 8, *(7 for _ in table.totals[0].counts), 17, 17, 17, 11, 17)
    _table(document, brief, table.heads, rows, widths, SMALL)
    for note in table.notes:
        say(document.add_paragraph(), note, NOTE)


def _unit_cells(table: UnitTable, name: str, tasks: int, counts: Iterable[int], ratios: Iterable[str]) -> Sequence[str]:
    return (name, str(tasks), *map(str, counts), *(ratio.replace("（", "\n（") for ratio in ratios))


def _entries(document: Document, heading: str, brief: Brief, entries: Sequence[Entry]) -> None:
    document.add_heading(heading, 1)
    if not entries:
        say(document.add_paragraph(), "没有。")
        return
    heads = ("评定", "任务、牵头单位", "理由", *(("上期首次公布",) if brief.before else ()))
    rows = [_entry_cells(each, brief.speech) for each in entries]
    table = _table(document, brief, heads, rows, (26, 38, 82, 24) if brief.before else (26, 38, 106), NOTE)
    for each, cells in zip(entries, table, strict=True):
        fill(cells[0], each.verdict)
        if each.before:
            fill(cells[3], each.before)


def _entry_cells(each: Entry, speech: Speech) -> Sequence[str]:
    reason = each.sentence + (f"\n{'；'.join(each.marks)}" if each.marks else "")
    before = (_term(each.before, speech),) if each.before else ()
    return (_term(each.verdict, speech), f"{each.number}　{each.title}\n{'、'.join(each.leads)}", reason, *before)


def _compared(document: Document, brief: Brief) -> None:
    document.add_heading(PARTS["compared"], 1)
    if not brief.before:
        say(document.add_paragraph(), "这是第一份简报，没有上期可比。")
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
        say(document.add_paragraph(), "没有。")
    if brief.pending:
        told = "；".join(f"{each.id} {each.text}（{each.task}　{each.title}，{each.owner}，{each.rectify_by}前）" for each in brief.pending)
        say(document.add_paragraph(), f"另有{len(brief.pending)}个问题还在整改期限里：{told}。", NOTE)


def _visits(document: Document, brief: Brief) -> None:
    document.add_heading(PARTS["visits"], 1)
    if not brief.visits:
        say(document.add_paragraph(), "这一期没有点了名、到期的地方。")
        return
    rows = [
        (f"{'、'.join(name for name, _ in each.places)}\n{each.task}　{each.title}", f"“{each.text}”", each.due, each.known, "")
        for each in brief.visits
    ]
    _table(document, brief, ("地方", "文件要求", "应完成日期", "公开材料说", "看到的"), rows, (42, 48, 20, 30, 30), NOTE)


def _term(verdict: Verdict, speech: Speech) -> str:
    """◆明显滞后; the name of a state."""
    badge = speech.badge(verdict)
    return badge.shape + badge.term if verdict in COLOURS else badge.name


def _table(
    document: Document, brief: Brief, heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int], style: str
) -> list[Sequence[Cell]]:
    """A table below its brief's name; a fictional county says so in the first head, so that it travels with the table."""
    say(document.add_paragraph(), f"{brief.title}，{day_words(brief.frozen)}定稿", SMALL)
    named = (f"{DEMO}\n{heads[0]}" if brief.fictional else heads[0], *heads[1:])
    return ruled_table(document, named, rows, widths, style)
