"""Small counties of one task, judged on named days: the folders of tests/fixtures/colours, and what a case lays over them.

A case is a file in counties/: `promise` says in Chinese what it shows; `county` names the folder (else the case's own name); `files` are laid
over it, by path, `absent` takes one away; `days` say what must stand on each day.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from scripts.exports.downloads.csv_files import csv_bytes
from scripts.ledger.model.promise import Ledger
from scripts.ledger.series.checkpoint_results import Cell, history
from scripts.ledger.series.day import Day, day_of
from scripts.store.default_rules import RULES
from scripts.store.load import load
from scripts.tables.columns import Source
from scripts.tables.tidy import TABLES, filled

from .scenes import HERE, read

FOLDERS = HERE.parent / "fixtures" / "colours"
CASES = tuple(sorted((HERE / "counties").glob("*.yml")))
TASK = 1


def plant(case: Path, folder: Path) -> Path:
    """The county of a case as a data folder that can be checked and built."""
    told = read(case)
    shutil.copytree(FOLDERS / told.get("county", case.stem), folder)
    shutil.copyfile(RULES, folder / "rules.yml")
    for path, content in told.get("files", {}).items():
        if content == "absent":
            (folder / path).unlink()
        else:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return folder


def checked(folder: Path) -> Ledger:
    """The county of a folder, without a fault."""
    loaded = load(folder)
    assert loaded.ledger, [str(each) for each in loaded.errors]
    return loaded.ledger


@dataclass(frozen=True)
class Shown:
    """What is shown of a county on a day."""

    ledger: Ledger
    known: date

    @cached_property
    def day(self) -> Day:
        return day_of(self.ledger, "2023", self.known)

    @cached_property
    def cells(self) -> list[str]:
        """The row of the task, one cell for each checkpoint."""
        return _words(self.day.histories[TASK])

    @cached_property
    def original_cells(self) -> list[str]:
        """The same by the original targets."""
        day = self.day
        return _words(history(day.promise, TASK, day.records, day.rules, day.as_of, day.known, day.publisher, "original"))

    def rows(self, table: str) -> list[dict[str, str]]:
        """A published table, read back from its CSV."""
        declared = next(each for each in TABLES if each.name == table)
        text = csv_bytes(declared, filled(declared, Source(self.ledger, self.day))).decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text, newline="")))


def _words(cells: tuple[Cell, ...]) -> list[str]:
    return ["、".join(label.text for label in cell.labels) for cell in cells]


def several(value: Any) -> list[str]:
    """One word or a list of words, as a list."""
    return [value] if isinstance(value, str) else list(value)
