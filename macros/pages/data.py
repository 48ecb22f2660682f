"""The data page: what can be taken away, what each field means, how to check that a copy is whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from scripts.exports.downloads.api import CHANGELOG, ENDPOINTS, PROMISE, ROOT, RULES, schemas
from scripts.exports.downloads.catalogue import Shelf
from scripts.exports.downloads.dataset import dataset, json_ld
from scripts.exports.downloads.edition import Edition
from scripts.ledger.phrases.formats import day_words
from scripts.pages.citation import bibtex, gbt7714
from scripts.tables.columns import Column, Table

from ..context import Context
from ..parts.badges import demo
from ..parts.citation import data_work
from ..render import render

TYPES = {"string": "文字", "integer": "整数", "number": "数", "boolean": "是否", "date": "日期", "list": "多个文字"}


@dataclass(frozen=True)
class FileRow:
    """One file: its words, its path below the site's root, its size as it is said."""

    words: str
    path: str
    size: str


@dataclass(frozen=True)
class TableRow:
    """One table: as declared, how many rows it has, its file."""

    table: Table
    rows: int
    file: FileRow


def data(context: Context, key: str) -> Markup:
    """All downloads of every plan; the dictionary follows from the tables' declarations."""
    shelf = context.shelf
    assert shelf is not None  # the engine gives every generated page the shelf
    newest = shelf.newest
    return render(
        "pages/data.html.j2",
        c=context,
        demo=demo(context),
        editions=[(each, list(_whole(shelf, each)), list(_tables(shelf, each))) for each in reversed(shelf.editions)],
        newest=newest,
        endpoints=[(each, _example(newest, each.path)) for each in ENDPOINTS],
        schemas=list(schemas(newest)),
        api=ROOT,
        promise=PROMISE,
        rules=RULES,
        changelog=CHANGELOG,
        stamp=newest.stamp,
        gbt=gbt7714(cited := data_work(context, newest.stamp.words)),
        bibtex=bibtex(cited),
        until=day_words(newest.stamp.as_of),
        kind=_kind,
        meaning=_meaning,
        dataset=Markup(json_ld(dataset(shelf))),
        base=context.absolute("") or "https://〔本站网址〕/",
    )


def _whole(shelf: Shelf, edition: Edition) -> Iterator[FileRow]:
    for words, ending in (("表格软件打开的工作簿", "xlsx"), ("全部CSV打成一包", "zip")):
        yield _file(shelf, f"{words} .{ending}", f"{edition.folder}{edition.name}.{ending}")
    yield _file(shelf, "数据包说明 datapackage.json", f"{edition.folder}datapackage.json")


def _tables(shelf: Shelf, edition: Edition) -> Iterator[TableRow]:
    for table in edition.tables:
        yield TableRow(table, len(edition.frames[table.name]), _file(shelf, f"{table.name}.csv", f"{edition.folder}{table.name}.csv"))


def _file(shelf: Shelf, words: str, path: str) -> FileRow:
    size = len(shelf.files[path])
    return FileRow(words, path, f"{size} 字节" if size < 1000 else f"{size // 1000} KB")


def _example(edition: Edition, path: str) -> str:
    """An address of an endpoint that can be opened."""
    return f"{ROOT}{edition.plan}/{path.replace('{task_id}', edition.frames['tasks']['task_id'].iloc[0])}"


def _kind(column: Column) -> str:
    return TYPES[column.type]


def _meaning(column: Column) -> str:
    """What a column means; the choices, where its words do not name them."""
    told = all(choice in column.description for choice in column.enum)
    return column.description if told else f"{column.description}（{'、'.join(column.enum)}）"
