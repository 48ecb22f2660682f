"""Which pages about the machinery exist: each once there is a public record that it can show, and from then on for ever."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from scripts.ledger.series.day import Day
from scripts.ledger.series.funding import money
from scripts.ledger.series.meetings import sessions
from scripts.ledger.verdict.evidence import troubles


@dataclass(frozen=True)
class RecordPage:
    """One page: its `kind` is its folder below the plan and the name of its view; `words` are those of a link to it."""

    kind: str
    words: str
    title: str
    description: str
    exists: Callable[[Day], bool]


RECORD_PAGES = (
    RecordPage(
        "problems",
        "问题台账",
        "问题台账",
        "发现了哪些问题，应当哪天整改好，现在怎样。",
        lambda day: any(True for _ in troubles(day.records, None, day.as_of, day.known)),
    ),
    RecordPage(
        "meetings",
        "调度会",
        "调度会：答应开的，开了没有",
        "每月、每季答应开的调度会，哪天开的，定了什么事，后来怎样。",
        lambda day: bool(sessions(day.records, day.as_of, day.known)),
    ),
    RecordPage(
        "reviews",
        "督查结果",
        "督查结果",
        "督查自己公布的颜色和意见，和本站的颜色并列，互不代替。",
        lambda day: any(each.published <= day.known and each.day <= day.as_of for each in day.records.reviews.values()),
    ),
    RecordPage("funding", "钱从哪来", "钱从哪来", "各项任务的资金来源：计划多少，到位多少，支出多少。", lambda day: bool(money(day))),
    RecordPage(
        "cases",
        "先进案例",
        "先进案例",
        "公布过的先进案例：谁的，怎么做的，出自哪份文件。",
        lambda day: any(each.published <= day.known and each.day <= day.as_of for each in day.records.cases.values()),
    ),
    RecordPage(
        "assessment",
        "年度考核参考",
        "年度考核参考",
        "各单位牵头任务的几个数，分子分母都写明；没有综合分。",
        lambda day: bool(day.published_checkpoints),
    ),
)


@lru_cache(maxsize=32)
def existing(day: Day) -> tuple[RecordPage, ...]:
    """The pages that have something to show on a day, or had until a record was taken down, in reading order."""
    return tuple(page for page in RECORD_PAGES if page.exists(day) or f"{day.promise.id}/{page.kind}/" in day.outlived)


def kept(day: Day) -> bool:
    """Whether anything public speaks of the machinery, so that its items get pages of their own."""
    return day.opened or bool(existing(day))
