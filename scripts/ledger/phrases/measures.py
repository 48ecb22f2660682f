"""What the four figures of a unit are called and what each counts: one definition for the units' table, their pages, the briefs, the
assessment and the tables to take away.  Source: status.md, "Per unit"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .phrasebook import Verdict


@dataclass(frozen=True)
class Measure:
    """One figure: its name; what is counted; out of what (empty for days, which are no share)."""

    name: str
    part: str
    whole: str = ""

    @property
    def formula(self) -> str:
        """达到的任务 ÷ 评定过的任务."""
        return f"{self.part} ÷ {self.whole}" if self.whole else self.part

    @property
    def sentence(self) -> str:
        """达到的任务，占评定过的任务."""
        return f"{self.part}，占{self.whole}" if self.whole else self.part


def measures(name: Callable[[Verdict], str]) -> tuple[Measure, Measure, Measure, Measure]:
    """进度达标率, 按期完成率, 按期整改率, 整改用时（中位数）, in the order in which they are shown.  `name`: how a verdict is called here."""
    rated = f"五色、{name('unreported')}、{name('incomplete')}的任务"
    return (
        Measure("进度达标率", f"{name('blue')}、{name('green')}的任务", rated),
        Measure("按期完成率", "按原定日期做到的目标", "已评定的目标"),
        Measure("按期整改率", "按原期限整改的问题", "已到期限的问题"),
        Measure("整改用时（中位数）", "从发现到整改的天数，取中位数，还没整改完的，算到当天"),
    )
