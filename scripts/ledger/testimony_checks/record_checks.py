"""All rules that the testimony must keep: one generator per rule; its docstring is the rule, in Chinese.

The rules look at one plan's records together.  Comparison with git history (nothing edited,
deleted or renamed) is not here: it needs more than the files as they stand.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Ledger
from ..problems import Problem
from ..rulebook.rules import Rules
from ..testimony.folders import KINDS, Records
from .checking import Checking, in_order, type_rule
from .hygiene import refused, texts
from .proceedings_checks import PROCEEDINGS_RULES
from .report_checks import REPORT_RULES
from .revision_checks import REVISION_RULES


def check_records(ledger: Ledger, plan_id: str, records: Records, rules: Rules) -> Iterator[Problem]:
    """All problems of one plan's testimony, warnings among them."""
    checking = Checking(ledger, ledger.promises[plan_id], records, rules)
    for rule in RECORD_RULES:
        yield from rule(checking)


def published_after_own_day(checking: Checking) -> Iterator[Problem]:
    """公布日不早于记录自己的日子（发现日、批准日、召开日、验收日等）。"""
    for kind in KINDS:
        for key, record in sorted(getattr(checking.records, kind).items()):
            yield from in_order(checking.at(kind, key, "published"), "公布日", record.published, record.day, "记录自己的日子")


def fit_to_publish(checking: Checking) -> Iterator[Problem]:
    """文字里不能有会被表格当公式的开头、模板记号、HTML 标签、手机号、身份证号和 http(s) 以外的链接。"""
    for kind in KINDS:
        for key, record in sorted(getattr(checking.records, kind).items()):
            for path, text in texts(record):
                if must := refused(text):
                    yield Problem(checking.at(kind, key, *path), must, text)


RECORD_RULES: tuple[type_rule, ...] = (published_after_own_day, fit_to_publish, *REPORT_RULES, *REVISION_RULES, *PROCEEDINGS_RULES)
