"""The list of places: by what each of them can be filtered, and what the filters offer."""

from __future__ import annotations

from dataclasses import dataclass

from scripts.ledger.model.promise import Site
from scripts.ledger.model.rules import COLOURS
from scripts.ledger.plan.place_lines import steps

from ..context import Context
from .task_list import Choice, Listed, ListedTask, due_choice, due_in, leads_choice, verdict_word
from .timeline import PlaceLine, place_line, short_line, with_deeds


@dataclass(frozen=True)
class ListedPlace:
    """By what one place can be filtered: the slugs of who leads its tasks, the checkpoints at which something falls due there (`unsure`
    where merged cells hide the month), the colours of what was told of it, its townships."""

    units: tuple[str, ...]
    due: tuple[str, ...]
    colours: tuple[str, ...]
    townships: tuple[str, ...]


def listed_place(context: Context, site: Site, lines: tuple[PlaceLine, ...]) -> ListedPlace:
    """A place with its lines; none where only a pledge names it."""
    tasks, found = {number: context.promise.tasks[number] for number in site.tasks}, steps(site, context.promise)
    cells = {number: dict.fromkeys(step.cell for step in found if step.task == number) for number in tasks}
    due = (each for number, task in tasks.items() for each in due_in(context, task, cells[number]))
    told = {stop.deed.tone for line in lines for stop in line.stations if stop.deed}
    return ListedPlace(
        units=tuple(dict.fromkeys(context.ledger.units[name].slug for task in tasks.values() for name in task.lead)),
        due=tuple(dict.fromkeys(due)),
        colours=tuple(colour for colour in COLOURS if colour in told),
        townships=tuple(site.township or ()),
    )


def place_choices(context: Context, places: list[ListedPlace], rest: list[ListedTask]) -> list[Choice]:
    """The filters, each with just the values that occur; none for townships before two are printed, none for colours before there is one."""
    rows: list[Listed] = [*places, *rest]
    towns = dict.fromkeys(name for each in places for name in each.townships)
    told = {colour for each in places for colour in each.colours} | {row.verdict for row in rest if row.verdict}
    colours = [colour for colour in reversed(COLOURS) if colour in told]
    return [
        *([Choice("town", "乡镇", tuple((name, name) for name in towns))] if len(towns) > 1 else []),
        leads_choice(context, rows),
        due_choice(context, rows),
        *([Choice("colour", "现在怎样", tuple((each, verdict_word(context, each)) for each in colours))] if colours else []),
    ]


@dataclass(frozen=True)
class PlaceEntry:
    """A place in the list: slug, place, its lines by task (empty where only a pledge names it), and by what it can be filtered."""

    slug: str
    site: Site
    lines: tuple[PlaceLine, ...]
    listed: ListedPlace


def place_entry(context: Context, slug: str) -> PlaceEntry:
    site = context.promise.sites[slug]
    lines = (place_line(slug, site, number, context.promise) for number in site.tasks)
    found = tuple(short_line(with_deeds(context, line)) for line in lines if line)
    return PlaceEntry(slug, site, found, listed_place(context, site, found))


def told_until(context: Context) -> str:
    """The day up to which the lines tell what was reported; empty before reporting has opened."""
    return context.day.speech.day(context.as_of) if context.day.opened else ""
