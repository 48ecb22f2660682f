"""On paper: a place's sheet is exactly one A4 page; a task page cuts no table row and no cell across pages."""

from __future__ import annotations

import io
import re
import unicodedata
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader


def _printed(page: Page, address: str) -> PdfReader:
    page.goto(address)
    return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))


def _pages(browser: Browser, address: str) -> list[str]:
    page = browser.new_page()
    reader = _printed(page, address)
    page.close()
    return [_bare(each.extract_text()) for each in reader.pages]


#: What a reader sees of a row, a cell, a place's line: the months of a line stand in its head on paper, not at each station.
READ = """all => all.map(each => each.classList.contains('line')
    ? [...each.querySelectorAll('h3 a:first-child, li > span:last-child')].map(part => part.innerText).join('\\n')
    : each.innerText)"""

#: PDF fonts give some characters back as the radicals that look like them.
RADICALS = str.maketrans("⺠⻅⻓⻔⻚⻛⻜⻝⻢⻥⻩⻬⻰⻳⻋⻉⻄⻘⻨⻮⺟⼾⻣", "民见长门页风飞食马鱼黄齐龙龟车贝西青麦齿母户骨")


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text.translate(RADICALS)))


def test_every_sheet_is_exactly_one_page(browser: Browser, site: Path, real_site: str) -> None:
    sheets = sorted(path.parent.relative_to(site).as_posix() for path in site.glob("2023/places/*/sheet/index.html"))
    page = browser.new_page()
    counts = {sheet: len(_printed(page, f"{real_site}{sheet}/").pages) for sheet in sheets}
    page.close()
    print(f"\n{len(sheets)} sheets printed")
    assert len(sheets) > 20
    assert {sheet: n for sheet, n in counts.items() if n != 1} == {}


def test_a_sheet_carries_its_address_a_code_and_the_words_for_a_blocked_link(browser: Browser, real_site: str) -> None:
    page = browser.new_page()
    page.goto(real_site + "2023/places/gongping-xiaoxue-zonghelou/sheet/")
    words = page.locator("article.sheet").inner_text()
    assert "https://ledger.example.org/2023/places/gongping-xiaoxue-zonghelou/" in words
    assert "打不开？请把网址复制到浏览器" in words and "您看到的：" in words
    assert "照文件，到2023年11月，这里应当：" in words and "“公平小学综合楼投入使用”" in words
    assert page.locator("svg.qr").is_visible()
    page.close()


@pytest.mark.parametrize("task", ["01", "14", "17", "24", "38"])
def test_a_printed_task_cuts_no_row_and_no_cell(browser: Browser, real_site: str, task: str) -> None:
    """Every table row, timeline cell and place line stands whole on one of the printed pages."""
    address = f"{real_site}2023/tasks/{task}/"
    page = browser.new_page()
    page.goto(address)
    page.emulate_media(media="print")
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    pieces = page.eval_on_selector_all("main tr, main .tl > li, main .line", READ)
    page.close()
    printed = _pages(browser, address)
    assert len(pieces) > 5
    assert not any("BibTeX" in sheet or "更新记录" in sheet for sheet in printed), "what only a screen can use is not printed"
    for piece in pieces:
        parts = [_bare(line) for line in piece.split("\n") if _bare(line)]
        assert any(all(part in sheet for part in parts) for sheet in printed), piece
