"""No progress of the real plan was published: not one colour stands anywhere on its site but where colours are explained."""

from __future__ import annotations

import re
from pathlib import Path

from scripts.ledger.model.rules import COLOURS
from tests.reading import all_of, read_page, text

PALETTE = re.compile(r"#(003672|2e7d61|ffec42|d77f00|a70209|489ce0|57ecb5|ffde0b|e79a4e|dc5561)", re.I)
"""The ten colours of verdicts, light and dark, as the style sheet names them."""
METHOD = Path("method/index.html")
"""Where the five colours are explained, once each, in colour."""
VERDICT = re.compile(rf"\b(?:{'|'.join(COLOURS)})\b")


def test_no_page_has_a_colour(site: Path) -> None:
    """Every page, the handbook too: no element of a verdict's class, no verdict's colour in a drawing, no key of colours in use."""
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 100
    for path in pages:
        name, page = path.relative_to(site), read_page(path)
        key = "//*[@class][not(ancestor::table[contains(@class, 'rulecol')])]" if name == METHOD else "//*[@class]"
        coloured = [each for each in page.xpath(key) if VERDICT.search(each.get("class"))]
        assert not coloured, (name, coloured[0].get("class"))
        assert name == METHOD or not PALETTE.search(path.read_text(encoding="utf-8")), name
        assert not all_of(page, ".reason"), name


def test_no_file_beside_the_pages_has_one(site: Path) -> None:
    """Drawings that stand alone and the style sheet carry no verdict's colour, and there is no brief to download."""
    for path in [*site.rglob("*.svg"), *site.glob("assets/ledger.css")]:
        assert not PALETTE.search(path.read_text(encoding="utf-8")), path.name
    assert not list(site.rglob("*.docx"))


def test_the_colours_would_be_seen(demo_site: Path) -> None:
    """The same eyes find the five colours on the fictional county's home page, so they are not blind."""
    classes = {word for each in read_page(demo_site / "index.html").xpath("//*[@class]") for word in each.get("class").split()}
    assert set(COLOURS) <= classes
    assert PALETTE.search((demo_site / "index.html").read_text(encoding="utf-8"))


def test_every_task_says_that_there_are_no_data(site: Path) -> None:
    """On each of its pages, in words."""
    tasks = sorted((site / "2023/tasks").glob("*/index.html"))
    assert tasks
    assert all("暂无进展数据" in text(read_page(path)) for path in tasks)


def test_the_five_colours_are_explained_in_colour(site: Path) -> None:
    """The method page shows each badge once as it would look, and has the style for it."""
    page = read_page(site / METHOD)
    badges = [each.get("class").split()[1] for each in all_of(page, ".rulecol .badge")]
    assert badges == list(COLOURS) and PALETTE.search((site / METHOD).read_text(encoding="utf-8"))
