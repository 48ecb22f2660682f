"""What is wrong with the data, where, and how it is said.

A `Problem` names a place in the data by file and path of keys (never by line: the domain does
not know lines; `scripts.store.load` looks them up).  The wording is for staff: plain Chinese, what must
hold, what was found, the nearest allowed value, an example of right input.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from .personal_data import masked

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


COMPARED = 100
"""Longer texts are not compared for likeness, nor with more than five times as many values: that would take long."""


def nearest_of(value: str, allowed: Iterable[str]) -> str | None:
    """The allowed value that looks most like `value`, or None if none is close."""
    if len(value) > COMPARED:
        return None
    likely = [each for each in islice(allowed, 5 * COMPARED) if len(each) <= COMPARED]
    close = difflib.get_close_matches(value, likely, n=1, cutoff=0.5)
    return close[0] if close else None


def printable(text: str) -> str:
    """Text on one line, safe for a terminal: nothing invisible, nothing that steers the reading."""
    return "".join("↵" if c == "\n" else "�" if unicodedata.category(c) in UNSEEN else c for c in text)


UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def shown(value: object, limit: int = 60) -> str:
    """A found value, cut short, what belongs to a person masked."""
    text = masked(str(value))
    return text if len(text) <= limit else text[:limit] + "……"


def render_problem(problem: Problem, root: str, line: int) -> str:
    """One line for staff: `data/units.yml:7: kind 必须…；现为「…」。是否想写「…」？例：…`."""
    return printable(f"{root}/{problem.at.file}:{line}: ") + told(problem)


def render_annotation(problem: Problem, root: str, line: int) -> str:
    """One line for the machine that checks a pull request, which shows the message beside the line: `::error file=…,line=…,title=…::…`.

    `root` is the data folder as the repository names it: `data`.
    """
    kind, title = ("warning", opening(problem)) if problem.warning else ("error", "数据有错")
    properties = {"file": f"{root}/{problem.at.file}".strip("/"), "line": str(line), "title": title}
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{kind} {listed}::{_command(printable(_said(problem)))}"


def _command(text: str) -> str:
    """Text that cannot end a workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """The same for a property, which a comma or a colon would end."""
    return _command(text).replace(":", "%3A").replace(",", "%2C")


def told(problem: Problem) -> str:
    """A problem without its place: `kind 必须…；现为「…」。是否想写「…」？例：…`."""
    return printable(f"{f'{opening(problem)}：' if problem.warning else ''}{_said(problem)}")


VARYING = re.compile(r"「[^」]*」|“[^”]*”|\d+(?:[-.、至]\d+)*|：.*$")
"""What differs between two reminders of one kind: what they quote, how many, which; and what comes after a colon."""


def kind_of(problem: Problem) -> str:
    """What reminders of one kind have in common."""
    head, colon, rest = problem.must.partition("：")
    return VARYING.sub("…", head) + (colon + VARYING.sub("…", rest) if colon else "")


def opening(problem: Problem) -> str:
    """What a line opens with that stops nothing."""
    return "草稿有错" if problem.draft else "提醒"


def _said(problem: Problem) -> str:
    """What is wrong, without the place: field, what must hold, what was found, the nearest, an example."""
    subject = f"{problem.at.field} " if problem.at.field else ""
    words = f"{subject}{problem.must}"
    if problem.found is not None:
        words += f"；现为「{shown(problem.found)}」"
    words += "。"
    if problem.nearest is not None:
        words += f"是否想写「{problem.nearest}」？"
    if problem.example is not None:
        words += f"例：{shown(problem.example, 1000)}".replace("\n", "（另起一行）")
    return words
