"""The first look at a page takes one round trip: the style of what is seen first stands in the page, the rest is asked for behind it.

docs/decisions/0008 has the figures.  A style sheet in the middle of a page holds up what follows it, not what precedes it.
"""

from __future__ import annotations

import re
from pathlib import Path

FIRST, VERDICTS = "first.css", "verdicts.css"
COMMENT_OR_INDENT = re.compile(r"/\*.*?\*/|^[ \t]+", re.S | re.M)
HERO = re.compile(r"(?:\s*<!--.*?-->)*\s*(?:<article[^>]*>\s*)?<(header|section) class=\"hero\">.*?</\1>", re.S)


def first_style(assets: Path, coloured: bool) -> str:
    """The style that stands in every page; the five colours only where some plan's reporting has opened."""
    sheets = (FIRST, VERDICTS) if coloured else (FIRST,)
    text = "".join((assets / name).read_text(encoding="utf-8") for name in sheets)
    return re.sub(r"\n+", "\n", COMMENT_OR_INDENT.sub("", text)).strip()


def after_hero(content: str, link: str) -> str:
    """A page's content with the link to the rest of the style behind its opening; before everything where there is no such opening.

    >>> after_hero('<header class="hero"><h1>题</h1></header><p>文', "LINK")
    '<header class="hero"><h1>题</h1></header>LINK<p>文'
    >>> after_hero("<p>文", "LINK")
    'LINK<p>文'
    """
    hero = HERO.match(content)
    at = hero.end() if hero else 0
    return content[:at] + link + content[at:]
