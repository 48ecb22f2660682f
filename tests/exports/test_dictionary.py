"""What is written about the data follows from the model: the dictionary, the schemas, the rules' own words."""

from __future__ import annotations

import inspect
import json
import re
from pathlib import Path

import pytest
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from scripts.exports import dictionary
from scripts.ledger.checks import indicator_rules as indicator_checks
from scripts.ledger.checks import plan_rules as plan_checks
from scripts.ledger.checks import promise_checks as checks
from scripts.ledger.checks import task_rules as task_checks
from scripts.ledger.checks.source_rules import compare
from scripts.ledger.model import promise as model
from scripts.ledger.model.fields import models_in
from scripts.ledger.model.values import Fact

from ..conftest import OWN_DATA

WHOLES = {model.Promise, model.Ledger}
"""Models that no file holds: they are put together by the loader."""

MODELS = sorted({each for _, whole, _ in dictionary.FILES.values() for each in dictionary._family(whole)}, key=lambda each: each.__name__)
FIELDS = [(each, name, field) for each in MODELS for name, field in each.model_fields.items()]
RULES = sorted(
    {rule for rules in vars(checks).values() if isinstance(rules, tuple) for rule in rules if inspect.isfunction(rule)} | {compare},
    key=lambda rule: rule.__name__,
)


def chinese(text: str | None) -> bool:
    """Whether a text is there and has Chinese in it."""
    return bool(text and re.search("[一-鿿]", text))


@pytest.mark.parametrize("each", MODELS)
def test_every_model_says_in_chinese_what_it_is(each: type[BaseModel]) -> None:
    """A name, a colon, and what it means: both halves stand in the dictionary."""
    name, colon, meaning = inspect.cleandoc(each.__doc__ or "").partition("：")
    assert chinese(name) and colon and chinese(meaning)


@pytest.mark.parametrize(("each", "name", "field"), FIELDS, ids=[f"{each.__name__}.{name}" for each, name, _ in FIELDS])
def test_every_field_has_a_name_and_a_meaning(each: type[BaseModel], name: str, field: FieldInfo) -> None:
    """In Chinese; a field that holds a model is explained by that model."""
    assert chinese(field.title)
    assert chinese(field.description) or next(models_in(field.annotation), None) is not None


def test_every_model_of_the_plan_is_in_the_dictionary() -> None:
    """None is forgotten when one is added; the wholes that the loader puts together are not files."""
    defined = {
        each for _, each in inspect.getmembers(model, inspect.isclass) if issubclass(each, Fact) and each.__module__ == model.__name__
    }
    assert defined - WHOLES <= set(MODELS)


@pytest.mark.parametrize("rule", RULES, ids=[rule.__name__ for rule in RULES])
def test_every_rule_says_in_chinese_what_it_demands(rule: object) -> None:
    """Its docstring is the rule."""
    assert chinese(rule.__doc__) and (rule.__doc__ or "").rstrip().endswith("。")


def test_every_rule_is_called() -> None:
    """A generator of problems that stands in no list would be a rule that nobody keeps."""
    written = {
        each
        for module in (plan_checks, task_checks, indicator_checks)
        for name, each in inspect.getmembers(module, inspect.isgeneratorfunction)
        if each.__module__ == module.__name__ and not name.startswith("_")
    }
    assert {rule.__name__ for rule in written} <= {rule.__name__ for rule in RULES} | {"tasks_complete"}


def test_what_the_model_says_stands_in_the_data_folder() -> None:
    """All of it, as it is now, and no schema that nobody makes; or none of it, where a county's folder holds its data alone."""
    made = {"README.md": dictionary.markdown()} | {f"schema/{name}": text for name, text in dictionary.schemas().items()}
    there = [path for path in (OWN_DATA / "README.md", *(OWN_DATA / "schema").glob("*")) if path.exists()]
    found = {path.relative_to(OWN_DATA).as_posix(): path.read_text(encoding="utf-8") for path in there}
    assert not found or found.keys() == made.keys(), "run make docs"
    assert [name for name, text in found.items() if made[name] != text] == [], "out of date: run make docs"


@pytest.mark.parametrize("name", dictionary.FILES)
def test_a_schema_knows_the_fields_and_refuses_others(name: str) -> None:
    """Its top level, or each entry of a registry, lists every field of its model with its Chinese name."""
    whole = json.loads(dictionary.schemas()[f"{name}.schema.json"])
    schema = whole["additionalProperties"] if name in dictionary.REGISTRIES else whole
    fields = dictionary.FILES[name][1].model_fields
    assert set(schema["properties"]) == written(dictionary.FILES[name][1])
    assert schema["additionalProperties"] is False
    assert set(schema.get("required", ())) == {field.alias or name for name, field in fields.items() if field.is_required()}
    assert all(schema["properties"][field.alias or name].get("title", field.title) == field.title for name, field in fields.items())


def written(whole: type[BaseModel]) -> set[str]:
    """The names under which staff write a model's fields."""
    return {field.alias or name for name, field in whole.model_fields.items()}


def test_writing_again_changes_nothing(tmp_path: Path) -> None:
    """`make docs` writes only what differs."""
    assert {path.name for path in dictionary.write(tmp_path)} == {"README.md", *dictionary.schemas()}
    assert dictionary.write(tmp_path) == []
