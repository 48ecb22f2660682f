"""Words without end: no address, no name and no letter in any field widens a page; the navigation's own words stay whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from .test_accessibility import kinds

ADDRESS = "https://www.example.org/" + "a1b2c3d4" * 7
LETTERS = "x" * 4000
PUT = """word => {
    const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT), found = [];
    while (texts.nextNode()) { found.push(texts.currentNode); }
    const free = found.filter(each => each.textContent.trim().length > 14 && getComputedStyle(each.parentElement).whiteSpace !== "nowrap" && !each.parentElement.closest(".n, thead, script, style, svg, select, button, .vh, .demo"));
    free.forEach(each => { each.textContent += word; });
    return free.length;
}"""
"""Puts a word at the end of every longer text of a page: whatever field of the data it came from, there it stands.
What is set without a break is a date, a number, a month: nobody writes them freely."""
OURS = "method/"
"""The page that prints the rules file alone: no record of a county stands on it."""
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"
BROKEN = """() => [...document.querySelectorAll(".nav a")].filter(each => {
    const range = document.createRange();
    range.selectNodeContents(each);
    return new Set([...range.getClientRects()].map(each => Math.round(each.top))).size > 1;
}).map(each => each.textContent)"""


@pytest.mark.slow
@pytest.mark.parametrize("word", [ADDRESS, LETTERS], ids=["an address of 80 characters", "a word of 4,000 letters"])
def test_no_word_widens_a_page(browser: Browser, demo_site: Path, serve: Callable[[Path], str], word: str) -> None:
    """On every kind of page, at 320, 768 and 1280 px."""
    root, wide, put = serve(demo_site), [], 0
    page = browser.new_page(viewport={"width": 320, "height": 740})
    for path in (each for each in kinds(demo_site) if each != OURS):
        page.set_viewport_size({"width": 320, "height": 740})
        page.goto(root + path)
        put += page.evaluate(PUT, word)
        for width in (320, 768, 1280):
            page.set_viewport_size({"width": width, "height": 740})
            if page.evaluate(TOO_WIDE):
                wide.append((path, width, page.evaluate("document.documentElement.scrollWidth")))
    page.close()
    assert wide == [] and put > 200


@pytest.mark.parametrize("width", [320, 360, 980, 992, 1000, 1030, 1088, 1280])
def test_no_word_of_the_navigation_is_broken(browser: Browser, demo_site: Path, serve: Callable[[Path], str], width: int) -> None:
    """首页 stands in one line, at every width at which it did not."""
    page = browser.new_page(viewport={"width": width, "height": 740})
    page.goto(serve(demo_site))
    broken = page.evaluate(BROKEN)
    page.close()
    assert broken == []


def test_an_address_that_is_no_address_does_not_stop_the_script(browser: Browser, demo_site: Path, serve: Callable[[Path], str]) -> None:
    """`#%` after an address: the page works on, the question can still be chosen."""
    page, errors = browser.new_page(), list[str]()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(serve(demo_site) + "2023/tasks/02/#%")
    assert errors == [] and page.locator(".pick").get_attribute("hidden") is None
    page.close()
