"""All that a task's page shows once reporting has opened, worked out for its templates."""

from __future__ import annotations

from typing import Any

from scripts.ledger.plan.units import plan_units

from ..context import Context
from .badges import demo
from .reported_tables import numbers_told
from .task_changes import changes
from .task_trail import inspections, money, problems, statements
from .task_verdict import head, why


def progress(context: Context, number: int) -> dict[str, Any]:
    """The values of the sections with data; a dictionary with `head` None before reporting has opened."""
    if not context.day.opened:
        return {"head": None, "paced": ""}
    rows = why(context, number)
    return {
        "head": head(context, number),
        "why": rows,
        "intro": _intro(context, number, len(rows)),
        "paced": _paced(context, number),
        "version": context.day.rules.version,
        "inspections": inspections(context, number),
        "problems": problems(context, number),
        "money": money(context, number),
        "statements": statements(context, number),
        "changes": changes(context, number),
        "linked": set(plan_units(context.promise)),
        "demo": demo(context),
        "numbers": numbers_told(context, number) if context.promise.tasks[number].indicators else None,
    }


def _intro(context: Context, number: int, rows: int) -> str:
    """How the rows of reasons make one verdict; empty for a state, and for one row alone."""
    colour = context.day.standings[number].colour
    if colour is None or rows < 2:
        return ""
    return f"{rows}条都已做到：" if colour in ("blue", "green") else f"{rows}条里取最差的一条："


def _paced(context: Context, number: int) -> str:
    """How numbers worked out by days are judged, for a task that has one; else empty."""
    if not any(each.pace for each in context.promise.tasks[number].indicators):
        return ""
    speech = context.day.speech
    return speech.say(speech.words.reasons.pace_cap, colour=speech.colour(speech.rules.paced.at_worst))
