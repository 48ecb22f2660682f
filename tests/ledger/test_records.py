"""The models of the testimony: documented, strict, known to the loader's messages."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import BaseModel, ValidationError

from scripts.ledger.checks.explain import explain_all
from scripts.ledger.model import proceedings, records, rules
from scripts.ledger.model.fields import field_at
from scripts.ledger.model.problems import Place
from scripts.ledger.model.testimony import Records, record_file, report_id, step_id
from scripts.ledger.model.values import Fact

MODELS = sorted(
    {
        each
        for module in (records, proceedings, rules)
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, Fact) and each is not Fact
    },
    key=lambda model: model.__name__,
)


@pytest.mark.parametrize(
    "model", [model for model in MODELS if model.__module__ != "scripts.ledger.model.wordbook"], ids=lambda model: model.__name__
)
def test_every_field_is_documented(model: type[BaseModel]) -> None:
    """A Chinese docstring, and a Chinese name for each field."""
    assert model.__doc__ and _chinese(model.__doc__)
    for name, field in model.model_fields.items():
        assert field.title and _chinese(field.title), name


def _chinese(text: str) -> bool:
    return any("一" <= char <= "鿿" for char in text)


def test_names_of_files() -> None:
    """A report's name gives checkpoint, task, sequence; anything else is not a name."""
    assert report_id("2023-05/24.2") == ("2023-05", 24, 2)
    assert report_id("2023-05/01") == ("2023-05", 1, 1)
    assert [report_id(f"2023-05/{name}") for name in ("1", "024", "24.1", "24.02", "a")] == [None] * 5
    assert (step_id("P-07.2"), step_id("P-07")) == (("P-07", 2), None)
    assert record_file("2023", "reports", "2023-05/24") == "plans/2023/reports/2023-05/24.yml"


def test_a_change_is_written_with_from_and_to() -> None:
    """Staff write `from` and `to`; the messages know the fields by these names."""
    field, around = field_at(records.Revision, ("from",))
    assert field is not None and field.title == "原来"
    assert {"from", "to"} <= set(around) and "before" not in around


@pytest.mark.parametrize(
    ("change", "must"),
    [
        ({"deliverables": {"2": "done"}}, "必须是事项的编号"),
        ({"deliverables": {"2-1": "finished"}}, "只能是 done"),
        ({"indicators": {"jobs": "1e3"}}, "必须是数字"),
        ({"published": "2023-6-5"}, "必须是日期"),
        ({"note": "x"}, "不是这里的字段"),
        ({"evidence": [{"title": "a", "dated": "2023-05-20", "kind": "b", "url": "ftp://x"}]}, "必须是 http"),
    ],
)
def test_a_wrong_report_is_refused_in_chinese(change: dict[str, object], must: str) -> None:
    """The loader's wording explains what must hold, without a class name."""
    value = {"published": "2023-06-05", "by": "县教委", **change}
    with pytest.raises(ValidationError) as error:
        records.Report.model_validate(value)
    problem = next(explain_all(error.value.errors(), records.Report, value, Place("x.yml")))
    assert must in problem.must


def test_records_are_immutable_and_ordered_by_task() -> None:
    told = Records.model_validate(
        {"reports": {key: {"published": "2023-06-05", "by": "县教委"} for key in ("2023-05/24.2", "2023-03/24", "2023-05/24", "x/24x")}}
    )
    assert told.reports_of == {24: (("2023-03", 1, "2023-03/24"), ("2023-05", 1, "2023-05/24"), ("2023-05", 2, "2023-05/24.2"))}
    with pytest.raises(ValidationError):
        told.reports["2023-03/24"].published = date(2023, 1, 1)
