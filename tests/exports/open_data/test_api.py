"""Every answer of the API is what its schema says, and one stamp stands on everything."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import OpenAPIV31SpecValidator
from openapi_spec_validator.validation.exceptions import OpenAPIValidationError

from scripts.exports.downloads.api import ENDPOINTS

from .taken import FOLDER, rows


@cache
def schema_of(site: Path, path: str) -> Draft202012Validator:
    """The JSON Schema of an answer; no key may stand in it that the schema does not name."""
    name = "task" if "/" in path else path.removesuffix(".json")
    schema = json.loads((site / "api/v1/schema" / f"{name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(_strict(schema), format_checker=FormatChecker())


def _strict(schema: Any) -> Any:
    """A schema that allows no other keys: what is published allows them, so that old readers may read new answers."""
    if isinstance(schema, list):
        return [_strict(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {key: _strict(each) for key, each in schema.items()}
    return inner | {"additionalProperties": False} if schema.get("type") == "object" and "properties" in schema else inner


def answers(site: Path) -> Iterator[tuple[str, Path]]:
    """Every answer: its path below a plan's folder, its file."""
    folder = site / "api/v1"
    for root in (folder, folder / "2023"):
        for path in sorted([*root.glob("*.json"), *root.glob("tasks/*.json")]):
            if path.name != "openapi.json":
                yield path.relative_to(root).as_posix(), path


def test_every_answer_is_what_its_schema_says(any_site: Path) -> None:
    """With every key named, each of one type, no null; the answers without a year are the newest plan's, byte for byte."""
    count = 0
    for name, path in answers(any_site):
        count += 1
        if path.is_relative_to(any_site / "api/v1/2023"):
            assert (any_site / "api/v1" / name).read_bytes() == path.read_bytes()
            continue
        text = path.read_text(encoding="utf-8")
        schema_of(any_site, name if "/" not in name else "tasks/T01.json").validate(json.loads(text))
        assert ": null" not in text, path
    assert count == 1 + 2 * (len(ENDPOINTS) - 1 + len(rows(any_site, "tasks")))


def test_a_schema_notices_a_key_that_is_gone_or_of_another_type(demo_site: Path) -> None:
    """Of every answer, in its envelope and in its first object, key by key."""
    spoiled = 0
    for name, path in answers(demo_site):
        if path.is_relative_to(demo_site / "api/v1/2023") and ("/" not in name or name == "tasks/T01.json"):
            judge = schema_of(demo_site, name)
            whole = json.loads(path.read_text(encoding="utf-8"))
            for wrong in _spoiled(whole):
                spoiled += 1
                assert not judge.is_valid(wrong), (name, spoiled)
    assert spoiled > 150


def _spoiled(whole: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """An answer with one key renamed, or its value of another type."""
    for key in whole:
        yield {f"{name}x" if name == key else name: value for name, value in whole.items()}
    data = whole["data"][0] if isinstance(whole["data"], list) else whole["data"]
    for key, value in data.items():
        for wrong in (
            {f"{name}x" if name == key else name: each for name, each in data.items()},
            data | {key: [[]] if isinstance(value, list) else None},
        ):
            yield whole | {"data": [wrong] if isinstance(whole["data"], list) else wrong}


def test_the_description_of_the_api_is_openapi_and_names_every_answer(any_site: Path) -> None:
    """Valid 3.1; every path of a plan leads to a file; a spoiled description is refused."""
    described = json.loads((any_site / "api/v1/openapi.json").read_text(encoding="utf-8"))
    OpenAPIV31SpecValidator(described).validate()
    for path in described["paths"]:
        assert (any_site / "api/v1" / path.strip("/").replace("{plan}", "2023").replace("{task_id}", "T01")).is_file(), path
    for key in ("info", "openapi"):
        with pytest.raises((OpenAPIValidationError, KeyError)):
            OpenAPIV31SpecValidator({name: value for name, value in described.items() if name != key}).validate()
    broken = copy.deepcopy(described)
    del broken["paths"]["/index.json"]["get"]["responses"]["200"]["description"]
    with pytest.raises(OpenAPIValidationError):
        OpenAPIV31SpecValidator(broken).validate()


def test_one_stamp_stands_on_everything(any_site: Path) -> None:
    """Page, package, API, manifest: the same commit, time, day and version of the rules."""
    index = json.loads((any_site / "api/v1/index.json").read_text(encoding="utf-8"))
    package = json.loads((any_site / FOLDER / "datapackage.json").read_text(encoding="utf-8"))
    manifest = json.loads((any_site / "manifest.json").read_text(encoding="utf-8"))
    stamp = {key: index[key] for key in ("generated_at", "as_of", "commit", "rules_version")}
    assert stamp == {key: manifest[key] for key in stamp}
    assert stamp == {key: package["created" if key == "generated_at" else key] for key in stamp}
    foot = lxml.html.fromstring((any_site / "index.html").read_text(encoding="utf-8")).find_class("foot")[0].text_content()
    assert f"版本 {stamp['commit'][:10]}" in foot
