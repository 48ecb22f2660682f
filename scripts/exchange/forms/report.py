"""The template of a report: the questions of one task at one checkpoint, with the official words and the last values beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scripts.ledger.model.fields import written
from scripts.ledger.model.records import Report
from scripts.ledger.model.values import TO_FILL
from scripts.ledger.phrases.formats import day_words, month_words, number_words
from scripts.ledger.series.day import Day
from scripts.ledger.series.report_questions import Asked, AskedNumber, AskedPiece, plan_words
from scripts.ledger.verdict.terms import sums_up

from .blank import Blank, meaning

WORDS = {"done": "完成", "partial": "部分完成", "not_done": "未完成", "withdrawn": "撤回"}
"""How the states of a deliverable are said."""


def report_blank(day: Day, asked: Asked, correction: bool = False) -> Blank:
    """The template of the next report of a task at a checkpoint: the first one, or a later one (补报；更正)."""
    task, later = day.promise.tasks[asked.number], bool(asked.filed)
    known = {"by": task.lead[0]} if len(task.lead) == 1 else {}
    notes = {"published": f"这个节点的报告应在{day_words(asked.due)}前公开", "by": f"可写 {'、'.join(task.lead)}"}
    lines: dict[str, Sequence[str]] = {
        "deliverables": list(_pieces(asked, later)),
        "done_on": list(_days(asked)),
        "indicators": list(_numbers(asked, later)),
    }
    without = () if later else ("corrects", "reason")
    if correction:
        known["corrects"] = asked.filed[-1].partition("/")[2]
    return Blank(Report, list(_head(day, asked)), known, ["reason"] if correction else ["summary"], lines, without, notes)


def _head(day: Day, asked: Asked) -> Iterator[str]:
    task = day.promise.tasks[asked.number]
    name = asked.filed[-1].partition("/")[2] if asked.filed else ""
    more = f"（已有{len(asked.filed)}份，这一份是补报；改动已报的值就是更正，要写 corrects: {name} 和 reason）" if asked.filed else ""
    yield f"第{asked.number}项 {task.title}：{month_words(asked.checkpoint)}节点的报告{more}"
    yield f"牵头：{'、'.join(task.lead)}"
    if asked.filed:
        yield "情况、事项、数、资金、佐证材料，至少写一样：去掉那几行前面的 #，写上新的值"
    yield "文件原文："
    yield f"  {task.pledge}"
    yield from (f"  第{cell}格：{text}" for cell, text in asked.cells)
    if not asked.required:
        yield "这个节点不要求报告；报了也可以，页面会标明。"


def _pieces(asked: Asked, later: bool) -> Iterator[str]:
    info = written(Report)["deliverables"]
    yield f"# {meaning(info)}"
    due = [] if later else [each for each in asked.pieces if not each.earlier]
    yield "deliverables:" if due else "# deliverables:"
    for each in asked.pieces:
        yield f"  {each.id}: {TO_FILL}  # {_piece(each)}" if each in due else f"#   {each.id}: {each.told or 'done'}  # {_piece(each)}"
    if not asked.pieces:
        yield "#   （这个节点没有事项；以后的事项提前做完，也可以写）"


def _piece(each: AskedPiece) -> str:
    due = f"{day_words(each.due)}到期" if each.due else "全年推进"
    last = f"；{month_words(each.last[0])}报{WORDS[each.last[1]]}" if each.last else ""
    told = f"；本节点已报{WORDS[each.told]}" if each.told else ""
    return f"{each.text}（{due}{'，以前到期、还没有报完成' if each.earlier else ''}{last}{told}）"


def _days(asked: Asked) -> Iterator[str]:
    info = written(Report)["done_on"]
    yield f"# {meaning(info)}（可不写）"
    yield "# done_on:"
    yield from (f"#   {each.id}: {each.due or each.told_on or '2023-05-20'}" for each in asked.pieces)


def _numbers(asked: Asked, later: bool) -> Iterator[str]:
    info = written(Report)["indicators"]
    yield f"# {meaning(info)}"
    due = [] if later else [each for each in asked.numbers if each.plan and not each.earlier]
    yield "indicators:" if due else "# indicators:"
    for each in asked.numbers:
        told = number_words(each.told) if each.told is not None else "0"
        line = f"{each.indicator.id}: {TO_FILL if each in due else told}  # {_number(each)}"
        yield f"  {line}" if each in due else f"#   {line}"
    if not asked.numbers:
        yield "#   （这个节点没有数要报）"


def _number(each: AskedNumber) -> str:
    """新增学位，个，累计：到2023年5月31日应完成≥600个；2023年3月报300；本节点已报560."""
    unit = each.indicator.unit
    kind = "累计，不是新增" if sums_up(each.indicator) else "到期当天的数"
    plan = f"：到{day_words(each.plan[1])}应完成{plan_words(each.plan[0], unit)}" if each.plan else ""
    last = f"；{month_words(each.last[0])}报{number_words(each.last[1])}" if each.last else "；以前没有报过"
    told = f"；本节点已报{number_words(each.told)}" if each.told is not None else ""
    return f"{each.indicator.name}（{unit}，{kind}）{plan}{last}{told}"
