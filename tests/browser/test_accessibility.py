"""Every kind of page of the real and the fictional site, for everyone: axe, reflow, contrast, without script."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from scripts.build import ROOT

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (320, 360, 1280)


def kinds(site: Path) -> list[str]:
    """One page of each kind: the first of every folder, and every page that stands alone."""
    pages = sorted(path.parent.relative_to(site).as_posix() for path in site.rglob("index.html"))
    first: dict[str, str] = {}
    for page in pages:
        shape = re.sub(r"(places|tasks|units|chapters|checkpoints|mechanisms)/[^/]+", r"\1/*", page)
        first.setdefault(shape, "" if page == "." else page + "/")
    return [*first.values(), "404.html"]


@pytest.fixture(scope="session", params=["real", "demo"])
def any_site(request: pytest.FixtureRequest) -> Path:
    """The real site, then the fictional one."""
    found: Path = request.getfixturevalue("site" if request.param == "real" else "demo_site")
    return found


LOOKS = [(width, scheme, False) for width in WIDTHS for scheme in ("light", "dark")] + [(360, "light", True)]


@pytest.mark.parametrize(("width", "scheme", "big"), LOOKS, ids=[f"{w}-{s}{'-big' * b}" for w, s, b in LOOKS])
def test_axe_finds_nothing(
    browser: Browser, any_site: Path, serve: Callable[[Path], str], width: int, scheme: Literal["light", "dark"], big: bool
) -> None:
    """Zero violations on every kind of page: at 320, 360 and 1280, light and dark, and with large text at 360."""
    root, axe, found = serve(any_site), Axe(), []
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.add_init_script(f"try {{ localStorage.setItem('big', '{'1' * big}') }} catch (e) {{}}")
    paths = kinds(any_site)
    for path in paths:
        page.goto(root + path)
        result = axe.run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
        found += [f"{path or '/'}: {v['id']}: {v['nodes'][0]['html'][:110]}" for v in result.response["violations"]]
    page.close()
    print(f"\naxe: {len(paths)} pages, {len(found)} violations")
    assert found == []


def test_no_page_scrolls_sideways(browser: Browser, any_site: Path, serve: Callable[[Path], str]) -> None:
    """At 320 px, with large text at 360, and with text half as large again: everything reflows."""
    root, wide = serve(any_site), []
    page = browser.new_page(viewport={"width": 320, "height": 900})
    for path in kinds(any_site):
        page.goto(root + path)
        if _spills(page):
            wide.append(f"{path} at 320")
        page.evaluate("document.documentElement.style.fontSize = '150%'")
        if _spills(page):
            wide.append(f"{path} at 320 with larger text")
    page.close()
    assert wide == []


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


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(a: str, b: str) -> float:
    light, dark = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_text_on_every_verdict_colour_has_contrast() -> None:
    """Read from the style sheet itself: at least 4.5 in light and in dark."""
    css = (ROOT / "docs/assets/ledger.css").read_text(encoding="utf-8")
    light, dark = re.search(r":root\{(.*?)\}", css, re.S), re.search(r"prefers-color-scheme:dark\)\{:root\{(.*?)\}", css, re.S)
    assert light and dark
    for block in (light[1], dark[1]):
        tone = {name: value.lower() for name, value in re.findall(r"--([a-z0-9]+):(#[0-9a-fA-F]{3,6})", block)}
        full = {name: value if len(value) == 7 else "#" + "".join(2 * c for c in value[1:]) for name, value in tone.items()}
        for verdict, text in (("blue", "on"), ("green", "on"), ("red", "on"), ("yellow", "on2"), ("orange", "on2")):
            assert _contrast(full[verdict], full[text]) >= 4.5, (verdict, full[verdict], full[text])
        assert _contrast(full["ink"], full["paper"]) >= 7 and _contrast(full["ink2"], full["paper"]) >= 4.5
