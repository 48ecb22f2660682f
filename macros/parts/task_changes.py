"""改过什么: everything that changed in one task after it was first said, newest first.  Nothing here replaces what was there."""

from __future__ import annotations

from dataclasses import dataclass

from scripts.changes.versions import Version
from scripts.ledger.series.chronicle import chronicle
from scripts.ledger.series.happenings import CHANGES, Happening

from ..context import Context
from .change_log import brought


@dataclass(frozen=True)
class Change:
    """One change: its kind and day, its sentence, the small print (who decided, why), the checkpoint that it speaks of, the commit."""

    kind: str
    sentence: str
    small: str
    checkpoint: str
    commit: Version | None


def changes(context: Context, number: int) -> list[Change]:
    """Corrections, late and added reports, changed targets, 暂缓, acceptance, what was taken down; newest first."""
    happened = chronicle(context.day).of_task(number)
    return [change for each in happened if each.kind in CHANGES for change in _changes(context, each)]


def _changes(context: Context, happening: Happening) -> list[Change]:
    """One for each sentence; a file that adds says what in its own words."""
    kind = f"{happening.word(context.day.publisher)}（{happening.updated}）"
    added = happening.quote if happening.kind == "added" else ""
    small = "" if happening.kind in ("correction", "late") else happening.small
    commit = brought(context, context.day, happening)
    return [Change(kind, sentence + added, small, happening.checkpoint, commit) for sentence in happening.sentences]
