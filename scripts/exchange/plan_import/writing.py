"""A draft as the files of a plan: YAML that `check` reads, with a `# 待核：` comment at each spot that a person has to look at."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from scripts.ledger.model.promise import EMPTY, Unit
from scripts.store.yaml_reader import Unreadable, parse

from .drafts import TO_FILL, Draft, PieceDraft, TaskDraft

MARK = "# 待核："
"""Opens a comment that says what a person has to decide; the check lists every one that is left."""
DRAFT = "draft: true  # 草稿：还不在网站上。全部核完，删去这一行就公布；公布以后不能再写"
"""Opens every plan that comes in, so that it neither shows on the site nor stops what is there."""

KINDS = (
    ("township", "(镇|乡|街道|街道办事处)$"),
    ("enterprise", "公司$"),
    ("party", "^.?委(宣传部|组织部|统战部|政法委|编办|办公室|社会工作部)|纪委"),
    ("mass", "(妇联|残联|总工会|团.?委|红十字会|科协|工商联)$"),
    ("group", "领导小组$|^(各|相关|有关|其他)"),
    ("department", "(局|委|办|政府办公室)$"),
    ("institution", "(中心|医院|学校|馆|站|院|所|联社)$"),
)
"""What kind of unit a short name says it is; `other` where it does not say."""

PLAIN = re.compile(r"[\w一-鿿（）“”‘’—…〔〕《》／%＋+.、，。；：·•≧≥≤]+")


def scalar(text: str, flow: bool = False) -> str:
    """A text as YAML: bare where it reads back as itself, else in double quotes."""
    quoted = json.dumps(text, ensure_ascii=False)
    if flow and not PLAIN.fullmatch(text):
        return quoted
    try:
        same = parse(f"x: {text}".encode()).value == {"x": text}
    except Unreadable:
        return quoted
    return text if same and " #" not in text and "\n" not in text else quoted


def names(each: tuple[str, ...]) -> str:
    """A list in one line."""
    return "[" + ", ".join(scalar(name, flow=True) for name in each) + "]"


def plan_files(draft: Draft) -> dict[str, str]:
    """The files of the plan's folder but its source: relative path and text."""
    files = {"plan.yml": "\n".join(_plan(draft)) + "\n"}
    for task in draft.tasks:
        files[f"tasks/{task.number:02}.yml"] = "\n".join(_task(task)) + "\n"
    return files


def _plan(draft: Draft) -> Iterator[str]:
    yield f"{MARK}这份计划由 plan in 读入，读完请对照原件逐行看一遍，再删去这一行"
    yield DRAFT
    yield _field("county", draft.county, "县（区、市）的简称")
    yield f"year: {draft.year}"
    yield "document:"
    wanted = {
        "number": "文号，逐字；原文里要有这几个字",
        "issuer": "发文机关，逐字",
        "title": "通知（或表）的标题，逐字",
        "plan": "所印发的方案或表的名称，逐字",
        "dated": "成文日期，如 2024-03-01",
    }
    for key, words in wanted.items():
        yield "  " + _field(key, draft.facts[key], words)
    if draft.facts["printed"]:
        yield f"  printed: {draft.facts['printed']}"
    yield "checkpoints:"
    for point, head in draft.points:
        yield f"  - {{id: {point}, printed: {scalar(head, flow=True)}}}"
    yield f"chapters:  {MARK}章编号 id 会成为网址，公布前可改成英文或拼音，各任务里的 chapter 一起改；公布以后不再改"
    for chapter, heading, ours in draft.chapters:
        own = ", ours: true" if ours else ""
        yield f"  - {{id: {chapter}, heading: {scalar(heading, flow=True)}{own}}}"
    if draft.mechanisms:
        yield "mechanisms:"
        for number, (chapter, item, title) in enumerate(draft.mechanisms, start=len(draft.tasks) + 1):
            yield f"  - number: {number}  {MARK}正文里有、分解表里没有的一项，当作保障机制；短标题取自原文开头；答应定期做的事写成 duties"
            if item.label != f"{number}.":
                yield f"    label: {scalar(item.label)}"
            yield f"    title: {scalar(title)}"
            yield f"    chapter: {chapter}"
            yield f"    text: {scalar(item.text.rstrip())}"
    yield from _frame(draft)
    if draft.empty_cells:
        yield "notes:"
        yield "  - kind: reading"
        yield f"    text: 分解表里有{draft.empty_cells}格是空的，本站提取文字时写作“{EMPTY}”，当作没有安排目标。"
        yield f"    quote: {EMPTY}"


def _frame(draft: Draft) -> Iterator[str]:
    table = draft.table
    yield "frame:"
    yield from _lines("front", draft.text.front)
    yield from _lines("back", draft.text.back)
    yield f"  columns: {names(table.columns)}"
    usual = ("number", "pledge", "cells", "lead", "cooperating")
    if table.order != usual or len(table.columns) != len(usual):
        yield f"  order: [{', '.join(table.order)}]"
    if not draft.listed:
        yield "  tasks_in: table"
    if any(row.chapter is not None for row in table.rows):
        yield "  chapter_rows: true"
    yield from _lines("tail", table.tail)
    for each in draft.text.loose:
        yield f"  {MARK}{each.where}这一行没有归入任何一项，check 会报出来：{each.text[:40]}"


def _lines(key: str, lines: tuple[str, ...]) -> Iterator[str]:
    if lines:
        yield f"  {key}:"
        yield from (f"    - {scalar(line)}" for line in lines)


def _field(key: str, value: str | None, words: str) -> str:
    return f"{key}: {scalar(value)}" if value else f"{key}: {TO_FILL}  {MARK}没有读到{words}"


def _task(task: TaskDraft) -> Iterator[str]:
    yield from (f"{MARK}{words}" for words in task.marks)
    yield f"title: {scalar(task.title)}"
    yield f"chapter: {task.chapter}"
    for key, text in (("label", task.label), ("row", task.row)):
        if text:
            yield f"{key}: {scalar(text) if not text.replace('.', '').isdigit() else json.dumps(text)}"
    yield f"pledge: {scalar(task.pledge)}"
    if task.table_pledge:
        yield f"table_pledge: {scalar(task.table_pledge)}"
    yield f"lead: {names(task.lead)}"
    if task.lead_printed:
        yield f"lead_printed: {scalar(task.lead_printed)}"
    if task.printed or task.units or task.collectives:
        yield "cooperating:"
        if task.printed:
            yield f"  printed: {scalar(task.printed)}"
        if task.units:
            yield f"  units: {names(task.units)}"
        if task.collectives:
            yield f"  collectives: {names(task.collectives)}"
    if task.others:
        yield "others:"
        yield from (f"  - {scalar(text)}" for text in task.others)
    if task.inferred:
        yield "span: inferred"
    yield "milestones:"
    for cell in task.cells:
        opening = f"covers: [{', '.join(cell.covers)}]" if cell.covers and not task.inferred else None
        yield "  - " + (opening or f"text: {scalar(cell.text)}")
        if opening:
            yield f"    text: {scalar(cell.text)}"
        yield f"    kind: {cell.kind}"
        if cell.due:
            yield f"    due: {cell.due.isoformat()}"
        if cell.pieces:
            yield "    deliverables:"
            yield from (f"      - {{text: {scalar(piece.text, flow=True)}{_due(piece)}}}" for piece in cell.pieces)
    if task.notes:
        yield "notes:"
        for kind, words in task.notes:
            yield f"  - kind: {kind}"
            yield f"    text: {scalar(words)}"


def _due(piece: PieceDraft) -> str:
    return f", due: {piece.due.isoformat()}" if piece.due else ""


def new_units(wanted: Iterable[str], registered: Mapping[str, Unit]) -> list[str]:
    """The entries that the registry lacks, for the units that a plan names."""
    known = {form for name, unit in registered.items() for form in (name, *unit.aliases)}
    slugs = {unit.slug for unit in registered.values()}
    free = (slug for n in range(1, 10_000) if (slug := f"unit-{n:02}") not in slugs)
    new = [f"{scalar(name, flow=True)}: {{slug: {next(free)}, kind: {kind_of_unit(name)}}}" for name in wanted if name not in known]
    mark = f"{MARK}下面{len(new)}个单位是新加的：slug 是网址，公布前可改成拼音（如 jiaowei），公布以后不再改；kind 按名称猜的；全称只在确定时补"
    return [mark, *new] if new else []


def kind_of_unit(name: str) -> str:
    """What a short name says a unit is."""
    return next((kind for kind, pattern in KINDS if re.search(pattern, name)), "other")
