"""The link checker finds each kind of broken link, and the real site has none."""

from __future__ import annotations

import posixpath
from pathlib import Path

import pytest

from scripts.site.built_site import read_site
from scripts.site.links import broken_links

MISSING_PAGE, MISSING_ANCHOR, FOREIGN, FROM_ROOT, OUTSIDE, TWICE, NOT_CLICKABLE = (
    "没有这一页",
    "没有这个锚点",
    "向别的网站取文件",
    "站内链接不能从根写起",
    "链接出了本站",
    "同一个锚点在这一页出现两次",
    "不是能点的网址",
)

BROKEN = [
    ('<a href="../b/">', MISSING_PAGE),
    ('<a href="b/">', MISSING_PAGE),
    ('<a href="../style.csss">', MISSING_PAGE),
    ('<link rel="stylesheet" href="../other.css">', MISSING_PAGE),
    ('<script src="../other.js"></script>', MISSING_PAGE),
    ('<img src="../other.svg">', MISSING_PAGE),
    ('<form action="../search/">', MISSING_PAGE),
    ('<a href="#nowhere">', MISSING_ANCHOR),
    ('<a href="../#nowhere">', MISSING_ANCHOR),
    ('<a href="../style.css#top">', MISSING_ANCHOR),
    ('<a href="../#%E4%B8%8A">', MISSING_ANCHOR),
    ('<script src="https://cdn.example.org/a.js"></script>', FOREIGN),
    ('<script src="//cdn.example.org/a.js"></script>', FOREIGN),
    ('<link rel="stylesheet" href="https://fonts.example.org/a.css">', FOREIGN),
    ('<link rel="preconnect" href="https://fonts.example.org">', FOREIGN),
    ('<img src="https://example.org/a.png">', FOREIGN),
    ('<iframe src="https://example.org/">', FOREIGN),
    ('<object data="https://example.org/">', FOREIGN),
    ('<a href="/a/">', FROM_ROOT),
    ('<script src="/a.js"></script>', FROM_ROOT),
    ('<a href="../../elsewhere/">', OUTSIDE),
    ('<a href="../../">', OUTSIDE),
    ('<p id="here"></p><p id="here">', TWICE),
    ('<a href="javascript:alert(1)">', NOT_CLICKABLE),
    ('<a href="JavaScript:alert(1)">', NOT_CLICKABLE),
    ('<a href="data:text/html,a">', NOT_CLICKABLE),
    ('<a href="vbscript:a">', NOT_CLICKABLE),
    ('<a href="//example.org/">', NOT_CLICKABLE),
    ('<form action="javascript:alert(1)">', NOT_CLICKABLE),
]
SOUND = [
    '<a href="../">',
    '<a href="./">',
    '<a href="">',
    '<a href="#here"></a><p id="here">',
    '<a href="../#top">',
    '<a href="../#%E9%A1%B6">',
    '<a href="../a/#">',
    '<a href="../style.css">',
    '<a href="../folder%20two/">',
    '<link rel="stylesheet" href="../style.css">',
    '<a href="https://example.org/#anything">',
    '<a href="mailto:ledger@example.org">',
    '<a href="tel:12345">',
    '<link rel="canonical" href="https://example.org/">',
    '<form action="../">',
]


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page one folder deep in a little site: a home page with two anchors, a style sheet, a folder with a space in its name."""
    for name, text in {
        "index.html": '<p id="top"></p><p id="顶">',
        "style.css": "",
        "folder two/index.html": "",
        "a/index.html": "",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path / "a" / "index.html"


@pytest.mark.parametrize(("html", "why"), BROKEN, ids=[html for html, _ in BROKEN])
def test_a_broken_link_is_found(page: Path, html: str, why: str) -> None:
    """On its page, once, with the reason."""
    page.write_text(html, encoding="utf-8")
    assert [(link.page, link.why) for link in broken_links(read_site(page.parent.parent))] == [("a/index.html", why)]


@pytest.mark.parametrize("html", SOUND)
def test_a_sound_link_is_left_alone(page: Path, html: str) -> None:
    page.write_text(html, encoding="utf-8")
    assert broken_links(read_site(page.parent.parent)) == []


def test_all_broken_links_of_all_pages_are_found_at_once(page: Path) -> None:
    page.write_text("".join(html for html, why in BROKEN if why != TWICE), encoding="utf-8")
    (page.parent.parent / "index.html").write_text('<a href="b/"><a href="a/#nowhere">', encoding="utf-8")
    assert len(broken_links(read_site(page.parent.parent))) >= len(BROKEN) + 1


def test_an_escaped_link_is_read_as_a_browser_reads_it(page: Path) -> None:
    """Character references in an attribute do not hide a scheme."""
    page.write_text('<a href="java&#115;cript:alert(1)">', encoding="utf-8")
    assert [link.why for link in broken_links(read_site(page.parent.parent))] == [NOT_CLICKABLE]


def test_the_page_for_missing_addresses_may_stand_anywhere(page: Path) -> None:
    """It answers for any address, so its links inside the site are not judged; what it fetches from elsewhere is."""
    (page.parent.parent / "404.html").write_text('<a href="/a/"></a><script src="https://example.org/a.js"></script>', encoding="utf-8")
    assert [(link.page, link.why) for link in broken_links(read_site(page.parent.parent))] == [("404.html", FOREIGN)]


def test_the_real_site_has_no_broken_link(site: Path) -> None:
    assert broken_links(read_site(site)) == []


def test_a_broken_link_in_the_real_site_would_be_found(site: Path, tmp_path: Path) -> None:
    """The test above is not about nothing: one page taken away leaves links that lead nowhere."""
    for path in site.rglob("*"):
        copy = tmp_path / path.relative_to(site)
        if path.is_dir():
            copy.mkdir()
        elif path.parent.name != "12":
            copy.write_bytes(path.read_bytes())
    found = broken_links(read_site(tmp_path))
    led = {posixpath.normpath(posixpath.join(posixpath.dirname(link.page), link.target.partition("#")[0])) for link in found}
    assert led == {"2023/tasks/12"} and {link.why for link in found} == {MISSING_PAGE}
