"""The search page of the real site, open in a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from scripts.exports import search
from scripts.ledger.model.promise import Ledger
from scripts.pages.registry import PageSpec

from .scale import specs


@pytest.fixture(scope="session")
def own_pages(ledger: Ledger) -> list[PageSpec]:
    """The pages of the real site."""
    return specs(ledger)


@pytest.fixture(scope="session")
def found(ledger: Ledger, own_pages: list[PageSpec]) -> list[search.Record]:
    """Everything that can be found in the real data, and one page written by hand."""
    return search.records(ledger, own_pages, [("method/", "评定规则", "颜色怎样来。")])


@pytest.fixture(scope="session")
def sharded_site(found: list[search.Record], site: Path, serve: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a site with just the search, its index in shards although it is small."""
    folder = tmp_path_factory.mktemp("shards")
    for name in ("search/index.html", "assets/search.js", "assets/ledger.js", "assets/ledger.css"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes((site / name).read_bytes())
    for name, text in search.files(found, whole=0).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return serve(folder)


@pytest.fixture(scope="session")
def search_page(browser: Browser, real_site: str) -> Iterator[Page]:
    """The search page, ready."""
    page = browser.new_page()
    page.goto(real_site + "search/")
    yield page
    page.close()
