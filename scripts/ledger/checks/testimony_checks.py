"""All rules that the testimony must keep: one generator per rule; its docstring is the rule, in Chinese.

The rules look at one plan's records together.  Comparison with git history (nothing edited,
deleted or renamed) is not here: it needs more than the files as they stand.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model.problems import Problem
from ..model.promise import Ledger
from ..model.rules import Rules
from ..model.testimony import KINDS, Records
from .checking import Checking, groups_that_hold, in_order, type_rule
from .content_rules import ONE_CONTENT
from .gaps import NO_GAPS, Gaps
from .hygiene import refused, texts
from .proceedings_rules import ONE_PROCEEDING, PROCEEDINGS_GROUPS, PROCEEDINGS_NAMES
from .report_rules import ONE_REPORT, REPORT_GROUPS, REPORT_NAMES
from .revision_rules import CHANGE_GROUPS, ONE_CHANGE


def check_records(ledger: Ledger, plan_id: str, records: Records, rules: Rules, gaps: Gaps = NO_GAPS) -> Iterator[Problem]:
    """All problems of one plan's testimony, warnings among them.

    What could not be read (`gaps`) is told once, where it stands, and never again by what rests on it.  The rules of names look at every
    record; those of one record also at what is left of a spoilt one; those that compare records only at what was read wholly.
    """
    promise = ledger.promises[plan_id]
    sound = promise.model_copy(update={"tasks": {number: task for number, task in promise.tasks.items() if number not in gaps.tasks}})
    checking = Checking(ledger, sound, records, rules, gaps)
    for rule in NAME_RULES:
        yield from rule(checking)
    for rule in ONE_RULES:
        yield from gaps.honest(rule(checking))
    whole = groups_that_hold(checking)
    for rule in GROUP_RULES:
        yield from rule(whole)


def published_after_own_day(checking: Checking) -> Iterator[Problem]:
    """公布日不早于记录自己的日期（发现日、批准日、召开日、验收日等）。"""
    for kind in KINDS:
        for key, record in sorted(getattr(checking.records, kind).items()):
            yield from in_order(checking.at(kind, key, "published"), "公布日", record.published, record.day, "记录自己的日期")


def fit_to_publish(checking: Checking) -> Iterator[Problem]:
    """文字里不能有会被表格当公式的开头、模板记号、HTML 标签、手机号、身份证号和 http(s) 以外的链接。"""
    for kind in KINDS:
        for key, record in sorted(getattr(checking.records, kind).items()):
            for path, text in texts(record):
                if must := refused(text):
                    yield Problem(checking.at(kind, key, *path), must, text)


NAME_RULES: tuple[type_rule, ...] = (*REPORT_NAMES, *PROCEEDINGS_NAMES)
"""Of files as they are named."""
ONE_RULES: tuple[type_rule, ...] = (published_after_own_day, fit_to_publish, *ONE_CONTENT, *ONE_REPORT, *ONE_CHANGE, *ONE_PROCEEDING)
"""Of one record, held against the plan."""
GROUP_RULES: tuple[type_rule, ...] = (*REPORT_GROUPS, *CHANGE_GROUPS, *PROCEEDINGS_GROUPS)
"""Of records held against one another."""
RECORD_RULES: tuple[type_rule, ...] = (*NAME_RULES, *ONE_RULES, *GROUP_RULES)
