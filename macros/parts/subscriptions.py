"""How to follow the site: the feeds and calendars that go with a page, in plain words; only those that exist."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scripts.exports import feeds
from scripts.exports.calendars import FILE as CALENDAR
from scripts.exports.calendars import dated_units, has_calendar
from scripts.pages import paths

from ..context import Context

ATOM, JSON, ICS = "application/atom+xml", "application/feed+json", "text/calendar"


@dataclass(frozen=True)
class Subscription:
    """One feed or calendar: what it tells, its link from the page, its type."""

    words: str
    href: str
    type: str

    @property
    def format(self) -> str:
        """What the type is called."""
        return {ATOM: "Atom", JSON: "JSON Feed", ICS: "日历文件"}[self.type]


def subscriptions(context: Context, kind: str = "", key: str = "") -> list[Subscription]:
    """What goes with a page of some kind: its own feed and calendar first; that of everything where it has no feed of its own."""
    own = list(_own(context, kind, key))
    whole = [] if any(each.type == ATOM for each in own) else list(_whole(context))
    return [*own, *whole]


def head_links(context: Context, kind: str = "", key: str = "") -> list[Subscription]:
    """The feeds for the head of a page: its own, and that of everything."""
    found = [each for each in (*_own(context, kind, key), *_whole(context)) if each.type != ICS]
    return list(dict.fromkeys(found))


def _own(context: Context, kind: str, key: str) -> Iterator[Subscription]:
    plan, day = context.promise.id, context.day
    addressed = bool(context.ledger.settings.base_url)
    if kind == "changes":
        yield from _whole(context)
        if addressed:
            yield Subscription("全部更新", context.to(feeds.ALL_JSON), JSON)
        if addressed and any(each.opened for each in context.days.values()):
            yield Subscription("只看更正", context.to(feeds.CORRECTIONS), ATOM)
    if kind == "task" and addressed and day.opened:
        yield Subscription(f"第{key}项的更新", context.to(paths.task_path(plan, int(key)) + feeds.FILE), ATOM)
    if kind == "unit":
        page = paths.unit_path(plan, context.ledger.units[key].slug)
        if addressed and day.opened and key in feeds.followed_units(day):
            yield Subscription(f"{key}的更新", context.to(page + feeds.FILE), ATOM)
        if has_calendar(day) and key in dated_units(context.promise):
            yield Subscription(f"{key}牵头任务的到期日", context.to(page + CALENDAR), ICS)
    if kind in ("changes", "checkpoints", "checkpoint") and has_calendar(day):
        yield Subscription("全部任务的到期日", context.to(f"{plan}/{CALENDAR}"), ICS)


def _whole(context: Context) -> Iterator[Subscription]:
    if context.ledger.settings.base_url:
        yield Subscription("全部更新", context.to(feeds.ALL), ATOM)
