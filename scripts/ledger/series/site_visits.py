"""What an inspector takes along: the problems past their deadline, and what to look at on site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ..model.rules import COLOURS
from ..plan.place_lines import forms
from ..verdict.deliverables import PiecePart
from ..verdict.evidence import Trouble, see
from ..verdict.standing import Standing
from .day import Day


@dataclass(frozen=True)
class Overdue:
    """One open problem: who is to rectify it, by when (`extended` shown, never judged), how late it is said to be."""

    id: str
    text: str
    task: int
    title: str
    owner: str
    rectify_by: str
    extended: str
    late: str


@dataclass(frozen=True)
class Visit:
    """One thing to look at: the places as printed, each with its slug (None: no page), the official words, by when, what is known of it."""

    task: int
    title: str
    places: tuple[tuple[str, str | None], ...]
    text: str
    due: str
    known: str


def overdue(day: Day, standings: Mapping[int, Standing]) -> Iterator[Overdue]:
    """The problems that are open and past their deadline, or that came back, the longest overdue first."""
    found = [(part.days, part.trouble) for standing in standings.values() for part in standing.problems]
    for days, trouble in sorted(found, key=lambda each: (-each[0], each[1].id)):
        late = [f"{days}天"] if days else []
        back = [f"{day.speech.day(trouble.reopened_on)}再次出现"] if trouble.reopened_on else []
        yield _problem(day, trouble, "，".join((*late, *back)))


def pending(day: Day, frozen: date, standings: Mapping[int, Standing]) -> Iterator[Overdue]:
    """The open problems within their deadline, the nearest first."""
    judged = {part.trouble.id for standing in standings.values() for part in standing.problems}
    troubles = [each for n in standings for each in see(day.promise, n, day.records, frozen, frozen).troubles]
    for trouble in sorted(troubles, key=lambda each: (each.rectify_by, each.id)):
        if trouble.open and trouble.id not in judged:
            yield _problem(day, trouble, "")


def _problem(day: Day, trouble: Trouble, late: str) -> Overdue:
    found, speech = trouble.found, day.speech
    extended = speech.day(trouble.extended_to) if trouble.extended_to else ""
    title = day.promise.tasks[found.task].title
    return Overdue(trouble.id, found.description, found.task, title, found.owner, speech.day(found.rectify_by), extended, late)


def visits(day: Day, position: int, standings: Mapping[int, Standing]) -> Iterator[Visit]:
    """What has a place and is not known to be done, the latest first; then what was said done of this checkpoint, to be checked."""
    placed = [
        (standing, part, names)
        for standing in standings.values()
        for part in standing.pieces
        if (names := _places(day, standing.task, part.piece.id))
    ]
    open_ones = [each for each in placed if each[1].state != "done"]
    done = [each for each in placed if each[1].state == "done" and each[1].piece.position == position]
    for standing, part, names in (*sorted(open_ones, key=lambda each: _urgency(each[1])), *done):
        task, slugs = standing.task, _slugs(day, standing.task)
        yield Visit(
            task,
            day.promise.tasks[task].title,
            tuple((name, slugs.get(name)) for name in names),
            part.piece.text,
            day.speech.day(part.piece.due),
            _known(day, standing, part),
        )


def _urgency(part: PiecePart) -> tuple[int, int]:
    return -COLOURS.index(part.colour) if part.colour else 0, -part.days


def _places(day: Day, task: int, piece: str) -> tuple[str, ...]:
    """The places that a deliverable names, as printed."""
    cell, order = map(int, piece.split("-"))
    return tuple(day.promise.tasks[task].milestones[cell - 1].deliverables[order - 1].site or ())


def _slugs(day: Day, task: int) -> dict[str, str]:
    """Printed name → slug, for the places of a task."""
    return {form: slug for slug, site in day.promise.sites.items() if task in site.tasks for form in forms(site)}


def _known(day: Day, standing: Standing, part: PiecePart) -> str:
    """What the public material says of a deliverable, in the words of the rules file."""
    words, say = day.speech.words, day.speech.say
    match part.state:
        case "done":
            on = f"，{day.speech.day(part.done_on)}" if part.done_on else ""
            return say(words.corrections.done) + on
        case "unknown":
            return say(words.cells.unreported if standing.silent else words.cells.incomplete)
    return f"{say(getattr(words.corrections, part.state))}，已逾期{part.days}天"
