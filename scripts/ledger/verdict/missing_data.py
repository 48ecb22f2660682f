"""What 数据不全 says: which due things nothing public speaks of, and why.

Source: status.md, state 5.  “已报送，没有提到” is said only of a report that came, can still be read, and does not name the thing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from ..phrases.phrasebook import Speech
from .deliverables import PiecePart
from .indicators import NumberPart
from .judgement import Judgement
from .terms import Duty

Lack = Literal["interim", "other_day", "unmentioned", "withdrawn", "unkept", "parked", "unasked"]
"""Only words from before the due day; a number of another day; a report came and does not speak of it; the report was withdrawn; it
was public, is not kept, and was not known to be withdrawn yet; a change moved it past the plan's end; no report had to come."""


def missing_sentences(found: Judgement, speech: Speech) -> Iterator[str]:
    """One sentence for each reason why something due is not known."""
    states = speech.words.states
    said = {
        "interim": states.interim,
        "other_day": states.other_day,
        "unmentioned": states.incomplete.sentence,
        "withdrawn": states.withdrawn,
        "unkept": states.unkept,
        "parked": states.parked,
        "unasked": states.unasked,
    }
    lacking: dict[Lack, list[str]] = {}
    parts: tuple[NumberPart | PiecePart, ...] = (*found.numbers, *found.pieces)
    for part in parts:
        if part.missing:
            lack = _lack(part, found)
            item = states.item_of_day if lack == "other_day" else states.item
            lacking.setdefault(lack, []).append(speech.say(item, name=_name(part), due=speech.day(_duty(part).due)))
    for lack, items in lacking.items():
        yield speech.say(said[lack], missing="".join(dict.fromkeys(items)))


def _duty(part: NumberPart | PiecePart) -> Duty:
    return part.latest if isinstance(part, NumberPart) else part.piece


def _name(part: NumberPart | PiecePart) -> str:
    return part.indicator.name if isinstance(part, NumberPart) else part.piece.text


def _lack(part: NumberPart | PiecePart, found: Judgement) -> Lack:
    duty, seen = _duty(part), found.seen
    if part.interim:
        return "interim"
    if isinstance(part, NumberPart) and any(position >= duty.position for position in seen.values(part.indicator.id)):
        return "other_day"
    if any(filing.position >= duty.position for filing in seen.filings):
        return "unmentioned"
    if gone := [each for each in seen.removed if each.position >= duty.position]:
        return "withdrawn" if any(each.told for each in gone) else "unkept"
    return "parked" if duty.parked else "unasked"
