"""Rules of the numbers that a task promises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ..model.problems import Place, Problem
from ..model.promise import Indicator, Ledger, Promise, Task
from ..plan.schedule import ends, planned
from ..plan.source import place_of
from .task_rules import at

SCALES = {"": Decimal(1), "万": Decimal(10_000), "亿": Decimal(100_000_000)}
PRINTED_NUMBER = re.compile(r"(\d+(?:\.\d+)?)余?(万|亿)?")


def indicator_ids(ledger: Ledger, promise: Promise, number: int, task: Task) -> Iterator[Problem]:
    """同一任务里，指标的编号不重复。"""
    first = {indicator.id: index for index, indicator in reversed(list(enumerate(task.indicators)))}
    for index, indicator in enumerate(task.indicators):
        if first[indicator.id] < index:
            yield Problem(at(promise, number, "indicators", index, "id"), "同一任务里指标编号不能重复", indicator.id)


def indicator_quotes(ledger: Ledger, promise: Promise, number: int, task: Task) -> Iterator[Problem]:
    """指标的原文逐字见于这一项；各节点数的原文逐字见于所说的那一格；数值就是原文里印的数（亿、万按单位换算）。"""
    for index, indicator in enumerate(task.indicators):
        place = at(promise, number, "indicators", index)
        if place_of(indicator.quote, task, number) is None:
            yield Problem(place / "quote", "必须逐字见于这一项的正文或表格", indicator.quote)
        if indicator.printed and indicator.printed not in indicator.quote:
            yield Problem(place / "printed", "必须是 quote 里的字", indicator.printed, example=indicator.quote)
        if indicator.printed:
            for value in _bounds(indicator):
                if not _printed_in(value, indicator.printed, indicator.unit):
                    yield Problem(place / "target", f"和印出的数“{indicator.printed}”对不上（按“{indicator.unit}”计）", str(value))
        elif indicator.target is not None:
            yield Problem(place, "写了 target，就要写 printed：原文印出的数", example="printed: 2000个")
        for position in range(len(indicator.schedule)):
            yield from _entry(promise, number, task, indicator, place / "schedule" / position, position)


def _entry(promise: Promise, number: int, task: Task, indicator: Indicator, place: Place, position: int) -> Iterator[Problem]:
    entry = indicator.schedule[position]
    if not 1 <= entry.cell <= len(task.milestones):
        yield Problem(place / "cell", f"格号必须在1到{len(task.milestones)}之间", str(entry.cell))
        return
    if entry.quote not in task.milestones[entry.cell - 1].text:
        yield Problem(place / "quote", f"必须逐字见于第{entry.cell}格", entry.quote)
    if not _printed_in(entry.value, entry.quote, indicator.unit):
        yield Problem(place / "value", f"和原文“{entry.quote}”对不上（按“{indicator.unit}”计）", str(entry.value))
    if position and entry.cell <= indicator.schedule[position - 1].cell:
        yield Problem(place / "cell", "各节点数必须按格号从小到大", str(entry.cell))


def _bounds(indicator: Indicator) -> tuple[Decimal, ...]:
    """The numbers of a target that must stand in print; the low end of a range is printed without its sign."""
    target = indicator.target
    return tuple(map(abs, target)) if isinstance(target, tuple) else () if target is None else (target,)


def _printed_in(value: Decimal, text: str, unit: str) -> bool:
    """Whether `text` prints `value`, counted in `unit` (亿元 printed, 万元 counted)."""
    scale = SCALES.get(unit[:1], Decimal(1))
    printed = [Decimal(n) * SCALES[s] for n, s in PRINTED_NUMBER.findall(text)]
    return value * scale in printed or value in [Decimal(n) for n, s in PRINTED_NUMBER.findall(text) if unit.startswith(s or "\0")]


def indicator_shape(ledger: Ledger, promise: Promise, number: int, task: Task) -> Iterator[Problem]:
    """between 的目标写成 [低, 高]，其余写一个数；readings 只用于 unsettled，每种理解与各节点数一样长；到期日由本站推定的，就是最后一个节点的月末。"""
    end = ends(promise.plan.checkpoints[-1].id)
    for index, indicator in enumerate(task.indicators):
        place = at(promise, number, "indicators", index)
        pair = isinstance(indicator.target, tuple)
        if indicator.target is not None and pair != (indicator.direction == "between"):
            yield Problem(
                place / "target", "direction 是 between 时写成 [低, 高]，否则写一个数", example="[-10, 10]" if not pair else "2000"
            )
        if isinstance(indicator.target, tuple) and indicator.target[0] > indicator.target[1]:
            yield Problem(place / "target", "[低, 高] 里低的在前")
        if (indicator.readings is not None) != (indicator.basis == "unsettled"):
            yield Problem(place / "basis", "basis: unsettled 要写 readings，其余不写", indicator.basis)
        for position, reading in enumerate(indicator.readings or ()):
            if len(reading) != len(indicator.schedule):
                yield Problem(place / "readings" / position, f"要与各节点数一样长（{len(indicator.schedule)}个）", f"{len(reading)}个")
        if indicator.due_inferred and indicator.due and indicator.due != end:
            yield Problem(place / "due", f"推定的到期日必须是最后一个节点的月末 {end}", str(indicator.due))
        if indicator.pace and (indicator.role != "target" or indicator.schedule or not indicator.due):
            yield Problem(place / "pace", "只用于写着“序时推进”、没有节点数、有到期日的目标", indicator.pace)
        if indicator.role == "target" and indicator.target is not None and not indicator.due:
            yield Problem(place, "有全年目标，就要有到期日 due", example="due: 2023-12-31")


def planned_not_negative(ledger: Ledger, promise: Promise, number: int, task: Task) -> Iterator[Problem]:
    """应完成数不是负数；只有 between 的范围可以。"""
    for index, indicator in enumerate(task.indicators):
        if indicator.direction == "between":
            continue
        values: list[tuple[tuple[str | int, ...], Decimal]] = [(("target",), value) for value in _bounds(indicator)]
        values += [(("schedule", i, "value"), entry.value) for i, entry in enumerate(indicator.schedule)]
        for path, value in values:
            if value < 0:
                yield Problem(at(promise, number, "indicators", index, *path), "应完成数不能是负数", str(value))


def indicator_sums(ledger: Ledger, promise: Promise, number: int, task: Task) -> Iterator[Problem]:
    """新增数各节点之和等于全年目标；累计数不下降，末尾等于全年目标。对不上而原文确是如此的，要有一条 kind: sum 的注。"""
    for index, indicator in enumerate(task.indicators):
        if indicator.role != "target" or not indicator.schedule or indicator.basis not in ("increment", "cumulative"):
            continue
        values, place = planned(indicator), at(promise, number, "indicators", index, "schedule")
        noted = any(note.kind == "sum" and note.indicator == indicator.id for note in task.notes)
        if indicator.basis == "cumulative" and values != sorted(values) and not noted:
            yield Problem(place, "累计数不能下降；原文确是如此的，要加一条 kind: sum 的注", "、".join(map(str, values)))
        if isinstance(indicator.target, Decimal) and values[-1] != indicator.target and not noted:
            yield Problem(place, f"合计必须等于全年目标 {indicator.target}；原文确是如此的，要加一条 kind: sum 的注", str(values[-1]))
