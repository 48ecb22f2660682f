"""What answers at an address whose content went with a record that had to be taken down: a line that says so.  Source: 0012-permalinks.md."""

from __future__ import annotations

import re

from markupsafe import Markup

from scripts.pages.record_pages import RECORD_PAGES

from ..context import Context
from ..render import render

FROM_RECORDS: dict[str, re.Pattern[str]] = {
    "task": re.compile(r"P-\d+|problems|money|words"),
    "unit": re.compile(r"problems|statements"),
    **{page.kind: re.compile(r".+") for page in RECORD_PAGES},
}
"""By kind of page, the anchors that stand there because a record says something.  All others come with the plan, with the opening of
reporting or with a day, and may not be lost: the build refuses it."""


def taken_down(context: Context, kind: str, page: Markup) -> Markup:
    """The anchors that were given out for the page here and went with a record; empty where none did.  `page`: what its view made."""
    mine = FROM_RECORDS.get(kind)
    given = context.day.outlived.get(context.here, frozenset()) if mine else frozenset()
    lost = sorted(each for each in given if mine and mine.fullmatch(each) and f' id="{each}"' not in page)
    return render("parts/taken_down.html.j2", c=context, lost=lost) if lost else Markup()
