"""The first look at a page takes one round trip: the style of what is seen first stands in the page, the rest is asked for behind it.

docs/decisions/0008 has the figures.  A style sheet in the middle of a page holds up what follows it, not what precedes it.
"""

from __future__ import annotations

import re
from pathlib import Path

FIRST, VERDICTS, REST = "first.css", "verdicts.css", "ledger.css"
COMMENT_OR_INDENT = re.compile(r"/\*.*?\*/|^[ \t]+", re.S | re.M)
HERO = re.compile(r"(?:\s*<!--.*?-->)*\s*(?:<article[^>]*>\s*)?<(header|section) class=\"hero\">.*?</\1>", re.S)


def first_style(assets: Path, coloured: bool) -> str:
    """The style that stands in every page; the five colours only where some plan's reporting has opened."""
    return _sheets(assets, FIRST, VERDICTS) if coloured else _sheets(assets, FIRST)


def rest_style(assets: Path) -> str:
    """All other style, for the one page that cannot ask for it: it does not know where the site stands."""
    return _sheets(assets, REST)


def _sheets(assets: Path, *names: str) -> str:
    text = "".join((assets / name).read_text(encoding="utf-8") for name in names)
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
