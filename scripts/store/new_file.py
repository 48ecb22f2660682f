"""A new file, whole or not at all, and never in place of another."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def create(path: Path, content: bytes) -> bool:
    """Write a file where there is none; False, and nothing changed, where there is one.

    The content is written beside it and linked to its name, which fails where the name is taken: no moment shows half a file.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).chmod(0o644)
        os.link(beside, path)
    except FileExistsError:
        return False
    finally:
        Path(beside).unlink()
    return True
