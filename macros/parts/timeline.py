"""A task's cells in time, and the lines of its places."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from markupsafe import Markup

from scripts.ledger.model.promise import Promise, Site, Task
from scripts.ledger.phrases.formats import due_words, month_short, span_words
from scripts.ledger.plan.place_lines import Step, sites_of, steps
from scripts.ledger.plan.schedule import Span, due_days, head_date, homes, spans
from scripts.ledger.plan.source import cell_anchor

from ..context import Context
from ..render import render
from .badges import demo
from .deliverables import Deed, deeds, number_deeds
from .task_checkpoints import Stage, filed_word, stages


@dataclass(frozen=True)
class Cell:
    """One cell as the timeline shows it: `anchors` are the checkpoints whose links lead here; `runs` the official words cut at
    the deliverables, as (words, id or None)."""

    number: int
    kind: str
    certain: bool
    short: str
    heading: str
    due: str
    day: date
    printed: str
    anchors: tuple[str, ...]
    runs: tuple[tuple[str, str | None], ...]
    source: str


@dataclass(frozen=True)
class Station:
    """One stop on a place's line: when, the official words (None where the cell no longer mentions the place), the deliverable's id,
    and what was told of it (None before reporting has opened, and for words that are no deliverable)."""

    when: str
    text: str | None
    anchor: str | None = None
    deed: Deed | None = None


@dataclass(frozen=True)
class PlaceLine:
    """A place's line within one task."""

    slug: str
    site: Site
    task: int
    certain: bool
    stations: tuple[Station, ...]


def cells(number: int, task: Task, promise: Promise) -> list[Cell]:
    """A task's cells, in order; each checkpoint's anchor stands at the first cell that may cover it."""
    points = [point.id for point in promise.plan.checkpoints]
    found = list(spans(task, promise.plan.checkpoints))
    home = dict(zip(points, homes(found, len(points)), strict=True))
    return [
        Cell(
            index + 1,
            cell.kind,
            span.certain,
            _short(span, promise, index),
            _heading(span, promise, index),
            due_words(cell, day, promise.plan) if cell.kind == "target" and span.certain else "",
            day,
            cell.text,
            tuple(point for point in points if home[point] == index),
            _runs(index + 1, cell.text, [d.text for d in cell.deliverables]),
            cell_anchor(number, index + 1),
        )
        for index, (cell, span, day) in enumerate(zip(task.milestones, found, due_days(task, promise.plan), strict=True))
    ]


def _short(span: Span, promise: Promise, index: int) -> str:
    points = promise.plan.checkpoints
    if not span.certain:
        return f"第{index + 1}格"
    if span.last[0] - span.first[0] + 1 == len(points) > 1:
        return "全年"
    return f"{int(points[span.last[0]].id[5:])}月"


def _heading(span: Span, promise: Promise, index: int) -> str:
    if not span.certain:
        return f"第{index + 1}格（{span_words(span, promise.plan)}）"
    words = span_words(span, promise.plan)
    return words if words.startswith("全年") else words + "节点"


def _runs(cell: int, text: str, pieces: list[str]) -> tuple[tuple[str, str | None], ...]:
    runs: list[tuple[str, str | None]] = []
    at = 0
    for position, piece in enumerate(pieces, start=1):
        start = text.index(piece, at)
        runs += [(text[at:start], None), (piece, f"{cell}-{position}")]
        at = start + len(piece)
    return tuple(run for run in (*runs, (text[at:], None)) if run[0])


def timeline(context: Context, number: int) -> Markup:
    """A task's cells as a list in time, each with its official words and a link to their place in the source."""
    task, told = context.promise.tasks[number], stages(context, number)
    return render(
        "parts/timeline.html.j2",
        c=context,
        number=number,
        cells=cells(number, task, context.promise),
        inferred=bool(task.span),
        stages=told,
        beads={cell: _bead(found) for cell, found in told.items()},
        filed=filed_word(context),
        paced=context.day.speech.say(context.day.speech.words.marks.paced),
        demo=demo(context),
    )


def _bead(found: list[Stage]) -> Stage | None:
    """The checkpoint whose verdict a cell's bead shows: the last one that has one."""
    return next((stage for stage in reversed(found) if stage.form == "verdict"), None)


def place_line(slug: str, site: Site, number: int, promise: Promise) -> PlaceLine | None:
    """A place's line in one task: a station for every cell; None where no cell of the task names it."""
    task = promise.tasks[number]
    named = [step for step in steps(site, promise) if step.task == number]
    if not named:
        return None
    stations = tuple(
        station
        for index, when in enumerate(cell_names(task, promise), start=1)
        for station in _stations(when, [step for step in named if step.cell == index])
    )
    return PlaceLine(slug, site, number, not task.span, stations)


def cell_names(task: Task, promise: Promise) -> list[str]:
    """A short name for each cell of a row: the date that it prints (12月底), its last month, or its number where the month is lost."""
    return [
        head_date(cell.text) or _month_or_number(span, promise, index)
        for index, (cell, span) in enumerate(zip(task.milestones, spans(task, promise.plan.checkpoints), strict=True), start=1)
    ]


def _month_or_number(span: Span, promise: Promise, index: int) -> str:
    return month_short(promise.plan.checkpoints[span.last[0]].id, promise.plan.year) if span.certain else f"第{index}格"


def _stations(when: str, named: list[Step]) -> list[Station]:
    if not named:
        return [Station(when, None)]
    return [Station(when, step.rest, step.anchor) for step in named]


def short_line(line: PlaceLine) -> PlaceLine:
    """The same line with neighbouring stations that say nothing put together: 3月至9月."""
    stations: list[Station] = []
    for station in line.stations:
        if station.text is None and stations and stations[-1].text is None:
            first = stations[-1].when.partition("至")[0]
            stations[-1] = Station(f"{first}至{station.when}", None)
        else:
            stations.append(station)
    return replace(line, stations=tuple(stations))


def task_lines(context: Context, number: int) -> list[PlaceLine]:
    """The lines of all places of a task, in the order of places.yml."""
    found = (place_line(slug, site, number, context.promise) for slug, site in sites_of(number, context.promise).items())
    return [with_deeds(context, line) for line in found if line]


def with_deeds(context: Context, line: PlaceLine) -> PlaceLine:
    """The same line with what was told of each deliverable and number; unchanged before reporting has opened."""
    if not context.day.opened:
        return line
    pieces, numbers = deeds(context, line.task), number_deeds(context, line.task)

    def told(stop: Station) -> Deed | None:
        printed = (deed for (cell, quote), deed in numbers.items() if stop.anchor == f"cell-{cell}" and quote.endswith(stop.text or quote))
        return pieces.get(stop.anchor or "") or next(printed, None)

    return replace(line, stations=tuple(replace(stop, deed=told(stop)) for stop in line.stations))
