"""Keyboard, zoom, large text, print, no script, colour: every kind of page of both sites."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import lxml.html
import pytest
from playwright.sync_api import Browser, Page, Route

from scripts.ledger.model.promise import Ledger
from scripts.pages import paths

from .test_accessibility import kinds

STOPS = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
    .filter(each => !each.disabled && each.checkVisibility({visibilityProperty: true}))"""
LOST = f"""() => {{
    const words = each => each.outerHTML.slice(0, 90), lost = [];
    for (const each of ({STOPS})()) {{
        if (each.tabIndex > 0) lost.push("out of order: " + words(each));
        each.focus();
        if (document.activeElement !== each) {{ lost.push("no focus: " + words(each)); continue; }}
        const at = each.getBoundingClientRect();
        const here = at.width > 1 && at.height > 1 && at.left >= -1 && Math.floor(at.right) <= innerWidth + 1 && at.bottom > 0 && at.top < innerHeight;
        if (!here) lost.push("off screen: " + words(each));
    }}
    return lost;
}}"""


@pytest.fixture(scope="module", params=["site", "demo_site"])
def built(request: pytest.FixtureRequest) -> Path:
    """The real site, then the fictional one."""
    found: Path = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A phone."""
    page = browser.new_page(viewport={"width": 360, "height": 740})
    yield page
    page.close()


def test_every_stop_of_the_keyboard_is_on_screen(phone: Page, built: Path, serve: Callable[[Path], str]) -> None:
    """On every kind of page: the first stop leads past the navigation, and each stop is where a reader can see it, in the page's order."""
    root, lost = serve(built), []
    for path in kinds(built):
        phone.goto(root + path)
        phone.keyboard.press("Tab")
        assert phone.evaluate("document.activeElement.textContent") == "跳到正文", path
        lost += [f"{path}: {each}" for each in phone.evaluate(LOST)]
    assert lost == []


def test_a_stop_off_screen_would_be_seen(phone: Page, real_site: str) -> None:
    """The eyes work."""
    phone.goto(real_site)
    assert phone.evaluate(LOST) == []
    phone.evaluate("document.querySelector('main a').style.cssText = 'position:fixed;left:-2000px'")
    assert len(phone.evaluate(LOST)) == 1


def test_the_tab_key_walks_in_the_order_of_the_page(phone: Page, built: Path, serve: Callable[[Path], str]) -> None:
    """Pressed for real, on home and a task page: stop after stop as they stand in the page."""
    root = serve(built)
    for path in ("", "2023/tasks/01/"):
        phone.goto(root + path)
        count = min(40, phone.evaluate(f"({STOPS})().length"))
        for at in range(count):
            phone.keyboard.press("Tab")
            assert phone.evaluate(f"at => document.activeElement === ({STOPS})()[at]", at), (path, at)


def test_twice_as_large_nothing_scrolls_sideways(browser: Browser, built: Path, serve: Callable[[Path], str]) -> None:
    """200 % zoom on a desk: half the width in the browser's pixels, twice the dots; everything unfolded."""
    root, wide = serve(built), []
    page = browser.new_page(viewport={"width": 640, "height": 450}, device_scale_factor=2)
    for path in kinds(built):
        page.goto(root + path)
        page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(path)
    page.close()
    assert wide == []


def test_the_large_text_view_is_remembered_on_every_page(phone: Page, built: Path, serve: Callable[[Path], str]) -> None:
    """Chosen once at home, it holds on every kind of page, at 18 points and with room for a finger; left once, it is gone everywhere."""
    root = serve(built)
    phone.goto(root)
    phone.get_by_role("button", name="大字版").click()
    for path in kinds(built):
        phone.goto(root + path)
        assert phone.get_by_role("button", name="标准版").is_visible(), path
        assert phone.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 24, path
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        low = phone.evaluate("[...document.querySelectorAll('.nav a')].filter(a => a.getBoundingClientRect().height < 60).length")
        assert low == 0, path
    phone.route("**/ledger.js", lambda route: route.abort())
    phone.goto(root)
    assert phone.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 24, "large before the script has come: nothing jumps"
    phone.unroute("**/ledger.js")
    phone.goto(root)
    phone.get_by_role("button", name="标准版").click()
    phone.goto(root)
    assert phone.get_by_role("button", name="大字版").is_visible()


def test_on_paper_stands_whose_it_is_and_nothing_to_press(phone: Page, built: Path, serve: Callable[[Path], str]) -> None:
    """Every kind of page printed: the sentence of identity (or 虚构演示) stays, navigation and buttons go, folded words are unfolded."""
    root = serve(built)
    for path in kinds(built):
        phone.goto(root + path)
        phone.emulate_media(media="print")
        phone.evaluate("dispatchEvent(new Event('beforeprint'))")
        text = phone.locator("body").inner_text()
        assert "本站不是政府网站" in text or "虚构演示" in text, path
        assert phone.locator(".nav:visible, .crumb:visible, .skip:visible, button:not(th button):visible, select:visible").count() == 0, (
            path
        )
        assert phone.evaluate("[...document.querySelectorAll('details')].every(fold => fold.open)"), path
        phone.emulate_media(media="screen")


#: Headings that are cut off from what follows them, on paper of many heights.  Columns as wide and as high as a page break by the same rules
#: as pages do, and cost no printing; `lines` are shown words and pictures, `heads` each heading with the first of them that follows it.
ALONE = """heights => {
    const box = document.querySelector("main > .wrap"), range = document.createRange(), lines = [], alone = [];
    document.querySelectorAll("details").forEach(fold => { fold.open = true; });
    const found = document.createTreeWalker(box, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node; (node = found.nextNode());) {
        const element = node.nodeType === 1 ? node : node.parentElement;
        if ((node.nodeType === 1 ? /^(img|svg)$/i.test(node.tagName) : node.data.trim()) && element.checkVisibility()) lines.push(node);
    }
    const heads = [...box.querySelectorAll("h2, h3")].filter(head => head.checkVisibility() && head.textContent.trim())
        .map(head => [head, lines.find(each => !head.contains(each) && head.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING)])
        .filter(pair => pair[1]);
    Object.assign(box.style, {width: "688px", columnWidth: "688px", columnGap: "40px", columnFill: "auto"});
    const column = at => Math.floor((at.left - box.getBoundingClientRect().left) / 728);
    for (const height of heights) {
        box.style.height = height + "px";
        for (const [head, next] of heads) {
            range.selectNode(next);
            const last = [...head.getClientRects()].pop(), first = range.getClientRects()[0];
            if (first && column(last) !== column(first)) alone.push(`${height}px: ${head.textContent.trim().slice(0, 20)}`);
        }
    }
    return {heads: heads.length, alone};
}"""
HEIGHTS = list(range(400, 1018, 41))


@pytest.fixture
def sheet(browser: Browser) -> Iterator[Page]:
    """Paper as wide as an A4 page between its margins."""
    page = browser.new_page(viewport={"width": 720, "height": 1000})
    page.emulate_media(media="print")
    yield page
    page.close()


def test_no_heading_stands_alone_at_the_foot_of_a_page(sheet: Page, built: Path, serve: Callable[[Path], str]) -> None:
    """Wherever the pages end: what a section is called stands with the first line below it, on every kind of page."""
    root, alone, heads = serve(built), [], 0
    for path in kinds(built):
        sheet.goto(root + path)
        found = sheet.evaluate(ALONE, HEIGHTS)
        heads += found["heads"]
        alone += [f"{path} {each}" for each in found["alone"]]
    print(f"\n{heads} headings on paper of {len(HEIGHTS)} heights")
    assert heads > 100 and alone == []


def test_a_heading_alone_would_be_seen(sheet: Page, real_site: str) -> None:
    """The eyes work: where a heading lets go of what follows it, some height cuts between them."""
    sheet.goto(real_site + "2023/tasks/24/")
    sheet.evaluate("document.querySelectorAll('main h2').forEach(head => { head.style.cssText = 'break-after:auto;padding:0;margin:0'; })")
    assert sheet.evaluate(ALONE, HEIGHTS)["alone"]


# ---------------------------------------------------------------- colour


def test_every_verdict_is_told_by_shape_and_word(demo_site: Path) -> None:
    """On every page of the fictional year: a badge has a word and, where coloured, its glyph; a coloured bead has its glyph."""
    glyphs = {"blue": "★", "green": "●", "yellow": "▲", "orange": "◆", "red": "✕"}
    badges = beads = 0
    for path in demo_site.rglob("*.html"):
        root = lxml.html.fromstring(path.read_text(encoding="utf-8"))
        for each in root.iter("span", "i"):
            names = set((each.get("class") or "").split())
            text = "".join(each.text_content().split())
            tone = names & set(glyphs)
            if "badge" in names:
                badges += 1
                assert (tone or "grey" in names) and len(re.sub(r"[^\w]", "", text)) >= 2, (path, text)
                assert not tone or text[0] == glyphs[tone.pop()], (path, text)
            elif "bead" in names and tone:
                beads += 1
                assert text[:1] == glyphs[tone.pop()], (path, text)
    print(f"\n{badges} badges, {beads} coloured beads")
    assert badges > 100 and beads > 100


# ---------------------------------------------------------------- without script


def _links(site: Path, path: str) -> set[str]:
    """Where a page's links lead inside the site, without their anchors."""
    root = lxml.html.fromstring((site / path / "index.html").read_text(encoding="utf-8"))
    found = {urldefrag(urljoin(f"https://here/{path}", a.get("href")))[0] for a in root.iter("a") if a.get("href")}
    return {url.removeprefix("https://here/") for url in found if url.startswith("https://here/")}


def test_lists_by_unit_checkpoint_and_place_reach_everything(site: Path, ledger: Ledger) -> None:
    """From home by plain links: unit by unit, checkpoint by checkpoint, place by place, every task."""
    plan, promise = ledger.current.id, ledger.current
    home, tasks = _links(site, ""), {paths.task_path(plan, number) for number in promise.tasks}
    for folder, least in (
        ("units", tasks),
        ("checkpoints", tasks),
        ("places", {paths.task_path(plan, n) for s in promise.sites.values() for n in s.tasks}),
    ):
        assert f"{plan}/{folder}/" in home
        below = {path for path in _links(site, f"{plan}/{folder}/") if re.fullmatch(rf"{plan}/{folder}/[^/]+/", path)}
        assert below and least <= {link for path in below for link in _links(site, path)}, folder


def test_the_list_by_colour_names_every_task_once(demo_site: Path) -> None:
    """In the fictional county: the tally on the home page leads to a list by colour that holds all tasks, each under one badge."""
    tasks = lxml.html.fromstring((demo_site / "2023/tasks/index.html").read_text(encoding="utf-8"))
    listed = [a.get("href") for a in tasks.get_element_by_id("by-colour").iter("a")]
    assert sorted(listed) == sorted(path.parent.name + "/" for path in demo_site.glob("2023/tasks/*/index.html"))
    home = lxml.html.fromstring((demo_site / "index.html").read_text(encoding="utf-8"))
    anchors = [a.get("href").partition("#")[2] for a in home.iterfind(".//ul[@class='tally']//a")]
    assert anchors and all(tasks.get_element_by_id(anchor) is not None for anchor in anchors)


def test_from_home_to_a_milestone_by_keyboard_alone_without_script(browser: Browser, real_site: str) -> None:
    """Script off, nothing but this host: Tab and Enter lead from home to task 24 and what it owes by September 2023."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    elsewhere: list[str] = []

    def only_here(route: Route) -> None:
        if urlsplit(route.request.url).netloc == urlsplit(real_site).netloc:
            route.continue_()
        else:
            elsewhere.append(route.request.url)
            route.abort()

    context.route("**/*", only_here)
    page = context.new_page()
    page.goto(real_site)
    _press(page, "看全部任务", "**/2023/tasks/")
    _press(page, "改善七所学校办学条件", "**/2023/tasks/24/")
    _press(page, "展开原表6格的全文", None)
    cell = page.locator("li:has([id='2023-09'])")
    assert cell.is_visible() and "公平小学综合楼完工" in cell.inner_text() and "9月" in cell.inner_text()
    _press(page, "出处：分解表第24行第4格", "**/2023/source/#row-24-cell-4")
    assert elsewhere == []
    context.close()


def _press(page: Page, words: str, leads: str | None) -> None:
    """Tab until the stop with these words has the focus, on screen; press Enter."""
    for _ in range(400):
        page.keyboard.press("Tab")
        at = page.locator("*:focus")
        if at.count() and re.sub(r"\s+", "", at.inner_text()).startswith(words):
            box = at.bounding_box()
            assert box and box["x"] >= 0 and box["x"] + box["width"] <= 361 and 0 <= box["y"] < 740, words
            page.keyboard.press("Enter")
            if leads:
                page.wait_for_url(leads)
            return
    raise AssertionError(f"{words} was not reached")
