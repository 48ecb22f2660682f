"""Everything near a reader: places, one place, its A4 sheet."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from scripts.ledger.model.promise import Site
from scripts.ledger.phrases.formats import month_words
from scripts.ledger.plan.place_lines import Step, steps
from scripts.ledger.plan.schedule import head_date, spans
from scripts.pages import paths

from ..context import Context
from ..parts.badges import badge, demo
from ..parts.citation import cite_section
from ..parts.county_today import in_short
from ..parts.place_list import ListedPlace, listed_place, place_choices
from ..parts.qr import qr
from ..parts.task_list import listed_tasks
from ..parts.timeline import PlaceLine, place_line, short_line, with_deeds
from ..render import render

SHEET_LINE, SHEET_ROWS = 18, 5
"""How many characters of a promise fit on a line of the A4 sheet, and how many such lines fit at full size."""


@dataclass(frozen=True)
class PlaceEntry:
    """A place in the list: slug, place, its lines by task (empty where only a pledge names it), and by what it can be filtered."""

    slug: str
    site: Site
    lines: tuple[PlaceLine, ...]
    listed: ListedPlace


def _entry(context: Context, slug: str) -> PlaceEntry:
    site = context.promise.sites[slug]
    lines = (place_line(slug, site, number, context.promise) for number in site.tasks)
    found = tuple(short_line(with_deeds(context, line)) for line in lines if line)
    return PlaceEntry(slug, site, found, listed_place(context, site, found))


def places(context: Context, key: str) -> Markup:
    """Everything that the document names as a place, by kind; by township; the rest is county-wide."""
    promise = context.promise
    entries = [_entry(context, slug) for slug in promise.sites]
    kinds: dict[str, list[PlaceEntry]] = {}
    townships: dict[str, list[PlaceEntry]] = {}
    for entry in entries:
        kinds.setdefault(entry.site.kind, []).append(entry)
        for township in entry.site.township or ():
            townships.setdefault(township, []).append(entry)
    kinds = dict(sorted(kinds.items(), key=lambda pair: -len(pair[1])))
    named = {number for site in promise.sites.values() for number in site.tasks}
    rest = [row for row in listed_tasks(context) if row.number not in named]
    return render(
        "pages/places.html.j2",
        c=context,
        kinds=kinds,
        townships=townships,
        rest=rest,
        count=len(promise.sites),
        choices=place_choices(context, [entry.listed for entry in entries], rest),
        told=_told(context),
        demo=demo(context),
    )


def place(context: Context, key: str) -> Markup:
    """One place: its line in each task that names it, and the pledge's words."""
    entry = _entry(context, key)
    promise = context.promise
    found = [(n, promise.tasks[n], next((line for line in entry.lines if line.task == n), None)) for n in entry.site.tasks]
    return render(
        "pages/place.html.j2",
        c=context,
        entry=entry,
        tasks=found,
        sheet=bool(steps(entry.site, promise)),
        cite=cite_section(context, "place", key),
        told=_told(context),
        badges={n: badge(context.day.standings[n], context) for n in entry.site.tasks} if context.day.opened else {},
        reasons={n: in_short(context, context.day.standings[n]) for n in entry.site.tasks} if context.day.opened else {},
        demo=demo(context),
    )


def _told(context: Context) -> str:
    """The day up to which the lines tell what was reported; empty before reporting has opened."""
    return context.day.speech.day(context.as_of) if context.day.opened else ""


def sheet(context: Context, key: str) -> Markup:
    """现场对照单: one A4 page for a place."""
    promise, site = context.promise, context.promise.sites[key]
    rows = [(_by_when(context, step), step.text, step.task) for step in steps(site, promise)]
    path = paths.place_path(promise.id, key)
    return render(
        "pages/sheet.html.j2",
        c=context,
        site=site,
        rows=rows,
        last=rows[-1],
        leads=list(dict.fromkeys(name for n in site.tasks for name in promise.tasks[n].lead)),
        numbers=site.tasks,
        tight=sum(1 + len(words) // SHEET_LINE for _, words, _ in rows) + len(rows[-1][1]) // SHEET_LINE > SHEET_ROWS,
        address=context.absolute(path),
        code=qr(context, path),
        path=path,
        told=_told(context),
        demo=demo(context),
    )


def _by_when(context: Context, step: Step) -> str:
    """By when a step is promised: the date printed in its cell, its month, or the latest month possible."""
    plan, task = context.promise.plan, context.promise.tasks[step.task]
    cell = task.milestones[step.cell - 1]
    word = head_date(cell.text)
    if word and cell.due:
        return f"{cell.due.year}年{word.rpartition('年')[2]}"
    span = spans(task, plan.checkpoints)[step.cell - 1]
    return ("" if span.certain else "最晚") + month_words(plan.checkpoints[span.last[1]].id)
