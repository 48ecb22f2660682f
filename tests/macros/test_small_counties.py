"""What the small counties of the colour rules come to is what their built sites say: the task's page, the unit's page, the brief, the tables.

The figures themselves are held in tests/ledger/test_counties.py, case by case.  Here a few sites are built; LEDGER_SOAK builds one for every case.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from scripts.ledger.series.briefs import first_figures
from scripts.ledger.series.unit_figures import Figures
from scripts.site.build import build_site
from scripts.tables.verdict_tables import JUDGED

from ..conftest import BASE_URL
from ..exports.open_data.taken import rows
from ..ledger.counties import CASES, TASK, Shown, checked, plant
from ..ledger.scenes import read
from ..reading import all_of, one, read_page, text

pytestmark = pytest.mark.slow
FEW = ("moved_onto_a_dash", "frozen_after_withdrawal_kept", "number_moved_beyond_closed")
"""A target moved away, a report taken down after two briefs, a number parked after the closing day."""


@pytest.fixture(
    scope="module", params=[each for each in CASES if each.stem in FEW or os.environ.get("LEDGER_SOAK")], ids=lambda each: each.stem
)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Shown]:
    """The site of a case on its last day, and what it must show."""
    folder = plant(request.param, tmp_path_factory.mktemp("county") / request.param.stem)
    known = date.fromisoformat(max(read(request.param)["days"]))
    shown = Shown(checked(folder), known)
    return build_site(folder, tmp_path_factory.mktemp("site") / "site", known, BASE_URL).out, shown


def test_the_tables_are_those_published(built: tuple[Path, Shown]) -> None:
    """Every table of verdicts, cells and units stands in the site as it was read in the cases."""
    site, shown = built
    for table in JUDGED:
        assert rows(site, table.name) == shown.rows(table.name), table.name


def test_the_tasks_page(built: tuple[Path, Shown]) -> None:
    """The sentence whole, every mark, and at each checkpoint what its cell says."""
    site, shown = built
    page = read_page(site / "2023/tasks/01/index.html")
    assert text(one(page, ".hero .reason")) == shown.day.standings[TASK].sentence
    for words in (label for row in shown.cells for label in row.split("、") if "报送" not in label):
        assert words in text(one(page, "#cells"))


def test_the_units_page(built: tuple[Path, Shown]) -> None:
    """Both rates and what left them, beside each other."""
    site, shown = built
    for name, figures in shown.day.figures.leads.items():
        page = read_page(site / f"2023/units/{shown.ledger.units[name].slug}/index.html")
        said = {text(one(each, "dt")): text(one(each, "strong")) for each in all_of(page, ".ratios div")}
        assert list(said.values()) == [figures.rate.text, figures.speed.text, figures.solved.text, "——", figures.left.text]


def test_the_briefs(built: tuple[Path, Shown]) -> None:
    """Each brief keeps the first result and its sentence; beside it stands what is read today, where that differs."""
    site, shown = built
    for position in shown.day.briefed:
        page = read_page(site / f"2023/checkpoints/{shown.day.promise.plan.checkpoints[position].id}/index.html")
        first, now = shown.day.first(position)[TASK], shown.day.now(position)[TASK]
        frozen = " ".join(text(each) for part in ("#gaps", "#rest") for each in all_of(page, part))
        assert first.sentence in frozen
        assert (now.sentence in text(one(page, "#today"))) == (now.sentence != first.sentence)
        assert _first(shown, position).left.text in text(one(page, "#units"))


def _first(shown: Shown, position: int) -> Figures:
    return first_figures(shown.day, position).county
