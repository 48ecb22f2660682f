"""What a model says of its fields: the names that staff write, titles, examples, choices."""

from __future__ import annotations

import inspect
import re
import types
import typing
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo


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


def length_of(field: FieldInfo | None) -> int | None:
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


def name_of(model: type[BaseModel]) -> str:
    """What a kind of fact is called: the first word of its definition."""
    return inspect.cleandoc(model.__doc__ or "").partition("：")[0].rstrip("。")


def type_of(model: type[BaseModel]) -> str:
    """What a record of a kind with several models says of itself; empty for one that says nothing."""
    field = model.model_fields.get("type")
    return str(typing.get_args(field.annotation)[0]) if field else ""


def choice_words(field: FieldInfo | None) -> dict[str, str]:
    """Each value of a field of fixed choices with its Chinese word, as the field's description has it; empty where it has none.

    >>> from .records import Report
    >>> choice_words(Report.model_fields["deliverables"])["not_done"]
    '未完成'
    """
    told = (field.description or "") if field else ""
    found = {each: re.search(rf"(?<![a-z_]){each} ([^；。，：]+)", told) for each in literals(field)}
    return {each: word[1] if word else "" for each, word in found.items()}


def literals(field: FieldInfo | None) -> list[str]:
    """The values that a field of fixed choices allows."""

    def walk(annotation: Any) -> typing.Iterator[str]:
        if typing.get_origin(annotation) is typing.Literal:
            yield from map(str, typing.get_args(annotation))
        else:
            for part in typing.get_args(annotation):
                yield from walk(part)

    return list(walk(field.annotation)) if field else []
