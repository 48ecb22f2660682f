"""Rules of problems, meetings, reviews, statements, cases and tombstones.  Each docstring is the rule, in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby, pairwise

from ..model.problems import Problem
from ..model.proceedings import Withdrawal
from ..model.records import Extended, Found, ProblemStep, Rectified, Reopened
from ..model.testimony import KINDS, step_id
from ..plan.schedule import ends
from ..series.first_results import bearing
from ..series.preserved_results import task_of
from .checking import Checking, in_order, known, type_rule

PROBLEM_NAME = re.compile(r"P-\d{2,4}", re.ASCII)
MEETING_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})-(monthly|quarterly)", re.ASCII)
FOLLOWS: dict[type, tuple[type, ...]] = {
    Found: (Extended, Rectified),
    Extended: (Extended, Rectified),
    Rectified: (Reopened,),
    Reopened: (Extended, Rectified),
}
"""Which steps may follow which."""


def problem_names(checking: Checking) -> Iterator[Problem]:
    """问题台账一步一个文件：P-07.1 发现，以后 .2、.3 不跳号。"""
    named: list[tuple[tuple[str, int], str]] = []
    for key in checking.names("problems"):
        found = step_id(key)
        if found is None or not PROBLEM_NAME.fullmatch(found[0]):
            yield Problem(checking.at("problems", key), "文件名是问题编号加步骤号", key, example="P-07.1.yml", line=1)
        else:
            named.append((found, key))
    for _, group in groupby(sorted(named), key=lambda each: each[0][0]):
        steps = list(group)
        numbers = [number for (_, number), _ in steps]
        if numbers != list(range(1, len(steps) + 1)):
            yield Problem(checking.at("problems", steps[0][1]), "步骤号从1起，不跳号", "、".join(map(str, numbers)), line=1)


def problem_steps(checking: Checking) -> Iterator[Problem]:
    """问题先发现；没整改的可以延期或完成，完成的可以再次出现；日期不倒退；延期的新期限晚于原期限。"""
    named = sorted((found, key) for key in checking.records.problems if (found := step_id(key)))
    for _, group in groupby(named, key=lambda each: each[0][0]):
        yield from _steps(checking, [(number, key) for (_, number), key in group])


def _steps(checking: Checking, steps: list[tuple[int, str]]) -> Iterator[Problem]:
    records = checking.records.problems
    if not isinstance(records[steps[0][1]], Found):
        yield Problem(checking.at("problems", steps[0][1], "type"), "第一步必须是 found", records[steps[0][1]].type, example="found")
    for (_, before), (_, key) in pairwise(steps):
        step, previous = records[key], records[before]
        if not isinstance(step, FOLLOWS[type(previous)]):
            yield Problem(checking.at("problems", key, "type"), f"{previous.type} 之后不能是 {step.type}", step.type)
        yield from in_order(checking.at("problems", key), "这一步的日期", step.day, previous.day, "上一步")
        yield from in_order(checking.at("problems", key, "published"), "公布日", step.published, previous.published, "上一步的公布日")
        yield from _new_deadline(checking, key, step, records[steps[0][1]])


def _new_deadline(checking: Checking, key: str, step: ProblemStep, first: ProblemStep) -> Iterator[Problem]:
    if isinstance(step, Extended) and isinstance(first, Found) and step.rectify_by <= first.rectify_by:
        yield Problem(checking.at("problems", key, "rectify_by"), f"新期限要晚于原期限 {first.rectify_by}", str(step.rectify_by))


def problem_facts(checking: Checking) -> Iterator[Problem]:
    """问题写明任务和整改单位；整改期限不早于发现日。"""
    for key, step in sorted(checking.records.problems.items()):
        if isinstance(step, Found):
            yield from checking.task(checking.at("problems", key, "task"), step.task)
            yield from checking.unit(checking.at("problems", key, "owner"), step.owner)
            yield from in_order(checking.at("problems", key, "rectify_by"), "整改期限", step.rectify_by, step.found_on, "发现日")


def meetings(checking: Checking) -> Iterator[Problem]:
    """会议的文件名是 日期-种类.序号，和里面写的一致；议到的任务、责任单位都存在；期限不早于会议；.2 之前要有 .1。"""
    for key, each in sorted(checking.records.meetings.items()):
        named = step_id(key)
        found = MEETING_NAME.fullmatch(named[0]) if named else None
        if not named or not found:
            yield Problem(checking.at("meetings", key), "文件名是 日期-种类.序号", key, example="2023-05-30-monthly.1.yml", line=1)
            continue
        if (found[1], found[2]) != (str(each.held_on), each.kind):
            yield Problem(checking.at("meetings", key), "文件名里的日期和种类要和里面写的一致", f"{each.held_on}-{each.kind}", line=1)
        if named[1] > 1 and f"{named[0]}.{named[1] - 1}" not in checking.names("meetings"):
            yield Problem(checking.at("meetings", key), f"前面缺少 {named[0]}.{named[1] - 1}.yml", line=1)
        for index, number in enumerate(each.tasks):
            yield from checking.task(checking.at("meetings", key, "tasks", index), number)
        for index, decision in enumerate(each.decisions):
            place = checking.at("meetings", key, "decisions", index)
            yield from checking.unit(place / "owner", decision.owner)
            yield from in_order(place / "due", "期限", decision.due or each.held_on, each.held_on, "会议那天")


def reviews(checking: Checking) -> Iterator[Problem]:
    """督查结果的文件名是节点；写到的任务、单位都存在，各写一次；公布不早于节点月末。"""
    points = [point.id for point in checking.promise.plan.checkpoints]
    for key, each in sorted(checking.records.reviews.items()):
        yield from known(checking.at("reviews", key), "文件名必须是计划里的节点", key, points)
        if key in points:
            yield from in_order(checking.at("reviews", key, "published"), "公布日", each.published, ends(key), "节点月末")
        for index, finding in enumerate(each.tasks):
            place = checking.at("reviews", key, "tasks", index, "task")
            yield from checking.task(place, finding.task)
            if finding.task in [other.task for other in each.tasks[:index]]:
                yield Problem(place, "同一项任务写了两次", str(finding.task))
        for index, said in enumerate(each.units):
            yield from checking.unit(checking.at("reviews", key, "units", index, "unit"), said.unit)


def statements(checking: Checking) -> Iterator[Problem]:
    """单位说明由这项任务的牵头或配合单位来说；写了节点的，节点存在。"""
    points = [point.id for point in checking.promise.plan.checkpoints]
    for key, each in sorted(checking.records.statements.items()):
        place = checking.at("statements", key)
        yield from checking.task(place / "task", each.task)
        if task := checking.promise.tasks.get(each.task):
            yield from known(place / "unit", "必须是这项任务的牵头或配合单位", each.unit, (*task.lead, *task.cooperating.units))
        if each.checkpoint:
            yield from known(place / "checkpoint", "必须是计划里的节点", each.checkpoint, points)


def cases(checking: Checking) -> Iterator[Problem]:
    """先进案例写到的任务、单位都存在。"""
    for key, each in sorted(checking.records.cases.items()):
        for index, number in enumerate(each.tasks):
            yield from checking.task(checking.at("cases", key, "tasks", index), number)
        for index, unit in enumerate(each.units):
            yield from checking.unit(checking.at("cases", key, "units", index), unit)


def withdrawals(checking: Checking) -> Iterator[Problem]:
    """撤下的标记写明撤的是哪个文件；那个文件已经不在；标记的公布日不早于原公布日。"""
    for key, each in sorted(checking.records.withdrawals.items()):
        place = checking.at("withdrawals", key, "record")
        kind, _, name = each.record.partition("/")
        if kind not in KINDS or not name or name.endswith(".yml"):
            meant = re.sub(r"^(?=\d{4}-\d\d/)", "reports/", each.record.removesuffix(".yml"))
            near = meant if meant.partition("/")[0] in KINDS else None
            yield Problem(place, "必须是文件的位置，不带 .yml", each.record, near, "reports/2023-05/24")
        elif name in checking.names(kind):
            yield Problem(place, "撤下的文件还在", each.record)
        else:
            yield from _results(checking, key, each)


def _results(checking: Checking, key: str, each: Withdrawal) -> Iterator[Problem]:
    """首次结果只写撤下前已经公布的节点；该写没有写的，提醒一声：那几个节点的简报会写“首次结果没有保存”。"""
    points = [point.id for point in checking.promise.plan.checkpoints]
    bore = [points[position] for position in bearing(checking.promise, checking.rules, each.filed, each.published)]
    for checkpoint in each.results:
        yield from known(checking.at("withdrawals", key, "results", checkpoint), "只写撤下前已经公布首次结果的节点", checkpoint, bore)
    lost = [checkpoint for checkpoint in bore if checkpoint not in each.results]
    if lost and task_of(checking.records, each) in checking.promise.tasks:
        must = f"没有写 {'、'.join(lost)} 的首次结果（results），那几个节点的简报会写“首次结果没有保存”；还没提交的，恢复撤下的文件，用 withdrawal 命令重写标记"
        yield Problem(checking.at("withdrawals", key), must, line=1, warning=True)


PROCEEDINGS_NAMES: tuple[type_rule, ...] = (problem_names,)
ONE_PROCEEDING: tuple[type_rule, ...] = (problem_facts, meetings, reviews, statements, cases, withdrawals)
PROCEEDINGS_GROUPS: tuple[type_rule, ...] = (problem_steps,)
