"""Data as YAML text that `yamltext` reads back as it was: plain words where that is safe, else in double quotes.

>>> print(dump({"by": "县教委", "deliverables": {"2-1": "done"}, "reason": "漏报: 一所"}), end="")
by: 县教委
deliverables: {2-1: done}
reason: "漏报: 一所"
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

PLAIN = re.compile(
    r"[^\W_](?:[^\x00-\x1f\x7f-\xa0:#{}\[\],&*!|>'\"%@`\\\u2028\u2029\ufeff]*[^\s\x00-\x1f:#{}\[\],&*!|>'\"%@`\\\u2028\u2029\ufeff])?"
)
"""Begins with a letter or a digit and holds nothing that YAML reads as more than text."""
EMPTY = ("null", "Null", "NULL")
ONLY_DIGITS = re.compile(r"0\d*")


def scalar(text: str) -> str:
    """One text as YAML: plain where nothing can be misread, else in double quotes.

    >>> scalar("2023-05-20"), scalar("02"), scalar("—— 无")
    ('2023-05-20', '"02"', '"—— 无"')
    """
    plain = PLAIN.fullmatch(text) and text not in EMPTY and (text == "0" or not ONLY_DIGITS.fullmatch(text))
    return text if plain else json.dumps(text, ensure_ascii=False)


def flow(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(str(key))}: {flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(str(value))


def dump(fields: Mapping[str, Any]) -> str:
    """A record: one field a line; a list of groups one group a line."""
    lines: list[str] = []
    for key, value in fields.items():
        groups = isinstance(value, (list, tuple)) and any(isinstance(each, Mapping) for each in value)
        lines += [f"{key}:", *(f"  - {flow(each)}" for each in value)] if groups else [f"{key}: {flow(value)}"]
    return "\n".join(lines) + "\n"
