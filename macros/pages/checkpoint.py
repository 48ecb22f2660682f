"""One checkpoint: its brief, or what is due by then."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from scripts.ledger.model.promise import Task
from scripts.ledger.phrases import voices
from scripts.ledger.phrases.formats import day_words, month_words
from scripts.ledger.plan import units as pages
from scripts.ledger.plan.schedule import ends, spans
from scripts.ledger.series.briefs import frozen_on, has_brief
from scripts.ledger.verdict.terms import report_due

from ..context import Context
from ..parts.badges import demo
from ..parts.citation import cite_section
from ..parts.indicator_tables import Entry, NumberRow, number_rows
from ..parts.reported_numbers import actuals
from ..parts.timeline import Cell, cells
from ..render import render
from .brief import brief_page

Due = tuple[int, Task, Cell]
"""A task's cell in a list of what is due: number, task, cell."""


def checkpoint(context: Context, key: str) -> Markup:
    """One checkpoint: its brief once the first result is out; before that, what is due by then."""
    position = [point.id for point in context.promise.plan.checkpoints].index(key)
    if has_brief(context.day, position):
        return brief_page(context, position, _promised(context, position))
    return render("pages/checkpoint.html.j2", pending=_pending(context, position), **_promised(context, position))


def _promised(context: Context, here: int) -> dict[str, Any]:
    """What the document promises at a checkpoint: what is due by then, unit by unit; what may be due; what runs through it; what has no
    target there; and the way to its neighbours."""
    promise = context.promise
    points = [point.id for point in promise.plan.checkpoints]
    due: dict[str, list[Due]] = {}
    maybe, running, none = list[Due](), list[Due](), list[Due]()
    latest = whole = 0
    for number, found in sorted(promise.tasks.items()):
        for cell, span in zip(cells(number, found, promise), spans(found, promise.plan.checkpoints), strict=True):
            if not span.first[0] <= here <= span.last[1]:
                continue
            entry = (number, found, cell)
            if not span.certain:
                if cell.kind != "none":
                    maybe.append(entry)
                    latest += span.last[1] == here
            elif cell.kind == "none":
                none.append(entry)
            elif cell.kind == "rolling" or span.last[0] != here:
                running.append(entry)
                whole += cell.kind == "rolling" and span.last[0] == here
            else:
                due.setdefault("、".join(found.lead), []).append(entry)
    order = {name: i for i, name in enumerate(pages.plan_units(promise))}
    return {
        "c": context,
        "demo": demo(context),
        "words": month_words(points[here]),
        "ends": day_words(ends(points[here])),
        "count": _count_words(sum(map(len, due.values())), latest, whole),
        "due": sorted(due.items(), key=lambda item: order[item[0].split("、")[0]]),
        "maybe": maybe,
        "running": running,
        "unplanned": none,
        "numbers": _numbers_due(context, here),
        "dropped": _dropped(context, here),
        "previous": points[here - 1] if here else None,
        "following": points[here + 1] if here + 1 < len(points) else None,
        "points": context.points,
        "cite": cite_section(context, "checkpoint", points[here]),
        "key": points[here],
    }


def _count_words(due: int, latest: int, whole: int) -> str:
    """How many cells are due at a checkpoint, with those that other pages and the tables count there too: uncertain ones that could end
    nowhere later, and a whole year's cell at the year's end."""
    more = [f"{latest}格定不了月份、最晚算到这里"] * bool(latest) + [f"{whole}格是全年一格、到这里满一年"] * bool(whole)
    return f"有{due}格目标到期" + ("，另有" + "，".join(more) if more else "")


def _pending(context: Context, position: int) -> tuple[str, str] | None:
    """Why a checkpoint has no brief although reporting has opened: (heading, sentence); None before it has."""
    day, speech = context.day, context.day.speech
    if not day.opened:
        return None
    last, frozen = report_due(day.promise, position, day.rules), frozen_on(day, position)
    if frozen <= day.as_of:
        return "这个节点没有简报", "那时还没有开始评定，不评快慢。"
    name = month_words(day.promise.plan.checkpoints[position].id)
    told = speech.say(voices.REPORT_AHEAD, checkpoint=name, due=speech.day(last))
    return "这个节点还没有结果", f"{told}，{speech.day(frozen)}出首次结果。在那以前，这一页只写文件要求做到哪一步。"


def _numbers_due(context: Context, here: int) -> list[tuple[int, str, NumberRow, Entry, str]]:
    """The numbers printed in cells that are certain to end at a checkpoint: (task number, title, row, entry, how it was changed since)."""
    promise, found = context.promise, list[tuple[int, str, NumberRow, Entry, str]]()
    for number, each in sorted(promise.tasks.items()):
        marks, changes = spans(each, promise.plan.checkpoints), _changed(context, number, here)
        for row in number_rows(number, each, promise):
            found += [
                (number, each.title, row, entry, changes.get(row.id, ""))
                for entry in row.entries
                if marks[entry.cell - 1].certain and marks[entry.cell - 1].last[0] == here
            ]
    return found


def _changed(context: Context, number: int, here: int) -> dict[str, str]:
    """By indicator: what a number that is due at a checkpoint was changed to, with notice enough; nothing where the printed one holds."""
    found: dict[str, str] = {}
    for each in actuals(context, number):
        for point in each.points:
            if point.position == here and point.printed is not None:
                found[each.indicator.id] = point.dropped or f"已调整为{point.planned(each.indicator.unit)}"
    return found


def _dropped(context: Context, here: int) -> dict[int, str]:
    """By task: the words of a cell that is due at a checkpoint and whose targets were all dropped."""
    rows = context.day.histories.items()
    return {number: cells[here].labels[0].text for number, cells in rows if cells and cells[here].kind == "dropped"}
