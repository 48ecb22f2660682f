"""Meetings as they are shown: each with what was decided and what later files say became of it."""

from __future__ import annotations

from dataclasses import dataclass

from scripts.ledger.model.wordbook import Publisher
from scripts.ledger.plan import units as pages
from scripts.ledger.series.meetings import Item, ItemState, Session, sessions

from ..context import Context

ITEMS: dict[Publisher, dict[ItemState, str]] = {
    "official": {"open": "还没办结", "done": "已办结", "dropped": "不再办"},
    "independent": {"open": "未见办结的公开材料", "done": "公开材料显示已办结", "dropped": "公开材料显示不再办"},
}
UNSAID: dict[Publisher, str] = {"official": "没有后续记录", "independent": "未见后续的公开材料"}
"""Of something decided that no later file speaks of: that is silence, not a finding."""
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


def unit_name(context: Context, name: str) -> Name:
    """A unit as it is shown: linked where the plan names it."""
    return Name(name, context.unit(name) if name in pages.plan_units(context.promise) else None)


def session_rows(context: Context) -> list[SessionRow]:
    """Every meeting, the newest first."""
    day = context.day
    return [_session(context, each) for each in reversed(sessions(day.records, day.as_of, day.known))]


def _session(context: Context, each: Session) -> SessionRow:
    said, titles = context.day.speech.day, context.promise.tasks
    return SessionRow(
        id=each.id,
        day=said(each.held_on),
        kind=KINDS[each.kind],
        chair=each.chair,
        tasks=tuple((number, titles[number].title) for number in each.tasks),
        published=said(each.published),
        items=tuple(_item(context, item) for item in each.items),
        done=sum(item.state == "done" for item in each.items),
    )


def _item(context: Context, item: Item) -> ItemRow:
    day, said = context.day, context.day.speech.day
    over, words = item.days_over(day.as_of), ITEMS[day.publisher]
    return ItemRow(
        text=item.text,
        owner=unit_name(context, item.owner),
        due=said(item.due) if item.due else "没有写期限",
        state=item.state,
        now=(words[item.state] if item.told[1:] or item.state != "open" else UNSAID[day.publisher])
        + (f"，期限已过{over}天" if over else ""),
        later=tuple((said(published), words[state]) for published, state in item.told[1:]),
    )
