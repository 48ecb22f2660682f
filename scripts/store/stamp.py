"""The build stamp: what a page, a download, an answer of the API, a picture and the manifest say about where they come from.

One definition for all of them.  Nothing in it depends on the machine or on the day of the build.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

DIRTY = "-dirty"
"""Stands behind the commit where the data folder holds something that was never committed."""
SHORT = 10


@dataclass(frozen=True)
class Stamp:
    """`commit`: the commit that last touched the data, whole, empty where it is not known (outside git, never committed, a shallow clone); `seconds`: its time (since 1970); `as_of`: the day
    asked for; `rules_version`: the version of the colours' rules."""

    commit: str
    seconds: int
    as_of: date
    rules_version: int

    @property
    def generated_at(self) -> str:
        """The time of the data's commit, UTC; where there is none, midnight of the day asked for.

        >>> Stamp("", 1700000000, date(2023, 11, 14), 1).generated_at
        '2023-11-14T22:13:20Z'
        """
        return datetime.fromtimestamp(self.seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    @property
    def short(self) -> str:
        """The commit as people say it: its first ten signs; empty where it is not known."""
        return self.commit.removesuffix(DIRTY)[:SHORT]

    @property
    def words(self) -> str:
        """“版本 c06a99b1d2”."""
        if not self.commit:
            return "版本不明"
        return f"版本 {self.short}" + ("（另有未提交的改动）" if self.commit.endswith(DIRTY) else "")

    @property
    def sentence(self) -> str:
        """The whole stamp on one line, for printouts and spreadsheets."""
        return f"整理截至{self.as_of.isoformat()} · 数据{self.words} · 评定规则第{self.rules_version}版"
