"""A folder as it stood at a commit, or as it would be committed now, read object by object.

Nothing between the objects and the reader may change what is read: `git archive` leaves out what `.gitattributes` marks `export-ignore`,
a checkout turns line ends and runs filters.  So neither is asked; the list of the files is, and then their contents.
Raises `GitFailed`, as `git` does.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from . import git

LINK, MODULE = "120000", "160000"
"""How git marks a symbolic link, and the commit of another repository."""
TOP = ".gitignore"
"""Stands in a copy of a repository's whole top folder, which others than the reader's files lie in too."""
BARRED = frozenset(("..", ".git", ""))
"""No part of a path that is written: git makes no such tree, someone else may have."""


@dataclass(frozen=True)
class Entry:
    """A file of a tree: git's mode for it, the name of its blob, its path (POSIX, from where the list was asked for)."""

    mode: str
    blob: str
    path: PurePosixPath


def blobs(folder: Path, names: Iterable[str]) -> Mapping[str, bytes]:
    """The contents of blobs by their names, in one pass; what is no blob is left out."""
    asked = list(dict.fromkeys(names))
    said, found, at = git.run(folder, "cat-file", "--batch", given="".join(f"{name}\n" for name in asked).encode()), dict[str, bytes](), 0
    for name in asked:
        end = said.index(b"\n", at)
        head, at = said[at:end].split(), end + 1
        if len(head) == 3:
            size = int(head[2])
            if head[1] == b"blob":
                found[name] = said[at : at + size]
            at += size + 1
    return found


def export(folder: Path, at: str, into: Path) -> bool:
    """Write a folder as it stood at a commit into `into`; False (and nothing written) where it did not exist then.

    Links that lead out of it are left out.
    """
    prefix = git.text(folder, "rev-parse", "--show-prefix").rstrip("/")
    if prefix and not git.run(folder, "ls-tree", "-d", "--full-tree", at, prefix):
        return False
    said = git.run(folder, "ls-tree", "-r", "-z", "--full-tree", f"{at}:{prefix}")
    links = _write(folder, _entries(said, blob=2), into)
    _mark(into, prefix)
    for link in links:
        if not Path(os.path.realpath(link)).is_relative_to(os.path.realpath(into)):
            link.unlink()
    return True


def export_staged(folder: Path, into: Path) -> Path:
    """Write a folder as it would be committed now (the index) below `into`; gives the folder written.  Links stay, for the check to refuse."""
    top, prefix = git.root(folder), git.text(folder, "rev-parse", "--show-prefix")
    _write(top, _entries(git.run(top, "ls-files", "-s", "-z", "--", prefix or "."), blob=1), into)
    _mark(into, prefix)
    return into / prefix


def _mark(into: Path, prefix: str) -> None:
    if not prefix:
        (into / TOP).touch()


def _entries(said: bytes, blob: int) -> Iterator[Entry]:
    """The files of a list of git's, `MODE … BLOB …\\tPATH` each; `blob`: which of its words names the blob."""
    for line in said.split(b"\0"):
        meta, _, path = line.partition(b"\t")
        words = meta.decode("ascii").split()
        if words and words[0] != MODULE:
            yield Entry(words[0], words[blob], PurePosixPath(os.fsdecode(path)))


def _write(folder: Path, entries: Iterable[Entry], into: Path) -> list[Path]:
    """Write files, then links; gives the links."""
    wanted = [entry for entry in entries if not BARRED.intersection(entry.path.parts)]
    contents, links = blobs(folder, (entry.blob for entry in wanted)), list[Path]()
    into.mkdir(parents=True, exist_ok=True)
    for entry in sorted(wanted, key=lambda entry: entry.mode == LINK):
        path = into / entry.path
        path.parent.mkdir(parents=True, exist_ok=True)
        if entry.mode == LINK:
            path.symlink_to(os.fsdecode(contents[entry.blob]))
            links.append(path)
        else:
            path.write_bytes(contents[entry.blob])
    return links
