"""What a task owes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from scripts.ledger.phrases.formats import bound_words
from scripts.ledger.verdict.obligations import duties
from scripts.ledger.verdict.terms import Duty, Piece, Step

from ..context import Context


@dataclass(frozen=True)
class Ahead:
    """What is due next: its day, the things due on it; `day` empty where nothing more is."""

    day: str
    things: tuple[str, ...]


def ahead(context: Context, number: int) -> Ahead | None:
    """What falls due next on or after the day judged; None for a task that names no day at all."""
    found = duties(context.promise, number, context.day.seen[number], context.day.rules, "headline")
    owed = [duty for duty in (*found.steps, *found.pieces) if not duty.dropped and not (isinstance(duty, Step) and duty.bound.empty)]
    if not owed:
        return None
    coming = [duty for duty in owed if duty.due >= context.as_of]
    if not coming:
        return Ahead("", ())
    day: date = min(duty.due for duty in coming)
    return Ahead(context.day.speech.day(day), tuple(thing(duty, context) for duty in coming if duty.due == day))


def due_at(context: Context, number: int, position: int) -> list[Duty]:
    """What falls due at a checkpoint on or after the day judged, as changed with notice: without what was dropped, and what a 暂缓 has stopped."""
    found = duties(context.promise, number, context.day.seen[number], context.day.rules, "headline")
    owed = [duty for duty in (*found.steps, *found.pieces) if not duty.dropped and not (isinstance(duty, Step) and duty.bound.empty)]
    return [duty for duty in owed if duty.position == position and context.as_of <= duty.due == duty.ages_from]


def thing(duty: Duty, context: Context) -> str:
    """What is due, in words: a deliverable in its own, a number with its plan."""
    if isinstance(duty, Piece):
        return f"“{duty.text}”"
    assert isinstance(duty, Step)
    total = "累计" if duty.indicator.basis in ("increment", "cumulative") else ""
    paced = f"（{context.day.speech.say(context.day.speech.words.marks.paced)}）" if duty.paced else ""
    return f"{duty.indicator.name}{total}{bound_words(duty.bound.low, duty.bound.high, duty.indicator.unit)}{paced}"
