"""Which commit the data and the programs are of, and since when what the data say is public."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from scripts.store import git
from scripts.store.git_log import cut_off
from scripts.store.stamp import DIRTY

from .clock import SHANGHAI
from .project import ROOT


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
