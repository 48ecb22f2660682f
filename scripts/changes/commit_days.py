"""No commit is much older than the one that it follows: a clock set back would let a record look as if it had been there in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from scripts.ledger.model.problems import Place, Problem
from scripts.store import git
from scripts.store.clock import SHANGHAI

SLACK = 24 * 60 * 60
"""So many seconds may two machines' clocks be apart."""
MUST = (
    "提交 {commit} 的时间（{day}）比它前面的提交（{before}）早一天以上：电脑的时间不对，或者时间是假的。"
    "请把电脑的时间调对，再让 git 重新写上时间：git rebase --force-rebase {base}；没有改动已公布内容的，一个字也不会变"
)


def misdated(data: Path, base: str, today: date) -> Iterator[Problem]:
    """提交的时间不能比它前面的提交早一天以上。 A commit that is public with a day still to come holds nobody up.  Raises `GitFailed`."""
    latest = int(datetime.combine(today + timedelta(days=1), time(), SHANGHAI).timestamp())
    said = git.text(data, "log", "--format=%H %ct %P", f"{base}..HEAD").splitlines()
    parts = [line.split() for line in said]
    times = {commit: int(seconds) for commit, seconds, *_ in parts}
    outside = dict.fromkeys(parent for _, _, *parents in parts for parent in parents if parent not in times)
    if outside:
        lines = git.text(data, "log", "--no-walk=unsorted", "--format=%H %ct", *outside).splitlines()
        times |= {commit: int(seconds) for commit, seconds in (line.split() for line in lines)}
    for commit, _, *parents in parts:
        before = min(max((times[parent] for parent in parents), default=0), latest)
        if times[commit] < before - SLACK:
            yield Problem(Place(""), MUST.format(commit=commit[:9], day=_day(times[commit]), before=_day(before), base=base[:9]), line=1)


def _day(seconds: int) -> date:
    return datetime.fromtimestamp(seconds, SHANGHAI).date()
