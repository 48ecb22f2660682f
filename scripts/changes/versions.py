"""The log of the data folder in words, as the pages show it: commits, what they did, the values that differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

SHOWN = 10
"""How many digits of a commit's name are printed: always as many, whatever else a clone holds."""


@dataclass(frozen=True)
class Difference:
    """One value that differs: the field in words, the value before and after as shown; empty where there was or is none."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class FileChange:
    """One file of a commit that was changed: what it is, and the values that differ (`more`: how many are not listed)."""

    words: str
    differences: tuple[Difference, ...]
    more: int


@dataclass(frozen=True)
class Line:
    """What a commit did to the files of one kind: `corrects` where these are corrections, apart from what is new; `explains` where they
    hold no fact, only what the fields mean."""

    words: str
    corrects: bool
    files: tuple[FileChange, ...] = ()
    explains: bool = False


@dataclass(frozen=True)
class Version:
    """One commit: its full name, the author's day in China, what it did."""

    id: str
    day: date
    lines: tuple[Line, ...]

    @property
    def short(self) -> str:
        """Its name as it is printed."""
        return self.id[:SHOWN]

    @property
    def explains(self) -> bool:
        """Whether it touched no fact, only what the fields mean."""
        return all(line.explains for line in self.lines)


@dataclass(frozen=True)
class History:
    """The log of a data folder.  `why`: why there is none; `shallow`: older commits are not in this clone; `dirty`: there are changes
    that no commit holds; `versions`: the newest first; `earlier`: how many more there are; `first`: each file → the commit that brought it."""

    why: str = "没有问过 git"
    shallow: bool = False
    dirty: bool = False
    versions: tuple[Version, ...] = ()
    earlier: int = 0
    first: Mapping[str, Version] = field(default_factory=dict)


NO_HISTORY = History()
