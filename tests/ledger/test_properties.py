"""What holds for every plan: the three principles of the rules, on thousands of random plans."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import event, given
from hypothesis import strategies as st

from scripts.ledger.model.rules import COLOURS
from scripts.ledger.model.testimony import KINDS, Records
from scripts.ledger.plan.schedule import ends
from scripts.ledger.series.checkpoint_results import first_published, history
from scripts.ledger.series.unit_figures import unit_figures
from scripts.ledger.verdict.standing import Standing, standing

from . import plans_at_random as plans
from .scenes import SIX, promise, records, rules

GREYS_THAT_STAY = ("unreported", "incomplete")


def judge(case: dict[str, Any], as_of: date, known: date | None = None) -> Standing:
    return standing(promise(case), 1, records(case), rules(), as_of, known, "official")


def rank(found: Standing) -> int | None:
    return COLOURS.index(found.colour) if found.colour else None


def last_news(case: dict[str, Any]) -> date:
    """The day after which nothing in the testimony takes effect any more: published, dated, or about a checkpoint past."""
    told = records(case)
    published: list[date] = [record.published for kind in KINDS for record in getattr(told, kind).values()]
    spoken_of = [ends(key[:7]) for key in told.reports]
    return max([*published, *spoken_of, plans.START])


@given(plans.cases(), st.integers(1, 200), st.integers(1, 200))
def test_a_day_without_a_record_never_improves(case: dict[str, Any], wait: int, more: int) -> None:
    """A later day without new records: no better colour but green to blue; no yellow, orange or red turned grey; no silence turned green."""
    start = last_news(case) + timedelta(wait)
    before, after = judge(case, start), judge(case, start + timedelta(more))
    event(f"{before.verdict} → {after.verdict}")
    if before.state == "suspended":
        return
    if before.colour in ("yellow", "orange", "red"):
        assert after.colour is not None and COLOURS.index(after.colour) >= COLOURS.index(before.colour)
    if before.colour == "blue":
        assert after.colour is not None or after.state is None
    if before.state in GREYS_THAT_STAY:
        assert after.colour not in ("blue", "green")


@given(plans.cases(), plans.days, st.data())
def test_evidence_never_worsens(case: dict[str, Any], as_of: date, data: st.DataObject) -> None:
    """One more piece of evidence in any report leaves every colour as good as it was, and no cell later."""
    if not case["reports"]:
        return
    key = data.draw(st.sampled_from(sorted(case["reports"])))
    report = case["reports"][key]
    dated = date.fromisoformat(report["published"]) - timedelta(data.draw(st.integers(0, 90)))
    more = {**case, "reports": {**case["reports"], key: {**report, "evidence": [*report["evidence"], {"dated": str(dated)}]}}}
    before, after = judge(case, as_of), judge(more, as_of)
    if before.colour and after.colour:
        assert COLOURS.index(after.colour) <= COLOURS.index(before.colour)
    else:
        assert before.verdict == after.verdict or (before.state and after.colour == "green")
    for old, new in zip(_late(case, as_of), _late(more, as_of), strict=True):
        assert new <= old


def _late(case: dict[str, Any], as_of: date) -> list[int]:
    cells = history(promise(case), 1, records(case), rules(), as_of)
    return [
        max((label.days or 0 for label in cell.labels if label.kind == "late"), default=0) if cell.kind != "unmet" else 10_000
        for cell in cells
    ]


@given(plans.cases(), plans.days)
def test_never_better_than_its_worst_part(case: dict[str, Any], as_of: date) -> None:
    """Exactly one of colour and state; the colour is as bad as the worst judged part; silence is never blue or green."""
    found = judge(case, as_of)
    assert (found.colour is None) != (found.state is None)
    colours = [*(each.colour for each in found.numbers), *(each.colour for each in found.pieces), *(each.colour for each in found.problems)]
    parts = [colour for colour in colours if colour]
    behind = [COLOURS.index(each) for each in parts if each != "green"]
    if found.colour and behind:
        assert COLOURS.index(found.colour) == max(behind)
    if found.silent or any(each.missing for each in found.numbers) or any(each.missing for each in found.pieces):
        assert found.colour not in ("blue", "green")
    if found.state not in (None, "suspended", "no_data"):
        assert set(parts) <= {"green"}


@given(plans.cases(), plans.days)
def test_an_empty_checkpoint_changes_nothing(case: dict[str, Any], as_of: date) -> None:
    """A further checkpoint with “——” adds no duty and washes out nothing."""
    if case["task"]["cells"][0]["kind"] == "rolling" or any(str(each.get("to", "")) > "2024-01-31" for each in case["revisions"].values()):
        return
    longer = {
        **case,
        "checkpoints": [*SIX, "2024-03"],
        "task": {**case["task"], "cells": [*case["task"]["cells"], {"covers": ["2024-03"], "kind": "none"}]},
    }
    before, after = judge(case, as_of), judge(longer, as_of)
    assert (before.verdict, before.marks, before.silent) == (after.verdict, after.marks, after.silent)
    assert [reason for reason in before.reasons if reason.kind != "state"] == [reason for reason in after.reasons if reason.kind != "state"]


@given(plans.cases(), plans.days, st.randoms(use_true_random=False))
def test_the_order_of_files_changes_nothing(case: dict[str, Any], as_of: date, chance: random.Random) -> None:
    """Any order of the records gives the same standing and the same history."""
    told = records(case)
    mixed = Records.model_validate({kind: _shuffled(getattr(told, kind), chance) for kind in KINDS})
    promised = promise(case)
    assert standing(promised, 1, told, rules(), as_of) == standing(promised, 1, mixed, rules(), as_of)
    assert history(promised, 1, told, rules(), as_of) == history(promised, 1, mixed, rules(), as_of)


def _shuffled(each: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    items = list(each.items())
    chance.shuffle(items)
    return dict(items)


@given(plans.cases(), st.integers(0, 5), st.integers(0, 60), st.integers(0, 100), st.sampled_from(plans.WORDS))
def test_a_later_record_never_changes_a_frozen_brief(case: dict[str, Any], position: int, wait: int, value: int, word: str) -> None:
    """What is published after the freeze changes the present value only."""
    promised, told = promise(case), records(case)
    frozen = first_published(promised, 1, told, rules(), position)
    later = frozen.as_of + timedelta(1 + wait)
    names = [f"{cell}-1" for cell, each in enumerate(case["task"]["cells"], start=1) if each.get("pieces")]
    values = {each["id"]: str(value) for each in case["task"]["numbers"]}
    case = {
        **case,
        "reports": {
            **case["reports"],
            f"{SIX[position]}/01.3": {
                "published": str(later),
                "deliverables": dict.fromkeys(names, word),
                "indicators": values,
                "corrects": "01",
                "reason": "重复统计",
            },
        },
        "problems": {
            **case["problems"],
            "P-09.1": {"type": "found", "published": str(later), "found_on": "2023-03-01", "rectify_by": "2023-03-02"},
        },
    }
    again = first_published(promised, 1, records(case), rules(), position)
    assert again == frozen
    assert replace(again, known=later) != again


@given(plans.cases(), plans.days, st.integers(0, 300))
def test_known_never_reaches_back(case: dict[str, Any], as_of: date, wait: int) -> None:
    """Whatever is known later, a standing is given for every day, and reporting that had not opened stays without data."""
    found = judge(case, as_of, as_of + timedelta(wait))
    assert found.sentence.endswith("。")
    if str(as_of) < case["opened"]:
        assert found.state == "no_data"


@given(plans.cases(), plans.cases(), plans.days)
def test_a_joint_task_counts_for_each_lead_and_once_in_the_county(one: dict[str, Any], other: dict[str, Any], as_of: date) -> None:
    """Each lead has the task's verdict in its counts; the county has it once; 未报送 is counted as itself, neither as green nor as red."""
    tasks = {"1": {**one["task"], "lead": ["甲局", "乙局"]}, "2": {**other["task"], "lead": ["乙局"]}}
    told = {
        **one,
        "reports": {**one["reports"], **{key.replace("/01", "/02"): each for key, each in other["reports"].items()}},
        "tasks": tasks,
    }
    promised, testimony = promise(told), records(told)
    verdicts = [standing(promised, number, testimony, rules(), as_of).verdict for number in (1, 2)]
    found = unit_figures(promised, testimony, rules(), as_of)
    assert dict(found.leads["甲局"].counts) == {verdicts[0]: 1}
    for figures in (found.leads["乙局"], found.county):
        assert sum(figures.counts.values()) == 2
        assert all(figures.counts[each] == verdicts.count(each) for each in verdicts)
        assert figures.rate.part == sum(each in ("blue", "green") for each in verdicts)
        assert figures.rate.whole == sum(each in (*COLOURS, "unreported", "incomplete") for each in verdicts)
