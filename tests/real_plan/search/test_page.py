"""The search page: by keyboard, while composing, in every view, without script, from a folder; and nothing of it anywhere else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

STATUS = "#found"


def _open(browser: Browser, address: str, width: int = 360, **context: object) -> Page:
    page = browser.new_context(viewport={"width": width, "height": 740}, **context).new_page()
    page.goto(address)
    return page


def _settled(page: Page) -> Page:
    """Wait until results stand."""
    expect(page.locator(STATUS)).to_have_text(re.compile("^(找到|没有)"))
    return page


def _focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.textContent"))


def test_the_last_entry_of_the_navigation_opens_the_search(browser: Browser, real_site: str) -> None:
    page = _open(browser, real_site + "2023/tasks/24/")
    entries = page.get_by_role("navigation", name="主导航").get_by_role("link")
    assert entries.count() == 8
    entries.last.click()
    assert page.url == real_site + "search/"
    expect(page.get_by_role("searchbox")).to_be_visible()
    page.context.close()


def test_the_form_of_the_home_page_leads_to_results(browser: Browser, real_site: str) -> None:
    page = _open(browser, real_site)
    page.get_by_role("searchbox").fill("农贸市场")
    page.get_by_role("button", name="搜索").click()
    page.wait_for_url("**/search/?q=*")
    _settled(page)
    expect(page.get_by_role("searchbox")).to_have_value("农贸市场")
    assert page.locator("#results h3 a").first.inner_text() == "第39项　兴隆镇农贸市场改扩建"
    page.context.close()


def test_nothing_of_the_search_is_loaded_elsewhere(browser: Browser, real_site: str) -> None:
    """Home, task, place and unit pages ask for no byte of the search; the search page asks for its script and its index, once."""
    for path, wanted in (
        ("", []),
        ("2023/tasks/24/", []),
        ("2023/places/gongping-xiaoxue-zonghelou/", []),
        ("2023/units/jiaowei/", []),
        ("search/", ["assets/search.js", "assets/search/index.json"]),
    ):
        asked: list[str] = []
        page = browser.new_page()
        page.on("request", lambda request, into=asked: into.append(request.url.removeprefix(real_site)))
        page.goto(real_site + path)
        page.wait_for_load_state("networkidle")
        page.close()
        assert [url for url in asked if url.startswith("assets/search")] == wanted, path
        assert not any("://" in url for url in asked)


def test_arrows_enter_and_escape(browser: Browser, real_site: str) -> None:
    """Down to the results, up again, Enter opens, Escape goes back to the field and then empties it."""
    page = _settled(_open(browser, real_site + "search/?q=县教委"))
    titles = page.locator("#results h3 a").all_inner_texts()
    page.get_by_role("searchbox").focus()
    page.keyboard.press("ArrowDown")
    assert _focused(page) == titles[0]
    page.keyboard.press("ArrowDown")
    assert _focused(page) == titles[1]
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert _focused(page) == "q"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert _focused(page) == "q"
    page.keyboard.press("Escape")
    expect(page.get_by_role("searchbox")).to_have_value("")
    expect(page.locator(STATUS)).to_have_text(re.compile("^输入"))
    page.keyboard.type("县教委")
    _settled(page)
    page.keyboard.press("Enter")
    expect(page.locator("#results h3 a").first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/2023/units/jiaowei/")
    page.context.close()


def test_every_stop_is_on_screen_and_the_first_is_the_way_to_the_text(browser: Browser, real_site: str) -> None:
    page = _settled(_open(browser, real_site + "search/?q=学位", 320))
    page.keyboard.press("Tab")
    assert _focused(page) == "跳到正文"
    for _ in range(30):
        page.keyboard.press("Tab")
        box = page.evaluate("(({left, right}) => [left, right])(document.activeElement.getBoundingClientRect())")
        assert box[0] >= 0 and box[1] <= 321, _focused(page)
    page.context.close()


def test_while_an_input_method_composes_nothing_is_said_to_be_missing(browser: Browser, real_site: str) -> None:
    """Letters of pinyin do not report 没有找到; the composed words are searched, and Enter belongs to the input method."""
    page = _open(browser, real_site + "search/")
    expect(page.locator(STATUS)).to_have_text(re.compile("^输入"))
    page.get_by_role("searchbox").focus()
    method = page.context.new_cdp_session(page)
    for letters in ("s", "sh", "shi lao hua"):
        method.send("Input.imeSetComposition", {"text": letters, "selectionStart": len(letters), "selectionEnd": len(letters)})
        page.wait_for_timeout(60)
        assert "没有找到" not in page.locator(STATUS).inner_text()
    method.send("Input.imeSetComposition", {"text": "适老", "selectionStart": 2, "selectionEnd": 2})
    expect(page.locator("#results h3 a").first).to_have_text("第4项　5个养老机构改革提档")
    method.send("Input.insertText", {"text": "适老化"})
    expect(page.locator("#results mark").first).to_have_text("适老化")
    assert page.url == real_site + "search/?q=%E9%80%82%E8%80%81%E5%8C%96"
    page.context.close()


def test_the_address_keeps_the_query(browser: Browser, real_site: str) -> None:
    """Going to a result and back shows the same results; an empty field leaves no query behind."""
    page = _open(browser, real_site + "search/")
    page.get_by_role("searchbox").fill("复旦大学")
    _settled(page)
    page.locator("#results h3 a").first.click()
    page.wait_for_url("**/2023/tasks/25/#pledge")
    page.go_back()
    _settled(page)
    expect(page.get_by_role("searchbox")).to_have_value("复旦大学")
    page.get_by_role("searchbox").fill("")
    expect(page).to_have_url(real_site + "search/")
    page.context.close()


def test_what_is_not_there_is_said_and_what_is_near_is_named_so(browser: Browser, real_site: str) -> None:
    page = _settled(_open(browser, real_site + "search/?q=地铁"))
    expect(page.locator(STATUS)).to_have_text("没有找到“地铁”。换一个短一点的词，或者从下面的清单里找。")
    page.get_by_role("searchbox").fill("养老金")
    expect(page.locator(STATUS)).to_have_text(re.compile("^没有写“养老金”的地方；下面[0-9]+条写法相近。$"))
    page.context.close()


def test_every_example_finds_something(browser: Browser, real_site: str) -> None:
    """The examples under the field are links, and each leads to results."""
    page = _open(browser, real_site + "search/")
    expect(page.locator("#hints")).to_be_visible()
    addresses = [str(link.evaluate("a => a.href")) for link in page.locator("#hints a").all()]
    assert len(addresses) == 4
    for address in addresses:
        page.goto(address)
        expect(page.locator(STATUS)).to_have_text(re.compile("^找到[1-9]"))
        expect(page.locator("#hints")).to_be_hidden()
    page.context.close()


def test_a_long_list_comes_in_steps(browser: Browser, real_site: str) -> None:
    page = _settled(_open(browser, real_site + "search/?q=完成"))
    links = page.locator("#results h3 a")
    expect(links).to_have_count(10)
    page.get_by_role("button", name="再列10条").click()
    expect(links).to_have_count(20)
    expect(links.nth(10)).to_be_focused()
    page.context.close()


def test_markup_in_a_query_stays_text(browser: Browser, real_site: str) -> None:
    """What a reader (or a link) puts into the field is never taken for markup, and the content policy holds."""
    said: list[str] = []
    page = browser.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for query in (
        '<img src=x onerror="document.title=1">',
        "%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
        "{{7*7}}",
        "%5C%5B(",
        "a" * 5000,
        "学" * 5000,
    ):
        page.goto(f"{real_site}search/?q={query}")
        _settled(page)
        assert page.locator("main img, main script:not([src])").count() == 0
    page.close()
    assert said == []


def test_a_lost_index_is_said(browser: Browser, real_site: str) -> None:
    """Where the network fails the page says so and keeps its lists; the next try may succeed."""
    page = browser.new_page()
    page.route("**/index.json", lambda route: route.abort())
    page.goto(real_site + "search/?q=24")
    expect(page.locator(STATUS)).to_have_text(re.compile("没有取到"))
    page.unroute("**/index.json")
    page.get_by_role("button", name="搜索").click()
    _settled(page)
    assert page.locator("#results h3 a").first.inner_text().startswith("第24项")
    page.close()


def test_without_script_the_lists_serve(browser: Browser, real_site: str) -> None:
    page = _open(browser, real_site + "search/?q=24", java_script_enabled=False)
    main = page.locator("main")
    assert "搜索要用网页脚本" in main.inner_text() and "在本页查找" in main.inner_text()
    assert page.locator("main form:visible, main button:visible").count() == 0
    addresses = [link.get_attribute("href") for link in main.locator(".doors a").all()]
    assert addresses == ["../2023/tasks/", "../2023/places/", "../2023/units/", "../2023/source/"]
    page.context.close()


def test_from_a_folder_it_says_what_it_needs(browser: Browser, site: Path) -> None:
    """Opened as a file nothing throws; the page says that the search needs the published site."""
    said: list[str] = []
    page = browser.new_page()
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda message: said.append(message.text))
    page.goto((site / "search/index.html").as_uri() + "?q=24")
    expect(page.locator(STATUS)).to_have_text(re.compile("^搜索要在发布后的网站上用"))
    assert said == [] and page.locator("main form:visible").count() == 0
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize("query", ["县教委 学位", "地铁"])
def test_axe_finds_nothing(browser: Browser, real_site: str, width: int, scheme: str, query: str) -> None:
    """Zero violations with results and without; nothing scrolls sideways."""
    said: list[str] = []
    page = browser.new_context(viewport={"width": width, "height": 740}, color_scheme=scheme).new_page()
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{real_site}search/?q={query}")
    expect(page.locator(STATUS)).to_have_text(re.compile("^(找到|没有找到|输入)"))
    assert said == []
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_the_large_text_view_fits(browser: Browser, real_site: str, width: int) -> None:
    """大字版: no sideways scroll, no violation, and what is pressed is at least 60 px high."""
    context = browser.new_context(viewport={"width": width, "height": 740})
    context.add_init_script("localStorage.setItem('big', '1')")
    page = context.new_page()
    page.goto(real_site + "search/?q=完成")
    _settled(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for name in ("搜索", "再列10条"):
        box = page.get_by_role("button", name=name).bounding_box()
        assert box is not None and box["height"] >= 60, name
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    context.close()
