"""The real site in a real browser: it asks nobody else, complains of nothing, fits every screen, and says what it must."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import lxml.html
import pytest
from playwright.sync_api import Browser, Dialog, Page, Request

from scripts.ledger.model.promise import Ledger
from scripts.ledger.plan.source import cell_anchor, compose, item_anchor, place_of, row_anchor
from scripts.pages import paths

from ...conftest import BASE_URL

pytestmark = pytest.mark.browser

WIDTHS = (320, 360, 1280)
HEIGHT = 740
NO_DATA = "没有颜色，不等于没办，也不等于办好。文件最后一个节点（2024年1月）已过。"
MERGED = "原表这里是合并单元格，电子文本没有留下宽度。能确定的只有先后次序；拿不准时按最晚的月份，不会因此评为滞后。"
ROLLING = "文件对这项只写“序时推进”，没写哪个月做到哪一步，所以没法评定快慢。"
WATCH = "document.addEventListener('securitypolicyviolation', e => console.error('policy: ' + e.violatedDirective + ' ' + e.blockedURI))"


Parsed = Callable[[str], lxml.html.HtmlElement]
"""A page of the built site as a tree, by its path."""


@dataclass
class Visit:
    """A page being looked at, and all that went wrong or out while it was."""

    page: Page
    root: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.add_init_script(WATCH)
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("requestfailed", self._failed)
        self.page.on(
            "response", lambda response: self.complaints.append(f"{response.status}: {response.url}") if response.status >= 400 else None
        )
        self.page.on("console", lambda message: self.complaints.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        self.page.on("dialog", self._dialog)

    def _dialog(self, dialog: Dialog) -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _failed(self, request: Request) -> None:
        """A request that the next page cut short did not fail."""
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"{request.failure}: {request.url}")

    def open(self, path: str) -> Page:
        """Go there and unfold everything."""
        self.page.goto(self.root + path)
        self.page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
        return self.page


@pytest.fixture
def visit(browser: Browser, real_site: str) -> Iterator[Visit]:
    """A phone, its ears open."""
    context = browser.new_context(viewport={"width": 360, "height": HEIGHT}, has_touch=True, is_mobile=True)
    yield Visit(context.new_page(), real_site)
    context.close()


def all_pages(site: Path) -> list[str]:
    """Every page of the site, by its path; the page for missing addresses too.  Cards for other people's pages are no pages of the site."""
    found = sorted(path.parent.relative_to(site).as_posix() for path in site.rglob("index.html"))
    found = [path for path in found if not path.startswith("embed/")]
    return ["404.html", *("" if path == "." else f"{path}/" for path in found)]


def one_of_each_kind(site: Path) -> set[str]:
    """The shortest and the longest page of every kind, as the page itself names its kind; and those that people wrote."""
    kinds: dict[str, list[tuple[int, str]]] = {}
    for path in all_pages(site)[1:]:
        text = (site / path / "index.html").read_text(encoding="utf-8")
        kind = re.search('<body class="([^"]*)"', text)
        assert kind, path
        kinds.setdefault(path if kind[1] == "prose" else kind[1], []).append((len(text), path))
    return {"404.html", *(path for sizes in kinds.values() for _, path in (min(sizes), max(sizes)))}


@dataclass(frozen=True)
class Tour:
    """What was heard and seen on a walk through every page: all requests, all complaints, and (path, width, reach) of what is too wide."""

    root: str
    requests: list[str]
    complaints: list[str]
    wide: list[tuple[str, int, int]]


@pytest.fixture(scope="module")
def tour(browser: Browser, real_site: str, site: Path) -> Tour:
    """Every page once, everything unfolded, on the narrowest screen; one page of each kind at every width."""
    context = browser.new_context(viewport={"width": WIDTHS[0], "height": HEIGHT})
    visit, wide = Visit(context.new_page(), real_site), list[tuple[str, int, int]]()
    thorough = one_of_each_kind(site)
    for path in all_pages(site):
        visit.open(path)
        for width in (*WIDTHS[1:], WIDTHS[0]) if path in thorough else WIDTHS[:1]:
            if path in thorough:
                visit.page.set_viewport_size({"width": width, "height": HEIGHT})
            reach = visit.page.evaluate("document.scrollingElement.scrollWidth")
            if reach > width:
                wide.append((path, width, reach))
    context.close()
    return Tour(real_site, visit.requests, visit.complaints, wide)


def test_no_page_asks_another_host(tour: Tour, site: Path) -> None:
    """All requests of all pages."""
    assert [url for url in tour.requests if not url.startswith(tour.root)] == []
    assert len(tour.requests) > len(all_pages(site))


def test_no_page_complains(tour: Tour) -> None:
    """No word on the console, no error of a script, no violation of the content policy, no file missing."""
    assert tour.complaints == []


def test_no_page_scrolls_sideways(tour: Tour) -> None:
    """At 320, 360 and 1280 pixels, with everything unfolded."""
    assert tour.wide == []


def test_a_page_that_fetches_from_elsewhere_would_be_heard(visit: Visit) -> None:
    """The ears work: a picture put into the page is refused by the policy, and heard of."""
    visit.open("")
    with visit.page.expect_console_message():
        visit.page.evaluate("document.body.append(Object.assign(new Image(), {src: 'https://example.org/a.png'}))")
    assert any("img-src" in complaint for complaint in visit.complaints)


def test_a_page_that_is_too_wide_would_be_seen(visit: Visit) -> None:
    """The eyes work: a block wider than the screen is found."""
    page = visit.open("")
    page.evaluate("document.body.append(Object.assign(document.createElement('p'), {style: 'width: 500px', textContent: '宽'}))")
    page.evaluate("document.body.lastChild.style.width = '500px'")
    assert page.evaluate("document.scrollingElement.scrollWidth") > 360


# ---------------------------------------------------------------- words


@pytest.fixture(scope="module")
def parsed(site: Path) -> Parsed:
    """Each page is read once."""
    known: dict[str, lxml.html.HtmlElement] = {}

    def page(path: str) -> lxml.html.HtmlElement:
        if path not in known:
            known[path] = lxml.html.fromstring((site / path / "index.html").read_text(encoding="utf-8"))
        return known[path]

    return page


def text_of(element: lxml.html.HtmlElement) -> str:
    """The words of an element, white space left out."""
    return re.sub(r"\s+", "", element.text_content())


def words(page: Page) -> str:
    """What a reader reads."""
    return re.sub(r"\s+", "", page.locator("body").inner_text())


def test_the_home_page_and_every_task_say_that_there_are_no_data(ledger: Ledger, parsed: Parsed) -> None:
    """In the words of the product."""
    for path in ("", *(paths.task_path(ledger.current.id, number) for number in ledger.current.tasks)):
        text = text_of(parsed(path))
        assert "暂无进展数据" in text and "本站手上没有" in text and NO_DATA in text, path


def test_the_words_of_no_data_are_on_the_screen(visit: Visit) -> None:
    """Not only in the page: a reader sees them before scrolling."""
    page = visit.open("")
    box = page.get_by_text("没有颜色，不等于没办，也不等于办好").first.bounding_box()
    assert NO_DATA in words(page) and box is not None and 0 <= box["y"] < HEIGHT


def test_every_page_says_that_it_is_not_the_governments(site: Path, parsed: Parsed) -> None:
    """Who it is by, on top of the screen and at the foot."""
    for path in all_pages(site)[1:]:
        assert text_of(parsed(path)).count("本站不是政府网站，由〔发布者待填〕整理。") >= 2, path


def test_task_12_says_what_is_not_known_about_its_four_cells(visit: Visit) -> None:
    """The merged-cell words; four cells in order; no month for the hospital's opening but the latest possible."""
    page = visit.open("2023/tasks/12/")
    assert MERGED in words(page)
    cells = page.locator("[id^='cell-']")
    assert cells.count() == 4 and [cells.nth(i).get_attribute("id") for i in range(4)] == [f"cell-{i}" for i in (1, 2, 3, 4)]
    opening = re.sub(r"\s+", "", cells.nth(2).inner_text())
    assert "县中医院新院区投用，新增住院床位400张。" in opening and "月份不明" in opening
    assert set(re.findall(r"最晚(\d{4}年\d+月)", opening)) == set(re.findall(r"\d{4}年\d+月", opening)) == {"2023年11月"}
    assert "本期没有安排" in cells.nth(3).inner_text()


@pytest.mark.parametrize("number", [30, 39])
def test_tasks_30_and_39_say_that_steady_progress_cannot_be_judged(visit: Visit, number: int, ledger: Ledger) -> None:
    """The words for 序时推进, where the cell says 序时推进."""
    page = visit.open(f"2023/tasks/{number}/")
    cell = ledger.current.tasks[number].milestones[0]
    assert cell.kind == "rolling" and cell.text in words(page)
    assert (ROLLING in words(page)) == ("序时推进" in cell.text)


def test_a_row_that_names_december_says_that_its_last_cell_is_certain(visit: Visit) -> None:
    assert "能确定的只有先后次序和“12月底”一格" in words(visit.open("2023/tasks/13/"))


# ---------------------------------------------------------------- quotations


def links(page: lxml.html.HtmlElement, path: str) -> set[tuple[str, str]]:
    """Where a page's links inside the site lead: (path, anchor)."""
    found = {urldefrag(urljoin(BASE_URL + path, a.get("href"))) for a in page.iter("a")}
    return {(url.removeprefix(BASE_URL), anchor) for url, anchor in found if url.startswith(BASE_URL)}


def test_every_quotation_of_a_task_leads_to_the_words_in_the_source_and_back(ledger: Ledger, parsed: Parsed) -> None:
    """Pledge, differing table wording, every cell, every number: the page links to an anchor whose text holds the quoted words, and from there back."""
    promise = ledger.current
    source_path = paths.source_path(promise.id)
    source = parsed(source_path)
    back = links(source, source_path)
    for number, task in promise.tasks.items():
        path = paths.task_path(promise.id, number)
        page = parsed(path)
        led = links(page, path)
        quoted = [(item_anchor(number), task.pledge), (row_anchor(number), task.table_pledge or task.pledge)]
        quoted += [(cell_anchor(number, index), cell.text) for index, cell in enumerate(task.milestones, start=1)]
        quoted += [(cell_anchor(number, entry.cell), entry.quote) for indicator in task.indicators for entry in indicator.schedule]
        for anchor, quote in quoted:
            assert (source_path, anchor) in led, (number, quote)
            assert re.sub(r"\s+", "", quote) in text_of(source.get_element_by_id(anchor)), (number, quote)
        assert (path, "pledge") in back and (path, "") in back, number
        assert {anchor for back_path, anchor in back if back_path == path and anchor not in ("pledge", "notes", "")}, number
        assert all(page.get_element_by_id(anchor) is not None for back_path, anchor in back if back_path == path and anchor), number


def test_every_place_that_the_domain_names_is_an_anchor_of_the_source_page(ledger: Ledger, parsed: Parsed) -> None:
    """One definition of where an official word stands: the page shows each line at the anchor that the domain gives it."""
    promise = ledger.current
    source = parsed(paths.source_path(promise.id))
    for line in compose(promise):
        if line.text.strip() and line.part != "column":
            shown = text_of(source.get_element_by_id(line.anchor))
            assert re.sub(r"\s+", "", line.text) in shown or (line.part in ("number", "lead") and line.text.strip() in shown), line
    for number, task in promise.tasks.items():
        for indicator in task.indicators:
            anchor = place_of(indicator.quote, task, number)
            assert anchor and re.sub(r"\s+", "", indicator.quote) in text_of(source.get_element_by_id(anchor))


def test_a_quotation_that_is_followed_is_on_screen(visit: Visit) -> None:
    """In the browser: the link of a cell leads to its words, unfolded, in view."""
    page = visit.open("2023/tasks/24/")
    page.locator("#cell-4 a[href*='source']").first.click()
    page.wait_for_url("**/2023/source/#row-24-cell-4")
    cell = page.locator("#row-24-cell-4")
    assert "公平小学综合楼完工" in cell.inner_text()
    box = cell.bounding_box()
    assert box is not None and 0 <= box["y"] < HEIGHT
    cell.locator("a").first.click()
    page.wait_for_url("**/2023/tasks/24/#*")
    assert "公平小学综合楼完工" in page.locator("#cell-4").inner_text()
