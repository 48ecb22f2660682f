"""Every link, anchor and file that a built site mentions: is it there?  And does the site ask any other host for anything?"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from .built_site import BuiltSite, Link


@dataclass(frozen=True)
class BrokenLink:
    """A mention that leads nowhere: on which page, to what, why."""

    page: str
    target: str
    why: str


def broken_links(site: BuiltSite) -> list[BrokenLink]:
    """All broken links of a built site, page by page."""
    found: list[BrokenLink] = []
    for name, page in site.pages.items():
        found += [BrokenLink(name, f"#{anchor}", "同一个锚点在这一页出现两次") for anchor in page.twice]
        found += [BrokenLink(name, link.target, why) for link in page.links if (why := _why_broken(name, link, site))]
    return found


NO_ICON = "data:,"
"""An icon that is nothing and asks nobody: for the page that knows no folder of its own, where a browser would else ask the host for one."""


def _why_broken(name: str, link: Link, site: BuiltSite) -> str | None:
    if link.target == NO_ICON:
        return None
    parts = urlsplit(link.target)
    if parts.scheme or parts.netloc:
        if link.fetched:
            return "向别的网站取文件"
        return None if parts.scheme in ("http", "https", "mailto", "tel") else "不是能点的网址"
    if name == "404.html":
        return None
    if parts.path.startswith("/"):
        return "站内链接不能从根写起"
    path = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path))) if parts.path else name
    if path.startswith(".."):
        return "链接出了本站"
    file = name if not parts.path else path if path in site.files else "index.html" if path == "." else f"{path}/index.html"
    if file not in site.files:
        return "没有这一页"
    if parts.fragment and (file not in site.pages or unquote(parts.fragment) not in site.pages[file].ids):
        return "没有这个锚点"
    return None
