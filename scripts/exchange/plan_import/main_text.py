"""The main text against the table: which lines are chapters, which are the table's items, what stands before and after.

The table says which items there are; the main text is asked where it prints them.  Nothing is guessed past that: a text that lists
other items than the table is refused, a text that lists none leaves the table alone.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from .shapes import Paragraph, Row, Unfit
from .vocabulary import LABELS, joined, label_of

ALIKE = 0.5
"""So much two wordings of an item have in common, at least; 1 would be the same words."""


@dataclass(frozen=True)
class Item:
    """A numbered line of the main text: its number as printed, its words."""

    label: str
    text: str
    where: str


@dataclass(frozen=True)
class Chapter:
    """A chapter of the main text with its items; `heading` as printed."""

    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class MainText:
    """The main text in parts; `chapters` is empty where it does not list the table's items.  `loose` are lines that belong nowhere."""

    front: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    back: tuple[str, ...]
    loose: tuple[Paragraph, ...] = ()


def divide(paragraphs: Sequence[Paragraph], rows: Sequence[Row]) -> MainText:
    """The main text in parts.  Raises `Unfit` where it lists other items than the table."""
    style = _item_style(paragraphs, rows)
    if style is None:
        return MainText(tuple(each.text for each in paragraphs), (), ())
    items = [i for i, each in enumerate(paragraphs) if label_of(each.text, style)]
    first = next(i for i in items if _alike(paragraphs[i].text, style, rows[0]))
    items = [i for i in items if i >= first]
    heads = _chapter_lines(paragraphs, items, style)
    start = min(heads[0] if heads else first, first)
    end = items[-1]
    _compare(paragraphs, items, style, rows)
    chapters: list[tuple[str, list[Item]]] = [] if heads else [("", [])]
    loose: list[Paragraph] = []
    for i in range(start, end + 1):
        text = paragraphs[i].text
        if i in heads:
            chapters.append((text, []))
        elif i in items:
            label = label_of(text, style) or ""
            chapters[-1][1].append(Item(label, text[len(label) :], paragraphs[i].where))
        else:
            loose.append(paragraphs[i])
    back = tuple(each.text for each in paragraphs[end + 1 :])
    found = tuple(Chapter(heading, tuple(inside)) for heading, inside in chapters)
    return MainText(tuple(each.text for each in paragraphs[:start]), found, back, tuple(loose))


def _item_style(paragraphs: Sequence[Paragraph], rows: Sequence[Row]) -> int | None:
    """How the main text numbers the table's items: the style in which most of them are found, in order; None where under half are."""

    def found(style: int) -> int:
        lines = iter(each.text for each in paragraphs if label_of(each.text, style))
        return sum(any(_alike(line, style, row) for line in lines) for row in rows[:1]) and sum(
            _alike(line, style, row) for line, row in zip(_from_first(paragraphs, style, rows[0]), rows, strict=False)
        )

    best = max(range(len(LABELS)), key=found)
    return best if 2 * found(best) >= len(rows) else None


def _from_first(paragraphs: Sequence[Paragraph], style: int, row: Row) -> list[str]:
    """The lines numbered in a style, from the first that looks like a row on."""
    lines = [each.text for each in paragraphs if label_of(each.text, style)]
    start = next((i for i, line in enumerate(lines) if _alike(line, style, row)), len(lines))
    return lines[start:]


def _alike(line: str, style: int, row: Row) -> bool:
    """Whether a line of the main text and a row of the table say the same thing, perhaps in other words."""
    label = label_of(line, style) or ""
    ours, theirs = line[len(label) :].strip()[:80], joined(row.pledge)[:80]
    return ours[:12] == theirs[:12] or difflib.SequenceMatcher(None, ours, theirs, autojunk=False).ratio() >= ALIKE


def _chapter_lines(paragraphs: Sequence[Paragraph], items: Sequence[int], style: int) -> list[int]:
    """The headings: lines numbered in the style of the line just before the first item."""
    before = items[0] - 1
    if before < 0:
        return []
    styles = [s for s in range(len(LABELS)) if s != style and label_of(paragraphs[before].text, s)]
    if not styles:
        return []
    return [i for i, each in enumerate(paragraphs) if i >= before and i not in items and label_of(each.text, styles[0])]


def _compare(paragraphs: Sequence[Paragraph], items: Sequence[int], style: int, rows: Sequence[Row]) -> None:
    """The items in order are the rows in order; more items may follow, they are the machinery."""
    for position, row in enumerate(rows):
        if position >= len(items):
            raise Unfit(row.where, f"正文里只有{len(items)}项，表里有{len(rows)}项；正文缺少这一项", row.pledge)
        line = paragraphs[items[position]]
        if not _alike(line.text, style, row):
            raise Unfit(
                row.where, f"正文和表对不上：正文的第{position + 1}项是“{line.text[:30]}”（{line.where}），表里是另一件事", row.pledge
            )
