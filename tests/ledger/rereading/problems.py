"""Problems are judged by their rectification deadline."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from scripts.ledger.model.records import Found, ProblemStep, Rectified, Reopened
from scripts.ledger.model.testimony import step_id

from .pieces import late_colour
from .public import View, put_off


@dataclass(frozen=True)
class ProblemResult:
    """An open problem; `colour` is green within the deadline."""

    id: str
    deadline: date
    days: int
    colour: str


def problem_results(view: View, spelled: list[tuple[date, date]]) -> list[ProblemResult]:
    found = [_result(name, steps, view, spelled) for name, steps in sorted(_ledgers(view).items())]
    return [each for each in found if each is not None]


def _ledgers(view: View) -> dict[str, list[ProblemStep]]:
    """The public steps of each problem of the task, in order."""
    steps: dict[str, dict[int, ProblemStep]] = defaultdict(dict)
    for key, step in view.records.problems.items():
        name = step_id(key)
        if name and view.dated(step, step.day):
            steps[name[0]][name[1]] = step
    ordered = {name: [found[place] for place in sorted(found)] for name, found in steps.items()}
    return {name: found for name, found in ordered.items() if isinstance(found[0], Found) and found[0].task == view.number}


def _result(name: str, steps: list[ProblemStep], view: View, spelled: list[tuple[date, date]]) -> ProblemResult | None:
    """ "Open and overdue 1-30 days yellow, 31-60 orange, over 60 red; open and reopened at least orange.  An extension is shown; the
    original deadline is judged." """
    first = steps[0]
    assert isinstance(first, Found)
    turns = [step for step in steps if isinstance(step, Rectified | Reopened)]
    if turns and isinstance(turns[-1], Rectified):
        return None
    deadline = put_off(first.rectify_by, spelled)
    days = max(0, (view.as_of - deadline).days - _rested(turns, deadline))
    colour = late_colour(days)
    if turns and colour in ("green", "yellow"):
        colour = "orange"
    return ProblemResult(name, first.rectify_by, days, colour)


def _rested(turns: list[Rectified | Reopened], deadline: date) -> int:
    """Days after the deadline on which it was closed: from each closing to the return that follows it."""
    rest = 0
    for before, after in pairwise(turns):
        if isinstance(before, Rectified) and isinstance(after, Reopened):
            rest += max(0, (after.reopened_on - max(before.closed_on, deadline)).days)
    return rest
