"""What a workbook says, task by task, and the reports to be made of it, each value with the cell behind it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from scripts.ledger.checks.explain import explain_all
from scripts.ledger.model.problems import Place, Problem
from scripts.ledger.model.records import Report
from scripts.ledger.phrases.formats import number_words

from ..forms.new_record import New, ValuePath
from . import columns as c
from .rows import Findings, Row


@dataclass
class Answer:
    """What the workbook says of one task: the row of the task, and values with their rows."""

    head: Row | None = None
    said: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=lambda: {"deliverables": {}, "done_on": {}, "indicators": {}})
    funding: list[dict[str, str]] = field(default_factory=list)
    evidence: list[dict[str, str]] = field(default_factory=list)
    places: dict[ValuePath, Place] = field(default_factory=dict)
    any_row: Row | None = None


def validated(new: New, findings: Findings) -> None:
    """Through the model that reads the files: its words, at our cells."""
    try:
        new.record = Report.model_validate(new.fields)
    except ValidationError as error:
        for problem in explain_all(error.errors(include_url=False), Report, new.fields, Place("")):
            findings.problems.append(at_cell(problem, new))


def at_cell(problem: Problem, new: New) -> Problem:
    """A finding about a report's field as one about the cell behind it, in the words of the sheet."""
    path = problem.at.path
    missing = next((name for head, name in c.HEAD_FIELDS.items() if f"缺少必填的 {name}" in problem.must), None)
    inner = next((name for name in (*c.MONEY_FIELDS.values(), *c.PROOF_FIELDS.values()) if f"缺少必填的 {name}" in problem.must), None)
    if missing and not path:
        path = (missing,)
    elif inner:
        path = (*path, inner)
    place, example = new.place(path), problem.example
    heads = {name: head for head, name in (*c.HEAD_FIELDS.items(), *c.MONEY_FIELDS.items(), *c.PROOF_FIELDS.items())}
    must = "不能空着" if missing or inner else problem.must
    for words, said in (("corrects 和 reason", c.REASON), ("corrects", c.REASON), ("报 done 的", "选“完成”的")):
        must = must.replace(words, said)
    if example and (": " in example or example.startswith("{")):
        example = example.partition(": ")[2] if missing or inner else None
    found = c.STATE_WORDS.get(problem.found or "", problem.found)
    head = heads.get(str(path[-1])) if path else None
    return Problem(Place(place.file, (head,) if head else place.path), must, found, problem.nearest, example, warning=problem.warning)


def listed(fields: dict[str, Any]) -> dict[str, Any]:
    """Groups numbered 0, 1, 2 … as lists."""
    return {
        key: [value[n] for n in sorted(value, key=_order)] if key in ("funding", "evidence") and isinstance(value, dict) else value
        for key, value in fields.items()
    }


def _order(number: str) -> tuple[int, str]:
    return (int(number), "") if number.isdigit() else (10**9, number)


def written_value(value: object) -> str | None:
    """A value as a file would write it."""
    return None if value is None else value if isinstance(value, str) else number_words(value) if hasattr(value, "as_tuple") else str(value)  # type: ignore[arg-type]


def flat(value: Any) -> dict[str, Any]:
    """The fields of a fact that are there, as text."""
    found = {name: getattr(value, name) for name in type(value).model_fields}
    return {
        name: [flat(item) for item in each] if isinstance(each, tuple) else each if isinstance(each, dict) else written_value(each)
        for name, each in found.items()
        if each not in (None, (), {})
    }
