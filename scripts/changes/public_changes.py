"""What the public will see change since a base, told for a terminal and for the summary of a pull request.

Both states are judged on the same day by the program as it is now, so what is told comes from the data alone.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from scripts.changes.lost_addresses import delisted
from scripts.ledger.model.permalinks import Permalinks
from scripts.ledger.model.promise import Ledger
from scripts.ledger.phrases.problems import printable
from scripts.ledger.series.day import Day, day_of
from scripts.pages.addresses import addresses
from scripts.store import git_objects
from scripts.store.address_lists import permalink_lists
from scripts.store.load import Loaded, load
from scripts.store.yaml_reader import Unreadable

from .alterations import TITLES, Alteration
from .guard import base_commit
from .promise_alterations import promise_alterations, setting_alterations
from .record_alterations import record_alterations, waiting_alterations
from .task_alterations import task_alterations

MOST = 200
"""No more rows than this in one part: the whole is in the data."""
PUNCTUATION = re.compile(r"([!-+./:-@\[-`{-~])")
"""ASCII marks that Markdown may read as more than themselves; the comma and the hyphen inside a sentence are not among them."""


@dataclass(frozen=True)
class Part:
    """One part of the report: a title and its rows."""

    title: str
    rows: tuple[str, ...]


@dataclass(frozen=True)
class Changes:
    """The report: the base, the day judged, the parts that have rows; `note` instead of parts where nothing can be compared."""

    base: str
    as_of: date
    parts: tuple[Part, ...]
    note: str = ""

    def plain(self) -> str:
        """For a terminal."""
        lines = [self._head, *([self.note] if self.note else [])]
        for part in self.parts:
            lines += ["", f"{part.title}（{len(part.rows)}）", *(f"  · {row}" for row in part.rows)]
        return "".join(f"{printable(line)}\n" for line in lines)

    def markdown(self) -> str:
        """For the summary of a pull request; whatever the data holds is text."""
        lines = ["## 公众会看到的变化", "", plain_text(self._head), *(["", plain_text(self.note)] if self.note else [])]
        for part in self.parts:
            rest = len(part.rows) - MOST
            lines += ["", f"### {plain_text(part.title)}（{len(part.rows)}）", "", *(f"- {plain_text(row)}" for row in part.rows[:MOST])]
            lines += [f"- 另有{rest}条"] if rest > 0 else []
        return "".join(f"{line}\n" for line in lines)

    @property
    def _head(self) -> str:
        return f"和 {self.base[:9]} 相比，都按{self.as_of}看。"


def plain_text(text: str) -> str:
    """Text that Markdown shows as it is: no markup, no HTML, no link, no mention."""
    return PUNCTUATION.sub(r"\\\1", printable(text))


def changes(data: Path, wished: str | None, as_of: date, now: Ledger) -> Changes:
    """What the public will see change between the base and `now`, the ledger of `data`.  Raises `GitFailed`."""
    base = base_commit(data, wished)
    with tempfile.TemporaryDirectory() as folder:
        there = git_objects.export(data, base, Path(folder) / "data")
        before = load(Path(folder) / "data") if there else None
        delisted = tuple(_delisted(permalink_lists(Path(folder) / "data"), permalink_lists(data)))
    if before is None:
        return Changes(base, as_of, (), "那时还没有这份数据，全部是新的。")
    if before.ledger is None:
        return Changes(base, as_of, (), _unreadable(before))
    parts = (*_parts(before.ledger, now, as_of), *delisted)
    return Changes(base, as_of, parts, "" if parts else "公众看到的没有变化。")


def _unreadable(before: Loaded) -> str:
    """The old data does not keep today's rules: nothing is compared rather than something guessed."""
    first = before.messages()[0].removeprefix(f"{before.root}/")
    return f"那时的数据按现在的规则有{len(before.errors)}处不合，不能逐项相比。第一处：{first}"


def _parts(before: Ledger, after: Ledger, as_of: date) -> Iterator[Part]:
    old, new = ({plan: day_of(ledger, plan, as_of) for plan in ledger.promises} for ledger in (before, after))
    told = list(_alterations(before, after, old, new))
    for kind, title in TITLES.items():
        rows = tuple(each.words for each in told if each.kind == kind)
        if rows:
            yield Part(title, rows)
    yield from _pages(addresses(before, old), addresses(after, new))


def _alterations(before: Ledger, after: Ledger, old: dict[str, Day], new: dict[str, Day]) -> Iterator[Alteration]:
    yield from setting_alterations(before, after)
    for plan in (plan for plan in new if plan in old):
        yield from task_alterations(old[plan], new[plan])
        yield from record_alterations(old[plan], new[plan])
        yield from waiting_alterations(before.records[plan], after.records[plan], new[plan])
        yield from promise_alterations(before.promises[plan], after.promises[plan])


def _delisted(before: Mapping[str, Permalinks | Unreadable], after: Mapping[str, Permalinks | Unreadable]) -> Iterator[Part]:
    """Addresses taken off the lists of those that answer for ever: the guard refuses it, here each is named."""
    lost = [f"/{address}" for plan, old in before.items() for address in delisted(old, after.get(plan))]
    if lost:
        yield Part("从永久网址清单里删去的（不能删）", tuple(lost))


def _pages(old: dict[str, str], new: dict[str, str]) -> Iterator[Part]:
    """Addresses that will lead nowhere, and pages that are new."""
    lost = [address for address in old if address not in new]
    gone = {address for address in lost if "#" not in address}
    rows = [f"/{address} {old[address]}" for address in lost if address in gone or address.partition("#")[0] not in gone]
    if rows:
        yield Part("会失效的网址（别人可能引用过）", tuple(rows))
    added = tuple(f"/{address} {title}" for address, title in new.items() if "#" not in address and address not in old)
    if added:
        yield Part("新的网页", added)
