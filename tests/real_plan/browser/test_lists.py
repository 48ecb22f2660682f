"""Lists that sort and filter: a journalist links to a filtered view, a reader without script has the whole list."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from scripts.ledger.model.promise import Ledger
from scripts.ledger.plan.schedule import spans
from scripts.store.project import ROOT

ROWS = "table.live tbody tr:visible:has(td)"
SAID = "#shown"


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    """A wide screen; a word on the console is a failure."""
    said: list[str] = []
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    page.close()
    assert said == []


@pytest.fixture(scope="module")
def demo(demo_site: Path, serve: Callable[[Path], str]) -> str:
    """The address of the fictional site."""
    return serve(demo_site)


def _numbers(page: Page) -> list[int]:
    return [int(text) for text in page.locator(f"{ROWS} td.n").all_inner_texts()]


def test_a_filtered_view_is_an_address(desk: Page, real_site: str, ledger: Ledger) -> None:
    """`?unit=jiaowei&due=2023-09` shows just what the education office must reach by September, and leads to those very cells."""
    promise = ledger.current
    points = [point.id for point in promise.plan.checkpoints]
    wanted = [
        number
        for number, task in sorted(promise.tasks.items())
        if "县教委" in task.lead
        and any(
            cell.kind == "target" and span.certain and points[span.last[0]] == "2023-09"
            for cell, span in zip(task.milestones, spans(task, promise.plan.checkpoints), strict=True)
        )
    ]
    assert wanted
    desk.goto(real_site + "2023/tasks/?unit=jiaowei&due=2023-09")
    assert _numbers(desk) == wanted
    expect(desk.locator(SAID)).to_have_text(f"显示{len(wanted)}项，共{len(promise.tasks)}项")
    expect(desk.get_by_label("牵头单位", exact=True)).to_have_value("jiaowei")
    desk.locator(f"{ROWS} th a").first.click()
    desk.wait_for_url(f"**/2023/tasks/{wanted[0]:02}/#2023-09")
    desk.go_back()
    assert _numbers(desk) == wanted


def test_what_is_chosen_goes_into_the_address_and_reset_takes_it_out(desk: Page, real_site: str, ledger: Ledger) -> None:
    """By hand: unit, chapter, checkpoint, words; told as it happens; one button shows all again."""
    everything = len(ledger.current.tasks)
    desk.goto(real_site + "2023/tasks/")
    assert _numbers(desk) == sorted(ledger.current.tasks)
    desk.get_by_label("章", exact=True).select_option("education")
    desk.get_by_label("哪个节点到期").select_option("2023-09")
    desk.get_by_label("含有的词").fill("中学")
    expect(desk).to_have_url(real_site + "2023/tasks/?q=%E4%B8%AD%E5%AD%A6&chapter=education&due=2023-09")
    assert 0 < len(_numbers(desk)) < everything
    assert all("中学" in text for text in desk.locator(ROWS).all_inner_texts())
    assert desk.locator(SAID).get_attribute("role") == "status"
    desk.get_by_label("含有的词").fill("地铁")
    expect(desk.locator(SAID)).to_have_text("没有符合的。")
    desk.get_by_role("button", name="清除筛选").click()
    expect(desk.locator(SAID)).to_have_text(f"共{everything}项")
    expect(desk).to_have_url(real_site + "2023/tasks/")
    assert _numbers(desk) == sorted(ledger.current.tasks)


def test_heads_count_what_is_left(desk: Page, real_site: str, demo: str, ledger: Ledger) -> None:
    """A chapter's head, a section's too, gives the number shown and the whole; reset gives the whole back; both lists of units do so."""
    desk.goto(real_site + "2023/tasks/?unit=jiaowei")
    heads = desk.locator("th[scope=rowgroup]")
    whole = heads.locator("[data-count]")
    for group in desk.locator("tbody.sub:visible").all():
        shown, every = group.locator("tr:visible:has(td)").count(), group.locator("tr:has(td)").count()
        assert group.locator("[data-count]").inner_text() == (f"{shown}项" if shown == every else f"{shown}项，共{every}项")
    assert any("，共" in words for words in whole.all_inner_texts())
    desk.get_by_role("button", name="清除筛选").click()
    sizes = [sum(task.chapter == chapter.id for task in ledger.current.tasks.values()) for chapter in ledger.current.plan.chapters]
    assert whole.all_inner_texts() == [f"{size}项" for size in sizes if size]
    for address, words in (("2023/problems/?q=排水", "件，共"), ("2023/units/?q=民政", "1个，共8个")):
        desk.goto(demo + address)
        assert any(words in head for head in desk.locator("h2 [data-count]:visible, h2 small[data-count]:visible").all_inner_texts()), (
            address
        )


def test_a_head_sorts_and_says_so(desk: Page, real_site: str, ledger: Ledger) -> None:
    """By number backwards, by unit; `aria-sort` tells; the address keeps it; chapters come back with the order of the document."""
    desk.goto(real_site + "2023/tasks/")
    head = desk.locator("th[data-sort=no]")
    chapters = desk.locator("[scope=rowgroup]:visible").count()
    expect(head).to_have_attribute("aria-sort", "ascending")
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    assert _numbers(desk) == sorted(ledger.current.tasks, reverse=True)
    assert desk.url.endswith("?sort=-no") and desk.locator("[scope=rowgroup]:visible").count() == 0
    desk.reload()
    assert _numbers(desk) == sorted(ledger.current.tasks, reverse=True)
    desk.get_by_label("次序").select_option("lead")
    leads = [text.strip() for text in desk.locator(f"{ROWS} td:nth-child(3)").all_inner_texts()]
    assert leads == desk.evaluate("leads => [...leads].sort((a, b) => a.localeCompare(b, 'zh'))", leads)
    desk.get_by_label("次序").select_option("")
    assert _numbers(desk) == sorted(ledger.current.tasks)
    assert desk.locator("[scope=rowgroup]:visible").count() == chapters > 1


def test_colours_filter_and_sort_where_there_are_any(desk: Page, demo: str) -> None:
    """In the fictional county: the slowest first, one colour alone, and its list that needs no script; none of it without data."""
    desk.goto(demo + "2023/tasks/?sort=state")
    badges = [text.strip() for text in desk.locator(f"{ROWS} .badge").all_inner_texts()]
    order = ["很慢", "较慢", "稍慢", "达到进度", "已完成"]
    coloured = [next(word for word in order if badge.endswith(word)) for badge in badges if badge[0] in "✕◆▲●★"]
    assert coloured == sorted(coloured, key=order.index) and len(set(coloured)) == 5
    assert [badge[0] in "✕◆▲●★" for badge in badges] == sorted([badge[0] in "✕◆▲●★" for badge in badges], reverse=True)
    desk.get_by_label("现在怎样").select_option("yellow")
    assert {text.strip()[-2:] for text in desk.locator(f"{ROWS} .badge").all_inner_texts()} == {"稍慢"}
    assert desk.url.endswith("?colour=yellow&sort=state")


def test_no_colour_is_offered_without_data(desk: Page, real_site: str) -> None:
    """The real county has no colour to filter by, and an address that asks for one shows all."""
    desk.goto(real_site + "2023/tasks/?colour=red&unit=nobody")
    assert desk.get_by_label("现在怎样").count() == 0 and len(_numbers(desk)) == 42
    expect(desk).to_have_url(real_site + "2023/tasks/")


def test_problems_and_units_filter_too(desk: Page, demo: str) -> None:
    """One word leaves one row; groups without rows go away with their heads."""
    desk.goto(demo + "2023/problems/?state=late")
    assert desk.locator("section:has(table.live):visible").count() == 1
    desk.goto(demo + "2023/units/?q=民政")
    assert desk.locator(ROWS).count() == 1
    desk.goto(demo + "2023/units/")
    desk.locator("th[data-sort=lead]").first.get_by_role("button").click()
    leads = [int(text) for text in desk.locator("td[data-lead]").all_inner_texts()]
    assert leads == sorted(leads)


def test_places_filter_by_what_was_told_of_them(desk: Page, demo: str) -> None:
    """By colour, words, township, checkpoint: only such places stay, kinds without any go with their heads, tasks of the whole county take part."""
    desk.goto(demo + "2023/places/?colour=orange")
    places = desk.locator(".lines [data-item]:visible")
    assert places.count() and all(place.locator(".bead.orange").count() for place in places.all())
    assert all("◆" in row.inner_text() for row in desk.locator("#county [data-item]:visible").all())
    desk.goto(demo + "2023/places/?q=小学")
    (head,) = desk.locator("section:has(.lines):visible h2 [data-count]").all()
    assert places.count() == 2 and head.inner_text() == "2处，共6处"
    expect(desk.locator(SAID)).to_have_text("显示2条，共27条")
    desk.get_by_label("含有的词").fill("")
    desk.get_by_label("乡镇", exact=True).select_option("清溪镇")
    assert places.count() and all("清溪镇" in place.inner_text() for place in places.all())
    desk.get_by_role("button", name="清除筛选").click()
    expect(desk).to_have_url(demo + "2023/places/")
    assert places.count() == 21


def test_a_unit_has_its_own_time_axis_and_numbers(desk: Page, real_site: str, ledger: Ledger) -> None:
    """`?unit=jiaowei` on the axis, the numbers and the places shows just what the education office leads, and every colour filter is absent."""
    mine = {number for number, task in ledger.current.tasks.items() if "县教委" in task.lead}
    desk.goto(real_site + "2023/timeline/?unit=jiaowei")
    assert {int(row.inner_text().split()[0]) for row in desk.locator(".axis-row:visible h4").all()} == mine
    desk.goto(real_site + "2023/indicators/?unit=jiaowei&role=target")
    assert {int(head.inner_text().split()[0]) for head in desk.locator("[scope=rowgroup]:visible").all()} <= mine
    assert desk.locator(ROWS).count() and all("目标" in row for row in desk.locator(ROWS).all_inner_texts())
    desk.get_by_label("含有的词").fill("改善七所学校")
    assert desk.locator(ROWS).count() == 2, "the task's name finds its numbers"
    desk.goto(real_site + "2023/places/?unit=jiaowei")
    shown = desk.locator(".lines [data-item]:visible").all_inner_texts()
    assert shown and desk.get_by_label("现在怎样").count() == 0
    named = {site.name for site in ledger.current.sites.values() if mine & set(site.tasks)}
    assert len(shown) == len(named) and all(any(name in words for name in named) for words in shown)


def test_a_folded_chapter_opens_for_what_is_found_in_it(browser: Browser, real_site: str) -> None:
    """On a phone the axis is folded by chapter; a filter opens where something is left, and the rest goes."""
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(real_site + "2023/timeline/")
    assert page.locator("details.axis:visible").count() == 4 and page.locator(".axis-row:visible").count() == 0
    page.goto(real_site + "2023/timeline/?q=学校")
    assert page.locator("details.axis:visible").count() == page.locator("details.axis[open]:visible").count() < 4
    assert page.locator(".axis-row:visible").count() > 0 and page.evaluate("document.documentElement.scrollWidth") <= 360
    page.close()


def test_markup_in_an_address_stays_text(desk: Page, real_site: str) -> None:
    """What a link puts into the fields is never taken for markup."""
    desk.goto(real_site + "2023/tasks/?q=%22%3E%3Cimg%20src%3Dx%3E&sort=%27%5D%2C*&unit=%22")
    expect(desk.locator(SAID)).to_have_text("没有符合的。")
    assert desk.locator("main img").count() == 0


def test_on_a_phone_rows_are_cards_and_no_button_hides_off_screen(browser: Browser, real_site: str) -> None:
    """At 360 px: a row is a block of lines; the head's buttons are gone, the select sorts."""
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(real_site + "2023/tasks/?sort=-no")
    assert _numbers(page)[0] == 42
    assert page.locator("thead button:visible").count() == 0
    row = page.locator(ROWS).first
    assert row.evaluate("row => getComputedStyle(row).display") == "grid"
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.close()


def test_without_script_the_whole_list_stands(browser: Browser, real_site: str) -> None:
    """Every task, no field that does nothing."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(real_site + "2023/tasks/?unit=jiaowei")
    assert len(_numbers(page)) == 42 and page.locator("#filters:visible").count() == 0
    context.close()


def test_the_script_is_small_and_loaded_only_where_a_list_is(site: Path) -> None:
    """At most 10 KB, unpacked; on the pages with lists alone."""
    script = (ROOT / "docs/assets/table.js").read_bytes()
    print(f"\ntable.js: {len(script)} bytes, {len(gzip.compress(script, 9, mtime=0))} gzip")
    assert len(script) <= 10_000
    having = {path.parent.relative_to(site).as_posix() for path in site.rglob("index.html") if b"assets/table.js" in path.read_bytes()}
    assert having == {f"2023/{name}" for name in ("tasks", "units", "places", "timeline", "indicators")}
