"""From pydantic's findings to messages in the staff's language: field, what must hold, an example."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from .problems import Place, Problem, nearest_of


def spot_of(error: Any, value: Any) -> tuple[str | int, ...]:
    """Where in `value` a finding of pydantic's stands."""
    return _path(error["loc"], value, missing=error["type"] == "missing")


def explain_all(errors: Iterable[Any], model: type[BaseModel], value: Any, at: Place) -> Iterator[Problem]:
    """Findings as problems, one per spot: where a value fits none of several kinds, or a list fails for what is in it, the spot furthest in speaks."""
    spots = [(spot_of(error, value), error) for error in errors]
    around = {path[:depth] for path, _ in spots for depth in range(len(path))}
    seen = set[tuple[str | int, ...]]()
    for path, error in spots:
        if path not in seen and path not in around:
            seen.add(path)
            yield explain(error, path, model, at)


def explain(error: Any, path: tuple[str | int, ...], model: type[BaseModel], at: Place) -> Problem:
    """One finding as a `Problem`.  `path` is where it stands in the value of `model` that stands at `at`."""
    place = Place(at.file, (*at.path, *path))
    field, fields = field_at(model, path)
    found = error["input"] if isinstance(error["input"], str) else None
    example = example_of(field) if field else None
    match error["type"]:
        case "missing":
            return _missing(field, path, Place(at.file, (*at.path, *path[:-1])), example)
        case "extra_forbidden":
            return Problem(place, f"不是这里的字段；这里可写 {'、'.join(fields)}", nearest=_meant_by(model, path, fields))
        case "literal_error":
            allowed = literals(field)
            one_of = " 之一" if len(allowed) > 1 else ""
            return Problem(place, f"只能是 {'、'.join(allowed)}{one_of}", found, nearest_of(found or "", allowed), example)
        case "must":
            own, general = example, error["ctx"]["example"]
            inside = isinstance(path[-1], int)
            return Problem(place, error["ctx"]["must"], found, example=(general or own) if inside else (own or general))
        case "tuple_type" | "list_type":
            return Problem(place, "必须是列表，每项一行前加「- 」，或写在 [ ] 里", found, example=example or "[县教委]")
        case "too_short":
            least = error["ctx"]["min_length"]
            return Problem(place, "不能是空的" if least == 1 else f"至少{least}项", example=example)
        case "too_long":
            most = error["ctx"]["max_length"]
            return Problem(place, f"必须正好{most}项" if most == _length(field) else f"最多{most}项", example=example)
        case "string_pattern_mismatch":
            return Problem(place, f"必须是{field.title if field else '规定的写法'}", found, example=example)
        case "model_type" | "dict_type" | "model_attributes_type":
            return Problem(place, "必须是一组「字段: 值」", found, example=example)
        case _:
            return Problem(place, f"不是{field.title if field and field.title else '这里'}能用的写法", found, example=example)


def _meant_by(model: type[BaseModel], path: tuple[str | int, ...], fields: list[str]) -> str | None:
    """The field that a wrong key most likely means: the one of that Chinese name, else the one that looks most like it."""
    titles = {each.title: name for name in fields if (each := field_at(model, (*path[:-1], name))[0]) is not None}
    return titles.get(str(path[-1])) or nearest_of(str(path[-1]), fields)


def _missing(field: FieldInfo | None, path: tuple[str | int, ...], around: Place, example: str | None) -> Problem:
    """A field that is not there, or a list of fixed length that is too short."""
    key = path[-1]
    if isinstance(key, int):
        return Problem(around, f"必须正好{_length(field)}项")
    name = f"（{field.title}）" if field and field.title else ""
    return Problem(around, f"缺少必填的 {key}{name}", example=f"{key}: {example}" if example else None)


def example_of(field: FieldInfo) -> str | None:
    """A right value for a field: its own example, else one put together from the examples of what must stand in it."""
    if field.examples:
        return str(field.examples[0])
    inner = next(models_in(field.annotation), None)
    if inner is None:
        return None
    needed = {key: example_of(each) for key, each in inner.model_fields.items() if each.is_required()}
    if None in needed.values():
        return None
    words = "{" + ", ".join(f"{key}: {example}" for key, example in needed.items()) + "}"
    return f"[{words}]" if any(typing.get_origin(kind) is tuple for kind in _kinds(field)) else words


def _length(field: FieldInfo | None) -> int | None:
    """How many items a list of fixed length has; None where any number will do."""
    parts = [typing.get_args(kind) for kind in _kinds(field) if typing.get_origin(kind) is tuple]
    return next((len(part) for part in parts if ... not in part), None)


def _kinds(field: FieldInfo | None) -> list[Any]:
    """The kinds of value that a field allows, unions taken apart."""
    if field is None:
        return []
    union = typing.get_origin(field.annotation) in (typing.Union, types.UnionType)
    parts = typing.get_args(field.annotation) if union else (field.annotation,)
    return [typing.get_args(part)[0] if typing.get_origin(part) is typing.Annotated else part for part in parts]


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
        if isinstance(key, int) or (field is not None and typing.get_origin(field.annotation) is dict):
            continue  # a position in a list, or a name of the staff's own choosing
        fields = written(current)
        if key not in fields:
            return None, list(fields)
        field = fields[key]
        current = next(models_in(field.annotation), current)
    return field, list(written(current))


def written(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """A model's fields under the names that staff write (`from` is `before` in the code: it is a word of Python)."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


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
