"""What a reader can take along from a page's section 引用与下载: each kind of download is one function, listed in DOWNLOADS."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from scripts.briefs import brief_file, has_brief

from .context import Context

Subject = Literal["task", "place", "checkpoint"]
"""What the page is about; its key is the task's number, the place's slug, the checkpoint."""


@dataclass(frozen=True)
class Download:
    """One line of the list: the link's words, the file's path below the site's root, what it is (`JSON，一项一份`); `name` is the name to
    save it under (empty: the reader's program decides, as for feeds and calendars)."""

    words: str
    path: str
    what: str = ""
    name: str = ""


Source = Callable[[Context, Subject, str], Iterator[Download]]


def _brief(context: Context, subject: Subject, key: str) -> Iterator[Download]:
    """The brief as a document."""
    points = [point.id for point in context.promise.plan.checkpoints]
    if subject == "checkpoint" and has_brief(context.day, points.index(key)):
        path = brief_file(context.promise.id, key)
        yield Download("节点简报 .docx", path, "可以改字的文档", f"{context.promise.plan.county}{key}节点简报.docx")


DOWNLOADS: tuple[Source, ...] = (_brief,)
"""In the order of the list.  A new kind of file adds its function here and nothing else."""


def downloads(context: Context, subject: Subject, key: str) -> list[Download]:
    """Everything that can be taken along from one page."""
    return [found for source in DOWNLOADS for found in source(context, subject, key)]
