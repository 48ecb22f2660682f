"""Meetings as they are shown: each with what was decided and what later files say became of it."""

from __future__ import annotations

from dataclasses import dataclass

from scripts.ledger.model.wordbook import Said
from scripts.ledger.phrases import voices
from scripts.ledger.plan import units as pages
from scripts.ledger.series.meetings import Item, ItemState, Session, sessions

from ..context import Context

ITEMS: dict[ItemState, Said] = {"open": voices.ITEM_OPEN, "done": voices.ITEM_DONE, "dropped": voices.ITEM_DROPPED}
KINDS = {"monthly": "每月调度", "quarterly": "每季调度"}


@dataclass(frozen=True)
class Name:
    """A unit's name, and the link to its page where it has one."""

    words: str
    link: str | None


@dataclass(frozen=True)
class ItemRow:
    """Something that a meeting decided: the words, who, by when, how it stands, what later files said and when."""

    text: str
    owner: Name
    due: str
    state: ItemState
    now: str
    later: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SessionRow:
    """One meeting: anchor, day, kind and chair in words, tasks discussed, what was decided."""

    id: str
    day: str
    kind: str
    chair: str
    tasks: tuple[tuple[int, str], ...]
    published: str
    items: tuple[ItemRow, ...]
    done: int
    decided: str


def unit_name(context: Context, name: str) -> Name:
    """A unit as it is shown: linked where the plan names it."""
    return Name(name, context.unit(name) if name in pages.plan_units(context.promise) else None)


def session_rows(context: Context) -> list[SessionRow]:
    """Every meeting, the newest first."""
    day = context.day
    return [_session(context, each) for each in reversed(sessions(day.records, day.as_of, day.known))]


def _session(context: Context, each: Session) -> SessionRow:
    said, titles = context.day.speech.day, context.promise.tasks
    done = sum(item.state == "done" for item in each.items)
    return SessionRow(
        id=each.id,
        day=said(each.held_on),
        kind=KINDS[each.kind],
        chair=each.chair,
        tasks=tuple((number, titles[number].title) for number in each.tasks),
        published=said(each.published),
        items=tuple(_item(context, item) for item in each.items),
        done=done,
        decided=context.day.speech.say(voices.DECIDED, count=len(each.items), done=done) if each.items else "",
    )


def _item(context: Context, item: Item) -> ItemRow:
    speech, over = context.day.speech, item.days_over(context.day.as_of)
    now = voices.ITEM_UNTOLD if item.state == "open" and not item.told[1:] else ITEMS[item.state]
    return ItemRow(
        text=item.text,
        owner=unit_name(context, item.owner),
        due=speech.day(item.due) if item.due else "没有写期限",
        state=item.state,
        now=speech.say(now) + (f"，已逾期{over}天" if over else ""),
        later=tuple((speech.day(published), speech.say(ITEMS[state])) for published, state in item.told[1:]),
    )
