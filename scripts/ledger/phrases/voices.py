"""What is said of a fact in two ways, by who speaks: a government's site reports it; one that no unit owes a report says what public
material shows.  Every such phrase that is no rule stands here and nowhere else (the rules' own are in rules.yml); whoever needs one fills
it with `Speech.say` and never asks who speaks.

The second names no blank that the first does not, which is checked when this file is read; tests/house/test_voices.py holds every use to them.
"""

from __future__ import annotations

from string import Formatter

from ..model.wordbook import Said


def blanks(text: str) -> frozenset[str]:
    """The names of a phrase's blanks.

    >>> sorted(blanks("{day}整改完成，{days}天"))
    ['day', 'days']
    """
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def _two(official: str, independent: str) -> Said:
    if not blanks(independent) <= blanks(official):
        raise ValueError(f"a blank that the other way does not have: {official} / {independent}")
    return Said(official=official, independent=independent)


# who speaks
IDENTITY = _two("本站由{name}主办。", "本站不是政府网站，由{name}整理。")
WHOSE = _two("{name}", "本站不是政府网站")
"""The same on a picture, in few words."""
OTHER_KIND = _two("不是政府办的站这样写", "政府办的站这样写")

# reports
FILED = _two("报送", "公开")
"""Heads the row of a checkpoint's reports."""
REPORTING = _two("报送", "公开进展")
"""What a unit's reports are called together."""
IN_TIME = _two("按期", "按期公开")
UNASKED = "不要求"
"""Of a report that nothing required, whoever speaks."""
REPORT = _two("报告", "公开材料")
LATE_REPORT = _two("迟报", "晚公开")
REPORT_OWED = _two("{checkpoint}节点的报告应在{due}前公开", "{checkpoint}节点的材料到{due}没有公开")
REPORT_AHEAD = _two("{checkpoint}节点的报告应在{due}前公开", "{checkpoint}节点只看{due}前公开的材料")
OPENED = _two("开始报送", "开始收录进展")
OPENED_ON = _two("从{day}起，各牵头单位开始报送。", "从{day}起，本站开始收录公开的进展。")
NOT_OPENED = _two("还没有开始报送。", "还没有开始收录进展。")
BEFORE_OPENING = _two("开始报送以前，任何任务都没有颜色。", "开始收录进展以前，任何任务都没有颜色。")
REPORT_MISSING = _two("应有的报告过了期限，以后也没有。", "过了期限没有公开材料，以后也没有。")
REPORT_LACKING = _two("有报告，没有提到到期的数或事。", "有公开材料，没有提到到期的数或事。")

# numbers and things
ACTUAL = _two("实际", "公开材料显示")
ACCEPTED = _two("{by}{day}验收。", "公开材料显示，{by}{day}验收。")

# problems
PROBLEM_CLOSED = _two("{day}整改完成", "公开材料显示{day}整改完成")
PROBLEM_UNTOLD = _two("没有完成整改的记录", "未见整改完成的公开材料")
PROBLEMS_LATE = _two("逾期未整改", "逾期未见整改")
PROBLEMS_OPEN = _two("正在整改", "还在整改期限以内")
PROBLEMS_CLOSED = _two("已经整改", "公开材料显示已经整改")
PROBLEMS_ALL_CLOSED = _two("公开的问题都已整改。", "公开材料显示，公开的问题都已整改。")

# meetings
DECIDED = _two("议定{count}件，已办结{done}件", "议定{count}件，公开材料显示已办结{done}件")
SETTLED_OF = _two("议定的{count}件事，写明已办结{done}件", "议定的{count}件事，公开材料显示已办结{done}件")
ITEM_OPEN = _two("还没办结", "未见办结的公开材料")
ITEM_DONE = _two("已办结", "公开材料显示已办结")
ITEM_DROPPED = _two("不再办", "公开材料显示不再办")
ITEM_UNTOLD = _two("没有后续记录", "未见后续的公开材料")
"""Of something decided that no later file speaks of: that is silence, not a finding."""

# regular duties
TURN_KEPT = _two("有记录", "有公开材料")
TURN_MISSING = _two("没有公开记录", "未见公开材料")
TURN_AWAITED = _two("等公开记录", "等公开材料")
