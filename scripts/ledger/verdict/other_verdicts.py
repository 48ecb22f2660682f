"""What stands beside a standing: the last colour before it, and the inspection's own.

Source: status.md, state 4 (“上次：绿（2023-05）”) and "The inspection's official colour".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ..model.promise import Promise
from ..model.rules import Colour, Rules
from ..model.testimony import Records
from .evidence import Seen, see
from .judgement import Judgement, judgement
from .terms import excuses, report_due


@dataclass(frozen=True)
class Past:
    """The last coloured checkpoint before the present one."""

    checkpoint: str
    colour: Colour


@dataclass(frozen=True)
class Official:
    """The inspection's own colour, with its document; beside ours, never over it."""

    checkpoint: str
    colour: Colour
    document: str


def official(number: int, seen: Seen) -> Official | None:
    """The latest inspection that gives this task a colour."""
    found = [
        Official(key, each.colour, review.document)
        for key, review in seen.reviews
        for each in review.tasks
        if each.task == number and each.colour
    ]
    return found[-1] if found else None


def present_position(promise: Promise, rules: Rules, as_of: date) -> int | None:
    """The present checkpoint: the last one whose reports are all due (`report_due` < as_of); None before the first."""
    past = [p for p in range(len(promise.plan.checkpoints)) if report_due(promise, p, rules) < as_of]
    return past[-1] if past else None


def last_colour(promise: Promise, number: int, records: Records, rules: Rules, found: Judgement) -> Past | None:
    """The colour at the last checkpoint, before the present one or the silent one, that had a colour and a report of its own, judged the
    day after its report was due."""
    present = found.silent[0] if found.silent else present_position(promise, rules, found.seen.as_of) or 0
    for position in reversed(range(min(present, len(promise.plan.checkpoints)))):
        told = position in found.seen.first_reports
        if told and (colour := colour_at(promise, number, records, rules, position, found.seen.known)):
            return Past(promise.plan.checkpoints[position].id, colour)
    return None


def colour_at(promise: Promise, number: int, records: Records, rules: Rules, position: int, known: date) -> Colour | None:
    """Our own colour of one checkpoint, judged the day after its report was due; None where it had none."""
    day = report_due(promise, position, rules) + timedelta(1)
    then = see(promise, number, records, day, known)
    if then.opened is None or excuses(then.suspensions, day):
        return None
    return judgement(promise, number, then, rules, "headline").colour


def differing(theirs: Official, promise: Promise, number: int, records: Records, rules: Rules, seen: Seen) -> Colour | None:
    """Our own colour of the checkpoint that the inspection judged, where it is the present one and the two differ."""
    present = present_position(promise, rules, seen.as_of)
    if present is None or theirs.checkpoint != promise.plan.checkpoints[present].id:
        return None
    ours = colour_at(promise, number, records, rules, present, seen.known)
    return ours if ours != theirs.colour else None
