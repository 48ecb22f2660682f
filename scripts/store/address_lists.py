"""The committed list of every address that a plan's site has given out: read and written.

The list is `plans/<year>/permalinks.txt`: the day as of which it was last made, then one page a line with its anchors, then one file a
line (tables, answers of the API, feeds, briefs).  A county without a list is not checked.  Source: 0012-permalinks.md.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from scripts.ledger.model.permalinks import Permalinks
from scripts.ledger.model.redirects import OLD
from scripts.store.yaml_reader import Unreadable, decode, refuse_controls

LIST = "permalinks.txt"
HEAD = re.compile(r"# 截至 (\d{4}-\d{2}-\d{2}) 给出过的网址；只增不减：python -m scripts permalinks", re.ASCII)
EXAMPLE = "2023/tasks/24/ #2-1 #2023-09"
FILES = "# 文件：下载、接口、订阅、简报"
"""The line before the files."""
FILE = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9._-]*/)*[A-Za-z0-9][A-Za-z0-9._-]*", re.ASCII)


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
    rows = (" ".join([page, *(f"#{anchor}" for anchor in sorted(links.pages[page], key=natural_order))]) for page in sorted(links.pages))
    files = [FILES, *sorted(links.files)] if links.files else []
    return "\n".join([head_line(links.as_of), *rows, *files]) + "\n"


def natural_order(anchor: str) -> list[tuple[int, int, str]]:
    """An order in which 2-1 stands before 10-1."""
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in re.split(r"(\d+)", anchor) if part]


def merged(old: Permalinks | None, new: Permalinks) -> Permalinks:
    """Everything that either holds: a list never loses an address."""
    if old is None:
        return new
    pages = {page: old.pages.get(page, frozenset()) | new.pages.get(page, frozenset()) for page in {*old.pages, *new.pages}}
    return Permalinks(max(old.as_of, new.as_of), pages, old.files | new.files)


def lists(data: Path) -> dict[str, Permalinks]:
    """The lists of a data folder, by plan.  Raises `Unreadable`; the data has been checked."""
    return {path.parent.name: parse(path.read_bytes()) for path in sorted((data / "plans").glob(f"[!.]*/{LIST}"))}


def permalink_lists(data: Path) -> dict[str, Permalinks | Unreadable]:
    """The lists of a data folder as far as they can be read, by plan."""
    found: dict[str, Permalinks | Unreadable] = {}
    for path in sorted((data / "plans").glob(f"[!.]*/{LIST}")):
        try:
            found[path.parent.name] = parse(path.read_bytes())
        except Unreadable as error:
            found[path.parent.name] = error
    return found
