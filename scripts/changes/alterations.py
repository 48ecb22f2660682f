"""What becomes different for the public between two states of the same data, both judged on the same day.

`parts` says what of a task changed (colour, numbers, pieces), `records` what was added or taken down, `standing_words` what was promised
and set.  Every sentence is made of the data and of the rules' own words; nothing is concluded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["refused", "colours", "frozen", "values", "corrections", "problems", "records", "waiting", "removed", "promises", "settings"]

TITLES: dict[Kind, str] = {
    "refused": "动了已公布的内容（检查会拒绝）",
    "colours": "颜色",
    "frozen": "首次公布结果（公布以后本不该变）",
    "values": "数字和事项",
    "corrections": "更正",
    "problems": "问题与整改",
    "records": "新的记录",
    "waiting": "公众还看不到的（没有开始报送）",
    "removed": "撤下",
    "promises": "承诺",
    "settings": "名录、规则和站点",
}
"""The kinds of change in the order in which they are told."""


@dataclass(frozen=True)
class Alteration:
    """One change: its kind, its sentence, and the task that it is about (None: the whole plan or site)."""

    kind: Kind
    words: str
    task: int | None = None


Alterations = Iterator[Alteration]
