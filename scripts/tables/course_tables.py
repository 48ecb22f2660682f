"""The tables of what changed the course: problems, changed targets, meetings, withdrawals."""

from __future__ import annotations

from collections.abc import Iterator

from scripts.ledger.model.proceedings import Decision, Meeting, Withdrawal
from scripts.ledger.model.records import Extended, Found, Rectified, Reopened, Revision
from scripts.ledger.model.testimony import step_id
from scripts.ledger.series.meetings import sessions
from scripts.ledger.verdict.evidence import Trouble, troubles

from .columns import (
    PUBLISHED,
    TASK,
    TO_DELIVERABLE,
    TO_INDICATOR,
    TO_TASK,
    TO_UNIT,
    UNIT,
    Column,
    Foreign,
    Row,
    Source,
    Table,
    like,
    part_id,
    task_id,
    unit_id,
    whole,
)
from .public import public

PROBLEM = Column("problem_id", "问题编号", "台账编号，如P-07", required=True)


def _problems(source: Source) -> Iterator[Row]:
    day = source.day
    steps = dict(public(day, "problems", day.records.problems))
    for trouble in troubles(day.records, None, day.as_of, day.known):
        if f"{trouble.id}.1" in steps:
            yield _problem(source, trouble)


def _problem(source: Source, trouble: Trouble) -> Row:
    found, as_of = trouble.found, source.day.as_of
    return {
        "problem_id": trouble.id,
        "task_id": task_id(found.task),
        "description": found.description,
        "unit_id": unit_id(source.ledger, found.owner),
        "owner": found.owner,
        "found_on": found.found_on,
        "published": found.published,
        "rectify_by": found.rectify_by,
        "extended_to": trouble.extended_to,
        "closed_on": trouble.closed_on,
        "reopened_on": trouble.reopened_on,
        "open": trouble.open,
        "days_overdue": trouble.days_open(trouble.rectify_by, as_of) if trouble.open else 0,
    }


PROBLEMS = Table(
    "problems",
    "问题台账",
    "一行是一个问题，截至评定日；每一步见 problem_steps",
    (
        PROBLEM,
        TASK,
        like(Found, "description"),
        UNIT,
        like(Found, "owner"),
        like(Found, "found_on"),
        PUBLISHED,
        like(Found, "rectify_by"),
        like(Extended, "rectify_by", "extended_to", required=False, also="只显示，仍按原期限评定"),
        like(Rectified, "closed_on", required=False),
        like(Reopened, "reopened_on", required=False),
        Column("open", "未整改", "true：评定日还没有整改完", "boolean", required=True),
        whole("days_overdue", "逾期天数", "没整改完的，过了原整改期限几天（中间整改好的那些天不算）；0 是没逾期"),
    ),
    ("problem_id",),
    _problems,
    (TO_TASK, TO_UNIT),
)


def _steps(source: Source) -> Iterator[Row]:
    day = source.day
    known = {row["problem_id"] for row in _problems(source)}
    for key, step in public(day, "problems", day.records.problems):
        named = step_id(key)
        if named and named[0] in known and step.day <= day.as_of:
            yield {
                "step_id": key,
                "problem_id": named[0],
                "sequence": named[1],
                "type": step.type,
                "day": step.day,
                "published": step.published,
                "rectify_by": getattr(step, "rectify_by", None),
                "words": next(text for name in ("description", "reason", "result") if (text := getattr(step, name, None))),
            }


PROBLEM_STEPS = Table(
    "problem_steps",
    "问题的每一步",
    "一行是台账的一步：发现、延期、整改完成、再次出现",
    (
        Column("step_id", "步骤编号", "台账编号.第几步，如P-07.2", required=True),
        PROBLEM,
        whole("sequence", "第几步", "从1数起"),
        Column(
            "type",
            "步骤",
            "found 发现；extended 延期；closed 整改完成；reopened 再次出现",
            required=True,
            enum=("found", "extended", "closed", "reopened"),
        ),
        Column("day", "发生日", "这一步自己的日期", "date", required=True),
        PUBLISHED,
        Column("rectify_by", "期限", "发现时的整改期限；延期的新期限", "date"),
        Column("words", "内容", "问题、延期原因、整改结果或再次出现的原因", required=True),
    ),
    ("step_id",),
    _steps,
    (Foreign(("problem_id",), "problems", ("problem_id",)),),
)


def _revisions(source: Source) -> Iterator[Row]:
    for key, each in public(source.day, "revisions", source.day.records.revisions):
        days = each.change == "due"
        yield {
            "revision_id": key,
            "task_id": task_id(each.task),
            "cell": each.cell,
            "indicator_id": part_id(each.task, each.indicator) if each.indicator else None,
            "deliverable_id": part_id(each.task, each.deliverable) if each.deliverable else None,
            "change": each.change,
            "value_before": None if days else each.before,
            "value_after": None if days else each.after,
            "due_before": each.before if days else None,
            "due_after": each.after if days else None,
            "approved_on": each.approved_on,
            "published": each.published,
            "approver": each.approver,
            "document": each.document,
            "reason": each.reason,
        }


REVISIONS = Table(
    "revisions",
    "调整目标",
    "一行是对一个目标的一处调整；原目标永远留在 indicators、schedules、milestones、deliverables 里",
    (
        Column("revision_id", "调整编号", "如R-01", required=True),
        TASK,
        like(Revision, "cell"),
        Column("indicator_id", "指标编号", "调整哪个数"),
        Column("deliverable_id", "事项编号", "调整哪件事；和指标都空着就是整格"),
        like(Revision, "change"),
        Column("value_before", "原来的数", "调整数值时", "number"),
        Column("value_after", "新的数", "调整数值时", "number"),
        Column("due_before", "原到期日", "调整到期日时", "date"),
        Column("due_after", "新到期日", "调整到期日时", "date"),
        like(Revision, "approved_on"),
        PUBLISHED,
        like(Revision, "approver"),
        like(Revision, "document"),
        like(Revision, "reason"),
    ),
    ("revision_id",),
    _revisions,
    (TO_TASK, TO_INDICATOR, TO_DELIVERABLE),
)

MEETING = Column("meeting_id", "会议编号", "日期-种类，如2023-05-30-monthly", required=True)


def _meetings(source: Source) -> Iterator[Row]:
    for each in sessions(source.day.records, source.day.as_of, source.day.known):
        yield {
            "meeting_id": each.id,
            "kind": each.kind,
            "held_on": each.held_on,
            "published": each.published,
            "chair": each.chair,
            "tasks": tuple(task_id(number) for number in each.tasks),
            "decisions": len(each.items),
        }


MEETINGS = Table(
    "meetings",
    "调度会",
    "一行是一次会；定了什么见 meeting_decisions",
    (
        MEETING,
        like(Meeting, "kind"),
        like(Meeting, "held_on"),
        PUBLISHED,
        like(Meeting, "chair"),
        Column("tasks", "任务", "议到的任务编号", "list"),
        whole("decisions", "议定事项", "定了几件事"),
    ),
    ("meeting_id",),
    _meetings,
)


def _decisions(source: Source) -> Iterator[Row]:
    day = source.day
    for each in sessions(day.records, day.as_of, day.known):
        for order, item in enumerate(each.items, start=1):
            yield {
                "meeting_id": each.id,
                "order": order,
                "text": item.text,
                "unit_id": unit_id(source.ledger, item.owner),
                "owner": item.owner,
                "due": item.due,
                "state": item.state,
                "told_on": item.told[-1][0],
                "days_overdue": item.days_over(day.as_of),
            }


MEETING_DECISIONS = Table(
    "meeting_decisions",
    "会议定的事",
    "一行是一次会定的一件事，和截至评定日的现状",
    (
        MEETING,
        whole("order", "次序", "从1数起"),
        like(Decision, "text"),
        UNIT,
        like(Decision, "owner"),
        like(Decision, "due"),
        Column("state", "现状", "open 还没办完；done 办完；dropped 不再办", required=True, enum=("open", "done", "dropped")),
        Column("told_on", "现状公布日", "最后一次说到它的记录的公布日", "date", required=True),
        whole("days_overdue", "逾期天数", "没办完的，过了期限几天；0 是没逾期"),
    ),
    ("meeting_id", "order"),
    _decisions,
    (Foreign(("meeting_id",), "meetings", ("meeting_id",)), TO_UNIT),
)


def _results(each: Withdrawal) -> Iterator[str]:
    """2023-05 green met on_time: the first results that the record bore on, as its tombstone keeps them."""
    for checkpoint, found in sorted(each.results.items()):
        yield " ".join(filter(None, (checkpoint, found.colour or found.state, found.cell, found.reported)))


def _withdrawals(source: Source) -> Iterator[Row]:
    for key, each in public(source.day, "withdrawals", source.day.records.withdrawals):
        yield {
            "withdrawal_id": key,
            "record": each.record,
            "filed": each.filed,
            "published": each.published,
            "ground": each.ground,
            "results": tuple(_results(each)),
        }


WITHDRAWALS = Table(
    "withdrawals",
    "撤下的记录",
    "一行是一份因故（如含个人信息）撤下的记录留下的标记；内容不再公开",
    (
        Column("withdrawal_id", "撤下编号", "如W-01", required=True),
        like(Withdrawal, "record"),
        like(Withdrawal, "filed"),
        PUBLISHED,
        like(Withdrawal, "ground"),
        Column("results", "保存的首次结果", "撤下前已经公布的各节点首次结果：节点、颜色或状态、这一格怎样、报告怎样", "list"),
    ),
    ("withdrawal_id",),
    _withdrawals,
)

COURSE = (PROBLEMS, PROBLEM_STEPS, REVISIONS, MEETINGS, MEETING_DECISIONS, WITHDRAWALS)
