"""One public happening of a plan, and what its kinds are called."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from ..model.wordbook import Publisher, Said
from ..phrases import voices

Kind = Literal[
    "promise",
    "opened",
    "report",
    "late",
    "added",
    "correction",
    "revision",
    "suspension",
    "acceptance",
    "problem",
    "meeting",
    "review",
    "statement",
    "case",
    "brief",
    "withdrawal",
    "closed",
]

WORDS: dict[Kind, str | Said] = {
    "promise": "文件印发",
    "opened": voices.OPENED,
    "report": voices.REPORT,
    "late": voices.LATE_REPORT,
    "added": "补充",
    "correction": "更正",
    "revision": "调整目标",
    "suspension": "暂缓",
    "acceptance": "验收",
    "problem": "问题",
    "meeting": "调度会",
    "review": "督查",
    "statement": "单位说明",
    "case": "先进案例",
    "brief": "节点简报",
    "withdrawal": "撤下",
    "closed": "计划结束",
}


def both_words(word: str | Said) -> str:
    """What a kind is called whoever publishes: 报告（公开材料）."""
    return word if isinstance(word, str) else f"{word.official}（{word.independent}）"


CHANGES: frozenset[Kind] = frozenset({"correction", "late", "added", "revision", "suspension", "acceptance", "withdrawal"})
"""What changes something said before: the happenings that a task's page lists under 改过什么."""


@dataclass(frozen=True)
class Happening:
    """One public happening.

    `id` is its record's place below the plan (`reports/2023-05/24.2`), never reused; a tombstone takes over the id of the record that it
    replaces.  `published` is the day on which the public could first know it, `updated` the day from which it reads as it does (later only
    for a tombstone).  `sentences` are ours, without full stop left out; `quote` the record's own words; `small` who decided, and why.
    `checkpoint` is the one that it speaks of, `target` the page and anchor where it stands (`tasks/24#2023-05`), below the plan's folder.
    """

    id: str
    kind: Kind
    published: date
    sentences: tuple[str, ...]
    target: str
    tasks: tuple[int, ...] = ()
    units: tuple[str, ...] = ()
    checkpoint: str = ""
    quote: str = ""
    small: str = ""
    updated_on: date | None = None
    told_in: str = ""

    @property
    def updated(self) -> date:
        """The day from which it reads as it does."""
        return self.updated_on or self.published

    @property
    def file(self) -> str:
        """Its record's place below the plan: its id, but for a tombstone."""
        return self.told_in or self.id

    def word(self, publisher: Publisher) -> str:
        """What its kind is called."""
        word = WORDS[self.kind]
        return word if isinstance(word, str) else word.by(publisher)
