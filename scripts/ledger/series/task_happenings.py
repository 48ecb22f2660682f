"""What happened in one task: its reports, corrections, changed targets, 暂缓, acceptance, problems, the unit's own words, what was taken down."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.records import Acceptance, Report, Suspension
from ..model.testimony import report_id
from ..phrases import voices
from ..phrases.problem_steps import step_words
from ..verdict.evidence import Filing, steps_of
from ..verdict.revisions import decisions
from ..verdict.terms import report_due
from .corrections import corrections
from .day import Day
from .happenings import Happening, Kind


def of_task(day: Day, number: int) -> Iterator[Happening]:
    """Every happening of one task that is public and bears on the day judged."""
    yield from _filings(day, number)
    yield from _revisions(day, number)
    yield from _events(day, number)
    yield from _problems(day, number)
    yield from _statements(day, number)
    yield from _removed(day, number)


def _task_page(day: Day, number: int, anchor: str = "") -> str:
    """A task's page; its sections of testimony stand there once reporting has opened."""
    return f"tasks/{number:02}" + (f"#{anchor}" if anchor and day.opened else "")


def _units(day: Day, number: int, *names: str) -> tuple[str, ...]:
    """The units that a happening concerns: the task's leads, and those that it names."""
    return tuple(dict.fromkeys((*day.promise.tasks[number].lead, *names)))


# ---------------------------------------------------------------- reports


def _filings(day: Day, number: int) -> Iterator[Happening]:
    """Each report file: a correction, the late first one of its checkpoint, one that adds, or just a report."""
    late, corrected = _late(day, number), _corrected(day, number)
    for filing in day.seen[number].filings:
        report, point = filing.report, day.promise.plan.checkpoints[filing.position].id
        kind, sentences = _filing(day, number, filing, late, corrected)
        yield Happening(
            id=f"reports/{filing.id}",
            kind=kind,
            published=report.published,
            sentences=sentences,
            target=f"tasks/{number:02}#{point}",
            tasks=(number,),
            units=_units(day, number, report.by),
            checkpoint=point,
            quote=report.summary or "",
            small=report.by,
        )


def _filing(
    day: Day, number: int, filing: Filing, late: dict[int, str], corrected: dict[str, tuple[str, ...]]
) -> tuple[Kind, tuple[str, ...]]:
    report, name = filing.report, day.speech.checkpoint(day.promise.plan.checkpoints[filing.position].id)
    if report.corrects:
        return "correction", corrected.get(filing.id) or (f"{name}节点的材料有更正。更正单位：{report.by}。原因：{report.reason}。",)
    if filing.position in late and report.published == day.seen[number].first_reports[filing.position]:
        return "late", (late.pop(filing.position),)
    if filing.sequence > 1:
        return "added", (f"{name}节点又公开一份材料。",)
    return "report", (f"{name}节点的情况公开了{_counted(report)}。",)


def _counted(report: Report) -> str:
    """，写到3件事、2个数: how much a report tells; nothing for one of words alone."""
    parts = ((report.deliverables, "件事"), (report.indicators, "个数"), (report.evidence, "份佐证材料"))
    said = "、".join(f"{len(told)}{what}" for told, what in parts if told)
    return f"，写到{said}" if said else ""


def _corrected(day: Day, number: int) -> dict[str, tuple[str, ...]]:
    """The engine's sentences of each correcting file, without their first words (更正 and the day)."""
    found: dict[str, tuple[str, ...]] = {}
    for each in corrections(day.promise, number, day.records, day.rules, day.known, day.publisher):
        found[each.report] = (*found.get(each.report, ()), each.sentence.partition("：")[2])
    return found


def _late(day: Day, number: int) -> dict[int, str]:
    """The positions whose first report came after its last day, with the engine's words."""
    speech, found = day.speech, dict[int, str]()
    for position, cell in enumerate(day.histories[number]):
        for label in cell.labels:
            if label.kind == "reported_late":
                name, due = speech.checkpoint(cell.checkpoint), speech.day(report_due(day.promise, position, day.rules))
                owed = speech.say(voices.REPORT_OWED, checkpoint=name, due=due)
                found[position] = f"{owed}，{label.text}。"
    return found


# ---------------------------------------------------------------- decisions


def _revisions(day: Day, number: int) -> Iterator[Happening]:
    """Changed targets, those of one decision together, in the engine's words."""
    told = [reason.sentence for reason in day.standings[number].reasons if reason.kind == "revision"]
    for group, sentence in zip(decisions(day.seen[number].revisions), told, strict=True):
        key = min(key for key, record in day.records.revisions.items() if any(record is each for each in group))
        yield Happening(
            id=f"revisions/{key}",
            kind="revision",
            published=group[0].published,
            sentences=(sentence + "。",),
            target=_task_page(day, number, "changes"),
            tasks=(number,),
            units=_units(day, number),
            small=f"{group[0].approver}批准。原因：{'；'.join(dict.fromkeys(each.reason for each in group))}。",
        )


def _events(day: Day, number: int) -> Iterator[Happening]:
    """暂缓 and acceptance."""
    for key, event in sorted(day.records.events.items()):
        if isinstance(event, (Suspension, Acceptance)) and event.task == number and event.published <= day.known and event.day <= day.as_of:
            kind, sentence, small = _event(day, event)
            yield Happening(
                f"events/{key}",
                kind,
                event.published,
                (sentence,),
                _task_page(day, number, "changes"),
                (number,),
                _units(day, number),
                small=small,
            )


def _event(day: Day, event: Suspension | Acceptance) -> tuple[Kind, str, str]:
    said = day.speech.day
    if isinstance(event, Acceptance):
        return "acceptance", day.speech.say(voices.ACCEPTED, by=event.by, day=said(event.accepted_on)), event.document
    words = f"{event.approver}{said(event.approved_on)}批准暂缓，{said(event.review_by)}前复查。"
    return "suspension", words, event.document + (f"。原因：{event.reason}。" if event.reason else "")


# ---------------------------------------------------------------- problems, words, tombstones


def _problems(day: Day, number: int) -> Iterator[Happening]:
    """The steps of the task's problems."""
    for trouble in day.seen[number].troubles:
        for key, step in steps_of(day.records, trouble.id, day.as_of, day.known):
            sentence, quote = step_words(step, day.speech, day.speech.day(step.day))
            yield Happening(
                f"problems/{key}",
                "problem",
                step.published,
                (f"问题{trouble.id}：{sentence}。",),
                f"problems#{trouble.id}",
                (number,),
                _units(day, number, trouble.found.owner),
                quote=quote,
                small=trouble.found.owner,
            )


def _statements(day: Day, number: int) -> Iterator[Happening]:
    """The units' own words on the task."""
    for key, each in sorted(day.records.statements.items()):
        if each.task == number and each.published <= day.known:
            about = f"{day.speech.checkpoint(each.checkpoint)}节点" if each.checkpoint else "这项任务"
            yield Happening(
                f"statements/{key}",
                "statement",
                each.published,
                (f"{each.unit}对{about}作了说明。",),
                _task_page(day, number, "words"),
                (number,),
                _units(day, number, each.unit),
                each.checkpoint or "",
                each.text,
            )


def _removed(day: Day, number: int) -> Iterator[Happening]:
    """Tombstones of reports: that one was there, and why it had to go; never what it said."""
    for tombstone, each in sorted(day.records.withdrawals.items()):
        kind, _, key = each.record.partition("/")
        named = report_id(key) if kind == "reports" else None
        if named and named[1] == number and each.published <= day.known:
            point, filed = named[0], day.speech.day(each.filed)
            yield Happening(
                id=each.record,
                kind="withdrawal",
                published=each.filed,
                sentences=(f"{day.speech.checkpoint(point)}节点{filed}公布的一份报告已撤下。缘由：{each.ground}。",),
                target=_task_page(day, number, "changes"),
                tasks=(number,),
                units=_units(day, number),
                checkpoint=point,
                updated_on=each.published,
                told_in=f"withdrawals/{tombstone}",
            )
