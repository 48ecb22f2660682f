"""The tidy tables of one plan on one day: what every download and the API read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import pandas as pd

from .change_table import CHANGES
from .columns import Column, Source, Table, Value
from .course_tables import COURSE
from .proceedings_tables import SAID
from .promise_tables import PROMISE
from .report_tables import REPORTED
from .verdict_tables import JUDGED

Frame: TypeAlias = pd.DataFrame
"""A table filled: its declared columns, in order."""

TABLES: tuple[Table, ...] = (*PROMISE, *REPORTED, *COURSE, *SAID, *JUDGED, CHANGES)
"""Every table, in reading order."""

DEMO = Column("demo", "虚构演示", "整个县是虚构的演示；真实的县没有这一列", required=True, enum=("虚构演示",))
"""What every row of a fictional county carries, because rows travel."""


def tables(fictional: bool) -> tuple[Table, ...]:
    """The declarations; a fictional county's have a column that says so in every row."""
    if not fictional:
        return TABLES
    return tuple(Table(t.name, t.title, t.description, (*t.columns, DEMO), t.key, t.rows, t.foreign) for t in TABLES)


def tidy(source: Source) -> Mapping[str, pd.DataFrame]:
    """Every table by name: the columns that it declares, in order; cells are plain values, exact, None where there is nothing."""
    fictional = bool(source.ledger.settings.fictional)
    return {table.name: filled(table, source, {DEMO.name: DEMO.enum[0]} if fictional else None) for table in tables(fictional)}


def filled(table: Table, source: Source, more: dict[str, Value] | None = None) -> pd.DataFrame:
    """One table; `more`: what every row has besides."""
    names = [column.name for column in table.columns]
    rows = [dict(row) | (more or {}) for row in table.rows(source)]
    for row in rows:
        if set(row) != set(names):
            raise ValueError(f"{table.name}: a row has {sorted(set(row) ^ set(names))} more or less than its table declares")
    return pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=object) for name in names}, columns=names)
