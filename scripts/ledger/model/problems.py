"""What is wrong with the data, and where.

A `Problem` names a place in the data by file and path of keys (never by line: the domain does
not know lines; `scripts.store.load` looks them up).  The wording is for staff: plain Chinese, what must
hold, what was found, the nearest allowed value, an example of right input.
"""

from __future__ import annotations

from dataclasses import dataclass

type_key = str | int


@dataclass(frozen=True)
class Place:
    """A spot in the data: a file below the data folder and the keys that lead to the value.

    `file` is a POSIX path relative to the data folder; `path` holds mapping keys (str) and
    list positions (int, from 0).  An empty path means the whole file.
    """

    file: str
    path: tuple[type_key, ...] = ()

    def __truediv__(self, key: type_key) -> Place:
        """The spot one key further in: `place / "due"`."""
        return Place(self.file, (*self.path, key))

    @property
    def field(self) -> str:
        """The keys as staff read them; list positions count from 1: `milestones[2].text`."""
        words = ""
        for key in self.path:
            words += f"[{key + 1}]" if isinstance(key, int) else f".{key}" if words else key
        return words


@dataclass(frozen=True)
class Problem:
    """One thing that does not hold.

    `must` says what must hold, `found` what stands there (None: nothing to show), `nearest` the
    nearest allowed value, `example` a right input.  `line` is set by the loader where the place
    alone does not tell it (a file that cannot be parsed).  A warning does not stop a build; what is wrong in a plan under preparation
    (`draft`) is one.
    """

    at: Place
    must: str
    found: str | None = None
    nearest: str | None = None
    example: str | None = None
    line: int | None = None
    warning: bool = False
    draft: bool = False
