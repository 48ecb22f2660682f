"""What somebody most likely meant who wrote a number with its unit, a day in another way, or a fixed choice in Chinese.

Nothing is taken over: it is offered in a message, and only where one reading is left.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from ..model.values import DAY, NUMBER, SLUG
from ..phrases.formats import number_words
from ..phrases.problems import nearest_of


@dataclass(frozen=True)
class Around:
    """What is known around a value: the first day that may be meant (a plan begins with its document), the last (today, where somebody
    tells what was), and the unit of each indicator."""

    begins: date | None = None
    until: date | None = None
    units: Mapping[str, str] = field(default_factory=dict)


NOWHERE = Around()


def unspaced(text: str) -> str:
    """A word, a day or a number as typed with any keyboard: full-width forms as the plain ones, no spaces around or within.

    >>> unspaced(" ２０２３年 5月 ")
    '2023年5月'
    """
    return "".join(unicodedata.normalize("NFKC", text).split())


# ---------------------------------------------------------------- numbers

SCALES = {"百": 2, "千": 3, "万": 4, "亿": 8}
"""How many noughts a word of number stands for."""
WRITTEN = re.compile(
    r"(?:约|近|共|[≥≤><=~¥+])*(?P<digits>-?\d+(?:\.\d+)?|-?\d{1,3}(?:,\d{3})+(?:\.\d+)?)"
    r"(?P<scale>[百千]?[万亿]?)(?:余|多)?(?P<unit>[^\d\s,.、/~-]*?)(?:整|左右|以上|以下)?",
    re.ASCII,
)
SCALED = re.compile(r"(?P<scale>[百千]?[万亿]?)(?P<unit>.+)")


def number_meant(text: str, unit: str | None = None) -> str | None:
    """The digits for a number that was written with its unit, a word of number or in another form; None where they cannot be known.

    `unit` is what the number is counted in, where that is known: a number in another unit is not converted.

    >>> number_meant("1000万元", "元"), number_meant("1000万元", "万元"), number_meant("约40张", "张")
    ('10000000', '1000', '40')
    >>> number_meant("5公里", "米"), number_meant("300个"), number_meant("１，０００")
    (None, None, '1000')
    """
    found = WRITTEN.fullmatch(unspaced(text).replace("−", "-"))
    if not found:
        return None
    value = Decimal(found["digits"].replace(",", "")).scaleb(_noughts(found["scale"]))
    if found["scale"] or found["unit"]:
        own = SCALED.fullmatch(unit) if unit else None
        if own is None or found["unit"] not in ("", own["unit"]):
            return None
        value = value.scaleb(-_noughts(own["scale"]))
    words = number_words(value)
    return words if NUMBER.fullmatch(words) else None


def _noughts(scale: str) -> int:
    return sum(SCALES[each] for each in scale)


def whole_meant(text: str) -> str | None:
    """The digits of a counted thing.

    >>> whole_meant("第24项"), whole_meant("２格"), whole_meant("1.5")
    ('24', '2', None)
    """
    found = re.fullmatch(r"第?(0|[1-9]\d*)(?:[项格号条件]?|\.0+)", unspaced(text), re.ASCII)
    return found[1] if found else None


# ---------------------------------------------------------------- days

LONG_DAY = re.compile(r"(\d{4})([-/.年])(\d{1,2})([-/.月])(\d{1,2})日?(?:T?00:00(?::00(?:\.0+)?)?)?", re.ASCII)
SHORT_DAY = re.compile(r"(\d{1,2})(?:月(\d{1,2})[日号]?|[-/.](\d{1,2}))", re.ASCII)
EIGHT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)", re.ASCII)
MONTH = re.compile(r"(\d{4})(?:年|[-/.])(\d{1,2})月?(?:份)?", re.ASCII)
SHORT_MONTH = re.compile(r"(\d{1,2})月(?:份)?", re.ASCII)
QUARTER = re.compile(r"(?:(\d{4})年?)?-?(?:第?([1-4一二三四])季度?|[Qq]([1-4]))", re.ASCII)


def day_meant(text: str, around: Around = NOWHERE) -> str | None:
    """The day in the one way of writing; without a year, the first such day of the plan, or the last that has come.

    >>> day_meant("2031/2/20"), day_meant("２０３１年２月３０日"), day_meant("4月2日", Around(date(2023, 3, 13)))
    ('2031-02-20', None, '2023-04-02')
    >>> day_meant("1月20日", Around(date(2023, 3, 13))), day_meant("3月1日", Around(date(2023, 3, 13), date(2023, 9, 1)))
    ('2024-01-20', '2023-03-01')
    """
    words = unspaced(text)
    if found := LONG_DAY.fullmatch(words):
        return _day(int(found[1]), int(found[3]), int(found[5]))
    if found := EIGHT.fullmatch(words):
        return _day(*map(int, found.groups()))
    found = SHORT_DAY.fullmatch(words)
    return _of_the_plan(int(found[1]), int(found[2] or found[3]), around) if found else None


def _day(year: int, month: int, of_month: int) -> str | None:
    try:
        told = date(year, month, of_month).isoformat()
    except ValueError:
        return None
    return told if DAY.fullmatch(told) else None


def _of_the_plan(month: int, of_month: int, around: Around) -> str | None:
    """The first such day from the plan's first on; where that has not come yet, the last that has."""
    if around.begins is None:
        return None
    first, last = str(around.begins), str(around.until or date.max)
    years = (around.begins.year - 1, around.begins.year, around.begins.year + 1)
    days = [day for year in years if (day := _day(year, month, of_month))]
    told = [day for day in days if first <= day <= last]
    return told[0] if told else next((day for day in reversed(days) if day <= last), None)


def month_meant(text: str, around: Around = NOWHERE) -> str | None:
    """A checkpoint's year and month; without a year, the first such month of the plan.

    >>> month_meant("2023年5月"), month_meant("1月", Around(date(2023, 3, 13))), month_meant("2023-13")
    ('2023-05', '2024-01', None)
    """
    words = unspaced(text)
    if found := MONTH.fullmatch(words):
        day = _day(int(found[1]), int(found[2]), 1)
    elif (short := SHORT_MONTH.fullmatch(words)) and around.begins:
        day = _of_the_plan(int(short[1]), 1, Around(around.begins.replace(day=1)))
    else:
        return None
    return day[:7] if day else None


def period_meant(text: str, around: Around = NOWHERE) -> str | None:
    """A month or a quarter.

    >>> period_meant("2023年第二季度"), period_meant("4月", Around(date(2023, 3, 13)))
    ('2023-Q2', '2023-04')
    """
    found = QUARTER.fullmatch(unspaced(text))
    if not found:
        return month_meant(text, around)
    year = found[1] or (str(around.begins.year) if around.begins else None)
    number = found[3] or str("一二三四".find(found[2]) + 1 or found[2])
    return f"{year}-Q{number}" if year else None


# ---------------------------------------------------------------- words

YES = frozenset(("是", "对", "yes", "y", "1", "on", "true", "√"))
AROUND_A_WORD = re.compile("^已(?:经)?|[的了色灯类]$")
"""What may stand around a word without changing it."""
TURNING = frozenset("没未不无非尚半部在将待拟基")
"""What changes a word's sense: 未完成 is not nearly 完成."""


def choice_meant(text: str, words: Mapping[str, str]) -> str | None:
    """The choice that somebody means by its Chinese word, or nearly; `words`: each choice with its word.

    >>> colours = {"green": "绿", "yellow": "黄"}
    >>> choice_meant("黄灯", colours), choice_meant("yelow", colours)
    ('yellow', 'yellow')
    >>> states = {"done": "完成", "partial": "部分完成", "not_done": "未完成"}
    >>> [choice_meant(each, states) for each in ("已完成", "部分", "没有完成", "完成一半")]
    ['done', 'partial', 'not_done', None]
    """
    said = unspaced(text)
    if set(words) == {"true"}:
        return "true" if said.lower() in YES else None
    named = {word: choice for choice, word in words.items() if word}
    for each in (said, AROUND_A_WORD.sub("", said)):
        if each in named:
            return named[each]
    begun = [choice for word, choice in named.items() if said and word.startswith(said)]
    if len(begun) == 1:
        return begun[0]
    alike = [word for word in named if _turns(word) == _turns(said)]
    near = nearest_of(said, alike)
    return named[near] if near else nearest_of(said, words)


def _turns(word: str) -> frozenset[str]:
    """How a word is turned: every no is alike."""
    return frozenset("没" if each in "没未不无非尚" else each for each in word if each in TURNING)


def slug_meant(text: str) -> str | None:
    """A word for an address, written with capitals, spaces or underscores.

    >>> slug_meant("New_Places"), slug_meant("学位")
    ('new-places', None)
    """
    words = re.sub(r"[\s_]+", "-", unicodedata.normalize("NFKC", text).strip().lower())
    return words if SLUG.fullmatch(words) else None
