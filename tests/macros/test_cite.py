"""A page can be cited: GB/T 7714-2025 and BibTeX, with the day of access left to the reader."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import lxml.html
import pytest
from playwright.sync_api import Browser

from macros.context import Context
from macros.parts.citation import work
from scripts.ledger.model.promise import Ledger
from scripts.ledger.series.day import day_of
from scripts.pages.citation import Part, Work, bibtex, gbt7714, plain
from scripts.store.commits import data_day
from scripts.store.load import load

from ..conftest import MID_YEAR, SAMPLE, SMALL, plant

GBT = re.compile(
    r"(?P<author>.+?)\. (?P<title>.+)\[EB/OL\]\. （(?P<public>\d{4}-\d\d-\d\d)）\[(?P<seen>____-__-__)\]\. (?P<url>https://\S+)\."
)
WORK = Work(
    "民生台账", "甲县2023年民生计划第2项：修路", date(2023, 8, 11), "https://ledger.example.org/2023/tasks/02/", "ledger-2023-tasks-02"
)


def test_the_string_of_the_standard() -> None:
    """责任者. 题名[EB/OL]. （公开日期）[引用日期]. URL."""
    found = plain(gbt7714(WORK))
    assert found == "民生台账. 甲县2023年民生计划第2项：修路[EB/OL]. （2023-08-11）[____-__-__]. https://ledger.example.org/2023/tasks/02/."
    assert GBT.fullmatch(found)


def test_one_milestone_is_cited_by_its_own_title_and_address() -> None:
    """What is cited is named behind the task's title, and the address leads to it; in BibTeX the key too, and TeX finds nothing to run."""
    part = replace(WORK, part=Part("2-1", "2023年5月节点“路基完成100%”"))
    ours = "民生台账. 甲县2023年民生计划第2项：修路，2023年5月节点“路基完成100%”[EB/OL]. （2023-08-11）[____-__-__]. "
    assert plain(gbt7714(part)) == ours + "https://ledger.example.org/2023/tasks/02/#2-1."
    entry = plain(bibtex(part)).splitlines()
    assert entry[0] == "@online{ledger-2023-tasks-02-2-1,"
    assert entry[2] == r"  title = {{甲县2023年民生计划第2项：修路，2023年5月节点“路基完成100\%”}},"
    assert entry[4] == "  url = {https://ledger.example.org/2023/tasks/02/#2-1},"


def test_no_address_is_invented() -> None:
    """As long as nobody has said where the site stands, the string says that it is open."""
    homeless = replace(WORK, address=None, part=Part("2-1", "2023年5月节点"))
    assert plain(gbt7714(homeless)).endswith("[____-__-__]. 〔网址待定〕.")
    assert "url =" not in plain(bibtex(homeless))


def test_no_text_breaks_out_of_the_bibtex_entry() -> None:
    """Braces, backslashes and comments of TeX stand as themselves; an entry has as many opening as closing braces."""
    odd = Work(WORK.author, "100%的路}, note={坏话} \\input{x} #1 & a_b", WORK.public, WORK.address, WORK.key)
    found = plain(bibtex(odd))
    assert r"100\%的路\}, note=\{坏话\} \textbackslash{}input\{x\} \#1 \& a\_b" in found
    bare = re.sub(r"\\[{}]", "", found)
    assert bare.count("{") == bare.count("}")
    assert found.splitlines()[0] == "@online{ledger-2023-tasks-02,"


def test_the_public_day_is_that_of_the_data() -> None:
    """The commit's day in China; never later than the day that the site speaks of; that day where there is no commit."""
    late_evening_in_london = 1_700_000_000  # 2023-11-14 22:13 UTC, 2023-11-15 in China
    assert data_day(late_evening_in_london, date(2026, 1, 1)) == date(2023, 11, 15)
    assert data_day(late_evening_in_london, date(2023, 8, 11)) == date(2023, 8, 11)
    assert data_day(0, date(2023, 8, 11)) == date(2023, 8, 11)


def ledger_of(folder: Path) -> Ledger:
    """A checked ledger."""
    loaded = load(folder)
    assert loaded.ledger is not None, "\n".join(loaded.messages())
    return loaded.ledger


def test_the_publisher_answers_for_the_page_and_fiction_says_so(tmp_path: Path) -> None:
    """A named publisher is the author; without one it is the project; an invented county's title begins with 虚构演示."""
    sample = ledger_of(SAMPLE)
    told = work(Context(sample, day_of(sample, "2023", MID_YEAR), "2023/tasks/01/"), "task", "1")
    assert (told.author, told.title[:6]) == ("样例县民生台账（虚构）", "（虚构演示）")
    small = ledger_of(plant(tmp_path / "small"))
    plan = small.current.id
    nameless = small.model_copy(update={"settings": small.settings.model_copy(update={"fictional": None, "publisher": _nobody(small)})})
    told = work(Context(nameless, day_of(nameless, plan, MID_YEAR), f"{plan}/tasks/01/"), "task", "1")
    assert told.author == "民生台账" and "虚构" not in told.title
    assert SMALL.is_dir()


def _nobody(ledger: Ledger) -> object:
    return ledger.settings.publisher.model_copy(update={"name": None})


@pytest.mark.parametrize("kind", ["tasks", "places", "checkpoints"])
def test_every_such_page_can_be_cited(site: Path, demo_site: Path, kind: str) -> None:
    """On both sites: one section 引用与下载 with the string, a copy button for it, the page's own address, the place for the reader's day."""
    for root, host in ((site, "https://ledger.example.org/"), (demo_site, "https://demo.example.org/")):
        found = sorted((root / "2023" / kind).glob("*/index.html"))
        assert found
        for file in found:
            page = lxml.html.parse(str(file)).getroot()
            (section,) = page.xpath('//section[@id="cite"]')
            (text,) = section.xpath('.//*[@id="cite-gbt"]')
            parts = GBT.fullmatch(text.text_content())
            assert parts, text.text_content()
            assert parts["url"] == host + file.parent.relative_to(root).as_posix() + "/"
            assert len(section.xpath('.//*[@id="cite-gbt"]/*[@data-slot="today"]')) == 1
            assert section.xpath('.//button[@data-copy="cite-gbt"]') and section.xpath('.//button[@data-copy="cite-bib"]')
            assert "虚构演示" in parts["title"] if root == demo_site else "虚构" not in parts["title"]


def test_the_data_set_is_cited_by_its_version(site: Path, demo_site: Path) -> None:
    """On 数据下载: the same form, [DS/OL], the version that the manifest names, the page's address, the reader's day left open."""
    for root, host in ((site, "https://ledger.example.org/"), (demo_site, "https://demo.example.org/")):
        page = lxml.html.parse(str(root / "data/index.html")).getroot()
        (text,) = page.xpath('//*[@id="cite-gbt"]')
        commit = json.loads((root / "manifest.json").read_text(encoding="utf-8"))["commit"]
        parts = GBT.fullmatch(text.text_content().replace("[DS/OL]", "[EB/OL]"))
        assert parts and "[DS/OL]" in text.text_content() and parts["url"] == f"{host}data/"
        assert f"版本 {commit[:10]}" in parts["title"] and ("虚构演示" in parts["title"]) is (root == demo_site)
        assert page.xpath('//button[@data-copy="cite-gbt"]') and len(text.xpath("./*[@data-slot='today']")) == 1
        assert page.xpath('//*[@id="cite-bib"]')[0].text_content().startswith("@dataset{ledger-data-2023,")


def test_the_data_are_one_tap_from_every_page(site: Path, demo_site: Path) -> None:
    """A visible link of its own, 数据下载, at the foot of every page, that leads to the page; a county's own and the fictional one."""
    for root in (site, demo_site):
        files = [path for path in root.rglob("*.html") if path.relative_to(root).parts[0] != "embed"]
        assert len(files) > 100
        for file in files:
            links = lxml.html.parse(str(file)).getroot().xpath('//footer//a[normalize-space()="数据下载"]/@href')
            assert len(links) == 1, file
            assert file.name == "404.html" or (file.parent / links[0] / "index.html").resolve() == root / "data/index.html", file


def test_each_checkpoint_has_its_own_link_on_a_task(site: Path, demo_site: Path) -> None:
    """Every anchor of a checkpoint on a task's page is the target of a link that names it, for eyes and for screen readers."""
    for root in (site, demo_site):
        for file in sorted((root / "2023/tasks").glob("*/index.html")):
            page = lxml.html.parse(str(file)).getroot()
            anchors = [each.get("id") for each in page.xpath('//ol[@class="tl"]//span[@class="at"]')]
            links = {each.get("href"): each for each in page.xpath('//a[contains(@class, "perma")]')}
            assert anchors and {f"#{anchor}" for anchor in anchors} <= set(links)
            for target, link in links.items():
                assert link.text_content() == target and link.get("aria-label").endswith(target)


def test_each_milestone_has_a_citation_without_script(site: Path, demo_site: Path) -> None:
    """Behind 只引一格: every cell of the task once, its citation written out for readers without script, with an address that leads to the
    cell or a checkpoint that only it covers; every thing of the cell is a link to its own anchor."""
    for root, host in ((site, "https://ledger.example.org/"), (demo_site, "https://demo.example.org/")):
        for file in sorted((root / "2023/tasks").glob("*/index.html")):
            page = lxml.html.parse(str(file)).getroot()
            cells = {cell.get("id"): cell for cell in page.xpath('//ol[@class="tl"]/li')}
            rows = page.xpath('//*[@id="cite-parts"]//ul[contains(@class, "takes")]/li[a/@data-cell]')
            assert [row.xpath("./a/@data-cell")[0] for row in rows] == list(cells)
            (whole,) = page.xpath('//*[@id="cite-gbt"]')
            for row, cell in zip(rows, cells.values(), strict=True):
                (own,) = row.xpath("./a/@href")
                (text,) = row.xpath("./noscript/p/text()")
                parts, words = GBT.fullmatch(text), cell.xpath("string(h3/text()[1])").strip()
                assert parts and parts["title"] == GBT.fullmatch(whole.text_content())["title"] + f"，{words}", text  # type: ignore[index]
                assert parts["url"] == host + file.parent.relative_to(root).as_posix() + "/" + own
                assert cell.get("id") == own[1:] or cell.xpath('./span[@class="at"]/@id') == [own[1:]]
                pieces = [(f"#{piece.get('id')}", piece.text_content()) for piece in cell.xpath('./p[@class="song"]/span[@id]')]
                assert [(link.get("href"), link.text_content()) for link in row.xpath("./ul/li/a")] == pieces


@pytest.mark.browser
def test_the_citation_follows_the_link(browser: Browser, demo_site: Path, serve: Callable[[Path], str]) -> None:
    """Opened at #2023-05, the strings cite that milestone; 引用 at a cell, or a tap on a thing in the list, changes them and shows them;
    an anchor that is no part of the plan changes nothing; 整项 leads back."""
    page = browser.new_page()
    root = serve(demo_site) + "2023/tasks/"
    page.goto(root + "01/#2023-05")
    ours, url = page.locator("#cite-gbt"), "https://demo.example.org/2023/tasks/01/"
    title = "样例县（虚构）2023年民生计划第1项：城镇新增就业6000人"

    def cited(words: str, mark: str) -> bool:
        text, entry = ours.text_content() or "", page.locator("#cite-bib").text_content() or ""
        key = f"{{ledger-2023-tasks-01{mark.replace('#', '-')},"
        same = f"{title}{words}[EB/OL]" in text and text.endswith(f" {url}{mark}.")
        return same and f"{title}{words}}}}}," in entry and f"url = {{{url}{mark}}}," in entry and key in entry

    assert cited("，2023年5月节点", "#2023-05")
    page.goto(root + "01/#ask")
    assert cited("，2023年5月节点", "#2023-05")
    page.locator("#cell-3 .permas a", has_text="引用").click()
    assert cited("，2023年7月节点", "#2023-07") and ours.is_visible()
    assert page.locator("#cite-what").inner_text() == "引的是：2023年7月节点"
    page.locator("#cite-parts summary").click()
    page.locator("#cite-parts a", has_text="整项").click()
    assert cited("", "") and page.locator("#cite-what").inner_text() == "引的是：整项"
    page.goto(root + "07/#2-1")
    words = page.locator('[id="2-1"]').text_content()
    assert f"，2023年5月节点“{words}”[EB/OL]" in (ours.text_content() or "")
    page.close()
