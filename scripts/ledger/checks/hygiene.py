"""Text that no testimony may hold, refused where it comes in and never cleaned up later.

Source: data.md, "Messages": what a spreadsheet would run as a formula, what a template engine
would run, markup, and what belongs to a person.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from pydantic import BaseModel

from ..model.personal_data import IDENTITY, MOBILE
from ..model.problems import type_key

FORMULA = ("=", "+", "-", "@")
TAG = re.compile(r"</?[A-Za-z!][^<>]*>?")
OTHER_LINK = re.compile(
    r"(?i)(?<![a-z0-9])(?!https?://)(?:[a-z][a-z0-9+.-]*://|(?:javascript|vbscript|data|file|mailto|tel|sms|weixin):\S)|(?<![:/\w])//\w"
)


def refused(text: str) -> str | None:
    """What must hold where `text` does not; None where it is fit to publish.  Full-width forms count as the plain ones.

    >>> refused("——"), refused("＝1+1")
    (None, '不能以 = + - @ 开头（全角的也不行），表格软件会当成公式')
    """
    plain = unicodedata.normalize("NFKC", text)
    if "\t" in text or "\r" in text:
        return "不能有制表符和回车符"
    if any(line.lstrip().startswith(FORMULA) for line in plain.split("\n")):
        return "不能以 = + - @ 开头（全角的也不行），表格软件会当成公式"
    if "{{" in plain or "{%" in plain:
        return "不能有 {{ 和 {%"
    if TAG.search(plain):
        return "不能有 HTML 标签"
    if MOBILE.search(plain):
        return "不能有手机号码；写单位的办公电话"
    if IDENTITY.search(plain):
        return "不能有身份证号码"
    return "链接只能以 http:// 或 https:// 开头" if OTHER_LINK.search(plain) else None


def texts(value: object, path: tuple[type_key, ...] = ()) -> Iterator[tuple[tuple[type_key, ...], str]]:
    """Every text in a record, with the path of keys that leads to it."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            yield from texts(getattr(value, name), (*path, field.alias or name))
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from texts(each, (*path, key))
    elif isinstance(value, tuple):
        for index, each in enumerate(value):
            yield from texts(each, (*path, index))
