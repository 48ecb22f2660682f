"""How a page of this site is cited: GB/T 7714-2025 and BibTeX.  Pure; the day of access is the reader's and stays a blank."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from scripts.ledger.model.promise import Ledger, Promise
from scripts.ledger.phrases.formats import month_words

BLANK = "____-__-__"
"""Where the day of access goes; the page's script fills it in."""
NOBODY = "民生台账"
"""Who is named as the author as long as no publisher is."""
UNKNOWN = "〔网址待定〕"
UNSAFE = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "%": r"\%",
    "#": r"\#",
    "&": r"\&",
    "_": r"\_",
    "$": r"\$",
    "~": r"\~{}",
    "^": r"\^{}",
}


Kind = Literal["page", "data"]
MARKS: dict[Kind, str] = {"page": "EB/OL", "data": "DS/OL"}
"""What the standard puts behind a title: a page on the web; a set of data on the web."""
ENTRIES: dict[Kind, str] = {"page": "online", "data": "dataset"}
"""The kinds of entries of BibTeX (biblatex)."""


@dataclass(frozen=True)
class Part:
    """One milestone of a task, or one thing in it: its anchor on the page and what a title says of it."""

    anchor: str
    words: str


Slot = Literal["today", "part", "at", "key"]
"""What a reader's script may change in a string: the day of access; which part of the page, in words, as the end of the address, as the
end of the key."""
Run = tuple[str, Slot | None]
"""A stretch of a citation: its words, and what stands there if it may change."""


@dataclass(frozen=True)
class Work:
    """A page, or a part of it, or the whole data set, as something that can be cited: who answers for it, its title, since when what it says is public, its full address
    (None as long as the publisher has not said where the site stands), and a key in ASCII.  `part`: only that part of the page."""

    author: str
    title: str
    public: date
    address: str | None
    key: str
    kind: Kind = "page"
    part: Part | None = None


def author(ledger: Ledger) -> str:
    """责任者: the publisher, else the project."""
    return ledger.settings.publisher.name or NOBODY


def task_title(promise: Promise, number: int) -> str:
    """奉节县2023年民生计划第24项：改善七所学校办学条件"""
    return f"{_plan(promise)}第{number}项：{promise.tasks[number].title}"


def place_title(promise: Promise, slug: str) -> str:
    """奉节县2023年民生计划：公平小学综合楼"""
    return f"{_plan(promise)}：{promise.sites[slug].name}"


def checkpoint_title(promise: Promise, checkpoint: str, brief: bool) -> str:
    """奉节县2023年民生计划：2023年9月节点简报"""
    return f"{_plan(promise)}：{month_words(checkpoint)}节点{'简报' if brief else ''}"


def data_title(promise: Promise, version: str) -> str:
    """奉节县2023年民生计划：全部数据（版本 c06a99b1d2）"""
    return f"{_plan(promise)}：全部数据（{version}）"


def _plan(promise: Promise) -> str:
    return f"{promise.plan.county}{promise.plan.year}年民生计划"


def key_of(path: str) -> str:
    """A BibTeX key out of a page's path.

    >>> key_of("2023/tasks/24/")
    'ledger-2023-tasks-24'
    """
    return "-".join(["ledger", *filter(None, path.split("/"))])


def gbt7714(work: Work) -> tuple[Run, ...]:
    """责任者. 题名[EB/OL]. （公开日期）[引用日期]. URL."""
    return (
        (f"{work.author}. {work.title}", None),
        (title_end(work.part), "part"),
        (f"[{MARKS[work.kind]}]. （{work.public.isoformat()}）[", None),
        (BLANK, "today"),
        (f"]. {work.address or UNKNOWN}", None),
        (address_end(work.part) if work.address else "", "at"),
        (".", None),
    )


def bibtex(work: Work) -> tuple[Run, ...]:
    """The same as a BibTeX entry (biblatex)."""
    url: tuple[Run, ...] = (("},\n  url = {" + work.address, None), (address_end(work.part), "at")) if work.address else ()
    return (
        (f"@{ENTRIES[work.kind]}{{{work.key}", None),
        (key_end(work.part), "key"),
        (f",\n  author = {{{{{tex(work.author)}}}}},\n  title = {{{{{tex(work.title)}", None),
        (tex(title_end(work.part)), "part"),
        (f"}}}},\n  date = {{{work.public.isoformat()}", None),
        *url,
        ("},\n  urldate = {", None),
        (BLANK, "today"),
        ("}\n}", None),
    )


def plain(runs: Iterable[Run]) -> str:
    """A citation as text.

    >>> plain((("甲县. 修路[EB/OL]. （2023-08-11）[", None), ("____-__-__", "today"), ("].", None)))
    '甲县. 修路[EB/OL]. （2023-08-11）[____-__-__].'
    """
    return "".join(words for words, _ in runs)


def title_end(part: Part | None) -> str:
    """What the title of a part has behind that of its page."""
    return f"，{part.words}" if part else ""


def address_end(part: Part | None) -> str:
    """What its address has behind that of its page."""
    return f"#{part.anchor}" if part else ""


def key_end(part: Part | None) -> str:
    """What its key has behind that of its page."""
    return f"-{part.anchor}" if part else ""


def tex(text: str) -> str:
    """Words that mean themselves in TeX."""
    return "".join(UNSAFE.get(letter, letter) for letter in text)
