"""Rules of the whole plan: numbering, registries, places, mechanisms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from ..model.plan_files import places_file, plan_file, task_file
from ..model.problems import Place, Problem
from ..model.promise import Ledger, Promise, Task
from ..plan.source import compose
from .task_rules import at


def year_named(ledger: Ledger, promise: Promise) -> Iterator[Problem]:
    """年度就是计划文件夹的名字。"""
    if str(promise.plan.year) != promise.id:
        place = Place(plan_file(promise.id), ("year",))
        yield Problem(place, "必须和文件夹的名字相同", str(promise.plan.year), example=f"year: {promise.id}")


def tasks_complete(promise: Promise, unread: frozenset[int]) -> Iterator[Problem]:
    """任务从1起连续编号，一项不缺；写坏了的一项（unread）也算在。"""
    numbers = [0, *sorted(unread | set(promise.tasks))]
    for before, number in pairwise(numbers):
        if number > before + 1:
            gap = "缺少这一项" if number == before + 2 else f"缺少第{before + 1}项到第{number - 1}项"
            yield Problem(Place(task_file(promise.id, before + 1)), f"{gap}：任务要从1起连续编号", line=1)


def numbering(ledger: Ledger, promise: Promise) -> Iterator[Problem]:
    """机制接在任务之后编号；任务的短标题都不相同。"""
    for number, (index, mechanism) in enumerate(enumerate(promise.plan.mechanisms), start=len(promise.tasks) + 1):
        if mechanism.number != number:
            place = Place(plan_file(promise.id), ("mechanisms", index, "number"))
            yield Problem(place, f"机制接在任务之后编号，这里应是 {number}", str(mechanism.number))
    titles = Counter(task.title for task in promise.tasks.values())
    for number, task in promise.tasks.items():
        if titles[task.title] > 1:
            yield Problem(at(promise, number, "title"), "每项任务的短标题都要不同", task.title)


def checkpoints_ordered(ledger: Ledger, promise: Promise) -> Iterator[Problem]:
    """节点从早到晚，不重复。"""
    points = [point.id for point in promise.plan.checkpoints]
    for index in range(1, len(points)):
        if points[index] <= points[index - 1]:
            yield Problem(Place(plan_file(promise.id), ("checkpoints", index, "id")), "节点必须从早到晚，不能重复", points[index])


ONCE = ("number", "pledge", "cells", "lead")
"""The columns that every table has, each once."""


def columns_named(ledger: Ledger, promise: Promise) -> Iterator[Problem]:
    """分解表的栏目（columns）和各栏是什么（order）一一对应；序号、任务、目标、牵头单位各有一栏；只有表的文件，章的标题印在表里。"""
    frame, place = promise.plan.frame, Place(plan_file(promise.id), ("frame",))
    least = len(frame.order) - ("cells" in frame.order)
    if not least <= len(frame.columns) <= len(frame.order):
        yield Problem(place / "columns", f"必须正好{len(frame.order)}项（各节点没有总表头的，{least}项）", f"{len(frame.columns)}项")
    for kind in ONCE:
        if frame.order.count(kind) != 1:
            yield Problem(place / "order", f"{kind} 必须正好写一次", "、".join(frame.order))
    for kind in ("cooperating", "chapter"):
        if frame.order.count(kind) > 1:
            yield Problem(place / "order", f"{kind} 只能写一次", "、".join(frame.order))
    printed = any(not chapter.ours for chapter in promise.plan.chapters)
    if frame.tasks_in == "table" and printed and not frame.chapter_rows:
        yield Problem(place, "只有表的文件，章的标题印在表里", example="chapter_rows: true")


def slugs_unique(ledger: Ledger, promise: Promise) -> Iterator[Problem]:
    """网址用的拼音各不相同。"""
    seen: dict[str, str] = {}
    for name, unit in ledger.units.items():
        if unit.slug in seen:
            yield Problem(Place("units.yml", (name, "slug")), f"网址用的拼音不能与“{seen[unit.slug]}”相同", unit.slug)
        seen[unit.slug] = name
    chapters = [chapter.id for chapter in promise.plan.chapters]
    for index, chapter in enumerate(chapters):
        if chapter in chapters[:index]:
            yield Problem(Place(plan_file(promise.id), ("chapters", index, "id")), "章编号不能重复", chapter)


def registry_used(ledger: Ledger, promise: Promise) -> Iterator[Problem]:
    """单位名录里的每个单位都在某份计划里出现。"""
    used = {name for each in ledger.promises.values() for task in each.tasks.values() for name in (*task.lead, *task.cooperating.units)}
    for name in ledger.units:
        if name not in used:
            yield Problem(Place("units.yml", (name,)), "没有哪一项任务提到这个单位", name, warning=True)


def sites_consistent(ledger: Ledger, promise: Promise) -> Iterator[Problem]:
    """地点的每个写法逐字见于所列任务；点名它的任务都要列上；乡镇只写印出来的；同一写法不属于两处。"""
    file = places_file(promise.id)
    owners: dict[str, str] = {}
    named = _tasks_by_site(promise)
    for slug, site in promise.sites.items():
        forms = (site.name, *site.names)
        texts = {n: official_words(promise.tasks[n]) for n in site.tasks if n in promise.tasks}
        for position, number in enumerate(site.tasks):
            if number in site.tasks[:position]:
                yield Problem(Place(file, (slug, "tasks", position)), "同一项写了两次", str(number))
            elif number not in promise.tasks:
                yield Problem(Place(file, (slug, "tasks", position)), "没有这一项任务", str(number))
            elif not any(form in texts[number] for form in forms):
                yield Problem(Place(file, (slug, "tasks", position)), f"第{number}项里没有印这个地点", site.name)
        for form in forms:
            if not any(form in text for text in texts.values()):
                yield Problem(Place(file, (slug,)), "名称必须逐字见于所列任务", form)
            if form in owners:
                yield Problem(Place(file, (slug,)), f"这个写法已经属于 {owners[form]}", form)
            owners[form] = slug
        for township in site.township or ():
            if not any(township in text for text in texts.values()):
                yield Problem(Place(file, (slug, "township")), "只写文件印出来的乡镇（街道）", township)
        for number in sorted(set().union(*(named.get(form, set()) for form in forms)) - set(site.tasks)):
            yield Problem(Place(file, (slug, "tasks")), f"第{number}项的事项点名了它，要列上", "、".join(map(str, site.tasks)))


def _tasks_by_site(promise: Promise) -> dict[str, set[int]]:
    """For each name of a place that a deliverable gives: the tasks that give it."""
    found: dict[str, set[int]] = {}
    for number, task in promise.tasks.items():
        for name in {name for cell in task.milestones for piece in cell.deliverables for name in piece.site or ()}:
            found.setdefault(name, set()).add(number)
    return found


def noted_tasks(ledger: Ledger, promise: Promise) -> Iterator[Problem]:
    """编者注牵涉的另一项任务存在。"""
    for number, task in promise.tasks.items():
        for index, note in enumerate(task.notes):
            if note.task is not None and note.task not in promise.tasks:
                yield Problem(at(promise, number, "notes", index, "task"), "没有这一项任务", str(note.task))


def official_words(task: Task) -> str:
    """Everything that the document says in one item: main text, table, cells, units."""
    cells = (cell.text for cell in task.milestones)
    return "\n".join((task.pledge, task.table_pledge or "", *cells, task.lead_cell, task.cooperating.words, *task.others))


def plan_quotes(ledger: Ledger, promise: Promise) -> Iterator[Problem]:
    """机制承诺的原文逐字见于该项；公文信息逐字见于正文之前或之后；编者注引的字逐字见于全文。"""
    plan, file = promise.plan, plan_file(promise.id)
    for index, mechanism in enumerate(plan.mechanisms):
        for position, duty in enumerate(mechanism.duties):
            if duty.quote not in mechanism.text:
                yield Problem(Place(file, ("mechanisms", index, "duties", position, "quote")), "必须逐字见于这一项", duty.quote)
    lines = [line.text for line in compose(promise)]
    whole = "\n".join(lines)
    for field in ("number", "issuer", "title", "plan"):
        words = getattr(plan.document, field)
        if words not in whole:
            yield Problem(Place(file, ("document", field)), "必须逐字见于原文", words)
    for index, note in enumerate(plan.notes):
        if note.quote and note.quote not in whole:
            yield Problem(Place(file, ("notes", index, "quote")), "必须逐字见于原文", note.quote)
