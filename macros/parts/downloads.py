"""What a reader can take along from a page's section 引用与下载: each kind of download is one function, listed in DOWNLOADS."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from scripts.exports.downloads.api import ROOT
from scripts.ledger.series.briefs import brief_file, has_brief
from scripts.tables.columns import task_id

from ..context import Context

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


def _data(context: Context, subject: Subject, key: str) -> Iterator[Download]:
    """The page's own data as JSON, and the tables in which it stands."""
    plan, demo = context.promise.id, "虚构演示，" if context.ledger.settings.fictional else ""
    folder = f"data/{plan}/"
    if subject == "task":
        yield Download(f"{task_id(int(key))}.json", f"{ROOT}{plan}/tasks/{task_id(int(key))}.json", f"{demo}这一项的全部数据")
        for name, words in (("milestones", "节点目标"), ("indicators", "指标"), ("standings", "各节点评定")):
            yield Download(f"{name}.csv", f"{folder}{name}.csv", f"{demo}全部任务的{words}", f"{name}.csv")
    elif subject == "place":
        yield Download("places.json", f"{ROOT}{plan}/places.json", f"{demo}全部地点和项目")
        yield Download("deliverables.csv", f"{folder}deliverables.csv", f"{demo}全部事项", "deliverables.csv")
    else:
        yield Download("checkpoints.json", f"{ROOT}{plan}/checkpoints.json", f"{demo}全部节点的目标和评定")
        yield Download("milestones.csv", f"{folder}milestones.csv", f"{demo}全部任务的节点目标", "milestones.csv")
    yield Download("全部数据和字段说明", "data/")


DOWNLOADS: tuple[Source, ...] = (_brief, _data)
"""In the order of the list.  A new kind of file adds its function here and nothing else."""


def downloads(context: Context, subject: Subject, key: str) -> list[Download]:
    """Everything that can be taken along from one page."""
    return [found for source in DOWNLOADS for found in source(context, subject, key)]
