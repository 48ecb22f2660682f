"""The shapes of the API's answers: which table's row, with which other tables' rows inside.

Every object is a row of a tidy table under its own names, so a field means the same in a CSV, in the workbook and here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scripts.tables.columns import Column, Table

from .cells import json_value
from .edition import Edition


@dataclass(frozen=True)
class Inside:
    """Rows of another table inside an object, under `name`: those whose `by` is the object's own; `one`: at most one, not a list."""

    name: str
    table: str
    by: str
    one: bool = False


@dataclass(frozen=True)
class Shape:
    """One kind of object: a row of `table`, and what is inside it."""

    name: str
    title: str
    table: str
    inside: tuple[Inside, ...] = ()


def _tasks(*names: str) -> tuple[Inside, ...]:
    return tuple(Inside(name, name, "task_id") for name in names)


TODAY = Inside("standing", "standings_today", "task_id", one=True)
TASK_SUMMARY = Shape("task_summary", "任务：摘要和今天的评定", "tasks", (TODAY,))
TASK = Shape(
    "task",
    "任务：这一项的全部数据",
    "tasks",
    (
        TODAY,
        Inside("units", "task_units", "task_id"),
        *_tasks("milestones", "indicators", "schedules", "deliverables"),
        *_tasks("standings", "reports", "actuals", "evidence", "funding", "problems", "revisions", "corrections"),
        *_tasks("events", "statements", "review_findings"),
    ),
)
UNIT = Shape(
    "unit",
    "单位：牵头和配合的任务，单位的数",
    "units",
    (
        Inside("tasks", "task_units", "unit_id"),
        Inside("standing", "unit_standings_today", "unit_id", one=True),
        Inside("standings", "unit_standings", "unit_id"),
        Inside("statements", "statements", "unit_id"),
        Inside("review_findings", "review_findings", "unit_id"),
    ),
)
PLACE = Shape("place", "地点和项目：文件答应它的事", "places", (Inside("deliverables", "deliverables", "place_id"),))
CHECKPOINT = Shape(
    "checkpoint",
    "节点：到期的目标和公布的评定",
    "checkpoints",
    (Inside("milestones", "milestones", "checkpoint"), Inside("standings", "standings", "checkpoint")),
)
CHANGE = Shape("change", "公开发生的事", "changes")
SHAPES = (TASK_SUMMARY, TASK, UNIT, PLACE, CHECKPOINT, CHANGE)


def objects(edition: Edition, shape: Shape) -> list[dict[str, Any]]:
    """Every object of a shape, in the order of its table.  What has no value is left out; lists stand even where they are empty."""
    inner = {each.name: _by(_rows(edition, each.table), each.by) for each in shape.inside}
    return [row | _inside(row, shape, inner) for row in _rows(edition, shape.table)]


def _inside(row: dict[str, Any], shape: Shape, inner: Mapping[str, Mapping[str, list[dict[str, Any]]]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for each in shape.inside:
        rows = inner[each.name].get(row[each.by], [])
        if not each.one:
            found[each.name] = rows
        elif rows:
            found[each.name] = rows[0]
    return found


def _by(rows: list[dict[str, Any]], key: str) -> dict[str, list[dict[str, Any]]]:
    """Rows by a column, if they have it; deliverables by each of the places that they name."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        for value in row["places"] if key == "place_id" else [row[key]] if key in row else []:
            found.setdefault(value, []).append(row)
    return found


def _rows(edition: Edition, name: str) -> list[dict[str, Any]]:
    table, frame = table_named(edition, name), edition.frames[name]
    return [_row(table, row) for row in frame.itertuples(index=False, name=None)]


def table_named(edition: Edition, name: str) -> Table:
    """A table as declared."""
    return next(each for each in edition.tables if each.name == name)


def _row(table: Table, values: tuple[Any, ...]) -> dict[str, Any]:
    pairs = zip(table.columns, values, strict=True)
    return {column.name: json_value(value) for column, value in pairs if value is not None}


# ---------------------------------------------------------------- their schemas


def row_schema(table: Table) -> dict[str, Any]:
    """One row of a table as JSON Schema.  Each field has one type; what may be missing is not in `required`."""
    return {
        "type": "object",
        "title": table.title,
        "description": table.description,
        "required": [column.name for column in table.columns if column.required or column.type == "list"],
        "properties": {column.name: _property(column) for column in table.columns},
    }


def _property(column: Column) -> dict[str, Any]:
    words = {"title": column.title, "description": column.description}
    match column.type:
        case "list":
            return {"type": "array", "items": {"type": "string"}, **words}
        case "date":
            return {"type": "string", "format": "date", **words}
    limits: dict[str, Any] = {"enum": list(column.enum)} if column.enum else {}
    limits |= {"pattern": column.pattern} if column.pattern else {}
    return {"type": column.type, **limits, **words}


def shape_schema(edition: Edition, shape: Shape, refs: str) -> dict[str, Any]:
    """One object of a shape; `refs` stands before the names of the schemas that it refers to."""
    schema = row_schema(table_named(edition, shape.table))
    inside = {each.name: _one(refs + each.table) if each.one else _many(refs + each.table) for each in shape.inside}
    return schema | {
        "title": shape.title,
        "required": [*schema["required"], *(each.name for each in shape.inside if not each.one)],
        "properties": schema["properties"] | inside,
    }


def _one(ref: str) -> dict[str, Any]:
    return {"$ref": ref}


def _many(ref: str) -> dict[str, Any]:
    return {"type": "array", "items": {"$ref": ref}}


def components(edition: Edition, refs: str, shapes: tuple[Shape, ...] = SHAPES) -> dict[str, Any]:
    """The schemas of some shapes and of all rows inside them, by name."""
    rows = {each.table for shape in shapes for each in shape.inside}
    found = {table.name: row_schema(table) for table in edition.tables if table.name in rows}
    return found | {shape.name: shape_schema(edition, shape, refs) for shape in shapes}
