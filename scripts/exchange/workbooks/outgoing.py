"""A workbook to fill in: what a unit, or the whole county, is to report at one checkpoint, and what was reported so far.

Deterministic: no clock, no author, no path; two workbooks of the same data are the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter
from pydantic import BaseModel

from scripts.ledger.model.fields import written
from scripts.ledger.model.records import Report
from scripts.ledger.phrases.formats import month_words, number_words
from scripts.ledger.series.day import Day
from scripts.ledger.series.report_questions import Asked, AskedNumber, AskedPiece, asked, plan_words
from scripts.ledger.verdict.terms import sums_up
from scripts.store.zips import office

from . import columns as c
from .columns import Key
from .style import finish_form, finish_free, finish_help, finish_told

DEMO = "虚构演示"


@dataclass(frozen=True)
class Form:
    """What one workbook asks for: `unit` None for the whole county; `must` and `may` by task: the report is required, or possible;
    `beside`: tasks in which the unit cooperates, which need no report from it."""

    day: Day
    position: int
    unit: str | None
    must: tuple[Asked, ...]
    may: tuple[Asked, ...]
    beside: tuple[int, ...]

    @property
    def checkpoint(self) -> str:
        return self.day.promise.plan.checkpoints[self.position].id

    @property
    def asked(self) -> tuple[Asked, ...]:
        return (*self.must, *self.may)

    @property
    def opening(self) -> str:
        """须报3项；配合3项，不用报."""
        more = f"；另有{len(self.may)}项可报可不报" if self.may else ""
        beside = f"；配合{len(self.beside)}项，不用报" if self.unit else ""
        return f"须报{len(self.must)}项{more}{beside}"


def form_of(day: Day, position: int, unit: str | None) -> Form:
    """What is asked of a unit (None: of all) at a checkpoint."""
    tasks = day.promise.tasks
    mine = [n for n, task in sorted(tasks.items()) if unit is None or unit in task.lead]
    questions = [asked(day, n, position) for n in mine]
    beside = [n for n, task in sorted(tasks.items()) if unit in task.cooperating.units and n not in mine]
    return Form(
        day,
        position,
        unit,
        tuple(each for each in questions if each.required),
        tuple(each for each in questions if not each.required and each.any),
        tuple(beside),
    )


def workbook(form: Form, fictional: bool) -> bytes:
    """The workbook's bytes."""
    book = Workbook()
    book.remove(book.worksheets[0])
    title = (f"{DEMO}　" if fictional else "") + f"{form.unit or form.day.promise.plan.county}　{month_words(form.checkpoint)}节点填报表"
    _form(book.create_sheet(c.FORM), form, title)
    tasks = [each.number for each in form.asked]
    _free(book.create_sheet(c.MONEY), c.MONEY_HEADS, title, tasks, "按来源写，一个来源一行，单位元，不带千分位的逗号。没有资金就空着。")
    _free(book.create_sheet(c.PROOF), c.PROOF_HEADS, title, tasks, "公开的材料，一份一行。完成日早于到期日的，要有日期不晚于完成日的材料。")
    _told(book.create_sheet(c.TOLD), form, title)
    finish_help(book.create_sheet(c.HELP), title, HELP_LINES)
    return book_bytes(book, title, form.day.known)


def put(sheet: Worksheet, row: int, column: int, value: str | Decimal | int | date | None) -> Any:
    """Write one cell.  Text is text, whatever it begins with: no sheet of ours holds a formula."""
    cell = sheet.cell(row, column)
    if value is None:
        return cell
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.lstrip()[:1] in ("=", "+", "-", "@", "＝", "＋", "－", "＠")
    return cell


def _head(sheet: Worksheet, first: str, second: str, heads: tuple[str, ...]) -> None:
    put(sheet, 1, 2, first)
    put(sheet, 2, 2, second)
    for column, head in enumerate(heads, start=1):
        put(sheet, 3, column, head)


def _form(sheet: Worksheet, form: Form, title: str) -> None:
    _head(sheet, form.opening, f"{title}。只填白格；灰格是文件原文和已报的，改不了。填法见“{c.HELP}”。", c.FORM_HEADS)
    rows: list[tuple[str, Asked, Any]] = []
    for each in form.asked:
        rows += [("task", each, None), *(("piece", each, p) for p in each.pieces), *(("number", each, n) for n in each.numbers)]
    for row, (kind, each, item) in enumerate(rows, start=4):
        values = _task_row(form, each) if kind == "task" else _piece_row(item) if kind == "piece" else _number_row(item)
        name = None if kind == "task" else item.id if kind == "piece" else item.indicator.id
        key = Key(form.day.promise.id, form.checkpoint, each.number, name)
        for head, value in {c.ID: key.text, c.TASK: each.number, **values}.items():
            put(sheet, row, c.FORM_HEADS.index(head) + 1, value)
    for row, number in enumerate(form.beside, start=4 + len(rows)):
        put(sheet, row, 2, number)
        put(sheet, row, 3, f"配合，不用报：{form.day.promise.tasks[number].title}")
    leads = {row: form.day.promise.tasks[each.number].lead for row, (_, each, _) in enumerate(rows, start=4)}
    finish_form(
        sheet, [kind for kind, _, _ in rows], len(form.beside), leads, {row: item for row, (_, _, item) in enumerate(rows, start=4)}, title
    )


def _task_row(form: Form, each: Asked) -> dict[str, str | None]:
    task = form.day.promise.tasks[each.number]
    need = "须报" if each.required else "可报可不报"
    told = f"本节点已报{len(each.filed)}份" if each.filed else None
    words = f"【{need}】{task.title}。" + "　".join(f"第{cell}格：{text}" for cell, text in each.cells)
    return {c.FORM_HEADS[2]: words, "到期": f"{each.due}前公开", "上次报的": told, c.BY: task.lead[0] if len(task.lead) == 1 else None}


def _piece_row(each: AskedPiece) -> dict[str, str | date | None]:
    last = f"{month_words(each.last[0])}：{c.STATE_WORDS[each.last[1]]}" if each.last else None
    due = f"{each.due}" + ("（以前到期，还没报完成）" if each.earlier else "") if each.due else "全年推进"
    told = c.STATE_WORDS[each.told] if each.told and each.told != "withdrawn" else None
    return {c.FORM_HEADS[2]: each.text, "到期": due, "应完成": "完成", "上次报的": last, c.STATE: told, c.DONE_ON: each.told_on}


def _number_row(each: AskedNumber) -> dict[str, str | Decimal | None]:
    unit, kind = each.indicator.unit, "累计" if sums_up(each.indicator) else "到期当天的数"
    last = f"{month_words(each.last[0])}：{number_words(each.last[1])}{unit}" if each.last else None
    plan = plan_words(each.plan[0], unit) if each.plan else None
    due = f"{each.plan[1]}" + ("（以前到期，还没做到）" if each.earlier else "") if each.plan else None
    return {
        c.FORM_HEADS[2]: f"{each.indicator.name}（{unit}，{kind}）",
        "到期": due,
        "应完成": plan,
        "上次报的": last,
        c.NUMBER: each.told,
    }


def _free(sheet: Worksheet, heads: tuple[str, ...], title: str, tasks: list[int], words: str) -> None:
    for column, head in enumerate(heads, start=1):
        put(sheet, 3, column, head)
    put(sheet, 1, 1, f"{title}：{sheet.title}")
    put(sheet, 2, 1, words)
    finish_free(sheet, heads, tasks, title)


def _told(sheet: Worksheet, form: Form, title: str) -> None:
    _head(
        sheet,
        f"{title}：这个节点已经报的，逐份逐栏照录",
        "只供对照，不用填，也改不了。报了的不改不删；要改，在“填报”写新的值和更正原因。",
        c.TOLD_HEADS,
    )
    row = 3
    mine = {each.number for each in form.asked}
    for number in sorted(mine):
        for checkpoint, _, key in form.day.records.reports_of.get(number, ()):
            report = form.day.records.reports[key]
            if checkpoint != form.checkpoint or report.published > form.day.known:
                continue
            for path, value in leaves(report):
                row += 1
                text = f"{form.day.promise.id}/{key}//{'/'.join(path)}"
                said = c.STATE_WORDS.get(value, value) if path[0] in c.ANSWERED else value
                for column, words in enumerate((text, key.partition("/")[2], field_words(path), said), start=1):
                    put(sheet, row, column, words)
    finish_told(sheet, row, title)


def leaves(report: Report) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every value of a report as (path, text), as its file would write it; what is not there is left out."""

    def walk(value: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
        if isinstance(value, BaseModel):
            for key in written(type(value)):
                yield from walk(getattr(value, key), (*path, key))
        elif isinstance(value, dict):
            for key, each in value.items():
                yield from walk(each, (*path, str(key)))
        elif isinstance(value, tuple):
            for index, each in enumerate(value):
                yield from walk(each, (*path, str(index)))
        elif value is not None:
            yield path, number_words(value) if isinstance(value, Decimal) else str(value)

    return walk(report, ())


def field_words(path: tuple[str, ...]) -> str:
    """A value's path as it is said: 事项 2-1；指标 courses 2023-10-31；资金 第1条 来源."""
    field = written(Report)[path[0]]
    words = field.title or path[0]
    if len(path) == 1:
        return words
    if len(path) == 2:
        return f"{words} {path[1]}"
    if path[0] == "indicators":
        return f"{words} {path[1]} {path[2]}"
    inner = {"funding": c.MONEY_FIELDS, "evidence": c.PROOF_FIELDS}[path[0]]
    name = next(head for head, key in inner.items() if key == path[2])
    return f"{words} 第{int(path[1]) + 1}条 {name}"


HELP_LINES = (
    ("怎么填", ""),
    ("一", f"在“{c.FORM}”填。深色的一行是一项任务：填公布日、报告单位、情况。下面每行是它的一件事或一个数。"),
    ("二", "一件事：在“完成情况”选 完成、部分完成、未完成；完成了的，可以写完成日。"),
    ("三", "一个数：在“实际数”写到期那天的数，写累计数或到期当天的数，不写新增，不带单位。"),
    ("四", "日期写 2023-05-20；2023/5/20、2023年5月20日也认得。数字不写约、余、以上。"),
    ("五", "不知道的空着，不要猜。空着就是没有提到，不等于没做。"),
    ("", ""),
    ("已经报过的", ""),
    ("六", "白格里已有的值是现在算数的。没有改动的任务不会再写一份。"),
    ("七", "有新进展：改成新的值，写新的公布日。原来报的留着，新的一份排在后面。"),
    ("八", "原来报错了：改成对的值，写公布日和“更正原因”。要收回，就选或写“撤回”，也写原因。"),
    ("", ""),
    ("注意", ""),
    ("九", "可以排序、隐藏、调列宽、插入自己的列；不要删第一列（已隐藏）里的编号，不要自己加任务的行。"),
    ("十", "不要写公式，写数值。不要写个人的手机、身份证号、姓名；不要插图片。"),
    ("十一", f"资金写在“{c.MONEY}”，公开的材料写在“{c.PROOF}”，先选是哪一项。"),
    ("十二", "交表以后，会逐格检查；有一格不对，整张表都不收，会告诉您是哪一格、应当怎样。"),
)
"""The sheet of help: (heading or number, words)."""


def book_bytes(book: Workbook, title: str, known: date) -> bytes:
    """The file without author, clock or machine; rows still grow with what is typed into them."""
    midnight = datetime(known.year, known.month, known.day)
    book.properties.creator, book.properties.lastModifiedBy, book.properties.title = "", None, title
    book.properties.created = book.properties.modified = midnight
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as parts:
        ExcelWriter(book, parts).write_data()  # save() would write the time of saving
    return office(raw.getvalue(), lambda part: part.replace(b' customHeight="1"', b""))


def file_name(checkpoint: str, unit: str | None) -> str:
    """What a workbook is called unless somebody says otherwise."""
    return f"填报-{checkpoint}{f'-{unit}' if unit else ''}.xlsx"
