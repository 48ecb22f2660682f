"""A reader with a phone finds what they came for, by keyboard and by touch, in at most three steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page

PHONE = {"width": 360, "height": 740}
TABS = 400

Step = Callable[[Page, str], None]


def _link(page: Page, name: str) -> Locator:
    return page.get_by_role("link", name=name, exact=True).first


def _follow(page: Page, act: Callable[[], None]) -> None:
    """Act, and wait until the next page stands."""
    before = page.url
    act()
    page.wait_for_url(lambda address: address != before, wait_until="load")


def by_keyboard(page: Page, name: str) -> None:
    """Tab to the link and press Enter; the focus must be on screen when it is reached."""
    wanted = _link(page, name).element_handle()
    for _ in range(TABS):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement === wanted", wanted):
            box = _link(page, name).bounding_box()
            assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"] + 1
            _follow(page, lambda: page.keyboard.press("Enter"))
            return
    raise AssertionError(f"{name} was not reached within {TABS} tabs")


def by_touch(page: Page, name: str) -> None:
    """Tap the link."""
    link = _link(page, name)
    _follow(page, link.tap)


@pytest.fixture(params=[by_keyboard, by_touch], ids=["keyboard", "touch"])
def step(request: pytest.FixtureRequest) -> Step:
    """One way of following a link."""
    chosen: Step = request.param
    return chosen


@pytest.fixture
def phone(browser: Browser, real_site: str) -> Iterator[Page]:
    """The home page on a phone."""
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(real_site)
    yield page
    context.close()


def test_the_market_of_task_39(phone: Page, step: Step) -> None:
    step(phone, "身边的事")
    step(phone, "兴隆镇老农贸市场")
    assert "兴隆镇老农贸市场" in phone.locator("h1").inner_text()
    assert "改扩建兴隆镇老农贸市场和柳河农贸市场" in phone.locator("main").inner_text()


def test_what_gongping_school_is_promised_by_september(phone: Page, step: Step) -> None:
    step(phone, "身边的事")
    step(phone, "公平小学综合楼")
    station = phone.locator(".line li").filter(has_text="9月").first
    assert station.locator("span").all_inner_texts() == ["9月应", "完工"]
    step(phone, "完工")
    assert phone.url.endswith("/2023/tasks/24/#4-5")
    assert phone.locator("[id='4-5']").inner_text() == "公平小学综合楼完工"
    assert phone.locator("[id='4-5']").is_visible()


def test_what_the_city_management_office_leads_and_helps_with(phone: Page, step: Step) -> None:
    step(phone, "谁负责")
    step(phone, "县城管局")
    lead = phone.locator("section", has=phone.locator("#h-lead")).locator("h3").all_inner_texts()
    assert [words.split("　")[0] for words in lead] == ["第34项", "第36项", "第37项"]
    cooperating = phone.locator("section", has=phone.locator("#h-co")).locator("tbody td.n").all_inner_texts()
    assert cooperating == ["20", "31", "35"]


def test_the_paragraph_that_promises_inspections(phone: Page, step: Step) -> None:
    step(phone, "机制要求")
    section = phone.locator("#item-44")
    assert "县政府督查办每2月" in section.inner_text()
    section.get_by_role("link", name="在文件原文里看这一段").focus()
    _follow(phone, lambda: phone.keyboard.press("Enter"))
    assert phone.url.endswith("/2023/source/#item-44")
    assert phone.locator("[id='item-44']").inner_text().startswith("44.建立目标管理机制")


def test_the_first_screen_and_a_half_of_the_home_page_answers_what_whose_why_and_where(phone: Page) -> None:
    """At 360 px: what this is, whose site, why there is no colour, and the way to my task."""
    reach = PHONE["height"] * 1.5
    for words in ("本站不是政府网站", "42项民生任务", "没有颜色，不等于没办，也不等于办好。", "看全部任务", "找身边的事"):
        box = phone.get_by_text(words).first.bounding_box()
        assert box is not None and box["y"] + box["height"] <= reach, words


def test_task_24_is_short_enough_for_a_thumb(phone: Page, real_site: str) -> None:
    phone.goto(real_site + "2023/tasks/24/")
    height = phone.evaluate("document.documentElement.scrollHeight")
    print(f"\ntask 24 at 360 px: {height} px high")
    assert height < 5000
    assert phone.locator("#lines .line").count() == 7


def test_a_chosen_deliverable_fills_the_question_and_nothing_is_stored(phone: Page, real_site: str) -> None:
    phone.goto(real_site + "2023/tasks/24/#ask")
    phone.locator("#ask summary").tap()
    phone.locator("#pick").select_option("4-5")
    for text in ("#ask-call", "#ask-open"):
        words = phone.locator(text).inner_text()
        assert "公平小学综合楼完工" in words and "2023年9月节点" in words and "奉节府办发〔2023〕17号" in words
    stored = phone.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")
    assert stored == [0, 0, ""]


def test_the_question_is_whole_without_script(browser: Browser, real_site: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(real_site + "2023/tasks/39/")
    words = page.locator("#ask-open").text_content() or ""
    assert "兴隆镇" in words and "第二十七条" in words
    assert page.locator("button:visible, select:visible").count() == 0
    context.close()
