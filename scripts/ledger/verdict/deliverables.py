"""Deliverables are judged by lateness; problems by their deadline of rectification.

Source: status.md, "Deliverables are judged by lateness", "Problems are judged by their
rectification deadline".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, takewhile
from typing import Literal

from ..model.rules import Colour, Rules, late_colour, worst
from .evidence import Filing, Seen, Trouble
from .terms import Piece, ages_from


@dataclass(frozen=True)
class PiecePart:
    """One deliverable as judged.

    `state` is the last word on it (`unknown`: none that counts); `done_on` the day from which it counts as done; `days` how late it
    was done, or how long overdue it is (0: not late).  `colour` is None where nothing is known.  `interim`: the report whose word is the
    last and came before the due day, so that it is shown and not judged.
    """

    piece: Piece
    state: Literal["done", "partial", "not_done", "unknown"]
    done_on: date | None
    days: int
    colour: Colour | None
    interim: Filing | None = None

    @property
    def missing(self) -> bool:
        return self.colour is None


@dataclass(frozen=True)
class ProblemPart:
    """One open problem past its deadline, or reopened.  `days` overdue (0: not yet), of which those on which it was closed (`rested`)
    are left out."""

    trouble: Trouble
    days: int
    colour: Colour
    rested: int = 0


def piece_part(piece: Piece, report_due: date, seen: Seen, rules: Rules) -> PiecePart:
    """A deliverable on `seen.as_of`; `report_due` is the last day for the report of its own checkpoint."""
    words = _words(piece, seen.filings)
    run = _unbroken(piece, words)
    if run:
        done_on = _done_on(piece, report_due, seen, run)
        if done_on <= seen.as_of:
            return PiecePart(piece, "done", done_on, max(0, (done_on - piece.ages_from).days), "green")
    days = max(0, (seen.as_of - piece.ages_from).days)
    before = words[: len(words) - len(run)]  # said done of a later day: on `as_of` the word before that stands
    if not words or (before and not run and before[-1].report.published < piece.due):
        return PiecePart(piece, "unknown", None, days, None, before[-1] if before else None)
    partial = bool(before) and before[-1].report.deliverables[piece.id] == "partial"
    return PiecePart(piece, "partial" if partial else "not_done", None, days, late_colour(rules.lateness, days))


def _words(piece: Piece, filings: Sequence[Filing]) -> list[Filing]:
    """The reports that speak of a deliverable, by checkpoint and file; a withdrawal unsays what its checkpoint said before."""
    words: list[Filing] = []
    for filing in filings:
        match filing.report.deliverables.get(piece.id):
            case None:
                pass
            case "withdrawn":
                words = [word for word in words if word.checkpoint != filing.checkpoint]
            case _:
                words.append(filing)
    return words


def _unbroken(piece: Piece, words: Sequence[Filing]) -> list[Filing]:
    """The run of "done" that the last words make; empty where the last word is another."""
    run = list(takewhile(lambda word: word.report.deliverables[piece.id] == "done", reversed(words)))
    return run[::-1]


def _done_on(piece: Piece, report_due: date, seen: Seen, run: Sequence[Filing]) -> date:
    """The day since which a deliverable counts as done: the first that the reports of the run give, checkpoint by checkpoint.

    Without `done_on`: the due day if its own checkpoint's report says so by `report_due`, else the day of publication.  A later `done_on` is
    believed; an earlier one needs evidence dated no later.
    """
    return min(_done_by(piece, report_due, seen, list(files)) for _, files in groupby(run, key=lambda filing: filing.checkpoint))


def _done_by(piece: Piece, report_due: date, seen: Seen, files: Sequence[Filing]) -> date:
    """The day that the files of one checkpoint give, the last day that they claim over the day for which they stand by themselves."""
    default, first = min(_told_on(piece, report_due, filing, seen.points - 1) for filing in files), files[0]
    mine = [each for each in seen.filings if each.checkpoint == first.checkpoint and each.sequence >= first.sequence]
    claims = [each.report.done_on.get(piece.id) for each in mine]
    claimed = next((each for each in reversed(claims) if each is not None), None)
    if isinstance(claimed, date) and (claimed >= default or _proven(claimed, first.checkpoint, seen.filings)):
        return claimed
    return default


def _told_on(piece: Piece, report_due: date, filing: Filing, last: int) -> date:
    """The day for which one report's "done" stands by itself.  `last`: the last checkpoint, whose later files answer for days after it."""
    published = filing.report.published
    own = min(filing.position, last) == min(piece.position, last)
    return min(piece.due, published) if own and published <= report_due else published


def _proven(claimed: date, checkpoint: str, filings: Sequence[Filing]) -> bool:
    """Whether the same checkpoint's reports carry evidence dated no later than the day claimed."""
    return any(each.dated <= claimed for filing in filings if filing.checkpoint == checkpoint for each in filing.report.evidence)


def problem_parts(seen: Seen, rules: Rules) -> Iterator[ProblemPart]:
    """The open problems that bear on the colour: overdue by the original deadline, or reopened.  An extension changes nothing."""
    for trouble in seen.troubles:
        deadline = ages_from(trouble.rectify_by, seen.suspensions)
        days = trouble.days_open(deadline, seen.as_of)
        colour = late_colour(rules.rectification, days)
        if trouble.reopened_on:
            colour = worst(colour, rules.rectification.reopened)
        if trouble.open and colour != "green":
            yield ProblemPart(trouble, days, colour, trouble.rested(deadline, seen.as_of))
