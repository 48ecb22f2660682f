"""What is due when."""

from __future__ import annotations

from markupsafe import Markup

from scripts import frames, pages
from scripts.ledger.model import Task
from scripts.ledger.schedule import ends, spans
from scripts.ledger.words import day_words, month_words

from ..context import Context
from ..render import render
from ..tables import Entry, NumberRow, due_table, number_rows
from ..timeline import Cell, cells

Due = tuple[int, Task, Cell]
"""A task's cell in a list of what is due: number, task, cell."""


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
        points=context.points,
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
