"""The dictionary and the schemas know every record and every rule: what staff write is explained, and an editor accepts what the loader accepts."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from scripts.exports import dictionary
from scripts.ledger.model.fields import models_in, written
from scripts.ledger.model.rules import Rules
from scripts.ledger.model.testimony import KINDS
from scripts.store.default_rules import RULES
from scripts.store.yaml_reader import parse

SAMPLE = Path(__file__).parents[1] / "fixtures/sample/plans/2023"
README = dictionary.markdown()
SCHEMAS = {name.removesuffix(".schema.json"): json.loads(text) for name, text in dictionary.schemas().items()}


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_every_record_is_in_the_dictionary(kind: str) -> None:
    """Under the name that staff write, in the section of its folder or in the table of what every record has."""
    section = README.partition(f"## `plans/2023/{kind}/")[2].partition("\n## ")[0]
    common = README.partition("\n# 见证\n")[2].partition("\n## ")[0]
    for model in models_in(dictionary.member(kind)):
        for key, field in written(model).items():
            assert f"| `{key}` | {field.title} |" in section + common, f"{model.__name__}.{key}"


def test_every_number_and_every_group_of_words_of_the_rules_is_in_the_dictionary() -> None:
    section = README.partition("## `rules.yml`")[2].partition("\n# ")[0]
    for key, field in Rules.model_fields.items():
        assert f"| `{key}` | {field.title} |" in section
        for model in models_in(field.annotation):
            assert all(f"`{inner}`" in section for inner in model.model_fields)


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_accepts_every_record_of_the_fictional_county(kind: str) -> None:
    """Each file's keys are those of the schema (of one of its kinds), its required ones are there, its words are allowed ones."""
    files = sorted((SAMPLE / kind).rglob("*.yml"))
    assert files
    for file in files:
        value = parse(file.read_bytes()).value
        assert any(fits(value, each, SCHEMAS[kind]) for each in SCHEMAS[kind].get("oneOf", [SCHEMAS[kind]])), file.name
        assert not any(fits({**value, "colour": "green"}, each, SCHEMAS[kind]) for each in SCHEMAS[kind].get("oneOf", [SCHEMAS[kind]]))


def test_the_schema_of_the_rules_accepts_the_rules() -> None:
    """Words said in one way and words said in two."""
    assert fits(parse(RULES.read_bytes()).value, SCHEMAS["rules"], SCHEMAS["rules"])


def fits(value: Any, schema: dict[str, Any], whole: dict[str, Any]) -> bool:
    """Whether a value fits a schema, as far as our schemas go: kinds, keys, choices.  What stands in YAML is text."""
    if "$ref" in schema:
        return fits(value, whole["$defs"][schema["$ref"].rpartition("/")[2]], whole)
    for choice in ("anyOf", "oneOf"):
        if choice in schema:
            return any(fits(value, each, whole) for each in schema[choice])
    if "const" in schema or "enum" in schema:
        return value in schema.get("enum", [schema.get("const")])
    match schema.get("type"):
        case "object":
            return isinstance(value, dict) and _object(value, schema, whole)
        case "array":
            return isinstance(value, list) and all(fits(each, schema.get("items", {}), whole) for each in value)
        case "integer" | "number":
            return isinstance(value, str) and Decimal(value).is_finite() if _number(value) else False
        case "string":
            return isinstance(value, str)
    return True


def _object(value: dict[str, Any], schema: dict[str, Any], whole: dict[str, Any]) -> bool:
    known, more = schema.get("properties", {}), schema.get("additionalProperties", True)
    if any(key not in value for key in schema.get("required", [])) or (more is False and set(value) - set(known)):
        return False
    return all(fits(each, known.get(key, more if isinstance(more, dict) else {}), whole) for key, each in value.items())


def _number(value: object) -> bool:
    return isinstance(value, str) and value.lstrip("-").replace(".", "", 1).isdigit()
