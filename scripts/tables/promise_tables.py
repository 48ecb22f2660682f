"""The tables of who, when and where: checkpoints, tasks, units, places.  They change only when the data's editor finds a slip."""

from __future__ import annotations

from collections.abc import Iterator

from scripts.ledger.model.promise import Chapter, Checkpoint, Cooperating, Site, Task, Unit
from scripts.ledger.plan import units as pages
from scripts.ledger.plan.schedule import ends
from scripts.ledger.verdict.terms import report_due
from scripts.pages import paths

from .columns import (
    CHECKPOINT,
    PATH,
    TASK,
    TO_TASK,
    TO_UNIT,
    UNIT,
    UNIT_KEY,
    UNIT_NAME,
    Column,
    Row,
    Source,
    Table,
    like,
    listed,
    place_id,
    task_id,
    unit_id,
    whole,
)
from .target_tables import TARGETS


def _checkpoints(source: Source) -> Iterator[Row]:
    promise = source.day.promise
    for position, point in enumerate(promise.plan.checkpoints):
        yield {
            "checkpoint": point.id,
            "printed": point.printed,
            "ends": ends(point.id),
            "report_due": report_due(promise, position, source.day.rules),
            "path": paths.checkpoint_path(promise.id, point.id),
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
            "path": paths.task_path(promise.id, number),
        }


TASKS = Table(
    "tasks",
    "任务",
    "一行是文件的一项任务",
    (
        TASK,
        whole("number", "序号", "文件里的序号"),
        like(Task, "title"),
        like(Task, "chapter"),
        like(Chapter, "heading", "chapter_heading"),
        like(Task, "pledge"),
        like(Task, "table_pledge"),
        listed(Task, "lead"),
        like(Cooperating, "printed", "cooperating_printed"),
        listed(Cooperating, "collectives"),
        whole("target_cells", "目标格数", "这一行有几格写了目标（不算“——”和全年一格）"),
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
            "path": paths.unit_path(promise.id, unit.slug) if name in named else None,
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
        UNIT_KEY,
        UNIT_NAME,
        Column("role", "角色", "lead 牵头；cooperating 配合", required=True, enum=("lead", "cooperating")),
        whole("order", "次序", "原文里的先后，从1数起"),
    ),
    ("task_id", "unit_id", "role"),
    _task_units,
    (TO_TASK, TO_UNIT),
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
            "path": paths.place_path(promise.id, slug),
        }


PLACES = Table(
    "places",
    "地点和项目",
    "一行是文件点名的一处地方或一个项目",
    (
        Column("place_id", "地点编号", "P-加地点的网址用的拼音", required=True, pattern=r"^P-[a-z0-9-]+$"),
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

PROMISE = (CHECKPOINTS, TASKS, UNITS, TASK_UNITS, PLACES, *TARGETS)
