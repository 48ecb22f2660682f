"""A built site, read once: of each page its anchors and its links, and which files there are.

Every check of a finished site (`links`, `permalinks`) looks at this and opens no page itself: taking a page apart is the dear part.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

FETCHED = {("link", "href"), ("script", "src"), ("img", "src"), ("source", "src"), ("iframe", "src"), ("object", "data"), ("use", "href")}
NOT_FETCHED_RELS = {"canonical", "alternate", "license", "author", "prev", "next"}


@dataclass(frozen=True)
class Link:
    """A mention of another address, as written; `fetched`: a browser asks for it by itself."""

    target: str
    fetched: bool


@dataclass(frozen=True)
class BuiltPage:
    """A page: its anchors, those that stand twice in their order, its links in theirs."""

    ids: frozenset[str]
    twice: tuple[str, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True)
class BuiltSite:
    """A folder, its pages and all its files, both by their path below it."""

    folder: Path
    pages: Mapping[str, BuiltPage]
    files: frozenset[str]

    @property
    def paths(self) -> set[str]:
        """Where the pages answer, below the site's root: `2023/tasks/24/`, "" the home page."""
        return {name.removesuffix("index.html") for name in self.pages if name.split("/")[-1] == "index.html"}


@dataclass
class _Reader(HTMLParser):
    ids: set[str] = field(default_factory=set)
    twice: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

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
                self.links.append(Link(known[name], fetched))


def read_page(html: str) -> BuiltPage:
    """A page taken apart.

    >>> read_page('<p id="a"><img src="b.png"><a href="c/">').links
    (Link(target='b.png', fetched=True), Link(target='c/', fetched=False))
    """
    reader = _Reader()
    reader.feed(html)
    return BuiltPage(frozenset(reader.ids), tuple(reader.twice), tuple(reader.links))


def read_site(folder: Path) -> BuiltSite:
    """All of a site, pages sorted by their path."""
    files = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    pages = {name: read_page(path.read_text(encoding="utf-8")) for name, path in files.items() if name.endswith(".html")}
    return BuiltSite(folder, pages, frozenset(files))
