"""The day on which a new record says it was public, against the day on which it is filed.  Each docstring is the rule, in Chinese."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from scripts.ledger.model.problems import Place, Problem
from scripts.ledger.model.testimony import record_of

BACKDATED = 7
"""A record published more than so many days before its first commit says where it was public then."""
AHEAD = 7
"""A record is committed at most so many days before it is public: what lies further ahead is a slip, or a word on what has not happened."""


def backdated(before: Mapping[str, Any], after: Mapping[str, Any], committed: Mapping[str, date], today: date) -> Iterator[Problem]:
    """公布日比首次提交早7天以上的新记录，要写 public_at：当时公布在哪里。 `committed`: the day of each file's first commit; else `today`.

    A squash merge makes the day of the merge the first commit: what would be asked then is a reminder before."""
    for file, value in sorted(after.items()):
        if record_of(file) is None or file in before or not isinstance(value, dict) or "public_at" in value:
            continue
        first, published = committed.get(file, today), _day(value.get("published"))
        example = f"public_at: https://www.example.org/{published}.html"
        if published and (first - published).days > BACKDATED:
            must = f"公布日比首次提交（{first}）早{BACKDATED}天以上的，要写 public_at（当时公布在哪里）；已经合并的，也只补这一行"
            yield Problem(Place(file, ("published",)), must, str(published), example=example)
        elif published and (today - published).days > BACKDATED:
            must = f"公布日已过去{BACKDATED}天以上；合并时压成一个提交的，首次提交就是合并那天，请先写上 public_at（当时公布在哪里）"
            yield Problem(Place(file, ("published",)), must, str(published), example=example, warning=True)


def ahead(before: Mapping[str, Any], after: Mapping[str, Any], today: date) -> Iterator[Problem]:
    """公布日在今天以后的新记录：7天以内的提醒一声，再晚的多半是年份写错了，不收。"""
    for file, value in sorted(after.items()):
        if record_of(file) is None or file in before or not isinstance(value, dict):
            continue
        published = _day(value.get("published"))
        if published and published > today:
            soon = (published - today).days <= AHEAD
            rule = "到那天网站才会采用" if soon else f"最多提前{AHEAD}天提交"
            must = f"公布日在今天（{today}）以后，{rule}；请看看年月日写错没有"
            yield Problem(Place(file, ("published",)), must, str(published), example=None if soon else f"published: {today}", warning=soon)


def _day(text: object) -> date | None:
    """A day; None where there is none: the check says so."""
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
