"""Reading a built page as its reader does: elements by simple selectors, their words without idle space, the verdicts that they show."""

from __future__ import annotations

import re
from pathlib import Path

from lxml import html

from scripts.ledger.model.rules import COLOURS


def read_page(path: Path) -> html.HtmlElement:
    """A built page."""
    return html.document_fromstring(path.read_text(encoding="utf-8"))


def text(element: html.HtmlElement) -> str:
    """What a reader reads, without idle space."""
    return re.sub(r"\s+", " ", element.text_content()).strip()


def all_of(element: html.HtmlElement, selector: str) -> list[html.HtmlElement]:
    """The elements that a selector finds, in their order: tags, `.class`, `#id`, one after another for inside, commas between choices."""
    return list(element.xpath(" | ".join(".//" + "//".join(map(_step, each.split())) for each in selector.split(","))))


def _step(simple: str) -> str:
    tag, mark, name = re.fullmatch(r"(\w*)([.#]?)(.*)", simple).groups()  # type: ignore[union-attr]
    test = {"": "", "#": f"[@id='{name}']", ".": f"[contains(concat(' ', @class, ' '), ' {name} ')]"}[mark]
    return (tag or "*") + test


def one(element: html.HtmlElement, selector: str) -> html.HtmlElement:
    """The only element that a selector finds."""
    found = all_of(element, selector)
    assert len(found) == 1, f"{selector}: {len(found)}"
    return found[0]


def tones(element: html.HtmlElement) -> list[str]:
    """The colour classes of all badges and beads inside."""
    return [tone for each in all_of(element, ".badge, .bead") for tone in each.get("class").split() if tone in (*COLOURS, "grey")]


def rows(table: html.HtmlElement) -> list[list[str]]:
    """The rows of a table, heads and feet too, as words."""
    return [[text(cell) for cell in row] for row in table.iter("tr")]
