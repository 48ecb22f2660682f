"""Addresses that were public and moved: what answers at the old one.  Source: 0012-permalinks.md."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from .values import Fact, Line, Plain, refuse

FILE = "redirects.yml"
PATH = r"(?:[a-z0-9]+(?:-[a-z0-9]+)*/)"
ANCHOR = r"(?:#[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*)"
OLD = re.compile(rf"{PATH}+{ANCHOR}?", re.ASCII)
NEW = re.compile(rf"{PATH}*{ANCHOR}?", re.ASCII)


def _old(value: str) -> str:
    if not OLD.fullmatch(value):
        raise refuse("必须是本站的网址，从网站根写起，以 / 结尾，锚点写在 # 后面", "2023/places/gongping-xiaoxue/")
    return value


def _new(value: str) -> str:
    if not NEW.fullmatch(value):
        raise refuse("必须是本站的网址，从网站根写起，以 / 结尾，锚点写在 # 后面", "2023/places/gongping-xiaoxue-zonghelou/")
    return value


OldAddress = Annotated[Line, AfterValidator(_old)]
NewAddress = Annotated[Line, AfterValidator(_new)]


class Redirect(Fact):
    """改过的网址：旧网址不能没有回音，写明搬到了哪里，或为什么没有了。"""

    to: NewAddress | None = Field(
        None, title="新网址", description="搬到了哪里；必须是网站上有的一页或一处", examples=["2023/places/gongping-xiaoxue-zonghelou/"]
    )
    why: Plain | None = Field(
        None,
        title="说明",
        description="为什么换了、为什么没有了；没有新网址时必写",
        examples=["两条写法是同一处，并成一条。"],
    )


def split(address: str) -> tuple[str, str]:
    """An address as page and anchor (empty: the page itself).

    >>> split("2023/tasks/24/#2-1")
    ('2023/tasks/24/', '2-1')
    """
    page, _, anchor = address.partition("#")
    return page, anchor
