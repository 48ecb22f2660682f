"""The tables of what was reported: reports, the values in them, evidence, money, corrections.

Bitemporal: every row says when it was published, and a later file never removes an earlier one; `current` marks the last word.
"""

from __future__ import annotations

import typing
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from scripts.ledger.model.records import Evidence, Funding, Record, Report, by_day
from scripts.ledger.model.rules import COLOURS, State
from scripts.ledger.phrases.phrasebook import Verdict
from scripts.ledger.series.corrections import corrections
from scripts.ledger.series.funding import money

from .columns import (
    CHECKPOINT,
    ORDER,
    PUBLISHED,
    REPORT,
    TASK,
    TO_CHECKPOINT,
    TO_DELIVERABLE,
    TO_INDICATOR,
    TO_REPORT,
    TO_TASK,
    TO_UNIT,
    UNIT,
    Column,
    Row,
    Source,
    Table,
    Value,
    like,
    part_id,
    task_id,
    unit_id,
    whole,
)
from .public import reports

STATES: tuple[State, ...] = typing.get_args(State)
VERDICTS: tuple[Verdict, ...] = (*COLOURS, *STATES)


def _reports(source: Source) -> Iterator[Row]:
    for checkpoint, task, sequence, key, report in reports(source.day):
        yield {
            "report_id": key,
            "task_id": task_id(task),
            "checkpoint": checkpoint,
            "sequence": sequence,
            "unit_id": unit_id(source.ledger, report.by),
            "by": report.by,
            "published": report.published,
            "public_at": report.public_at,
            "summary": report.summary,
            "corrects": f"{checkpoint}/{report.corrects}" if report.corrects else None,
            "reason": report.reason,
        }


REPORTS = Table(
    "reports",
    "进展报告",
    "一行是一份报告文件；更正和补报各是一行，原来的不改；撤下的不在这里，见 withdrawals",
    (
        REPORT,
        TASK,
        CHECKPOINT,
        whole("sequence", "第几份", "同一任务同一节点的第几份，从1数起"),
        UNIT,
        like(Report, "by"),
        PUBLISHED,
        like(Record, "public_at"),
        like(Report, "summary"),
        Column("corrects", "更正", "更正哪一份报告，写它的 report_id；那一份后来撤下了的，这里仍写它原来的编号"),
        like(Report, "reason"),
    ),
    ("report_id",),
    _reports,
    (TO_TASK, TO_CHECKPOINT, TO_UNIT),
)


def _actuals(source: Source) -> Iterator[Row]:
    rows = [row for checkpoint, task, _, key, report in reports(source.day) for row in _told(checkpoint, task, key, report)]
    last = {(row["task_id"], row["checkpoint"], row["item"]): row["report_id"] for row in rows}
    for row in rows:
        yield row | {"current": last[row["task_id"], row["checkpoint"], row["item"]] == row["report_id"]}


def _told(checkpoint: str, task: int, key: str, report: Report) -> Iterator[dict[str, Any]]:
    """One row for each number and each deliverable that a report speaks of."""
    said = {"report_id": key, "task_id": task_id(task), "checkpoint": checkpoint, "published": report.published}
    for (name, day), value in by_day(report.indicators).items():
        number = value if isinstance(value, Decimal) else None
        state = "reported" if number is not None else "withdrawn"
        empty = {"deliverable_id": None, "done_on": None, "done_on_withdrawn": False}
        item = {"indicator_id": part_id(task, name), "item": part_id(task, name) + (f"@{day}" if day else ""), "of_day": day}
        yield said | empty | item | {"value": number, "state": state}
    for piece in dict.fromkeys((*report.deliverables, *report.done_on)):
        done = report.done_on.get(piece)
        yield said | {
            "indicator_id": None,
            "deliverable_id": part_id(task, piece),
            "of_day": None,
            "value": None,
            "state": report.deliverables.get(piece),
            "done_on": done if isinstance(done, date) else None,
            "done_on_withdrawn": done == "withdrawn",
            "item": part_id(task, piece),
        }


ACTUALS = Table(
    "actuals",
    "实际",
    "一行是一份报告里的一个数或一件事；数是到节点为止的累计数或到期当天的数，不是新增",
    (
        REPORT,
        TASK,
        CHECKPOINT,
        PUBLISHED,
        Column("item", "说的是什么", "指标编号或事项编号；报告写明是哪一天的数，后面加 @ 和那一天", required=True),
        Column("indicator_id", "指标编号", "说的是哪个数；说的是事项时为空"),
        Column("deliverable_id", "事项编号", "说的是哪件事；说的是数时为空"),
        Column("of_day", "哪一天的数", "报告写明是哪一天的数；没有写明的为空，是目标到期日（没写日期的是节点月末）的数", "date"),
        Column("value", "实际数", "按指标的计量单位；撤回的为空", "number"),
        Column(
            "state",
            "状态",
            "数：reported 报了、withdrawn 撤回；事项：done 完成、partial 部分完成、not_done 未完成、withdrawn 撤回；只补完成日的为空",
            enum=("reported", "done", "partial", "not_done", "withdrawn"),
        ),
        Column("done_on", "完成日", "报告写的完成日", "date"),
        Column("done_on_withdrawn", "撤回完成日", "true：这份报告撤回了先前写的完成日", "boolean", required=True),
        Column("current", "最后一次", "true：这一节点的报告里，对这个数、这件事最后说的一次", "boolean", required=True),
    ),
    ("report_id", "item"),
    _actuals,
    (TO_REPORT, TO_TASK, TO_CHECKPOINT, TO_INDICATOR, TO_DELIVERABLE),
)


def _evidence(source: Source) -> Iterator[Row]:
    for checkpoint, task, _, key, report in reports(source.day):
        for order, each in enumerate(report.evidence, start=1):
            yield {
                "report_id": key,
                "order": order,
                "task_id": task_id(task),
                "checkpoint": checkpoint,
                "published": report.published,
                "title": each.title,
                "url": each.url,
                "dated": each.dated,
                "kind": each.kind,
            }


EVIDENCE = Table(
    "evidence",
    "佐证材料",
    "一行是报告里附的一份公开材料",
    (REPORT, ORDER, TASK, CHECKPOINT, PUBLISHED, *(like(Evidence, name) for name in ("title", "url", "dated", "kind"))),
    ("report_id", "order"),
    _evidence,
    (TO_REPORT, TO_TASK, TO_CHECKPOINT),
)

AMOUNTS = tuple(like(Funding, name) for name in ("planned", "received", "spent"))


def _funding(source: Source) -> Iterator[Row]:
    for each in money(source.day):
        yield {
            "task_id": task_id(each.task),
            "source": each.source,
            "checkpoint": each.checkpoint,
            "planned": each.planned,
            "received": each.received,
            "spent": each.spent,
        }


FUNDING = Table(
    "funding",
    "资金",
    "一行是一项任务的一个资金来源，截至评定日最后一次说的；单位元",
    (TASK, like(Funding, "source"), replace(CHECKPOINT, description="最后一次说到它的报告的节点"), *AMOUNTS),
    ("task_id", "source"),
    _funding,
    (TO_TASK, TO_CHECKPOINT),
)


def _funding_reports(source: Source) -> Iterator[Row]:
    for checkpoint, task, _, key, report in reports(source.day):
        for order, each in enumerate(report.funding, start=1):
            told: dict[str, Value] = {
                "report_id": key,
                "order": order,
                "task_id": task_id(task),
                "checkpoint": checkpoint,
                "published": report.published,
            }
            yield told | {"source": each.source, "planned": each.planned, "received": each.received, "spent": each.spent}


FUNDING_REPORTS = Table(
    "funding_reports",
    "资金：各次报告",
    "一行是一份报告里的一个资金来源，照报告写的；单位元",
    (REPORT, ORDER, TASK, CHECKPOINT, PUBLISHED, like(Funding, "source"), *AMOUNTS),
    ("report_id", "order"),
    _funding_reports,
    (TO_REPORT, TO_TASK, TO_CHECKPOINT),
)


def _corrections(source: Source) -> Iterator[Row]:
    day = source.day
    shown = {key: report for _, _, _, key, report in reports(day)}
    for task in sorted(day.promise.tasks):
        found = [each for each in corrections(day.promise, task, day.records, day.rules, day.known, day.publisher) if each.report in shown]
        for order, each in enumerate(found, start=1):
            yield {
                "report_id": each.report,
                "order": order,
                "task_id": task_id(task),
                "checkpoint": each.checkpoint,
                "published": each.published,
                "by": shown[each.report].by,
                "reason": shown[each.report].reason,
                "subject": each.subject,
                "before": each.before,
                "after": each.after,
                "verdict_before": each.verdict_before,
                "verdict_after": each.verdict_after,
            }


CORRECTIONS = Table(
    "corrections",
    "更正",
    "一行是一处更正：原来怎么说，改成什么，节点的评定随之怎样；数见 actuals",
    (
        REPORT,
        ORDER,
        TASK,
        CHECKPOINT,
        PUBLISHED,
        like(Report, "by"),
        like(Report, "reason"),
        Column("subject", "更正什么", "哪个数、哪件事", required=True),
        Column("before", "原来", "原来的数（带单位）或状态", required=True),
        Column("after", "改为", "新的数（带单位）或状态", required=True),
        Column("verdict_before", "原评定", "不算这份更正时这一节点的颜色或状态", required=True, enum=VERDICTS),
        Column("verdict_after", "新评定", "算上这份更正后这一节点的颜色或状态", required=True, enum=VERDICTS),
    ),
    ("report_id", "order"),
    _corrections,
    (TO_REPORT, TO_TASK, TO_CHECKPOINT),
)

REPORTED = (REPORTS, ACTUALS, EVIDENCE, FUNDING, FUNDING_REPORTS, CORRECTIONS)
