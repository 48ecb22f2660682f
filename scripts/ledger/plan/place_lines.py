"""各处进度: what the document promises for one place or project, cell by cell."""

from __future__ import annotations

from dataclasses import dataclass

from ..model.promise import Milestone, Promise, Site, Task


@dataclass(frozen=True)
class Step:
    """One thing promised for a place: task, cell (from 1), the official words, `rest` (the same words after the place's
    name, where they begin with it), and `anchor`, where the task's page shows them: a deliverable's id like `4-5`, or
    the cell's (`cell-4`) for words that print a number."""

    task: int
    cell: int
    anchor: str
    text: str
    rest: str


def forms(site: Site) -> tuple[str, ...]:
    """Every way in which the document prints a place's name."""
    return (site.name, *site.names)


def steps(site: Site, promise: Promise) -> list[Step]:
    """All that the cells promise for a place, in the order of tasks and cells; empty for a place that only a pledge names."""
    return [
        Step(number, index, anchor, text, _rest(text, site.name))
        for number in site.tasks
        for index, cell in enumerate(promise.tasks[number].milestones, start=1)
        for anchor, text in _named(site, promise.tasks[number], index, cell)
    ]


def _named(site: Site, task: Task, index: int, cell: Milestone) -> list[tuple[str, str]]:
    """The pieces of a cell that name a place, as (anchor, words), in the cell's order."""
    mine = set(forms(site))
    pieces = [(f"{index}-{i}", piece.text) for i, piece in enumerate(cell.deliverables, start=1) if mine & set(piece.site or ())]
    quotes = {entry.quote for indicator in task.indicators for entry in indicator.schedule if entry.cell == index}
    pieces += [(f"cell-{index}", quote) for quote in quotes if any(form in quote for form in mine)]
    return sorted(pieces, key=lambda piece: cell.text.find(piece[1]))


def _rest(text: str, name: str) -> str:
    """The words after the place's name where they begin with it and go on about it alone; else the whole."""
    rest = text.removeprefix(name)
    return rest if rest and rest[0] not in "、等及和" else text


def sites_of(task: int, promise: Promise) -> dict[str, Site]:
    """The places of one task, by slug."""
    return {slug: site for slug, site in promise.sites.items() if task in site.tasks}
