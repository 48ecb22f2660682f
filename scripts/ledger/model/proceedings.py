"""The records of the machinery itself: meetings, reviews, units' statements, cases, withdrawals.

None of them changes a colour: an inspection's colour stands beside ours, a statement beside the
reasons, and a tombstone says that a record was there.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from .records import Record
from .rules import CELL_WORDS, COLOUR_WORDS, FATE_WORDS, STATE_WORDS, CellKind, Colour, Fate, State
from .values import CheckpointId, Day, Fact, Line, Plain, Web, Whole, Words, refuse


class Decision(Fact):
    """会议定的一件事。"""

    text: Line = Field(title="内容", examples=["8月底前开齐三个班"])
    owner: Line = Field(title="责任单位", description="单位名录里的简称", examples=["县人力社保局"])
    due: Day | None = Field(None, title="期限", examples=["2023-08-31"])
    state: Literal["open", "done", "dropped"] = Field(
        "open", title="现状", description="后续文件（.2）里写进展：open 还没办结；done 办结；dropped 不再办", examples=["open"]
    )


class Meeting(Record):
    """调度会：文件名 日期-种类.序号，后续进展用 .2、.3。"""

    kind: Literal["monthly", "quarterly"] = Field(title="种类", description="monthly 每月；quarterly 每季", examples=["monthly"])
    held_on: Day = Field(title="召开日", examples=["2023-05-30"])
    chair: Plain = Field(title="主持", description="职务或机构，不写人名", examples=["县政府分管副县长"])
    tasks: tuple[Whole, ...] = Field((), title="议到的任务", examples=["[2, 24]"])
    decisions: tuple[Decision, ...] = Field((), title="议定事项")

    @property
    def day(self) -> date:
        return self.held_on


class TaskFinding(Fact):
    """督查对一项任务的话。"""

    task: Whole = Field(title="任务", examples=["24"])
    colour: Colour | None = Field(
        None, title="督查评定的颜色", description=f"督查自己公布的颜色：{COLOUR_WORDS}；没有就不写", examples=["green"]
    )
    note: Line | None = Field(None, title="督查意见", description="督查的原话", examples=["进度总体正常"])
    on_site: Line | None = Field(None, title="现场查看", description="查了哪里、看到什么", examples=["体艺楼已封顶"])


class UnitFinding(Fact):
    """督查对一个单位的话。"""

    unit: Line = Field(title="单位", examples=["县教委"])
    colour: Colour | None = Field(None, title="督查评定的颜色", description=COLOUR_WORDS, examples=["green"])
    praise: Line | None = Field(None, title="肯定", examples=["报送及时"])
    criticism: Line | None = Field(None, title="指出问题", examples=["两所学校进度偏慢"])


class Review(Record):
    """督查结果：文件名是节点。"""

    document: Line = Field(title="文件", examples=["样例府督〔2023〕5号"])
    inspected_on: Day | None = Field(None, title="督查日", examples=["2023-06-02"])
    tasks: tuple[TaskFinding, ...] = Field((), title="对任务")
    units: tuple[UnitFinding, ...] = Field((), title="对单位")

    @property
    def day(self) -> date:
        return self.inspected_on or self.published


class Statement(Record):
    """单位说明：单位自己的话，和理由放在一起。"""

    unit: Line = Field(title="单位", description="牵头或配合单位的简称", examples=["县教委"])
    task: Whole = Field(title="任务", examples=["24"])
    checkpoint: CheckpointId | None = Field(None, title="节点", description="说的是哪个节点", examples=["2023-07"])
    text: Words = Field(title="说明", examples=["设备已到货两批，第三批预计9月上旬到。"])


class Case(Record):
    """先进案例。"""

    title: Line = Field(title="名称", examples=["家门口的实训班"])
    tasks: Annotated[tuple[Whole, ...], Field(min_length=1)] = Field(title="任务", examples=["[2]"])
    units: Annotated[tuple[Line, ...], Field(min_length=1)] = Field(title="单位", examples=["[县人力社保局]"])
    summary: Words = Field(title="做法", examples=["把实训班开到三个镇。"])
    document: Line | None = Field(None, title="出处", description="公布它的文件", examples=["样例府督〔2023〕7号"])
    url: Web | None = Field(None, title="网址", examples=["https://www.example.org/case.html"])


class FirstResult(Fact):
    """首次结果：一个节点首次公布时的结果，不写别的话。颜色和状态正好写一样。"""

    colour: Colour | None = Field(None, title="颜色", description=f"首次公布的颜色：{COLOUR_WORDS}", examples=["green"])
    state: State | None = Field(None, title="状态", description=f"首次公布的状态：{STATE_WORDS}；有颜色的不写", examples=["unreported"])
    cell: CellKind | None = Field(None, title="这一格", description=f"当时这一格怎样：{CELL_WORDS}", examples=["met"])
    reported: Fate | None = Field(None, title="报送", description=f"当时这个节点的报告怎样：{FATE_WORDS}", examples=["on_time"])

    @model_validator(mode="after")
    def _one(self) -> FirstResult:
        if (self.colour is None) == (self.state is None):
            raise refuse("colour（颜色）和 state（状态）正好写一样", "{colour: green, cell: met, reported: on_time}")
        return self


class Withdrawal(Record):
    """撤下：一份记录因故（如含个人信息）不得不撤，留下的标记。"""

    record: Line = Field(title="撤下的记录", description="原文件的位置，不带 .yml", examples=["reports/2023-05/24"])
    filed: Day = Field(title="原公布日", description="撤下的记录原来的公布日", examples=["2023-06-05"])
    ground: Plain = Field(title="缘由", description="不复述撤下的内容", examples=["含个人信息"])
    task: Whole | None = Field(None, title="任务", description="撤下的不是报告时，它说的是哪一项任务", examples=["24"])
    results: dict[CheckpointId, FirstResult] = Field(
        {},
        title="首次结果",
        description="撤下前已经公布的各节点首次结果，由 withdrawal 命令填好；没有它，那些节点的简报只能写“首次结果没有保存”",
        examples=["{2023-05: {colour: green, cell: met, reported: on_time}}"],
    )

    @property
    def day(self) -> date:
        return self.filed
