"""Every link, anchor and file that a built site mentions: is it there?  And does the site ask any other host for anything?"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

FETCHED = {("link", "href"), ("script", "src"), ("img", "src"), ("source", "src"), ("iframe", "src"), ("object", "data"), ("use", "href")}
NOT_FETCHED_RELS = {"canonical", "alternate", "license", "author", "prev", "next"}


@dataclass(frozen=True)
class BrokenLink:
    """A mention that leads nowhere: on which page, to what, why."""

    page: str
    target: str
    why: str


@dataclass
class _Page(HTMLParser):
    """Reads one page: its anchors, its links as (target, fetched), ids that stand twice."""

    ids: set[str] = field(default_factory=set)
    twice: list[str] = field(default_factory=list)
    links: list[tuple[str, bool]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if identifier := known.get("id"):
            if identifier in self.ids:
                self.twice.append(identifier)
            self.ids.add(identifier)
        for name in ("href", "src", "data", "action"):
            if name in known and not (tag == "object") ^ (name == "data"):
                fetched = (tag, name) in FETCHED and known.get("rel") not in NOT_FETCHED_RELS
                self.links.append((known[name], fetched))


def broken_links(site: Path) -> list[BrokenLink]:
    """All broken links of a built site, page by page."""
    pages = {path.relative_to(site).as_posix(): _read(path) for path in sorted(site.rglob("*.html"))}
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    found: list[BrokenLink] = []
    for name, page in pages.items():
        found += [BrokenLink(name, f"#{anchor}", "同一个锚点在这一页出现两次") for anchor in page.twice]
        for target, fetched in page.links:
            why = _why_broken(name, target, fetched, pages, files)
            if why:
                found.append(BrokenLink(name, target, why))
    return found


def ids_of(path: Path) -> set[str]:
    """The anchors of a page."""
    return _read(path).ids


def _read(path: Path) -> _Page:
    page = _Page()
    page.feed(path.read_text(encoding="utf-8"))
    return page


def _why_broken(name: str, target: str, fetched: bool, pages: dict[str, _Page], files: set[str]) -> str | None:
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        if fetched:
            return "向别的网站取文件"
        return None if parts.scheme in ("http", "https", "mailto", "tel") else "不是能点的网址"
    if name == "404.html":
        return None
    if parts.path.startswith("/"):
        return "站内链接不能从根写起"
    path = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path))) if parts.path else name
    if path.startswith(".."):
        return "链接出了本站"
    file = name if not parts.path else path if path in files else "index.html" if path == "." else f"{path}/index.html"
    if file not in files:
        return "没有这一页"
    if parts.fragment and (file not in pages or unquote(parts.fragment) not in pages[file].ids):
        return "没有这个锚点"
    return None
