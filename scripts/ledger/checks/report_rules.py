"""Rules of reports: names, days, ids, corrections, sums.  Each docstring is the rule, in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import groupby, pairwise

from ..model.problems import Problem
from ..model.promise import Task
from ..model.records import Report, by_day
from ..model.testimony import Records, report_id
from ..plan.schedule import ends, spans
from ..verdict.evidence import see
from ..verdict.obligations import duties
from ..verdict.terms import Reading, report_due, sums_up
from .checking import Checking, in_order, known, type_rule

READINGS: tuple[Reading, ...] = ("original", "revised")
"""The days printed, and the days after every change."""

type_entry = tuple[str, tuple[str, int, int], Report]


def _entries(records: Records) -> list[type_entry]:
    """All well-named reports as (key, (checkpoint, task, sequence), report), by task, checkpoint and sequence."""
    named = [(key, found, report) for key, report in records.reports.items() if (found := report_id(key))]
    return sorted(named, key=lambda each: (each[1][1], each[1][0], each[1][2]))


def _valid(checking: Checking) -> Iterator[tuple[type_entry, Task]]:
    """The reports whose checkpoint and task exist, with the task."""
    points = {point.id for point in checking.promise.plan.checkpoints}
    for entry in _entries(checking.records):
        checkpoint, number, _ = entry[1]
        if checkpoint in points and number in checking.promise.tasks:
            yield entry, checking.promise.tasks[number]


def report_names(checking: Checking) -> Iterator[Problem]:
    """报告放在节点的文件夹里，文件名是序号：reports/2023-05/24.yml；更正和补报依次加 .2、.3，不跳号。"""
    points = [point.id for point in checking.promise.plan.checkpoints]
    for key in checking.names("reports"):
        named, place = report_id(key), checking.at("reports", key)
        if named is None:
            name = key.partition("/")[2]
            near = f"0{name}.yml" if re.fullmatch(r"[1-9](\.[2-9])?", name, re.ASCII) else None
            yield Problem(place, "报告的文件名是两位序号，更正加 .2、.3", name, near, "24.yml 或 24.2.yml", line=1)
            continue
        yield from known(place, "文件夹必须是计划里的节点", named[0], points)
        yield from checking.task(place, named[1])
        before = f"{named[0]}/{named[1]:02}" + (f".{named[2] - 1}" if named[2] > 2 else "")
        if named[2] > 1 and before not in checking.names("reports") and not _tombstone(checking, before):
            yield Problem(place, f"前面缺少 {before}.yml", line=1)


def _tombstone(checking: Checking, key: str) -> bool:
    """Whether a report was withdrawn; it may have been while a tombstone cannot be read."""
    return bool(checking.gaps.torn("withdrawals")) or any(each.record == f"reports/{key}" for each in checking.records.withdrawals.values())


def report_by_lead(checking: Checking) -> Iterator[Problem]:
    """报告单位 by 是这项任务的牵头单位之一。"""
    for (key, _, report), task in _valid(checking):
        yield from known(checking.at("reports", key, "by"), "必须是这项任务的牵头单位", report.by, task.lead)


def report_days(checking: Checking) -> Iterator[Problem]:
    """公布日不早于该节点第一个到期日；后一份不早于前一份。"""
    latest: dict[tuple[str, int], date] = {}
    for (key, (checkpoint, number, _), report), _task in _valid(checking):
        place = checking.at("reports", key, "published")
        yield from in_order(place, "公布日", report.published, _first_due(checking, checkpoint, number), "该节点第一个到期日")
        yield from in_order(place, "公布日", report.published, latest.get((checkpoint, number), report.published), "前一份的公布日")
        latest[checkpoint, number] = report.published


def told_days(checking: Checking) -> Iterator[Problem]:
    """公布日不早于报告说的完成日和佐证材料的日期。"""
    for (key, _, report), _task in _valid(checking):
        for piece, day in report.done_on.items():
            if isinstance(day, date) and day > report.published:
                yield Problem(checking.at("reports", key, "done_on", piece), f"完成日不能晚于公布日 {report.published}", str(day))
        for index, each in enumerate(report.evidence):
            if each.dated > report.published:
                yield Problem(
                    checking.at("reports", key, "evidence", index, "dated"),
                    f"佐证材料的日期不能晚于公布日 {report.published}",
                    str(each.dated),
                )


def _first_due(checking: Checking, checkpoint: str, number: int) -> date:
    """The first due day in a checkpoint as printed or as changed; its end where nothing falls due there."""
    position = [point.id for point in checking.promise.plan.checkpoints].index(checkpoint)
    seen = see(checking.promise, number, checking.records, date.max, date.max)
    days = [
        duty.due
        for reading in READINGS
        for duty in duties(checking.promise, number, seen, checking.rules, reading).all
        if duty.position == position
    ]
    return min([*days, ends(checkpoint)])


def _due_days(checking: Checking, checkpoint: str, number: int, indicator: str) -> set[date]:
    """The days on which a number falls due at a checkpoint, as printed or as changed; the checkpoint's end where it does not."""
    points = [point.id for point in checking.promise.plan.checkpoints]
    position, last = points.index(checkpoint), len(points) - 1
    seen = see(checking.promise, number, checking.records, date.max, date.max)
    days = {
        step.due
        for reading in READINGS
        for step in duties(checking.promise, number, seen, checking.rules, reading).targets
        if step.indicator.id == indicator and min(step.position, last) == position
    }
    return days or {ends(checkpoint)}


def _falls_due(checking: Checking, number: int, position: int) -> bool:
    """Whether anything of a task falls due at a checkpoint, as printed or after the changes."""
    seen = see(checking.promise, number, checking.records, date.max, date.max)
    owed = (duties(checking.promise, number, seen, checking.rules, reading) for reading in READINGS)
    return any(duty.cell and duty.position == position and not duty.dropped for each in owed for duty in each.each)


def report_ids(checking: Checking) -> Iterator[Problem]:
    """报告里的事项和指标都是这项任务里有的；完成日只写本份报告报完成的事项。"""
    for (key, _, report), task in _valid(checking):
        pieces = _pieces(task)
        for name in report.deliverables:
            yield from known(checking.at("reports", key, "deliverables", name), "必须是这项任务的事项（格号-序号）", name, pieces)
        for name in report.indicators:
            yield from known(
                checking.at("reports", key, "indicators", name), "必须是这项任务的指标编号", name, [each.id for each in task.indicators]
            )
        for name, day in report.done_on.items():
            yield from known(checking.at("reports", key, "done_on", name), "必须是这项任务的事项（格号-序号）", name, pieces)
            if name in pieces and day != "withdrawn" and report.deliverables.get(name) != "done" and not report.corrects:
                yield Problem(
                    checking.at("reports", key, "done_on", name),
                    "只有报 done 的事项才写完成日",
                    name,
                    example=f"deliverables: {{{name}: done}}",
                )


def _pieces(task: Task) -> list[str]:
    return [
        f"{cell}-{order}" for cell, milestone in enumerate(task.milestones, start=1) for order in range(1, len(milestone.deliverables) + 1)
    ]


def done_on_proven(checking: Checking) -> Iterator[Problem]:
    """完成日早于到期日，或迟报时早于公布日的，同一节点要有日期不晚于完成日的佐证材料。"""
    for (key, (checkpoint, number, _), report), _task in _valid(checking):
        position = [point.id for point in checking.promise.plan.checkpoints].index(checkpoint)
        seen = see(checking.promise, number, checking.records, date.max, date.max)
        owed = {piece.id: piece for piece in duties(checking.promise, number, seen, checking.rules, "headline").pieces}
        evidence = [each.dated for filing in seen.filings if filing.position == position for each in filing.report.evidence]
        for name, day in report.done_on.items():
            if not isinstance(day, date) or name not in owed:
                continue
            in_time = owed[name].position == position and report.published <= report_due(checking.promise, position, checking.rules)
            if day < (min(owed[name].due, report.published) if in_time else report.published) and not any(
                dated <= day for dated in evidence
            ):
                must = "完成日早于到期日（迟报的：早于公布日），要有日期不晚于它的佐证材料"
                yield Problem(
                    checking.at("reports", key, "done_on", name),
                    must,
                    str(day),
                    example=f"evidence: [{{title: 竣工公告, dated: {day}, kind: 公告}}]",
                )


def corrections(checking: Checking) -> Iterator[Problem]:
    """改动或撤回同一节点已经报过的值，要写 corrects（更正哪一份）和 reason（为什么）；两样一起写；不更正的不写。"""
    for _, group in groupby(_entries(checking.records), key=lambda each: (each[1][0], each[1][1])):
        told: dict[tuple[str, ...], object] = {}
        names: list[str] = []
        for key, _, report in group:
            yield from _correction(checking, key, report, names, told)
            names.append(key.partition("/")[2])
            told.update(_values(report))


def _values(report: Report) -> dict[tuple[str, ...], object]:
    """All keyed values of a report: (field, key) or (field, key, day) → value."""
    values: dict[tuple[str, ...], object] = {("deliverables", key): value for key, value in report.deliverables.items()}
    values |= {("done_on", key): value for key, value in report.done_on.items()}
    return values | {("indicators", key, *([str(day)] if day else [])): value for (key, day), value in by_day(report.indicators).items()}


_CORRECTING = "corrects: {}\nreason: 重复统计"


def _correction(checking: Checking, key: str, report: Report, names: list[str], told: dict[tuple[str, ...], object]) -> Iterator[Problem]:
    if report.corrects is not None:
        yield from known(checking.at("reports", key, "corrects"), "必须是同一节点里较早的一份", report.corrects, names)
    if (report.corrects is None) != (report.reason is None):
        yield Problem(checking.at("reports", key), "corrects 和 reason 要一起写", example=_CORRECTING.format(names[-1]) if names else None)
    if report.corrects is not None and not any((report.summary, report.funding, report.evidence)):
        values = _values(report)
        if values and all(told.get(name) == value for name, value in values.items()):
            must = "更正没有改动任何值，和前面报的一样；写上对的值，要收回的写 withdrawn"
            yield Problem(checking.at("reports", key, "corrects"), must, report.corrects)
    for path, value in _values(report).items():
        place = checking.at("reports", key, *path)
        if value == "withdrawn" and not any(each[: len(path)] == path for each in told):
            yield Problem(place, "前面没有报过，不能撤回", "withdrawn")
        changes = path in told and told[path] != value and not _progress(told[path], value)
        if changes and report.corrects is None:
            yield Problem(place, "和同一节点前一份报的不同：更正要写 corrects 和 reason", str(value), example=_CORRECTING.format(names[-1]))


def _progress(before: object, after: object) -> bool:
    """Whether a later value of the same checkpoint is progress and not a correction: done at last, or a sum that grew."""
    if isinstance(before, Decimal) and isinstance(after, Decimal):
        return after > before
    return before in ("partial", "not_done") and after in ("partial", "done") and before != after


def sums_do_not_fall(checking: Checking) -> Iterator[Problem]:
    """累计数不下降：比前面节点报的小，就要先更正前面的；比率（到期当天的数）可以升降。"""
    for number, task in checking.promise.tasks.items():
        seen = see(checking.promise, number, checking.records, date.max, date.max)
        for indicator in task.indicators:
            spoken = sorted(seen.spoken(indicator.id).items()) if sums_up(indicator) else []
            values = [(position, value) for position, each in spoken for value in each.in_order()]
            for (_, before), (position, after) in pairwise(values):
                if after < before:
                    key = next(
                        f.id
                        for f in reversed(seen.filings)
                        if f.position == position and f.report.indicators.get(indicator.id) not in (None, "withdrawn")
                    )
                    yield Problem(
                        checking.at("reports", key, "indicators", indicator.id),
                        f"累计数不能比前面节点的 {before} 小；前面报错的，先更正前面的",
                        str(after),
                    )


def funding_positive(checking: Checking) -> Iterator[Problem]:
    """资金以元计，不写负数；同一份报告里来源不重复。"""
    for key, report in checking.records.reports.items():
        for index, each in enumerate(report.funding):
            for field in ("planned", "received", "spent"):
                value = getattr(each, field)
                if value is not None and value < 0:
                    yield Problem(checking.at("reports", key, "funding", index, field), "不能是负数", str(value))
            if each.source in [other.source for other in report.funding[:index]]:
                yield Problem(checking.at("reports", key, "funding", index, "source"), "同一来源写了两次", each.source)


def numbers_positive(checking: Checking) -> Iterator[Problem]:
    """实际数不是负数；只有目标是一个范围（between）的可以。"""
    for (key, _, report), task in _valid(checking):
        ranges = {each.id for each in task.indicators if each.direction == "between"}
        for (name, day), value in by_day(report.indicators).items():
            if isinstance(value, Decimal) and value < 0 and name not in ranges:
                yield Problem(checking.at("reports", key, "indicators", name, *([str(day)] if day else [])), "实际数不能是负数", str(value))


def named_days(checking: Checking) -> Iterator[Problem]:
    """写明日期的数，日期是这个数在这个节点的到期日（原定的或调整后的），不晚于公布日。"""
    for (key, (checkpoint, number, _), report), _task in _valid(checking):
        for name, day in by_day(report.indicators):
            if day is None:
                continue
            place, due = checking.at("reports", key, "indicators", name, str(day)), _due_days(checking, checkpoint, number, name)
            if day > report.published:
                yield Problem(place, f"写明的日期不能晚于公布日 {report.published}", str(day))
            elif day not in due:
                yield Problem(place, f"写明的日期必须是这个数在这个节点的到期日：{'、'.join(map(str, sorted(due)))}", str(day))


def unscheduled_reports(checking: Checking) -> Iterator[Problem]:
    """“——”的节点不用报；报了也可以，页面会标明。有目标改到这里的，不算没有安排。"""
    points = [point.id for point in checking.promise.plan.checkpoints]
    for (key, (checkpoint, number, _), _), task in _valid(checking):
        position = points.index(checkpoint)
        cells = zip(task.milestones, spans(task, checking.promise.plan.checkpoints), strict=True)
        empty = any(cell.kind == "none" and span.certain and span.first[0] <= position <= span.last[0] for cell, span in cells)
        if empty and not _falls_due(checking, number, position):
            yield Problem(checking.at("reports", key), "这个节点原表是“——”，没有安排目标；报送会标明", line=1, warning=True)


REPORT_NAMES: tuple[type_rule, ...] = (report_names,)
ONE_REPORT: tuple[type_rule, ...] = (
    report_by_lead,
    told_days,
    report_ids,
    named_days,
    numbers_positive,
    funding_positive,
    unscheduled_reports,
)
REPORT_GROUPS: tuple[type_rule, ...] = (report_days, done_on_proven, corrections, sums_do_not_fall)
