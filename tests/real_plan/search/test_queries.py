"""A reader finds: every written query gives its page, first in the list; in the real site, in a real browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from scripts.ledger.model.promise import Ledger

from .queries import Query, queries

TYPED = ("24", "２４", "教育委员会", "公平小学", "农贸市场", "hpv", "适老化", "五色图", "抗滑桩", "公平小学 9月", "卫健委 疫苗", "12345")


def _ranked(page: Page, query: Query) -> list[str]:
    """The addresses that the script's own function gives."""
    return [str(result["url"]) for result in page.evaluate("text => ledgerSearch(text, 500)", query.text)["results"]]


def _judge(page: Page, name: str) -> tuple[float, float, list[str]]:
    """Recall, the rate of queries with the right page first, and what went wrong, in words."""
    expected = lost = right = 0
    wrong: list[str] = []
    for query in queries():
        found = _ranked(page, query)
        missing = query.missing(found)
        first = query.is_first(found)
        expected, lost, right = expected + len(query.missing([])), lost + len(missing), right + first
        if missing or not first:
            wrong.append(f"“{query.text}”: {found[:3]}, without {missing}")
    recall, rate = 1 - lost / expected, right / len(queries())
    print(f"\n{name}: {len(queries())} queries, recall {recall:.3f} of {expected} pages, expected page first {rate:.1%}")
    return recall, rate, wrong


def test_every_query_finds_its_pages_the_right_one_first(search_page: Page) -> None:
    """Recall 1.0; the expected page (and paragraph) first in at least 95 %."""
    recall, rate, wrong = _judge(search_page, "one file")
    assert recall == 1.0, wrong
    assert rate >= 0.95, wrong


def test_shards_find_the_same(browser: Browser, sharded_site: str) -> None:
    """An index in shards answers as well as one in a single file."""
    page = browser.new_page()
    page.goto(sharded_site + "search/")
    recall, rate, wrong = _judge(page, "shards")
    page.close()
    assert recall == 1.0, wrong
    assert rate >= 0.95, wrong


@pytest.mark.parametrize("text", TYPED)
def test_typing_a_query_lists_its_page_first(browser: Browser, real_site: str, text: str) -> None:
    """The same through the page itself: typed, listed as one types, announced, and the first link leads there."""
    query = next(each for each in queries() if each.text == text)
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(real_site + "search/")
    page.get_by_role("searchbox").press_sequentially(text, delay=5)
    page.wait_for_function("text => new URLSearchParams(location.search).get('q') === text", arg=text)
    expect(page.get_by_role("status")).to_have_text(re.compile("^没有找到" if not query.first else "^找到[1-9]"))
    links = page.locator("#results h3 a")
    expect(links).to_have_count(0) if not query.first else expect(links.first).to_be_visible()
    addresses = [str(link.evaluate("a => a.href")).removeprefix(real_site) for link in links.all()]
    assert query.is_first(addresses), addresses
    page.close()


def test_a_first_link_opens_the_paragraph(browser: Browser, real_site: str) -> None:
    """From the search to the deliverable, on screen, though its cell is folded away until it is asked for."""
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(real_site + "search/?q=公平小学 9月")
    page.locator("#results h3 a").first.click()
    page.wait_for_url("**/2023/tasks/24/#4-5")
    expect(page.locator("[id='4-5']")).to_be_in_viewport()
    assert page.locator("[id='4-5']").inner_text() == "公平小学综合楼完工"
    page.close()


def test_the_queries_are_what_the_bar_asks_for(ledger: Ledger) -> None:
    """At least 60; at least 15 whose words stand in a pledge or a cell and in no title."""
    every = queries()
    assert len(every) >= 60 and len({query.text for query in every}) == len(every)
    promise = ledger.current
    titles = _bare(
        *(task.title for task in promise.tasks.values()),
        *(name for site in promise.sites.values() for name in (site.name, *site.names)),
        *(mechanism.title for mechanism in promise.plan.mechanisms),
        *(name for key, unit in ledger.units.items() for name in (key, unit.full_name or "")),
    )
    pledges = _bare(*(task.pledge for task in promise.tasks.values()), *(m.text for m in promise.plan.mechanisms))
    cells = _bare(*(cell.text for task in promise.tasks.values() for cell in task.milestones))
    deep = [query for query in every if query.words]
    assert len(deep) >= 15
    for query in deep:
        words = _bare(query.text)
        assert words not in titles, query.text
        assert words in (pledges if query.words == "pledge" else cells), query.text
        assert query.words == "pledge" or words not in pledges, query.text


def _bare(*texts: str) -> str:
    return "\n".join(re.sub(r"[\s“”•·]", "", text) for text in texts)


def test_the_expected_pages_exist(site: Path) -> None:
    """No query expects what the site does not have."""
    for query in queries():
        for address in (*query.first, *query.also):
            page, _, anchor = address.partition("#")
            html = (site / page / "index.html").read_text(encoding="utf-8")
            assert not anchor or f'id="{anchor}"' in html, address
