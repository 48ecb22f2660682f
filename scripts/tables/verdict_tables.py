"""The tables of what the ledger makes of it: every task's colour or state at every checkpoint and today, and every unit's figures.

Empty before reporting has opened, but for the state 暂无进展数据 of today: nothing has a colour then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

from scripts.ledger.model.rules import COLOURS, STATE_WORDS
from scripts.ledger.phrases.measures import measures
from scripts.ledger.series.briefs import first_figures
from scripts.ledger.series.checkpoint_results import Cell, first_history, history
from scripts.ledger.series.day import Day
from scripts.ledger.series.unit_figures import Figures, speed_counts
from scripts.ledger.verdict.indicators import NumberPart
from scripts.ledger.verdict.standing import Standing
from scripts.ledger.verdict.terms import Reading, report_due

from .columns import (
    CHECKPOINT,
    TASK,
    TO_CHECKPOINT,
    TO_TASK,
    TO_UNIT,
    UNIT_KEY,
    UNIT_NAME,
    Column,
    Row,
    Source,
    Table,
    Value,
    task_id,
    unit_id,
    whole,
)
from .report_tables import STATES, VERDICTS

SCALE = 10000
"""Shares are cut off after four places, never rounded: 0.8999 is not 0.9."""

COLOUR_WORDS = "blue 已完成并验收；green 达到序时进度；yellow 略有滞后；orange 明显滞后；red 严重滞后"


def share(part: NumberPart) -> Decimal | None:
    """How much of the plan a number has reached: 1 where it holds, cut off after four places; None where nothing is known."""
    if part.step is None or part.actual is None:
        return None
    if part.step.bound.holds(part.actual):
        return Decimal(1)
    reached, whole_ = part.step.bound.share(part.actual)
    return (reached * SCALE // whole_) / SCALE if whole_ else Decimal(0)


def _figures_of(standing: Standing) -> dict[str, Value]:
    """The share of the number furthest from its plan; the days of the piece or problem that is latest."""
    shares = [found for part in standing.numbers if (found := share(part)) is not None]
    days = [part.days for part in standing.pieces if part.colour is not None] + [part.days for part in standing.problems]
    return {"a": min(shares, default=None), "days_late": max(days, default=None)}


A = Column("a", "完成比", "实际数除以应完成数，取离目标最远的一个；达到的写1；截到四位小数，不进位；没有数可以评定的为空", "number")
DAYS = whole("days_late", "迟的天数", "最久的一件事或一个问题迟了几天；0 是不迟；没有事项可以评定的为空", required=False)
REASON = Column("reason", "理由", "颜色或状态的全部理由", required=True)
OPTIONAL = {
    "colour": Column("colour", "颜色", COLOUR_WORDS + "；没有颜色的为空，见 state", enum=COLOURS),
    "state": Column("state", "状态", STATE_WORDS + "；有颜色的为空", enum=STATES),
}


def _standings(source: Source) -> Iterator[Row]:
    day = source.day
    for position in day.published_checkpoints:
        first, now = day.first(position), day.now(position)
        for number in sorted(day.promise.tasks):
            point = day.promise.plan.checkpoints[position].id
            yield {
                "task_id": task_id(number),
                "checkpoint": point,
                "judged_on": report_due(day.promise, position, day.rules) + timedelta(1),
                "result": _results(day.histories, number, position),
                "colour": now[number].colour,
                "state": now[number].state,
                "reason": now[number].sentence,
                **_figures_of(now[number]),
                "first_colour": first[number].colour,
                "first_state": first[number].state,
                "first_reason": first[number].sentence,
                "changed": first[number].verdict != now[number].verdict,
            }


def _results(histories: Mapping[int, tuple[Cell, ...]], number: int, position: int) -> tuple[str, ...]:
    return tuple(label.text for label in histories[number][position].labels)


STANDINGS = Table(
    "standings",
    "各节点评定",
    "一行是一项任务在一个已公布结果的节点：按当时那一天评，用今天知道的（现值），和首次公布的并列",
    (
        TASK,
        CHECKPOINT,
        Column("judged_on", "评定日", "报告期限的后一天；首次公布也在这一天", "date", required=True),
        Column("result", "这一格后来怎样", "按期完成、逾期几天完成、未完成等，从今天看", "list"),
        OPTIONAL["colour"],
        OPTIONAL["state"],
        REASON,
        A,
        DAYS,
        Column("first_colour", "首次公布的颜色", "以后怎样更正都不改", enum=COLOURS),
        Column("first_state", "首次公布的状态", "以后怎样更正都不改；unsaved 首次结果没有保存", enum=(*STATES, "unsaved")),
        Column("first_reason", "首次公布的理由", "以后怎样更正都不改", required=True),
        Column("changed", "变了", "true：现值和首次公布的不同", "boolean", required=True),
    ),
    ("task_id", "checkpoint"),
    _standings,
    (TO_TASK, TO_CHECKPOINT),
)


def _today(source: Source) -> Iterator[Row]:
    for number, standing in sorted(source.day.standings.items()):
        yield {
            "task_id": task_id(number),
            "colour": standing.colour,
            "state": standing.state,
            "reason": standing.sentence,
            **_figures_of(standing),
            "unreported_in_a_row": standing.silent,
            "marks": tuple(mark.text for mark in standing.marks),
            "verdict_original": standing.verdicts.original if standing.verdicts else None,
            "verdict_revised": standing.verdicts.revised if standing.verdicts else None,
            "official_colour": standing.official.colour if standing.official else None,
            "official_document": standing.official.document if standing.official else None,
        }


STANDINGS_TODAY = Table(
    "standings_today",
    "今天的评定",
    "一行是一项任务在评定日（见 as_of）的颜色或状态",
    (
        TASK,
        OPTIONAL["colour"],
        OPTIONAL["state"],
        REASON,
        A,
        DAYS,
        whole("unreported_in_a_row", "连续未报", "连续几个应报的节点没有报告"),
        Column("marks", "标注", "颜色旁边的标注", "list"),
        Column(
            "verdict_original",
            "按原目标",
            "调整过目标的，按原目标的评定；undecided 没法评定：要看的数本该在一份因调整而不再要求的报告里",
            enum=(*VERDICTS, "undecided"),
        ),
        Column("verdict_revised", "按调整后目标", "调整过目标的，算上全部调整的评定", enum=VERDICTS),
        Column("official_colour", "督查评定的颜色", "督查自己公布的颜色，和本站的并列", enum=COLOURS),
        Column("official_document", "督查文件", "公布督查颜色的文件"),
    ),
    ("task_id",),
    _today,
    (TO_TASK,),
)

VERDICT_WORDS = dict(each.split(" ") for each in f"{COLOUR_WORDS}；{STATE_WORDS}".split("；"))
"""What the columns of counts are called."""
COUNTS = (
    whole("tasks", "牵头任务", "牵头几项；联合牵头的各算一次"),
    *(whole(verdict, VERDICT_WORDS[verdict], f"今天或当时判为{VERDICT_WORDS[verdict]}的任务数") for verdict in VERDICTS),
)
UNSAVED = whole("unsaved", "首次结果没有保存", "材料撤下了、首次结果没有保存下来的任务数；连同它，颜色和状态各栏相加等于牵头任务")
RATE, SPEED, SOLVED, OPEN = measures(lambda verdict: VERDICT_WORDS[verdict])
RATIOS = (
    whole("rate_part", "进度达标数", f"{RATE.name}的分子：{RATE.part}"),
    whole("rate_whole", "进度达标数的分母", f"{RATE.name}的分母：{RATE.whole}"),
    whole("speed_part", "按期数", f"{SPEED.name}的分子：{SPEED.part}"),
    whole("speed_whole", "已判数", f"{SPEED.name}的分母：{SPEED.whole}"),
    whole("solved_part", "按期整改数", f"{SOLVED.name}的分子：{SOLVED.part}"),
    whole("solved_whole", "到期问题数", f"{SOLVED.name}的分母：{SOLVED.whole}"),
    Column("open_days", OPEN.name, f"{OPEN.formula}；没有问题的为空", "number"),
    whole("overdue", "逾期未整改", "过了期限还没整改的问题数"),
    whole("silent", "连续未见报告任务", "连续两个或更多节点未见报告的任务数"),
    whole("postponed", "推迟的目标", "提前公布、改晚到期日的调整，一份算一项；一份可以改一整格"),
    whole("dropped_targets", "取消的目标", "提前公布、取消目标的调整，一份算一项；一份可以取消一整格"),
    whole("paused_days", "暂缓的天数", "到评定日为止，各项任务暂缓的天数相加"),
    whole("taken_down", "撤下的材料", "撤下的报告和其他影响颜色的记录，几份"),
)


def _unit(source: Source, name: str, figures: Figures) -> dict[str, Value]:
    return {
        "unit_id": unit_id(source.ledger, name),
        "unit": name,
        "tasks": len(figures.tasks),
        **{verdict: figures.counts.get(verdict, 0) for verdict in VERDICTS},
        **{f"{name}_{side}": getattr(getattr(figures, name), side) for name in ("rate", "speed", "solved") for side in ("part", "whole")},
        "open_days": figures.open_days,
        "overdue": figures.overdue,
        "silent": figures.silent,
        "postponed": figures.left.postponed,
        "dropped_targets": figures.left.dropped,
        "paused_days": figures.left.paused,
        "taken_down": figures.left.removed,
    }


def _unit_standings(source: Source) -> Iterator[Row]:
    for position in source.day.published_checkpoints:
        for name, figures in first_figures(source.day, position).leads.items():
            unsaved = {"unsaved": figures.counts.get("unsaved", 0)}
            yield {"checkpoint": source.day.promise.plan.checkpoints[position].id, **_unit(source, name, figures), **unsaved}


UNIT_STANDINGS = Table(
    "unit_standings",
    "各节点单位的数",
    "一行是一个牵头单位在一个已公布结果的节点，首次公布的数；没有综合分",
    (CHECKPOINT, UNIT_KEY, UNIT_NAME, *COUNTS, *RATIOS, UNSAVED),
    ("checkpoint", "unit_id"),
    _unit_standings,
    (TO_CHECKPOINT, TO_UNIT),
)


def _unit_today(source: Source) -> Iterator[Row]:
    for name, figures in source.day.figures.leads.items() if source.day.opened else ():
        yield _unit(source, name, figures)


UNIT_STANDINGS_TODAY = Table(
    "unit_standings_today",
    "今天单位的数",
    "一行是一个牵头单位在评定日的数；没有综合分",
    (UNIT_KEY, UNIT_NAME, *COUNTS, *RATIOS),
    ("unit_id",),
    _unit_today,
    (TO_UNIT,),
)


def _cells(source: Source) -> Iterator[Row]:
    """The cells of every task as first published for each checkpoint, then as they read today."""
    day = source.day
    for position in day.published_checkpoints:
        judged_on = report_due(day.promise, position, day.rules) + timedelta(1)
        for number in sorted(day.promise.tasks):
            rows = (first_history(day.promise, number, day.records, day.rules, position, day.publisher, reading) for reading in READINGS)
            yield from _cell_rows(day, number, f"{day.promise.plan.checkpoints[position].id} first", judged_on, *rows)
    for number in sorted(day.promise.tasks) if day.opened else ():
        original = history(day.promise, number, day.records, day.rules, day.as_of, day.known, day.publisher, "original")
        yield from _cell_rows(day, number, "today", day.as_of, day.histories[number], original)


READINGS: tuple[Reading, ...] = ("headline", "original")


def _cell_rows(day: Day, number: int, edition: str, judged_on: date, now: tuple[Cell, ...], original: tuple[Cell, ...]) -> Iterator[Row]:
    for cell, printed in zip(now, original, strict=True):
        yield {
            "edition": edition,
            "judged_on": judged_on,
            "task_id": task_id(number),
            "checkpoint": cell.checkpoint,
            "kinds": tuple(label.kind for label in cell.labels),
            "result": tuple(label.text for label in cell.labels if label.text),
            "original_kinds": tuple(label.kind for label in printed.labels),
            "original_result": tuple(label.text for label in printed.labels if label.text),
            "speed_counted": speed_counts(day.promise, number, printed),
            "speed_met": speed_counts(day.promise, number, printed) and printed.kind == "met",
        }


CELLS = Table(
    "cells",
    "各格结果",
    "一行是一项任务的一个节点：这一格后来怎样，按调整后的目标和按原目标并列；各节点首次公布时的，和今天的",
    (
        Column("edition", "哪一次", "2023-07 first 是7月节点首次公布时的；today 是今天的", required=True),
        Column("judged_on", "评定日", "首次公布日，或者今天的评定日", "date", required=True),
        TASK,
        CHECKPOINT,
        Column(
            "kinds",
            "结果的种类",
            "met 按期完成、late 逾期完成、caught_up 补上、unmet 未完成、moved 已改到别的日期等；第一个是结果，后面是报告",
            "list",
        ),
        Column("result", "结果", "同上，页面上的话", "list"),
        Column("original_kinds", "按原目标的种类", "不算任何调整；undecided 没法评定：要看的数本该在一份因调整而不再要求的报告里", "list"),
        Column("original_result", "按原目标的结果", "同上，页面上的话", "list"),
        Column("speed_counted", "进分母", f"true：算进{SPEED.name}的分母", "boolean", required=True),
        Column("speed_met", "进分子", f"true：算进{SPEED.name}的分子", "boolean", required=True),
    ),
    ("edition", "task_id", "checkpoint"),
    _cells,
    (TO_TASK, TO_CHECKPOINT),
)

JUDGED = (STANDINGS, STANDINGS_TODAY, CELLS, UNIT_STANDINGS, UNIT_STANDINGS_TODAY)
