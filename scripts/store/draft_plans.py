"""Plans under preparation: which folders below plans/ are no part of the public site yet.

A plan is a draft while its plan.yml says `draft: true`, or while a mark 待核 is left in it; and only as long as nothing shows that it was
public: testimony, or a list of permalinks.  It is read from the bytes, so that a draft in which nothing can be read is one all the same.
Source: docs/decisions/0026-a-plan-under-preparation.md.
"""

from __future__ import annotations

import re
from pathlib import Path

from scripts.ledger.model.testimony import KINDS
from scripts.store.address_lists import LIST

FOLDER = re.compile(r"(19|20)\d\d", re.ASCII)
"""How a plan's folder is named: its year."""
SAYS_SO = re.compile(rb"""^draft[ \t]*:[ \t]*['"]?true['"]?[ \t]*(?:#.*)?\r?$""", re.MULTILINE)
MARK = re.compile(r"(?:^|\s)#\s*待核[：:]\s*(\S.*?)\s*$", re.MULTILINE)
"""A comment that says what a person has yet to look at: `plan in` and `new-plan` leave them."""
MARK_BYTES = "待核".encode()


def draft_plans(data: Path) -> frozenset[str]:
    """The years whose plans are drafts."""
    parent = data / "plans"
    folders = parent.iterdir() if parent.is_dir() else ()
    return frozenset(each.name for each in folders if FOLDER.fullmatch(each.name) and not _was_public(each) and _unfinished(each))


def _was_public(folder: Path) -> bool:
    return (folder / LIST).exists() or any(True for kind in KINDS for _ in (folder / kind).rglob("*.yml"))


def _unfinished(folder: Path) -> bool:
    if SAYS_SO.search(_bytes(folder / "plan.yml").replace(b"\0", b"")):  # UTF-16 is no reason to stop what is public
        return True
    return any(_marked(_bytes(path)) for path in (folder / "plan.yml", folder / "places.yml", *(folder / "tasks").glob("*.yml")))


def _marked(data: bytes) -> bool:
    return MARK_BYTES in data and MARK.search(data.decode(errors="replace")) is not None


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""
