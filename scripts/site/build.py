"""From a checked data folder to a published folder: built beside the old one, links checked, then swapped in one step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from scripts.ledger.model.promise import Ledger
from scripts.site import permalinks
from scripts.store import address_lists
from scripts.store import disk_errors as disk
from scripts.store.commits import code_stamp, data_day, data_stamp
from scripts.store.load import load
from scripts.store.project import ROOT
from scripts.store.stamp import Stamp
from scripts.store.swap import recover, swap
from scripts.store.work_folder import beside

from .built_site import read_site
from .engine import Done, Order, make_pages
from .handwritten_pages import hand_written
from .links import BrokenLink, broken_links
from .manifest import seal


class BuildFailed(Exception):
    """The site could not be built; the message says why.  What stood at OUT before stands there still."""


@dataclass(frozen=True)
class Built:
    """A finished site: where it is, how many pages it has, what the engine said that is out of the ordinary."""

    out: Path
    pages: dict[str, int]
    remarks: list[str]


def build_site(data: Path, out: Path, as_of: date, base_url: str | None = None, ledger: Ledger | None = None) -> Built:
    """Build the site of `data` into `out`.  Raises `BuildFailed`; on any failure `out` stays as it was.

    `ledger`: what `data` says, by whoever has read and checked it already; without it that is done here.  Everything that depends on time
    comes from `as_of` and the data's commit, so the same commit and day give the same bytes.
    """
    out = out.resolve()
    try:
        return _build_site(order_of(ledger or _checked(data), data, as_of, base_url), out)
    except Exception as error:
        if words := disk.reason(error):
            raise BuildFailed(f"{words}。") from error
        raise


def _build_site(order: Order, out: Path) -> Built:
    refuse_strangers(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    recover(out)
    with beside(out) as work:
        remarks = remarks_of(make_pages(order, work))
        seal(work, code_stamp())
        made = read_site(work)
        if broken := broken_links(made):
            raise BuildFailed(_words(broken))
        if missing := permalinks.unanswered(address_lists.lists(order.data).values(), made, order.stamp.as_of):
            raise BuildFailed(permalinks.words(missing, made.paths))
        let_read(work)
        swap(work, out)
    return Built(out, count_pages(out), remarks)


def let_read(site: Path) -> None:
    """Whoever serves the site may read it, whatever the umask of whoever built it."""
    for path in (site, *site.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


MARKS = ("assets/ledger.css", "manifest.json")
"""A folder with a home page and one of these is a site of ours."""


def refuse_strangers(out: Path) -> None:
    """A site replaces the whole folder at OUT: raise `BuildFailed` unless there is none, an empty one, or a site of ours."""
    if out.is_dir():
        ours = (out / "index.html").is_file() and any((out / mark).is_file() for mark in MARKS)
        if ours or not any(out.iterdir()):
            return
    elif not out.exists():
        return
    raise BuildFailed(
        f"{out} 里已有别的东西，不像是本站生成的网站（没有 index.html 和 {MARKS[0]}）。生成网站会换掉整个文件夹，"
        "所以没有动它；请换一个新的或空的文件夹。例：OUT=site"
    )


def order_of(ledger: Ledger, data: Path, as_of: date, base_url: str | None = None) -> Order:
    """What to build: the checked `ledger` of the folder `data`, judged on `as_of`, for the address `base_url` or else its own."""
    commit, seconds = data_stamp(data)
    settings = ledger.settings.model_copy(update={"base_url": base_url or ledger.settings.base_url})
    stamp = Stamp(commit, seconds or _midnight(as_of), as_of, ledger.rules.version)
    return Order(data.resolve(), ledger.model_copy(update={"settings": settings}), stamp, data_day(seconds, as_of))


def _midnight(day: date) -> int:
    return (day - date(1970, 1, 1)).days * 86400


def _checked(data: Path) -> Ledger:
    """The ledger of a folder.  Raises `BuildFailed` with every message of what is wrong there."""
    loaded = load(data)
    if loaded.ledger is None:
        raise BuildFailed("\n".join(loaded.error_messages()))
    return loaded.ledger


def remarks_of(done: Done) -> list[str]:
    """What the engine said that is out of the ordinary.  Raises `BuildFailed` where it did not come to an end."""
    said = [line for line in done.output.splitlines() if line.startswith(("WARNING", "ERROR"))]
    if done.stopped:
        if words := disk.reason_said(done.output):
            raise BuildFailed(f"{words}。")
        raise BuildFailed(hand_written(done.output, ROOT / "docs") or "\n".join(said) or done.output[-4000:])
    return said


def count_pages(out: Path) -> dict[str, int]:
    """How many pages of each kind a site has, by the folder below the year (tasks, units, …); "" counts all."""
    counts = {"": 0}
    for page in out.rglob("index.html"):
        counts[""] += 1
        parts = page.relative_to(out).parts
        if len(parts) == 4:
            counts[parts[1]] = counts.get(parts[1], 0) + 1
    return counts


def _words(broken: list[BrokenLink]) -> str:
    lines = [f"  {link.page}: {link.target}（{link.why}）" for link in broken[:20]]
    more = f"\n  ……另有{len(broken) - 20}处" if len(broken) > 20 else ""
    return f"站内链接有{len(broken)}处不通：\n" + "\n".join(lines) + more
