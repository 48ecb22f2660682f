"""From what was read to the contract: plan, tasks, registry, with a mark at each spot that a person has to look at.

A mark says what was taken and what to decide.  Nothing that the document does not say is filled in: what is missing is marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from scripts.ledger.model.promise import EMPTY, NOTHING, Checkpoint, Milestone, Unit
from scripts.ledger.plan.schedule import (
    ROLLING_WORDS,
    Reckoning,
    checkpoint_of,
    date_word,
    days_by,
    head_date,
    inferred_spans,
    reckoning_of,
)

from .facts import facts_in
from .main_text import Item, MainText
from .shapes import Cell, Reading, Row, Table, Unfit
from .vocabulary import clauses_with_numbers, joined, month_of, names_in, parted, pieces, roles_in, title_from

TO_FILL = "待填"


@dataclass(frozen=True)
class TaskDraft:
    """One task: what the contract holds of it, and what a person has to look at."""

    number: int
    title: str
    chapter: str
    label: str | None
    row: str | None
    pledge: str
    table_pledge: str | None
    lead: tuple[str, ...]
    lead_printed: str | None
    printed: str | None
    units: tuple[str, ...]
    collectives: tuple[str, ...]
    others: tuple[str, ...]
    inferred: bool
    cells: tuple[CellDraft, ...]
    notes: tuple[tuple[str, str], ...]
    marks: tuple[str, ...]


@dataclass(frozen=True)
class CellDraft:
    """One cell: text, kind, what it covers, the day that its words fix, the things that it promises."""

    text: str
    kind: str
    covers: tuple[str, ...] | None
    due: date | None
    pieces: tuple[PieceDraft, ...]


@dataclass(frozen=True)
class PieceDraft:
    """One thing that a cell promises: its words; `due` where they give it a day of its own; every such date that they print."""

    text: str
    due: date | None = None
    dates: tuple[str, ...] = ()


@dataclass
class Draft:
    """A whole plan, not yet written down.  `facts` are the fields of the document, None where the text does not say."""

    county: str | None
    year: int
    facts: dict[str, str | None]
    points: tuple[tuple[str, str], ...]
    chapters: tuple[tuple[str, str, bool], ...]
    mechanisms: tuple[tuple[str, Item, str], ...]
    text: MainText
    table: Table
    listed: bool
    tasks: tuple[TaskDraft, ...]
    units: tuple[str, ...]
    empty_cells: int
    marks: list[str] = field(default_factory=list)


def draft(reading: Reading, text: MainText, year: int, county: str | None, given: tuple[str, ...] = ()) -> Draft:
    """The plan that a document holds.  `given` are the checkpoints where the heads do not tell them.  Raises `Unfit`."""
    table = reading.table
    points = _points(table, year, given)
    listed = bool(text.chapters)
    chapters, of_row = _chapters(text, table)
    tasks: list[TaskDraft] = []
    items = [item for chapter in text.chapters for item in chapter.items]
    for number, row in enumerate(table.rows, start=1):
        item = items[number - 1] if listed else None
        tasks.append(_task(number, row, item, of_row[number - 1], points, year, table, [each.title for each in tasks]))
    rest = items[len(table.rows) :]
    homes = {id(item): f"chapter-{i}" for i, chapter in enumerate(text.chapters, start=1) for item in chapter.items}
    titles: list[str] = []
    for item in rest:
        titles.append(title_from(item.text, titles))
    lines = [each.text for each in reading.paragraphs]
    facts = facts_in([*text.front, *text.back, *table.tail], lines)
    issuer = facts["issuer"] or ""
    found = re.match(r".{1,8}?[县区市旗]", issuer)
    return Draft(
        county or (found[0] if found else None),
        year,
        facts,
        points,
        chapters,
        tuple((homes[id(item)], item, title) for item, title in zip(rest, titles, strict=True)),
        text,
        table,
        listed,
        tuple(tasks),
        tuple(dict.fromkeys(name for task in tasks for name in task.lead)) + _cooperating(tasks),
        sum(cell.text == EMPTY for task in tasks for cell in task.cells),
    )


def under_registered_names(draft: Draft, registered: Mapping[str, Unit]) -> Draft:
    """The plan with every unit that is registered under another name called by its own; a lead cell so changed is kept as printed."""
    own = {alias: name for name, unit in registered.items() for alias in unit.aliases if alias not in registered}

    def named(names: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(own.get(name, name) for name in names))

    tasks = tuple(
        replace(
            task,
            lead=named(task.lead),
            units=named(task.units),
            lead_printed=task.lead_printed or ("、".join(task.lead) if named(task.lead) != tuple(task.lead) else None),
        )
        for task in draft.tasks
    )
    return replace(draft, tasks=tasks, units=named(draft.units))


def _cooperating(tasks: Iterable[TaskDraft]) -> tuple[str, ...]:
    leads = {name for task in tasks for name in task.lead}
    return tuple(dict.fromkeys(name for task in tasks for name in task.units if name not in leads))


def _points(table: Table, year: int, given: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The checkpoints: (year-month, printed head)."""
    if given:
        if len(given) != len(table.points):
            raise Unfit("--checkpoints", f"表头有{len(table.points)}个节点（{'、'.join(table.points)}），要写同样多个", "、".join(given))
        return tuple(zip(given, table.points, strict=True))
    found: list[tuple[str, str]] = []
    for head in table.points:
        month = month_of(head, year, found[-1][0] if found else None)
        if month is None or (found and month <= found[-1][0]):
            raise Unfit(
                f"表头“{head}”",
                "认不出是哪个月，或者不比前一个节点晚；可以用 --checkpoints 按先后写明",
                example="--checkpoints 2024-03,2024-06",
            )
        found.append((month, head))
    return tuple(found)


def _chapters(text: MainText, table: Table) -> tuple[tuple[tuple[str, str, bool], ...], list[str]]:
    """The chapters as (id, heading, ours), and each row's chapter."""
    if text.chapters:
        named = tuple((f"chapter-{i}", each.heading or "全部任务", not each.heading) for i, each in enumerate(text.chapters, start=1))
        homes = [f"chapter-{i}" for i, each in enumerate(text.chapters, start=1) for _ in each.items]
        return named, homes[: len(table.rows)]
    headings: list[str] = []
    of_row: list[str] = []
    for row in table.rows:
        if row.chapter is not None:
            if row.chapter in headings:
                raise Unfit(row.where, "同一个类别（章）在表里出现了两次，中间隔着别的类别", row.chapter)
            headings.append(row.chapter)
        if not headings:
            headings.append("")
        of_row.append(f"chapter-{len(headings)}")
    return tuple((f"chapter-{i}", heading or "全部任务", not heading) for i, heading in enumerate(headings, start=1)), of_row


def _task(
    number: int, row: Row, item: Item | None, chapter: str, points: tuple[tuple[str, str], ...], year: int, table: Table, taken: list[str]
) -> TaskDraft:
    pledge = item.text.rstrip() if item else row.pledge
    differs = bool(item) and row.pledge != pledge
    marks = ["短标题取自原文开头；改成不超过10个字、一看就懂的说法"]
    notes: list[tuple[str, str]] = []
    if differs:
        notes.append(("difference", "正文和分解表“重点任务”栏的写法不同，两处都照原文。"))
        marks.append("正文和表的写法不同在哪里，写进 difference 那条注")
    cells, inferred = _cells(row.cells, points, year)
    if inferred:
        notes.append(("span", "原表此行是合并单元格，电子文本没有留下宽度；能确定的只有先后次序，拿不准的按最晚可能的节点看。"))
        marks.append("这一行各格跨哪几个节点，文字里看不出；找得到原表的话，删去 span: inferred，给每格写上 covers")
    if row.shared:
        notes.append(("source", f"原表这一行的“{'、'.join(row.shared)}”和相邻的行合并成一格，每行都照原文。"))
    for index, cell in enumerate(cells, start=1):
        if cell.kind == "rolling" and ROLLING_WORDS not in cell.text:
            marks.append("全年只有一格，先当作 rolling（没法评定快慢）；写着哪天做到什么的，改成 target")
        marks += _day_marks(index, cell, points)
    lead, units, collectives, lead_printed, unsure = _people(row, table)
    marks += unsure
    numbers = [
        ("正文", clauses_with_numbers(pledge)),
        *((f"第{i}格", clauses_with_numbers(cell.text)) for i, cell in enumerate(cells, start=1)),
    ]
    numbers += [("其他栏", clauses_with_numbers(text)) for text in row.others]
    told = "；".join(f"{where}“{'”“'.join(found)}”" for where, found in numbers if found)
    if told:
        marks.append(f"写着数的地方，是目标的写成 indicators（data/README.md 有写法）：{told}")
    return TaskDraft(
        number=number,
        title=title_from(pledge, taken),
        chapter=chapter,
        label=item.label if item and item.label != f"{number}." else None,
        row=row.label if row.label != str(number) else None,
        pledge=pledge,
        table_pledge=row.pledge if differs else None,
        lead=lead,
        lead_printed=lead_printed,
        printed=row.cooperating,
        units=units,
        collectives=collectives,
        others=row.others,
        inferred=inferred,
        cells=tuple(cells),
        notes=tuple(notes),
        marks=tuple(dict.fromkeys(marks)),
    )


def _day_marks(index: int, cell: CellDraft, points: tuple[tuple[str, str], ...]) -> list[str]:
    """Days that a person has to look at: outside the cell's checkpoints, or several for one thing."""
    marks = []
    if cell.due and not _covered(cell.due, cell, points):
        marks.append(f"第{index}格写的日期（{cell.due}）不在这一格的节点里，check 会报错；请对照原表")
    for piece in cell.pieces:
        if len(piece.dates) > 1:
            marks.append(
                f"第{index}格有一件事写着几个日期（{'、'.join(piece.dates)}），due 先取最后一个；几件事写在一句里的，拆开，各写各的 due"
            )
        elif piece.due and not _covered(piece.due, cell, points):
            marks.append(f"第{index}格有一件事写的日期（{piece.dates[-1]}，读作{piece.due}）不在这一格的节点里；请对照原表")
    return marks


def _covered(day: date, cell: CellDraft, points: tuple[tuple[str, str], ...]) -> bool:
    """Whether a day falls into the checkpoints that a cell covers; where these are not known, nothing speaks against it."""
    at = checkpoint_of(day, _checkpoints(points))
    return not cell.covers or at is None or points[at][0] in cell.covers


def _people(row: Row, table: Table) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], str | None, list[str]]:
    """Leads, cooperating units, collectives, the lead cell where it is not the leads joined, and marks."""
    marks: list[str] = []
    if row.lead in NOTHING:
        raise Unfit(row.where, "牵头单位是空的；每项任务要有牵头单位")
    if "cooperating" in table.order:
        units, grouped = names_in(row.lead)
        leads = [*units, *grouped]
        printed = row.cooperating or EMPTY
        helpers, collectives = ([], []) if printed in NOTHING else names_in(printed)
    else:
        leads, helpers, collectives, said = roles_in(row.lead)
        if not said and len(leads) > 1:
            marks.append("责任单位有几个，原文没有写谁牵头谁配合，先都当作牵头；只在原文另有写明时改")
    leads = [name.removesuffix("等") for name in leads]
    if parted(row.lead) != row.lead or parted(row.cooperating or "") != (row.cooperating or ""):
        marks.append("单位之间是空格或斜线，先照它拆开；拆得不对的，改过来")
    if any("责任" in head for head in table.columns) and any("牵头" in head for head in table.columns) and "cooperating" in table.order:
        marks.append("原表有牵头单位，又有责任单位；责任单位先当作配合单位，请对照原文")
    if any(re.match("(各|相关|有关|其他)", name) for name in leads):
        marks.append("牵头单位里有统称，先当作一个单位（units.yml 里 kind: group）")
    whole = "、".join(leads)
    return tuple(leads), tuple(helpers), tuple(collectives), None if row.lead == whole else row.lead, marks


def _cells(cells: Iterable[Cell], points: tuple[tuple[str, str], ...], year: int) -> tuple[list[CellDraft], bool]:
    """The cells of a row; whether their widths stay unknown.  Dates in their words may settle widths that a text lost."""
    row, months = list(cells), [point for point, _ in points]
    texts = [joined(cell.text) for cell in row]
    printed = [None if cell.covers is None else tuple(months[i] for i in cell.covers) for cell in row]

    def drafts(widths: Sequence[tuple[str, ...] | None]) -> list[CellDraft]:
        return [
            _cell(cell.text, kind, covers, reckoning_of(i, len(row), covers, months, year))
            for i, (cell, kind, covers) in enumerate(zip(row, kinds, widths, strict=True))
        ]

    kinds = [_kind(text, alone=len(row) == 1 and len(months) > 1) for text in texts]
    found = drafts(printed)
    if all(printed):
        return found, False
    milestones = [Milestone(text=cell.text, kind="none" if cell.kind == "none" else "target", due=cell.due) for cell in found]
    spans = inferred_spans(milestones, _checkpoints(points))
    if not all(span.certain for span in spans):
        return found, True
    return drafts([tuple(months[span.first[0] : span.last[0] + 1]) for span in spans]), False


def _kind(text: str, alone: bool) -> Literal["target", "none", "rolling"]:
    """What a cell is; `alone`: the one cell of a row for several checkpoints, which is rolling unless it opens with a date."""
    return "none" if text in NOTHING else "rolling" if alone and not head_date(text) else "target"


def _cell(printed: str, kind: Literal["target", "none", "rolling"], covers: tuple[str, ...] | None, reckoning: Reckoning) -> CellDraft:
    text = joined(printed)
    if kind == "none":
        return CellDraft(text, kind, covers, None, ())
    word = date_word(text, reckoning)
    return CellDraft(text, kind, covers, word[1] if word else None, tuple(_piece(each, reckoning) for each in pieces(printed)))


def _piece(text: str, reckoning: Reckoning) -> PieceDraft:
    """A thing that a cell promises, due on the last day that its words set (6月20日前)."""
    told = days_by(text, reckoning)
    return PieceDraft(text, told[-1][1] if told else None, tuple(dict.fromkeys(word for word, _ in told)))


def _checkpoints(points: tuple[tuple[str, str], ...]) -> list[Checkpoint]:
    return [Checkpoint(id=point, printed=head) for point, head in points]
