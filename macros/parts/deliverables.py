"""What became of each deliverable: the word last said of it, the day, how late.  Task pages and places read the same answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from scripts.ledger.model.rules import CellKind
from scripts.ledger.model.wordbook import Said
from scripts.ledger.phrases.formats import value_words
from scripts.ledger.phrases.phrasebook import Speech
from scripts.ledger.verdict.deliverables import PiecePart, piece_part
from scripts.ledger.verdict.evidence import Seen
from scripts.ledger.verdict.obligations import duties
from scripts.ledger.verdict.terms import Piece

from ..context import Context
from .badges import Sign, sign
from .reported_numbers import actuals

NEUTRAL: tuple[CellKind, ...] = ("suspended", "unreported", "awaiting_report")
"""What a checkpoint's cell says of a deliverable that nobody mentioned; failing these: 数据不全."""


@dataclass(frozen=True)
class Deed:
    """One deliverable as told: official `text`, the `words` of its state, `when` (a day that a report claims), the `tone` and
    `shape` of its bead (both empty: hollow), `late` where it was done after its day, `overdue` where it still is not done."""

    id: str
    text: str
    words: str
    tone: str = ""
    shape: str = ""
    when: str = ""
    late: bool = False
    overdue: bool = False

    @property
    def neutral(self) -> bool:
        """Whether nothing was told that argues for a colour."""
        return self.tone in ("", "grey")


def deeds(context: Context, number: int) -> dict[str, Deed]:
    """Every deliverable of a task, by its id; empty before reporting has opened."""
    day = context.day
    if not day.opened:
        return {}
    seen = day.seen[number]
    owed = duties(day.promise, number, seen, day.rules, "headline")
    judged = {part.piece.id: part for part in day.standings[number].pieces}
    found = {piece.id: _deed(context, number, piece, judged.get(piece.id), owed.last_days[piece.position], seen) for piece in owed.pieces}
    return found | {key: deed for key, deed in _rolling(context, number, seen).items() if key not in found}


def number_deeds(context: Context, number: int) -> dict[tuple[int, str], Deed]:
    """What was told of each number that a cell prints, by cell and the official words; empty before reporting has opened."""
    found: dict[tuple[int, str], Deed] = {}
    for actual in actuals(context, number):
        points = {point.cell: point for point in actual.points}
        for entry in actual.indicator.schedule:
            if point := points.get(entry.cell) or next((p for p in actual.points if p.cell is None and not p.paced), None):
                said = point.state if point.told is None else value_words(point.told, actual.indicator.unit)
                words = said + (f"，{point.share}" if point.share else "")
                tone, shape = (point.sign.tone, point.sign.shape) if point.sign else ("", "")
                found[entry.cell, entry.quote] = Deed(f"cell-{entry.cell}", entry.quote, words, tone, shape, overdue=bool(point.share))
    return found


def _deed(context: Context, number: int, piece: Piece, judged: PiecePart | None, report_due: date, seen: Seen) -> Deed:
    day, speech = context.day, context.day.speech
    part = judged or piece_part(piece, report_due, seen, day.rules)
    if piece.dropped:
        return _plain(piece, sign("dropped", speech), speech.say(speech.words.cells.dropped))
    if part.state == "done":
        return _done(piece, part, seen, speech, early=judged is None and piece.ages_from >= day.as_of)
    if judged is None:
        return _ahead(context, number, piece, part)
    if part.missing:
        kind = _cell_word(context, number, piece.position)
        return _plain(piece, sign("unreported" if kind == "unreported" else "incomplete", speech), _cell_text(speech, kind))
    assert part.colour is not None
    return _told(piece, part, sign(part.colour, speech), speech)


def _plain(piece: Piece, shown: Sign, words: str) -> Deed:
    return Deed(piece.id, piece.text, words, shown.tone, shown.shape)


def _done(piece: Piece, part: PiecePart, seen: Seen, speech: Speech, early: bool) -> Deed:
    cells, shown = speech.words.cells, sign("green", speech)
    words = (
        bare(speech, speech.words.marks.early) if early else speech.say(cells.late, days=part.days) if part.days else speech.say(cells.met)
    )
    when = speech.day(part.done_on) if part.done_on and _claimed(piece, part.done_on, seen) else ""
    return Deed(piece.id, piece.text, words, shown.tone, shown.shape, when, late=bool(part.days))


def _told(piece: Piece, part: PiecePart, shown: Sign, speech: Speech) -> Deed:
    """Reported, and not done: how many days have passed since its day."""
    words = state_word(part.state, speech) + (f"，已逾期{part.days}天" if part.days else "")
    return Deed(piece.id, piece.text, words, shown.tone, shown.shape, overdue=bool(part.days))


def _ahead(context: Context, number: int, piece: Piece, part: PiecePart) -> Deed:
    """Not judged yet: its day is still to come, or the report on it is."""
    speech = context.day.speech
    kind = _cell_word(context, number, piece.position) if piece.due < context.as_of else "not_due"
    if kind == "suspended":
        return _plain(piece, sign("suspended", speech), _cell_text(speech, kind))
    said = "" if part.state == "unknown" else "，" + state_word(part.state, speech)
    return Deed(piece.id, piece.text, _cell_text(speech, kind) + said)


def state_word(state: str, speech: Speech) -> str:
    """部分完成, 未完成, 完成."""
    return bare(speech, speech.words.marks.partial) if state == "partial" else speech.say(getattr(speech.words.corrections, state))


def bare(speech: Speech, said: Said) -> str:
    """The words of a mark without the name of what it speaks of."""
    return speech.say(said, text="").rstrip("：")


def _claimed(piece: Piece, day: date, seen: Seen) -> bool:
    """Whether a report names this day; a day that only counts by rule is not printed."""
    return any(filing.report.done_on.get(piece.id) == day for filing in seen.filings)


def _cell_word(context: Context, number: int, position: int) -> CellKind:
    cells = context.day.histories[number]
    kinds = [label.kind for label in cells[min(position, len(cells) - 1)].labels]
    return next((kind for kind in NEUTRAL if kind in kinds), "incomplete")


def _cell_text(speech: Speech, kind: CellKind) -> str:
    return speech.say(getattr(speech.words.cells, kind))


def _rolling(context: Context, number: int, seen: Seen) -> Mapping[str, Deed]:
    """Deliverables of cells that name no month: shown, never judged."""
    found: dict[str, Deed] = {}
    for cell, milestone in enumerate(context.promise.tasks[number].milestones, start=1):
        for order, piece in enumerate(milestone.deliverables, start=1):
            key = f"{cell}-{order}"
            words = [word for filing in seen.filings if (word := filing.report.deliverables.get(key)) not in (None, "withdrawn")]
            said = state_word(words[-1], context.day.speech) if words else context.day.speech.say(context.day.speech.words.cells.unmeasured)
            found[key] = Deed(key, piece.text, said)
    return found
