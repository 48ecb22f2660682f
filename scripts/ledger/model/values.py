"""The kinds of value that data files hold, each read from text by one strict rule.

The loader hands over text only (YAML's own guessing is off), so `no`, `1e3`, `012`, `1:30`,
`10_000` and `2.1` stay what was typed until the field that they stand in says what they are.
Every message is Chinese and carries an example.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d{1,6})?", re.ASCII)
DAY = re.compile(r"(19|20)\d\d-\d{2}-\d{2}", re.ASCII)
CHECKPOINT = re.compile(r"(19|20)\d\d-(0[1-9]|1[0-2])", re.ASCII)
PERIOD = re.compile(r"(19|20)\d\d-(0[1-9]|1[0-2]|Q[1-4])", re.ASCII)
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
MARKUP = re.compile(r"[<>{}]")
#: Characters that change how the text around them is read or shown (bidi marks and overrides, BOM).
STEERING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u061c")


TO_FILL = "〔待填〕"
"""Stands in a template where something must be filled in; no value may hold it."""
UNFILLED = "还没有填；填好，不需要的整行删去"


class Fact(BaseModel):
    """Base of every piece of data: immutable, and a key that is not a field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Kind = Literal["number", "whole", "day", "month", "period", "slug"]
"""What a value was to be, for those of which a wrong one may tell what was meant (`ledger.meant`)."""


def refuse(must: str, example: str | None = None, kind: Kind | None = None) -> PydanticCustomError:
    """The error of a value that does not hold; `must` and `example` go into the message, `kind` helps to find what was meant."""
    return PydanticCustomError("must", "{must}", {"must": must, "example": example, "kind": kind})


def _text(value: Any) -> Any:
    if not isinstance(value, str):
        raise refuse("必须是一段文字", "改善七所学校办学条件")
    return value


def _clean(value: str) -> str:
    if not value.strip():
        raise refuse("不能是空白")
    if TO_FILL in value:
        raise refuse(UNFILLED)
    for char in value:
        if char in STEERING or (unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") and char not in "\n\t"):
            raise refuse(f"不能含看不见的控制字符（U+{ord(char):04X}）")
    return value


def _one_line(value: str) -> str:
    if "\n" in value or "\t" in value:
        raise refuse("必须写在一行里，不能换行，也不能有制表符")
    return value


def _title(value: str) -> str:
    if len(_no_markup(value)) > 20:
        raise refuse(f"最多20个字，这里有{len(value)}个", "改善七所学校办学条件")
    return value


def _no_markup(value: str) -> str:
    if MARKUP.search(value):
        raise refuse("不能含 { } < > 这些符号")
    return value


def _number(value: Any) -> Any:
    if isinstance(value, Decimal):
        return value
    if not isinstance(value, str) or not NUMBER.fullmatch(value):
        raise refuse("必须是数字，不带单位、千分撇和≥", "2000 或 98.7", "number")
    return Decimal(value)


def _whole(value: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if not isinstance(value, str) or not NUMBER.fullmatch(value) or "." in value or value.startswith("-"):
        raise refuse("必须是从0起的整数", "3", "whole")
    return int(value)


def _year(value: Any) -> Any:
    number = _whole(value)
    if not 1900 <= number <= 2099:
        raise refuse("必须是年度，四位数", "2023")
    return number


def _day(value: Any) -> Any:
    if isinstance(value, date):
        return value
    if value == TO_FILL:
        raise refuse(UNFILLED, "2023-05-31")
    if not isinstance(value, str) or not DAY.fullmatch(value):
        raise refuse("必须是日期，写成 年-月-日", "2023-05-31", "day")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise refuse("必须是日历上有的日期", "2023-05-31") from None


def _checkpoint(value: str) -> str:
    if not CHECKPOINT.fullmatch(value):
        raise refuse("必须是节点，写成 年-月", "2023-05", "month")
    return value


def _period(value: str) -> str:
    if not PERIOD.fullmatch(value):
        raise refuse("必须是一个周期，写成 年-月 或 年-Q季", "2023-04 或 2023-Q2", "period")
    return value


def _slug(value: str) -> str:
    if not SLUG.fullmatch(value):
        raise refuse("必须用小写英文字母、数字和连字符", "gongping-xiaoxue", "slug")
    return value


def _web(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s<>\"'`{}|\\^]+", value, re.ASCII):
        raise refuse("必须是 http 或 https 开头的网址", "https://www.example.org/2023/")
    return value


def _one_or_many(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


Words = Annotated[str, BeforeValidator(_text), AfterValidator(_clean)]
"""Any text, several lines allowed."""
Line = Annotated[Words, AfterValidator(_one_line)]
"""Text on one line."""
Plain = Annotated[Line, AfterValidator(_no_markup)]
"""Our own words on one line, without the signs of markup."""
Title = Annotated[Line, AfterValidator(_title)]
"""An editorial title: at most 20 characters, no { } < >."""
Number = Annotated[Decimal, BeforeValidator(_number)]
"""An exact decimal number."""
Whole = Annotated[int, BeforeValidator(_whole)]
"""A whole number from 0."""
Year = Annotated[int, BeforeValidator(_year)]
"""A year of our time, so that every day of it can be computed."""
Day = Annotated[date, BeforeValidator(_day)]
"""A day, ISO 8601."""
CheckpointId = Annotated[Line, AfterValidator(_checkpoint)]
"""A checkpoint, named by year and month."""
Period = Annotated[Line, AfterValidator(_period)]
"""A month or a quarter: 2023-04, 2023-Q2."""
Slug = Annotated[Line, AfterValidator(_slug)]
"""The ASCII word that stands in a URL."""
Web = Annotated[Line, AfterValidator(_web)]
"""An http(s) address."""
Names = Annotated[tuple[Line, ...], BeforeValidator(_one_or_many, json_schema_input_type=str | tuple[str, ...]), Field(min_length=1)]
"""One name or a list of names."""
