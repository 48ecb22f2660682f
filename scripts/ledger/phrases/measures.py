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
        """达到的任务 ÷ 判过的任务."""
        return f"{self.part} ÷ {self.whole}" if self.whole else self.part

    @property
    def sentence(self) -> str:
        """达到的任务，占判过的任务."""
        return f"{self.part}，占{self.whole}" if self.whole else self.part


def measures(name: Callable[[Verdict], str]) -> tuple[Measure, Measure, Measure, Measure]:
    """达序率, 推进速度, 按时整改, 问题开着, in the order in which they are shown.  `name`: how a verdict is called here."""
    rated = f"五色、{name('unreported')}、{name('incomplete')}的任务"
    return (
        Measure("达序率", f"{name('blue')}、{name('green')}的任务", rated),
        Measure("推进速度", "按原定日期做到的目标", "已判的目标"),
        Measure("按时整改", "按原期限整改的问题", "已到期限的问题"),
        Measure("问题开着", "从发现到整改的天数，取中位数，没整改的算到当天"),
    )
