"""All downloads of a site, made once: what the page about them counts and weighs is what is published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scripts.store.zips import archive

from .api import api_files, written
from .csv_files import csv_bytes
from .edition import Edition
from .package import descriptor
from .readme import readme
from .workbook import workbook_bytes


@dataclass(frozen=True)
class Shelf:
    """The editions, the newest plan last, and every file by its path below the site's root."""

    editions: tuple[Edition, ...]
    files: Mapping[str, bytes]

    @property
    def newest(self) -> Edition:
        """The newest plan's edition."""
        return self.editions[-1]


def shelve(editions: list[Edition]) -> Shelf:
    """All downloads of a site.  `editions`: one for each plan, the newest last."""
    return Shelf(tuple(editions), dict(files(editions)))


def files(editions: list[Edition]) -> Iterator[tuple[str, bytes]]:
    """Every download: (path below the site's root, bytes).  `editions`: one for each plan, the newest last."""
    for edition in editions:
        csvs = {table.name: csv_bytes(table, edition.frames[table.name]) for table in edition.tables}
        yield from _plan_files(edition, csvs)
        if edition is editions[-1]:
            yield "data/datapackage.json", written(descriptor(edition, csvs, below=f"{edition.plan}/"))
    yield from api_files(editions, editions[-1])


def _plan_files(edition: Edition, csvs: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    package = [("datapackage.json", written(descriptor(edition, csvs))), *((f"{name}.csv", content) for name, content in csvs.items())]
    for name, content in package:
        yield edition.folder + name, content
    yield f"{edition.folder}{edition.name}.xlsx", workbook_bytes(edition)
    yield f"{edition.folder}{edition.name}.zip", archive([("README.txt", readme(edition)), *package])
