"""What a message offers works: every suggestion and every example of every known mistake is written, and the message is gone.

The mistakes are those of the tables: problems/ (files of a county) and ledger/refusals/ (records against their plan).  A workbook's are in
sheets/test_round.py, those about addresses in test_remedies.py, the guard's in guard/test_remedies.py.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from scripts.exports.dictionary import FILES
from scripts.ledger.checks.suggestions import choice_meant
from scripts.ledger.checks.testimony_checks import check_records
from scripts.ledger.model.fields import choice_words, literals, models_in
from scripts.ledger.model.problems import Problem
from scripts.ledger.model.rules import Rules
from scripts.ledger.model.testimony import Records
from scripts.store.load import Loaded, load

from ..conftest import plant
from ..ledger import test_refusals as refusals
from ..ledger.scenes import records, rules
from . import test_problems as problems
from .offers import done, of_a_name, offers, renamed

UNTOUCHED = ("还没有录入",)
"""Said of source.txt, which nobody edits."""


@pytest.fixture
def county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return plant(Path("data"))


@pytest.mark.parametrize("case", problems.CASES)
def test_what_is_offered_for_a_file_works(case: str, county: Path) -> None:
    """Each offer alone, written where the message points: that message is not said again, and a suggested value is not refused in its
    place for another reason."""
    for change in problems.read(case)["changes"]:
        problems.spoil(county, change)
    loaded = load(county)
    for problem in loaded.problems:
        for offer in offers(problem):
            followed = Path(shutil.copytree(county, "followed", symlinks=True))
            file = follow(followed, loaded, problem, offer)
            after = load(followed).problems
            shutil.rmtree(followed)
            assert [each for each in after if each.at.file == file and again(each, problem)] == [], (problem, offer)
            known = {(each.at, each.must) for each in loaded.problems}
            new = [each for each in after if each.at == problem.at and (each.at, each.must) not in known]
            assert offer != problem.nearest or not problem.at.path or new == [], (problem, offer)


def again(after: Problem, before: Problem) -> bool:
    """Whether the same thing is said of the same place."""
    place = after.at.path == before.at.path and (before.line is None or after.line == before.line)
    return place and after.must.partition("（")[0] == before.must.partition("（")[0] and not any(each in after.must for each in UNTOUCHED)


def follow(folder: Path, loaded: Loaded, problem: Problem, offer: str) -> str:
    """Do what is offered in a copy of the data; gives the file that the message would be about now."""
    file = folder / problem.at.file
    if of_a_name(problem):
        to = renamed(problem.at.file, offer)
        (folder / to).parent.mkdir(parents=True, exist_ok=True)
        file.rename(folder / to)
        return to
    if not file.exists() or file.is_dir():
        made = file.parent / offer
        made.parent.mkdir(parents=True, exist_ok=True)
        made.write_text("", encoding="utf-8")
    elif problem.line is None and problem.at.file in loaded.trees:
        tree = done(loaded.trees[problem.at.file].value, problem, offer)
        file.write_text(yaml.safe_dump(tree, allow_unicode=True, sort_keys=False), encoding="utf-8")
    else:
        lines, at = file.read_bytes().decode(errors="replace").split("\n"), (problem.line or 1) - 1
        lines[at] = re.match(" *", lines[at])[0] + offer  # type: ignore[index]
        file.write_text("\n".join(lines), encoding="utf-8")
    return problem.at.file


@pytest.mark.parametrize(("name", "case"), refusals.ROWS, ids=[name for name, _ in refusals.ROWS])
def test_what_is_offered_for_a_record_works(name: str, case: dict[str, Any]) -> None:
    """The same for records that can be read, and do not agree with their plan or with each other."""
    by = rules()
    ledger = refusals.ledger_of(case, by)
    raw = records(case).model_dump(mode="json", by_alias=True, exclude_unset=True)
    for problem in refusals.found(case, by):
        _, _, kind, key = problem.at.file.removesuffix(".yml").split("/", 3)
        for offer in offers(problem):
            named = renamed(problem.at.file, offer) if of_a_name(problem) else problem.at.file
            new = {each: dict(values) for each, values in raw.items()}
            tree = new[kind].pop(key)
            new[kind][named.removesuffix(".yml").split("/", 3)[3]] = tree if of_a_name(problem) else done(_text(tree), problem, offer)
            if problem.at.path[-1:] == ("type",):
                continue  # another kind of record asks for its own fields: tried on files, above
            changed = Records.model_validate(new)
            after = check_records(ledger.model_copy(update={"records": {"2023": changed}}), "2023", changed, by)
            assert [each for each in after if each.at.file == named and again(each, problem)] == [], (problem, offer)


def _text(value: Any) -> Any:
    """A record's values as a file holds them: text."""
    if isinstance(value, dict):
        return {key: _text(each) for key, each in value.items()}
    return [_text(each) for each in value] if isinstance(value, list) else str(value)


# ---------------------------------------------------------------- fixed choices


def choices() -> Iterator[tuple[str, FieldInfo]]:
    """Every field of fixed choices in all that staff write."""
    seen = set[type[BaseModel]]()

    def walk(model: type[BaseModel]) -> Iterator[tuple[str, FieldInfo]]:
        if model in seen:
            return
        seen.add(model)
        for key, field in model.model_fields.items():
            if literals(field):
                yield f"{model.__name__}.{key}", field
            for inner in models_in(field.annotation):
                yield from walk(inner)

    for each in (*(model for _, model, _ in FILES.values()), Rules, Records):
        yield from walk(each)


CHOICES = dict(choices())


def test_the_fixed_choices_are_found() -> None:
    assert {"TaskFinding.colour", "Report.deliverables", "Meeting.kind", "Unit.kind", "Publisher.kind", "Lateness.yellow"} - set(
        CHOICES
    ) == {"Lateness.yellow"}
    assert len(CHOICES) > 25


@pytest.mark.parametrize("name", CHOICES)
def test_whoever_writes_a_choice_in_chinese_is_given_the_word(name: str) -> None:
    """Each choice has its Chinese word in the field's description, and each word leads back to its choice; so does a slip of a letter."""
    field = CHOICES[name]
    words = choice_words(field)
    if len(words) == 1:
        assert words.keys() != {"true"} or choice_meant("是", words) == choice_meant("Yes", words) == "true"
        return
    assert all(words.values()), words
    for choice, word in words.items():
        assert choice_meant(word, words) == choice, word
        if len(choice) > 4:
            assert choice_meant(choice[:-1] + "x", words) == choice
