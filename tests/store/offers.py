"""Does what a message offers: writes the value it suggests, adds the line of its example, gives a file the name that it names."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from scripts.ledger.model.problems import Problem
from scripts.store.yaml_reader import Unreadable, parse

type_path = tuple[str | int, ...]

LINES = re.compile(r"[a-z_]+: ")
KEYS = ("不是这里的字段", "这个名字")
NAMES = ("文件名", "命名", "这里只放", "文件夹必须是")


def offers(problem: Problem) -> Iterator[str]:
    """Each thing that a message says one may write; 或 stands between several of one kind."""
    yield from [problem.nearest] if problem.nearest else []
    yield from (problem.example or "").split(" 或 ") if problem.example else []


def of_a_name(problem: Problem) -> bool:
    """Whether the offer is a file's name, and not a value in it."""
    return any(each in problem.must for each in NAMES)


def renamed(file: str, offer: str) -> str:
    """A file with the name that is offered: as much of its end as is offered."""
    parts = PurePosixPath(offer).parts
    return PurePosixPath(*PurePosixPath(file).parts[: -len(parts)], *parts).as_posix()


def done(tree: Any, problem: Problem, offer: str) -> Any:
    """A file's data with the offer in it."""
    tree, path = copy.deepcopy(tree), problem.at.path
    if LINES.match(offer):
        _add(tree, path, parse(offer.encode()).value)
    elif path and (problem.found == path[-1] or any(each in problem.must for each in KEYS)):
        _rename(_at(tree, path[:-1]), path[-1], offer)
    else:
        _at(tree, path[:-1])[path[-1]] = _value(offer)
    return tree


def _at(tree: Any, path: type_path) -> Any:
    for key in path:
        tree = tree[key]
    return tree


def _add(tree: Any, path: type_path, lines: dict[str, Any]) -> None:
    """Lines belong into the group that is spoken of, in place of the field that is, else at the top of the file."""
    group = _at(tree, path[:-1]) if path and path[-1] in lines else _at(tree, path)
    group = group if isinstance(group, dict) else tree
    for key, value in lines.items():
        there = group.get(key)
        if isinstance(value, dict) and isinstance(there, dict) and key != (path[-1] if path else None):
            there.update(value)
        elif isinstance(value, list) and isinstance(there, list) and key != (path[-1] if path else None):
            there.extend(value)
        else:
            group[key] = value


def _rename(group: dict[str, Any], old: Any, new: str) -> None:
    items = [(new if key == old else key, value) for key, value in group.items()]
    group.clear()
    group.update(items)


def _value(offer: str) -> Any:
    try:
        return parse(f"value: {offer}".encode()).value["value"]
    except Unreadable:
        return offer
