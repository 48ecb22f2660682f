"""Which values differ between two versions of a data file, and how they are shown: by the fields' Chinese names, cut, and only where fit."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import Any

from pydantic import BaseModel

from scripts.ledger.checks.hygiene import refused
from scripts.ledger.model.fields import field_at
from scripts.ledger.model.promise import Plan, Settings, Site, Task, Unit
from scripts.ledger.model.rules import Rules
from scripts.ledger.model.values import STEERING

from .versions import Difference

MODELS: dict[str, type[BaseModel]] = {
    "tasks": Task,
    "plan.yml": Plan,
    "places.yml": Site,
    "units.yml": Unit,
    "site.yml": Settings,
    "rules.yml": Rules,
}
NAMED = ("places.yml", "units.yml")
"""The files whose first key is a name, not a field."""
PRIVATE = frozenset({"phone", "email"})
"""How to reach somebody: a value that was taken away is not shown again."""
SHOWN = 12
"""How many values of a file are listed."""
LONGEST = 90
"""How many characters of a value are shown."""
UNFIT, KEPT = "（按现在的规定不显示）", "（联系方式，不再显示）"

type_path = tuple[str | int, ...]


def differences(before: Any, after: Any, path: type_path = ()) -> Iterator[tuple[type_path, Any, Any]]:
    """(path, before, after) of each value that differs, None where it is not there; items that were put in or taken out do not shift the rest."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys((*before, *after)):
            yield from differences(before.get(key), after.get(key), (*path, key))
    elif isinstance(before, list) and isinstance(after, list):
        yield from _items(before, after, path)
    elif before != after:
        yield path, before, after


def _items(before: list[Any], after: list[Any], path: type_path) -> Iterator[tuple[type_path, Any, Any]]:
    matcher = SequenceMatcher(None, [repr(each) for each in before], [repr(each) for each in after], autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "replace" and b - a == d - c:
            for index, (old, new) in enumerate(zip(before[a:b], after[c:d], strict=True)):
                yield from differences(old, new, (*path, c + index))
        elif kind != "equal":
            yield from (((*path, a + index), old, None) for index, old in enumerate(before[a:b]))
            yield from (((*path, c + index), None, new) for index, new in enumerate(after[c:d]))


def told(kind: str, found: Iterable[tuple[type_path, Any, Any]]) -> tuple[tuple[Difference, ...], int]:
    """The first differences of a file in words, and how many more there are."""
    all_of_them = list(found)
    return tuple(_told(kind, *each) for each in all_of_them[:SHOWN]), len(all_of_them[SHOWN:])


def _told(kind: str, path: type_path, before: Any, after: Any) -> Difference:
    private = bool(PRIVATE & set(path))
    return Difference(label(kind, path), *(KEPT if private and each is not None else shown(each) for each in (before, after)))


def label(kind: str, path: type_path) -> str:
    """A field in words: 编者注1·注文; a name of the staff's own choosing stays as it is.

    >>> label("tasks", ("notes", 0, "text"))
    '编者注1·注文'
    """
    steps: list[str] = []
    for depth, key in enumerate(path):
        if isinstance(key, int):
            steps[-1] += str(key + 1)
            continue
        fields = path[1 : depth + 1] if kind in NAMED else path[: depth + 1]
        found = field_at(MODELS[kind], fields)[0] if fields and kind in MODELS else None
        steps.append(found.title if found and found.title else clean(key))
    return "·".join(steps)


def shown(value: Any) -> str:
    """A value as it is shown: one line, cut where long; not at all where the rules of today refuse it."""
    if value is None:
        return ""
    text = clean("；".join(_texts(value)))
    if refused(text):
        return UNFIT
    return text if len(text) <= LONGEST else text[:LONGEST] + "……"


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
    else:
        yield str(value)


def clean(text: str) -> str:
    """Text without what steers the text around it, and without line breaks: old versions were not checked by the rules of today."""
    return "".join(" " if char in STEERING or unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") else char for char in text)
