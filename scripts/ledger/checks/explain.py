"""From pydantic's findings to messages in the staff's language: field, what must hold, an example."""

from __future__ import annotations

import typing
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from ..model.fields import choice_words, example_of, field_at, length_of, literals
from ..model.problems import Place, Problem
from ..phrases.problems import nearest_of
from .suggestions import NOWHERE, Around, choice_meant, day_meant, month_meant, number_meant, period_meant, slug_meant, whole_meant


def spot_of(error: Any, value: Any) -> tuple[str | int, ...]:
    """Where in `value` a finding of pydantic's stands."""
    return _path(error["loc"], value, missing=error["type"] == "missing")


def explain_all(errors: Iterable[Any], model: type[BaseModel], value: Any, at: Place, around: Around = NOWHERE) -> Iterator[Problem]:
    """Findings as problems, one per spot: where a value fits none of several kinds, the kind that it nearly fits, else the first; where a
    list fails for what is in it, the spot furthest in speaks."""
    spots: dict[tuple[str | int, ...], list[Any]] = {}
    for error in errors:
        spots.setdefault(spot_of(error, value), []).append(error)
    outer = {path[:depth] for path in spots for depth in range(len(path))}
    for path, found in spots.items():
        if path not in outer:
            told = [explain(error, path, model, at, _Hints(model, value, path, around)) for error in found]
            yield next((problem for problem in told if problem.nearest), told[0])


@dataclass(frozen=True)
class _Hints:
    """What may have been meant by a wrong value at a path."""

    model: type[BaseModel]
    value: Any
    path: tuple[str | int, ...]
    around: Around

    def of(self, kind: str | None, found: str) -> str | None:
        match kind:
            case "number":
                return number_meant(found, self._unit())
            case "day":
                return day_meant(found, self.around)
            case "month":
                return month_meant(found, self.around)
            case "period":
                return period_meant(found, self.around)
            case "whole":
                return whole_meant(found)
            case "slug":
                return slug_meant(found)
            case _:
                return None

    def _unit(self) -> str | None:
        """What the number is counted in: as its field says, as is written beside it, or as the plan says of its indicator."""
        field, _ = field_at(self.model, self.path)
        if field and (field.description or "").endswith("元"):
            return "元"
        groups = [self.value]
        for key in self.path[:-1]:
            groups.append(groups[-1][key])
        beside = next((each["unit"] for each in reversed(groups) if isinstance(each, dict) and isinstance(each.get("unit"), str)), None)
        return beside or self.around.units.get(str(self.path[-1])) or self.around.units.get(str(self.value.get("indicator")))


def explain(error: Any, path: tuple[str | int, ...], model: type[BaseModel], at: Place, hints: _Hints) -> Problem:
    """One finding as a `Problem`.  `path` is where it stands in the value of `model` that stands at `at`."""
    place = Place(at.file, (*at.path, *path))
    field, fields = field_at(model, path)
    found = error["input"] if isinstance(error["input"], str) else None
    example = _entry(example_of(field), model, path) if field else None
    match error["type"]:
        case "missing":
            return _missing(field, path, Place(at.file, (*at.path, *path[:-1])), example)
        case "extra_forbidden":
            return Problem(place, f"不是这里的字段；这里可写 {'、'.join(fields)}", nearest=_meant_by(model, path, fields))
        case "literal_error":
            allowed = literals(field)
            one_of = " 之一" if len(allowed) > 1 else ""
            nearest = choice_meant(found or "", choice_words(field))
            return Problem(place, f"只能是 {'、'.join(allowed)}{one_of}", found, nearest)  # an example would seem to be the answer
        case "must":
            own, general = example, error["ctx"]["example"]
            inside = isinstance(path[-1], int) or found == path[-1]  # an item, or the name of an entry
            nearest = hints.of(error["ctx"].get("kind"), found or "")
            return Problem(place, error["ctx"]["must"], found, nearest, (general or own) if inside else (own or general))
        case "tuple_type" | "list_type":
            return Problem(place, "必须是列表，每项一行前加“- ”，或写在 [ ] 里", found, example=example or "[县教委]")
        case "too_short":
            least = error["ctx"]["min_length"]
            return Problem(place, "不能是空的" if least == 1 else f"至少{least}项", example=example)
        case "too_long":
            most = error["ctx"]["max_length"]
            return Problem(place, f"必须正好{most}项" if most == length_of(field) else f"最多{most}项", example=example)
        case "string_pattern_mismatch":
            return Problem(place, f"必须是{field.title if field else '规定的写法'}", found, example=example)
        case "model_type" | "dict_type" | "model_attributes_type":
            return Problem(place, "必须是一组“字段: 值”", found, example=example)
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
        return Problem(around, f"必须正好{length_of(field)}项")
    name = f"（{field.title}）" if field and field.title else ""
    return Problem(around, f"缺少必填的 {key}{name}", example=f"{key}: {example}" if example else None)


def _entry(example: str | None, model: type[BaseModel], path: tuple[str | int, ...]) -> str | None:
    """The example of a field as one of what stands at the path: of an entry of a group, its value alone."""
    group = field_at(model, path[:-1])[0] if len(path) > 1 else None
    if example is None or group is None or typing.get_origin(group.annotation) is not dict:
        return example
    return example.removeprefix("{").removesuffix("}").partition(": ")[2] or example


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
