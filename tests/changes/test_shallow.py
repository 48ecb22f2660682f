"""A clone that holds only a part of the history prints no other version of the data than a whole one: it prints none, and says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.__main__ import main
from scripts.store.commits import data_stamp

from ..store.test_problems import spoil
from .repository import Repository

pytestmark = pytest.mark.slow  # each test works in a git repository of its own

ADDRESS = ("--base-url", "https://ledger.example.org/")


def clone(county: Repository, folder: Path, depth: int) -> Repository:
    """A shallow clone."""
    county.git("clone", "-q", "--depth", str(depth), f"file://{county.folder}", str(folder))
    return Repository(folder)


@pytest.fixture
def moved_on(county: Repository) -> tuple[str, int]:
    """The data was committed, twice, then the program, twice; gives the data's version."""
    spoil(county.data, {"file": "site.yml", "replace": "ledger@example.org", "with": "taizhang@county.example"})
    county.commit()
    stamp = data_stamp(county.data)
    for name in ("a", "b"):
        (county.folder / name).touch()
        county.commit(day="2023-12-02")
    assert data_stamp(county.data) == stamp and stamp[0]
    return stamp


@pytest.mark.parametrize(("depth", "known"), [(1, False), (2, False), (3, False), (9, True)])
def test_no_clone_prints_another_version(moved_on: tuple[str, int], county: Repository, tmp_path: Path, depth: int, known: bool) -> None:
    """The oldest commit of a shallow clone seems to touch everything; whoever knows better says the same, whoever does not says nothing."""
    found = data_stamp(clone(county, tmp_path / "clone", depth).data)
    assert found == (moved_on if known else ("", 0))


def test_what_a_shallow_clone_does_know_it_says(moved_on: tuple[str, int], county: Repository, tmp_path: Path) -> None:
    """The data was committed after the history begins: the same version as everywhere."""
    county.write("plans/2023/statements/S-91.yml", "published: 2023-12-01\nunit: 样例县人力社保局\ntask: 1\ntext: 说明。\n")
    newest = county.commit()
    found = data_stamp(clone(county, tmp_path / "clone", 2).data)
    assert found == data_stamp(county.data) and found[0] == newest


def test_it_says_so_and_how_to_mend_it(
    moved_on: tuple[str, int], county: Repository, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The build reminds, the page owns up, publishing is refused; after the command that is named all is well."""
    shallow = clone(county, tmp_path / "clone", 1)
    command = ["--data", str(shallow.data), *ADDRESS]
    out = tmp_path / "site"
    assert main(["site", *command, "--out", str(out), "--as-of", "2023-12-05"]) == 0
    assert "浅克隆" in (said := capsys.readouterr().err) and "git fetch --unshallow" in said
    page = (out / "index.html").read_text(encoding="utf-8")
    assert "版本不明" in page and shallow.git("rev-parse", "HEAD")[:10] not in page
    assert main(["publishable", *command]) == 1
    assert "还不能正式发布" in (said := capsys.readouterr().err) and "git fetch --unshallow" in said
    shallow.git("fetch", "-q", "--unshallow")
    assert main(["publishable", *command]) == 0
    assert data_stamp(shallow.data) == moved_on and "浅克隆" not in capsys.readouterr().err


def test_a_folder_without_history_is_not_taken_for_a_shallow_clone(
    moved_on: tuple[str, int], county: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    """Outside git there is no version either, and nothing to fetch."""
    (county.folder / ".git").rename(county.folder / "put away")
    assert main(["publishable", "--data", "data", *ADDRESS]) == 0
    assert "浅克隆" not in capsys.readouterr().err
