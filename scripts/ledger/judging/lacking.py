"""What 数据不全 says: which due things nothing public speaks of, and why.

Source: status.md, state 5.  「已报送，没有提到」 is said only of a report that came and can still be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from ..rulebook.speech import Speech
from .judgement import Judgement
from .seen import Seen

Lack = Literal["unmentioned", "withdrawn", "unasked"]
"""A report came and does not speak of it; the report was withdrawn; no report had to come."""


def missing_sentences(found: Judgement, seen: Seen, speech: Speech) -> Iterator[str]:
    """One sentence for each reason why something due is not known."""
    words = speech.words.states
    said = {"unmentioned": words.incomplete.sentence, "withdrawn": words.withdrawn, "unasked": words.unasked}
    lacking: dict[Lack, list[str]] = {}
    for position, name in _missing(found):
        lacking.setdefault(_lack(position, seen), []).append(speech.say(words.item, name=name))
    for lack, items in lacking.items():
        yield speech.say(said[lack], missing="".join(items))


def _missing(found: Judgement) -> Iterator[tuple[int, str]]:
    """What is not mentioned, with the checkpoint that it fell due in."""
    yield from ((part.latest.position, part.indicator.name) for part in found.numbers if part.missing)
    yield from ((part.piece.position, part.piece.text) for part in found.pieces if part.missing)


def _lack(position: int, seen: Seen) -> Lack:
    if any(filing.position >= position for filing in seen.filings):
        return "unmentioned"
    return "withdrawn" if any(place >= position for place, _ in seen.removed) else "unasked"
