"""What left a unit's rates is seen beside them, without sliding the table; no unit's page is wider than a phone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser

from scripts.ledger.model.rules import Rules
from scripts.store.default_rules import RULES
from scripts.store.yaml_reader import parse

LEFT = str(Rules.model_validate(parse(RULES.read_bytes()).value).words.figures.left.by("official"))


def test_the_last_column_of_the_units_is_in_sight(browser: Browser, demo_site: Path, serve: Callable[[Path], str]) -> None:
    """On the page of all units and in the brief, on a screen of 1280 px."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    for path in ("2023/units/", "2023/checkpoints/2023-07/"):
        page.goto(serve(demo_site) + path)
        head = page.locator(".unitfigs thead th").last
        box = head.bounding_box()
        assert head.inner_text() == LEFT and box and box["x"] + box["width"] <= 1280, path
        assert page.locator(".scroll:has(.unitfigs)").first.evaluate("each => each.scrollWidth <= each.clientWidth"), path
    page.close()


def test_every_units_page_fits_a_phone(browser: Browser, demo_site: Path, serve: Callable[[Path], str]) -> None:
    """At 320 and 360 px, whatever states its tasks have: the longest name of one stands in a tally."""
    page, root, wide = browser.new_page(), serve(demo_site), []
    for width in (320, 360):
        page.set_viewport_size({"width": width, "height": 900})
        for path in sorted((demo_site / "2023/units").glob("*/index.html")):
            page.goto(f"{root}2023/units/{path.parent.name}/")
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wide.append((width, path.parent.name))
    page.close()
    assert wide == []
