"""Permalinks: the committed list of every address that a plan's site has given out, and whether a built site still answers at each.

The list is `plans/<year>/permalinks.txt`: the day as of which it was last made, then one page a line with its anchors, then one file a
line (tables, answers of the API, feeds, briefs).  A county without a list is not checked.  Source: 0012-permalinks.md.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Set
from datetime import date
from pathlib import Path

from scripts.ledger.model.permalinks import Permalinks
from scripts.ledger.model.problems import Place, Problem
from scripts.ledger.model.redirects import FILE as REDIRECTS
from scripts.ledger.model.redirects import OLD
from scripts.store.yaml_reader import Unreadable, decode, refuse_controls

from .built_site import BuiltSite
from .manifest import MANIFEST

LIST = "permalinks.txt"
HEAD = re.compile(r"# 截至 (\d{4}-\d{2}-\d{2}) 给出过的网址；只增不减：python -m scripts permalinks", re.ASCII)
EXAMPLE = "2023/tasks/24/ #2-1 #2023-09"
MOVED = "moved"
"""The anchor that marks a page which says where an address went; it answers for all anchors of the old page."""
FURNITURE = re.compile(
    r"(h|hk|hr|f|v|ask|cite|kind|is|ct|cd)-.*|big|main|filters|shown|pick|moved|q|follow|find|found|hints|results|workbook"
)
"""Anchors that no address is made of: names for screen readers, form fields, what scripts look for, positions in a list, the groups of
today's colours (`is-red`: none may be red tomorrow), the workbook to fill in now, commits, of which a shallow clone knows few."""
FILES = "# 文件：下载、接口、订阅、简报"
"""The line before the files."""
FILE = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9._-]*/)*[A-Za-z0-9][A-Za-z0-9._-]*", re.ASCII)
STANDING = ("about/", "changes/", "data/", "guide/", "method/", "search/")
"""The pages of no year that stay.  Those below them in the handbook are for staff and may change."""
COMMON = re.compile(r"feeds/.+|data/datapackage\.json|api/v1/(?:[\w.]+\.json|schema/.+)|manifest\.json|SHA256SUMS", re.ASCII)
"""The files of no year that stay.  A task's answer without a year is not among them: the next plan may have fewer tasks."""
SUBSCRIBED = re.compile(r"feeds/.+|.+/feed\.xml", re.ASCII)
"""The feeds: a site that does not say its own address has none, and nobody can have subscribed to it."""
PASSING = re.compile(r".*\.(?:html|ics)|\d+/units/.+\.xlsx", re.ASCII)
"""Files that are no addresses of their own, or end with what they are for, as calendars and the workbooks to fill in do."""
SHOWN = 20
MENDED = f"网址真要换，这一行也留着，另在 {REDIRECTS} 里写明搬到了哪里（to）或为什么没有了（why）"
"""What to do instead of taking an address off the list."""


def parse(data: bytes) -> Permalinks:
    """The list.  Raises `Unreadable`."""
    text = decode(data)
    refuse_controls(text)
    lines = text.splitlines()
    head = HEAD.fullmatch(lines[0]) if lines else None
    if head is None:
        raise Unreadable(
            1,
            "第一行写明截至哪天；这个文件由 python -m scripts permalinks 写，不用手改",
            lines[0] if lines else None,
            head_line(date(2023, 5, 31)),
        )
    try:
        day = date.fromisoformat(head[1])
    except ValueError:
        raise Unreadable(1, "必须是日历上有的日期", head[1], "2023-05-31") from None
    cut = lines.index(FILES) if FILES in lines else len(lines)
    return Permalinks(day, _pages(lines[1:cut]), _files(lines[cut + 1 :], cut + 2))


def _pages(lines: list[str]) -> dict[str, frozenset[str]]:
    pages: dict[str, frozenset[str]] = {}
    for number, line in enumerate(lines, start=2):
        page, *anchors = line.split(" ")
        if not page.endswith("/") or not all(anchor.startswith("#") and OLD.fullmatch(page + anchor) for anchor in anchors or ["#a"]):
            raise Unreadable(number, "一行一页：网址，空格，各锚点", line, EXAMPLE)
        if page in pages:
            raise Unreadable(number, "同一页只写一行", page)
        pages[page] = frozenset(anchor[1:] for anchor in anchors)
    return pages


def _files(lines: list[str], start: int) -> frozenset[str]:
    for number, line in enumerate(lines, start=start):
        if not FILE.fullmatch(line):
            raise Unreadable(number, "一行一个文件，从网站根写起", line, "data/2023/tasks.csv")
        if line in lines[: number - start]:
            raise Unreadable(number, "同一个文件只写一行", line)
    return frozenset(lines)


def head_line(as_of: date) -> str:
    """The first line of a list."""
    return f"# 截至 {as_of.isoformat()} 给出过的网址；只增不减：python -m scripts permalinks"


def text(links: Permalinks) -> str:
    """The list as a file: sorted, one page a line, then one file a line."""
    rows = (" ".join([page, *(f"#{anchor}" for anchor in sorted(links.pages[page], key=_natural))]) for page in sorted(links.pages))
    files = [FILES, *sorted(links.files)] if links.files else []
    return "\n".join([head_line(links.as_of), *rows, *files]) + "\n"


def _natural(anchor: str) -> list[tuple[int, int, str]]:
    """An order in which 2-1 stands before 10-1."""
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in re.split(r"(\d+)", anchor) if part]


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


def merged(old: Permalinks | None, new: Permalinks) -> Permalinks:
    """Everything that either holds: a list never loses an address."""
    if old is None:
        return new
    pages = {page: old.pages.get(page, frozenset()) | new.pages.get(page, frozenset()) for page in {*old.pages, *new.pages}}
    return Permalinks(max(old.as_of, new.as_of), pages, old.files | new.files)


def lists(data: Path) -> dict[str, Permalinks]:
    """The lists of a data folder, by plan.  Raises `Unreadable`; the data has been checked."""
    return {path.parent.name: parse(path.read_bytes()) for path in sorted((data / "plans").glob(f"*/{LIST}"))}


def permalink_lists(data: Path) -> dict[str, Permalinks | Unreadable]:
    """The lists of a data folder as far as they can be read, by plan."""
    found: dict[str, Permalinks | Unreadable] = {}
    for path in sorted((data / "plans").glob(f"*/{LIST}")):
        try:
            found[path.parent.name] = parse(path.read_bytes())
        except Unreadable as error:
            found[path.parent.name] = error
    return found


def delisted(old: Permalinks | Unreadable, new: Permalinks | Unreadable | None) -> list[str]:
    """The addresses of a list that a later one lacks, sorted; a list that is gone or unreadable holds none."""
    left = new.addresses if isinstance(new, Permalinks) else set()
    return sorted(old.addresses - left) if isinstance(old, Permalinks) else []


def lost_addresses(
    before: Mapping[str, Permalinks | Unreadable], after: Mapping[str, Permalinks | Unreadable], today: date
) -> Iterator[Problem]:
    """永久网址的清单只增不减；截至的日子不晚于今天（写成以后的日子，网站就不照它检查了）。"""
    for plan, old in before.items():
        new, at = after.get(plan), Place(f"plans/{plan}/{LIST}")
        if isinstance(old, Unreadable) or isinstance(new, Unreadable):
            continue  # one that cannot be read now is a problem of the check
        if new is None:
            yield Problem(at, f"网址清单不能删，别人可能已经引用；请恢复它。{MENDED}", line=1)
        elif gone := delisted(old, new):
            named = f"{gone[0]}{'等' if len(gone) > 1 else ''}"
            yield Problem(at, f"清单只增不减，少了{len(gone)}处（{named}）；请恢复这些行。{MENDED}", line=1)
    for plan, new in after.items():
        if isinstance(new, Permalinks) and new.as_of > today:
            yield Problem(Place(f"plans/{plan}/{LIST}"), "截至的日子不能晚于今天；请改回原来的", str(new.as_of), line=1)


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
                found += [f"{page}#{anchor}" for anchor in sorted(lost, key=_natural)]
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
