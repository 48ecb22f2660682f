"""All downloads of a site, made once: what the page about them counts and weighs is what is published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .edition import Edition


@dataclass(frozen=True)
class Shelf:
    """The editions, the newest plan last, and every file by its path below the site's root."""

    editions: tuple[Edition, ...]
    files: Mapping[str, bytes]

    @property
    def newest(self) -> Edition:
        """The newest plan's edition."""
        return self.editions[-1]
