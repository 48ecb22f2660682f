"""What of a file holds although some of its values do not: the rest can be held against the plan in the same go.

A value that cannot be used gives way to its field's own example (or to nothing, where the field may be left out), so that the model can
be put together.  Such a stand-in is for the check alone: `Gaps` withholds what is found where it stands, and nothing is ever built of it.
"""

from __future__ import annotations

import copy
import typing
from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from scripts.ledger.checks.explain import spot_of
from scripts.ledger.model.fields import example_of, field_at, written
from scripts.ledger.model.problems import type_key

from .yaml_reader import Unreadable, parse

T = TypeVar("T", bound=BaseModel)
type_path = tuple[type_key, ...]

ROUNDS = 4
"""So often a value is mended further out, where mending it further in was not enough."""


def mended(model: type[T], value: Any, spoilt: Iterable[type_path]) -> tuple[T | None, set[type_path]]:
    """The model of a value without what is spoilt in it, and every place where something else stands now; None where too little is left.

    `spoilt` are the places that did not hold.
    """
    sound, wrong, touched = copy.deepcopy(value), set(spoilt), set[type_path]()
    for _ in range(ROUNDS):
        for path in sorted(wrong, key=lambda each: (-len(each), str(each))):
            place = _place(sound, path)
            sound = _without(model, sound, place)
            touched |= {path, place}
        try:
            return model.model_validate(sound), touched
        except ValidationError as error:
            outer = {path[:-1] for path in wrong if path}
            wrong = outer | {spot_of(each, sound) for each in error.errors(include_url=False)}
    return None, {()}


def _place(value: Any, path: type_path) -> type_path:
    """Where something else can stand: the place itself, or what is around it where that is a list or is no group of fields."""
    around = [value]
    for key in path[:-1]:
        if not _holds(around[-1], key):
            break
        around.append(around[-1][key])
    while around and not isinstance(around[-1], dict):
        around.pop()
    return path[: len(around)]


def _without(model: type[BaseModel], value: Any, place: type_path) -> Any:
    """The value with a stand-in at one place: the example of a field that must be there, else nothing."""
    if not place:
        needed = {key: _example(each) for key, each in written(model).items() if each.is_required()}
        return {key: example for key, example in needed.items() if example is not None}
    around = value
    for key in place[:-1]:
        around = around[key]
    field, _ = field_at(model, place)
    outer = field_at(model, place[:-1])[0] if len(place) > 1 else None
    entry = outer is not None and typing.get_origin(outer.annotation) is dict
    around.pop(place[-1], None)
    example = _example(field) if field is not None and field.is_required() and not entry else None
    if example is not None:
        around[place[-1]] = example
    return value


def _holds(around: Any, key: type_key) -> bool:
    return (isinstance(around, dict) and key in around) or (isinstance(around, list) and isinstance(key, int) and key < len(around))


def _example(field: Any) -> Any:
    """The example of a field, as data; None where it has none."""
    words = example_of(field)
    if words is None:
        return None
    try:
        return parse(f"example: {words}".encode()).value["example"]
    except Unreadable:
        return words
