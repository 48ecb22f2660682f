"""How days, checkpoints and numbers are written in Chinese."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

from ..model.promise import Indicator, Milestone, Plan
from ..model.wordbook import inner
from ..plan.schedule import Span, head_date

DIRECTION_SIGNS = {"at_least": "≥", "at_most": "≤", "between": ""}


def day_words(day: date) -> str:
    """2023年9月30日."""
    return f"{day.year}年{day.month}月{day.day}日"


def month_words(checkpoint: str) -> str:
    """2023年9月, for checkpoint 2023-09."""
    return f"{checkpoint[:4]}年{int(checkpoint[5:])}月"


def month_short(checkpoint: str, year: int) -> str:
    """9月; 24年1月 for a checkpoint outside the plan's year."""
    month = f"{int(checkpoint[5:])}月"
    return month if checkpoint.startswith(str(year)) else f"{checkpoint[2:4]}年{month}"


INTERVALS = {1: "每月", 2: "每两月", 3: "每季", 6: "每半年"}
"""How often a plan has a checkpoint, in words, by the number of months between them."""


def interval_words(plan: Plan) -> str:
    """每两月 for a checkpoint every two months; 各 where the distances differ or there is one checkpoint only.

    Goes before 节点: 每两月节点, 各节点.
    """
    months = [12 * int(point.id[:4]) + int(point.id[5:]) for point in plan.checkpoints]
    gaps = {later - earlier for earlier, later in pairwise(months)}
    return INTERVALS.get(gaps.pop(), "各") if len(gaps) == 1 else "各"


def interval_sentence(plan: Plan) -> str:
    """文件每两个月定一个节点，共6个。"""
    rhythm = {"每月": "每个月", "每两月": "每两个月", "每季": "每个季度", "每半年": "每半年"}.get(interval_words(plan))
    count = len(plan.checkpoints)
    return f"文件{rhythm}定一个节点，共{count}个。" if rhythm else f"文件全年定了{count}个节点。"


def period_words(period: str) -> str:
    """A period of a regular duty: 2023年4月 for 2023-04, 2023年第2季度 for 2023-Q2."""
    year, _, part = period.partition("-")
    return f"{year}年第{part[1:]}季度" if part.startswith("Q") else month_words(period)


def number_words(value: Decimal) -> str:
    """A number without exponent or idle zeros.

    >>> number_words(Decimal("80.0")), number_words(Decimal("2.40")), number_words(Decimal("1E+3"))
    ('80', '2.4', '1000')
    """
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def quoted(text: str) -> str:
    """Another's words inside a line of ours; quotation marks within become the inner ones.

    >>> quoted("用好“五色图”")
    '“用好‘五色图’”'
    """
    return f"“{inner(text)}”"


def opening(text: str, limit: int = 46) -> str:
    """The opening of a long official text for a list: cut after a separator, never inside a number or a word, and marked ……."""
    if len(text) <= limit:
        return text
    cut = max(text.rfind(mark, 0, limit) for mark in "。；，、")
    return text[: cut + 1 if cut > 0 else limit] + "……"


def value_words(value: Decimal, unit: str) -> str:
    """A number with its unit: 2000个, 98.7%."""
    return number_words(value) + unit


def range_words(low: Decimal, high: Decimal, unit: str) -> str:
    """A range; one around nought without a minus sign.

    >>> range_words(Decimal(400), Decimal(1200), "元"), range_words(Decimal(90), Decimal(95), "%"), range_words(Decimal(-5), Decimal(5), "%")
    ('400至1200元', '90%至95%', '正负5%以内')
    """
    if high > 0 and low == -high:
        return f"正负{value_words(high, unit)}以内"
    return f"{number_words(low)}{unit if unit == '%' else ''}至{value_words(high, unit)}"


def bound_words(low: Decimal | None, high: Decimal | None, unit: str, sign: str = "") -> str:
    """What a number must reach: 5000人次, ≤5.5%, a range.  `sign` goes before what must be reached at least."""
    if low is not None and high is not None:
        return range_words(low, high, unit)
    return sign + value_words(low, unit) if low is not None else "≤" + value_words(high or Decimal(0), unit)


def money_words(yuan: Decimal) -> str:
    """Yuan in 万元, exact, without the unit.

    >>> money_words(Decimal("4200000")), money_words(Decimal("12345"))
    ('420', '1.2345')
    """
    return number_words(yuan / 10000)


def target_words(indicator: Indicator) -> str:
    """What an indicator demands for the year: as printed, else the number with unit and direction; empty when none is printed."""
    if indicator.printed:
        return indicator.printed
    if isinstance(indicator.target, tuple):
        return range_words(*indicator.target, indicator.unit)
    return "" if indicator.target is None else DIRECTION_SIGNS[indicator.direction] + value_words(indicator.target, indicator.unit)


def span_words(span: Span, plan: Plan) -> str:
    """Which checkpoints a cell covers: 2023年9月; 2023年7月至11月; 全年; 月份不明，最晚2023年11月."""
    points = [point.id for point in plan.checkpoints]
    if not span.certain:
        return f"月份不明，最晚{month_words(points[span.last[1]])}"
    first, last = span.first[0], span.last[0]
    if first == last:
        return month_words(points[first])
    return "全年一格" if last - first + 1 == len(points) else f"{month_words(points[first])}至{month_words(points[last])}"


def due_words(cell: Milestone, day: date, plan: Plan) -> str:
    """By when a cell is due (`day`, of `due_days`), with the document's own words where it fixes the day."""
    word = head_date(cell.text)
    return f"最晚{day_words(day)}" + (f"（原文写“{word}”）" if word else "")


def whole(county: str) -> str:
    """What all of a county is called, by the last word of its name; what stands in brackets behind is no part of it.

    >>> whole("样例县（虚构）"), whole("云泽区"), whole("样例")
    ('全县', '全区', '全县')
    """
    last = county.partition("（")[0][-1:]
    return f"全{last}" if last in ("区", "市", "旗") else "全县"
