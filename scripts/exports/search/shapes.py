"""A record and its paragraphs, and what weighs how among them."""

from __future__ import annotations

from dataclasses import dataclass

WEIGHTS = {"number": 900, "title": 100, "lead": 60, "place": 55, "help": 45, "pledge": 40, "cell": 30, "note": 10}
"""What a hit weighs, by the field that it stands in, heaviest first.  `about` (not here) is shown, never searched."""

SAME = 500
"""What a hit weighs that is a whole title or name."""

KINDS = ("任务", "机制", "地点", "单位", "章", "节点", "页面")
"""The kinds of results; among hits of equal weight the earlier kind stands first."""


@dataclass(frozen=True)
class Paragraph:
    """A piece of text with a field (a key of WEIGHTS, or `about`), a label, and the anchor on its page where it is read.

    `cell` and `pieces` (start and end of each deliverable) lead to deliverables: a hit within the second piece of cell 4
    links to `4-2`.
    """

    field: str
    label: str
    anchor: str
    text: str
    cell: int = 0
    pieces: tuple[tuple[int, int], ...] = ()

    def packed(self) -> list[object]:
        """As it stands in the index: field, label, anchor, text, then cell, start, end, start, end …"""
        flat = [self.cell, *(at for piece in self.pieces for at in piece)] if self.pieces else []
        return [self.field, self.label, self.anchor, self.text, *([flat] if flat else [])]


@dataclass(frozen=True)
class Record:
    """One page that can be found: `number` is a task's or item's (0: none), `names` are other names of the same thing, `year` its
    plan's, told only where the site has several plans (else 0).  The first paragraph is shown where the title alone has a hit."""

    kind: str
    title: str
    path: str
    number: int = 0
    names: tuple[str, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    year: int = 0

    def packed(self) -> dict[str, object]:
        """As it stands in the index: k kind, n number, t title, p path, a names, y year, x paragraphs."""
        whole = {"k": self.kind, "n": self.number, "t": self.title, "p": self.path, "a": self.names, "y": self.year}
        return {key: value for key, value in whole.items() if value} | {"x": [each.packed() for each in self.paragraphs]}
