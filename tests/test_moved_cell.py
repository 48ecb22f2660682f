"""A column whose target was moved away: no verdict is its own, and a report that nothing requires is called so on every page."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from macros.context import Context
from macros.parts.task_checkpoints import stages
from macros.parts.unit_progress import unit_progress
from macros.parts.verdict_board import verdict_rod

from .ledger.counties import CASES, TASK, Shown, checked, plant

JULY, COUNTY = 2, next(each for each in CASES if each.stem == "moved_onto_a_dash")


def context(folder: Path, published: str) -> Context:
    """The county whose July number was moved to September, its unit having filed a report in July all the same."""
    plant(COUNTY, folder)
    (file := folder / "plans/2023/reports/2023-07/01.yml").parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({"published": published, "by": "甲局", "summary": "继续推进。"}, ensure_ascii=False), encoding="utf-8")
    shown = Shown(checked(folder), date(2023, 9, 1))
    return Context(shown.ledger, shown.day, "2023/tasks/01/")


def test_no_badge_of_the_day_stands_at_the_column(tmp_path: Path) -> None:
    """Neither in the task's timeline nor on the board; the words say where the target went."""
    found = context(tmp_path / "county", "2023-08-05")
    stage = next(each for told in stages(found, TASK).values() for each in told if each.position == JULY)
    bead = verdict_rod(found, TASK).beads[JULY]
    assert (stage.form, stage.sign, bead.form, bead.sign) == ("bare", None, "bare", None)
    assert bead.words == "已改到9月30日" == stage.labels[0][0]


@pytest.mark.parametrize("published", ["2023-08-05", "2023-08-20"])
def test_a_report_that_nothing_requires_is_called_so(tmp_path: Path, published: str) -> None:
    """Whether it came within the ten days or after: neither 按期 nor 逾期, on the task's page and on the unit's."""
    found = context(tmp_path / "county", published)
    stage = next(each for told in stages(found, TASK).values() for each in told if each.position == JULY)
    assert stage.report == (("不要求", False),)
    assert "不要求" in str(unit_progress(found, "甲局")) and "逾期报送" not in str(unit_progress(found, "甲局"))
