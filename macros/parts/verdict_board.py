"""The board once there is data: a bead is the verdict at its checkpoint, the badge is today's."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from scripts.ledger.series.checkpoint_results import Cell
from scripts.ledger.series.day import Day

from ..context import Context
from .badges import Sign, badge, sign

BARE = ("no_target", "spanning", "moved")
"""Cells in which nothing falls due, so no verdict is theirs: also one that a change moved all out of."""
AHEAD = ("not_due", "awaiting_report")
LATER = ("late", "caught_up")


@dataclass(frozen=True)
class VerdictBead:
    """One bead: `form` is bare, yet or verdict; `sign` what it shows; `late` where it was missed then and made up since; `words` for a screen reader."""

    form: str
    words: str
    sign: Sign | None = None
    late: bool = False


@dataclass(frozen=True)
class VerdictRod:
    """One task's row: its beads, one per checkpoint, and the badge of the day."""

    number: int
    title: str
    badge: Markup
    beads: tuple[VerdictBead, ...]


def verdict_rod(context: Context, number: int) -> VerdictRod:
    """A task's row on the board with data."""
    day = context.day
    beads = tuple(bead(day, number, position, cell) for position, cell in enumerate(day.histories[number]))
    return VerdictRod(number, day.promise.tasks[number].title, badge(day.standings[number], context), beads)


def bead(day: Day, number: int, position: int, cell: Cell) -> VerdictBead:
    """The bead of a task at a checkpoint: what is known today of how it stood then."""
    words = "，".join(label.text for label in cell.labels)
    if cell.kind in BARE:
        return VerdictBead("bare", words)
    if position not in day.published_checkpoints or cell.kind in AHEAD:
        return VerdictBead("yet", words)
    shown = sign(day.now(position)[number].verdict, day.speech)
    return VerdictBead("verdict", f"{shown.term}，{words}", shown, any(label.kind in LATER for label in cell.labels))
