"""What the tests stand on: fixtures that no county changes.  data/ is a county's, and gets its reports; no test may fail for that."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.store.load import load
from scripts.store.project import ROOT

from ..conftest import DATA, OWN_DATA, SAMPLE, SMALL

TESTS = ROOT / "tests"
OWN = re.compile(r"""ROOT / ["']data|OWN_DATA\b""")
"""A way into the county's own data."""
ABOUT_IT = {"conftest.py", "test_dictionary.py", "test_fixtures.py"}
"""Where it is kept off, where what the model generates into it is looked at, and here."""


def test_no_test_reads_the_countys_own_data() -> None:
    """Not its facts, not its settings, not the list of its files: whoever tries is stopped, in the process of the tests."""
    for read in (lambda: (OWN_DATA / "site.yml").read_bytes(), lambda: list(OWN_DATA.iterdir()), lambda: load(OWN_DATA)):
        with pytest.raises(RuntimeError, match="tests read fixtures"):
            read()


def test_no_test_names_the_countys_own_data() -> None:
    """So none hands it to a process of its own either, where nothing stops it."""
    named = {path.name for path in TESTS.rglob("*.py") if OWN.search(path.read_text(encoding="utf-8"))}
    assert named == ABOUT_IT


def test_a_verb_that_is_told_no_folder_takes_the_plan_as_first_published() -> None:
    """In processes that tests start, too."""
    ask = "from scripts.__main__ import _options; print(_options().data.get_default('data'))"
    done = subprocess.run([sys.executable, "-c", ask], cwd=ROOT, capture_output=True, text=True, check=True)
    assert Path(done.stdout.strip()) == DATA


def test_the_plan_as_first_published_is_a_promise_and_nothing_else() -> None:
    """42 tasks that pass every check, with a list of addresses; no event, no report, nobody who publishes it yet."""
    loaded = load(DATA)
    assert loaded.ledger is not None and loaded.messages() == []
    assert len(loaded.ledger.current.tasks) == 42
    assert {path.name for path in (DATA / "plans/2023").iterdir()} == {"permalinks.txt", "places.yml", "plan.yml", "source.txt", "tasks"}


@pytest.mark.parametrize("folder", [DATA, SAMPLE, SMALL], ids=["first published", "fictional", "small"])
def test_a_fixture_stands_on_its_own(folder: Path) -> None:
    """Its links, if any, lead to the program's rules and nowhere else: data/ may be replaced as a whole."""
    linked = [path for path in folder.rglob("*") if path.is_symlink()]
    assert {path.resolve() for path in linked} <= {ROOT / "scripts/ledger/model/rules.yml"}
