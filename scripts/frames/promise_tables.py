"""The tables of the promise: what the document says, and how this site reads it.  They change only when the data's editor finds a slip."""

from __future__ import annotations

from collections.abc import Iterator

from .. import pages
from ..ledger.judging.duties import position_of, report_due
from ..ledger.model import Chapter, Checkpoint, Cooperating, Deliverable, Indicator, Milestone, Promise, ScheduleEntry, Site, Task, Unit
from ..ledger.schedule import due_days, ends, planned, spans
from .columns import (
    CHECKPOINT,
    PATH,
    TASK,
    TO_CHECKPOINT,
    TO_TASK,
    UNIT,
    Column,
    Foreign,
    Row,
    Source,
    Table,
    like,
    listed,
    part_id,
    place_id,
    task_id,
    unit_id,
    whole,
)

INDICATOR = Column("indicator_id", "指标编号", "任务编号.指标的英文编号，如T24.new-places", required=True)
DELIVERABLE = Column("deliverable_id", "交付事项编号", "任务编号.格号-序号，如T24.2-1", required=True)
CELL = whole("cell", "格号", "分解表这一行的第几格，从1数起")
DUE = Column("due", "到期日", "原文写明的日子；没写的是这一格最晚可能跨到的节点的月末", "date", required=True)
TO_INDICATOR = Foreign(("indicator_id",), "indicators", ("indicator_id",))
TO_DELIVERABLE = Foreign(("deliverable_id",), "deliverables", ("deliverable_id",))


def _checkpoints(source: Source) -> Iterator[Row]:
    promise = source.day.promise
    for position, point in enumerate(promise.plan.checkpoints):
        yield {
            "checkpoint": point.id,
            "printed": point.printed,
            "ends": ends(point.id),
            "report_due": report_due(promise, position, source.day.rules),
            "path": pages.checkpoint_path(promise.id, point.id),
        }


CHECKPOINTS = Table(
    "checkpoints",
    "节点",
    "一行是文件定的一个节点",
    (
        CHECKPOINT,
        like(Checkpoint, "printed"),
        Column("ends", "月末", "节点的最后一天", "date", required=True),
        Column("report_due", "报告期限", "这一节点的报告最晚应在哪天公开；本站规则，非文件规定", "date", required=True),
        PATH,
    ),
    ("checkpoint",),
    _checkpoints,
)


def _tasks(source: Source) -> Iterator[Row]:
    promise = source.day.promise
    headings = {chapter.id: chapter.heading for chapter in promise.plan.chapters}
    for number, task in sorted(promise.tasks.items()):
        yield {
            "task_id": task_id(number),
            "number": number,
            "title": task.title,
            "chapter": task.chapter,
            "chapter_heading": headings[task.chapter],
            "pledge": task.pledge,
            "table_pledge": task.table_pledge,
            "lead": task.lead,
            "cooperating_printed": task.cooperating.printed,
            "collectives": task.cooperating.collectives,
            "target_cells": sum(cell.kind == "target" for cell in task.milestones),
            "path": pages.task_path(promise.id, number),
        }


TASKS = Table(
    "tasks",
    "任务",
    "一行是文件的一项任务",
    (
        TASK,
        whole("number", "项号", "文件里的序号"),
        like(Task, "title"),
        like(Task, "chapter"),
        like(Chapter, "heading", "chapter_heading"),
        like(Task, "pledge"),
        like(Task, "table_pledge"),
        listed(Task, "lead"),
        like(Cooperating, "printed", "cooperating_printed"),
        listed(Cooperating, "collectives"),
        whole("target_cells", "目标格数", "这一行有几格写了目标（不算「——」和全年一格）"),
        PATH,
    ),
    ("task_id",),
    _tasks,
)


def _units(source: Source) -> Iterator[Row]:
    promise, named = source.day.promise, set(pages.plan_units(source.day.promise))
    for name, unit in source.ledger.units.items():
        yield {
            "unit_id": unit_id(source.ledger, name),
            "name": name,
            "full_name": unit.full_name,
            "kind": unit.kind,
            "aliases": unit.aliases,
            "phone": unit.phone,
            "lead_tasks": sum(name in task.lead for task in promise.tasks.values()),
            "cooperating_tasks": sum(name in task.cooperating.units for task in promise.tasks.values()),
            "path": pages.unit_path(promise.id, unit.slug) if name in named else None,
        }


UNITS = Table(
    "units",
    "单位",
    "一行是单位名录的一条；统称（各乡镇之类）不拆成单位，见 tasks 的 collectives",
    (
        Column("unit_id", "单位编号", UNIT.description.partition("；")[0], required=True, pattern=UNIT.pattern),
        Column("name", "简称", "文件印的简称", required=True),
        like(Unit, "full_name"),
        like(Unit, "kind"),
        listed(Unit, "aliases"),
        like(Unit, "phone"),
        whole("lead_tasks", "牵头任务", "牵头几项"),
        whole("cooperating_tasks", "配合任务", "配合几项"),
        PATH,
    ),
    ("unit_id",),
    _units,
)


def _task_units(source: Source) -> Iterator[Row]:
    for number, task in sorted(source.day.promise.tasks.items()):
        for role, names in (("lead", task.lead), ("cooperating", task.cooperating.units)):
            for order, name in enumerate(names, start=1):
                yield {"task_id": task_id(number), "unit_id": unit_id(source.ledger, name), "unit": name, "role": role, "order": order}


TASK_UNITS = Table(
    "task_units",
    "任务与单位",
    "一行是一项任务的一个牵头或配合单位",
    (
        TASK,
        Column("unit_id", "单位编号", "见 units", required=True, pattern=UNIT.pattern),
        Column("unit", "简称", "文件印的简称", required=True),
        Column("role", "角色", "lead 牵头；cooperating 配合", required=True, enum=("lead", "cooperating")),
        whole("order", "次序", "原文里的先后，从1数起"),
    ),
    ("task_id", "unit_id", "role"),
    _task_units,
    (TO_TASK, Foreign(("unit_id",), "units", ("unit_id",))),
)


def _places(source: Source) -> Iterator[Row]:
    promise = source.day.promise
    for slug, site in promise.sites.items():
        yield {
            "place_id": place_id(slug),
            "name": site.name,
            "names": site.names,
            "kind": site.kind,
            "township": site.township or (),
            "tasks": tuple(task_id(number) for number in site.tasks),
            "note": site.note,
            "path": pages.place_path(promise.id, slug),
        }


PLACES = Table(
    "places",
    "地点和项目",
    "一行是文件点名的一处地方或一个项目",
    (
        Column("place_id", "地点编号", "P-加地点的网址词", required=True, pattern=r"^P-[a-z0-9-]+$"),
        like(Site, "name"),
        listed(Site, "names"),
        like(Site, "kind"),
        listed(Site, "township"),
        Column("tasks", "任务", "提到它的任务编号", "list"),
        like(Site, "note"),
        PATH,
    ),
    ("place_id",),
    _places,
)


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
        Column("readings", "几种读法", "原文读不出口径时的几种读法；每种是各节点数的一列，用逗号隔开，第一种用来评判", "list"),
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
                "path": f"{pages.task_path(promise.id, number)}#{point.id}",
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
        Column("falls_due", "在此到期", "true：这一格的目标（或全年一格）在这个节点到期；「——」不到期", "boolean", required=True),
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
                    "path": f"{pages.task_path(promise.id, number)}#{index}-{order}",
                }


DELIVERABLES = Table(
    "deliverables",
    "交付事项",
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
        Column("planned", "到此应达", "新增数逐格累加后的数；累计、水平照印；读不出口径的按第一种读法", "number", required=True),
        like(ScheduleEntry, "quote"),
    ),
    ("indicator_id", "cell"),
    _schedules,
    (TO_INDICATOR, TO_TASK, TO_CHECKPOINT),
)

PROMISE = (CHECKPOINTS, TASKS, UNITS, TASK_UNITS, PLACES, INDICATORS, MILESTONES, DELIVERABLES, SCHEDULES)
