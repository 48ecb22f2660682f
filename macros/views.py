"""What each kind of page shows: one function per kind, from data to finished HTML."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import segno
from markupsafe import Markup

from scripts import frames, pages
from scripts.ledger.lines import sites_of, steps
from scripts.ledger.model import Site, Task
from scripts.ledger.schedule import ends, spans
from scripts.ledger.source import item_anchor, row_anchor
from scripts.ledger.words import day_words, month_short, month_words

from .ask import ask
from .board import board
from .context import Context
from .render import render
from .source_text import source_text
from .tables import Entry, NumberRow, due_table, number_rows, numbers
from .timeline import Cell, PlaceLine, cells, place_line, task_lines, timeline

CHIPS = 6

Due = tuple[int, Task, Cell]
"""A task's cell in a list of what is due: number, task, cell."""


def home(context: Context, key: str) -> Markup:
    """The home page."""
    promise = context.promise
    return render(
        "home.html.j2",
        c=context,
        plan=promise.plan,
        count=len(promise.tasks),
        points=_points(context),
        chips=_chips(context),
        board=board(context, [chapter.id for chapter in promise.plan.chapters]),
        example=next((slug for slug, site in promise.sites.items() if steps(site, promise)), None),
        first=min(promise.tasks),
    )


def _points(context: Context) -> list[tuple[str, str]]:
    plan = context.promise.plan
    return [(point.id, month_short(point.id, plan.year)) for point in plan.checkpoints]


def _chips(context: Context) -> list[tuple[str, str]]:
    """A few places of different kinds to start from: (slug, name)."""
    first: dict[str, tuple[str, str]] = {}
    for slug, site in context.promise.sites.items():
        if len(site.name) <= 9:
            first.setdefault(site.kind, (slug, site.name))
    return list(first.values())[:CHIPS]


def tasks(context: Context, key: str) -> Markup:
    """All tasks: summary, chapters, board."""
    promise = context.promise
    table = frames.tasks(promise)
    chapters = [(chapter, int((table["chapter"] == chapter.id).sum())) for chapter in promise.plan.chapters]
    return render(
        "tasks.html.j2",
        c=context,
        count=len(promise.tasks),
        chapters=[pair for pair in chapters if pair[1]],
        rows=[(n, promise.tasks[n]) for n in sorted(promise.tasks)],
        due=due_table(context),
    )


def chapter(context: Context, key: str) -> Markup:
    """One chapter: its board, and each task's pledge."""
    promise = context.promise
    found = [(n, task) for n, task in sorted(promise.tasks.items()) if task.chapter == key]
    heading = next(each.heading for each in promise.plan.chapters if each.id == key)
    return render(
        "chapter.html.j2", c=context, heading=heading, anchor=f"chapter-{key}", tasks=found, board=board(context, [key], halves=False)
    )


def task(context: Context, key: str) -> Markup:
    """One task, whole."""
    number = int(key)
    promise = context.promise
    found = promise.tasks[number]
    order = sorted(promise.tasks)
    position = order.index(number)
    lines = task_lines(context, number)
    return render(
        "task.html.j2",
        c=context,
        number=number,
        task=found,
        lead=found.lead,
        cooperating=context.unit_names(found.cooperating.printed, found.cooperating.units),
        sites=sites_of(number, promise),
        lines=lines,
        heads=_line_heads(context, lines),
        cells=cells(number, found, promise),
        timeline=timeline(context, number),
        numbers=numbers(context, number) if found.indicators else None,
        rolling=any(cell.kind == "rolling" for cell in found.milestones),
        item=item_anchor(number),
        row=row_anchor(number),
        ask=ask(context, number),
        document=promise.plan.document,
        cell_words=f"{len(found.milestones)}格",
        previous=order[position - 1] if position else None,
        following=order[position + 1] if position + 1 < len(order) else None,
        titles={n: promise.tasks[n].title for n in order},
        address=context.absolute(context.here),
        code=qr(context, context.here),
    )


def _line_heads(context: Context, lines: list[PlaceLine]) -> list[str]:
    """The common head of the lines on wide screens: only where every line has one station for every checkpoint."""
    heads = [words for _, words in _points(context)]
    return heads if lines and all([s.when for s in line.stations] == heads for line in lines) else []


def units(context: Context, key: str) -> Markup:
    """All units: leads first, with how many tasks each leads and cooperates in; collectives as printed."""
    table = frames.units(context.ledger, context.promise)
    rows = [(name, int(counts["lead"]), int(counts["cooperating"])) for name, counts in table.iterrows()]
    collectives: dict[str, list[int]] = {}
    for number, found in sorted(context.promise.tasks.items()):
        for words in found.cooperating.collectives:
            collectives.setdefault(words, []).append(number)
    return render(
        "units.html.j2",
        c=context,
        leads=[row for row in rows if row[1]],
        others=[row for row in rows if not row[1]],
        collectives=collectives,
    )


def unit(context: Context, key: str) -> Markup:
    """One unit: what it leads, what it cooperates in."""
    promise, registered = context.promise, context.ledger.units[key]
    lead = [n for n, found in sorted(promise.tasks.items()) if key in found.lead]
    cooperating = [n for n, found in sorted(promise.tasks.items()) if key in found.cooperating.units]
    return render(
        "unit.html.j2",
        c=context,
        name=key,
        unit=registered,
        lead=[(n, promise.tasks[n], cells(n, promise.tasks[n], promise)) for n in lead],
        cooperating=[(n, promise.tasks[n]) for n in cooperating],
        both=sorted(set(lead) & set(cooperating)),
    )


def mechanisms(context: Context, key: str) -> Markup:
    """Items that promise machinery, verbatim, with the duties read from them."""
    return render(
        "mechanisms.html.j2", c=context, mechanisms=context.promise.plan.mechanisms, notes=context.promise.plan.notes, item=item_anchor
    )


def source(context: Context, key: str) -> Markup:
    """The official text."""
    return source_text(context)


@dataclass(frozen=True)
class PlaceEntry:
    """A place in the list: slug, place, its lines by task (empty where only a pledge names it)."""

    slug: str
    site: Site
    lines: tuple[PlaceLine, ...]


def _entry(context: Context, slug: str) -> PlaceEntry:
    site = context.promise.sites[slug]
    lines = (place_line(slug, site, number, context.promise) for number in site.tasks)
    return PlaceEntry(slug, site, tuple(line for line in lines if line))


def places(context: Context, key: str) -> Markup:
    """Everything that the document names as a place, by kind; by township; the rest is county-wide."""
    promise = context.promise
    kinds: dict[str, list[PlaceEntry]] = {}
    townships: dict[str, list[PlaceEntry]] = {}
    for slug, site in promise.sites.items():
        entry = _entry(context, slug)
        kinds.setdefault(site.kind, []).append(entry)
        for township in site.township or ():
            townships.setdefault(township, []).append(entry)
    named = {number for site in promise.sites.values() for number in site.tasks}
    rest = [(n, found) for n, found in sorted(promise.tasks.items()) if n not in named]
    return render("places.html.j2", c=context, kinds=kinds, townships=townships, rest=rest, count=len(promise.sites))


def place(context: Context, key: str) -> Markup:
    """One place: its line in each task that names it, and the pledge's words."""
    entry = _entry(context, key)
    promise = context.promise
    found = [(n, promise.tasks[n], next((line for line in entry.lines if line.task == n), None)) for n in entry.site.tasks]
    return render(
        "place.html.j2",
        c=context,
        entry=entry,
        tasks=found,
        sheet=bool(steps(entry.site, promise)),
        address=context.absolute(context.here),
        code=qr(context, context.here),
    )


def sheet(context: Context, key: str) -> Markup:
    """现场对照单: one A4 page for a place."""
    promise, site = context.promise, context.promise.sites[key]
    rows = []
    for step in steps(site, promise):
        found = promise.tasks[step.task]
        span = spans(found, promise.plan.checkpoints)[step.cell - 1]
        points = [point.id for point in promise.plan.checkpoints]
        when = month_words(points[span.last[0]]) if span.certain else f"第{step.cell}格（最晚{month_words(points[span.last[1]])}）"
        rows.append((when, step.text, step.task))
    path = pages.place_path(promise.id, key)
    return render(
        "sheet.html.j2",
        c=context,
        site=site,
        rows=rows,
        last=rows[-1],
        leads=list(dict.fromkeys(name for n in site.tasks for name in promise.tasks[n].lead)),
        numbers=site.tasks,
        address=context.absolute(path),
        code=qr(context, path),
        path=path,
    )


def qr(context: Context, path: str) -> Markup | None:
    """The QR code of a page's full address as inline SVG; None as long as the address is not known."""
    address = context.absolute(path)
    if address is None:
        return None
    code = segno.make(address, error="m", micro=False)
    size = code.symbol_size(scale=1, border=2)[0]
    runs = [_row_path(y, row) for y, row in enumerate(code.matrix)]
    return render("qr.html.j2", size=size, path="".join(runs))


def _row_path(y: int, row: bytes | bytearray) -> str:
    """One row of a QR matrix as SVG path data, runs of dark modules joined."""
    out, x = "", 0
    while x < len(row):
        width = next((i for i in range(x, len(row)) if not row[i]), len(row)) - x
        if width:
            out += f"M{x} {y}h{width}v1h-{width}z"
        x += max(width, 1)
    return out


def checkpoints(context: Context, key: str) -> Markup:
    """All checkpoints: how much falls due at each."""
    table = frames.milestones(context.promise)
    targets = table[table["kind"] == "target"]
    rows = [
        (
            point.id,
            month_words(point.id),
            day_words(ends(point.id)),
            int((targets["certain"] & (targets["last"] == point.id)).sum()),
            int((~targets["certain"] & (targets["first"] <= point.id) & (targets["last"] >= point.id)).sum()),
        )
        for point in context.promise.plan.checkpoints
    ]
    return render("checkpoints.html.j2", c=context, rows=rows, due=due_table(context))


def checkpoint(context: Context, key: str) -> Markup:
    """One checkpoint: what is due by then, unit by unit; what may be due; what runs through it; what has no target there."""
    promise = context.promise
    points = [point.id for point in promise.plan.checkpoints]
    here = points.index(key)
    due: dict[str, list[Due]] = {}
    maybe, running, none = list[Due](), list[Due](), list[Due]()
    for number, found in sorted(promise.tasks.items()):
        for cell, span in zip(cells(number, found, promise), spans(found, promise.plan.checkpoints), strict=True):
            if not span.first[0] <= here <= span.last[1]:
                continue
            entry = (number, found, cell)
            if not span.certain:
                if cell.kind != "none":
                    maybe.append(entry)
            elif cell.kind == "none":
                none.append(entry)
            elif cell.kind == "rolling" or span.last[0] != here:
                running.append(entry)
            else:
                due.setdefault("、".join(found.lead), []).append(entry)
    order = {name: i for i, name in enumerate(pages.plan_units(promise))}
    return render(
        "checkpoint.html.j2",
        c=context,
        words=month_words(key),
        ends=day_words(ends(key)),
        count=sum(map(len, due.values())),
        due=sorted(due.items(), key=lambda item: order[item[0].split("、")[0]]),
        maybe=maybe,
        running=running,
        none=none,
        numbers=_numbers_due(context, here),
        previous=points[here - 1] if here else None,
        following=points[here + 1] if here + 1 < len(points) else None,
        points=_points(context),
        key=key,
    )


def _numbers_due(context: Context, here: int) -> list[tuple[int, str, NumberRow, Entry]]:
    """The numbers printed in cells that are certain to end at a checkpoint: (task number, title, row, entry)."""
    promise, found = context.promise, list[tuple[int, str, NumberRow, Entry]]()
    for number, each in sorted(promise.tasks.items()):
        marks = spans(each, promise.plan.checkpoints)
        for row in number_rows(number, each, promise):
            found += [
                (number, each.title, row, entry)
                for entry in row.entries
                if marks[entry.cell - 1].certain and marks[entry.cell - 1].last[0] == here
            ]
    return found


def indicators(context: Context, key: str) -> Markup:
    """Every number promised."""
    promise = context.promise
    rows = [
        (number, found.title, number_rows(number, found, promise)) for number, found in sorted(promise.tasks.items()) if found.indicators
    ]
    flat = [row for _, _, each in rows for row in each]
    unscheduled = [row for row in flat if row.role == "目标" and not row.entries]
    return render(
        "indicators.html.j2",
        c=context,
        rows=rows,
        count=len(flat),
        targets=sum(row.role == "目标" for row in flat),
        unscheduled=unscheduled,
        titles={n: t.title for n, t in promise.tasks.items()},
    )


def time_axis(context: Context, key: str) -> Markup:
    """All cells on one axis: a list by checkpoint on phones, a picture of rods on wide screens."""
    promise = context.promise
    rows = [
        (number, found, cells(number, found, promise), spans(found, promise.plan.checkpoints))
        for number, found in sorted(promise.tasks.items())
    ]
    return render(
        "axis.html.j2",
        c=context,
        rows=rows,
        points=_points(context),
        total=len(promise.plan.checkpoints),
        headings=[(chapter, [row for row in rows if row[1].chapter == chapter.id]) for chapter in promise.plan.chapters],
    )


VIEWS: dict[str, Callable[[Context, str], Markup]] = {
    "home": home,
    "tasks": tasks,
    "chapter": chapter,
    "task": task,
    "units": units,
    "unit": unit,
    "mechanisms": mechanisms,
    "source": source,
    "places": places,
    "place": place,
    "sheet": sheet,
    "checkpoints": checkpoints,
    "checkpoint": checkpoint,
    "indicators": indicators,
    "timeline": time_axis,
}
