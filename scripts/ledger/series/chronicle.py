"""All public happenings of a plan on a day, newest first, and those of one task or unit."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from .day import Day
from .happenings import Happening
from .plan_happenings import of_plan
from .task_happenings import of_task


@dataclass(frozen=True)
class Chronicle:
    """The happenings of a plan, the newest first; those of one day in the order of their ids."""

    all: tuple[Happening, ...]

    @cached_property
    def _by_task(self) -> dict[int, list[Happening]]:
        found: dict[int, list[Happening]] = {}
        for each in self.all:
            for number in each.tasks:
                found.setdefault(number, []).append(each)
        return found

    @cached_property
    def _by_unit(self) -> dict[str, list[Happening]]:
        found: dict[str, list[Happening]] = {}
        for each in self.all:
            for name in each.units:
                found.setdefault(name, []).append(each)
        return found

    def of_task(self, number: int) -> tuple[Happening, ...]:
        """The happenings that concern a task."""
        return tuple(self._by_task.get(number, ()))

    def of_unit(self, name: str) -> tuple[Happening, ...]:
        """The happenings that concern a unit: of the tasks that it leads, or naming it."""
        return tuple(self._by_unit.get(name, ()))

    @property
    def units(self) -> tuple[str, ...]:
        """The units that any happening concerns."""
        return tuple(sorted(self._by_unit))

    @property
    def corrections(self) -> tuple[Happening, ...]:
        """更正 alone."""
        return tuple(each for each in self.all if each.kind == "correction")


@lru_cache(maxsize=32)
def chronicle(day: Day) -> Chronicle:
    """Every public happening of a plan on a day."""
    found = [*of_plan(day), *(each for number in sorted(day.promise.tasks) for each in of_task(day, number))]
    ordered = sorted({each.id: each for each in found}.values(), key=lambda each: each.id)
    return Chronicle(tuple(sorted(ordered, key=lambda each: each.updated, reverse=True)))
