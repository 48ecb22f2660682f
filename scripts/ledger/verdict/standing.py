"""Where a task stands on one day: its colour or state, its marks, its sentence of reasons.

Source: status.md, the whole.  A pure function of plan, records, rules, `as_of` and `known`: no
clock, no file.  `as_of` is the day judged, `known` the last publication day that counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ..model.promise import Promise
from ..model.rules import Colour, Frozen, Rules, State
from ..model.testimony import Records
from ..model.wordbook import Publisher
from ..phrases.phrasebook import Badge, Speech, Verdict
from .deliverables import PiecePart, ProblemPart
from .evidence import Seen, see
from .indicators import NumberPart
from .judgement import judgement
from .marks import Mark, mark, part_marks
from .missing_data import missing_sentences
from .other_verdicts import Official, Past, differing, last_colour, official
from .reasons import Reason, part_reasons
from .revisions import Verdicts, revision_marks, revision_reasons, verdicts


@dataclass(frozen=True)
class Standing:
    """A task on one day.  Exactly one of `colour` and `state` is set.

    `before`: during a 暂缓, the verdict of the earlier duties.  `last`: the last coloured checkpoint before the present one.
    `silent`: how many required reports are missing in a row.  `verdicts`: by the original and the changed targets, None without a
    change.  `sentence`: everything said, colour first.  `numbers`, `pieces`, `problems`: the judged parts, empty without data.
    """

    task: int
    as_of: date
    known: date
    rules_version: int
    colour: Colour | None
    state: State | Frozen | None
    badge: Badge
    before: Verdict | None
    last: Past | None
    silent: int
    verdicts: Verdicts | None
    official: Official | None
    marks: tuple[Mark, ...]
    reasons: tuple[Reason, ...]
    sentence: str
    numbers: tuple[NumberPart, ...]
    pieces: tuple[PiecePart, ...]
    problems: tuple[ProblemPart, ...]

    @property
    def verdict(self) -> Verdict:
        verdict = self.colour or self.state
        assert verdict is not None  # one of the two is always set
        return verdict


def standing(
    promise: Promise,
    number: int,
    records: Records,
    rules: Rules,
    as_of: date,
    known: date | None = None,
    publisher: Publisher = "independent",
) -> Standing:
    """The standing of task `number`.  `known` defaults to `as_of`."""
    seen = see(promise, number, records, as_of, known or as_of)
    speech = Speech(rules, publisher, promise.plan.year)
    if seen.opened is None:
        return _without_data(number, seen, speech)
    return _Stand(promise, number, records, seen, speech).standing()


def _without_data(number: int, seen: Seen, speech: Speech) -> Standing:
    """State 1: reporting has not opened, so nothing else is said."""
    return unargued(number, (seen.as_of, seen.known), (None, "no_data"), speech.say(speech.words.states.no_data.sentence), speech)


def unargued(
    number: int, days: tuple[date, date], verdict: tuple[Colour | None, State | Frozen | None], sentence: str, speech: Speech
) -> Standing:
    """A standing of which nothing but the verdict, as (colour, state), and one sentence is known.  `days`: (as_of, known)."""
    colour, state = verdict
    return Standing(
        task=number,
        as_of=days[0],
        known=days[1],
        rules_version=speech.rules.version,
        colour=colour,
        state=state,
        badge=speech.badge(colour or state or "unsaved"),
        before=None,
        last=None,
        silent=int(state == "unreported"),
        verdicts=None,
        official=None,
        marks=(),
        reasons=(Reason("state", sentence),),
        sentence=sentence,
        numbers=(),
        pieces=(),
        problems=(),
    )


class _Stand:
    """Puts one standing together from its judgements."""

    def __init__(self, promise: Promise, number: int, records: Records, seen: Seen, speech: Speech) -> None:
        self.promise, self.number, self.records, self.seen, self.speech = promise, number, records, seen, speech
        self.found = judgement(promise, number, seen, speech.rules, "headline")
        self.suspension = next((each for each in reversed(seen.suspensions) if each.published <= seen.as_of <= each.review_by), None)
        self.verdicts = verdicts(promise, number, seen, speech.rules, self.found)
        self.last = last_colour(promise, number, records, speech.rules, self.found)
        self.official = official(self.number, seen)

    def standing(self) -> Standing:
        found, seen, suspended = self.found, self.seen, self.suspension is not None
        reasons = tuple(self._reasons())
        return Standing(
            task=self.number,
            as_of=seen.as_of,
            known=seen.known,
            rules_version=self.speech.rules.version,
            colour=None if suspended else found.colour,
            state="suspended" if suspended else found.state,
            before=found.verdict if suspended else None,
            badge=self.speech.badge(self._verdict),
            last=self.last,
            silent=len(found.silent),
            verdicts=self.verdicts,
            official=self.official,
            marks=tuple(self._marks()),
            reasons=reasons,
            sentence=self._sentence(reasons),
            numbers=found.numbers,
            pieces=found.pieces,
            problems=found.problems,
        )

    def _marks(self) -> Iterator[Mark]:
        yield from part_marks(self.promise, self.number, self.found, self.seen, self.speech)
        yield from revision_marks(self.verdicts, self.speech)
        yield from self._inspection()

    def _inspection(self) -> Iterator[Mark]:
        """Where the inspection's colour of the present checkpoint is another than ours of the same checkpoint."""
        theirs, speech = self.official, self.speech
        ours = theirs and differing(theirs, self.promise, self.number, self.records, speech.rules, self.seen)
        if theirs and ours:
            checkpoint, colour = speech.checkpoint(theirs.checkpoint), speech.colour(theirs.colour)
            yield mark(speech, "differs", checkpoint=checkpoint, colour=colour, document=theirs.document, ours=speech.colour(ours))

    def _reasons(self) -> Iterator[Reason]:
        found = self.found
        if not self.suspension and found.colour:
            yield from part_reasons(found, self.seen, self.speech)
        yield from revision_reasons(self.promise, self.number, self.verdicts, self.seen, self.speech)
        state: State | None = "suspended" if self.suspension else found.state or found.beside
        if state:
            yield Reason("state", "".join(self._state_sentences(state)))

    def _sentence(self, reasons: tuple[Reason, ...]) -> str:
        """The colour with its reasons; then, as sentences of their own, what a state or a missing report says."""
        words, colour = self.speech.words.reasons, None if self.suspension else self.found.colour
        own = "".join(reason.sentence for reason in reasons if reason.kind == "state")
        argued = self.speech.say(words.join).join(reason.sentence for reason in reasons if reason.kind != "state")
        if colour is None and not argued:
            return own
        name = self.speech.colour(colour) if colour else self.speech.verdict(self._verdict)
        said = words.verdict_revised if self.verdicts and self.verdicts.by_revised and not self.suspension else words.verdict
        return self.speech.say(said, colour=name, reasons=argued) + own

    @property
    def _verdict(self) -> Verdict:
        return "suspended" if self.suspension else self.found.verdict

    def _state_sentences(self, state: State) -> Iterator[str]:
        speech = self.speech
        said = speech.state_words(state).sentence
        match state:
            case "suspended" if self.suspension:
                each = self.suspension
                approved_on, review_by, before = (
                    speech.day(each.approved_on),
                    speech.day(each.review_by),
                    speech.verdict(self.found.verdict),
                )
                yield speech.say(
                    said, approver=each.approver, approved_on=approved_on, document=each.document, review_by=review_by, before=before
                )
            case "unreported":
                yield self._unreported(self.found.silent[-1])
                if len(self.found.silent) >= speech.rules.in_a_row:
                    yield speech.say(speech.words.states.in_a_row, count=len(self.found.silent))
                if self.last:
                    yield speech.say(
                        speech.words.states.last, colour=speech.colour(self.last.colour), checkpoint=speech.checkpoint(self.last.checkpoint)
                    )
            case "incomplete":
                yield from missing_sentences(self.found, speech)
            case "not_due" if report_due := self._awaited():
                yield speech.say(speech.words.states.awaiting, report_due=speech.day(report_due))
            case _:
                yield speech.say(said)

    def _awaited(self) -> date | None:
        """Until when the report is awaited that a target past its day is judged by; None where nothing is past its day, or no report is owed."""
        owed, as_of = self.found.owed, self.seen.as_of
        waiting = [duty.position for duty in owed.all if not duty.dropped and duty.due < as_of]
        days = [owed.last_days[each] for each in owed.required if waiting and each >= min(waiting) and owed.last_days[each] >= as_of]
        return min(days, default=None)

    def _unreported(self, position: int) -> str:
        """Which report is missing: a checkpoint's, or that of a day after the last checkpoint to which a target was moved."""
        owed, points, states = self.found.owed, self.promise.plan.checkpoints, self.speech.words.states
        days = {"report_due": self.speech.day(owed.last_days[position]), "as_of": self.speech.day(self.seen.as_of)}
        if position >= len(points):
            return self.speech.say(states.unreported_moved, due=self.speech.day(owed.beyond[position - len(points)]), **days)
        return self.speech.say(states.unreported.sentence, checkpoint=self.speech.checkpoint(points[position].id), **days)
