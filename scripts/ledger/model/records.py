"""What was reported, corrected, approved, suspended, accepted, found and rectified.

Each file is one record; its name is its id and is not repeated inside.  Nothing published is
edited or deleted: a later file adds, corrects or withdraws.  Every record says when the public
could first know it (`published`), and most have a day of their own (`day`): so what was known on
any day can be worked out from the files alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from .values import Day, Fact, Line, Number, Plain, Slug, Web, Whole, Words, refuse

PIECE = re.compile(r"[1-9]\d?-[1-9]\d?", re.ASCII)


def _piece(value: str) -> str:
    if not PIECE.fullmatch(value):
        raise refuse("必须是事项的编号：格号-序号", "2-1")
    return value


PieceId = Annotated[Line, AfterValidator(_piece)]
"""A deliverable, named by its cell and its place in it: 2-1."""
Withdrawn = Literal["withdrawn"]
"""What a correction writes for a value that is taken back."""
Value = Number | Withdrawn | dict[Day, Number]
"""A number as reported: without a day it is of its target's due day; where one checkpoint has targets of several days, one number a day."""


class Record(Fact):
    """记录：公布以后不再改、不再删。"""

    published: Day = Field(title="公布日", description="公众最早能知道的日期，不早于记录自己的日期", examples=["2023-06-05"])
    public_at: Line | None = Field(
        None,
        title="公布处",
        description="补录的（公布日比首次提交早7天以上）写明当时公布在哪里",
        examples=["https://www.example.org/2023/0605.html"],
    )

    @property
    def day(self) -> date:
        """The record's own day; for a record without one, the day of publication."""
        return self.published


# ---------------------------------------------------------------- reports


class Evidence(Fact):
    """佐证材料：公开的材料。"""

    title: Line = Field(title="名称", examples=["竣工验收备案公告"])
    url: Web | None = Field(None, title="网址", description="材料的公开网址；没有就不写", examples=["https://www.example.org/0520.html"])
    dated: Day = Field(title="日期", description="材料自己的日期", examples=["2023-05-20"])
    kind: Plain = Field(title="种类", description="公告、照片、合同、报表等", examples=["公告"])


class Funding(Fact):
    """资金：一个来源，单位元。"""

    source: Plain = Field(title="来源", examples=["上级专项补助"])
    planned: Number | None = Field(None, title="计划", description="计划安排，元", examples=["30000000"])
    received: Number | None = Field(None, title="到位", description="累计到位，元", examples=["12000000"])
    spent: Number | None = Field(None, title="支出", description="累计支出，元", examples=["8000000"])


class Report(Record):
    """报告：一项任务在一个节点的情况。文件名 reports/节点/序号.yml，更正或补报加 .2、.3。"""

    by: Line = Field(title="报告单位", description="这项任务的任一牵头单位", examples=["县教委"])
    summary: Words | None = Field(None, title="情况", description="平实的几句话，不用任何标记", examples=["体艺楼主体结构完工。"])
    deliverables: dict[PieceId, Literal["done", "partial", "not_done", "withdrawn"]] = Field(
        {}, title="事项", description="done 完成；partial 部分完成；not_done 未完成；withdrawn 撤回原来报的", examples=["{2-1: done}"]
    )
    done_on: dict[PieceId, Day | Withdrawn] = Field(
        {}, title="完成日", description="本份报告里报完成的事项在哪天完成", examples=["{2-1: 2023-05-20}"]
    )
    indicators: dict[Slug, Value] = Field(
        {},
        title="指标",
        description="到目标到期日（没写日期的是节点月末）的实际数，写累计数或到期当天的数，不写新增；同一节点有几个到期日的，一天写一个数",
        examples=["{new-places: 600}", "{rate: {2023-09-15: 93, 2023-09-30: 95}}"],
    )
    funding: tuple[Funding, ...] = Field((), title="资金", description="按来源，单位元")
    evidence: tuple[Evidence, ...] = Field((), title="佐证材料", description="公开的材料")
    corrects: Line | None = Field(None, title="更正", description="更正哪一份：同一节点里较早文件的名字", examples=["24"])
    reason: Line | None = Field(None, title="更正原因", description="写了 corrects 就要写", examples=["重复统计"])


def by_day(indicators: Mapping[str, Value]) -> dict[tuple[str, date | None], Decimal | Withdrawn]:
    """The numbers of a report one by one: (indicator, the day that it names or None) → value."""
    found: dict[tuple[str, date | None], Decimal | Withdrawn] = {}
    for name, value in indicators.items():
        found |= {(name, day): each for day, each in value.items()} if isinstance(value, dict) else {(name, None): value}
    return found


# ---------------------------------------------------------------- events


class Opened(Record):
    """开始报送：从这天起才有要报的节点。"""

    type: Literal["opened"] = Field(title="种类", examples=["opened"])
    opened_on: Day = Field(title="开始日", examples=["2023-04-01"])

    @property
    def day(self) -> date:
        return self.opened_on


class Closed(Record):
    """计划结束：这天以后不再评定。"""

    type: Literal["closed"] = Field(title="种类", examples=["closed"])
    closed_on: Day = Field(title="结束日", examples=["2024-03-31"])

    @property
    def day(self) -> date:
        return self.closed_on


class Suspension(Record):
    """暂缓：经批准，一段时间里到期的目标先不评。从公布日到复查日。"""

    type: Literal["suspension"] = Field(title="种类", examples=["suspension"])
    task: Whole = Field(title="任务", examples=["24"])
    approver: Plain = Field(title="批准机关", description="单位，不写人名", examples=["县政府常务会议"])
    document: Line = Field(title="文件", description="批准的文件；再次暂缓要有新文件", examples=["样例府办〔2023〕31号"])
    approved_on: Day = Field(title="批准日", examples=["2023-06-10"])
    review_by: Day = Field(title="复查日", description="批准后最多92天", examples=["2023-09-10"])
    reason: Line | None = Field(None, title="原因", examples=["汛期停工"])

    @property
    def day(self) -> date:
        return self.approved_on


class Acceptance(Record):
    """验收：这项任务全部完成后的验收。"""

    type: Literal["acceptance"] = Field(title="种类", examples=["acceptance"])
    task: Whole = Field(title="任务", examples=["24"])
    by: Plain = Field(title="验收单位", description="单位，不写人名", examples=["县政府督查办"])
    document: Line = Field(title="文件", examples=["样例府督〔2024〕2号"])
    accepted_on: Day = Field(title="验收日", examples=["2024-01-20"])

    @property
    def day(self) -> date:
        return self.accepted_on


Event = Annotated[Opened | Closed | Suspension | Acceptance, Field(discriminator="type")]
"""What changes the course of a plan or a task."""


class Revision(Record):
    """调整目标：一次只改一个目标的一个方面；原目标永远看得见。"""

    task: Whole = Field(title="任务", examples=["24"])
    cell: Whole | None = Field(None, title="格号", description="调整哪一格；指标不写格号，就是全年目标", examples=["3"])
    indicator: Slug | None = Field(None, title="指标", description="调整哪个指标", examples=["new-places"])
    deliverable: PieceId | None = Field(
        None, title="事项", description="调整哪件事；和指标都不写，就是整格（只能改到期日或取消）", examples=["3-1"]
    )
    change: Literal["value", "due", "drop"] = Field(title="调整什么", description="value 数值；due 到期日；drop 取消", examples=["value"])
    before: Number | Day | None = Field(None, alias="from", title="原来", description="原来的数或到期日；取消不写", examples=["300"])
    after: Number | Day | None = Field(None, alias="to", title="改为", description="新的数或到期日；取消不写", examples=["200"])
    approved_on: Day = Field(title="批准日", examples=["2023-06-12"])
    approver: Plain = Field(title="批准机关", examples=["县政府常务会议"])
    document: Line = Field(title="文件", examples=["样例府办〔2023〕40号"])
    reason: Line = Field(title="原因", examples=["上级指标调整"])

    @property
    def day(self) -> date:
        return self.approved_on

    @property
    def announced(self) -> date:
        """The day from which notice counts: approved **and** published."""
        return max(self.approved_on, self.published)


# ---------------------------------------------------------------- problems


class Found(Record):
    """发现问题：台账的第一步，文件名 P-07.1。"""

    type: Literal["found"] = Field(title="步骤", examples=["found"])
    task: Whole = Field(title="任务", examples=["2"])
    description: Line = Field(title="问题", description="写事，不写人", examples=["实训教师不足，三个班未开"])
    owner: Line = Field(title="整改单位", description="单位名录里的简称", examples=["县人力社保局"])
    found_on: Day = Field(title="发现日", examples=["2023-06-20"])
    rectify_by: Day = Field(title="整改期限", description="评定只看这一个期限", examples=["2023-07-20"])

    @property
    def day(self) -> date:
        return self.found_on


class Extended(Record):
    """延长期限：只显示，仍按原期限评定。"""

    type: Literal["extended"] = Field(title="步骤", examples=["extended"])
    extended_on: Day = Field(title="延期日", examples=["2023-07-18"])
    rectify_by: Day = Field(title="新期限", examples=["2023-08-20"])
    reason: Line = Field(title="原因", examples=["设备未到"])

    @property
    def day(self) -> date:
        return self.extended_on


class Rectified(Record):
    """整改完成。"""

    type: Literal["closed"] = Field(title="步骤", examples=["closed"])
    closed_on: Day = Field(title="完成日", examples=["2023-08-01"])
    result: Line = Field(title="结果", examples=["三个班已开课"])

    @property
    def day(self) -> date:
        return self.closed_on


class Reopened(Record):
    """再次出现。"""

    type: Literal["reopened"] = Field(title="步骤", examples=["reopened"])
    reopened_on: Day = Field(title="再次出现日", examples=["2023-09-05"])
    reason: Line = Field(title="原因", examples=["一个班又停课"])

    @property
    def day(self) -> date:
        return self.reopened_on


ProblemStep = Annotated[Found | Extended | Rectified | Reopened, Field(discriminator="type")]
"""One step in the ledger of a problem: found, then extended, closed, reopened."""
