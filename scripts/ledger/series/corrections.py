"""What was corrected, by whom, why, and what it did to the colour.

Source: product.md, "Words" (更正); data.md: nothing published is edited, a later file corrects.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from ..model.promise import Promise
from ..model.records import Report, by_day
from ..model.rules import Rules
from ..model.testimony import KINDS, Records
from ..model.wordbook import Publisher
from ..phrases.formats import number_words
from ..phrases.phrasebook import Speech, Verdict
from ..verdict.standing import standing
from ..verdict.terms import report_due


@dataclass(frozen=True)
class Correction:
    """One corrected value: the file that corrects, what it speaks of, the words before and after, both verdicts of the checkpoint."""

    report: str
    checkpoint: str
    published: date
    subject: str
    before: str
    after: str
    verdict_before: Verdict
    verdict_after: Verdict
    sentence: str


def corrections(
    promise: Promise, task: int, records: Records, rules: Rules, known: date, publisher: Publisher = "independent"
) -> tuple[Correction, ...]:
    """Every correction of one task that is public on `known`, by checkpoint and file."""
    speech = Speech(rules, publisher, promise.plan.year)
    points = [point.id for point in promise.plan.checkpoints]
    found: list[Correction] = []
    for checkpoint, sequence, key in records.reports_of.get(task, ()):
        report = records.reports[key]
        if checkpoint in points and report.corrects is not None and report.published <= known:
            earlier = [records.reports[k] for c, s, k in records.reports_of[task] if c == checkpoint and s < sequence]
            verdicts = _verdicts(promise, task, records, rules, points.index(checkpoint), key)
            found.extend(_corrected(promise, task, key, report, earlier, verdicts, speech))
    return tuple(found)


def _verdicts(promise: Promise, task: int, records: Records, rules: Rules, position: int, key: str) -> tuple[Verdict, Verdict]:
    """The checkpoint's verdict without the correcting file and with it, both as known on its day."""
    day, known = report_due(promise, position, rules) + timedelta(1), records.reports[key].published
    rest = {kind: getattr(records, kind) for kind in KINDS} | {"reports": {k: report for k, report in records.reports.items() if k != key}}
    without = standing(promise, task, Records.model_construct(**rest), rules, day, known)
    return without.verdict, standing(promise, task, records, rules, day, known).verdict


def _corrected(
    promise: Promise, task: int, key: str, report: Report, earlier: list[Report], verdicts: tuple[Verdict, Verdict], speech: Speech
) -> Iterator[Correction]:
    checkpoint, words = key.partition("/")[0], speech.words.corrections
    old, new = verdicts
    change = speech.say(words.same) if old == new else speech.say(words.changed, before=speech.verdict(old), after=speech.verdict(new))
    for subject, before, after in _changes(promise, task, report, earlier, speech):
        sentence = speech.say(
            words.sentence,
            published=report.published,
            checkpoint=speech.checkpoint(checkpoint),
            subject=subject,
            before=before,
            after=after,
            change=change,
            by=report.by,
            reason=report.reason,
        )
        yield Correction(key, checkpoint, report.published, subject, before, after, old, new, sentence)


def _changes(promise: Promise, task: int, report: Report, earlier: list[Report], speech: Speech) -> Iterator[tuple[str, str, str]]:
    """(subject, before, after) of each value that differs from the last one told; a value told for the first time is no correction."""
    names = {each.id: each for each in promise.tasks[task].indicators}
    for (name, day), value in by_day(report.indicators).items():
        told = [values[name, day] for each in earlier if (name, day) in (values := by_day(each.indicators))]
        if told and told[-1] != value and name in names:
            subject = names[name].name + (speech.say(speech.words.corrections.of_day, day=speech.day(day)) if day else "")
            yield subject, _said(told[-1], names[name].unit, speech), _said(value, names[name].unit, speech)
    texts = {
        f"{c}-{i}": piece.text
        for c, cell in enumerate(promise.tasks[task].milestones, start=1)
        for i, piece in enumerate(cell.deliverables, start=1)
    }
    for piece, word in report.deliverables.items():
        spoken = [each.deliverables[piece] for each in earlier if piece in each.deliverables]
        if spoken and spoken[-1] != word and piece in texts:
            yield texts[piece], _said(spoken[-1], "", speech), _said(word, "", speech)


def _said(value: Decimal | str, unit: str, speech: Speech) -> str:
    """560个, or the word for done, partial, not_done, withdrawn."""
    return f"{number_words(value)}{unit}" if isinstance(value, Decimal) else speech.say(getattr(speech.words.corrections, value))
