"""From a checked data folder to a published folder: built beside the old one, links checked, then swapped in one step."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from scripts.site import permalinks
from scripts.store import address_lists, git
from scripts.store import disk_errors as disk
from scripts.store.git_log import cut_off
from scripts.store.stamp import DIRTY
from scripts.store.work_folder import beside

from .built_site import read_site
from .handwritten_pages import hand_written
from .links import BrokenLink, broken_links
from .manifest import seal

ROOT = Path(__file__).resolve().parent.parent.parent
RENAME_EXCHANGE = 2
AT_FDCWD = -100
SHANGHAI = timezone(timedelta(hours=8))
"""China has one time zone and no summer time; no time zone database is needed to know its day."""


class BuildFailed(Exception):
    """The site could not be built; the message says why.  What stood at OUT before stands there still."""


@dataclass(frozen=True)
class Built:
    """A finished site: where it is, how many pages it has, what mkdocs said that is out of the ordinary."""

    out: Path
    pages: dict[str, int]
    remarks: list[str]


def data_stamp(data: Path) -> tuple[str, int]:
    """The commit that last touched the data folder, whole, and its time (seconds since 1970); ("", 0) outside a git checkout.

    What is in the folder and was never committed is said: `-dirty` stands behind the commit.  So is ("", 0) what a shallow clone knows
    where the folder was last touched before its history begins: its oldest commit seems to touch everything.
    """
    found = _git(data, "log", "-1", "--format=%H %ct", "--", ".").split()
    if len(found) != 2 or found[0] in cut_off(data):
        return "", 0
    return found[0] + (DIRTY if git.is_dirty(data) else ""), int(found[1])


def version_cut_off(data: Path) -> bool:
    """Whether the data's version is not known because this clone holds only a part of the history."""
    found = _git(data, "log", "-1", "--format=%H", "--", ".").strip()
    return bool(found) and found in cut_off(data)


def code_stamp() -> str:
    """The commit of the programs and their words, `-dirty` behind it where something was never committed; empty outside git."""
    found = _git(ROOT, "rev-parse", "HEAD").strip()
    return found + (DIRTY if found and git.is_dirty(ROOT, "scripts", "macros", "docs", "mkdocs.yml") else "")


def _git(folder: Path, *command: str) -> str:
    """What git says of a folder; nothing where there is no git or no checkout."""
    try:
        return git.text(folder, *command)
    except git.GitFailed:
        return ""


def data_day(seconds: int, as_of: date) -> date:
    """Since when what the site says is public: the day of the data's commit in China; a site as of an earlier day says that day.

    >>> data_day(1700000000, date(2026, 11, 23))
    datetime.date(2023, 11, 15)
    """
    committed = datetime.fromtimestamp(seconds, SHANGHAI).date() if seconds else as_of
    return min(committed, as_of)


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


def swap(new: Path, out: Path) -> None:
    """Put `new` where `out` is, in one step where the system can; a crash leaves the old or the new, never a mixture."""
    if not out.exists():
        new.rename(out)
        return
    if not _exchange(new, out):
        old = _aside(out)
        shutil.rmtree(old, ignore_errors=True)
        out.rename(old)
        try:
            new.rename(out)
        except OSError:
            old.rename(out)
            raise
        shutil.rmtree(old, ignore_errors=True)


def recover(out: Path) -> None:
    """Put the old site back where a crash between the two renames of `swap` left it aside."""
    if not out.exists() and _aside(out).exists():
        _aside(out).rename(out)


def _aside(out: Path) -> Path:
    return out.with_name(f".{out.name}.old")


def _exchange(a: Path, b: Path) -> bool:
    """Exchange two folders atomically (Linux); False where the system cannot."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    code: int = rename(AT_FDCWD, os.fsencode(a), AT_FDCWD, os.fsencode(b), RENAME_EXCHANGE)
    return code == 0


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
