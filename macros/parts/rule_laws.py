"""What holds when targets change, reports come early or go: each rule in plain words with an example from the fictional county.

The words of the rules stand in the template; their numbers and names are those of the rules file.  The examples are what the program says
of the fictional county (tests/fixtures/sample), and tests/test_rule_laws.py holds each of them to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from scripts.ledger.model.wordbook import Publisher, Said
from scripts.ledger.phrases.formats import day_words, month_words
from scripts.ledger.phrases.phrasebook import Speech

COUNTY = "虚构的样例县"
"""Whose examples these are, inside every one of them: examples travel."""


@dataclass(frozen=True)
class Example:
    """What the site of the fictional county says on a day: `of` a task its sentence (part of it) or a mark, its cell or first result at
    `checkpoint`; of a unit its rate of speed and what left the rates.  `seen`: the same from a publisher to whom nobody reports, where that
    differs."""

    day: date
    of: Literal["sentence", "mark", "cell", "first", "speed", "left"]
    said: str
    task: int | None = None
    unit: str = ""
    checkpoint: str = ""
    seen: str = ""

    def by(self, publisher: Publisher) -> str:
        """The words of one kind of publisher."""
        return Said(official=self.said, independent=self.seen or self.said).by(publisher)

    @property
    def where(self) -> str:
        """第12项，2023年10月11日；9月一格."""
        whose = f"第{self.task}项" if self.task else self.unit
        return "，".join(filter(None, (whose, day_words(self.day), self._place())))

    def _place(self) -> str:
        named = {"cell": "节点的一格", "first": "节点的首次公布结果", "speed": "按原定日期算的比率", "left": "比率旁边", "mark": "标注"}
        return (month_words(self.checkpoint) if self.checkpoint else "") + named.get(self.of, "")


@dataclass(frozen=True)
class Worked:
    """An example of one rule: what happened there, and what the site says of it."""

    story: str
    says: tuple[Example, ...]


MID_YEAR, AUTUMN, CLOSED = date(2023, 8, 11), date(2023, 10, 11), date(2024, 2, 11)
EXAMPLES: dict[str, Worked] = {
    "postponed": Worked(
        "9月一格的20门，8月24日公布推迟到10月31日，早于9月30日30天以上。",
        (
            Example(AUTUMN, "cell", "已改到10月31日", 12, checkpoint="2023-09"),
            Example(
                AUTUMN,
                "sentence",
                "新开特色课程，到7月底应累计40门，实际52门；按原目标为橙",
                12,
                seen="新开特色课程，到7月底应累计40门，公开材料显示52门；按原目标为橙",
            ),
            Example(MID_YEAR, "mark", "按原目标：没法评定", 5),
        ),
    ),
    "early": Worked(
        "7月31日应累计完工6所，6月25日报3所：不算没做到，等8月10日前的报告。",
        (
            Example(date(2023, 8, 1), "mark", "中期数：完工学校3所（6月25日报）", 11, seen="中期数：完工学校3所（6月25日公开）"),
            Example(date(2023, 8, 1), "cell", "待报送", 11, checkpoint="2023-07", seen="待公开"),
            Example(MID_YEAR, "mark", "提前完成：北站口袋公园建成开放", 15, seen="公开材料显示提前完成：北站口袋公园建成开放"),
        ),
    ),
    "several_days": Worked(
        "10月31日、11月30日各有一个累计数，12月8日的报告两个都写明。",
        (
            Example(date(2023, 12, 11), "sentence", "到10月底应累计60门，实际63门", 12, seen="到10月底应累计60门，公开材料显示63门"),
            Example(date(2023, 12, 11), "sentence", "到11月底应累计80门，实际81门", 12, seen="到11月底应累计80门，公开材料显示81门"),
        ),
    ),
    "taken_down": Worked(
        "5月的报告6月9日公布，6月20日撤下；简报6月11日已经定稿。",
        (
            Example(CLOSED, "first", "首次公布的结果：黄。6月20日撤下一份报告，当时的理由不再显示。", 14, checkpoint="2023-05"),
            Example(MID_YEAR, "cell", "未完成", 14, checkpoint="2023-05"),
        ),
    ),
    "parked": Worked(
        "11月30日到期的，改到2024年3月31日；计划2024年1月15日就结束了。",
        (
            Example(CLOSED, "sentence", "改到了计划结束以后，按原到期日11月30日评定", 7),
            Example(CLOSED, "mark", "按调整后目标：红", 7),
        ),
    ),
    "estimated": Worked(
        "全年20家，11月30日到期，从1月1日起334天；到9月30日是273天，20×273÷334＝16.3，只取整数。",
        (
            Example(AUTUMN, "sentence", "到9月底推算应累计16家，实际12家", 4, seen="到9月底推算应累计16家，公开材料显示12家"),
            Example(AUTUMN, "sentence", "为应完成数的75%（推算的数，没有报全年的数以前最多评为黄）", 4),
        ),
    ),
    "whole_cell": Worked(
        "6月21日公布取消7月31日到期的一格，早于那一天30天以上。",
        (Example(MID_YEAR, "cell", "目标已取消", 5, checkpoint="2023-07"),),
    ),
    "suspended": Worked(
        "7月7日公布暂缓：7月31日到期的停下，5月31日到期的照样评定。",
        (Example(MID_YEAR, "sentence", "9月20日前复查。暂缓前：黄。", 14),),
    ),
    "left": Worked(
        "牵头5项，推迟1个目标，撤下1份报告。",
        (
            Example(CLOSED, "speed", "11/22（50%）", unit="样例县教委"),
            Example(CLOSED, "left", "推迟1项、撤下1份", unit="样例县教委"),
        ),
    ),
}
"""The example of each rule of the template, by its key."""


def names(speech: Speech) -> dict[str, str]:
    """The words of the rules file that the rules here speak of."""
    words = speech.words
    cells = {key: speech.say(getattr(words.cells, key), day="……") for key in ("moved", "undecided", "incomplete", "unreported", "dropped")}
    return {
        **cells,
        "unsaved": speech.say(words.states.unsaved.name),
        "paced": speech.say(words.marks.paced),
        "cap": speech.colour(speech.rules.paced.at_worst),
        "left_of_rates": speech.say(words.figures.left),
    }
