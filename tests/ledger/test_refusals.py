"""What the checks of the testimony refuse, and what they let pass; every rule is shown by a row."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from scripts.ledger.checks.checking import Checking, type_rule
from scripts.ledger.checks.testimony_checks import RECORD_RULES, check_records
from scripts.ledger.model.problems import Problem
from scripts.ledger.model.promise import Ledger
from scripts.ledger.model.rules import Rules
from scripts.ledger.phrases.problems import render_problem

from .scenes import HERE, merged, promise, read, records, rules

FILES = sorted((HERE / "refusals").glob("*.yml"))
ROWS = [
    (f"{path.stem}[{index}]", merged({k: v for k, v in read(path).items() if k != "rows"}, row))
    for path in FILES
    for index, row in enumerate(read(path)["rows"], start=1)
]


def ledger_of(case: dict[str, Any], by: Rules) -> Ledger:
    """A ledger of the case's plan and testimony."""
    units = {name: {"slug": slug, "kind": "department"} for name, slug in (("甲局", "jia"), ("乙局", "yi"))}
    settings = {"publisher": {"kind": "official"}, "licence": "CC BY 4.0"}
    return Ledger.model_validate(
        {"settings": settings, "units": units, "rules": by, "promises": {"2023": promise(case)}, "records": {"2023": records(case)}}
    )


def found(case: dict[str, Any], by: Rules) -> list[Problem]:
    ledger = ledger_of(case, by)
    return list(check_records(ledger, "2023", ledger.records["2023"], by))


def messages(case: dict[str, Any], by: Rules) -> list[str]:
    return [render_problem(problem, "data", 1) for problem in found(case, by)]


@pytest.mark.parametrize(("name", "case"), ROWS, ids=[name for name, _ in ROWS])
def test_refusal(name: str, case: dict[str, Any]) -> None:
    """A row gives just the messages that it expects: the file and what must hold."""
    said = messages(case, rules())
    assert len(said) == len(case["expect"]), said
    for expected in case["expect"]:
        assert any(all(word in message for word in expected.split(" ", 1)) for message in said), (expected, said)


def test_every_rule_is_shown() -> None:
    """Each rule has a Chinese docstring and a row that names it and is refused."""
    shown = {case["rule"] for _, case in ROWS if case["expect"] and "rule" in case}
    assert {rule.__name__ for rule in RECORD_RULES} == shown
    assert all(rule.__doc__ and any("一" <= char <= "鿿" for char in rule.__doc__) for rule in RECORD_RULES)


def test_a_rule_is_needed() -> None:
    """The rule that a row names is the one that refuses it."""
    by_name = {rule.__name__: rule for rule in RECORD_RULES}
    for name, case in ROWS:
        if "rule" in case:
            assert _from(by_name[case["rule"]], case), name


def _from(rule: type_rule, case: dict[str, Any]) -> list[Problem]:
    ledger = ledger_of(case, rules())
    return list(rule(Checking(ledger, ledger.promises["2023"], ledger.records["2023"], rules())))


def test_case_files_have_promises() -> None:
    for path in FILES:
        assert isinstance(path, Path) and len(read(path)["promise"]) > 8
