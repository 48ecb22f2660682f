"""What waits for the opening of reporting: until then the site shows none of it, anywhere; and how whoever files it is told.

Problems, meetings, inspections and model cases do not wait: they stand on pages of their own.  Source: status.md, 暂无进展数据.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..model.records import Acceptance, Opened, Suspension
from ..model.testimony import KINDS, Records
from ..phrases.formats import day_words

WAITING = ("reports", "revisions", "statements")
"""The folders all of whose records wait."""
COMMAND = "python -m scripts event opened"


def waits(kind: str, model: type) -> bool:
    """Whether a record of a folder and a model says something that only a site with progress shows."""
    return kind in WAITING or issubclass(model, (Suspension, Acceptance))


def waiting(records: Records) -> Iterator[tuple[str, str]]:
    """The records that wait, as (folder, name)."""
    for kind in KINDS:
        yield from ((kind, key) for key, record in sorted(getattr(records, kind).items()) if waits(kind, type(record)))


def without_waiting(records: Records) -> Records:
    """What a site shows before reporting has opened."""
    kept = {kind: {key: each for key, each in getattr(records, kind).items() if not waits(kind, type(each))} for kind in KINDS}
    return Records.model_construct(None, **kept)


def opening_day(records: Records) -> date | None:
    """From when reporting is open; None where nobody has filed that."""
    return min((max(each.opened_on, each.published) for each in records.events.values() if isinstance(each, Opened)), default=None)


def not_yet(records: Records, plan: str = "") -> str:
    """Why what waits is not shown, and what to do.  `plan`: what a command needs to name the plan.

    >>> not_yet(Records())
    '还没有开始报送（events/ 里没有 opened），网站上看不到；请登记开始报送：python -m scripts event opened'
    """
    day = opening_day(records)
    if day is None:
        return f"还没有开始报送（events/ 里没有 opened），网站上看不到；请登记开始报送：{COMMAND}{plan}"
    return f"{day_words(day)}才开始报送，到那天网站上才看得到"
