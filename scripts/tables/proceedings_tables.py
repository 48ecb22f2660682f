"""The tables of what was said and decided beside the reports: events, inspections and what they found, units' own words, model cases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from scripts.ledger.model.proceedings import Case, Review, Statement, TaskFinding, UnitFinding
from scripts.ledger.model.records import Acceptance, Suspension
from scripts.ledger.model.rules import COLOURS

from .columns import (
    CHECKPOINT,
    ORDER,
    PUBLISHED,
    TASK,
    TO_CHECKPOINT,
    TO_TASK,
    TO_UNIT,
    UNIT,
    Column,
    Foreign,
    Row,
    Source,
    Table,
    like,
    listed,
    task_id,
    unit_id,
)
from .public import public

MAYBE_TASK = replace(TASK, required=False, description="只说一项任务的才有")
EVENT_WORDS = "；".join(
    f"{kind} {words}" for kind, words in (("opened", "开始报送"), ("closed", "计划结束"), ("suspension", "暂缓"), ("acceptance", "验收"))
)


def _events(source: Source) -> Iterator[Row]:
    for key, each in public(source.day, "events", source.day.records.events):
        task = each.task if isinstance(each, Suspension | Acceptance) else None
        yield {
            "event_id": key,
            "type": each.type,
            "task_id": None if task is None else task_id(task),
            "day": each.day,
            "published": each.published,
            "by": each.approver if isinstance(each, Suspension) else each.by if isinstance(each, Acceptance) else None,
            "document": each.document if isinstance(each, Suspension | Acceptance) else None,
            "review_by": each.review_by if isinstance(each, Suspension) else None,
            "reason": each.reason if isinstance(each, Suspension) else None,
        }


EVENTS = Table(
    "events",
    "改变进程的事",
    "一行是一件事：开始报送、计划结束、一项任务暂缓或验收",
    (
        Column("event_id", "事件编号", "记录的文件名，如2023-04-03-opened", required=True),
        Column("type", "种类", EVENT_WORDS, required=True, enum=("opened", "closed", "suspension", "acceptance")),
        MAYBE_TASK,
        Column("day", "发生日", "开始、结束、批准或验收的日期", "date", required=True),
        PUBLISHED,
        Column("by", "谁定的", "暂缓的批准机关，验收的单位"),
        Column("document", "文件", "批准或验收的文件"),
        like(Suspension, "review_by", required=False),
        like(Suspension, "reason"),
    ),
    ("event_id",),
    _events,
    (TO_TASK,),
)


def _reviews(source: Source) -> Iterator[Row]:
    for key, each in public(source.day, "reviews", source.day.records.reviews):
        yield {
            "checkpoint": key,
            "document": each.document,
            "inspected_on": each.inspected_on,
            "published": each.published,
            "tasks": tuple(task_id(found.task) for found in each.tasks),
            "units": tuple(found.unit for found in each.units),
        }


REVIEWS = Table(
    "reviews",
    "督查",
    "一行是对一个节点的一次督查；说了什么见 review_findings",
    (
        CHECKPOINT,
        like(Review, "document"),
        like(Review, "inspected_on"),
        PUBLISHED,
        Column("tasks", "任务", "说到的任务编号", "list"),
        Column("units", "单位", "说到的单位，写简称，和 units 的 name 一样", "list"),
    ),
    ("checkpoint",),
    _reviews,
    (TO_CHECKPOINT,),
)
FOUND = ("colour", "note", "on_site", "praise", "criticism")


def _findings(source: Source) -> Iterator[Row]:
    for key, review in public(source.day, "reviews", source.day.records.reviews):
        for order, each in enumerate((*review.tasks, *review.units), start=1):
            name = each.unit if isinstance(each, UnitFinding) else None
            yield {
                "checkpoint": key,
                "order": order,
                "task_id": task_id(each.task) if isinstance(each, TaskFinding) else None,
                "unit_id": unit_id(source.ledger, name) if name else None,
                "unit": name,
                **{field: getattr(each, field, None) for field in FOUND},
            }


REVIEW_FINDINGS = Table(
    "review_findings",
    "督查的话",
    "一行是一次督查对一项任务或一个单位的话；颜色是督查自己公布的，和本站的并列",
    (
        CHECKPOINT,
        ORDER,
        replace(MAYBE_TASK, description="对任务说的才有"),
        UNIT,
        like(UnitFinding, "unit", required=False, also="对单位说的才有"),
        Column("colour", "督查评定的颜色", "督查自己公布的颜色；没有评颜色的为空", enum=COLOURS),
        like(TaskFinding, "note"),
        like(TaskFinding, "on_site"),
        like(UnitFinding, "praise"),
        like(UnitFinding, "criticism"),
    ),
    ("checkpoint", "order"),
    _findings,
    (Foreign(("checkpoint",), "reviews", ("checkpoint",)), TO_TASK, TO_UNIT),
)


def _statements(source: Source) -> Iterator[Row]:
    for key, each in public(source.day, "statements", source.day.records.statements):
        yield {
            "statement_id": key,
            "task_id": task_id(each.task),
            "checkpoint": each.checkpoint,
            "unit_id": unit_id(source.ledger, each.unit),
            "unit": each.unit,
            "published": each.published,
            "text": each.text,
        }


STATEMENTS = Table(
    "statements",
    "单位说明",
    "一行是一个单位对一项任务的一段说明，单位自己的话",
    (
        Column("statement_id", "说明编号", "如S-01", required=True),
        TASK,
        replace(CHECKPOINT, required=False, description="说的是哪个节点；不说一个节点的为空"),
        UNIT,
        like(Statement, "unit"),
        PUBLISHED,
        like(Statement, "text"),
    ),
    ("statement_id",),
    _statements,
    (TO_TASK, TO_CHECKPOINT, TO_UNIT),
)


def _cases(source: Source) -> Iterator[Row]:
    for key, each in public(source.day, "cases", source.day.records.cases):
        yield {
            "case_id": key,
            "title": each.title,
            "tasks": tuple(task_id(number) for number in each.tasks),
            "units": each.units,
            "published": each.published,
            "summary": each.summary,
            "document": each.document,
            "url": each.url,
        }


CASES = Table(
    "cases",
    "先进案例",
    "一行是督查公布的一个案例",
    (
        Column("case_id", "案例编号", "如C-01", required=True),
        like(Case, "title"),
        Column("tasks", "任务", "案例里的任务编号", "list"),
        replace(listed(Case, "units"), description="做这件事的单位，写简称，和 units 的 name 一样"),
        PUBLISHED,
        like(Case, "summary"),
        like(Case, "document"),
        like(Case, "url"),
    ),
    ("case_id",),
    _cases,
)

SAID = (EVENTS, REVIEWS, REVIEW_FINDINGS, STATEMENTS, CASES)
