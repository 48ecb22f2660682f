"""Archives whose bytes depend on nothing but what is in them: fixed times, fixed order, no trace of the machine."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip file can hold: every entry's."""


def archive(entries: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip file of the entries (name, bytes), in the order given."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in entries:
            entry = zipfile.ZipInfo(name, EARLIEST)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            new.writestr(entry, content)
    return out.getvalue()


def office(raw: bytes, change: Callable[[bytes], bytes] = bytes) -> bytes:
    """An office document (.docx, .xlsx) packed anew: the list of its parts first, then every part by name; `change` may mend parts."""
    with zipfile.ZipFile(io.BytesIO(raw)) as old:
        names = sorted(old.namelist(), key=lambda each: (each != "[Content_Types].xml", each))
        return archive((name, change(old.read(name))) for name in names)
