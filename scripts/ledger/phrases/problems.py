"""How a problem is said to staff: plain Chinese, what must hold, what was found, the nearest allowed value, an example."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from itertools import islice

from ..model.personal_data import masked
from ..model.problems import Problem

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
    """One line for staff: `data/units.yml:7: kind 必须…；现在写的是“…”。是不是想写“…”？例：…`."""
    return printable(f"{root}/{problem.at.file}:{line}: ") + told(problem)


def told(problem: Problem) -> str:
    """A problem without its place: `kind 必须…；现在写的是“…”。是不是想写“…”？例：…`."""
    return printable(f"{f'{opening(problem)}：' if problem.warning else ''}{sentence(problem)}")


VARYING = re.compile(r"“[^”]*”|\d+(?:[-.、至]\d+)*|：.*$")
"""What differs between two reminders of one kind: what they quote, how many, which; and what comes after a colon."""


def kind_of(problem: Problem) -> str:
    """What reminders of one kind have in common."""
    head, colon, rest = problem.must.partition("：")
    return VARYING.sub("…", head) + (colon + VARYING.sub("…", rest) if colon else "")


def opening(problem: Problem) -> str:
    """What a line opens with that stops nothing."""
    return "草稿有错" if problem.draft else "提醒"


def sentence(problem: Problem) -> str:
    """What is wrong, without the place: field, what must hold, what was found, the nearest, an example."""
    subject = f"{problem.at.field} " if problem.at.field else ""
    words = f"{subject}{problem.must}"
    if problem.found is not None:
        words += f"；现在写的是“{shown(problem.found)}”"
    words += "。"
    if problem.nearest is not None:
        words += f"是不是想写“{problem.nearest}”？"
    if problem.example is not None:
        words += f"例：{shown(problem.example, 1000)}".replace("\n", "（另起一行）")
    return words
