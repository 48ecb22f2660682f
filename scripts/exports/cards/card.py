"""A share card as data: what its picture shows."""

from __future__ import annotations

from dataclasses import dataclass

Shown = tuple[str, str, str]
"""A state as it is shown: tone (a colour, or `grey`), shape, words; the tone is empty where there is no verdict at all."""


@dataclass(frozen=True)
class CardBead:
    """One bead on the card's rod: the column where it begins, how many it covers, its form (target, none, long, dashed, yet, verdict),
    what it says inside, its tone, whether it was late, what it means in words (empty where it says no more than its head)."""

    start: float
    columns: float
    form: str
    label: str = ""
    tone: str = ""
    late: bool = False
    words: str = ""


@dataclass(frozen=True)
class Card:
    """One picture.  `over` stands above the title, `heads` over the columns of the rod (`note` where these have no months), `foot` are the
    last lines; `key` says of which day the beads speak."""

    strip: str
    demo: bool
    over: str
    title: str
    states: tuple[Shown, ...]
    heads: tuple[str, ...]
    beads: tuple[CardBead, ...]
    foot: tuple[str, ...]
    note: str = ""
    key: str = ""

    @property
    def seen(self) -> str:
        """The same in words, for those who do not see it."""
        told = "；".join(filter(None, (*(words for _, _, words in self.states), self.key)))
        return f"{'虚构演示，' * self.demo}{self.over}：{self.title}。{told}。{'。'.join(self.foot)}。"

    @property
    def plain(self) -> bool:
        """Whether every bead stands in a column of its own."""
        return all(bead.columns == 1 for bead in self.beads)

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything that is set in type."""
        beads = (bead.label for bead in self.beads)
        return (
            self.strip,
            self.over,
            self.title,
            *(words for _, _, words in self.states),
            *self.heads,
            *beads,
            self.note,
            self.key,
            *self.foot,
        )
