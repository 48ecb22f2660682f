"""The log of a folder: which commit touched which of its files, and what stood in them before and after.

One `git log`, however many commits there are; the contents are read by `git_objects`.  Paths count from the folder.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from . import git


@dataclass(frozen=True)
class Touched:
    """One file of a commit: `status` A added, M modified, D deleted; the names of the blobs `before` and `after`, empty where there is none."""

    status: str
    path: str
    before: str
    after: str


@dataclass(frozen=True)
class Commit:
    """One commit: its full name, the author's time (seconds since 1970), what it touched, by path."""

    id: str
    authored: int
    touched: tuple[Touched, ...]


def log(folder: Path) -> tuple[Commit, ...]:
    """The commits that touched the folder, newest first, by first parents alone: a merge is one change, told on the day it was merged.

    A rename is a deletion and an addition: a name is an id.  Raises `GitFailed`.
    """
    form = "--format=%x01%H %at"
    said = git.run(folder, "log", "--first-parent", "-m", "--raw", "-z", "--no-renames", "--no-abbrev", "--relative", form, "--", ".")
    found: list[Commit] = []
    fields = iter(said.split(b"\0"))
    for field in fields:
        words = field.strip(b"\n")
        if words.startswith(b"\x01"):
            head, _, words = words[1:].partition(b"\n")
            name, authored = head.decode("ascii").split()
            found.append(Commit(name, int(authored), ()))
        if words := words.strip(b"\n"):
            touched = _touched(words.decode("ascii"), os.fsdecode(next(fields)))
            found[-1] = Commit(found[-1].id, found[-1].authored, (*found[-1].touched, touched))
    return tuple(found)


def _touched(meta: str, path: str) -> Touched:
    """`:OLDMODE NEWMODE BEFORE AFTER STATUS` and the path; a changed type is told as a modification."""
    _, _, before, after, status = meta.split()
    return Touched("M" if status[0] == "T" else status[0], path, before.strip("0") and before, after.strip("0") and after)


def cut_off(folder: Path) -> frozenset[str]:
    """The oldest commits of a shallow clone: what came before them is not here, so what they seem to add need not be new.  Empty otherwise."""
    if not git.is_shallow(folder):
        return frozenset()
    listed = Path(os.fsdecode(git.run(folder, "rev-parse", "--path-format=absolute", "--git-path", "shallow").rstrip(b"\n")))
    return frozenset(listed.read_text(encoding="ascii").split())
