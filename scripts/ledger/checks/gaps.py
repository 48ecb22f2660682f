"""What of the data could not be read, so that the check says what it can of the rest and nothing that only follows from the gap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ..model.problems import Problem, type_key

type_spots = frozenset[tuple[type_key, ...]]

OWN_DAYS = frozenset(
    ["opened_on", "closed_on", "approved_on", "accepted_on", "found_on", "extended_on", "reopened_on", "held_on", "inspected_on", "filed"]
)
"""The fields in which a record tells its own day."""

COMPARED: Mapping[str, frozenset[str]] = {
    # of a record
    "published": OWN_DAYS,
    "done_on": frozenset(("published", "deliverables", "corrects")),
    "evidence": frozenset(("published",)),
    "rectify_by": frozenset(("found_on",)),
    "review_by": frozenset(("approved_on", "published")),
    "decisions": frozenset(("held_on",)),
    "change": frozenset(("from", "to", "indicator", "deliverable", "cell")),
    "from": frozenset(("change",)),
    "to": frozenset(("change",)),
    "cell": frozenset(("task",)),
    "indicator": frozenset(("task",)),
    "deliverable": frozenset(("task",)),
    "unit": frozenset(("task",)),
    # of a task
    "milestones": frozenset(("span", "indicators")),
    "indicators": frozenset(("milestones", "pledge", "table_pledge", "notes")),
    "span": frozenset(("milestones", "notes")),
    "table_pledge": frozenset(("pledge", "notes")),
    "lead_printed": frozenset(("lead", "cooperating")),
    "notes": frozenset(("pledge", "table_pledge", "milestones", "indicators", "others", "lead", "lead_printed", "cooperating")),
}
"""The fields of a file with which its rules compare a field: while one of them cannot be read, nothing is said of the other."""

UNDIVIDED = ("cooperating",)
"""Fields whose parts speak of one another."""


@dataclass(frozen=True)
class Gaps:
    """`spots`: in each spoilt file the places that could not be read (an empty path: all of it); `tasks`: the numbers of tasks that could
    not be read or do not hold; `records`: by folder, the names of records that could not be read, wholly or in part."""

    spots: Mapping[str, type_spots] = field(default_factory=dict)
    tasks: frozenset[int] = frozenset()
    records: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def torn(self, kind: str) -> frozenset[str]:
        """The records of a folder that could not be read, wholly or in part."""
        return self.records.get(kind, frozenset())

    def honest(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """Those findings that do not rest on something that could not be read."""
        return (problem for problem in problems if not self._rests_on_a_gap(problem))

    def _rests_on_a_gap(self, problem: Problem) -> bool:
        spots = self.spots.get(problem.at.file)
        if not spots:
            return False
        path = problem.at.path
        if not path:
            return True
        near = {_around(spot) for spot in spots}
        mine = _around(path)
        beside = any(mine[: len(spot)] == spot or spot[: len(mine)] == mine for spot in near)
        return beside or any(spot[0] in COMPARED.get(str(path[0]), ()) for spot in spots if spot)


def _around(path: tuple[type_key, ...]) -> tuple[type_key, ...]:
    """The field, item or entry in which a place lies."""
    return path[: 1 if path and path[0] in UNDIVIDED else 2]


NO_GAPS = Gaps()
