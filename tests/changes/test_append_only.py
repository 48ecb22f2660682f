"""Nothing published is edited, deleted or renamed.  Each case in cases/ is a change and the exact messages that it gets; a new case is a
new file there.  `python -m tests.changes.test_append_only` writes what the guard says now into every case: read the difference.
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
from scripts.changes.append_only import EDITORS_OWN, parting
from scripts.ledger.model.promise import Plan, Task
from scripts.store.yaml_reader import parse

from ..conftest import snapshot
from ..store.test_problems import PYTHON, spoil
from .repository import Repository, found

FOLDER = Path(__file__).parent / "cases"
CASES = sorted(path.stem for path in FOLDER.glob("*.yml"))
TODAY = "2023-12-01"

pytestmark = pytest.mark.slow  # each test works in a git repository of its own


def read(case: str) -> dict[str, Any]:
    """A case by its phrase."""
    wanted: dict[str, Any] = yaml.safe_load((FOLDER / f"{case}.yml").read_text(encoding="utf-8"))
    return wanted


def refusals(case: str) -> list[str]:
    """The messages of a case that are no reminders."""
    return [message for message in read(case)["messages"] if "提醒：" not in message]


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
    assert code == (1 if refusals(case) else 0)
    assert snapshot(county.folder) == before


@pytest.mark.parametrize("case", ["a_published_value_edited", "a_report_renamed", "a_report_withdrawn"])
def test_it_is_the_same_once_committed(case: str, county: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """A commit on the branch does not make a change published: it is held against what the branch and main share."""
    wanted = read(case)
    for change in wanted["changes"]:
        spoil(county.data, change)
    county.commit()
    assert guard("--base", "main") == (1 if refusals(case) else 0)
    assert capsys.readouterr().out.splitlines() == wanted["messages"]


@pytest.mark.parametrize("case", [case for case in CASES if refusals(case)])
def test_a_refusal_says_how_to_go_on(case: str) -> None:
    """In plain Chinese, with the way to correct instead; no word of Python's."""
    for message in refusals(case):
        assert any(word in message for word in ("另写", "改回", "恢复", "filed: ", "public_at", "例：published: ")), message
        assert not PYTHON.search(message)


def test_a_link_out_of_the_data_that_was_once_committed_stops_nobody(county: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """It is no file of its own at the base; the check refuses it as it stands now."""
    (county.data / "rules.yml").unlink()
    (county.data / "rules.yml").symlink_to("../../elsewhere.yml")
    county.commit()
    assert guard("--base", "work") == 0
    assert "没有改动已公布的内容" in capsys.readouterr().err


def test_main_may_move_on_meanwhile(county: Repository) -> None:
    """What others published since the branch began is not held against it."""
    county.git("checkout", "-q", "main")
    county.write("plans/2023/statements/S-91.yml", "published: 2023-12-01\nunit: 样例县教委\ntask: 3\ntext: 说明。\n")
    county.commit()
    county.git("checkout", "-q", "work")
    assert guard("--base", "main") == 0


def test_the_first_commit_of_a_file_counts(county: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """A record committed in time and merged weeks later is not backdated; one committed late is, whatever day it is checked."""
    county.git("commit", "-q", "--amend", "-m", "started earlier", day="2023-11-01")
    county.git("branch", "-f", "main")
    county.write("plans/2023/statements/S-91.yml", "published: 2023-11-01\nunit: 样例县人力社保局\ntask: 1\ntext: 说明。\n")
    county.commit(day="2023-11-03")
    assert guard() == 0
    county.write("plans/2023/statements/S-92.yml", "published: 2023-11-01\nunit: 样例县人力社保局\ntask: 1\ntext: 说明。\n")
    county.commit(day="2023-11-09")
    capsys.readouterr()
    assert guard() == 1
    assert [line for line in capsys.readouterr().out.splitlines() if "提醒：" not in line and "S-92" not in line] == []


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
    assert line.startswith("::error file=data/plans/2023/revisions/R-01.yml,line=6,title=数据有错::to 已公布的记录不改。请改回“5000”")


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
    assert "这里没有“origin/nowhere”这个提交或分支" in capsys.readouterr().err


def test_a_name_that_looks_like_an_option_is_a_name(county: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """What a pull request calls itself never becomes an option of git."""
    assert guard("--base=--output=x") == 1
    assert "这里没有“--output=x”" in capsys.readouterr().err
    assert not (county.folder / "x").exists()


def test_no_commit_wished_means_the_public_branch(county: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """Hosts write zeros for "no commit"."""
    assert guard("--base", "0" * 40) == 0
    county.git("branch", "-m", "main", "somewhere")
    assert guard() == 1
    assert "make guard BASE=" in capsys.readouterr().err


def test_a_history_that_shares_nothing_says_what_helps(county: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """A clone from before a purge that went back to the first commit: no advice that cannot help, but to save and clone anew."""
    county.git("checkout", "-q", "--orphan", "purged")
    county.commit(message="the same files, another first commit")
    county.git("branch", "-f", "main")
    county.git("checkout", "-q", "work")
    assert guard("--base", "main") == 1
    said = capsys.readouterr().err
    assert "没有共同的历史" in said and "重新取一份" in said


def test_a_folder_outside_git_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    assert guard() == 1
    assert "不在 git 仓库里" in capsys.readouterr().err


# ---------------------------------------------------------------- pushed straight to main

LIST = "# 截至 2023-05-31 给出过的网址；只增不减：python -m scripts permalinks\n2023/\n2023/tasks/1/ #1-1 #1-2\n"


def _push(county: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the publishing workflow sees: on main, with the commit that was public before."""
    county.git("checkout", "-q", "main")
    monkeypatch.setenv("PUBLISHED", county.git("rev-parse", "HEAD"))


def test_what_is_pushed_to_main_is_held_against_what_was_public(
    county: Repository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a pull request too: an added record passes, an edited one is refused with its line."""
    _push(county, monkeypatch)
    county.write("plans/2023/statements/S-91.yml", "published: 2023-12-01\nunit: 样例县人力社保局\ntask: 1\ntext: 说明。\n")
    county.commit()
    assert guard() == 0
    spoil(county.data, {"file": "plans/2023/revisions/R-01.yml", "replace": "to: 5000", "with": "to: 4000"})
    county.commit()
    assert guard() == 1
    assert capsys.readouterr().out.startswith("data/plans/2023/revisions/R-01.yml:6: to 已公布的记录不改。请改回“5000”")


def test_a_forced_push_loses_no_record(county: Repository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A history written anew drops what was published: held against what was public, not against what both share."""
    county.git("checkout", "-q", "main")
    county.write("plans/2023/statements/S-91.yml", "published: 2023-12-01\nunit: 样例县人力社保局\ntask: 1\ntext: 说明。\n")
    _push(county, monkeypatch)
    monkeypatch.setenv("PUBLISHED", county.commit())
    county.git("reset", "-q", "--hard", "HEAD~1")
    assert guard() == 1
    assert "plans/2023/statements/S-91.yml:1: 已公布的记录不能删" in capsys.readouterr().out
    monkeypatch.setenv("PUBLISHED", "1234567" * 5 + "12345")
    assert guard() == 1
    assert "这里没有“1234567" in capsys.readouterr().err


def test_the_first_push_and_the_night_have_nothing_before(county: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """Zeros for a new branch, nothing for a nightly run: main against itself."""
    _push(county, monkeypatch)
    for nothing in ("0" * 40, ""):
        monkeypatch.setenv("PUBLISHED", nothing)
        assert guard() == 0


def test_half_a_history_cannot_say_what_was_public(
    county: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A shallow clone is told how to fetch the rest."""
    _push(county, monkeypatch)
    county.git("clone", "-q", "--depth", "1", f"file://{county.folder}", str(tmp_path / "shallow"))
    monkeypatch.chdir(tmp_path / "shallow")
    assert guard() == 1
    assert "git fetch --unshallow" in capsys.readouterr().err


# ---------------------------------------------------------------- addresses


@pytest.mark.parametrize(
    ("now", "message"),
    [
        (LIST.replace(" #1-2", ""), "清单只增不减，少了1处（2023/tasks/1/#1-2）；请恢复这些行。"),
        (LIST.replace("2023/tasks/1/ #1-1 #1-2\n", ""), "清单只增不减，少了3处（2023/tasks/1/等）；请恢复这些行。"),
        (LIST.replace("tasks/1/", "tasks/2/"), "清单只增不减，少了3处（2023/tasks/1/等）；请恢复这些行。"),
        (None, "网址清单不能删，别人可能已经引用；请恢复它。"),
        (LIST.replace("2023-05-31", "2099-01-01"), "截至的日期不能晚于今天；请改回原来的；现在写的是“2099-01-01”。"),
        (LIST + "2023/tasks/2/\n", ""),
        (LIST.replace("2023-05-31", "2023-11-30"), ""),
    ],
)
def test_an_address_given_out_stays_on_the_list(
    now: str | None, message: str, county: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    """No line less, no anchor less, no list less; the message names what is lost and says what to do.  Lines may be added."""
    county.git("checkout", "-q", "main")
    county.write("plans/2023/permalinks.txt", LIST)
    county.commit()
    county.git("checkout", "-q", "-B", "work")
    if now is None:
        (county.data / "plans/2023/permalinks.txt").unlink()
    else:
        county.write("plans/2023/permalinks.txt", now)
    assert guard() == (1 if message else 0)
    told = capsys.readouterr().out
    assert (f"data/plans/2023/permalinks.txt:1: {message}" in told) if message else not told
    if "恢复" in message:
        assert "另在 redirects.yml 里写明搬到了哪里" in told
        assert main(["changes", "--data", "data", "--as-of", "2023-10-20"]) == 0
        assert "从永久网址清单里删去的（不能删）" in (told := capsys.readouterr().out) and "/2023/tasks/1/#1-2" in told


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
