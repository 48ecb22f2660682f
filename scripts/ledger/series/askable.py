"""What a reader can ask about on a day, and what first: what is due and worst, never what still lies ahead while anything is due.

The question to copy, the sheet for the notice board and the task's page all ask by this one order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ..model.rules import COLOURS, Colour
from ..plan.schedule import due_days
from ..verdict.obligations import duties
from ..verdict.terms import Duties, Duty, Piece, Step
from .day import Day

Judged = tuple[Colour | None, int]
"""A colour and the days late."""
BEHIND: tuple[Colour, ...] = ("yellow", "orange", "red")


@dataclass(frozen=True)
class Askable:
    """A cell (`3`) or one deliverable of it (`3-1`) on a day.

    `due` its day, as changed with notice; `passed` whether that day is over; `dropped` whether nothing of it is demanded any more;
    `moved` whether its day was changed; `resting` whether a 暂缓 holds it; `colour` the worst of what is judged of it, with `days` late;
    `told` whether anything was judged; `even` whether all of it stands alike, so that the whole is asked about and not a part.
    """

    key: str
    due: date
    passed: bool
    dropped: bool = False
    moved: bool = False
    resting: bool = False
    colour: Colour | None = None
    days: int = 0
    even: bool = True

    @property
    def live(self) -> bool:
        """Whether it is due now: its day is over, it was not dropped, nothing holds it."""
        return self.passed and not self.dropped and not self.resting

    @property
    def cell(self) -> int:
        """The cell, from 1."""
        return int(self.key.partition("-")[0])

    @property
    def severity(self) -> int:
        """Behind by colour (2 to 4), of unknown state (1), met (0)."""
        if self.colour in BEHIND:
            return 2 + BEHIND.index(self.colour)
        return 0 if self.colour else 1


def first_asked(found: Sequence[Askable]) -> Askable:
    """What is asked first: of what is due the worst, of equals the longest overdue, then the latest due.  Where nothing is due, what comes
    next; where all is dropped, the last of that."""
    live = [each for each in found if each.live]
    if live:
        return max(live, key=lambda each: (each.severity, each.days if each.severity > 1 else 0, each.due, _width(each)))
    ahead = [each for each in found if not each.dropped and not each.passed]
    if ahead:
        return min(ahead, key=lambda each: (each.due, "-" in each.key))
    return max(found, key=lambda each: (not each.dropped, each.due, "-" not in each.key))


def _width(each: Askable) -> int:
    """The whole before a part where the whole stands alike; else the part."""
    return 1 if "-" in each.key else 2 if each.even else 0


def askable(day: Day, number: int) -> list[Askable]:
    """Every cell of a task that demands something, and every deliverable where a cell holds several, in their order."""
    task = day.promise.tasks[number]
    found = duties(day.promise, number, day.seen[number], day.rules, "headline")
    owed: dict[int, list[Duty]] = {}
    for duty in found.each:
        if duty.cell is not None:
            owed.setdefault(duty.cell, []).append(duty)
    judged = _judged(day, number, found)
    days = due_days(task, day.promise.plan)
    return [
        each
        for cell, (milestone, printed) in enumerate(zip(task.milestones, days, strict=True), start=1)
        if milestone.kind != "none"
        for each in _cell(day, cell, printed, owed.get(cell, []), judged, len(milestone.deliverables))
    ]


def _judged(day: Day, number: int, owed: Duties) -> Mapping[Duty, Judged]:
    """What is judged on the day of each duty: colour and days late; nothing for what is not judged.

    A number is judged at its latest cell that is due; its earlier cells, whose figures that one contains, ask nothing more.
    """
    pieces = {part.piece.id: part for part in day.standings[number].pieces if part.colour}
    found: dict[Duty, Judged] = {}
    for piece in owed.pieces:
        if part := pieces.get(piece.id):
            found[piece] = part.colour, part.days
    for told in day.standings[number].numbers:
        if told.step and told.colour:
            steps = sorted((s for s in owed.targets if s.indicator.id == told.indicator.id and s.due <= told.step.due), key=_by_due)
            latest = [step for step in steps if step.cell is not None][-1:]
            found.update(dict.fromkeys(steps, ("green", 0)))
            found.update(dict.fromkeys(latest, (told.colour, 0)))
    return found


def _by_due(step: Step) -> date:
    return step.due


def _cell(day: Day, cell: int, printed: date, owed: list[Duty], judged: Mapping[Duty, Judged], pieces: int) -> Iterator[Askable]:
    """A cell, then its deliverables where it holds several."""
    parts = [judged.get(duty) for duty in owed if not duty.dropped]
    yield _one(f"{cell}", day.as_of, printed, owed, parts)
    if pieces > 1:
        for duty in owed:
            if isinstance(duty, Piece):
                yield _one(duty.id, day.as_of, duty.due, [duty], [judged.get(duty)])
        if not any(isinstance(duty, Piece) for duty in owed):
            yield from (_one(f"{cell}-{i}", day.as_of, printed, [], []) for i in range(1, pieces + 1))


def _one(key: str, as_of: date, printed: date, owed: list[Duty], parts: Sequence[Judged | None]) -> Askable:
    demanded = [duty for duty in owed if not duty.dropped]
    passed = [duty for duty in demanded if duty.due < as_of]
    told = [part for part in parts if part]
    due = max((duty.due for duty in passed), default=None) or min((duty.due for duty in demanded), default=printed)
    return Askable(
        key=key,
        due=due,
        passed=due < as_of,
        dropped=bool(owed) and not demanded,
        moved=any(duty.moved for duty in demanded),
        resting=bool(passed) and all(duty.ages_from >= as_of for duty in passed),
        colour=max((colour for colour, _ in told if colour), key=COLOURS.index, default=None),
        days=max((days for _, days in told), default=0),
        even=len(set(parts)) <= 1,
    )
