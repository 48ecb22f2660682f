"""Every kind of page of the real and the fictional site, for everyone: axe, reflow, contrast, without script."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (320, 360, 1280)
LOOKS: list[tuple[int, Literal["light", "dark"]]] = [(width, scheme) for width in WIDTHS for scheme in ("light", "dark")]
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


@cache
def kinds(site: Path) -> tuple[str, ...]:
    """One page of each kind: the first of every folder, and every page that stands alone; cards for other people's pages are none of ours.

    The handbook's pages are the same words on both sites: they are looked at on the real one.
    """
    seen_elsewhere = {"embed"} | ({"guide"} if "虚构演示" in (site / "index.html").read_text(encoding="utf-8") else set())
    pages = sorted(
        path.parent.relative_to(site).as_posix()
        for path in site.rglob("index.html")
        if not seen_elsewhere & set(path.relative_to(site).parts)
    )
    first: dict[str, str] = {}
    for page in pages:
        shape = re.sub(r"(places|tasks|units|chapters|checkpoints|mechanisms)/[^/]+", r"\1/*", page)
        first.setdefault(shape, "" if page == "." else page + "/")
    return (*first.values(), "404.html")


@pytest.fixture(scope="session", params=["real", "demo"])
def any_site(request: pytest.FixtureRequest) -> Path:
    """The real site, then the fictional one."""
    found: Path = request.getfixturevalue("site" if request.param == "real" else "demo_site")
    return found


CONTRAST = ["color-contrast", "link-in-text-block"]
DRAWN = ["target-size", "scrollable-region-focusable"]

UNFOLD = "document.querySelectorAll('details').forEach(fold => { fold.open = true; })"

#: Axe is told to give only what is wrong: its long lists of what is right took two thirds of the time.
ASK = """([where, options]) => axe.run(where === "all" ? document : {include: window.ledgerLooks}, {...options, resultTypes: ["violations"]})
    .then(found => found.violations.map(each => each.id + ": " + each.nodes[0].html.slice(0, 110)))"""

#: One element with text for every way of being drawn: its own and its ancestors' tags and classes, ink, ground, size, weight.
LOOKS_ALIKE = """() => {
    const seen = new Set();
    window.ledgerLooks = [...document.querySelectorAll("body *")].filter(element => {
        if (![...element.childNodes].some(node => node.nodeType === 3 && node.data.trim())) return false;
        const style = getComputedStyle(element);
        let key = [style.color, style.backgroundColor, style.fontSize, style.fontWeight].join();
        for (let at = element; at !== document.body; at = at.parentElement) key += "<" + at.tagName + "." + at.className;
        return !seen.has(key) && seen.add(key);
    });
}"""


def _rules(*names: str) -> dict[str, Any]:
    return {"runOnly": {"type": "rule", "values": names}}


EVERY_RULE = {"runOnly": {"type": "tag", "values": TAGS}}
ALL_BUT_CONTRAST = EVERY_RULE | {"rules": {name: {"enabled": False} for name in CONTRAST}}


@dataclass
class Listener:
    """Axe in one page that stays open while its look changes: put in once, and in each look asked what that look can change."""

    page: Page
    asked: int = 0
    found: list[str] = field(default_factory=list)

    def open(self, address: str) -> None:
        """Go there, unfold everything, make axe ready."""
        self.page.goto(address)
        self.page.evaluate(UNFOLD)
        self.page.evaluate(AXE)

    def ask(self, look: str, where: str, rules: dict[str, Any]) -> None:
        """Hear what is wrong in this look; `where` is `all`, or `alike` for one element of every way of being drawn."""
        if where == "alike":
            self.page.evaluate(LOOKS_ALIKE)
        self.found += [f"{self.page.url} {look}: {each}" for each in self.page.evaluate(ASK, [where, rules])]

    def look(self, width: int, scheme: Literal["light", "dark"], big: bool = False) -> None:
        """One look.  At 360 in light every rule on every element; at 1280 in light structure again, for the layout is another; in all
        others what is drawn: contrast of every way of being drawn, and in light size of what is pressed and what scrolls, which dark does not move."""
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.emulate_media(color_scheme=scheme)
        name = f"{width} {scheme}{' large text' * big}"
        if (width, scheme, big) == (360, "light", False):
            self.ask(name, "all", EVERY_RULE)
        else:
            if scheme == "light":
                self.ask(name, "all", ALL_BUT_CONTRAST if width == 1280 else _rules(*DRAWN))
            self.ask(name, "alike", _rules(*CONTRAST))
        self.asked += 1


SHARES = 3


@pytest.mark.parametrize("share", range(SHARES))
def test_axe_finds_nothing(browser: Browser, any_site: Path, serve: Callable[[Path], str], share: int) -> None:
    """Zero violations on every kind of page, everything unfolded: at 320, 360 and 1280, light and dark, and with large text at 360."""
    root, paths = serve(any_site), kinds(any_site)[share::SHARES]
    heard = Listener(browser.new_page())
    for path in paths:
        heard.open(root + path)
        for width, scheme in LOOKS:
            heard.look(width, scheme)
        heard.page.get_by_role("button", name="大字版").click()
        heard.look(360, "light", big=True)
        heard.page.get_by_role("button", name="标准版").click()
    heard.page.close()
    print(f"\naxe: {len(paths)} pages in {heard.asked} looks, {len(heard.found)} violations")
    assert heard.found == []
    assert heard.asked == len(paths) * 7


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    ("spoil", "rule"),
    [
        ("document.querySelector('h1').style.color = '#bbb'", "color-contrast"),
        ("document.querySelector('main').append(new Image())", "image-alt"),
        ("document.querySelector('details').lastElementChild.style.color = '#ccc'", "color-contrast"),
    ],
)
def test_axe_would_find_something(browser: Browser, real_site: str, spoil: str, rule: str, width: int) -> None:
    """The ears work: pale text (folded away too) and a picture without words are heard."""
    heard = Listener(browser.new_page(viewport={"width": 360, "height": 900}))
    heard.open(real_site + "2023/tasks/24/")
    heard.page.evaluate(spoil)
    heard.look(width, "light")
    heard.page.close()
    assert any(f": {rule}: " in each for each in heard.found), heard.found


def test_axe_finds_nothing_in_cards_for_other_pages(browser: Browser, any_site: Path, serve: Callable[[Path], str]) -> None:
    """A card of a task and one of a place: every rule, narrow and light, wide and dark."""
    root, listener = serve(any_site), Listener(browser.new_page())
    for kind in ("tasks", "places"):
        card = sorted((any_site / "embed").glob(f"*/{kind}/*/index.html"))[0]
        listener.open(root + card.parent.relative_to(any_site).as_posix() + "/")
        for width, scheme in ((360, "light"), (1280, "dark")):
            listener.page.set_viewport_size({"width": width, "height": 600})
            listener.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            listener.ask(f"{width} {scheme}", "all", EVERY_RULE)
    listener.page.close()
    assert listener.found == []


#: Numbers in the cells of a table that stand over two lines (a head that is only listened to is one pixel wide).
BROKEN = r"""() => [...document.querySelectorAll("td, th")].filter(cell => cell.clientWidth > 1).flatMap(cell => {
    const broken = [], words = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT), range = document.createRange();
    for (let node; (node = words.nextNode());) for (const found of node.data.matchAll(/\d[\d.,]*\d/g)) {
        range.setStart(node, found.index);
        range.setEnd(node, found.index + found[0].length);
        if (new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1) broken.push(found[0]);
    }
    return broken;
})"""


def test_no_page_scrolls_sideways_and_no_number_breaks(browser: Browser, any_site: Path, serve: Callable[[Path], str]) -> None:
    """At 320 px, and with text half as large again: everything reflows; a number in a table stays in one piece."""
    root, wide, broken = serve(any_site), [], []
    page = browser.new_page(viewport={"width": 320, "height": 900})
    for path in kinds(any_site):
        page.goto(root + path)
        if _spills(page):
            wide.append(f"{path} at 320")
        broken += [f"{path}: {number}" for number in page.evaluate(BROKEN)]
        page.evaluate("document.documentElement.style.fontSize = '150%'")
        if _spills(page):
            wide.append(f"{path} at 320 with larger text")
    page.close()
    assert wide == [] and broken == []


def _spills(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


def test_everything_is_there_without_script(browser: Browser, any_site: Path, serve: Callable[[Path], str]) -> None:
    """No button or box that needs script is visible without it, and dark follows the system."""
    root = serve(any_site)
    context = browser.new_context(java_script_enabled=False, color_scheme="dark", viewport={"width": 360, "height": 900})
    page = context.new_page()
    for path in kinds(any_site):
        page.goto(root + path)
        assert page.locator("button[type=button]:visible, select:visible").count() == 0, path
        assert page.locator("main").inner_text().strip(), path
    context.close()
