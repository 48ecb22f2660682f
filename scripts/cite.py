"""How a page of this site is cited: GB/T 7714-2025 and BibTeX.  Pure; the day of access is the reader's and stays a blank."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from .ledger.model import Ledger, Promise
from .ledger.words import month_words

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
class Work:
    """A page, or the whole data set, as something that can be cited: who answers for it, its title, since when what it says is public, its full address
    (None as long as the publisher has not said where the site stands), and a key in ASCII."""

    author: str
    title: str
    public: date
    address: str | None
    key: str
    kind: Kind = "page"


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


def gbt7714(work: Work) -> tuple[str, str]:
    """责任者. 题名[EB/OL]. （公开日期）[引用日期]. URL. — cut at the day of access, which belongs between the two pieces."""
    return f"{work.author}. {work.title}[{MARKS[work.kind]}]. （{work.public.isoformat()}）[", f"]. {work.address or UNKNOWN}."


def bibtex(work: Work) -> tuple[str, str]:
    """The same as a BibTeX entry, cut at the day of access."""
    fields = {"author": f"{{{_safe(work.author)}}}", "title": f"{{{_safe(work.title)}}}", "date": work.public.isoformat()}
    if work.address:
        fields["url"] = work.address
    lines = [f"@{ENTRIES[work.kind]}{{{work.key},", *(f"  {name} = {{{value}}}," for name, value in fields.items())]
    return "\n".join(lines) + "\n  urldate = {", "}\n}"


def _safe(text: str) -> str:
    return "".join(UNSAFE.get(letter, letter) for letter in text)
