"""One folder put in the place of another, in one step where the system can."""

from __future__ import annotations

import ctypes
import os
import shutil
from pathlib import Path

RENAME_EXCHANGE = 2
AT_FDCWD = -100


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
