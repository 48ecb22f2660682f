"""How a value is written in a cell of text, and in JSON: the one place where values become text.

Text that a spreadsheet would run as a formula is refused in testimony when it comes in (`make check`).  Official words and our own
titles are not refused, for they are what they are; in a CSV such a text gets an apostrophe in front, as spreadsheets do it
themselves.  The workbook marks every text as text and the JSON needs no mark, so both keep the words as they are.
"""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal

from scripts.ledger.checks.hygiene import FORMULA
from scripts.ledger.phrases.formats import number_words
from scripts.tables.columns import SEPARATOR, Value

FULL_WIDTH = "；"
"""What stands for the separator inside one of several texts."""


def plain(value: Value) -> str:
    """A value as text: ISO days, true and false, numbers without idle zeros, several texts joined, nothing for nothing.

    >>> plain(Decimal("98.70")), plain(True), plain(date(2023, 5, 31)), plain(("县教委", "县财政局")), plain(None)
    ('98.7', 'true', '2023-05-31', '县教委;县财政局', '')
    """
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return number_words(value)
        case date():
            return value.isoformat()
        case tuple():
            return SEPARATOR.join(each.replace(SEPARATOR, FULL_WIDTH) for each in value)
        case _:
            return str(value)


def csv_cell(value: Value) -> str:
    """A value in a CSV: text that would run as a formula gets an apostrophe; a negative number stays a number.

    >>> csv_cell("=1+1"), csv_cell("＠求和"), csv_cell("——"), csv_cell(Decimal(-10))
    ("'=1+1", "'＠求和", '——', '-10')
    """
    text = plain(value)
    return "'" + text if isinstance(value, str | tuple) and runs(text) else text


def runs(text: str) -> bool:
    """Whether a spreadsheet would run a text, full-width signs included."""
    return text[:1] in ("\t", "\r") or unicodedata.normalize("NFKC", text).lstrip().startswith(FORMULA)


def json_value(value: Value) -> object:
    """A value in JSON: whole numbers without a point, days as ISO text, several texts as an array."""
    match value:
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case date():
            return value.isoformat()
        case tuple():
            return list(value)
        case _:
            return value
