"""Changed targets: both verdicts, the number of changes, and what each one changed.

Source: status.md, "Changed targets".  The headline follows a change only if it was approved and
published early enough before the original due day; the original target stays visible for ever.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Literal

from ..model.promise import Promise
from ..model.records import Revision
from ..model.rules import Rules
from ..phrases.formats import number_words
from ..phrases.phrasebook import Speech, Verdict
from .evidence import Seen
from .judgement import Judgement, judgement
from .marks import Mark, mark
from .obligations import duties
from .reasons import Reason
from .terms import Duties, Duty, gives_notice, speaks_of

Undecided = Literal["undecided"]
"""没法评定: what the original targets would need was in a report that a change has removed."""


@dataclass(frozen=True)
class Verdicts:
    """The verdicts by the original and by the changed targets.

    `count`: how many decisions changed targets; `by_revised`: whether the headline judges a changed target as changed;
    `by_all`: whether it judges as if every change counted.  `original` is `undecided`
    (没法评定) where it lacks only values of reports that a change has removed.  Both differ only once a changed target is judged.
    """

    original: Verdict | Undecided
    revised: Verdict
    count: int
    by_revised: bool
    by_all: bool


def verdicts(promise: Promise, task: int, seen: Seen, rules: Rules, headline: Judgement) -> Verdicts | None:
    """Both verdicts of a task whose targets were changed; None where they never were."""
    if not seen.revisions:
        return None
    original = judgement(promise, task, seen, rules, "original")
    revised = judgement(promise, task, seen, rules, "revised")
    count = len(decisions(seen.revisions))
    mine: Verdict | Undecided = "undecided" if original.undecided else original.verdict
    return Verdicts(mine, revised.verdict, count, not headline.like(original), headline.like(revised))


def decisions(revisions: Sequence[Revision]) -> list[tuple[Revision, ...]]:
    """The changes that one document made on one day, together, in the order of their announcement."""
    ordered = sorted(revisions, key=_decision)
    return [tuple(group) for _, group in groupby(ordered, key=_decision)]


def _decision(revision: Revision) -> tuple[date, date, str]:
    return revision.announced, revision.approved_on, revision.document


def revision_marks(both: Verdicts | None, speech: Speech) -> Iterator[Mark]:
    """“按原目标：红” beside a headline that follows a change, “按调整后目标：绿” beside one that does not; and the number of changes."""
    if both is None:
        return
    if both.by_revised:
        yield mark(speech, "by_original", verdict=_name(both.original, speech))
    if not both.by_all:
        yield mark(speech, "by_every_change" if both.by_revised else "by_revised", verdict=speech.verdict(both.revised))
    yield mark(speech, "revisions", count=both.count)


def revision_reasons(promise: Promise, task: int, both: Verdicts | None, seen: Seen, speech: Speech) -> Iterator[Reason]:
    """The other verdict, and what each decision changed, when, and whether it counts."""
    if both is None:
        return
    for sentence in _other_verdicts(both, speech):
        yield Reason("verdict", sentence)
    original, headline = (duties(promise, task, seen, speech.rules, reading) for reading in ("original", "headline"))
    for changes in decisions(seen.revisions):
        yield Reason("revision", _told(promise, task, changes, original, headline, speech), subject=changes[0].document)


def _other_verdicts(both: Verdicts, speech: Speech) -> Iterator[str]:
    words = speech.words.reasons
    if both.by_revised:
        yield speech.say(
            words.original_verdict if both.original != "undecided" else words.original_undecided, verdict=_name(both.original, speech)
        )
    elif both.by_all:
        yield speech.say(words.unchanged, verdict=_name(both.original, speech))
    if not both.by_all:
        said = words.every_change_verdict if both.by_revised else words.revised_verdict
        yield speech.say(said, verdict=speech.verdict(both.revised))


def _name(verdict: Verdict | Undecided, speech: Speech) -> str:
    """The name of a verdict, or that there can be none."""
    return speech.say(speech.words.reasons.undecided) if verdict == "undecided" else speech.verdict(verdict)


# ---------------------------------------------------------------- what was changed


def _told(promise: Promise, task: int, changes: Sequence[Revision], original: Duties, headline: Duties, speech: Speech) -> str:
    """One decision: its document and days, each change with its target and month, and whether they count."""
    words = speech.words.reasons
    noticed = {"in_time": list[Revision](), "parked": list[Revision](), "too_late": list[Revision]()}
    for each in changes:
        noticed[_effect(each, _due(each, original), headline, speech)].append(each)
    said = []
    for effect, mine in noticed.items():
        if mine:
            days = sorted({_due(each, original) for each in mine})
            due = speech.say(words.listed).join(speech.day(day) for day in days)
            notice = speech.say(getattr(words, effect), due=due, days=speech.rules.notice_days)
            said.append(speech.say(words.noticed, changes=_changed(promise, task, mine, original, speech), notice=notice))
    return speech.say(
        words.revised, document=changes[0].document, decided=_decided(changes[0], speech), changes=speech.say(words.join).join(said)
    )


def followed(promise: Promise, task: int, seen: Seen, rules: Rules) -> list[Revision]:
    """The changes that the headline follows: of each target the latest that gave notice enough."""
    if not seen.revisions:
        return []
    original = duties(promise, task, seen, rules, "original")
    noticed = [each for each in seen.revisions if gives_notice(each, _due(each, original), rules)]
    return list({(each.cell, each.indicator, each.deliverable): each for each in noticed}.values())


def _effect(revision: Revision, due: date, headline: Duties, speech: Speech) -> Literal["in_time", "parked", "too_late"]:
    """Whether the headline follows a change: it gave notice enough, and did not move the target past the plan's closing day."""
    if not gives_notice(revision, due, speech.rules):
        return "too_late"
    moved = isinstance(revision.after, date) and any(duty.parked for duty in headline.each if speaks_of(revision, duty))
    return "parked" if moved else "in_time"


def _changed(promise: Promise, task: int, changes: Sequence[Revision], original: Duties, speech: Speech) -> str:
    """The changes one after another; a target that several of them speak of is named once."""
    said, named = [], ""
    for each in changes:
        subject, unit = _subject(promise, task, each)
        name = "" if subject == named else speech.say(speech.words.reasons.subject, text=subject)
        said.append(name + _change(each, unit, original, speech))
        named = subject
    return speech.say(speech.words.reasons.listed).join(said)


def _change(revision: Revision, unit: str, original: Duties, speech: Speech) -> str:
    words, due = speech.words.reasons, speech.due(_due(revision, original))
    before, after = _value(revision.before, speech), _value(revision.after, speech)
    of_year = revision.indicator is not None and revision.cell is None
    match revision.change:
        case "value":
            said = words.year_revised if of_year else words.value_revised
            return speech.say(said, due=due, before=before, after=after, unit=unit)
        case "due":
            return speech.say(words.due_revised, before=before, after=after)
    return speech.say(words.year_dropped if of_year else words.drop_revised, due=due)


def _due(revision: Revision, original: Duties) -> date:
    """The original due day of what a change speaks of, the last of several; of a number's year, the year's."""
    mine: list[Duty] = [duty for duty in original.each if speaks_of(revision, duty)]
    return max((duty.due for duty in mine), default=revision.announced)


def _decided(revision: Revision, speech: Speech) -> str:
    words = speech.words.reasons
    if revision.approved_on == revision.published:
        return speech.say(words.decided_at_once, day=speech.day(revision.published))
    return speech.say(words.decided, approved_on=speech.day(revision.approved_on), published=speech.day(revision.published))


def _subject(promise: Promise, task: int, revision: Revision) -> tuple[str, str]:
    """What a change speaks of, and its unit: an indicator's name, a deliverable's text, else the cell's without its full stop."""
    promised = promise.tasks[task]
    for indicator in promised.indicators:
        if indicator.id == revision.indicator:
            return indicator.name, indicator.unit
    cell = promised.milestones[int((revision.deliverable or str(revision.cell)).partition("-")[0]) - 1]
    order = int(revision.deliverable.partition("-")[2]) if revision.deliverable else 0
    return (cell.deliverables[order - 1].text if order else cell.text.rstrip("。")), ""


def _value(value: Decimal | date | None, speech: Speech) -> str:
    return number_words(value) if isinstance(value, Decimal) else speech.day(value) if value else ""
