"""What was public is what the log of publications says: a branch of its own, which a push to main does not move.

Real repositories with a bare remote; each case was green before there was a log.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from scripts.__main__ import main
from scripts.store.publications import following, parsed

from ..store.test_problems import spoil
from .repository import Repository

TODAY = "2023-12-01"
MANIFEST = "ab" * 32
EDIT = {"file": "plans/2023/revisions/R-01.yml", "replace": "to: 5000", "with": "to: 4000"}
STATEMENT = "published: 2023-12-01\nunit: 样例县人力社保局\ntask: 1\ntext: 说明。\n"

pytestmark = pytest.mark.slow  # each test works in a git repository of its own


def run(*words: str) -> int:
    """A verb, seen from inside the repository."""
    return main([*words, "--data", "data", "--today", TODAY])


def publishes(monkeypatch: pytest.MonkeyPatch, before: str = "") -> int:
    """The guard as the publishing workflow calls it; `before`: what the host says main was (nothing at night)."""
    monkeypatch.setenv("PUBLISHED", before)
    code = run("guard")
    monkeypatch.delenv("PUBLISHED")
    return code


def record(manifest: str = MANIFEST) -> int:
    """The line of a publication, as the workflow writes it."""
    return run("published", "record", "--manifest", manifest)


@pytest.fixture
def host(county: Repository, tmp_path: Path) -> Repository:
    """The county's clone on main, its bare remote as origin, published once."""
    subprocess.run(["git", "init", "-q", "--bare", str(tmp_path / "host.git")], check=True)
    county.git("checkout", "-q", "main")
    county.git("remote", "add", "origin", str(tmp_path / "host.git"))
    county.git("push", "-q", "origin", "main")
    assert record() == 0
    return county


def push(host: Repository) -> str:
    """Commit, push to main; gives what main was before."""
    before = host.git("rev-parse", "origin/main")
    host.commit()
    host.git("push", "-q", "origin", "main")
    return before


def test_a_refused_push_does_not_publish_itself_that_night(host: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """The push is refused; the nightly run and the button compare with what is public, not with main itself."""
    spoil(host.data, EDIT)
    before = push(host)
    assert publishes(monkeypatch, before) == 1
    assert publishes(monkeypatch) == 1
    assert publishes(monkeypatch, "0" * 40) == 1


def test_an_innocent_next_push_does_not_carry_it(
    host: Repository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The push after a refused one is held against what is public too; putting the value back opens the way."""
    spoil(host.data, EDIT)
    push(host)
    host.write("plans/2023/statements/S-91.yml", STATEMENT)
    before = push(host)
    assert publishes(monkeypatch, before) == 1
    assert "data/plans/2023/revisions/R-01.yml:6: to 已公布的记录不改。请改回“5000”" in capsys.readouterr().out
    spoil(host.data, {"file": EDIT["file"], "replace": "to: 4000", "with": "to: 5000"})
    assert publishes(monkeypatch, push(host)) == 0


def test_a_record_made_unreadable_and_repaired_with_other_figures_is_refused(host: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """In two pushes: the state in between was never public, so it is nothing to compare with."""
    path = host.data / EDIT["file"]
    whole = path.read_text(encoding="utf-8")
    path.write_text("a: [\n", encoding="utf-8")
    assert publishes(monkeypatch, push(host)) == 1
    path.write_text(whole.replace("to: 5000", "to: 4000"), encoding="utf-8")
    assert publishes(monkeypatch, push(host)) == 1
    path.write_text(whole, encoding="utf-8")
    assert publishes(monkeypatch, push(host)) == 0


def test_a_pull_request_on_a_refused_push_is_held_against_what_is_public(host: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its base is main with the breach in it; the breach is still told, and a pull request that mends it passes."""
    spoil(host.data, EDIT)
    push(host)
    monkeypatch.setenv("BASE", host.git("rev-parse", "origin/main"))
    host.git("checkout", "-q", "-b", "more")
    host.write("plans/2023/statements/S-91.yml", STATEMENT)
    host.commit()
    assert run("guard") == 1
    spoil(host.data, {"file": EDIT["file"], "replace": "to: 4000", "with": "to: 5000"})
    host.commit()
    assert run("guard") == 0


def test_a_branch_from_before_the_last_publication_passes(host: Repository) -> None:
    """What others published meanwhile is not held against a branch."""
    host.git("checkout", "-q", "-b", "old")
    host.git("checkout", "-q", "main")
    host.write("plans/2023/statements/S-91.yml", STATEMENT)
    push(host)
    assert record() == 0
    host.git("checkout", "-q", "old")
    assert run("guard") == 0


def test_a_forced_push_loses_nothing_that_was_public(host: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """History rewritten before what is public: refused at once, at night, and in a clone that does not have the commit any more."""
    host.write("plans/2023/statements/S-91.yml", STATEMENT)
    push(host)
    assert record() == 0
    host.git("reset", "-q", "--hard", "HEAD~1")
    host.git("push", "-q", "--force", "origin", "main")
    assert publishes(monkeypatch) == 1


def test_after_a_purge_the_log_takes_one_line_from_whoever_compared(
    host: Repository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The old commit is gone from main: nothing is published until somebody who still has it has compared; edits are refused there too."""
    old = host.git("rev-parse", "HEAD")
    host.git("checkout", "-q", "--orphan", "anew")
    host.commit(message="another first commit")
    host.git("branch", "-M", "anew", "main")
    assert run("published", "purged", "--from", old) == 0
    assert publishes(monkeypatch) == 0
    spoil(host.data, EDIT)
    host.commit()
    capsys.readouterr()
    assert run("published", "purged", "--from", old) == 1
    assert "日志的最后一行写的不是" in capsys.readouterr().err
    assert run("published", "purged", "--from", "HEAD~1") == 1
    assert "请改回“5000”" in capsys.readouterr().out


def test_a_clone_without_the_old_commit_is_told_what_helps(
    host: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the workflow sees after a purge: it stops, and names the command."""
    old = host.git("rev-parse", "HEAD")
    host.git("checkout", "-q", "--orphan", "anew")
    host.commit(message="another first commit")
    host.git("push", "-q", "--force", "origin", "HEAD:main")
    host.git("clone", "-q", "--no-local", "-b", "main", host.git("remote", "get-url", "origin"), str(tmp_path / "runner"))
    monkeypatch.chdir(tmp_path / "runner")
    assert publishes(monkeypatch) == 1
    said = capsys.readouterr().err
    assert old in said and "published purged --from" in said


def test_the_log_is_pushed_forward_only(host: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two that publish at once: both lines stand, one after the other; nothing is written over; no data is in the branch."""
    host.git("clone", "-q", host.git("remote", "get-url", "origin"), str(tmp_path / "other"), "-b", "main")
    here = Path.cwd()
    monkeypatch.chdir(tmp_path / "other")
    assert record("cd" * 32) == 0
    monkeypatch.chdir(here)
    assert record("ef" * 32) == 0
    host.git("fetch", "-q", "origin")
    log = parsed(host.git("show", "origin/published:publications.txt") + "\n")
    assert [each.manifest[:2] for each in log] == ["ab", "cd", "ef"]
    assert host.git("ls-tree", "-r", "--name-only", "origin/published") == "publications.txt"
    assert host.git("rev-list", "--count", "origin/published") == "3"


@pytest.mark.parametrize("change", [("2023-12-01", "2023-11-30"), ("ab", "cd"), ("1 2023", "2 2023")])
def test_a_line_that_was_changed_is_noticed(
    change: tuple[str, str], host: Repository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A day, a hash, a number: the chain breaks, nothing is published and nothing is appended to it."""
    host.git("checkout", "-q", "-b", "forged", "origin/published")
    path = host.folder / "publications.txt"
    path.write_text(path.read_text(encoding="utf-8").replace(*change, 1), encoding="utf-8")
    host.git("commit", "-qam", "forged")
    host.git("push", "-q", "origin", "HEAD:published")
    host.git("checkout", "-q", "main")
    assert publishes(monkeypatch) == 1
    assert "公布日志（分支 published 的 publications.txt）第1行和前面的对不上" in capsys.readouterr().err
    assert record() == 1
    assert run("published", "log") == 1


def test_a_log_that_was_emptied_or_lost_its_end_is_noticed_where_a_line_was_kept() -> None:
    """Cut short, the rest still holds together: that is what copies of the last line are for.  Each line binds all before it."""
    from datetime import date

    first = following((), date(2023, 5, 1), "a" * 40, "b" * 64)
    second = following((first,), date(2023, 5, 2), "a" * 40, "c" * 64)
    other = following((following((), date(2023, 5, 1), "a" * 40, "d" * 64),), date(2023, 5, 2), "a" * 40, "c" * 64)
    assert parsed(f"{first.line}\n{second.line}\n") == (first, second)
    assert second.chain != other.chain, "the same line after another one is another line"


def test_a_commit_with_a_forged_day_is_refused(
    host: Repository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A committer's date before its parent's would backdate a record; the remedy that the message names works."""
    host.write("plans/2023/statements/S-91.yml", STATEMENT.replace("2023-12-01", "2023-09-01"))
    host.git("add", "-A")
    host.git("commit", "-qm", "backdated", day="2023-09-01")
    assert publishes(monkeypatch) == 1
    said = capsys.readouterr().out
    assert "比它前面的提交（2023-12-01）早一天以上" in said
    host.git("rebase", "-q", "--force-rebase", "origin/main")
    publishes(monkeypatch)
    assert "早一天以上" not in capsys.readouterr().out


def test_a_clock_a_few_hours_off_stops_nobody(host: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """A day back is allowed."""
    host.write("plans/2023/statements/S-91.yml", STATEMENT)
    host.git("add", "-A")
    host.git("commit", "-qm", "yesterday", day="2023-11-30")
    assert publishes(monkeypatch) == 0


@pytest.mark.parametrize("name", ["plans/.gitattributes", "plans/2023/.gitignore", "plans/2023/reports/.24.yml"])
def test_a_dotfile_below_the_plans_is_refused(name: str, county: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """What git obeys and the site does not read; what a Mac leaves behind is left alone."""
    county.write(f"{Path(name).parent}/.DS_Store", "")
    county.write(name, "* export-ignore\n")
    assert main(["check", "--data", "data"]) == 1
    assert f"data/{name}:1: 计划的文件夹里不放点开头的文件" in (told := capsys.readouterr().out) and "DS_Store" not in told


def test_a_tombstone_names_something_that_was_public(county: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """A report that never stood cannot be withdrawn: “至今没有报告” stays what it is."""
    county.write(
        "plans/2023/withdrawals/W-77.yml", "record: reports/2023-09/99\npublished: 2023-12-01\nfiled: 2023-10-05\nground: 含个人信息\n"
    )
    assert run("guard") == 1
    assert "data/plans/2023/withdrawals/W-77.yml:1: record 撤下标记只写给公布过的记录" in capsys.readouterr().out


def test_an_object_shown_in_place_of_another_hides_nothing(county: Repository) -> None:
    """`git replace` on the published commit: the guard reads what was published."""
    spoil(county.data, EDIT)
    forged = county.commit()
    county.git("replace", county.git("rev-parse", "main"), county.git("commit-tree", "-m", "forged", f"{forged}^{{tree}}"))
    assert run("guard", "--base", "main") == 1
