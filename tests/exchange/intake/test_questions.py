"""What people are asked follows from the model, speaks Chinese alone, and stands in the committed forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from scripts.exchange.forms.questions import FORMS, Form, Group, Question, unasked
from scripts.exchange.intake.issue_forms import FOLDER, form_files
from scripts.exchange.intake.labels import BEFORE, KIND, PLAN
from scripts.ledger.model.fields import literals, models_in, written
from scripts.ledger.model.records import Record, Report
from scripts.ledger.model.testimony import KINDS, Records
from scripts.store.project import ROOT

BY_PROGRAM = {"type", "record", "filed", "task", "results"}
"""Fields that nobody is asked for: which kind a record is; which record a tombstone names, when that was public, and what is kept of it."""
ENGLISH = re.compile(r"[A-Za-z]{2,}")


def questions(form: Form) -> Iterator[tuple[Question, Group | None]]:
    yield from ((each, None) for each in form.questions)
    yield from ((each, group) for group in form.groups for each in group.questions)


def test_every_record_but_reports_can_be_filled_in() -> None:
    """Each model of every folder has a form; reports have a workbook of their own (sheet out)."""
    models = {model for kind in KINDS for model in models_in(Records.model_fields[kind].annotation) if issubclass(model, Record)}
    assert {model for form in FORMS for model in form.models.values()} == models - {Report}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_every_field_is_asked_for(form: Form) -> None:
    """A field added to the model is asked for, or is here said to be filled in by the program."""
    by_program = BY_PROGRAM if form.folder == "withdrawals" else {"type"}
    assert {each.partition(".")[2] for each in unasked(form)} <= by_program
    for group in form.groups:
        model = next(models_in(written(next(iter(form.models.values())))[group.key].annotation))
        assert {each.keys[""] for each in group.questions} == set(written(model))


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_what_the_model_requires_is_required(form: Form) -> None:
    """Of each variant; so nothing but the checks can refuse what was filled in whole."""
    for variant, model in form.models.items():
        needed = {each.keys[variant] for each in form.questions if variant in each.needed and variant in each.keys}
        assert needed | BY_PROGRAM >= {key for key, each in written(model).items() if each.is_required()}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_no_english_word_is_shown(form: Form) -> None:
    """Labels, meanings, examples and choices; addresses and the numbers of problems and documents apart."""
    shown = [form.title, form.about, *(group.sheet + group.label + group.example for group in form.groups)]
    for question, _ in questions(form):
        shown += [question.label, question.told, *question.choices, re.sub(r"https?://\S+", "", question.example)]
    assert [each for each in shown if ENGLISH.search(each)] == []


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_every_choice_of_the_model_has_a_word(form: Form) -> None:
    """And no word means what the model does not know."""
    for question, group in questions(form):
        if not question.choices or not question.keys:
            continue
        for variant, key in question.keys.items():
            model = form.models[variant]
            field = written(next(models_in(written(model)[group.key].annotation)))[key] if group else written(model)[key]
            assert set(literals(field)) == set(question.choices.values()), question.label


def test_titles_and_sheets_are_told_apart() -> None:
    """No two sheets of one name, none longer than a spreadsheet permits; labels of one form differ."""
    names = [name for form in FORMS for name in (form.title, *(group.sheet for group in form.groups))]
    assert len(names) == len(set(names)) and max(map(len, names)) <= 31
    for form in FORMS:
        labels = [*(each.label for each in form.questions), *(group.label for group in form.groups), KIND, PLAN, BEFORE]
        assert len(labels) == len(set(labels))


# ---------------------------------------------------------------- the committed forms


def test_the_committed_forms_are_the_generated_ones() -> None:
    """`make docs` after a change of the model or the questions; none is left over."""
    there = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in (ROOT / FOLDER).glob("record-*.yml")}
    assert there == form_files()


ATTRIBUTES = {
    "markdown": {"value"},
    "input": {"label", "description", "placeholder"},
    "textarea": {"label", "description", "placeholder"},
    "dropdown": {"label", "description", "options", "default"},
    "checkboxes": {"label", "options"},
}
"""The parts that the hosts know, and what each may say, as far as our forms use them."""


@pytest.mark.parametrize("name", form_files())
def test_a_form_is_one_that_the_hosts_accept(name: str) -> None:
    """Known parts with known words, ids of their own, options that differ; first the warning, then which form it is; last the pledge."""
    form: dict[str, Any] = yaml.safe_load(form_files()[name])
    assert set(form) == {"name", "description", "title", "body"} and form["name"].startswith("工作人员：")
    for part in form["body"]:
        assert set(part) <= {"type", "id", "attributes", "validations"} and set(part["attributes"]) <= ATTRIBUTES[part["type"]]
        options = part["attributes"].get("options", [])
        assert len({str(each) for each in options}) == len(options) and "" not in part["attributes"].values()
    ids = [part["id"] for part in form["body"] if part["type"] != "markdown"]
    assert len(set(ids)) == len(ids) == len(form["body"]) - 1 and all(re.fullmatch("[a-z0-9-]+", each) for each in ids)
    first, kind, last = form["body"][0], form["body"][1], form["body"][-1]
    assert first["attributes"]["value"].startswith("**这里写的，所有人都看得到。") and "12345" in first["attributes"]["value"]
    assert kind["attributes"]["label"] == KIND and kind["attributes"]["default"] == 0 and kind["validations"]["required"]
    assert last["attributes"]["options"][0]["required"] is True


def test_the_form_for_citizens_stands_first() -> None:
    """Hosts list the forms by the names of their files."""
    names = sorted(path.name for path in (ROOT / FOLDER).glob("*.yml") if path.name != "config.yml")
    assert names[0] == "error.yml" and all(name.startswith("record-") for name in names[1:])
