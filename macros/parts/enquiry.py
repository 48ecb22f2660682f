"""用写好的话去问: text for 12345 and for an application under the regulation on open government information.

Source of what is said about the law: 中华人民共和国政府信息公开条例 (State Council order 711, in force since 2019-05-15).
Articles 27 and 29 and the time limits were checked against public copies of the text; the number of the article that sets
the time limits could not be, so the page does not name it.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from scripts.ledger.model.promise import Task
from scripts.ledger.plan.schedule import head_date
from scripts.ledger.series.askable import Askable, askable, first_asked

from ..context import Context
from ..render import render
from .timeline import cells

ORDINALS = "一二三四五六七八九十"


@dataclass(frozen=True)
class Choice:
    """Something that can be asked about: where it stands (heading, with what became of the target), the official words, the first and the
    last question, what the list says of it beyond that, and whether it is the default."""

    key: str
    heading: str
    words: str
    opening: str
    closing: str
    note: str
    chosen: bool


DUE = "这些做到了没有，哪天做到的？", "还没有做到的，现在计划哪天做到？"
AHEAD = "现在做到了哪一步？", "能不能按这个日期做到？"
DROPPED = "为什么不再要求做到，哪一份文件批准的？", "这件事以后还办不办，哪天办？"
"""The first and the last question about what is due, what still lies ahead, what was dropped."""


def choices(context: Context, number: int) -> list[Choice]:
    """Every cell with official words, and every deliverable where a cell holds several; asked about unless the reader chooses: what is due
    and worst on the day."""
    task = context.promise.tasks[number]
    headings = {cell.number: cell.heading for cell in cells(number, task, context.promise)}
    found = askable(context.day, number)
    first = first_asked(found).key
    return [_choice(context, task, each, headings[each.cell], each.key == first) for each in found]


def _choice(context: Context, task: Task, each: Askable, heading: str, chosen: bool) -> Choice:
    milestone, piece = task.milestones[each.cell - 1], each.key.partition("-")[2]
    words = milestone.deliverables[int(piece) - 1].text if piece else _spoken(milestone.text)
    opening, closing = DROPPED if each.dropped else DUE if each.passed else AHEAD
    return Choice(
        each.key, heading + became(context, each), words, opening, closing, "" if each.passed or each.dropped else "（还没到期）", chosen
    )


def became(context: Context, each: Askable) -> str:
    """What became of a target, in brackets after its heading: dropped, or moved to another day; empty where neither."""
    speech = context.day.speech
    if each.dropped:
        return f"（{speech.say(speech.words.cells.dropped)}）"
    return f"（已改到{speech.day(each.due)}）" if each.moved else ""


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
        choices=choices(context, number),
        asked=asked,
        last=ORDINALS[len(asked) + 1],
    )
