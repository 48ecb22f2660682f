"""Every number promised."""

from __future__ import annotations

from markupsafe import Markup

from scripts.ledger.phrases.formats import value_words

from ..context import Context
from ..parts.badges import demo
from ..parts.indicator_tables import ROLES, NumberRow, number_rows
from ..parts.reported_numbers import actual_word, actuals
from ..parts.task_list import Choice, chapter_choice, leads_choice, listed_tasks
from ..render import render


def indicators(context: Context, key: str) -> Markup:
    """Every number promised."""
    promise = context.promise
    rows = [
        (number, found.title, number_rows(number, found, promise)) for number, found in sorted(promise.tasks.items()) if found.indicators
    ]
    flat = [row for _, _, each in rows for row in each]
    unscheduled = [row for row in flat if row.role == "目标" and not row.entries]
    listed = {row.number: row for row in listed_tasks(context) if row.task.indicators}
    return render(
        "pages/indicators.html.j2",
        c=context,
        rows=rows,
        count=len(flat),
        targets=sum(row.role == "目标" for row in flat),
        unscheduled=unscheduled,
        inferred=any(row.due_inferred for row in flat),
        titles={n: t.title for n, t in promise.tasks.items()},
        choices=[
            leads_choice(context, listed.values()),
            chapter_choice(context, {promise.tasks[row.task].chapter for row in flat}),
            _roles(flat),
        ],
        listed=listed,
        roles={words: name for name, words in ROLES.items()},
        told=_told_numbers(context),
        actual=actual_word(context),
        demo=demo(context),
    )


def _roles(rows: list[NumberRow]) -> Choice:
    """What a number is for, by its English name in the data."""
    here = {row.role for row in rows}
    return Choice("role", "性质", tuple((name, words) for name, words in ROLES.items() if words in here))


def _told_numbers(context: Context) -> dict[tuple[int, str], list[tuple[str, str, str]]]:
    """By task and indicator, where reporting has opened: (checkpoint, the number told, what the plan was changed to or that it was dropped) at each checkpoint that has either."""
    found: dict[tuple[int, str], list[tuple[str, str, str]]] = {}
    for number in context.promise.tasks:
        for each in actuals(context, number):
            unit = each.indicator.unit
            found[number, each.indicator.id] = [
                (
                    point.short,
                    value_words(point.told, unit) if point.told is not None else "",
                    point.planned(unit) if point.printed else "",
                )
                for point in each.points
                if point.told is not None or point.printed
            ]
    return found
