"""A county keeps the rules file that it began with: the next version of the program goes on working with its words.

`tests/fixtures/older_rules/N.yml` is the file as version N of the rules shipped it.  Whoever changes what a sentence may hold adds the file of
the version before.
"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from scripts.ledger.series.day import desk_day
from scripts.site.build import build_site
from scripts.store.load import load

from ..conftest import ROOT, SAMPLE

OLDER = sorted((ROOT / "tests/fixtures/older_rules").glob("*.yml"))
DAYS = [date(2023, month, 11) for month in (4, 6, 8, 10, 12)] + [date(2024, 3, 31)]


@pytest.fixture(params=OLDER, ids=lambda path: f"version {path.stem}")
def county(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The fictional county with the rules of an older version, whatever kind its publisher is."""
    folder = Path(shutil.copytree(SAMPLE, tmp_path / "data", ignore=shutil.ignore_patterns("rules.yml")))
    shutil.copy(request.param, folder / "rules.yml")
    return folder


@pytest.mark.parametrize("kind", ["official", "independent"])
def test_every_verdict_of_the_year_is_said_in_its_words(county: Path, kind: str) -> None:
    """The check finds nothing wrong with the file, and no sentence lacks what it asks for."""
    settings = county / "site.yml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("kind: official", f"kind: {kind}"), encoding="utf-8")
    loaded = load(county)
    assert loaded.ledger is not None, loaded.messages()
    for day in DAYS:
        for standing in desk_day(loaded.ledger, "2023", day).standings.values():
            assert standing.sentence and "{" not in standing.sentence


@pytest.mark.slow
def test_its_site_builds(county: Path, tmp_path: Path) -> None:
    """Every page, card, feed and table, in the middle of the year."""
    assert (build_site(county, tmp_path / "site", date(2023, 8, 11), "https://ledger.example.org/").out / "index.html").exists()
