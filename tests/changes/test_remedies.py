"""What a message of the guard tells a clerk to do is done here, in real repositories with a bare remote, and works."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.__main__ import main

from .repository import Repository

pytestmark = pytest.mark.slow  # each test works in a git repository of its own

RECORD = "plans/2023/statements/S-91.yml"
TEXT = "published: 2023-12-02\nunit: 样例县人力社保局\ntask: 1\ntext: 说明。\n"


@pytest.fixture
def hosted(county: Repository, tmp_path: Path) -> Repository:
    """The county with a bare remote whose main is what is public; a record committed on a branch on the day it was public."""
    county.git("init", "-q", "--bare", str(tmp_path / "public.git"))
    county.git("remote", "add", "origin", str(tmp_path / "public.git"))
    county.git("push", "-q", "origin", "main")
    county.write(RECORD, TEXT)
    county.commit(day="2023-12-02")
    return county


def guard(today: str, *more: str) -> int:
    """The command on a day."""
    return main(["guard", "--data", "data", "--today", today, *more])


def test_a_squash_merge_weeks_later_can_be_put_right(hosted: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """The merge is the first commit of the file on main: the branch says so beforehand; afterwards the line that the message shows is
    added to the published record, and the guard lets exactly that pass, against what was public and against main."""
    assert guard("2023-12-20") == 0
    early = capsys.readouterr().out
    assert "提醒：published 公布日已过去7天以上；合并时压成一个提交的" in early
    hosted.git("checkout", "-q", "main")
    before = hosted.git("rev-parse", "HEAD")
    hosted.git("merge", "-q", "--squash", "work")
    merged = hosted.commit(day="2023-12-20", message="squashed")
    hosted.git("push", "-q", "origin", "main")
    assert guard("2023-12-20", "--published", before) == 1
    told = capsys.readouterr().out
    example = told.rstrip("\n").partition("例：")[2]
    assert example == early.rstrip("\n").partition("例：")[2] and example.startswith("public_at: ")
    hosted.git("checkout", "-qb", "mend")
    hosted.write(RECORD, f"{TEXT}{example}\n")
    hosted.commit(day="2023-12-21")
    for more in ((), ("--published", merged), ("--published", before)):
        assert guard("2023-12-21", *more) == 0, capsys.readouterr().out
    assert main(["check", "--data", "data"]) == 0
    capsys.readouterr()
    assert main(["changes", "--data", "data", "--base", "main", "--as-of", "2023-12-21"]) == 0
    assert "statements/S-91（2023年12月2日公布）补写了公布处：https://" in capsys.readouterr().out
    hosted.write(RECORD, f"{TEXT}{example}x\n")
    hosted.commit(day="2023-12-22")
    assert guard("2023-12-22", "--published", "HEAD~1") == 1, "a place that stands is locked as everything else"


def test_a_rebase_merge_keeps_the_day(hosted: Repository) -> None:
    """The commits are made anew on the day of the merge; their authors' days stay, and nothing is asked."""
    hosted.git("checkout", "-q", "main")
    before = hosted.git("rev-parse", "HEAD")
    _rebased(hosted)
    assert guard("2023-12-20", "--published", before) == 0


def _rebased(county: Repository) -> None:
    """As a host merges by rebase: the commit of the branch on top of main, the committer's day that of the merge."""
    county.write("plans/2023/statements/S-92.yml", TEXT)
    county.commit(day="2023-12-08", message="another")
    county.git("checkout", "-q", "work")
    county.git("rebase", "-q", "main", day="2023-12-20")
    county.git("checkout", "-q", "main")
    county.git("merge", "-q", "--ff-only", "work")
    assert county.git("log", "-1", "--format=%cs %as") == "2023-12-20 2023-12-02"


def test_a_day_ahead_is_told_by_the_check_and_refused_by_the_guard(hosted: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """The check knows no clock but for a reminder, so what is valid stays valid; the guard asks once, as the record comes in, and the
    example that it shows is let in."""
    hosted.write(RECORD, TEXT.replace("2023-12-02", "2027-12-02"))
    assert main(["check", "--data", "data", "--today", "2023-12-02"]) == 0
    assert "提醒：published 公布日在今天（2023-12-02）以后" in capsys.readouterr().out
    assert main(["check", "--data", "data", "--today", "2027-12-02"]) == 0
    assert "公布日在今天" not in capsys.readouterr().out
    assert guard("2023-12-02") == 1
    example = capsys.readouterr().out.rstrip("\n").partition("例：")[2]
    hosted.write(RECORD, TEXT.replace("published: 2023-12-02", example))
    assert guard("2023-12-02") == 0
