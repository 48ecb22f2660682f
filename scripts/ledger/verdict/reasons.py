"""Why a colour: one sentence for each judged part, with its numbers and dates.

Source: status.md, "Every colour carries its sentence of reasons"; product.md, "Words".  The
parenthesis with the rule stands beside the parts that settled the colour.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from ..model.rules import COLOURS, Colour, Lateness
from ..phrases.formats import number_words, range_words
from ..phrases.phrasebook import Speech
from .deliverables import PiecePart, ProblemPart
from .evidence import Seen
from .indicators import NumberPart
from .judgement import Judgement
from .terms import sums_up

Kind = Literal["number", "done", "late", "overdue", "problem", "accepted", "awaiting", "verdict", "revision", "state"]


@dataclass(frozen=True)
class Reason:
    """One reason: what it speaks of, the colour that it argues for (None: none), its figures and days, and the sentence.

    `subject` is the id of an indicator, deliverable or problem, or the document of a revision; `due` the day promised, `days` how late.
    """

    kind: Kind
    sentence: str
    colour: Colour | None = None
    subject: str = ""
    due: date | None = None
    days: int | None = None
    planned: Decimal | None = None
    actual: Decimal | None = None


def part_reasons(found: Judgement, seen: Seen, speech: Speech) -> list[Reason]:
    """The reasons for a judgement's colour: all parts that are behind, worst first; when none is, what was met."""
    said = [
        *(_number(part, found.colour, speech) for part in found.numbers if part.actual is not None and part.step),
        *(_piece(part, found.colour, seen.as_of, speech) for part in found.pieces if part.state in ("partial", "not_done")),
        *(_problem(part, found.colour, speech) for part in found.problems),
    ]
    behind = [reason for reason in said if reason.colour not in ("blue", "green")]
    if behind:
        return sorted(behind, key=lambda reason: -COLOURS.index(reason.colour or "green"))
    return [*said, *_met(found, seen, speech)]


def _met(found: Judgement, seen: Seen, speech: Speech) -> Iterator[Reason]:
    words, done = speech.words.reasons, [part for part in found.pieces if part.state == "done"]
    if done:
        yield Reason("done", speech.say(words.done, count=len(done)), "green")
    for part in done:
        if part.days and part.done_on:
            late = speech.say(
                words.late, text=part.piece.text, due=speech.day(part.piece.due), done=speech.day(part.done_on), days=part.days
            )
            yield Reason("late", late, "green", part.piece.id, part.piece.due, part.days)
    if found.colour == "blue" and seen.acceptance:
        each = seen.acceptance
        yield Reason(
            "accepted", speech.say(words.accepted, by=each.by, accepted_on=speech.day(each.accepted_on), document=each.document), "blue"
        )
    elif found.complete:
        yield Reason("awaiting", speech.say(words.awaiting), "green")


def _noted(sentence: str, note: str | None, speech: Speech) -> str:
    return sentence + speech.say(speech.words.reasons.note, text=note) if note else sentence


# ---------------------------------------------------------------- numbers


def _number(part: NumberPart, headline: Colour | None, speech: Speech) -> Reason:
    step, actual = part.step, part.actual
    assert step and actual is not None and part.colour
    words = speech.words.reasons
    sentence = speech.say(words.named, name=part.indicator.name) + _compared(part, speech)
    note = _number_note(part, speech) if part.colour == headline and part.rule != "met" else None
    planned = step.bound.low if step.bound.low is not None else step.bound.high
    return Reason("number", _noted(sentence, note, speech), part.colour, part.indicator.id, step.due, None, planned, actual)


def _compared(part: NumberPart, speech: Speech) -> str:
    """What was due, what is, and the share where it misses."""
    assert part.step and part.actual is not None
    words, bound = speech.words.reasons, part.step.bound
    values = {"due": speech.due(part.step.due), "unit": part.indicator.unit, "actual": number_words(part.actual)}
    if bound.low is not None and bound.high is not None:
        ends = {"low": number_words(bound.low), "high": number_words(bound.high)}
        said = speech.say(words.between, range=range_words(bound.low, bound.high, part.indicator.unit), **ends, **values)
    elif bound.high is not None:
        said = speech.say(words.at_most, planned=number_words(bound.high), **values)
    else:
        kind = words.paced if part.step.paced else words.cumulative if sums_up(part.indicator) else words.at_least
        said = speech.say(kind, planned=number_words(bound.low or Decimal(0)), **values)
    if part.rule in ("met", "none_allowed"):
        return said
    share = words.share_of_plan if bound.high is None else words.share_of_limit if bound.low is None else words.share_of_range
    return said + speech.say(share, percent=speech.percent(*bound.share(part.actual)))


def _number_note(part: NumberPart, speech: Speech) -> str:
    """The rule that settled a number's colour."""
    assert part.step and part.actual is not None and part.colour
    words, rules, colour = speech.words.reasons, speech.rules, speech.colour(part.colour)
    short = part.step.bound.short(part.actual)
    match part.rule:
        case "small":
            return speech.say(
                words.small, short=number_words(short), unit=part.indicator.unit, limit=_percent(rules.small.share), colour=colour
            )
        case "points":
            red = part.colour == "red"
            limit = rules.points.red if red else rules.points.orange
            return speech.say(
                words.points_red if red else words.points, short=number_words(short), limit=number_words(limit), colour=colour
            )
        case "unmet":
            return speech.say(words.unmet, colour=colour)
        case "pace_cap":
            return speech.say(words.pace_cap, colour=colour)
        case "none_allowed":
            return speech.say(words.none_allowed, colour=colour)
    return _band_note(part.colour, speech)


def _band_note(colour: Colour, speech: Speech) -> str:
    """75%以上、不足90%为橙 — the band of a share, from the rules."""
    words, name = speech.words.reasons, speech.colour(colour)
    yellow, orange = _percent(speech.rules.bands.yellow), _percent(speech.rules.bands.orange)
    if colour == "yellow":
        return speech.say(words.band_yellow, low=yellow, colour=name)
    return (
        speech.say(words.band_orange, low=orange, high=yellow, colour=name)
        if colour == "orange"
        else speech.say(words.band_red, high=orange, colour=name)
    )


def _percent(share: Decimal) -> str:
    return number_words(share * 100)


# ---------------------------------------------------------------- days


def _piece(part: PiecePart, headline: Colour | None, as_of: date, speech: Speech) -> Reason:
    words = speech.words.reasons
    kind = words.partly if part.state == "partial" else words.overdue
    sentence = speech.say(kind, text=part.piece.text, due=speech.day(part.piece.due), as_of=speech.day(as_of), days=part.days)
    note = _days_note(part.colour, speech.rules.lateness, speech) if part.colour == headline else None
    return Reason("overdue", _noted(sentence, note, speech), part.colour, part.piece.id, part.piece.due, part.days)


def _days_note(colour: Colour | None, limits: Lateness, speech: Speech) -> str:
    words = speech.words.reasons
    if colour == "red":
        return speech.say(words.days_red, last=limits.orange, colour=speech.colour(colour))
    first, last = (1, limits.yellow) if colour == "yellow" else (limits.yellow + 1, limits.orange)
    return speech.say(words.days, first=first, last=last, colour=speech.colour(colour or "orange"))


def _problem(part: ProblemPart, headline: Colour | None, speech: Speech) -> Reason:
    words, trouble, limits = speech.words.reasons, part.trouble, speech.rules.rectification
    sentences = []
    if part.days:
        overdue = words.problem_again if part.rested else words.problem
        sentences.append(speech.say(overdue, id=trouble.id, rectify_by=speech.day(trouble.rectify_by), days=part.days))
    if trouble.reopened_on:
        sentences.append(speech.say(words.reopened, id=trouble.id, reopened_on=speech.day(trouble.reopened_on)))
    note = None
    if part.colour == headline:
        by_days = part.days > limits.yellow or not trouble.reopened_on
        note = _days_note(part.colour, limits, speech) if by_days else speech.say(words.reopening, colour=speech.colour(part.colour))
    sentence = _noted(speech.say(words.join).join(sentences), note, speech)
    return Reason("problem", sentence, part.colour, trouble.id, trouble.rectify_by, part.days)
