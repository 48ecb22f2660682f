"""What is passed on carries its origin: titles and metadata of every page, share cards, cards for other people's pages."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import lxml.html
import pytest
from fontTools.ttLib import TTFont
from PIL import Image
from playwright.sync_api import Browser

from macros.context import Context
from macros.parts.share_card import cards
from scripts.exports.cards import typeface
from scripts.exports.cards.card import Card
from scripts.exports.cards.picture import HEIGHT, SHAPES, WIDTH, draw, picture_key, stamped, wrap
from scripts.ledger.series.day import day_of
from scripts.pages import head as page_head
from scripts.store.load import load
from scripts.store.picture_cache import CardCache
from scripts.store.project import ROOT

from ..conftest import AS_OF, DATA, MID_YEAR, SAMPLE

SITES = {"real": "https://ledger.example.org/", "demo": "https://demo.example.org/"}
Trees = dict[str, lxml.html.HtmlElement]


@pytest.fixture(scope="module", params=sorted(SITES))
def built(request: pytest.FixtureRequest) -> tuple[Path, str]:
    """A built site and its address: the real one, the fictional one."""
    return request.getfixturevalue("site" if request.param == "real" else "demo_site"), SITES[request.param]


@cache
def trees(root: Path) -> Trees:
    """Every page proper of a built site, parsed, by path."""
    return {name: lxml.html.parse(str(root / name)).getroot() for name in _pages(root) if not name.startswith("embed/")}


def _pages(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*.html"))


def meta(page: lxml.html.HtmlElement, name: str, kind: str = "name") -> str:
    """The value of the one tag of a name; empty where there is none."""
    found = [each.get("content") for each in page.iter("meta") if each.get(kind) == name]
    assert len(found) <= 1, name
    return found[0] if found else ""


# ---------------------------------------------------------------- titles and metadata


def test_every_title_is_its_own_and_short(built: tuple[Path, str]) -> None:
    """WeChat shows the title: no two alike, at most thirty characters, ending in the site's name where that fits."""
    titles = {name: page.findtext(".//title") for name, page in trees(built[0]).items()}
    assert len(titles) > 50
    assert [(name, title) for name, title in titles.items() if not title or len(title) > 30] == []
    assert len(set(titles.values())) == len(titles)
    assert sum("民生台账" in title for title in titles.values() if title) > len(titles) * 0.9


def test_titles_stay_apart_however_long_they_are() -> None:
    """Long names are cut, and what would then be alike is numbered; the site's name goes first."""
    long = "从前街到后街再到河边新修的二十四个口袋公园和健身步道"
    pages = [("", "甲县民生台账"), ("a/", "短"), ("b/", long + "一期"), ("c/", long + "一期工程"), ("d/", "二" * 24)]
    found = page_head.titles(pages, "甲县民生台账")
    assert found[""] == "甲县民生台账" and found["a/"] == "短｜甲县民生台账" and found["d/"] == "二" * 24 + "｜民生台账"
    assert max(map(len, found.values())) <= 30 and len(set(found.values())) == len(pages)


def test_every_page_has_its_metadata(built: tuple[Path, str]) -> None:
    """Site, description, address and picture on every page; column and article where it is one; no tag is empty, none stands twice."""
    root, host = built
    for name, page in trees(root).items():
        if name == "404.html":
            continue
        tags = [(each.get("name") or each.get("property") or each.get("itemprop"), each.get("content")) for each in page.iter("meta")]
        tags = [(key, value) for key, value in tags if key]
        assert [key for key, value in tags if not value] == [] and len({key for key, _ in tags}) == len(tags), name
        path = name.removesuffix("index.html")
        assert meta(page, "Url") == host + path == meta(page, "og:url", "property") == page.xpath('//link[@rel="canonical"]/@href')[0]
        assert meta(page, "SiteName").endswith("民生台账") and meta(page, "SiteDomain") == host.split("/")[2]
        assert meta(page, "Description") == meta(page, "description", "itemprop") == meta(page, "og:description", "property")
        assert bool(path) == bool(meta(page, "ColumnName")), name
        for picture in (meta(page, "Image"), meta(page, "og:image", "property"), meta(page, "image", "itemprop")):
            assert picture.startswith(host) and (root / picture.removeprefix(host)).is_file(), name


def test_dates_of_pages_are_dates_of_the_data(site: Path, demo_site: Path) -> None:
    """The real county has no reports: the document's day.  The fictional one: the newest report of the task, as of the day shown."""
    real = {meta(page, "PubDate") for name, page in trees(site).items() if re.match(r"2023/(tasks|places|checkpoints)/[\w-]+/", name)}
    assert real == {"2023-03-13"}
    found = {meta(page, "PubDate") for name, page in trees(demo_site).items() if re.match(r"2023/tasks/\d", name)}
    assert len(found) > 3 and max(found) <= MID_YEAR.isoformat()
    assert meta(trees(site)["2023/tasks/24/index.html"], "ContentSource").endswith("奉节府办发〔2023〕17号")


def test_nothing_is_said_of_a_publisher_who_is_not_known(site: Path, demo_site: Path) -> None:
    """No Author, no SiteIDCode unless site.yml has them."""
    page = trees(site)["2023/tasks/24/index.html"]
    assert (meta(page, "Author"), meta(page, "SiteIDCode")) == ("", "")
    assert meta(trees(demo_site)["2023/tasks/01/index.html"], "Author") == "样例县民生台账（虚构）"
    ledger = load(SAMPLE).ledger
    assert ledger
    coded = ledger.model_copy(update={"settings": ledger.settings.model_copy(update={"footer": {"网站标识码": "5000000000"}})})
    about = page_head.About("甲", "乙", None, None, "", "全部任务", article=True)
    assert page_head.Tag("name", "SiteIDCode", "5000000000") in page_head.tags(about, coded, "甲县民生台账")


# ---------------------------------------------------------------- share cards


@cache
def all_cards(county: str, base: str | None = None) -> dict[str, Card]:
    """The cards of a county: real, or fictional in mid-year."""
    ledger = load(DATA if county == "real" else SAMPLE).ledger
    assert ledger
    ledger = ledger.model_copy(update={"settings": ledger.settings.model_copy(update={"base_url": base or SITES[county]})})
    return cards(Context(ledger, day_of(ledger, ledger.current.id, AS_OF if county == "real" else MID_YEAR)))


@pytest.mark.parametrize("county", sorted(SITES))
def test_every_character_of_every_card_is_in_the_font(county: str) -> None:
    """By the font's own table; the five shapes are drawn, not set."""
    known = TTFont(io.BytesIO(typeface.font_bytes())).getBestCmap()
    for file, card in all_cards(county).items():
        shapes = {shape for tone, shape, _ in card.states if tone != "grey"} | {b.label for b in card.beads if b.form == "verdict"}
        letters = {letter for text in card.texts for letter in text} - {*SHAPES, "●", "✕"}
        assert {letter for letter in letters if ord(letter) not in known} == set(), file
        assert {shape for shape in shapes if len(shape) == 1} - {*SHAPES, "●", "✕", "未", "缺", "缓", "撤", "…"} == set(), file


def test_a_character_that_the_font_lacks_is_never_a_box() -> None:
    """It is set as 〓, as printers do; so says the look at the font, and so its table."""
    known = TTFont(io.BytesIO(typeface.font_bytes())).getBestCmap()
    rare = next(chr(code) for code in range(0x20000, 0x2A6DF) if code not in known)  # a rare name's character
    assert ord("〓") in known
    assert typeface.printable(f"{rare}街👩") == "〓街〓"
    for letter in "奉节县〔2023〕17号★、，（）…—·ABCz09 ":
        assert typeface.has(letter) == (ord(letter) in known), letter


def test_cards_are_small_pictures_of_sixteen_colours(built: tuple[Path, str]) -> None:
    """As published: 720 × 580, a palette, at most 16 KB, with the build's stamp inside and the font's licence beside."""
    folder = built[0] / "assets/cards"
    pictures = sorted(folder.glob("*.png"))
    assert "SIL OPEN FONT LICENSE" in (folder / "OFL.txt").read_text(encoding="utf-8")
    assert len(pictures) > 30
    for path in pictures:
        image = Image.open(path)
        assert (image.size, image.mode) == ((WIDTH, HEIGHT), "P") and path.stat().st_size <= 16_000, path.name
        colours = image.getcolors(256)
        assert colours and len(colours) <= 16
        assert image.info["Comment"].startswith("民生台账 整理截至")


@pytest.mark.parametrize("county", sorted(SITES))
def test_a_card_says_what_it_is_and_whose(county: str) -> None:
    """Title, state in words, the day, the document, the site; 虚构演示 on every card of an invented county; no colour without a verdict."""
    for card in all_cards(county).values():
        assert card.title and all(words for _, _, words in card.states)
        assert "号" in card.foot[0] and card.foot[1].startswith("整理截至20") and card.foot[2].startswith(SITES[county].split("/")[2])
        assert card.demo == (county == "demo") == card.seen.startswith("虚构演示")
        if county == "real":
            assert card.strip == "本站不是政府网站" and {tone for tone, _, _ in card.states} | {bead.tone for bead in card.beads} == {""}
    if county == "demo":
        tones = {tone for card in all_cards(county).values() for tone, _, _ in card.states}
        assert {"blue", "green", "yellow", "orange", "red", "grey"} <= tones


def test_the_same_card_is_the_same_bytes_and_nothing_cut_off() -> None:
    """Drawn twice; in another process with another hash seed; long words wrap inside the margins or end in ……."""
    card = all_cards("demo")["assets/cards/2023-task-1.png"]
    code = "from tests.exports.test_sharing import *; import sys; sys.stdout.buffer.write(draw(all_cards('demo')['assets/cards/2023-task-1.png']))"
    other = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=os.environ | {"PYTHONHASHSEED": "7", "TZ": "UTC"}, capture_output=True, check=True
    ).stdout
    assert draw(card) == draw(card) == other
    lines = wrap("很长的名字，" * 40, 40, 640, 3)
    assert len(lines) == 3 and lines[-1].endswith("……")
    assert all(typeface.font(40).getlength(line) <= 640 and not line.startswith("，") for line in lines)


# ---------------------------------------------------------------- the cache


def test_kept_pictures_are_drawn_once_and_never_believed_blindly(tmp_path: Path) -> None:
    """A second build draws nothing; a damaged entry is drawn again; whatever changes a picture changes its key."""
    drawn: list[str] = []

    def picture(cache: CardCache, key: str) -> bytes:
        return cache.picture(key, lambda: (drawn.append(key), key.encode())[1])

    folder = tmp_path / "new" / "cards"
    assert [picture(CardCache(folder), "a"), picture(CardCache(folder), "a"), picture(CardCache(folder), "b")] == [b"a", b"a", b"b"]
    assert drawn == ["a", "b"]
    for damaged in folder.glob("*.card"):
        damaged.write_bytes(damaged.read_bytes()[:-1] + b"?")
    assert picture(CardCache(folder), "a") == b"a" and drawn == ["a", "b", "a"]
    assert sorted(path.suffix for path in folder.iterdir()) == [".card", ".card"]
    card = all_cards("demo")["assets/cards/2023-task-1.png"]
    others = [replace(card, title="别的"), replace(card, foot=("甲", "乙")), replace(card, demo=False), replace(card, states=())]
    assert len({picture_key(each) for each in (card, *others)}) == 5


def test_the_cache_lets_go_of_what_is_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not of what this build used; not before there are many."""
    monkeypatch.setattr("scripts.store.picture_cache.LEAST_KEPT", 3)
    old = CardCache(tmp_path)
    for number in range(6):
        old.picture(str(number), lambda: b"x")
    (used,) = {CardCache(tmp_path).picture(key, lambda: b"") and key for key in "0"}
    now = CardCache(tmp_path)
    now.picture(used, lambda: b"never drawn")
    now.prune()
    assert len(list(tmp_path.iterdir())) == 4 and next(iter(now.used)).is_file()


def test_the_stamp_does_not_change_the_picture() -> None:
    """The text chunk is read back; the pixels are the same."""
    plain = draw(all_cards("real")["assets/cards/2023-plan.png"])
    image = Image.open(io.BytesIO(stamped(plain, "民生台账 版本 abc")))
    image.load()
    assert image.info["Comment"] == "民生台账 版本 abc" and image.tobytes() == Image.open(io.BytesIO(plain)).tobytes()


# ---------------------------------------------------------------- on the page


def test_the_picture_stands_on_task_and_place_pages(built: tuple[Path, str]) -> None:
    """Wide enough for WeChat (300 pixels and more), lazy, with its size and with its words; the first picture of the page; a QR code
    beside it."""
    root, _ = built
    for name, page in trees(root).items():
        if not re.fullmatch(r"2023/(tasks|places)/[\w-]+/index.html", name):
            continue
        picture = page.xpath("//img")[0]
        assert (picture.get("width"), picture.get("height"), picture.get("loading")) == (str(WIDTH), str(HEIGHT), "lazy")
        assert (root / name).parent.joinpath(picture.get("src")).resolve().is_file()
        assert "原文：" in picture.get("alt") and "整理截至" in picture.get("alt")
        assert ("虚构演示" in picture.get("alt")) == (root.parent.name.startswith("demo")), name
        (code,) = page.xpath('//section[@id="cite"]//figure[svg]')
        assert code.text_content().strip().endswith("打不开？请把网址复制到浏览器")


def test_without_an_address_there_is_no_code_and_the_page_says_so(tmp_path: Path) -> None:
    """No QR code, no text for other people's pages, no full address anywhere in the head."""
    from macros.parts.citation import cite_section

    ledger = load(DATA).ledger
    assert ledger and ledger.settings.base_url is None
    html = str(cite_section(Context(ledger, day_of(ledger, "2023", AS_OF), "2023/tasks/24/"), "task", "24"))
    assert "本站网址还没有定" in html and "<svg" not in html and "iframe" not in html and "〔网址待定〕" in html


# ---------------------------------------------------------------- cards for other people's pages


def embeds(root: Path) -> Iterator[tuple[str, lxml.html.HtmlElement]]:
    """Every such card of a built site."""
    for name in _pages(root):
        if name.startswith("embed/"):
            yield name, lxml.html.parse(str(root / name)).getroot()


def test_each_task_and_place_has_a_card_for_other_pages(built: tuple[Path, str]) -> None:
    """Not indexed, with the page proper as its canonical address, links that leave the frame, no script; in neither sitemap nor search."""
    root, host = built
    found = dict(embeds(root))
    proper = {name for name in trees(root) if re.fullmatch(r"2023/(tasks|places)/[\w-]+/index.html", name)}
    assert {name.removeprefix("embed/") for name in found} == proper
    for name, page in found.items():
        assert meta(page, "robots") == "noindex" and page.xpath("//script") == []
        assert page.xpath('//link[@rel="canonical"]/@href') == [host + name.removeprefix("embed/").removesuffix("index.html")]
        assert {link.get("target") for link in page.iter("a")} == {"_top"}
        assert ("虚构演示" in page.text_content()) == (root.parent.name.startswith("demo"))
        assert all(each.get("aria-label") for each in page.xpath('//li/i[contains(@class, "verdict")]')), "a verdict is told in words too"
        assert "整理截至" in page.text_content() and "〔2023〕" in page.text_content()
    assert "embed/" not in (root / "sitemap.xml").read_text(encoding="utf-8")
    assert all("embed/" not in path.read_text(encoding="utf-8") for path in (root / "assets/search").glob("*.json"))


@pytest.mark.browser
def test_the_text_to_copy_shows_the_card_in_a_strange_page(
    browser: Browser, demo_site: Path, serve: Callable[[Path], str], tmp_path: Path
) -> None:
    """Copied from the task's page into a page of another address: the card is shown whole, nothing is refused, its link leads out."""
    root = serve(demo_site)
    (text,) = trees(demo_site)["2023/tasks/01/index.html"].xpath('//*[@id="cite-embed"]')
    (tmp_path / "strange.html").write_text(
        "<!doctype html><title>x</title>" + text.text_content().replace(SITES["demo"], root), encoding="utf-8"
    )
    context = browser.new_context(viewport={"width": 400, "height": 600})
    page, complaints = context.new_page(), list[str]()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("requestfailed", lambda request: complaints.append(request.url))
    page.goto(serve(tmp_path) + "strange.html")
    frame = page.frame_locator("iframe")
    assert "虚构演示" in frame.locator("main").inner_text()
    size = frame.locator("html").evaluate("e => [e.scrollWidth, e.clientWidth, e.scrollHeight, innerHeight]")
    assert size[0] <= size[1] and size[2] <= size[3], size
    frame.locator("h1 a").click()
    page.wait_for_url(root + "2023/tasks/01/")
    assert [each for each in complaints if "favicon" not in each and "404" not in each] == []
    context.close()


@pytest.mark.browser
def test_copying_and_the_readers_day(browser: Browser, site: Path, real_site: str) -> None:
    """The citation that is copied has the reader's day; a cell's link puts its full address on the clipboard; without script the day is
    a blank."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"], timezone_id="Asia/Shanghai")
    page = context.new_page()
    page.clock.set_fixed_time("2027-01-02T20:00:00Z")
    page.goto(real_site + "2023/tasks/24/#cite-gbt")
    page.locator('[data-copy="cite-gbt"]').click()
    page.get_by_text("已复制").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith("[2027-01-03]. https://ledger.example.org/2023/tasks/24/.")
    page.locator('.perma[href="#2023-09"]').evaluate(
        "e => { for (let d = e; d = d.closest('details'); d = d.parentElement) d.open = true }"
    )
    page.locator('.perma[href="#2023-09"]').press("Enter")
    page.get_by_text("#2023-09 网址已复制").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == real_site + "2023/tasks/24/#2023-09" == page.url
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto(real_site + "2023/tasks/24/")
    assert "[____-__-__]" in (plain.locator("#cite-gbt").text_content() or "")
    plain.context.close()
    context.close()
