"""用写好的话去问: text for 12345 and for an application under the regulation on open government information.

Source of what is said about the law: 中华人民共和国政府信息公开条例 (State Council order 711, in force since 2019-05-15).
Articles 27 and 29 and the time limits were checked against public copies of the text; the number of the article that sets
the time limits could not be, so the page does not name it.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from scripts.ledger.model.promise import Promise, Task
from scripts.ledger.plan.schedule import head_date

from ..context import Context
from ..render import render
from .timeline import cells

ORDINALS = "一二三四五六七八九十"


@dataclass(frozen=True)
class Choice:
    """Something that can be asked about: where it stands (cell heading), the official words, and whether it is the default."""

    key: str
    heading: str
    words: str
    chosen: bool


def choices(number: int, task: Task, promise: Promise) -> list[Choice]:
    """Every cell with official words, and every deliverable where a cell holds several; the last cell is asked about unless the reader chooses."""
    found: list[tuple[str, str, str]] = []
    for cell in cells(number, task, promise):
        words = task.milestones[cell.number - 1]
        if cell.kind == "none":
            continue
        found.append((f"{cell.number}", cell.heading, _spoken(words.text)))
        if len(words.deliverables) > 1:
            found += [(f"{cell.number}-{i}", cell.heading, piece.text) for i, piece in enumerate(words.deliverables, start=1)]
    last = [key for key, _, _ in found if "-" not in key][-1]
    return [Choice(key, heading, words, key == last) for key, heading, words in found]


def _spoken(text: str) -> str:
    """A cell's words without the date that opens it (the question says the date itself) and without the last full stop."""
    return text.removeprefix(head_date(text)).rstrip("。")


def office(context: Context, task: Task) -> str:
    """Who can be asked under the regulation: the lead where it is a department or township, else the office that issued the document."""
    first = task.lead[0]
    kind = context.ledger.units[first].kind
    return first if kind in ("department", "township") else context.promise.plan.document.issuer


def numbers_asked(task: Task) -> list[tuple[str, str]]:
    """(ordinal, name) of each number promised for the year, as the question lists them after its first sentence."""
    names = [indicator.name for indicator in task.indicators if indicator.role == "target"]
    return [(ORDINALS[i + 1], name) for i, name in enumerate(names[:6])]


def ask(context: Context, number: int) -> Markup:
    """The two texts of a task, with the choice of what to ask about."""
    task = context.promise.tasks[number]
    asked = numbers_asked(task)
    return render(
        "parts/enquiry.html.j2",
        c=context,
        number=number,
        task=task,
        document=context.promise.plan.document,
        office=office(context, task),
        choices=choices(number, task, context.promise),
        asked=asked,
        closing=ORDINALS[len(asked) + 1],
    )
