"""What a workbook's two ways agree on: the names of its sheets and columns, its words, the ids in its hidden column.

Columns are found by their heads and rows by their ids, never by position: columns may be inserted and moved, rows sorted and hidden.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

FORM, MONEY, PROOF, TOLD, HELP = "填报", "资金", "佐证材料", "已报", "说明"
"""The sheets: what is filled in; funding; evidence; the reports so far, word by word; how it is done."""

FORMER = {"凭据": PROOF, "应达": "应完成"}
"""What sheets and heads were called in workbooks that were taken from a site before: those are still read."""

ID = "编号"
STATE, DONE_ON, NUMBER = "完成情况", "完成日", "实际数"
PUBLISHED, BY, SUMMARY, REASON, PUBLIC_AT = "公布日", "报告单位", "情况", "更正原因", "公布处"
FORM_HEADS = (ID, "项", "内容（文件原文）", "到期", "应完成", "上次报的", STATE, DONE_ON, NUMBER, PUBLISHED, BY, SUMMARY, REASON, PUBLIC_AT)
FORM_INPUTS = (STATE, DONE_ON, NUMBER, PUBLISHED, BY, SUMMARY, REASON, PUBLIC_AT)
TASK = "项"
MONEY_HEADS = (TASK, "来源", "计划（元）", "到位（元）", "支出（元）")
PROOF_HEADS = (TASK, "名称", "网址", "日期", "种类")
TOLD_HEADS = (ID, "哪一份", "栏", "值")

MONEY_FIELDS = dict(zip(MONEY_HEADS[1:], ("source", "planned", "received", "spent"), strict=True))
PROOF_FIELDS = dict(zip(PROOF_HEADS[1:], ("title", "url", "dated", "kind"), strict=True))
HEAD_FIELDS = {PUBLISHED: "published", BY: "by", SUMMARY: "summary", REASON: "reason", PUBLIC_AT: "public_at"}

STATES = {"完成": "done", "部分完成": "partial", "未完成": "not_done", "撤回": "withdrawn"}
STATE_WORDS = {value: key for key, value in STATES.items()}
WITHDRAWN = "撤回"
ANSWERED = ("deliverables", "done_on", "indicators")
"""The fields whose values may be a state or be taken back: on paper in Chinese, in the file in English."""

KEY = re.compile(r"(\d{4})/(\d{4}-\d{2})/(\d{2,4})(?:/(\d{1,2}-\d{1,2}|[a-z0-9]+(?:-[a-z0-9]+)*))?", re.ASCII)
TOLD_KEY = re.compile(r"(\d{4})/(\d{4}-\d{2}/\d{2,4}(?:\.\d{1,2})?)//([a-z_]+(?:/[A-Za-z0-9_-]+){0,2})", re.ASCII)
"""A row of 已报: plan, report, path of the value."""


@dataclass(frozen=True)
class Key:
    """What a row is about: `item` is a deliverable's id (`2-1`), an indicator's, or None for the task's own row."""

    plan: str
    checkpoint: str
    task: int
    item: str | None

    @property
    def text(self) -> str:
        """As it stands in the hidden column: 2023/2023-05/24/2-1."""
        return f"{self.plan}/{self.checkpoint}/{self.task:02}" + (f"/{self.item}" if self.item else "")

    @property
    def piece(self) -> bool:
        """Whether the row is a deliverable's."""
        return bool(self.item and re.fullmatch(r"\d+-\d+", self.item))


def key_of(text: str) -> Key | None:
    """The key that a hidden cell holds; None for anything else.

    >>> key_of("2023/2023-05/24/2-1").item
    '2-1'
    """
    found = KEY.fullmatch(text)
    return Key(found[1], found[2], int(found[3]), found[4]) if found else None
