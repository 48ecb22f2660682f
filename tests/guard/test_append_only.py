"""Nothing published is edited, deleted or renamed.  Each case in cases/ is a change and the exact messages that it gets; a new case is a
new file there.  `python -m tests.guard.test_append_only` writes what the guard says now into every case: read the difference.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml

from scripts.__main__ import main
from scripts.ledger.append_only import EDITORS_OWN, parting
from scripts.ledger.model import Plan, Task
from scripts.yamltext import parse

from ..conftest import snapshot
from ..test_problems import PYTHON, spoil
from .repository import Repository, found

FOLDER = Path(__file__).parent / "cases"
CASES = sorted(path.stem for path in FOLDER.glob("*.yml"))
TODAY = "2023-12-01"

pytestmark = pytest.mark.slow  # each test works in a git repository of its own


def read(case: str) -> dict[str, Any]:
    """A case by its phrase."""
    wanted: dict[str, Any] = yaml.safe_load((FOLDER / f"{case}.yml").read_text(encoding="utf-8"))
    return wanted


def guard(*more: str) -> int:
    """The command, seen from inside the repository."""
    return main(["guard", "--data", "data", "--today", TODAY, *more])


@pytest.mark.parametrize("case", CASES)
def test_the_change_gets_these_messages(case: str, county: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """Every message, whole, in order, with file and line; no message means that the change is allowed; nothing is written."""
    wanted = read(case)
    for change in wanted["changes"]:
        spoil(county.data, change)
    before = snapshot(county.folder)
    code = guard()
    assert capsys.readouterr().out.splitlines() == wanted["messages"]
    assert code == (1 if wanted["messages"] else 0)
    assert snapshot(county.folder) == before


@pytest.mark.parametrize("case", ["a_published_value_edited", "a_report_renamed", "a_report_withdrawn"])
def test_it_is_the_same_once_committed(case: str, county: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """A commit on the branch does not make a change published: it is held against what the branch and main share."""
    wanted = read(case)
    for change in wanted["changes"]:
        spoil(county.data, change)
    county.commit()
    assert guard("--base", "main") == (1 if wanted["messages"] else 0)
    assert capsys.readouterr().out.splitlines() == wanted["messages"]


@pytest.mark.parametrize("case", [case for case in CASES if read(case)["messages"]])
def test_a_refusal_says_how_to_go_on(case: str) -> None:
    """In plain Chinese, with the way to correct instead; no word of Python's."""
    for message in read(case)["messages"]:
        assert any(word in message for word in ("另写", "改回", "恢复", "filed: ", "public_at")), message
        assert not PYTHON.search(message)


def test_main_may_move_on_meanwhile(county: Repository) -> None:
    """What others published since the branch began is not held against it."""
    county.git("checkout", "-q", "main")
    county.write("plans/2023/statements/S-91.yml", "published: 2023-12-01\nunit: 样例县教委\ntask: 3\ntext: 说明。\n")
    county.commit()
    county.git("checkout", "-q", "work")
    assert guard("--base", "main") == 0


def test_the_first_commit_of_a_file_counts(county: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """A record committed in time and merged weeks later is not backdated; one committed late is, whatever day it is checked."""
    county.write("plans/2023/statements/S-91.yml", "published: 2023-11-01\nunit: 样例县人力社保局\ntask: 1\ntext: 说明。\n")
    county.commit(day="2023-11-03")
    assert guard() == 0
    county.write("plans/2023/statements/S-92.yml", "published: 2023-11-01\nunit: 样例县人力社保局\ntask: 1\ntext: 说明。\n")
    county.commit(day="2023-11-09")
    assert guard() == 1
    assert capsys.readouterr().out.count("\n") == 1


def test_a_report_amended_before_it_is_public_may_change(county: Repository) -> None:
    """A branch is not public: its own commits may be put right."""
    county.write("plans/2023/statements/S-91.yml", "published: 2023-12-01\nunit: 样例县人力社保局\ntask: 1\ntext: 说错了。\n")
    county.commit()
    county.write("plans/2023/statements/S-91.yml", "published: 2023-12-01\nunit: 样例县人力社保局\ntask: 1\ntext: 说对了。\n")
    assert guard() == 0


def test_a_new_year_is_no_breach(county: Repository) -> None:
    """The next plan is added beside the old one; a base from before the data existed holds nothing."""
    before = county.git("commit-tree", "-m", "empty", county.git("mktree", "--missing"))
    county.git("update-ref", "refs/heads/empty", before)
    county.git("checkout", "-q", "--orphan", "grown")
    county.git("reset", "-q", "--soft", "empty")
    county.commit()
    code = guard("--base", "empty")
    assert code == 1, "the records of long ago have no public_at"
    (county.data / "plans/2031").mkdir()
    county.git("checkout", "-q", "work")
    assert guard() == 0


# ---------------------------------------------------------------- annotations


def test_on_a_pull_request_the_message_stands_at_the_line(county: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """A workflow annotation with the path from the root of the repository and the line of the edited value."""
    spoil(county.data, {"file": "plans/2023/revisions/R-01.yml", "replace": "to: 5000", "with": "to: 4000"})
    assert guard("--format", "github") == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("::error file=data/plans/2023/revisions/R-01.yml,line=6,title=数据有错::to 已公布的记录不改。请改回「5000」")


# ---------------------------------------------------------------- where there is nothing to compare


def test_a_shallow_clone_is_told_how_to_fetch_the_rest(
    county: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No guess from half a history: it ends non-zero with the command that helps, and after that command it works."""
    county.write("plans/2023/statements/S-91.yml", "published: 2023-12-01\nunit: 样例县人力社保局\ntask: 1\ntext: 说明。\n")
    county.commit()
    county.git("clone", "-q", "--depth", "1", "--no-single-branch", f"file://{county.folder}", str(tmp_path / "shallow"))
    monkeypatch.chdir(tmp_path / "shallow")
    assert guard() == 1
    assert "git fetch --unshallow" in capsys.readouterr().err
    Repository(tmp_path / "shallow").git("fetch", "-q", "--unshallow")
    assert guard() == 0


def test_a_base_that_is_not_here_is_named(county: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    assert guard("--base", "origin/nowhere") == 1
    assert "这里没有「origin/nowhere」这个提交或分支" in capsys.readouterr().err


def test_a_name_that_looks_like_an_option_is_a_name(county: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """What a pull request calls itself never becomes an option of git."""
    assert guard("--base=--output=x") == 1
    assert "这里没有「--output=x」" in capsys.readouterr().err
    assert not (county.folder / "x").exists()


def test_no_commit_wished_means_the_public_branch(county: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """Hosts write zeros for "no commit"."""
    assert guard("--base", "0" * 40) == 0
    county.git("branch", "-m", "main", "somewhere")
    assert guard() == 1
    assert "make guard BASE=" in capsys.readouterr().err


def test_a_folder_outside_git_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    assert guard() == 1
    assert "不在 git 仓库里" in capsys.readouterr().err


# ---------------------------------------------------------------- parts


def test_what_the_editor_owns_are_fields_that_exist() -> None:
    """So that a renamed field does not unlock or lock anything by accident."""
    for kind, model in (("tasks", Task), ("plan", Plan)):
        properties = json.dumps(model.model_json_schema(by_alias=True))
        for path in EDITORS_OWN[kind]:
            assert f'"{path[-1]}":' in properties and path[0] in model.model_fields


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("a: 1\nb: 2", "b: 2\na: 1", None),
        ("a: [1, 2]", "a: [1]", ("a", 1)),
        ("a: [1]", "a: [1, 2]", ("a", 1)),
        ("a: 1", "a: 1\nb: 2", ("b",)),
        ("a: {b: {c: 1}}", "a: {b: {c: 2}}", ("a", "b", "c")),
        ("a: 1", "a: [1]", ("a",)),
        ("a: 1", "- 1", ()),
    ],
)
def test_two_files_part_where_they_first_say_different_things(old: str, new: str, path: tuple[str | int, ...] | None) -> None:
    """The first difference in the order of the new file; None where they say the same."""
    assert parting(parse(old.encode()).value, parse(new.encode()).value) == path


def _write_messages() -> None:
    """What the guard says now, into every case."""
    import contextlib
    import io
    import os
    import shutil

    with TemporaryDirectory() as folder:
        seed = found(Path(folder) / "seed").folder
        for case in CASES:
            repository = Repository(Path(shutil.copytree(seed, Path(folder) / case)))
            os.chdir(repository.folder)
            wanted = read(case)
            for change in wanted["changes"]:
                spoil(repository.data, change)
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                guard()
            head = (FOLDER / f"{case}.yml").read_text(encoding="utf-8").partition("messages:")[0]
            lines = [f"  - {json.dumps(line, ensure_ascii=False)}\n" for line in out.getvalue().splitlines()]
            (FOLDER / f"{case}.yml").write_text(head + ("messages:\n" + "".join(lines) if lines else "messages: []\n"), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(_write_messages())
