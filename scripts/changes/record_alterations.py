"""What was added to the testimony, corrected, closed or taken down, record by record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from scripts.ledger.model.proceedings import Case, Meeting, Review, Statement, Withdrawal
from scripts.ledger.model.promise import Promise
from scripts.ledger.model.records import Acceptance, Closed, Opened, Report, Revision, Suspension
from scripts.ledger.model.testimony import KINDS, Records, report_id
from scripts.ledger.phrases import voices
from scripts.ledger.phrases.formats import day_words, number_words, quoted
from scripts.ledger.phrases.phrasebook import Speech
from scripts.ledger.series.corrections import corrections
from scripts.ledger.series.day import Day
from scripts.ledger.series.opening import not_yet, waiting
from scripts.ledger.verdict.evidence import Trouble, troubles

from .alterations import Alteration, Alterations
from .task_alterations import name_of

TOLD_ELSEWHERE = ("problems", "withdrawals")
"""Kinds that have a part of their own."""


def record_alterations(before: Day, after: Day) -> Alterations:
    """Everything about the records of one plan."""
    yield from _changed(before.records, after.records)
    yield from _corrected(before, after)
    yield from _problems(before, after)
    for kind in KINDS:
        if kind not in TOLD_ELSEWHERE:
            yield from _added(before, after, kind)
    yield from _tombstones(before, after)


def _changed(before: Records, after: Records) -> Alterations:
    """Records that are there in both and say different things, or that vanished without a tombstone: the guard refuses both."""
    buried = {each.record for each in after.withdrawals.values()}
    for kind in KINDS:
        old, new = getattr(before, kind), getattr(after, kind)
        for key, record in old.items():
            if key not in new and f"{kind}/{key}" not in buried:
                yield Alteration("refused", f"{kind}/{key}（{day_words(record.published)}公布）没有了，也没有撤下标记")
            elif key in new and record.public_at is None and new[key] == record.model_copy(update={"public_at": new[key].public_at}):
                if new[key].public_at:
                    yield Alteration("records", f"{kind}/{key}（{day_words(record.published)}公布）补写了公布处：{new[key].public_at}")
            elif key in new and new[key] != record:
                yield Alteration("refused", f"{kind}/{key}（{day_words(record.published)}公布）改了")


def _corrected(before: Day, after: Day) -> Alterations:
    for number in sorted(after.promise.tasks):
        for each in corrections(after.promise, number, after.records, after.rules, after.known, after.publisher):
            if each.report not in before.records.reports:
                yield Alteration("corrections", f"{name_of(after, number)}：{each.sentence}", number)


def _problems(before: Day, after: Day) -> Alterations:
    old = {each.id: each for each in troubles(before.records, None, before.as_of, before.known)}
    for each in troubles(after.records, None, after.as_of, after.known):
        words = _step(old.get(each.id), each, after.speech)
        if words:
            yield Alteration("problems", f"{each.id}，{_task(after.promise, each.found.task)}：{words}", each.found.task)


def _step(before: Trouble | None, after: Trouble, speech: Speech) -> str:
    """How a problem stands otherwise than before; empty where it does not."""
    if before == after:
        return ""
    due = f"应在{day_words(after.rectify_by)}前整改"
    new = "" if before else f"新问题，{after.found.description}，{due}"
    steps = [new] if new else []
    if after.closed_on and (before is None or before.closed_on != after.closed_on):
        steps.append(f"{speech.say(voices.PROBLEM_CLOSED, day=day_words(after.closed_on))}（{due}）")
    if after.reopened_on and (before is None or before.reopened_on != after.reopened_on):
        steps.append(f"{day_words(after.reopened_on)}再次出现（{due}）")
    if after.extended_to and (before is None or before.extended_to != after.extended_to):
        steps.append(f"延期到{day_words(after.extended_to)}；仍按原期限评定")
    return "；".join(steps) or "又有一步记录"


def _added(before: Day, after: Day, kind: str) -> Alterations:
    old: dict[str, Any] = getattr(before.records, kind)
    title = Records.model_fields[kind].title
    for key, record in sorted(getattr(after.records, kind).items()):
        if key not in old:
            later = f"（到{day_words(record.published)}才算数）" if record.published > after.known else ""
            number = _number(key, record)
            about = f"，{_task(after.promise, number)}" if number else ""
            yield Alteration("records", f"{title} {key}{about}：{'，'.join(_told(record, after.promise))}{later}", number)


def waiting_alterations(before: Records, after: Records, day: Day) -> Alterations:
    """New records that wait for the opening of reporting: the public sees none of them.  `day`: the plan as the public will see it."""
    if day.opened:
        return
    for kind, key in waiting(after):
        if key not in getattr(before, kind):
            record = getattr(after, kind)[key]
            number = _number(key, record)
            about = f"，{_task(day.promise, number)}" if number else ""
            words = f"{Records.model_fields[kind].title} {key}{about}：{'，'.join(_told(record, day.promise))}。{not_yet(after)}"
            yield Alteration("waiting", words, number)


def _number(key: str, record: Any) -> int | None:
    """The one task that a record is about."""
    named = report_id(key) if isinstance(record, Report) else None
    return named[1] if named else getattr(record, "task", None)


def _task(promise: Promise, number: int) -> str:
    return f"第{number}项“{promise.tasks[number].title}”" if number in promise.tasks else f"第{number}项"


def _told(record: Any, promise: Promise) -> Iterator[str]:
    """What a record says of itself, in few words."""
    match record:
        case Report():
            yield f"{record.by}报"
            yield from [f"更正 {record.corrects}，原因：{record.reason}"] if record.corrects else []
        case Revision():
            yield _revised(record, promise)
            yield f"{record.approver}{day_words(record.approved_on)}批准，{record.document}，原因：{record.reason}"
        case Opened():
            yield f"{day_words(record.opened_on)}开始报送"
        case Closed():
            yield f"{day_words(record.closed_on)}计划结束"
        case Suspension():
            yield f"暂缓到{day_words(record.review_by)}，{record.approver}{day_words(record.approved_on)}批准，{record.document}"
        case Acceptance():
            yield f"{record.by}{day_words(record.accepted_on)}验收，{record.document}"
        case Meeting():
            yield f"{day_words(record.held_on)}召开，议定{len(record.decisions)}件事"
        case Review():
            yield record.document
            yield f"对{len(record.tasks)}项任务、{len(record.units)}个单位有话"
        case Statement():
            yield f"{record.unit}说{quoted(record.text)}"
        case Case():
            yield record.title
    yield f"{day_words(record.published)}公布"


def _revised(record: Revision, promise: Promise) -> str:
    where = f"第{record.cell}格" if record.cell else ""
    subject = f"{where}{_target(record, promise)}" or "整项"
    if record.change == "drop":
        return f"{subject} 取消"
    aspect = "到期日" if record.change == "due" else ""
    return f"{subject} {aspect}{_end(record.before)} → {_end(record.after)}"


def _target(record: Revision, promise: Promise) -> str:
    """The number or piece that a revision changes, by its name."""
    task = promise.tasks.get(record.task)
    name = next((each.name for each in task.indicators if each.id == record.indicator), "") if task else ""
    if task and record.deliverable:
        cell, _, order = record.deliverable.partition("-")
        name = task.milestones[int(cell) - 1].deliverables[int(order) - 1].text
    return f"“{name}”" if name else ""


def _end(value: Any) -> str:
    return day_words(value) if isinstance(value, date) else "没有" if value is None else number_words(value)


def _tombstones(before: Day, after: Day) -> Alterations:
    for key, record in sorted(after.records.withdrawals.items()):
        if key not in before.records.withdrawals and isinstance(record, Withdrawal):
            words = f"{record.record}（{day_words(record.filed)}公布）撤下，缘由：{record.ground}，{day_words(record.published)}公布"
            yield Alteration("removed", words)
