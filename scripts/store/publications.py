"""The log of publications: what was made public, one line for each time, on a branch of its own that only grows.

A line holds its number, the day, the commit of the data, the SHA-256 of the site's manifest, and the SHA-256 of the line before it and of
itself: whoever kept one line can tell whether anything before it was changed.  The branch holds no data, so a purge leaves it alone; it is
only ever pushed forward.  A push to main does not move it: what is public is what its last line says.

Raises `GitFailed`, as `git` does.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from . import git, git_write

BRANCH, FILE = "published", "publications.txt"
PLACES = (f"refs/remotes/origin/{BRANCH}", f"refs/heads/{BRANCH}")
"""Where a clone may know the branch: as its remote has it, or, in the remote itself, as its own."""
START = "0" * 64
"""In place of a line before the first."""
PURGED = "purged"
"""In place of a manifest: no site was made public, the history was rewritten to take personal data out, and says the same but for that."""
LINE = re.compile(
    r"(?P<number>[1-9]\d*) (?P<day>\d{4}-\d\d-\d\d) (?P<commit>[0-9a-f]{40,64}) (?P<manifest>[0-9a-f]{64}|purged) (?P<chain>[0-9a-f]{64})"
)


@dataclass(frozen=True)
class Publication:
    """One line: the how-manieth, the day, the commit of the data, the SHA-256 of manifest.json (or `PURGED`), the chain up to here."""

    number: int
    day: date
    commit: str
    manifest: str
    chain: str

    @property
    def line(self) -> str:
        return f"{_said(self.number, self.day, self.commit, self.manifest)} {self.chain}"


def _said(number: int, day: date, commit: str, manifest: str) -> str:
    return f"{number} {day} {commit} {manifest}"


def following(log: tuple[Publication, ...], day: date, commit: str, manifest: str) -> Publication:
    """The line that comes next."""
    before = log[-1].chain if log else START
    said = _said(len(log) + 1, day, commit, manifest)
    return Publication(len(log) + 1, day, commit, manifest, hashlib.sha256(f"{before} {said}".encode()).hexdigest())


def parsed(text: str) -> tuple[Publication, ...]:
    """A log as it is written.  Raises `GitFailed` at the first line that does not follow from those before it.

    >>> first = following((), date(2023, 5, 1), "a" * 40, "b" * 64)
    >>> parsed(first.line + "\\n") == (first,)
    True
    """
    log: tuple[Publication, ...] = ()
    for number, line in enumerate(text.splitlines(), start=1):
        found = LINE.fullmatch(line)
        try:
            wanted = following(log, date.fromisoformat(found["day"]), found["commit"], found["manifest"]) if found else None
        except ValueError:
            wanted = None
        if wanted is None or wanted.line != line:
            raise git.GitFailed(
                f"公布日志（分支 {BRANCH} 的 {FILE}）第{number}行和前面的对不上：有人改过它。不要公布，先查是谁改的，恢复原来的分支"
            )
        log = (*log, wanted)
    return log


def read(folder: Path) -> tuple[Publication, ...]:
    """The log that a clone knows; empty where nothing was ever published with one."""
    tip = _tip(folder)
    if not tip:
        return ()
    try:
        said = git.run(folder, "cat-file", "blob", f"{tip}:{FILE}")
    except git.GitFailed:
        raise git.GitFailed(f"分支 {BRANCH} 里没有 {FILE}；这个分支只放公布日志，别的请换个名字") from None
    log = parsed(said.decode("utf-8", errors="replace"))
    if not log:
        raise git.GitFailed(f"公布日志（分支 {BRANCH} 的 {FILE}）是空的；它只增不减，请恢复原来的分支")
    return log


def _tip(folder: Path) -> str:
    known = git.text(folder, "for-each-ref", "--format=%(refname) %(objectname)", *PLACES).splitlines()
    found = dict(line.split() for line in known)
    return next((found[place] for place in PLACES if place in found), "")


def append(folder: Path, day: date, manifest: str, commit: str, remote: str = "origin") -> Publication:
    """Add a line, as a commit on the branch of the remote, which is only moved forward: where somebody was faster it is refused."""
    git.run(folder, "fetch", "--quiet", "--prune", remote, f"+refs/heads/{BRANCH}*:refs/remotes/{remote}/{BRANCH}*")
    log, tip = read(folder), _tip(folder)
    new = following(log, day, commit, manifest)
    made = _commit(folder, (*log, new), tip)
    git.run(folder, "push", "--quiet", remote, f"{made}:refs/heads/{BRANCH}")
    return new


def _commit(folder: Path, log: Iterable[Publication], parent: str) -> str:
    """A commit that holds the log and nothing else."""
    log = tuple(log)
    top = git.root(folder)
    blob = git.run(top, "hash-object", "-w", "--stdin", given="".join(f"{each.line}\n" for each in log).encode()).decode().strip()
    with tempfile.TemporaryDirectory() as temporary:
        index = Path(temporary) / "index"
        git.run(top, "update-index", "--add", "--cacheinfo", f"100644,{blob},{FILE}", beside=index)
        tree = git.run(top, "write-tree", beside=index).decode().strip()
    words = f"{log[-1].number} {log[-1].day}".encode()
    above = ("-p", parent) if parent else ()
    return git.run(top, *git_write.WHO, "commit-tree", tree, *above, given=words).decode().strip()
