"""The written queries, and how a list of results is judged against one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class Query:
    """A query of queries.yml: what is typed, what must stand first (any of), what must be found as well; neither: nothing."""

    text: str
    first: tuple[str, ...]
    also: tuple[str, ...]
    words: str

    def is_first(self, found: list[str], pages_only: bool = False) -> bool:
        """Whether the right page (and paragraph, where one is meant) stands first; for nothing to be found: whether nothing is."""
        if not self.first:
            return not found
        return bool(found) and any(_same(found[0], wanted, pages_only) for wanted in self.first)

    def missing(self, found: list[str]) -> list[str]:
        """The expected pages that are not in the list at all (paragraphs count as their pages)."""
        wanted = (*(self.first if len(self.first) == 1 else ()), *self.also)
        return [page for page in wanted if not any(_same(each, page, True) for each in found)]


def _same(found: str, wanted: str, pages_only: bool) -> bool:
    page, _, anchor = wanted.partition("#")
    has_page, _, has_anchor = found.partition("#")
    return page == has_page and (pages_only or not anchor or anchor == has_anchor)


def queries() -> list[Query]:
    """All of queries.yml."""
    read: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "queries.yml").read_text(encoding="utf-8"))
    return [Query(each["q"], _tuple(each.get("first")), _tuple(each.get("also")), each.get("words", "")) for each in read]


def _tuple(value: object) -> tuple[str, ...]:
    return () if value is None else tuple(value) if isinstance(value, list) else (str(value),)
