"""The rules file: every threshold of the five colours and every word that the engine says.

The engine takes no number and no word from elsewhere, so the method page, which prints this file,
is the whole rule.  The words have their models in `wordbook`.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field, model_validator

from .values import Fact, Number, Whole, refuse
from .wordbook import AllWords

Colour = Literal["blue", "green", "yellow", "orange", "red"]
"""The five colours, best first."""
COLOUR_WORDS = "blue 蓝；green 绿；yellow 黄；orange 橙；red 红"
"""The same for whoever writes one."""

State = Literal["no_data", "suspended", "unreported", "incomplete", "unmeasured", "dropped", "not_due"]
"""The uncoloured states, in the order in which they are tried."""
STATE_WORDS = "no_data 暂无进展数据；suspended 暂缓；unreported 未见报告；incomplete 数据不全；unmeasured 无量化目标；dropped 目标已取消；not_due 尚未到期"
"""Short words for both kinds of publisher: an independent site may not say that a unit did not report; the pages take theirs from the rules."""

Frozen = Literal["unsaved"]
"""首次结果没有保存: a first result that rested on a record since taken down, and was not kept."""

CellKind = Literal[
    "met",
    "late",
    "caught_up",
    "unmet",
    "unreported",
    "reported_late",
    "incomplete",
    "suspended",
    "no_target",
    "unmeasured",
    "dropped",
    "moved",
    "undecided",
    "spanning",
    "awaiting_report",
    "not_due",
]
"""What a cell says; the words are the keys of `words.cells` in the rules file."""
CELL_WORDS = (
    "met 按期完成；late 逾期完成；caught_up 后来补上；unmet 未完成；unreported 未见报告；reported_late 逾期报送；incomplete 数据不全；suspended 暂缓；"
    "no_target 本期没有安排；unmeasured 无量化目标；dropped 目标已取消；moved 已改期；undecided 没法评定；spanning 跨期进行中；awaiting_report 待报送；"
    "not_due 尚未到期"
)

Fate = Literal["on_time", "late", "missing", "awaited", "ahead", "extra", "none"]
"""What became of a checkpoint's report: in time; late; overdue and not there; checkpoint ended, still in time; checkpoint not ended; there
without being required; not required."""
FATE_WORDS = "on_time 按期；late 逾期报送；missing 没有报送；awaited 待报送；ahead 还没到；extra 不要求而报送；none 不要求"

COLOURS: tuple[Colour, ...] = ("blue", "green", "yellow", "orange", "red")


def worst(*colours: Colour) -> Colour:
    """The worst of one or more colours.

    >>> worst("green", "orange", "yellow")
    'orange'
    """
    return max(colours, key=COLOURS.index)


def best(*colours: Colour) -> Colour:
    """The best of one or more colours."""
    return min(colours, key=COLOURS.index)


class Bands(Fact):
    """没有做到的，完成比达到几成是什么颜色；比最低一档还低为红。做到了就是绿，不用线。"""

    yellow: Number = Field(title="黄的下限", description="没有做到，完成比达到它为黄", examples=["0.90"])
    orange: Number = Field(title="橙的下限", description="完成比达到它、不到黄为橙；再低为红", examples=["0.75"])

    @model_validator(mode="after")
    def _falling(self) -> Bands:
        if not 1 > self.yellow > self.orange > 0:
            raise refuse("黄的下限小于1，橙的下限小于黄、大于0", "{yellow: 0.90, orange: 0.75}")
        return self


class Small(Fact):
    """差额很小的例外。"""

    share: Number = Field(title="很小是多少", description="差额小于全年目标的这一份", examples=["0.02"])
    at_worst: Colour = Field(title="最多评到", description=f"差额很小时最差的颜色：{COLOUR_WORDS}", examples=["yellow"])


class Points(Fact):
    """百分比，相差超过几个百分点。"""

    orange: Number = Field(title="至少为橙", description="相差超过几个百分点至少为橙", examples=["2"])
    red: Number = Field(title="为红", description="相差超过几个百分点为红", examples=["5"])


class Unmet(Fact):
    """全年的数过了到期日仍没达到。"""

    at_least: Colour = Field(title="至少为", description=f"最好也是这个颜色：{COLOUR_WORDS}", examples=["orange"])


class Paced(Fact):
    """按天数推算的数，没有报全年的数以前。"""

    at_worst: Colour = Field(title="最多评到", description=f"最差是这个颜色：{COLOUR_WORDS}", examples=["yellow"])


class Lateness(Fact):
    """逾期几天是什么颜色；再久为红。"""

    yellow: Whole = Field(title="黄的天数", description="逾期不超过几天为黄", examples=["30"])
    orange: Whole = Field(title="橙的天数", description="逾期不超过几天为橙；再久为红", examples=["60"])


class Rectification(Lateness):
    """问题过了整改期限几天是什么颜色；整改后又出现的。"""

    reopened: Colour = Field(title="再次出现", description=f"整改后又出现的至少为这个颜色：{COLOUR_WORDS}", examples=["orange"])


class Rules(Fact):
    """评定规则：本站规则，非文件规定。"""

    version: Whole = Field(title="版本", description="改一处加一", examples=["1"])
    bands: Bands = Field(title="完成比", description="数字看差多少")
    small: Small = Field(title="差额很小", description="差额不到全年目标的一小份")
    points: Points = Field(title="百分点", description="百分比另看相差几个百分点")
    unmet: Unmet = Field(title="到期未完成", description="全年的数过了到期日仍没达到")
    paced: Paced = Field(title="推算", description="按天数推算的数，没有报全年的数以前")
    lateness: Lateness = Field(title="逾期", description="事项看迟几天")
    rectification: Rectification = Field(title="整改", description="问题看过了整改期限几天")
    report_days: Whole = Field(title="报告期限", description="节点月末以后几天内应公开报告", examples=["10"])
    notice_days: Whole = Field(title="调整预告", description="调整目标至少早于原到期日几天批准并公布才作数", examples=["30"])
    suspension_days: Whole = Field(title="暂缓期限", description="复查日距批准日最多几天", examples=["92"])
    stale_days: Whole = Field(title="材料陈旧", description="最新材料早于几天以前要说明", examples=["75"])
    in_a_row: Whole = Field(title="连续未报", description="连续几个节点没有报告排在最前", examples=["2"])
    percent_from: Whole = Field(title="写百分比", description="可以评定的任务不少于几项才写百分比", examples=["5"])
    rank_from: Whole = Field(title="排先后", description="可以评定的任务不少于几项才排先后", examples=["3"])
    percent_places: Whole = Field(title="百分数小数", description="截到小数点后几位，不进位", examples=["1"])
    words: AllWords = Field(title="词句", description="引擎说的每一个词")

    def band(self, part: Decimal, whole: Decimal) -> Colour:
        """The colour of a share part/whole below 1, compared without dividing, so exactly.  `whole` > 0."""
        return "yellow" if part >= self.bands.yellow * whole else "orange" if part >= self.bands.orange * whole else "red"


def late_colour(limits: Lateness, days: int) -> Colour:
    """The colour of something `days` overdue.

    >>> late_colour(Lateness(yellow=30, orange=60), 31)
    'orange'
    """
    return "green" if days < 1 else "yellow" if days <= limits.yellow else "orange" if days <= limits.orange else "red"
