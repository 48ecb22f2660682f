"""How a tidy table is declared: its columns, its keys, and what fills it.

One declaration is the CSV's header, the Table Schema, the spreadsheet's header, the dictionary page and the JSON Schema.  What a
column shares with a field of the model (Chinese name, meaning, choices, type) is taken from there.
"""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from pydantic import BaseModel

from scripts.ledger.model.fields import literals
from scripts.ledger.model.promise import Ledger
from scripts.ledger.model.records import Record
from scripts.ledger.series.day import Day

Type = Literal["string", "integer", "number", "boolean", "date", "list"]
"""`list`: several texts; one array in JSON, joined by `SEPARATOR` in a cell."""
Value = str | int | Decimal | bool | date | tuple[str, ...] | None
"""What a cell holds; None where there is nothing."""
Row = Mapping[str, Value]

SEPARATOR = ";"


@dataclass(frozen=True)
class Column:
    """One column: its name in files, its Chinese title, what it means; `required`: never empty; `enum`: all that it may hold."""

    name: str
    title: str
    description: str
    type: Type = "string"
    required: bool = False
    enum: tuple[str, ...] = ()
    pattern: str = ""


@dataclass(frozen=True)
class Foreign:
    """Columns that name a row of another table, by its `target` columns."""

    columns: tuple[str, ...]
    table: str
    target: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """What fills the tables of one plan: the ledger and the plan as judged on a day."""

    ledger: Ledger
    day: Day


@dataclass(frozen=True)
class Table:
    """One tidy table.  `description`: what one row is; `key`: the columns that tell its rows apart; `rows` fills it."""

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rows: Callable[[Source], Iterable[Row]]
    foreign: tuple[Foreign, ...] = ()

    def column(self, name: str) -> Column:
        """A column by its name."""
        return next(each for each in self.columns if each.name == name)


def like(model: type[BaseModel], field: str, name: str | None = None, required: bool | None = None, also: str = "") -> Column:
    """A column that is a field of the model: title, meaning, choices and type are the field's; `also` is added to its meaning."""
    info = model.model_fields[field]
    kinds = set(_kinds(info.annotation))
    kind: Type = "date" if date in kinds else "number" if Decimal in kinds else "integer" if int in kinds else "string"
    allowed = tuple(literals(info))
    said = "".join(((info.description or info.title or "").rstrip("。"), *(("。" + also,) if also else ())))
    must = info.is_required() if required is None else required
    if allowed == ("true",):
        return Column(name or field, info.title or "", said, "boolean", required=True)
    return Column(name or field, info.title or "", said, kind, must, allowed if kind == "string" else ())


def listed(model: type[BaseModel], field: str, name: str | None = None) -> Column:
    """A column of several texts that is a field of the model."""
    info = model.model_fields[field]
    return Column(name or field, info.title or "", info.description or info.title or "", "list", required=False)


def _kinds(annotation: Any) -> Iterator[Any]:
    """The plain types inside an annotation, at any depth."""
    parts = typing.get_args(annotation)
    if typing.get_origin(annotation) is Literal:
        yield str
    elif not parts:
        yield annotation
    for part in parts if typing.get_origin(annotation) is not Literal else ():
        yield from _kinds(part)


def whole(name: str, title: str, description: str, required: bool = True) -> Column:
    """A column of whole numbers."""
    return Column(name, title, description, "integer", required)


# ---------------------------------------------------------------- columns that many tables share

TASK = Column("task_id", "任务编号", "T加两位序号：T24是文件的第24项，永不改", required=True, pattern=r"^T\d{2,4}$")
CHECKPOINT = Column("checkpoint", "节点", "年-月，如2023-05", required=True, pattern=r"^\d{4}-\d{2}$")
REPORT = Column("report_id", "报告编号", "节点/序号；更正和补报加.2、.3，如2023-05/24.2", required=True)
UNIT = Column("unit_id", "单位编号", "U-加单位的网址用的拼音；不在单位名录里的为空", pattern=r"^U-[a-z0-9-]+$")
UNIT_KEY = Column("unit_id", "单位编号", "见 units", required=True, pattern=UNIT.pattern)
UNIT_NAME = Column("unit", "简称", "文件印的简称", required=True)
INDICATOR = Column("indicator_id", "指标编号", "任务编号.指标的英文编号，如T24.new-places", required=True)
DELIVERABLE = Column("deliverable_id", "事项编号", "任务编号.格号-序号，如T24.2-1", required=True)
PUBLISHED = like(Record, "published")
ORDER = whole("order", "次序", "在这份记录里的先后，从1数起")
PATH = Column("path", "页面", "网站根目录以下的网址", required=False)

TO_TASK = Foreign(("task_id",), "tasks", ("task_id",))
TO_CHECKPOINT = Foreign(("checkpoint",), "checkpoints", ("checkpoint",))
TO_REPORT = Foreign(("report_id",), "reports", ("report_id",))
TO_UNIT = Foreign(("unit_id",), "units", ("unit_id",))
TO_INDICATOR = Foreign(("indicator_id",), "indicators", ("indicator_id",))
TO_DELIVERABLE = Foreign(("deliverable_id",), "deliverables", ("deliverable_id",))


def task_id(number: int) -> str:
    """T24."""
    return f"T{number:02}"


def unit_id(ledger: Ledger, name: str) -> str | None:
    """U-jiaowei; None for a name that is not in the registry."""
    return f"U-{ledger.units[name].slug}" if name in ledger.units else None


def place_id(slug: str) -> str:
    """P-gongping-xiaoxue."""
    return f"P-{slug}"


def part_id(task: int, part: str) -> str:
    """An indicator or a deliverable of a task: T24.new-places, T24.2-1."""
    return f"{task_id(task)}.{part}"
