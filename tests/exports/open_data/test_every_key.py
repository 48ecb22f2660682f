"""No key of a published format is unwatched: each file equals what is derived a second time, and one key or value spoilt makes it differ."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from . import derived

FOLDER = derived.FOLDER


def faults(path: str, published: Any, due: Any) -> list[str]:
    """Where a published document is not what it is due to be: the way to each place, by keys and positions."""
    if isinstance(published, dict) and isinstance(due, dict):
        found = [f"{path}/{key}" for key in (*published, *due) if (key in published) != (key in due)]
        return found + [each for key in published if key in due for each in faults(f"{path}/{key}", published[key], due[key])]
    if isinstance(published, list) and isinstance(due, list) and len(published) == len(due):
        return [each for i, pair in enumerate(zip(published, due, strict=True)) for each in faults(f"{path}/{i}", *pair)]
    return [path] if type(published) is not type(due) or published != due else []


def expected(site: Path) -> dict[str, Any]:
    """Every file of JSON that is data, by its path below the root."""
    found = {f"{FOLDER}/datapackage.json": derived.package(site), "api/v1/openapi.json": derived.openapi(site)}
    found |= {f"api/v1/{path}": answer for path, answer in derived.answers(site).items()}
    return found | {f"api/v1/schema/{name}.schema.json": schema for name, schema in derived.schemas(site).items()}


def test_every_file_of_json_is_what_is_derived_from_the_tables(any_site: Path) -> None:
    """The package, each answer of the API with and without the year, OpenAPI, each JSON Schema: key by key, and no file besides."""
    due = expected(any_site)
    wrong = [fault for path, whole in due.items() for fault in faults(path, derived.read(any_site, path), whole)]
    assert wrong == []
    there = {path.relative_to(any_site).as_posix() for path in (any_site / "api").rglob("*") if path.is_file()}
    assert there | {f"{FOLDER}/datapackage.json"} == set(due)


def spoilt(whole: Any) -> Iterator[str]:
    """One fault after another in a document, each undone before the next: every key left out, every value changed within its type.  Of a
    list, the first that has each set of keys."""
    if isinstance(whole, dict):
        for key, value in list(whole.items()):
            del whole[key]
            yield f"without {key}"
            whole[key] = value
            yield from _changed(whole, key)
            yield from spoilt(value)
    elif isinstance(whole, list):
        shapes = {tuple(each) if isinstance(each, dict) else type(each): i for i, each in reversed(list(enumerate(whole)))}
        for i in shapes.values():
            yield from _changed(whole, i)
            yield from spoilt(whole[i])


def _changed(where: Any, key: Any) -> Iterator[str]:
    value = where[key]
    match value:
        case bool():
            where[key] = not value
        case int() | float():
            where[key] = value + 1
        case str():
            where[key] = value + "甲"
        case list():
            where[key] = [*value, "甲"]
        case _:
            return
    yield f"{key} changed"
    where[key] = value


def test_each_key_that_is_spoilt_is_found(demo_site: Path) -> None:
    """Of the package, of OpenAPI, of each kind of answer and of each schema: thousands of faults, one at a time, none unnoticed."""
    due, counted = expected(demo_site), 0
    for path, whole in due.items():
        if not path.startswith("api/v1/2023/") and ("/tasks/" not in path or path.endswith("T02.json")):
            published = json.loads((demo_site / path).read_text(encoding="utf-8"))
            for fault in spoilt(published):
                counted += 1
                assert published != whole, f"{path}: {fault}"
            assert published == whole, path
    print(f"\n{counted} faults, each found")
    assert counted > 5000
