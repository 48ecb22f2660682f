"""The table of changes: everything that happened in public, as the chronicle tells it, the newest first."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from dataclasses import replace

from scripts.ledger.model.records import Record
from scripts.ledger.series.chronicle import chronicle
from scripts.ledger.series.happenings import WORDS, Kind, both_words
from scripts.pages import paths

from .columns import CHECKPOINT, TO_CHECKPOINT, Column, Row, Source, Table, like, task_id, unit_id

KINDS: tuple[Kind, ...] = typing.get_args(Kind)


def _changes(source: Source) -> Iterator[Row]:
    for each in chronicle(source.day).all:
        yield {
            "change_id": each.id,
            "kind": each.kind,
            "published": each.published,
            "updated": each.updated,
            "tasks": tuple(task_id(number) for number in each.tasks),
            "units": tuple(found for name in each.units if (found := unit_id(source.ledger, name))),
            "checkpoint": each.checkpoint or None,
            "sentences": "\n".join(each.sentences),
            "quote": each.quote or None,
            "small": each.small or None,
            "path": paths.happening_path(source.day.promise.id, each),
        }


CHANGES = Table(
    "changes",
    "公开发生的事",
    "一行是一件公开的事，新的在前：报告、更正、补充、调整目标、暂缓、问题、会议、督查、说明、案例、撤下",
    (
        Column("change_id", "编号", "记录在数据文件夹里的位置，永不改；撤下的标记沿用原记录的编号", required=True),
        Column("kind", "种类", "；".join(f"{kind} {both_words(words)}" for kind, words in WORDS.items()), required=True, enum=KINDS),
        like(Record, "published"),
        Column("updated", "现在这样说的起日", "只有撤下的比公布日晚", "date", required=True),
        Column("tasks", "任务", "说到的任务编号", "list"),
        Column("units", "单位", "说到的单位，写编号，和 units 的 unit_id 一样", "list"),
        replace(CHECKPOINT, required=False, description="说一个节点的才有"),
        Column("sentences", "怎么回事", "本站的话，一句一行"),
        Column("quote", "原话", "记录自己的话"),
        Column("small", "谁、为什么", "谁报的、谁定的、原因"),
        Column("path", "页面", "网站根目录以下的网址", required=True),
    ),
    ("change_id",),
    _changes,
    (TO_CHECKPOINT,),
)
