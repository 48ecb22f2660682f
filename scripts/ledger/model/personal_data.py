"""What belongs to a person, as far as its form gives it away: numbers of mobile phones and of identity cards.

Refused in what is published (`testimony_checks.hygiene`), and masked where a message quotes it: the check of a pull request is public.
"""

from __future__ import annotations

import re
import unicodedata

MOBILE = re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)")
IDENTITY = re.compile(r"(?<!\d)[1-9]\d{5}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)")
KEPT = 3
"""Characters of a number that stay, so that staff find which one is meant."""


def masked(text: str) -> str:
    """The text with such numbers made unreadable; full-width digits count as the plain ones.

    >>> masked("联系张三13812345678"), masked("138平方米"), masked("１３８１２３４５６７８")
    ('联系张三138＊＊＊＊＊＊＊＊', '138平方米', '138＊＊＊＊＊＊＊＊')
    """
    plain = unicodedata.normalize("NFKC", text)
    hidden = plain
    for kind in (MOBILE, IDENTITY):
        hidden = kind.sub(lambda found: found[0][:KEPT] + "＊" * (len(found[0]) - KEPT), hidden)
    return text if hidden == plain else hidden
