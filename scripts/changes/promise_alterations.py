"""What changed in what was promised, and in the registry, the rules and the settings: which fields, of which entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from scripts.ledger.model.promise import Ledger, Promise, Task

from .alterations import Alteration, Alterations
from .append_only import EDITORS_OWN

OURS = {path[0] for path in EDITORS_OWN["tasks"] if len(path) == 1}


def promise_alterations(before: Promise, after: Promise) -> Alterations:
    """The touched parts of one plan, task by task."""
    if fields := _fields(before.plan, after.plan):
        yield Alteration("promises", f"计划 {after.id}：{fields}")
    for number, task in sorted(after.tasks.items()):
        if number not in before.tasks:
            yield Alteration("promises", f"第{number}项“{task.title}”：新增", number)
        elif fields := _fields(before.tasks[number], task):
            ours = "（本站的话，不是文件的话）" if _only_ours(before.tasks[number], task) else ""
            yield Alteration("promises", f"第{number}项“{task.title}”：{fields}{ours}", number)
    for number, task in sorted(before.tasks.items()):
        if number not in after.tasks:
            yield Alteration("promises", f"第{number}项“{task.title}”：没有了", number)
    yield from _entries("promises", "地点", before.sites, after.sites)


def setting_alterations(before: Ledger, after: Ledger) -> Alterations:
    """Site, registry, rules; plans that came or went."""
    for plan in after.promises:
        if plan not in before.promises:
            yield Alteration("settings", f"新的计划 {plan}：{len(after.promises[plan].tasks)}项任务")
    for plan in before.promises:
        if plan not in after.promises:
            yield Alteration("settings", f"计划 {plan} 没有了")
    if fields := _fields(before.settings, after.settings):
        yield Alteration("settings", f"站点（site.yml）：{fields}")
    if fields := _fields(before.rules, after.rules):
        yield Alteration("settings", f"评定规则（rules.yml，第{before.rules.version}版 → 第{after.rules.version}版）：{fields}")
    yield from _entries("settings", "单位", before.units, after.units)


def _entries(kind: Any, what: str, before: Mapping[str, BaseModel], after: Mapping[str, BaseModel]) -> Alterations:
    for name in (*before, *(name for name in after if name not in before)):
        if name not in after:
            yield Alteration(kind, f"{what}“{name}”：没有了")
        elif name not in before:
            yield Alteration(kind, f"{what}“{name}”：新增")
        elif fields := _fields(before[name], after[name]):
            yield Alteration(kind, f"{what}“{name}”：{fields}")


def _fields(before: BaseModel, after: BaseModel) -> str:
    """The fields in which two facts differ, by their Chinese names; simple ones with both values."""
    return "、".join(_differences(before, after))


def _differences(before: BaseModel, after: BaseModel) -> Iterator[str]:
    for name, field in type(after).model_fields.items():
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            title = field.title or name
            simple = all(each is None or isinstance(each, (str, int)) for each in (old, new))
            yield f"{title}（{_shown(old)} → {_shown(new)}）" if simple else title


def _shown(value: object) -> str:
    text = "没有" if value is None else str(value)
    return text if len(text) <= 40 else text[:40] + "……"


def _only_ours(before: Task, after: Task) -> bool:
    return all(getattr(before, name) == getattr(after, name) for name in Task.model_fields if name not in OURS)
