"""The list of all tasks: what each row can be filtered and sorted by, and what the filters offer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, get_args

from markupsafe import Markup

from scripts.ledger.model.promise import Task
from scripts.ledger.model.rules import COLOURS, State
from scripts.ledger.phrases.formats import month_words
from scripts.ledger.phrases.phrasebook import Verdict
from scripts.ledger.plan.schedule import spans

from ..context import Context
from .badges import badge, sign

UNSURE = "unsure"
"""What stands for a month that merged cells have lost."""

VERDICTS: tuple[Verdict, ...] = (*reversed(COLOURS), *get_args(State))
"""The order in which verdicts are sorted: the worst colour first, the uncoloured states last."""


@dataclass(frozen=True)
class ListedTask:
    """One row: `units` are the slugs of who leads, `due` the checkpoints at which a target surely falls due (and `unsure` where merged
    cells hide some), `verdict` today's colour or state and `rank` its place among VERDICTS (none before reporting has opened)."""

    number: int
    task: Task
    units: tuple[str, ...]
    due: tuple[str, ...]
    verdict: Verdict | None = None
    rank: int = 0
    badge: Markup | None = None


@dataclass(frozen=True)
class Choice:
    """One filter: its name in the address, its label, what it offers as (value, words)."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]


def listed_tasks(context: Context) -> list[ListedTask]:
    """All tasks, by number."""
    return [_listed(context, number, task) for number, task in sorted(context.promise.tasks.items())]


def _listed(context: Context, number: int, task: Task) -> ListedTask:
    units = tuple(context.ledger.units[name].slug for name in task.lead)
    if not context.day.opened:
        return ListedTask(number, task, units, due_at(context, task))
    standing = context.day.standings[number]
    rank = VERDICTS.index(standing.verdict)
    return ListedTask(number, task, units, due_at(context, task), standing.verdict, rank, badge(standing, context))


def due_at(context: Context, task: Task) -> tuple[str, ...]:
    """The checkpoints at which a target of the task falls due for certain, in order; `unsure` last, where a month is lost."""
    return due_in(context, task, [index for index, cell in enumerate(task.milestones, start=1) if cell.kind == "target"])


def due_in(context: Context, task: Task, numbers: Iterable[int]) -> tuple[str, ...]:
    """The same for just some of a task's cells, by their numbers."""
    points = context.promise.plan.checkpoints
    found = list(spans(task, points))
    targets = [found[number - 1] for number in numbers]
    sure = dict.fromkeys(points[span.last[0]].id for span in targets if span.certain)
    return (*sure, *([UNSURE] if any(not span.certain for span in targets) else []))


def choices(context: Context, rows: list[ListedTask]) -> list[Choice]:
    """The filters, each with just the values that occur."""
    verdicts = sorted({(row.rank, row.verdict) for row in rows if row.verdict})
    return [
        leads_choice(context, rows),
        chapter_choice(context, {row.task.chapter for row in rows}),
        due_choice(context, rows),
        *([Choice("colour", "现在怎样", tuple((name, verdict_word(context, name)) for _, name in verdicts))] if verdicts else []),
    ]


class Listed(Protocol):
    """What any row has that is filtered by who leads and by when something falls due."""

    @property
    def units(self) -> tuple[str, ...]: ...
    @property
    def due(self) -> tuple[str, ...]: ...


def leads_choice(context: Context, rows: Iterable[Listed]) -> Choice:
    """Who leads, in the order of the rows."""
    names = {unit.slug: name for name, unit in context.ledger.units.items()}
    return Choice("unit", "牵头单位", tuple((slug, names[slug]) for slug in dict.fromkeys(slug for row in rows for slug in row.units)))


def chapter_choice(context: Context, found: set[str]) -> Choice:
    """The chapters, in the plan's order."""
    return Choice("chapter", "章", tuple((each.id, each.heading) for each in context.promise.plan.chapters if each.id in found))


def due_choice(context: Context, rows: Iterable[Listed]) -> Choice:
    """The checkpoints at which something falls due, and the months that are lost."""
    found = {point for row in rows for point in row.due}
    due = [(point.id, month_words(point.id)) for point in context.promise.plan.checkpoints if point.id in found]
    return Choice("due", "哪个节点到期", (*due, *([(UNSURE, "月份不明（合并单元格）")] if UNSURE in found else [])))


def verdict_word(context: Context, verdict: Verdict) -> str:
    """A verdict in a select: its shape, where it has a colour, and its short word."""
    shown = sign(verdict, context.day.speech)
    return f"{shown.shape} {shown.word}" if verdict in COLOURS else shown.word


def by_verdict(context: Context, rows: list[ListedTask]) -> list[tuple[str, Markup | None, list[ListedTask]]]:
    """The tasks in groups of one verdict, the worst colour first: (anchor, badge, rows).  The list by colour that needs no script."""
    order = dict.fromkeys(row.verdict for row in sorted(rows, key=lambda row: row.rank) if row.verdict)
    groups = [(verdict, [row for row in rows if row.verdict == verdict]) for verdict in order]
    return [(f"is-{verdict}", found[0].badge, found) for verdict, found in groups]
