"""Two sets of verdicts side by side: what got better, worse, stayed, cannot be compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..model.rules import COLOURS
from ..verdict.standing import Standing


@dataclass(frozen=True)
class Comparison:
    """Task numbers by what happened between two results.  `unlike`: at least one of the two has no colour."""

    better: tuple[int, ...]
    worse: tuple[int, ...]
    same: tuple[int, ...]
    unlike: tuple[int, ...]

    @property
    def groups(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """The four groups under their names."""
        return ("好转", self.better), ("变差", self.worse), ("不变", self.same), ("不能比", self.unlike)


def unlike_groups(before: Mapping[int, Standing], after: Mapping[int, Standing]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """What stands behind 不能比: tasks that have a colour for the first time, that have none any more, that had and have none."""
    found: dict[str, list[int]] = {"新评定": [], "这一期未评定": [], "两次都未评定": []}
    for number in compare_verdicts(before, after).unlike:
        name = "新评定" if after[number].colour else "这一期未评定" if before[number].colour else "两次都未评定"
        found[name].append(number)
    return tuple((name, tuple(numbers)) for name, numbers in found.items())


def compare_verdicts(before: Mapping[int, Standing], after: Mapping[int, Standing]) -> Comparison:
    """Compare two results of the same tasks.  Only colours compare: no data is neither better nor worse."""
    found: dict[str, list[int]] = {"better": [], "worse": [], "same": [], "unlike": []}
    for number in sorted(after):
        found[_change(before[number], after[number])].append(number)
    return Comparison(**{kind: tuple(numbers) for kind, numbers in found.items()})


def _change(before: Standing, after: Standing) -> str:
    if before.colour is None or after.colour is None:
        return "unlike"
    a, b = COLOURS.index(before.colour), COLOURS.index(after.colour)
    return "same" if a == b else "better" if b < a else "worse"
