"""What stands beside a colour or state: marks, each with its words.

Source: status.md, passim; the kinds are the keys of `words.marks` in the rules file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ..model.promise import Promise
from ..phrases.formats import number_words
from ..phrases.phrasebook import Speech
from ..plan.schedule import spans
from .deliverables import PiecePart, piece_part
from .evidence import Seen
from .indicators import counting, heard
from .judgement import Judgement
from .terms import Piece, Step, sums_up


@dataclass(frozen=True)
class Mark:
    """One mark: its kind (a key of `words.marks`), its words, and the id of what it speaks of ("" : the task)."""

    kind: str
    text: str
    subject: str = ""


def part_marks(promise: Promise, task: int, found: Judgement, seen: Seen, speech: Speech) -> Iterator[Mark]:
    """All marks of one judgement, except those that compare it with another verdict (see `standing`)."""
    if found.beside:
        yield mark(speech, found.beside)
    if len(found.silent) >= speech.rules.in_a_row:
        yield mark(speech, "in_a_row", count=len(found.silent))
    if found.dropped and "dropped" not in (found.state, found.beside):
        yield mark(speech, "dropped")
    yield from _numbers(found, speech)
    yield from _pieces(found, speech)
    yield from _early(promise, found, speech)
    yield from _interim(promise, found, speech)
    if found.complete and found.colour == "green":
        yield mark(speech, "awaiting")
    yield from _problems(found, seen, speech)
    yield from _unscheduled(promise, task, found, seen, speech)


def mark(speech: Speech, kind: str, subject: str = "", **values: object) -> Mark:
    """A mark of one kind, its blanks filled."""
    return Mark(kind, speech.say(getattr(speech.words.marks, kind), **values), subject)


def _numbers(found: Judgement, speech: Speech) -> Iterator[Mark]:
    for part in found.numbers:
        name = part.indicator.id
        if part.step and part.step.annual and part.colour != "green":
            yield mark(speech, "unmet", name)
        if part.step and part.step.paced:
            yield mark(speech, "paced", name)
        if part.indicator.readings:
            yield mark(speech, "readings", name)


def _pieces(found: Judgement, speech: Speech) -> Iterator[Mark]:
    for part in found.pieces:
        if part.state == "partial":
            yield mark(speech, "partial", part.piece.id, text=part.piece.text)
        if part.state == "done" and part.days:
            yield mark(speech, "finished_late", part.piece.id, text=part.piece.text, days=part.days)


def _early(promise: Promise, found: Judgement, speech: Speech) -> Iterator[Mark]:
    """Things met before their day: pieces reported done, sums that have already reached a plan yet to fall due."""
    seen = found.seen
    for piece in found.owed.pieces:
        if piece.ages_from >= seen.as_of and not piece.dropped and _part(piece, found, speech).state == "done":
            yield mark(speech, "early", piece.id, text=piece.text)
    for steps in _numbers_of(found):
        counted = counting(steps, seen, [point.id for point in promise.plan.checkpoints])
        if counted and sums_up(steps[0].indicator) and any(step.bound.holds(counted[-1].value) for step in _ahead(steps, seen)):
            yield mark(speech, "early", steps[0].indicator.id, text=steps[0].indicator.name)


def _interim(promise: Promise, found: Judgement, speech: Speech) -> Iterator[Mark]:
    """中期数: what was said before the due day and is not judged, until a word of that day or later comes."""
    for piece in found.owed.pieces:
        word = None if piece.dropped else _part(piece, found, speech).interim
        if word:
            state = speech.say(getattr(speech.words.corrections, word.report.deliverables[piece.id]))
            yield mark(speech, "interim_piece", piece.id, text=piece.text, state=state, published=speech.day(word.report.published))
    for steps in _numbers_of(found):
        told = heard(steps, found.seen, [point.id for point in promise.plan.checkpoints])
        last = max((each.position for each in told if each.counts(found.seen.as_of)), default=-1)
        for each in told:
            if each.interim and each.step and each.step.position > last:
                value = f"{number_words(each.value)}{steps[0].indicator.unit}"
                text = speech.say(
                    speech.words.marks.interim, name=steps[0].indicator.name, value=value, published=speech.day(each.published)
                )
                yield Mark("interim", text, steps[0].indicator.id)


def _part(piece: Piece, found: Judgement, speech: Speech) -> PiecePart:
    return piece_part(piece, found.owed.last_days[piece.position], found.seen, speech.rules)


def _numbers_of(found: Judgement) -> Iterator[list[Step]]:
    """The steps of each number."""
    yield from (list(group) for _, group in groupby(found.owed.steps, key=lambda step: step.indicator.id))


def _ahead(steps: Sequence[Step], seen: Seen) -> Iterator[Step]:
    """The plans yet to fall due that ask for something: not those of an unsettled number, nor those equal to one whose day has passed."""
    asked = [step.bound for step in steps if step.ages_from < seen.as_of and not step.dropped]
    for step in steps:
        settled = not step.indicator.readings and not step.dropped and not step.bound.empty
        if settled and step.ages_from >= seen.as_of and step.bound not in asked:
            yield step


def _problems(found: Judgement, seen: Seen, speech: Speech) -> Iterator[Mark]:
    coloured = {part.trouble.id for part in found.problems}
    for trouble in seen.troubles:
        if trouble.open and trouble.id not in coloured:
            yield mark(speech, "open_problem", trouble.id, id=trouble.id, rectify_by=speech.day(trouble.rectify_by))
        if trouble.open and trouble.extended_to:
            yield mark(
                speech,
                "extended",
                trouble.id,
                id=trouble.id,
                extended_to=speech.day(trouble.extended_to),
                rectify_by=speech.day(trouble.rectify_by),
            )


def _unscheduled(promise: Promise, task: int, found: Judgement, seen: Seen, speech: Speech) -> Iterator[Mark]:
    """Reports for checkpoints where the table prints “——”: allowed, and marked."""
    row, points = promise.tasks[task], promise.plan.checkpoints
    empty = {
        p
        for cell, span in zip(row.milestones, spans(row, points), strict=True)
        if cell.kind == "none" and span.certain
        for p in range(span.first[0], span.last[0] + 1)
    }
    for position in sorted((empty & set(seen.first_reports)) - set(found.owed.required)):
        yield mark(speech, "unscheduled_report", points[position].id, checkpoint=speech.checkpoint(points[position].id))
