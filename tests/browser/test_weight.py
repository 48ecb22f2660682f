"""Light enough for an old phone on a slow line: bytes on disk, what a real browser asks for, what it can show before all is there."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from ..bench.weight import files_of, weight
from .test_accessibility import kinds

LIMIT, GOAL, REQUESTS = 60 * 1024, 45 * 1024, 8


@pytest.fixture(scope="module", params=["site", "demo_site"])
def built(request: pytest.FixtureRequest) -> Path:
    """The real site, then the fictional one."""
    found: Path = request.getfixturevalue(request.param)
    return found


def _paths(site: Path) -> list[str]:
    """Home and every task."""
    return ["", *sorted(path.parent.relative_to(site).as_posix() + "/" for path in site.glob("*/tasks/*/index.html"))]


def test_home_and_every_task_are_light(built: Path) -> None:
    """At most 60 KB and 8 requests on the first visit, everything counted; the goal is 45 KB."""
    found = {path: weight(built, path) for path in _paths(built)}
    heaviest = max(found, key=lambda path: found[path][0])
    print(
        f"\n{len(found)} pages: home {found[''][0] / 1024:.1f} KB, {found[''][1]} requests; heaviest {heaviest} {found[heaviest][0] / 1024:.1f} KB"
    )
    assert all(size <= LIMIT for size, _ in found.values()), heaviest
    assert all(count <= REQUESTS for _, count in found.values())
    assert sorted(size for size, _ in found.values())[len(found) // 2] <= GOAL


def test_a_browser_asks_for_just_what_was_counted(browser: Browser, built: Path, serve: Callable[[Path], str]) -> None:
    """Home, and the task pages with the least and the most: no file more, none from elsewhere, none missing."""
    root, paths = serve(built), _paths(built)
    tasks = sorted(paths[1:], key=lambda path: weight(built, path)[0])
    for path in ("", tasks[0], tasks[-1]):
        asked: list[str] = []
        page = browser.new_context().new_page()
        page.on("request", lambda request, asked=asked: asked.append(request.url))  # type: ignore[misc]
        page.goto(root + path, wait_until="networkidle")
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        page.wait_for_timeout(200)
        page.context.close()
        counted = {root + file.relative_to(built).as_posix().removesuffix("index.html") for file in files_of(built, path)}
        assert {url for url in asked if not url.endswith(".svg")} == {url for url in counted if not url.endswith(".svg")}, path
        assert set(asked) <= counted and len(asked) == len(set(asked)) <= REQUESTS, path


def test_no_file_of_the_theme_and_no_map_is_published(built: Path) -> None:
    """No source map, no lunr, no bundle, no font, no search worker."""
    names = [path.relative_to(built).as_posix() for path in built.rglob("*") if path.is_file()]
    assert [
        name
        for name in names
        if name.endswith((".map", ".woff", ".woff2", ".ttf")) or "lunr" in name or "bundle" in name or "worker" in name
    ] == []
    assert sorted(name for name in names if name.endswith(".css")) == ["assets/embed.css", "assets/ledger.css"]


def test_the_scripts_stay_small(built: Path) -> None:
    """Only the search and the lists have scripts of their own, and no page but theirs loads them."""
    scripts = sorted(path.relative_to(built).as_posix() for path in built.rglob("*.js"))
    assert scripts == ["assets/ledger.js", "assets/search.js", "assets/table.js"]
    for path in _paths(built):
        assert [file.name for file in files_of(built, path) if file.suffix == ".js"] == ["ledger.js"], path


BOXES = """() => [...document.querySelectorAll(".strip, .strip *, .top, .top *, .crumb, .crumb *, .hero, .hero *")]
    .filter(each => !each.closest("details:not([open])"))
    .map(each => [each, each.getBoundingClientRect(), getComputedStyle(each)])
    .map(([each, at, style]) => [each.tagName + "." + each.className, at.x, at.y, at.width, at.height, style.color, style.backgroundColor].join(" "))"""
WITHOUT_THE_REST = "on => { [...document.styleSheets].find(each => each.href).disabled = on; }"


def test_the_first_look_is_whole_without_the_style_sheet(browser: Browser, built: Path, serve: Callable[[Path], str]) -> None:
    """On every kind of page, narrow and wide: page head and opening stand where they stand when the rest of the style has come."""
    root, moved = serve(built), []
    page = browser.new_page()
    page.route("**/*.js", lambda route: route.abort())  # the first look is before any script
    kind = {
        re.findall('<body class="([^"]*)', (built / path / "index.html").read_text(encoding="utf-8"))[0]: path for path in kinds(built)[:-1]
    }
    assert len(kind) > 15
    for path in kind.values():
        page.goto(root + path)
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 740})
            after = page.evaluate(BOXES)
            page.evaluate(WITHOUT_THE_REST, True)
            before = page.evaluate(BOXES)
            page.evaluate(WITHOUT_THE_REST, False)
            moved += [f"{path} at {width}: {old} | {new}" for old, new in zip(before, after, strict=True) if old != new][:1]
    page.close()
    assert moved == []


def test_a_page_is_painted_before_the_style_sheet_has_come(browser: Browser, built: Path, serve: Callable[[Path], str]) -> None:
    """The sheet never answers: name, title and state of a task are painted all the same."""
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.route("**/ledger.css", lambda route: None)
    page.goto(serve(built) + _paths(built)[1], wait_until="commit")
    for _ in range(100):
        if page.evaluate("performance.getEntriesByName('first-contentful-paint').length"):
            break
        page.wait_for_timeout(100)
    assert page.evaluate("performance.getEntriesByName('first-contentful-paint').length") == 1
    assert page.locator(".hero h1").is_visible() and not page.evaluate("document.querySelector('footer')")
    page.close()


def test_the_count_would_see_a_heavy_picture(built: Path, tmp_path: Path) -> None:
    """The scales work: a picture put into a page is weighed, one from elsewhere is refused."""
    (tmp_path / "a.png").write_bytes(b"x" * 70_000)
    (tmp_path / "index.html").write_text('<p><img src="a.png"></p>', encoding="utf-8")
    assert weight(tmp_path, "")[0] > LIMIT
    (tmp_path / "index.html").write_text('<p><img src="https://example.org/a.png"></p>', encoding="utf-8")
    with pytest.raises(ValueError, match="from elsewhere"):
        weight(tmp_path, "")
