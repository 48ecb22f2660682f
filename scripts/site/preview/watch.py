"""What was saved: folders looked at again and again, so that every file system and every editor is understood."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

PAUSE = 0.1
"""Seconds between two looks."""
Stamps: TypeAlias = Mapping[str, tuple[int, int, int]]
"""Path → time of change, size, inode: equal stamps mean that nothing was saved."""


@dataclass(frozen=True)
class Watch:
    """Folders with everything below them, and single files.  What begins with a dot is an editor's or git's; `__pycache__` is Python's."""

    places: tuple[Path, ...]

    def stamps(self) -> Stamps:
        """Everything as it is now."""
        return dict(stamp for place in self.places for stamp in _stamps(place))

    def next_change(self, seen: Stamps, waiting: Callable[[], None]) -> tuple[Stamps, set[str]]:
        """Wait until something differs from `seen` and has come to rest, as it has not while an editor renames and removes; give the new
        stamps and the paths that differ.  `waiting` is called again and again till then."""
        while (now := self.stamps()) == seen:
            waiting()
            time.sleep(PAUSE)
        time.sleep(PAUSE)
        while (later := self.stamps()) != now:
            now = later
            time.sleep(PAUSE)
        return now, {path for path in {*seen, *now} if seen.get(path) != now.get(path)}


def _stamps(place: Path) -> Iterator[tuple[str, tuple[int, int, int]]]:
    try:
        if not place.is_dir():
            yield str(place), _stamp(place.stat())
            return
        entries = list(os.scandir(place))
    except OSError:
        return  # removed between two looks, or not readable: whoever builds says so
    for entry in entries:
        if not entry.name.startswith(".") and entry.name != "__pycache__":
            yield from _below(entry)


def _below(entry: os.DirEntry[str]) -> Iterator[tuple[str, tuple[int, int, int]]]:
    """A folder by what is in it, a file by itself; folders behind links are left out: they may lead in a circle."""
    if entry.is_dir(follow_symlinks=False):
        yield entry.path, (0, 0, 0)
        yield from _stamps(Path(entry.path))
        return
    with contextlib.suppress(OSError):
        yield entry.path, _stamp(entry.stat())


def _stamp(found: os.stat_result) -> tuple[int, int, int]:
    return found.st_mtime_ns, found.st_size, found.st_ino
