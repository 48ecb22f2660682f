"""From pydantic's findings to messages in the staff's language: field, what must hold, an example."""

from __future__ import annotations

import types
import typing
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from .problems import Place, Problem, nearest_of


def explain(error: Any, model: type[BaseModel], value: Any, at: Place) -> Problem:
    """One finding as a `Problem`.  `value` is what was validated; `at` is where it stands."""
    path = _path(error["loc"], value, missing=error["type"] == "missing")
    place = Place(at.file, (*at.path, *path))
    field, fields = field_at(model, path)
    found = error["input"] if isinstance(error["input"], str) else None
    example = str(field.examples[0]) if field and field.examples else None
    match error["type"]:
        case "missing":
            name = f"（{field.title}）" if field else ""
            return Problem(
                Place(at.file, (*at.path, *path[:-1])),
                f"缺少必填的 {path[-1]}{name}",
                example=f"{path[-1]}: {example}" if example else None,
            )
        case "extra_forbidden":
            key = str(path[-1])
            return Problem(place, "没有这个字段", key, nearest_of(key, fields), example="、".join(fields))
        case "literal_error":
            allowed = literals(field)
            return Problem(place, f"只能是 {'、'.join(allowed)} 之一", found, nearest_of(found or "", allowed), example)
        case "must":
            context = error["ctx"]
            return Problem(place, context["must"], found, example=context["example"] or example)
        case "tuple_type" | "list_type":
            return Problem(place, "必须是列表，每项一行前加「- 」，或写在 [ ] 里", found, example=example or "[县教委]")
        case "too_short":
            return Problem(place, "不能是空的", example=example)
        case "too_long":
            return Problem(place, f"最多{error['ctx']['max_length']}项", example=example)
        case "string_pattern_mismatch":
            return Problem(place, f"必须是{field.title if field else '规定的写法'}", found, example=example)
        case "model_type" | "dict_type" | "model_attributes_type":
            return Problem(place, "必须是一组「字段: 值」", found, example=example)
        case _:
            return Problem(place, f"不是{field.title if field and field.title else '这里'}能用的写法", found, example=example)


def _path(loc: tuple[Any, ...], value: Any, missing: bool) -> tuple[str | int, ...]:
    """The part of pydantic's location that exists in the data (unions and validators add steps of their own)."""
    path: list[str | int] = []
    for index, key in enumerate(loc):
        if (isinstance(value, dict) and key in value) or (isinstance(value, list) and isinstance(key, int) and key < len(value)):
            value = value[key]
            path.append(key)
        elif missing and index == len(loc) - 1:
            path.append(key)
    return tuple(path)


def field_at(model: type[BaseModel], path: tuple[str | int, ...]) -> tuple[FieldInfo | None, list[str]]:
    """The field that a path leads to, and the field names allowed around it."""
    field, current = None, model
    for key in path:
        if isinstance(key, int):
            continue
        if key not in current.model_fields:
            return None, list(current.model_fields)
        field = current.model_fields[key]
        current = next(models_in(field.annotation), current)
    return field, list(current.model_fields)


def models_in(annotation: Any) -> typing.Iterator[type[BaseModel]]:
    """The models that an annotation mentions, at any depth."""
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias) and issubclass(annotation, BaseModel):
        yield annotation
    for part in typing.get_args(annotation):
        yield from models_in(part)


def literals(field: FieldInfo | None) -> list[str]:
    """The values that a field of fixed choices allows."""

    def walk(annotation: Any) -> typing.Iterator[str]:
        if typing.get_origin(annotation) is typing.Literal:
            yield from map(str, typing.get_args(annotation))
        else:
            for part in typing.get_args(annotation):
                yield from walk(part)

    return list(walk(field.annotation)) if field else []
