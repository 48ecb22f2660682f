"""The same answers in a workbook and in an issue: what a clerk types, put where each road takes it."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from scripts.exchange.forms.questions import Form, form_titled
from scripts.exchange.intake.book_out import record_book
from scripts.exchange.intake.issue_forms import PLEDGE
from scripts.exchange.intake.labels import BEFORE, KIND, PLAN, group_questions
from scripts.ledger.series.day import desk_day
from scripts.store.load import load

AS_OF = "2023-12-05"


@dataclass(frozen=True)
class Filled:
    """One form filled in: its title, answers by label, items of its lists by their label."""

    title: str
    answers: Mapping[str, Any]
    rows: Mapping[str, Iterable[Mapping[str, Any]]] = field(default_factory=dict)

    @property
    def form(self) -> Form:
        form = form_titled(self.title)
        assert form is not None, self.title
        return form


GOOD = {
    "发现问题": Filled(
        "发现问题",
        {
            "任务": "15",
            "问题": "北站口袋公园护栏松动",
            "整改单位": "样例县城管局",
            "发现日": "2023-11-28",
            "整改期限": "2023-12-15",
            "公布日": "2023-11-29",
        },
    ),
    "问题办理": Filled(
        "问题办理", {"问题编号": "P-09", "办理": "整改完成", "日期": "2023-12-01", "结果": "逐家复核，都已补齐", "公布日": "2023-12-02"}
    ),
    "调度会": Filled(
        "调度会",
        {
            "登记的是": "会议记录",
            "会议种类": "每月",
            "召开日": "2023-12-04",
            "主持": "样例县民生实事工作专班",
            "讨论的任务": "2、6",
            "公布日": "2023-12-05",
        },
        {
            "议定事项": [
                {"内容": "开齐三个班", "责任单位": "样例县教委", "期限": "2023-12-31"},
                {"内容": "电梯检验", "责任单位": "样例县民政局", "现状": "办结"},
            ]
        },
    ),
    "督查结果": Filled(
        "督查结果",
        {"节点": "2023-09", "文件": "样例府督〔2023〕9号", "公布日": "2023-12-04"},
        {
            "对任务": [{"任务": "6", "督查评定的颜色": "绿", "督查意见": "进度总体正常"}],
            "对单位": [{"单位": "样例县教委", "指出问题": "一所学校偏慢"}],
        },
    ),
    "单位说明": Filled(
        "单位说明", {"单位": "样例县民政局", "任务": "6", "节点": "2023-11", "说明": "床位在验收。\n月底前完成。", "公布日": "2023-12-04"}
    ),
    "先进案例": Filled(
        "先进案例", {"名称": "错时开放", "任务": "6", "单位": "样例县民政局", "做法": "食堂晚饭延后一小时。", "公布日": "2023-12-04"}
    ),
    "调整目标": Filled(
        "调整目标",
        {
            "任务": "6",
            "指标": "新增护理型床位",
            "调整什么": "数值",
            "原来": "60",
            "改为": "50",
            "批准日": "2023-12-01",
            "批准机关": "样例县政府专题会议",
            "文件": "样例府办〔2023〕0-90号",
            "原因": "一家停业改造",
            "公布日": "2023-12-04",
        },
    ),
    "暂缓": Filled(
        "暂缓",
        {
            "任务": "7",
            "批准机关": "样例县政府专题会议",
            "文件": "样例府办〔2023〕0-91号",
            "批准日": "2023-12-01",
            "复查日": "2024-02-20",
            "公布日": "2023-12-04",
        },
    ),
    "验收": Filled(
        "验收",
        {"任务": "12", "验收单位": "样例县政府督查办", "文件": "样例府督〔2023〕0-92号", "验收日": "2023-12-04", "公布日": "2023-12-05"},
    ),
    "撤下": Filled("撤下", {"哪一类": "单位说明", "编号": "S-01", "缘由": "含个人信息", "公布日": "2023-12-04"}),
}
"""One of each, as the fictional county could file it on that day; the course of the plan is filed in a county that has none."""
OPENED = Filled("开始和结束", {"登记的是": "开始报送", "日期": "2023-04-03", "公布日": "2023-12-04"})


def empty_book(data: Path) -> bytes:
    """The workbook of a county as it goes out."""
    ledger = load(data).ledger
    assert ledger is not None
    return record_book(desk_day(ledger, ledger.current.id, date.fromisoformat(AS_OF)), list(ledger.units), bool(ledger.settings.fictional))


def book(data: Path, *filled: Filled) -> bytes:
    """The workbook with forms filled in, one a row, as a clerk would."""
    whole = load_workbook(io.BytesIO(empty_book(data)))
    for each in filled:
        put(whole[each.title], each.answers)
        for group in each.form.groups:
            for row in each.rows.get(group.label, ()):
                put(whole[group.sheet], {**{label: each.answers.get(label) for label in group.of}, **row})
                assert {*group.of, *row} <= {question.label for question in group_questions(each.form, group)}
    out = io.BytesIO()
    whole.save(out)
    return out.getvalue()


def put(sheet: Any, answers: Mapping[str, Any]) -> int:
    """Fill in the next free row of a sheet, by the heads; gives the row."""
    heads = {sheet.cell(3, column).value: column for column in range(1, sheet.max_column + 1)}
    row = next(row for row in range(4, 2000) if all(sheet.cell(row, column).value is None for column in heads.values()))
    for label, value in answers.items():
        sheet.cell(row, heads[label]).value = value
    return row


def body(filled: Filled, plan: str = "") -> str:
    """The text of the issue as the host writes it."""
    parts = [(KIND, filled.title)]
    parts += [(question.label, filled.answers.get(question.label)) for question in filled.form.questions]
    for group in filled.form.groups:
        lines = ["｜".join(str(row.get(question.label) or "") for question in group.questions) for row in filled.rows.get(group.label, ())]
        parts.append((group.label, "\n".join(lines)))
    parts += [(PLAN, plan), (BEFORE, f"- [X] {PLEDGE}")]
    return "\r\n\r\n".join(f"### {label}\r\n\r\n{text or '_No response_'}" for label, text in parts)


def event(text: str, number: int = 12, author: str = "clerk", sender: str = "clerk") -> bytes:
    """The file that the host leaves for a workflow."""
    people = {name: {"login": name, "type": "User"} for name in (author, sender)}
    issue = {"number": number, "body": text, "title": "登记", "state": "open", "user": people[author]}
    return json.dumps({"action": "opened", "issue": issue, "sender": people[sender]}, ensure_ascii=False).encode()
