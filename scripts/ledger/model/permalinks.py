"""The addresses that a plan's site has given out, as a value: every one answers for ever.  Source: 0012-permalinks.md."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Permalinks:
    """A plan's list: the newest day as of which it was made, the anchors of each page, by its path below the site's root, and the files."""

    as_of: date
    pages: Mapping[str, frozenset[str]] = field(default_factory=dict)
    files: frozenset[str] = frozenset()

    @property
    def addresses(self) -> set[str]:
        """Every address: each page, each anchor, each file."""
        return {*self.pages, *(f"{page}#{anchor}" for page, anchors in self.pages.items() for anchor in anchors), *self.files}
