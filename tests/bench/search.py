"""The search of decision 0006 beside material's with jieba: the same pages, the same written queries, one run.

    python -m tests.bench.search FOLDER     # FOLDER: where `pip install --target FOLDER jieba` put jieba, which is no part of this project

The peer is judged by pages alone, ours by pages and paragraphs.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from scripts.site.build import build_site

from ..browser.install import chromium
from ..conftest import DATA
from ..real_plan.search.queries import queries
from .peer import build_peer, write_peer
from .reader import Counting

LIST = """() => [...document.querySelectorAll(".md-search-result__item a.md-search-result__link")].map(a => a.href)"""
LISTED = "document.querySelectorAll('.md-search-result__item').length"
EMPTY = "() => document.querySelector('.md-search-result__meta').textContent.trim() === '键入以开始搜索'"
ANSWERED = (
    "() => !['键入以开始搜索', '正在初始化搜索引擎', ''].includes(document.querySelector('.md-search-result__meta').textContent.trim())"
)


def ours(page: Page, text: str) -> list[str]:
    """What our script finds."""
    return [str(each["url"]) for each in page.evaluate("text => ledgerSearch(text, 500)", text)["results"]]


def theirs(page: Page, text: str) -> list[str]:
    """What material lists, scrolled to its end: typed, with a key pressed after, for its search listens to keys."""
    field = page.locator(".md-search__input")
    field.fill("")
    page.keyboard.press("Backspace")
    page.wait_for_function(EMPTY)
    field.fill(text)
    page.keyboard.press("End")
    page.wait_for_function(ANSWERED)
    page.wait_for_timeout(300)
    before = -1
    while (now := page.evaluate(LISTED)) != before:
        before = now
        page.evaluate("document.querySelector('.md-search__scrollwrap').scrollTo(0, 1e6)")
        page.wait_for_timeout(150)
    return [str(href).partition("?")[0] for href in page.evaluate(LIST)]


def judge(find: Callable[[str], list[str]], root: str, pages_only: bool) -> str:
    """Recall of the expected pages, and how often the right one stands first."""
    wanted = lost = right = 0
    wrong = []
    for query in queries():
        found = [url.removeprefix(root) for url in find(query.text)]
        missing, first = query.missing(found), query.is_first(found, pages_only)
        wanted, lost, right = wanted + len(query.missing([])), lost + len(missing), right + first
        if missing or not first:
            wrong.append(f"{query.text}{'（漏）' if missing else ''}")
    total = len(queries())
    return f"recall {1 - lost / wanted:.3f} of {wanted} pages, right page first {right} of {total} = {right / total:.1%}; wrong: {'、'.join(wrong) or '–'}"


def main() -> None:
    """Build both, ask both."""
    path, jieba = chromium(), Path(sys.argv[1])
    with tempfile.TemporaryDirectory(prefix="bench-search-") as name, sync_playwright() as playwright:
        folder = Path(name)
        site = build_site(DATA, folder / "ours", date(2026, 11, 23), "https://ledger.example.org/").out
        write_peer(site, folder / "peer")
        our_root, peer_root = Counting(site).root, Counting(build_peer(folder / "peer", extra_path=jieba)).root
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(our_root + "search/", wait_until="networkidle")
        print("ours:", judge(lambda text: ours(page, text), "", False), flush=True)
        page.goto(peer_root, wait_until="networkidle")
        page.locator(".md-search__input").click()
        page.wait_for_timeout(2500)
        print("material + jieba:", judge(lambda text: theirs(page, text), peer_root, True), flush=True)
        browser.close()


if __name__ == "__main__":
    main()
