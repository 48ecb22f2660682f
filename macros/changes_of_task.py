"""改过什么: everything that changed in one task after it was first said, newest first.  Nothing here replaces what was there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from scripts.ledger.judging.corrections import corrections
from scripts.ledger.judging.duties import report_due
from scripts.ledger.judging.revising import decisions
from scripts.ledger.testimony.folders import report_id

from .context import Context


@dataclass(frozen=True)
class Change:
    """One change: its day, what kind it is, its sentence, the small print (who decided, why), the checkpoint that it speaks of."""

    day: date
    kind: str
    sentence: str
    small: str = ""
    checkpoint: str = ""


def changes(context: Context, number: int) -> list[Change]:
    """Corrections, late and added reports, changed targets, 暂缓, acceptance, what was taken down; newest first."""
    found = [
        *_corrections(context, number),
        *_late(context, number),
        *_added(context, number),
        *_revisions(context, number),
        *_suspensions(context, number),
        *_removed(context, number),
    ]
    return sorted(found, key=lambda change: change.day, reverse=True)


def _corrections(context: Context, number: int) -> Iterator[Change]:
    """The engine's sentence, whole; its first words are the kind and the day."""
    day = context.day
    for each in corrections(day.promise, number, day.records, day.rules, day.known, day.publisher):
        kind, _, sentence = each.sentence.partition("：")
        yield Change(each.published, kind, sentence, checkpoint=each.checkpoint)


def _late(context: Context, number: int) -> Iterator[Change]:
    """Reports that came after their last day, in the engine's words."""
    day, speech = context.day, context.day.speech
    for position, cell in enumerate(day.histories[number]):
        for label in cell.labels:
            if label.kind == "reported_late":
                published = day.seen[number].first_reports[position]
                due = speech.day(report_due(day.promise, position, day.rules))
                words = f"{speech.checkpoint(cell.checkpoint)}节点的报告应在{due}前公开，{label.text}。"
                yield Change(published, f"迟报（{published}）", words, checkpoint=cell.checkpoint)


def _added(context: Context, number: int) -> Iterator[Change]:
    """Later files of a checkpoint that correct nothing: they add."""
    speech, points = context.day.speech, context.promise.plan.checkpoints
    for filing in context.day.seen[number].filings:
        if filing.sequence > 1 and not filing.report.corrects:
            point = points[filing.position].id
            words = f"{speech.checkpoint(point)}节点又公开一份材料。" + (filing.report.summary or "")
            yield Change(filing.report.published, f"补充（{filing.report.published}）", words, filing.report.by, point)


def _revisions(context: Context, number: int) -> Iterator[Change]:
    """Changed targets, those of one decision together, in the engine's words."""
    told = [reason.sentence for reason in context.day.standings[number].reasons if reason.kind == "revision"]
    for group, sentence in zip(decisions(context.day.seen[number].revisions), told, strict=True):
        small = f"{group[0].approver}批准。原因：{'；'.join(dict.fromkeys(each.reason for each in group))}。"
        yield Change(group[0].published, f"调整目标（{group[0].published}）", sentence + "。", small)


def _suspensions(context: Context, number: int) -> Iterator[Change]:
    speech = context.day.speech
    for each in context.day.seen[number].suspensions:
        words = f"{each.approver}{speech.day(each.approved_on)}批准暂缓，{speech.day(each.review_by)}前复查。"
        yield Change(
            each.published, f"暂缓（{each.published}）", words, each.document + (f"。原因：{each.reason}。" if each.reason else "")
        )
    if accepted := context.day.seen[number].acceptance:
        words = f"{accepted.by}{speech.day(accepted.accepted_on)}验收。"
        yield Change(accepted.published, f"验收（{accepted.published}）", words, accepted.document)


def _removed(context: Context, number: int) -> Iterator[Change]:
    """Tombstones of reports: that one was there, and why it had to go; never what it said."""
    speech = context.day.speech
    for each in context.day.records.withdrawals.values():
        kind, _, key = each.record.partition("/")
        named = report_id(key) if kind == "reports" else None
        if named and named[1] == number and each.published <= context.day.known:
            words = f"{speech.checkpoint(named[0])}节点{speech.day(each.filed)}公布的一份报告已撤下。缘由：{each.ground}。"
            yield Change(each.published, f"撤下（{each.published}）", words, checkpoint=named[0])
