"""Pictures that were drawn before, kept between builds by what they were made from.

A folder may be empty, half filled, or shared by two builds at once: an entry is written beside and renamed, and one that does not
carry its own checksum is not believed but drawn again.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

LEAST_KEPT = 2_000
"""So many entries stay at least; beyond, as many as four builds use."""
CHECK = hashlib.sha256().digest_size


class CardCache:
    """One folder of pictures.  `key` says everything that a picture depends on."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.used = folder, set[Path]()

    def picture(self, key: str, draw: Callable[[], bytes]) -> bytes:
        """The picture kept under `key`, or a new one, which is then kept."""
        path = self.folder / f"{hashlib.sha256(key.encode()).hexdigest()}.card"
        self.used.add(path)
        kept = _read(path)
        if kept is not None:
            return kept
        drawn = draw()
        _write(path, hashlib.sha256(drawn).digest() + drawn)
        return drawn

    def prune(self) -> None:
        """Let go of the oldest entries that this build did not use."""
        others = sorted(set(self.folder.glob("*.card")) - self.used, key=lambda path: (_age(path), path.name))
        for path in others[: max(0, len(others) + len(self.used) - max(LEAST_KEPT, 4 * len(self.used)))]:
            path.unlink(missing_ok=True)


def _read(path: Path) -> bytes | None:
    """An entry whose checksum is right; None where there is none."""
    if not path.is_file():
        return None
    with contextlib.suppress(FileNotFoundError):  # another build may let go of it at this moment
        whole = path.read_bytes()
        check, drawn = whole[:CHECK], whole[CHECK:]
        if hashlib.sha256(drawn).digest() == check:
            return drawn
    return None


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(prefix=".", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0
