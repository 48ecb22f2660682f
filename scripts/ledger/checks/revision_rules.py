"""Rules of events and changed targets.  Each docstring is the rule, in Chinese."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from ..model.problems import Place, Problem
from ..model.promise import Task
from ..model.records import Acceptance, Closed, Opened, Revision, Suspension
from ..series.opening import not_yet, opening_day, waiting
from ..verdict.evidence import see
from ..verdict.obligations import duties
from ..verdict.terms import Duty, speaks_of
from .checking import Checking, in_order, known, type_rule


def course_of_the_plan(checking: Checking) -> Iterator[Problem]:
    """开始报送、计划结束各只有一次；结束不早于开始。"""
    opened = [(key, e) for key, e in sorted(checking.records.events.items()) if isinstance(e, Opened)]
    closed = [(key, e) for key, e in sorted(checking.records.events.items()) if isinstance(e, Closed)]
    for key, _ in (*opened[1:], *closed[1:]):
        yield Problem(checking.at("events", key), "只能有一次", line=1)
    for key, event in closed:
        if not opened and checking.gaps.torn("events"):
            continue
        if not opened:
            yield Problem(checking.at("events", key), "还没有开始报送，不能结束", line=1)
        else:
            yield from in_order(checking.at("events", key, "closed_on"), "结束日", event.closed_on, opened[0][1].opened_on, "开始日")


def shown_once_open(checking: Checking) -> Iterator[Problem]:
    """没有开始报送的事件，报告、目标调整、单位说明、暂缓、验收在网站上看不到：逐份提醒，并写明怎样登记开始报送。"""
    if opening_day(checking.records) is None and not checking.gaps.torn("events"):
        plan = f" --plan {checking.promise.id}" if len(checking.ledger.promises) > 1 else ""
        for kind, key in waiting(checking.records):
            yield Problem(checking.at(kind, key), not_yet(checking.records, plan), line=1, warning=True)


def event_tasks(checking: Checking) -> Iterator[Problem]:
    """暂缓和验收写的任务都是计划里有的。"""
    for key, event in sorted(checking.records.events.items()):
        if isinstance(event, (Suspension, Acceptance)):
            yield from checking.task(checking.at("events", key, "task"), event.task)


def accepted_once(checking: Checking) -> Iterator[Problem]:
    """一项任务只验收一次。"""
    accepted = set[int]()
    for key, event in sorted(checking.records.events.items()):
        if isinstance(event, Acceptance):
            if event.task in accepted:
                yield Problem(checking.at("events", key, "task"), "这项任务已经验收过", str(event.task))
            accepted.add(event.task)


def suspensions(checking: Checking) -> Iterator[Problem]:
    """暂缓要有批准机关、文件和复查日；复查日在公布日以后，距批准日不超过规则里的天数。"""
    for _, key, event in _suspensions(checking):
        last = event.approved_on + timedelta(checking.rules.suspension_days)
        if event.review_by > last:
            must = f"复查日最晚是批准后{checking.rules.suspension_days}天，即 {last}"
            yield Problem(checking.at("events", key, "review_by"), must, str(event.review_by))
        yield from in_order(checking.at("events", key, "review_by"), "复查日", event.review_by, event.published, "公布日")


def _suspensions(checking: Checking) -> list[tuple[date, str, Suspension]]:
    """All suspensions as (published, key, event), in that order."""
    events = [(event.published, key, event) for key, event in checking.records.events.items() if isinstance(event, Suspension)]
    return sorted(events, key=lambda each: each[:2])


def new_documents(checking: Checking) -> Iterator[Problem]:
    """再次暂缓要有新文件。"""
    documents = set[tuple[int, str]]()
    for _, key, event in _suspensions(checking):
        if (event.task, event.document) in documents:
            yield Problem(checking.at("events", key, "document"), "再次暂缓要有新的文件", event.document)
        documents.add((event.task, event.document))


def revision_targets(checking: Checking) -> Iterator[Problem]:
    """调整的是计划里有的目标：任务、格号、指标或事项对得上，一次只写一个。"""
    for key, each in sorted(checking.records.revisions.items()):
        place = checking.at("revisions", key)
        yield from checking.task(place / "task", each.task)
        task = checking.promise.tasks.get(each.task)
        if task is None:
            continue
        if each.indicator and each.deliverable:
            yield Problem(place, "指标和事项只写一个")
        elif each.indicator is None and each.deliverable is None and each.cell is None:
            numbers = [i.id for i in task.indicators if i.role == "target"]
            yield Problem(place, "要写调整的是哪一格、哪个指标或哪件事", example=f"indicator: {numbers[0]}" if numbers else "cell: 1")
        else:
            yield from _target(checking, place, each, task)


def _target(checking: Checking, place: Place, each: Revision, task: Task) -> Iterator[Problem]:
    if each.cell is not None and not 1 <= each.cell <= len(task.milestones):
        yield Problem(place / "cell", f"格号必须在1到{len(task.milestones)}之间", str(each.cell))
    if each.indicator:
        yield from known(
            place / "indicator", "必须是这项任务里要评定的指标", each.indicator, [i.id for i in task.indicators if i.role == "target"]
        )
    if each.deliverable:
        pieces = [f"{cell}-{order}" for cell, m in enumerate(task.milestones, start=1) for order in range(1, len(m.deliverables) + 1)]
        yield from known(place / "deliverable", "必须是这项任务的事项（格号-序号）", each.deliverable, pieces)


def revision_values(checking: Checking) -> Iterator[Problem]:
    """from 是调整前的数或日期，to 是调整后的；value 写数（不是负数），只用于指标；due 写日期；drop 两样都不写。"""
    for key, each in sorted(checking.records.revisions.items()):
        place = checking.at("revisions", key)
        kind: type = {"value": Decimal, "due": date, "drop": type(None)}[each.change]
        words = {"value": "数", "due": "日期", "drop": "空着（取消不写）"}[each.change]
        for field, value in (("from", each.before), ("to", each.after)):
            if not isinstance(value, kind):
                yield Problem(
                    place,
                    f"change: {each.change} 时 {field} 要{'是' if value is None else '写成'}{words}",
                    str(value) if value is not None else None,
                )
        if each.change == "value" and each.indicator is None:
            yield Problem(place / "change", "事项没有数，只能改到期日或取消", each.change, example="due")
        if isinstance(each.after, Decimal) and each.after < 0:
            yield Problem(place / "to", "应完成数不能是负数", str(each.after))


def revision_from(checking: Checking) -> Iterator[Problem]:
    """from 就是当时的目标：原定的，或上一次调整后的。"""
    for number in sorted({each.task for each in checking.records.revisions.values()} & set(checking.promise.tasks)):
        seen = see(checking.promise, number, checking.records, date.max, date.max)
        originals = duties(checking.promise, number, seen, checking.rules, "original").all
        keys = {id(each): key for key, each in checking.records.revisions.items()}
        current: dict[tuple[object, ...], Decimal | date] = {}
        for each in seen.revisions:
            mine = [duty for duty in originals if speaks_of(each, duty)]
            before = current.get((each.indicator, each.deliverable, each.cell, each.change), _printed(checking, number, each, mine))
            if each.before is not None and before is not None and each.before != before:
                yield Problem(
                    checking.at("revisions", keys[id(each)], "from"), f"调整前是 {before}", str(each.before), example=f"from: {before}"
                )
            if each.after is not None:
                current[each.indicator, each.deliverable, each.cell, each.change] = each.after


def _printed(checking: Checking, number: int, revision: Revision, mine: list[Duty]) -> Decimal | date | None:
    """The target as printed: a due day, or the number of the cell or of the year; None for a range or for nothing."""
    if revision.change == "due":
        return mine[0].due if mine else None
    indicator = next((each for each in checking.promise.tasks[number].indicators if each.id == revision.indicator), None)
    if indicator is None:
        return None
    if revision.cell is None:
        return indicator.target if isinstance(indicator.target, Decimal) else None
    return next((entry.value for entry in indicator.schedule if entry.cell == revision.cell), None)


ONE_CHANGE: tuple[type_rule, ...] = (shown_once_open, event_tasks, suspensions, revision_targets, revision_values)
CHANGE_GROUPS: tuple[type_rule, ...] = (course_of_the_plan, accepted_once, new_documents, revision_from)
