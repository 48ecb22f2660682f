"""What happened in the plan as a whole: its document, opening and closing, meetings, inspections, cases, briefs, other tombstones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

from ..model.proceedings import Meeting, Review
from ..model.records import Closed, Opened
from ..model.rules import COLOURS
from ..model.testimony import Records, report_id, step_id
from ..phrases import voices
from ..verdict.terms import report_due
from .comparison import compare_verdicts
from .day import Day
from .happenings import Happening

MEETINGS = {"monthly": "每月调度会", "quarterly": "每季调度会"}


def of_plan(day: Day) -> Iterator[Happening]:
    """Every happening that is not one task's own, public and bearing on the day judged."""
    yield from _promise(day)
    yield from _course(day)
    yield from _meetings(day)
    yield from _reviews(day)
    yield from _cases(day)
    yield from _briefs(day)
    yield from _removed(day)


def _promise(day: Day) -> Iterator[Happening]:
    plan, document = day.promise.plan, day.promise.plan.document
    published = document.printed or document.dated
    if published <= day.known:
        words = f"{document.issuer}印发《{document.plan}》（{document.number}）：{len(day.promise.tasks)}项任务，{len(plan.checkpoints)}个节点。"
        yield Happening("plan", "promise", published, (words,), "tasks")


def _course(day: Day) -> Iterator[Happening]:
    """Reporting opened; the plan closed."""
    for key, event in sorted(day.records.events.items()):
        if event.published <= day.known and event.day <= day.as_of:
            said = day.speech.day(event.day)
            if isinstance(event, Opened):
                words = day.speech.say(voices.OPENED_ON, day=said)
                yield Happening(f"events/{key}", "opened", event.published, (words,), "tasks")
            elif isinstance(event, Closed):
                yield Happening(f"events/{key}", "closed", event.published, (f"计划于{said}结束，这天以后不再评定。",), "tasks")


def _meetings(day: Day) -> Iterator[Happening]:
    """Each file of a meeting: what was decided, then what later files say became of it."""
    named = sorted((named, key) for key in day.records.meetings if (named := step_id(key)))
    for id, group in groupby(named, key=lambda each: each[0][0]):
        told = [(key, meeting) for _, key in group if (meeting := day.records.meetings[key]).published <= day.known]
        for index, (key, meeting) in enumerate(each for each in told if each[1].held_on <= day.as_of):
            yield Happening(
                id=f"meetings/{key}",
                kind="meeting",
                published=meeting.published,
                sentences=(_meeting(day, meeting, later=index > 0),),
                target=f"meetings#{id}",
                tasks=meeting.tasks,
                units=tuple(dict.fromkeys(each.owner for each in meeting.decisions)),
                quote="；".join(each.text for each in meeting.decisions),
            )


def _meeting(day: Day, meeting: Meeting, later: bool) -> str:
    held, count = f"{day.speech.day(meeting.held_on)}的{MEETINGS[meeting.kind]}", len(meeting.decisions)
    if not later:
        return f"{held}，{meeting.chair}主持，议定{count}件事。" if count else f"{held}，{meeting.chair}主持。"
    done = sum(each.state == "done" for each in meeting.decisions)
    return f"{held}有后续材料：{day.speech.say(voices.SETTLED_OF, count=count, done=done)}。"


def _reviews(day: Day) -> Iterator[Happening]:
    for key, review in sorted(day.records.reviews.items()):
        if review.published <= day.known and review.day <= day.as_of:
            yield Happening(
                id=f"reviews/{key}",
                kind="review",
                published=review.published,
                sentences=(f"{day.speech.checkpoint(key)}节点的督查结果公布（{review.document}），说到{len(review.tasks)}项任务。",),
                target=f"reviews#{key}",
                tasks=tuple(each.task for each in review.tasks),
                units=tuple(each.unit for each in review.units),
                checkpoint=key,
                quote="；".join(_findings(day, review)),
            )


def _findings(day: Day, review: Review) -> Iterator[str]:
    """第2项：黄，抽查两个班的名册……: what it said of each task, as far as it said anything."""
    for each in review.tasks:
        said = [day.speech.colour(each.colour)] if each.colour else []
        said += [words for words in (each.note, each.on_site) if words]
        if said:
            yield f"第{each.task}项：{'，'.join(said)}"


def _cases(day: Day) -> Iterator[Happening]:
    for key, case in sorted(day.records.cases.items()):
        if case.published <= day.known and case.day <= day.as_of:
            words = f"“{case.title}”。" + (f"出处：{case.document}。" if case.document else "")
            yield Happening(f"cases/{key}", "case", case.published, (words,), f"cases#{key}", case.tasks, case.units, quote=case.summary)


def _briefs(day: Day) -> Iterator[Happening]:
    """The first result of each checkpoint, and how it compares with the one before: both as known on the later one's day, so they
    never read otherwise."""
    for position in day.briefed:
        point = day.promise.plan.checkpoints[position].id
        sentences = [_tally(day, position)]
        if position - 1 in day.briefed:
            found = compare_verdicts(day.as_known(position - 1, position), day.first(position))
            sentences.append("比上期：" + "，".join(f"{name}{len(numbers)}" for name, numbers in found.groups) + "。")
        yield Happening(f"checkpoints/{point}", "brief", _frozen(day, position), tuple(sentences), f"checkpoints/{point}", checkpoint=point)


def _tally(day: Day, position: int) -> str:
    """7月节点首次公布：绿7，黄3，……，未评定2。"""
    counts = Counter(each.verdict for each in day.first(position).values())
    said = [f"{day.speech.colour(colour)}{counts[colour]}" for colour in COLOURS]
    grey = sum(count for verdict, count in counts.items() if verdict not in COLOURS)
    return f"{day.speech.checkpoint(day.promise.plan.checkpoints[position].id)}节点首次公布：{'，'.join((*said, f'未评定{grey}'))}。"


def _frozen(day: Day, position: int) -> date:
    return report_due(day.promise, position, day.rules) + timedelta(1)


def _removed(day: Day) -> Iterator[Happening]:
    """Tombstones of records other than reports."""
    for tombstone, each in sorted(day.records.withdrawals.items()):
        kind, _, key = each.record.partition("/")
        if each.published <= day.known and (kind != "reports" or not report_id(key)):
            name = Records.model_fields[kind].title
            words = f"{day.speech.day(each.filed)}公布的一份记录（{name}）已撤下。缘由：{each.ground}。"
            file = f"withdrawals/{tombstone}"
            yield Happening(each.record, "withdrawal", each.filed, (words,), "tasks", updated_on=each.published, told_in=file)
