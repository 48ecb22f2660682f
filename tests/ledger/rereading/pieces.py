"""Deliverables are judged by lateness."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from .days import Slot, ends, slot_of, slots
from .public import File, View, put_off
from .targets import Target

Word = Literal["done", "partial", "not_done"]


@dataclass(frozen=True)
class PieceResult:
    """`slot`: where its report is owed.  `word`: None where no word counts.  `days`: how late it was done, or how long it is overdue."""

    id: str
    slot: Slot
    word: Word | None
    since: date | None
    days: int
    colour: str | None


def late_colour(days: int) -> str:
    """ "1-30 yellow, 31-60 orange, over 60 red." """
    return "green" if days < 1 else "yellow" if days <= 30 else "orange" if days <= 60 else "red"


def said(piece: str, told: list[File]) -> list[tuple[File, Word]]:
    """ "The word of the latest checkpoint's report counts, then the latest file": every word on a thing in that order; one that is
    `withdrawn` takes back what that checkpoint's earlier files said."""
    found: list[tuple[File, Word]] = []
    for file in told:
        word = file.report.deliverables.get(piece) if file.report else None
        if word == "withdrawn":
            found = [each for each in found if each[0].checkpoint != file.checkpoint]
        elif word is not None:
            found.append((file, word))
    return found


def standing_word(target: Target, told: list[File], view: View) -> tuple[Word | None, date | None]:
    """The word that counts on the day judged, and the day since which a thing is done.

    "Published before its target's due day, only … `done` counts; `partial`, `not_done` is shown as interim … A later word always unsays
    an earlier one of the same thing."
    """
    words = said(target.id, told)
    run: list[File] = []
    while words and words[-1][1] == "done":
        run.insert(0, words.pop()[0])
    if run:
        day = _done_day(target, run, told, view)
        if day <= view.as_of:
            return "done", day
        return ("partial" if words and words[-1][1] == "partial" else "not_done"), None
    if words and words[-1][0].published >= target.due:
        return words[-1][1], None
    return None, None


def _done_day(target: Target, run: list[File], told: list[File], view: View) -> date:
    """ "A deliverable is done since the first of an unbroken run of done": the earliest day that a checkpoint's report of it gives."""
    reports = [[file for file in run if file.checkpoint == each] for each in dict.fromkeys(file.checkpoint for file in run)]
    return min(_day_given(target, each, [file for file in told if file.checkpoint == each[0].checkpoint], view) for each in reports)


def _day_given(target: Target, run: list[File], checkpoint: list[File], view: View) -> date:
    """ "Without `done_on`: the due day if its own checkpoint's report is public by report_due, else `published`.  An earlier `done_on`
    needs evidence dated no later"."""
    own = target.slot(view.points)
    mine = min(own, slots(view.points)[-1])
    in_time = any(slot_of(ends(file.checkpoint), view.points) == mine and file.published <= own.report_due for file in run)
    day = target.due if in_time else run[0].published
    stated = [file.report.done_on[target.id] for file in run if file.report and target.id in file.report.done_on]
    if not stated or not isinstance(stated[-1], date):
        return day
    evidence = [each.dated for file in checkpoint if file.report for each in file.report.evidence]
    if stated[-1] < day and not any(dated <= stated[-1] for dated in evidence):
        return day
    return stated[-1]


def piece_result(target: Target, told: list[File], view: View, spelled: list[tuple[date, date]]) -> PieceResult:
    """ "Days from the due day to as_of while `partial` or `not_done`"; "done late: green again"."""
    word, since = standing_word(target, told, view)
    due, slot = put_off(target.due, spelled), target.slot(view.points)
    if word is None:
        return PieceResult(target.id, slot, None, None, 0, None)
    if since is not None:
        return PieceResult(target.id, slot, word, since, max(0, (since - due).days), "green")
    days = max(0, (view.as_of - due).days)
    return PieceResult(target.id, slot, word, None, days, late_colour(days))
