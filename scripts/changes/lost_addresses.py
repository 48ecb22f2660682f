"""No address that was given out leaves its list: two states of the lists side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from scripts.ledger.model.permalinks import Permalinks
from scripts.ledger.model.problems import Place, Problem
from scripts.ledger.model.redirects import FILE as REDIRECTS
from scripts.store.address_lists import LIST
from scripts.store.yaml_reader import Unreadable

MENDED = f"网址真要换，这一行也留着，另在 {REDIRECTS} 里写明搬到了哪里（to）或为什么没有了（why）"
"""What to do instead of taking an address off the list."""


def delisted(old: Permalinks | Unreadable, new: Permalinks | Unreadable | None) -> list[str]:
    """The addresses of a list that a later one lacks, sorted; a list that is gone or unreadable holds none."""
    left = new.addresses if isinstance(new, Permalinks) else set()
    return sorted(old.addresses - left) if isinstance(old, Permalinks) else []


def lost_addresses(
    before: Mapping[str, Permalinks | Unreadable], after: Mapping[str, Permalinks | Unreadable], today: date
) -> Iterator[Problem]:
    """永久网址的清单只增不减；截至的日期不晚于今天（写成以后的日期，网站就不照它检查了）。"""
    for plan, old in before.items():
        new, at = after.get(plan), Place(f"plans/{plan}/{LIST}")
        if isinstance(old, Unreadable) or isinstance(new, Unreadable):
            continue  # one that cannot be read now is a problem of the check
        if new is None:
            yield Problem(at, f"网址清单不能删，别人可能已经引用；请恢复它。{MENDED}", line=1)
        elif gone := delisted(old, new):
            named = f"{gone[0]}{'等' if len(gone) > 1 else ''}"
            yield Problem(at, f"清单只增不减，少了{len(gone)}处（{named}）；请恢复这些行。{MENDED}", line=1)
    for plan, new in after.items():
        if isinstance(new, Permalinks) and new.as_of > today:
            yield Problem(Place(f"plans/{plan}/{LIST}"), "截至的日期不能晚于今天；请改回原来的", str(new.as_of), line=1)
