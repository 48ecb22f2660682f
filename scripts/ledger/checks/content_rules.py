"""Rules of what a record must at least say, and of days that are most likely slips.  Each docstring is the rule, in Chinese.

What is filed stays for ever, so a template whose values are still commented out is refused: it would take the name of the record that was meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from ..model.problems import Place, Problem
from ..model.proceedings import Meeting
from ..model.records import Acceptance, Extended, Found, Report
from ..model.testimony import KINDS, step_id
from ..verdict.evidence import see
from ..verdict.obligations import duties
from .checking import Checking, type_rule

SAID = ("summary", "deliverables", "done_on", "indicators", "funding", "evidence")
"""What a report may say; at least one of them."""
EARLY = 30
"""An acceptance so many days before the last day of its task is most likely a slip, or of a part."""
FAR = 366
"""A deadline further than this from its publication is most likely a slip of the year."""


def something_said(checking: Checking) -> Iterator[Problem]:
    """每份记录至少说一件事：报告（和更正）写情况、事项、数、资金或佐证材料；督查写对任务或对单位的话；后续的会议记录写任务或议定事项；资金写一个数。"""
    task, unit = min(checking.promise.tasks, default=1), next(iter(checking.ledger.units), "县教委")
    for key, report in sorted(checking.records.reports.items()):
        yield from _report(checking, key, report)
    for key, meeting in sorted(checking.records.meetings.items()):
        named = step_id(key)
        if named and named[1] > 1 and not (meeting.tasks or meeting.decisions):
            yield _needs(
                checking.at("meetings", key), ("tasks", "decisions"), f"decisions: [{{text: 开齐三个班, owner: {unit}, state: done}}]"
            )
    for key, review in sorted(checking.records.reviews.items()):
        if not (review.tasks or review.units):
            yield _needs(checking.at("reviews", key), ("tasks", "units"), f"tasks: [{{task: {task}, note: 进度总体正常}}]")
        for index, finding in enumerate(review.tasks):
            if not (finding.colour or finding.note or finding.on_site):
                yield _needs(checking.at("reviews", key, "tasks", index), ("colour", "note", "on_site"), "note: 进度总体正常")
        for index, said in enumerate(review.units):
            if not (said.colour or said.praise or said.criticism):
                yield _needs(checking.at("reviews", key, "units", index), ("colour", "praise", "criticism"), "praise: 报送及时")


def _report(checking: Checking, key: str, report: Report) -> Iterator[Problem]:
    if not any(getattr(report, name) for name in SAID):
        yield _needs(checking.at("reports", key), SAID, "summary: 体艺楼主体结构完工。")
    for index, each in enumerate(report.funding):
        if each.planned is each.received is each.spent is None:
            yield _needs(checking.at("reports", key, "funding", index), ("planned", "received", "spent"), "received: 12000000")


def _needs(place: Place, names: Iterable[str], example: str) -> Problem:
    return Problem(place, f"还什么都没有说，{'、'.join(names)} 至少写一样；写在 # 后面的不算，请去掉 #", example=example)


def acceptance_in_time(checking: Checking) -> Iterator[Problem]:
    """验收比任务最后一个到期日早30天以上的，提醒一声：那天以前不会评为已完成并验收，多半是日期写错，或者只验收了一部分。"""
    for key, event in sorted(checking.records.events.items()):
        if not isinstance(event, Acceptance) or event.task not in checking.promise.tasks:
            continue
        seen = see(checking.promise, event.task, checking.records, date.max, date.max)
        last = duties(checking.promise, event.task, seen, checking.rules, "headline").last_due
        if (days := (last - event.accepted_on).days) > EARLY:
            must = (
                f"验收日比这项任务最后一个到期日 {last} 早{days}天，到那天以前不会评为已完成并验收；"
                "请看看年月日写错没有，只验收了一部分的，请写进报告的情况，不写这份"
            )
            yield Problem(checking.at("events", key, "accepted_on"), must, str(event.accepted_on), warning=True)


def days_far_off(checking: Checking) -> Iterator[Problem]:
    """期限离公布日一年以上的，提醒一声：多半是年份写错。"""
    for place, published, day in _deadlines(checking):
        if day - published > timedelta(FAR):
            must = f"离公布日 {published} 一年以上；请看看年份写错没有，没有错就不用改"
            yield Problem(place, must, str(day), warning=True)
    for kind in KINDS:
        for key, record in sorted(getattr(checking.records, kind).items()):
            if record.published < (dated := checking.promise.plan.document.dated):
                must = f"公布日比文件的成文日期 {dated} 还早；请看看年份写错没有，没有错就不用改"
                yield Problem(checking.at(kind, key, "published"), must, str(record.published), warning=True)


def _deadlines(checking: Checking) -> Iterator[tuple[Place, date, date]]:
    """Every deadline that testimony sets: its place, the day of publication, the day set."""
    for key, step in sorted(checking.records.problems.items()):
        if isinstance(step, (Found, Extended)):
            yield checking.at("problems", key, "rectify_by"), step.published, step.rectify_by
    for key, each in sorted(checking.records.revisions.items()):
        if isinstance(each.after, date):
            yield checking.at("revisions", key, "to"), each.published, each.after
    for key, meeting in sorted(checking.records.meetings.items()):
        yield from _decided(checking, key, meeting)


def _decided(checking: Checking, key: str, meeting: Meeting) -> Iterator[tuple[Place, date, date]]:
    for index, decision in enumerate(meeting.decisions):
        if decision.due:
            yield checking.at("meetings", key, "decisions", index, "due"), meeting.published, decision.due


ONE_CONTENT: tuple[type_rule, ...] = (something_said, acceptance_in_time, days_far_off)
