"""What a built site consists of: every file with its size and SHA-256, under the build stamp; written last, before the site is published.

`manifest.json` lists every file but itself and SHA256SUMS; SHA256SUMS, in the form that `sha256sum --check` reads, lists every file
but itself.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scripts.store.stamp import Stamp

MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
VERSION = "1.0.0"


def head(stamp: Stamp, base_url: str | None) -> dict[str, Any]:
    """What is known before the files are: the stamp, and the address that the site was built for."""
    return {
        "schema_version": VERSION,
        "generated_at": stamp.generated_at,
        "as_of": stamp.as_of.isoformat(),
        "commit": stamp.commit,
        "rules_version": stamp.rules_version,
        "base_url": base_url or "",
    }


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def digests(site: Path) -> dict[str, str]:
    """The SHA-256 of every file of a folder, by its path."""
    return {path.relative_to(site).as_posix(): digest(path) for path in sorted(site.rglob("*")) if path.is_file()}


def seal(site: Path, code: str) -> None:
    """Complete the manifest of a built site and write its checksums.  `code`: the commit of the programs, empty outside git."""
    manifest = site / MANIFEST
    known = json.loads(manifest.read_text(encoding="utf-8"))
    found = {path: sum_ for path, sum_ in digests(site).items() if path not in (MANIFEST, SUMS)}
    files = [{"path": path, "bytes": (site / path).stat().st_size, "sha256": sum_} for path, sum_ in found.items()]
    manifest.write_text(json.dumps(known | {"code_commit": code, "files": files}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    lines = sorted((found | {MANIFEST: digest(manifest)}).items())
    (site / SUMS).write_text("".join(f"{sum_}  {path}\n" for path, sum_ in lines), encoding="utf-8")


def compare(copy: Mapping[str, str], rebuilt: Mapping[str, str]) -> dict[str, str]:
    """What is to say of every file of a copy and of the site built anew: same, differs, missing (from the copy), extra (in it).

    >>> compare({"a": "1", "b": "2", "d": "4"}, {"a": "1", "b": "3", "c": "5"})
    {'a': 'same', 'b': 'differs', 'c': 'missing', 'd': 'extra'}
    """
    return {path: _state(copy.get(path), rebuilt.get(path)) for path in sorted({*copy, *rebuilt})}


def _state(mine: str | None, theirs: str | None) -> str:
    if mine is None:
        return "missing"
    if theirs is None:
        return "extra"
    return "same" if mine == theirs else "differs"
