"""The tables of what was promised: numbers, cells, pieces of work, the numbers of each cell.  They change only when the data's editor
finds a slip."""

from __future__ import annotations

from collections.abc import Iterator

from scripts.ledger.model.promise import Deliverable, Indicator, Milestone, Promise, ScheduleEntry, Task
from scripts.ledger.plan.schedule import due_days, planned, spans
from scripts.ledger.verdict.terms import position_of
from scripts.pages import paths

from .columns import (
    CHECKPOINT,
    DELIVERABLE,
    INDICATOR,
    PATH,
    TASK,
    TO_CHECKPOINT,
    TO_INDICATOR,
    TO_TASK,
    Column,
    Row,
    Source,
    Table,
    like,
    listed,
    part_id,
    place_id,
    task_id,
    whole,
)

CELL = whole("cell", "格号", "分解表这一行的第几格，从1数起")
DUE = Column("due", "到期日", "原文写明的日期；没写的是这一格最晚可能跨到的节点的月末", "date", required=True)


def _indicators(source: Source) -> Iterator[Row]:
    for number, task in sorted(source.day.promise.tasks.items()):
        for each in task.indicators:
            pair = each.target if isinstance(each.target, tuple) else (None, None)
            yield {
                "indicator_id": part_id(number, each.id),
                "task_id": task_id(number),
                "name": each.name,
                "unit": each.unit,
                "role": each.role,
                "direction": each.direction,
                "target": None if isinstance(each.target, tuple) else each.target,
                "low": pair[0],
                "high": pair[1],
                "printed": each.printed,
                "basis": each.basis,
                "pace": each.pace,
                "due": each.due,
                "due_inferred": each.due_inferred is not None,
                "readings": tuple(",".join(f"{value:f}" for value in reading) for reading in each.readings or ()),
                "quote": each.quote,
            }


INDICATORS = Table(
    "indicators",
    "指标",
    "一行是文件承诺的一个数；≥ 和 % 写成 direction 和 unit 两列，数值列里只有数",
    (
        INDICATOR,
        TASK,
        like(Indicator, "name"),
        like(Indicator, "unit"),
        like(Indicator, "role"),
        like(Indicator, "direction", required=True),
        Column("target", "全年目标", "全年的数；是区间的写在 low、high 两列；全年没有印数的为空", "number"),
        Column("low", "区间下限", "direction 是 between 时的低值", "number"),
        Column("high", "区间上限", "direction 是 between 时的高值", "number"),
        like(Indicator, "printed"),
        like(Indicator, "basis"),
        like(Indicator, "pace"),
        like(Indicator, "due"),
        like(Indicator, "due_inferred"),
        Column("readings", "几种理解", "原文读不出口径时的几种理解；每种是各节点数的一列，用逗号隔开，第一种用来评定", "list"),
        like(Indicator, "quote"),
    ),
    ("indicator_id",),
    _indicators,
    (TO_TASK,),
)


def _milestones(source: Source) -> Iterator[Row]:
    promise = source.day.promise
    for number, task in sorted(promise.tasks.items()):
        covered, due = spans(task, promise.plan.checkpoints), due_days(task, promise.plan)
        for position, point in enumerate(promise.plan.checkpoints):
            index = next(i for i, span in enumerate(covered) if span.last[1] >= position)
            possible = [i + 1 for i, span in enumerate(covered) if span.first[0] <= position <= span.last[1]]
            yield {
                "task_id": task_id(number),
                "checkpoint": point.id,
                "cell": index + 1,
                "kind": task.milestones[index].kind,
                "text": task.milestones[index].text,
                "covers": "certain" if covered[index].certain else "inferred",
                "possible_cells": tuple(map(str, possible)),
                "due": due[index],
                "falls_due": covered[index].last[1] == position and task.milestones[index].kind != "none",
                "path": f"{paths.task_path(promise.id, number)}#{point.id}",
            }


MILESTONES = Table(
    "milestones",
    "节点目标",
    "一行是一项任务在一个节点：分解表里管这个节点的那一格；一格管几个节点的，每个节点各有一行",
    (
        TASK,
        CHECKPOINT,
        CELL,
        like(Milestone, "kind"),
        like(Milestone, "text"),
        Column(
            "covers",
            "格宽",
            "certain 知道这一格跨哪几个节点；inferred 合并单元格，电子文本没有留下宽度，按最晚可能的节点算",
            required=True,
            enum=("certain", "inferred"),
        ),
        Column("possible_cells", "可能的格", "可能管这个节点的格号；宽度确定的只有一个", "list"),
        DUE,
        Column(
            "falls_due",
            "在此到期",
            "true：这一格的目标（或全年一格）在这个节点到期；“——”不到期。covers 是 inferred 的按最晚可能的节点算，节点页上另外数",
            "boolean",
            required=True,
        ),
        PATH,
    ),
    ("task_id", "checkpoint"),
    _milestones,
    (TO_TASK, TO_CHECKPOINT),
)


def _deliverables(source: Source) -> Iterator[Row]:
    promise = source.day.promise
    points = promise.plan.checkpoints
    known = {form: slug for slug, site in promise.sites.items() for form in (site.name, *site.names)}
    for number, task in sorted(promise.tasks.items()):
        for index, (cell, due, span) in enumerate(zip(task.milestones, due_days(task, promise.plan), spans(task, points), strict=True), 1):
            for order, piece in enumerate(cell.deliverables, start=1):
                position = position_of(promise, piece.due) if piece.due else span.last[1]
                yield {
                    "deliverable_id": part_id(number, f"{index}-{order}"),
                    "task_id": task_id(number),
                    "cell": index,
                    "text": piece.text,
                    "site": piece.site or (),
                    "places": tuple(place_id(known[name]) for name in piece.site or () if name in known),
                    "due": piece.due or due,
                    "checkpoint": points[position].id,
                    "path": f"{paths.task_path(promise.id, number)}#{index}-{order}",
                }


DELIVERABLES = Table(
    "deliverables",
    "事项",
    "一行是一格里的一件事，照原文切下来",
    (
        DELIVERABLE,
        TASK,
        CELL,
        like(Deliverable, "text"),
        listed(Deliverable, "site"),
        Column("places", "地点编号", "见 places", "list"),
        DUE,
        Column("checkpoint", "到期节点", "到期日所在的节点", required=True, pattern=CHECKPOINT.pattern),
        PATH,
    ),
    ("deliverable_id",),
    _deliverables,
    (TO_TASK, TO_CHECKPOINT),
)


def _schedules(source: Source) -> Iterator[Row]:
    promise = source.day.promise
    for number, task in sorted(promise.tasks.items()):
        yield from _schedule(promise, number, task)


def _schedule(promise: Promise, number: int, task: Task) -> Iterator[Row]:
    covered, due = spans(task, promise.plan.checkpoints), due_days(task, promise.plan)
    for each in task.indicators:
        for entry, so_far in zip(each.schedule, planned(each), strict=True):
            yield {
                "indicator_id": part_id(number, each.id),
                "task_id": task_id(number),
                "cell": entry.cell,
                "checkpoint": promise.plan.checkpoints[covered[entry.cell - 1].last[1]].id,
                "due": due[entry.cell - 1],
                "value": entry.value,
                "planned": so_far,
                "quote": entry.quote,
            }


SCHEDULES = Table(
    "schedules",
    "各节点数",
    "一行是印在一格里的一个数",
    (
        INDICATOR,
        TASK,
        CELL,
        Column("checkpoint", "到期节点", "这一格最晚到期的节点", required=True, pattern=CHECKPOINT.pattern),
        DUE,
        like(ScheduleEntry, "value"),
        Column("planned", "到此应完成", "新增数逐格累加后的数；累计、比率照原文；读不出口径的按第一种理解", "number", required=True),
        like(ScheduleEntry, "quote"),
    ),
    ("indicator_id", "cell"),
    _schedules,
    (TO_INDICATOR, TO_TASK, TO_CHECKPOINT),
)

TARGETS = (INDICATORS, MILESTONES, DELIVERABLES, SCHEDULES)
