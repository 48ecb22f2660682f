"""The board: every task a rod, every checkpoint a bead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from markupsafe import Markup

from scripts.ledger.model.promise import Chapter, Promise, Task
from scripts.ledger.model.rules import COLOURS, State
from scripts.ledger.phrases.formats import month_short
from scripts.ledger.plan.schedule import spans

from ..context import Context
from ..render import render
from .badges import demo, sign
from .verdict_board import verdict_rod


@dataclass(frozen=True)
class Bead:
    """One mark on a rod: how many columns wide, its form (target, none, long, dashed), what it says to a screen reader, its label."""

    columns: int
    form: str
    words: str
    label: str = ""


@dataclass(frozen=True)
class Rod:
    """One task of the board.  `dashed` beads stand side by side across `width` columns because their months are unknown; then come `beads`."""

    number: int
    title: str
    beads: tuple[Bead, ...]
    dashed: tuple[Bead, ...] = ()
    width: int = 0


def rod(number: int, task: Task, promise: Promise) -> Rod:
    """A task's row of beads."""
    total = len(promise.plan.checkpoints)
    found = spans(task, promise.plan.checkpoints)
    if task.span:
        settled = 1 if found[-1].certain else 0
        unsure = task.milestones[: len(task.milestones) - settled]
        dashed = tuple(
            Bead(1, "dashed", "没有安排" if cell.kind == "none" else "有目标", "—" if cell.kind == "none" else "") for cell in unsure
        )
        return Rod(number, task.title, tuple([_bead(task.milestones[-1].kind, 1, total)] * settled), dashed, total - settled)
    return Rod(
        number,
        task.title,
        tuple(_bead(cell.kind, span.last[0] - span.first[0] + 1, total) for cell, span in zip(task.milestones, found, strict=True)),
    )


def _bead(kind: str, columns: int, total: int) -> Bead:
    if kind == "none":
        return Bead(columns, "none", "没有安排")
    if columns == 1:
        return Bead(1, "target", "有目标")
    label = "全年一格" if columns == total else f"{'一两三四五六七八九十'[columns - 1] if columns <= 10 else columns}个节点"
    return Bead(columns, "long", label, label)


def month_heads(promise: Promise) -> list[tuple[str, str]]:
    """The head of the board: (number of the month, full words) per checkpoint."""
    return [(str(int(point.id[5:])), month_short(point.id, promise.plan.year)) for point in promise.plan.checkpoints]


def board(context: Context, chapters: list[str], halves: bool = True) -> Markup:
    """All tasks of some chapters as one table, or two side by side on wide screens.  `chapters` are chapter ids."""
    promise = context.promise
    if context.day.opened:
        verdicts = _grouped(context, chapters, lambda number: verdict_rod(context, number))
        latest = context.day.published_checkpoints[-1:]
        heads = [(*head, position in latest) for position, head in enumerate(month_heads(promise))]
        sheets = _halves(verdicts) if halves else [verdicts]
        return render("parts/verdict_board.html.j2", c=context, sheets=sheets, heads=heads, period=_period(promise), demo=demo(context))
    groups = _grouped(context, chapters, lambda number: rod(number, promise.tasks[number], promise))
    return render(
        "parts/board.html.j2",
        c=context,
        sheets=_halves(groups) if halves else [groups],
        heads=month_heads(promise),
        period=_period(promise),
    )


def board_key(context: Context) -> Markup:
    """What the beads of a board with data mean."""
    speech = context.day.speech
    return render(
        "parts/verdict_key.html.j2",
        colours=[sign(colour, speech) for colour in COLOURS],
        states=[sign(state, speech) for state in KEY_STATES],
    )


R = TypeVar("R")
type_group = tuple[Chapter, list[R]]
KEY_STATES: tuple[State, ...] = ("unreported", "incomplete", "suspended", "dropped", "unmeasured")


def _grouped(context: Context, chapters: list[str], row: Callable[[int], R]) -> list[type_group[R]]:
    """The rows of each chapter that has tasks."""
    promise = context.promise
    groups = [
        (chapter, [row(n) for n, task in sorted(promise.tasks.items()) if task.chapter == chapter.id])
        for chapter in promise.plan.chapters
        if chapter.id in chapters
    ]
    return [(chapter, rows) for chapter, rows in groups if rows]


def _halves(groups: list[type_group[R]]) -> list[list[type_group[R]]]:
    """The groups cut where the two sides come closest in length."""
    lengths = [len(rods) + 1 for _, rods in groups]
    cut = min(range(1, len(groups) + 1), key=lambda at: abs(sum(lengths[:at]) - sum(lengths[at:])))
    return [side for side in (groups[:cut], groups[cut:]) if side]


def _period(promise: Promise) -> str:
    points = promise.plan.checkpoints
    first, last = points[0].id, points[-1].id
    return f"{first[:4]}年{int(first[5:])}月至{'' if last[:4] == first[:4] else last[:4] + '年'}{int(last[5:])}月"
