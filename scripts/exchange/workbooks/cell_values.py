"""One cell, as Excel or WPS may have stored it, to the text that a record's file would hold.

Each function gives the text, or a `Wrong` that says what must hold.  Days come as serial numbers and in four ways of writing, numbers as
text, in full-width digits, with thousands separators or shown in per cent; whatever is unambiguous is taken, nothing is guessed.
A formula is refused whatever it shows: the value stored beside it may be old, and nobody could check it later.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from scripts.ledger.checks.suggestions import LONG_DAY, NOWHERE, Around, choice_meant, day_meant, number_meant, unspaced
from scripts.ledger.model.values import NUMBER
from scripts.ledger.phrases.formats import number_words

from ..xlsx.book import Cell
from .columns import STATES, WITHDRAWN

GROUPED = re.compile(r"(-?\d{1,3}(?:,\d{3})+)(\.\d+)?", re.ASCII)
FIRST, LAST = date(2000, 1, 1), date(2099, 12, 31)


@dataclass(frozen=True)
class Wrong:
    """What a cell must hold and does not: as in a `Problem`."""

    must: str
    found: str
    nearest: str | None = None
    example: str | None = None


def trimmed(text: str) -> str:
    """Text without the spaces around it, ideographic and unbreakable ones too; line ends within are kept."""
    return "\n".join(line.rstrip() for line in text.strip().split("\n")).strip("\u200b\ufeff ")


def plain(text: str) -> str:
    """A word, a day or a number as typed with any keyboard: full-width forms as the plain ones, no spaces around."""
    return trimmed(unicodedata.normalize("NFKC", text))


def stored(cell: Cell) -> Wrong | None:
    """What no cell that we read may hold: an error, a formula, a truth value."""
    if cell.kind == "formula":
        return Wrong("是公式；请复制这一格，“选择性粘贴”为数值", cell.text or "公式")
    if cell.kind == "error":
        return Wrong("是表格软件的错误值；请重新填写，不填就清空", cell.text)
    if cell.kind == "bool":
        return Wrong("是真假值；请重新填写，不填就清空", "TRUE" if cell.text == "1" else "FALSE")
    return None


def text(cell: Cell) -> str | Wrong:
    """Any words; a number stands for its digits."""
    if wrong := stored(cell):
        return wrong
    if cell.kind == "number":
        value = _decimal(cell)
        return number_words(value) if value is not None else Wrong("必须是文字", cell.text)
    return trimmed(cell.text)


def day(cell: Cell, from_1904: bool, around: Around = NOWHERE) -> str | Wrong:
    """A day: a serial number or 2023-05-20, 2023/5/20, 2023.5.20, 2023年5月20日; one without its year is asked about."""
    if wrong := stored(cell):
        return wrong
    if cell.kind == "number":
        return _serial(cell, from_1904)
    words = unspaced(cell.text)
    if not LONG_DAY.fullmatch(words):
        return Wrong("必须是日期，写成 年-月-日", cell.text, day_meant(words, around), "2023-05-20")
    told = day_meant(words)
    return _in_time(date.fromisoformat(told), cell) if told else Wrong("必须是日历上有的日期", cell.text, None, "2023-05-20")


def _serial(cell: Cell, from_1904: bool) -> str | Wrong:
    value = _decimal(cell)
    if value is None or not 0 < value < 200_000:
        return Wrong("必须是日期，写成 年-月-日", cell.text, day_meant(cell.text), "2023-05-20")
    return _in_time((date(1904, 1, 1) if from_1904 else date(1899, 12, 30)) + timedelta(int(value)), cell)


def _in_time(day: date, cell: Cell) -> str | Wrong:
    if not FIRST <= day <= LAST:
        return Wrong("必须是本世纪的日期", f"{cell.text}（{day}）" if cell.kind == "number" else cell.text, None, "2023-05-20")
    return str(day)


def number(cell: Cell, unit: str = "") -> str | Wrong:
    """A number without unit.  A share shown in per cent is taken as what is seen, where the unit is %."""
    if wrong := stored(cell):
        return wrong
    if cell.kind == "number":
        value = _decimal(cell)
        if value is None:
            return Wrong("必须是数字", cell.text, None, "2000 或 98.7")
        return _share(value, cell, unit) if cell.percent else _digits(value, cell)
    words = plain(cell.text).replace("−", "-")
    if unit == "%" and words.endswith("%"):
        words = trimmed(words[:-1])
    if found := GROUPED.fullmatch(words):
        words = found[1].replace(",", "") + (found[2] or "")
    if not NUMBER.fullmatch(words):
        return Wrong("必须是数字，不带单位和≥", cell.text, number_meant(words, unit or None), "2000 或 98.7")
    return words


def _share(value: Decimal, cell: Cell, unit: str) -> str | Wrong:
    if unit != "%":
        shown = number_words(value * 100)
        return Wrong("是按百分比显示的；请把单元格格式改成“常规”，再写数字", f"{shown}%", None, "2000 或 98.7")
    return _digits(value * 100, cell)


def _decimal(cell: Cell) -> Decimal | None:
    """A stored number as it is shown: fifteen digits count, what comes after is the format's own noise."""
    try:
        value = Decimal(cell.text)
    except InvalidOperation:
        return None
    if not value.is_finite() or abs(value.adjusted()) > 20:
        return None
    return value.normalize() if len(value.as_tuple().digits) <= 15 else Decimal(f"{value:.14e}").normalize()


def _digits(value: Decimal, cell: Cell) -> str | Wrong:
    words = number_words(value) if value else "0"
    return words if NUMBER.fullmatch(words) else Wrong("必须是数字，最多15位整数、6位小数", cell.text, None, "2000 或 98.7")


def state(cell: Cell) -> str | Wrong:
    """A deliverable's state, by its Chinese word."""
    words = text(cell)
    if isinstance(words, Wrong):
        return words
    words = plain(words)
    return STATES[words] if words in STATES else Wrong(f"只能是 {'、'.join(STATES)} 之一", cell.text, _state_meant(words), "完成")


def _state_meant(words: str) -> str | None:
    """The word of the drop-down that somebody means who wrote another."""
    meant = choice_meant(words, {state: word for word, state in STATES.items()})
    return next((word for word, state in STATES.items() if state == meant), None)


def withdrawn(cell: Cell) -> bool:
    """Whether a number or a day is taken back."""
    return cell.kind == "text" and plain(cell.text) == WITHDRAWN
