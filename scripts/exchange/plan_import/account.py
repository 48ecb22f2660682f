"""The account of a file: every box and every paragraph of it stands in the official text that was read, or the file is refused.

The proof is against the file: what the reader of .docx or .xlsx found in it, box by box, before anything was made of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from .shapes import Grid, Unfit
from .tables import Layout


def refuse_lost(blocks: Sequence[str | Grid], chosen: Sequence[tuple[Grid, Layout]], source: str) -> str:
    """The account in words.  Raises `Unfit` where a box or a paragraph of a file is not in the text that was read, as often as the file has
    it; a head that pages repeat is read once, and 续表 between them not at all."""
    told = _told(source)
    heads = {_bare(box.text) for grid, layout in chosen for row in range(layout.top, layout.body) for box in grid.row(row)}
    boxes = paragraphs = 0
    for where, text, is_box in _pieces(blocks):
        boxes, paragraphs = boxes + is_box, paragraphs + (not is_box)
        line = _bare(text)
        if line in heads or (len(chosen) > 1 and not is_box and "续" in line):
            continue
        if not told[line]:
            raise Unfit(where, "这里的文字没有读进任何一栏，整份没有收；请告诉管网站的人", text.strip())
        told[line] -= 1
    return f"文件有{boxes}格有字、表外{paragraphs}段，都有去处"


def _told(source: str) -> Counter[str]:
    """The lines of a source text, and its fields (a line behind a tab with those that belong to it), each as often as it stands there."""
    lines = [line for line in source.split("\n") if line.strip()]
    fields = re.findall(r"^\t.*(?:\n(?!\t|\n|$).*)*", source, re.MULTILINE)
    return Counter(map(_bare, lines)) | Counter(map(_bare, fields))


def _pieces(blocks: Iterable[str | Grid]) -> Iterator[tuple[str, str, bool]]:
    """Each box with words, each paragraph: where it stands, its words, whether it is a box."""
    for block in blocks:
        if isinstance(block, str):
            yield f"“{block.strip()[:20]}”这一段", block, False
        else:
            yield from ((box.where, box.text, True) for box in block.boxes if box.text.strip())


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)
