"""Whether a built site still answers at every address that was given out, and what to do where it does not.  Source: 0012-permalinks.md."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Set
from datetime import date

from scripts.ledger.model.permalinks import Permalinks
from scripts.ledger.model.redirects import FILE as REDIRECTS
from scripts.ledger.model.redirects import OLD
from scripts.store.address_lists import LIST, natural_order

from .built_site import BuiltSite
from .manifest import MANIFEST

MOVED = "moved"
"""The anchor that marks a page which says where an address went; it answers for all anchors of the old page."""
FURNITURE = re.compile(
    r"(h|hk|hr|f|v|ask|cite|kind|is|ct|cd)-.*|big|main|filters|shown|pick|moved|q|follow|find|found|hints|results|workbook"
)
"""Anchors that no address is made of: names for screen readers, form fields, what scripts look for, positions in a list, the groups of
today's colours (`is-red`: none may be red tomorrow), the workbook to fill in now, commits, of which a shallow clone knows few."""
STANDING = ("about/", "changes/", "data/", "guide/", "method/", "search/")
"""The pages of no year that stay.  Those below them in the handbook are for staff and may change."""
COMMON = re.compile(r"feeds/.+|data/datapackage\.json|api/v1/(?:[\w.]+\.json|schema/.+)|manifest\.json|SHA256SUMS", re.ASCII)
"""The files of no year that stay.  A task's answer without a year is not among them: the next plan may have fewer tasks."""
SUBSCRIBED = re.compile(r"feeds/.+|.+/feed\.xml", re.ASCII)
"""The feeds: a site that does not say its own address has none, and nobody can have subscribed to it."""
PASSING = re.compile(r".*\.(?:html|ics)|\d+/units/.+\.xlsx", re.ASCII)
"""Files that are no addresses of their own, or end with what they are for, as calendars and the workbooks to fill in do."""
SHOWN = 20


def of_site(site: BuiltSite, plan: str, as_of: date, newest: bool = True) -> Permalinks:
    """Every address of a plan that a built site answers at, pages for other people's pages (`embed/`) too; with the newest plan, what has
    no year."""
    pages: dict[str, frozenset[str]] = {}
    for file, page in site.pages.items():
        name = file.removesuffix("index.html")
        mine = name.startswith((f"{plan}/", f"embed/{plan}/")) or (newest and name in STANDING)
        if mine and name.endswith("/") and MOVED not in page.ids:
            pages[name] = frozenset(each for each in page.ids if not FURNITURE.fullmatch(each) and OLD.fullmatch(f"{name}#{each}"))
    return Permalinks(as_of, pages, frozenset(_files_of(site, plan, newest)))


def _files_of(site: BuiltSite, plan: str, newest: bool) -> Iterator[str]:
    """What is taken away from a built site and stays where it is."""
    for name in site.files:
        mine = name.startswith((f"{plan}/", f"data/{plan}/", f"api/v1/{plan}/")) or (newest and COMMON.fullmatch(name))
        if mine and not PASSING.fullmatch(name):
            yield name


def unanswered(links: Iterable[Permalinks], site: BuiltSite, as_of: date) -> list[str]:
    """The addresses on the lists at which a built site does not answer; a site as of a day before a list's is not held to it.

    What is no address is not asked for, though an older list may hold it.
    """
    found: list[str] = []
    held = [each for each in links if as_of >= each.as_of]
    anonymous = held and not json.loads((site.folder / MANIFEST).read_text(encoding="utf-8"))["base_url"]
    for each in held:
        for page, anchors in sorted(each.pages.items()):
            there = site.pages.get(f"{page}index.html")
            if there is None:
                found.append(page)
            elif MOVED not in there.ids:
                lost = (anchor for anchor in anchors - there.ids if not FURNITURE.fullmatch(anchor))
                found += [f"{page}#{anchor}" for anchor in sorted(lost, key=natural_order)]
        kept = (name for name in sorted(each.files) if not PASSING.fullmatch(name) and not (anonymous and SUBSCRIBED.fullmatch(name)))
        found += [name for name in kept if name not in site.files]
    return found


def words(missing: list[str], pages: Set[str] = frozenset()) -> str:
    """What to tell the person who builds: which addresses, why they must answer, how to mend.  `pages`: the paths of those that are there."""
    rows = "\n".join(f"  {each}" for each in missing[:SHOWN])
    more = f"\n  ……另有{len(missing) - SHOWN}处" if len(missing) > SHOWN else ""
    entries = redirects_for(missing[:SHOWN], pages)
    return f"有{len(missing)}个给出过的网址没有回音（在 plans/…/{LIST} 上的，别人可能已经引用，必须一直打得开）：\n{rows}{more}\n" + (
        f"怎么办：把编号改回原来的；真要改，{LIST} 不动，在 {REDIRECTS} 里写明搬到了哪里（to）或为什么没有了（why）。"
        f"文件没有办法转向，只能放回原处。可以照抄下面几行，再改 to 和 why：\n{entries}"
        if entries
        else "怎么办：文件没有办法转向，请把它放回原来的地方（表、接口只增不减）。"
    )


def redirects_for(missing: list[str], pages: Set[str]) -> str:
    """The lines of redirects.yml by which lost addresses answer again: each page once, an anchor only where its page is there; they lead
    to the nearest page above."""
    lost = {each for each in missing if each.endswith("/")}
    wanted = [each for each in missing if each in lost or ("#" in each and each.partition("#")[0] not in lost)]
    return "\n".join(f'"{each}":\n  to: "{_above(each, pages)}"\n  why: 这一处没有了，先看这一页。' for each in wanted)


def _above(address: str, pages: Set[str]) -> str:
    """The page of an anchor, or the nearest page above a page; 说明与数据 where there is none.

    >>> _above("2023/units/gone/", {"2023/units/"})
    '2023/units/'
    """
    page = address.partition("#")[0]
    parts = page.removeprefix("embed/").rstrip("/").split("/")
    above = [page, *("/".join(parts[:count]) + "/" for count in range(len(parts), 0, -1))]
    return next((each for each in above if each in pages), STANDING[0])
