"""A hidden folder beside another, on the same disk, in which what is to take its place is made.

It is locked as long as its process, or one that this started with the lock, lives.  So what a killed one left can be told from what
another is making, and is removed by the next.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

MARK = ".new-"


@contextmanager
def beside(place: Path) -> Iterator[Path]:
    """A new folder beside `place`, gone afterwards unless it was moved; first, what killed processes left there is removed."""
    prefix = f".{place.name}{MARK}"
    for left in place.parent.glob(f"{prefix}*"):
        _remove_unless_held(left)
    folder, lock = _held(place.parent, prefix)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def _held(parent: Path, prefix: str) -> tuple[Path, int]:
    """A new folder and its lock.  One that another process took for a left one, in the moment before it was locked, is given up."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
        with suppress(FileNotFoundError):
            lock = os.open(folder, os.O_RDONLY)
            fcntl.flock(lock, fcntl.LOCK_EX)
            if folder.exists():
                os.set_inheritable(lock, True)  # for those started with close_fds=False: they hold it too
                return folder, lock
            os.close(lock)


def _remove_unless_held(folder: Path) -> None:
    with suppress(FileNotFoundError, NotADirectoryError):
        lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
        except BlockingIOError:
            pass  # its process lives
        finally:
            os.close(lock)
