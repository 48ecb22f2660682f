"""From a checked data folder to a published folder: built beside the old one, links checked, then swapped in one step."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from scripts.site import permalinks
from scripts.store import address_lists
from scripts.store import disk_errors as disk
from scripts.store.commits import code_stamp, data_day, data_stamp
from scripts.store.project import ROOT
from scripts.store.swap import recover, swap
from scripts.store.work_folder import beside

from .built_site import read_site
from .handwritten_pages import hand_written
from .links import BrokenLink, broken_links
from .manifest import seal


class BuildFailed(Exception):
    """The site could not be built; the message says why.  What stood at OUT before stands there still."""


@dataclass(frozen=True)
class Built:
    """A finished site: where it is, how many pages it has, what mkdocs said that is out of the ordinary."""

    out: Path
    pages: dict[str, int]
    remarks: list[str]


def build_site(data: Path, out: Path, as_of: date, base_url: str | None = None) -> Built:
    """Build the site of `data` into `out`.  Raises `BuildFailed`; on any failure `out` stays as it was.

    The data must have been checked.  Everything that depends on time comes from `as_of` and the data's commit, so the same
    commit and day give the same bytes.
    """
    out = out.resolve()
    try:
        return _build_site(data, out, as_of, base_url)
    except Exception as error:
        if words := disk.reason(error):
            raise BuildFailed(f"{words}。") from error
        raise


def _build_site(data: Path, out: Path, as_of: date, base_url: str | None) -> Built:
    refuse_strangers(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    recover(out)
    with beside(out) as work:
        remarks = _run_mkdocs(data, work, as_of, base_url)
        seal(work, code_stamp())
        made = read_site(work)
        if broken := broken_links(made):
            raise BuildFailed(_words(broken))
        if missing := permalinks.unanswered(address_lists.lists(data).values(), made, as_of):
            raise BuildFailed(permalinks.words(missing, made.paths))
        work.chmod(0o755)
        swap(work, out)
    return Built(out, count_pages(out), remarks)


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


def _run_mkdocs(data: Path, work: Path, as_of: date, base_url: str | None) -> list[str]:
    command = [sys.executable, "-m", "mkdocs", *arguments(work)]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment(data, as_of, base_url),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        close_fds=False,  # it holds the lock of `work` too: should we be killed, it may write on for a while
    )
    return remarks_of(done.returncode, done.stdout + done.stderr)


def arguments(work: Path) -> list[str]:
    """What mkdocs is asked, to build into a folder."""
    return ["build", "--strict", "--config-file", str(ROOT / "mkdocs.yml"), "--site-dir", str(work)]


def remarks_of(code: int, output: str) -> list[str]:
    """What mkdocs said that is out of the ordinary, from its exit code and all that it printed.  Raises `BuildFailed` where it failed."""
    said = [line for line in output.splitlines() if line.startswith(("WARNING", "ERROR"))]
    if code:
        if words := disk.reason_said(output):
            raise BuildFailed(f"{words}。")
        raise BuildFailed(hand_written(output, ROOT / "docs") or "\n".join(said) or output[-4000:])
    return said


def environment(data: Path, as_of: date, base_url: str | None) -> dict[str, str]:
    """The environment that mkdocs runs in: what it needs to know of this build, and nothing that depends on the machine's clock or language."""
    commit, seconds = data_stamp(data)
    known = {
        "LEDGER_DATA": str(data.resolve()),
        "LEDGER_AS_OF": as_of.isoformat(),
        "LEDGER_BASE_URL": base_url or "",
        "LEDGER_DATA_DAY": data_day(seconds, as_of).isoformat(),
        "LEDGER_COMMIT": commit,
        "SOURCE_DATE_EPOCH": str(seconds or _midnight(as_of)),
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "TZ": "Asia/Shanghai",
    }
    return os.environ | known


def _midnight(day: date) -> int:
    return (day - date(1970, 1, 1)).days * 86400


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
