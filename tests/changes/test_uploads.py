"""A workbook that was uploaded through the browser: its reports on a branch of their own, and of the workbook no trace."""

from __future__ import annotations

import io
import subprocess
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from scripts.__main__ import main
from scripts.exchange.uploads import keep
from scripts.store.git_write import WHO

from ..conftest import contents, snapshot
from ..exchange.workbooks.books import blank, filled
from .repository import Repository

pytestmark = pytest.mark.slow  # each test works in a git repository of its own

KNOWN = date(2023, 8, 11)
ANSWERS: dict[tuple[str, str], Any] = {
    ("/06", "公布日"): date(2023, 10, 8),
    ("/06", "情况"): "床位验收。",
    ("/06/nursing-beds", "实际数"): 40,
}
AUTHOR = "姓名不该公开"
REPORT = "data/plans/2023/reports/2023-09/06.yml"


@pytest.fixture
def office(county: Repository, tmp_path: Path) -> Repository:
    """The county before its reports of September, with a host to push to and a branch as a browser makes it."""
    county.git("checkout", "-q", "main")
    for path in (county.data / "plans/2023/reports").glob("2023-[01][91]/*"):
        path.unlink()
    (county.data / "plans/2023/events/2024-01-04-accepted-01.yml").unlink()
    (county.folder / "uploads").mkdir()
    (county.folder / "uploads/README.md").write_text("说明\n", encoding="utf-8")
    county.commit()
    county.git("init", "-q", "--bare", "--template=", str(tmp_path / "host"))
    county.git("remote", "add", "origin", str(tmp_path / "host"))
    county.git("push", "-q", "origin", "main")
    county.git("checkout", "-q", "-b", "someone-patch-1")
    return county


def upload(office: Repository, values: dict[tuple[str, str], Any], name: str = "填报.xlsx") -> None:
    """A filled-in workbook with its author's name in it, committed on the branch and pushed."""
    data = filled(blank(office.data, "2023-09", "样例县民政局", KNOWN), values, lambda book: setattr(book.properties, "creator", AUTHOR))
    assert AUTHOR.encode() in zipfile.ZipFile(io.BytesIO(data)).read("docProps/core.xml")
    (office.folder / "uploads" / name).write_bytes(data)
    office.commit()
    office.git("push", "-q", "origin", "HEAD")


def take(*more: str) -> int:
    return main(["sheet", "take", "uploads", "--data", "data", "--as-of", "2023-10-09", *more])


def ask(branch: str = "workbook-1", uploaded: str = "someone-patch-1") -> int:
    """Push, and once it could be asked for, clear away."""
    asked = main(["sheet", "request", "taken", "--data", "data", "--branch", branch])
    return asked or main(["sheet", "clear", "--data", "data", "--uploaded", uploaded])


def left() -> None:
    """What `take` leaves of a good workbook."""
    text = "published: 2023-10-08\nby: 样例县民政局\nsummary: 床位验收。\nindicators: {nursing-beds: 40}\n"
    keep(Path("taken"), {REPORT.removeprefix("data/"): text.encode()}, "words")


def test_an_upload_becomes_a_branch_with_its_reports_and_nothing_else(
    office: Repository, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The words of the request say what the public will see; the new branch grows on main; the workbook is in no commit that is kept."""
    upload(office, ANSWERS)
    assert take("--summary", "summary.md") == 0
    assert sorted(contents(office.folder / "taken")) == [REPORT, "request.md"]
    words = (office.folder / "taken/request.md").read_text(encoding="utf-8")
    assert "公众会看到的变化" in words and "Approve workflows to run" in words and str(tmp_path) not in words
    assert (office.folder / "summary.md").read_text(encoding="utf-8") in words
    assert office.git("status", "--porcelain").splitlines() == ["?? summary.md", "?? taken/"], "the working copy is as it was"
    assert ask() == 0
    assert office.git("diff", "--name-status", "main", "origin/workbook-1") == f"A\t{REPORT}"
    assert office.git("rev-parse", "origin/workbook-1^") == office.git("rev-parse", "main")
    assert office.git("log", "-1", "--format=%an %ae", "origin/workbook-1") == f"{WHO[1].partition('=')[2]} {WHO[3].partition('=')[2]}"
    assert office.git("ls-remote", "--heads", "origin").count("refs/heads/") == 2, "the branch of the upload is gone"
    office.git("clone", "-q", f"file://{tmp_path}/host", str(tmp_path / "stranger"))
    objects = subprocess.run(
        ["git", "cat-file", "--batch-all-objects", "--batch"], cwd=tmp_path / "stranger", capture_output=True, check=True
    ).stdout
    assert b"PK\x03\x04" not in objects and AUTHOR.encode() not in objects, "a new clone holds nothing of the workbook"


def test_every_bad_cell_of_every_workbook_is_told_and_nothing_is_written(office: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """Two workbooks, one good: neither is taken.  The summary names file, sheet and cell, as text that is never markup."""
    upload(office, {**ANSWERS, ("/06/3-1", "完成情况"): "<img src=x>", ("/06/nursing-beds", "实际数"): "很多"})
    upload(office, ANSWERS, "a good one.xlsx")
    (office.folder / "uploads/c.xlsx").symlink_to("/etc/hostname")
    before = snapshot(office.folder)
    assert take("--summary", "../summary.md") == 1
    said = capsys.readouterr().out
    assert "填报.xlsx“填报”!G5: " in said and "填报.xlsx“填报”!I6: " in said and "c.xlsx: 这是一个链接" in said
    summary = (office.folder.parent / "summary.md").read_text(encoding="utf-8")
    assert "“填报”!G5" in summary and "&lt;img src=x&gt;" in summary and "<img" not in summary
    assert snapshot(office.folder) == before


def test_without_news_there_is_no_request(office: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """No upload; an upload that says what is on record; each is said, and ends without success so that nothing is asked for."""
    assert take() == 1 and "没有表" in capsys.readouterr().err
    upload(office, {})
    assert take() == 1 and "和已报的、已登记的一样" in capsys.readouterr().err
    assert not (office.folder / "taken").exists()


def test_only_new_reports_are_asked_for(office: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """What the job that may write finds is looked at again: another file, another place, a published report are refused; nothing is pushed."""
    public = "plans/2023/reports/2023-05/07.yml"
    for name in ("site.yml", "plans/2023/reports/2023-09/x.yml", "plans/2099/reports/2099-01/01.yml", public, "../Makefile"):
        taken = office.folder / "taken"
        path = taken / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("published: 2023-10-08\n", encoding="utf-8")
        assert ask() == 1, name
        assert "没有提出" in capsys.readouterr().err
        path.unlink()
    assert office.git("ls-remote", "--heads", "origin").count("refs/heads/") == 1


def test_a_branch_that_carried_more_is_kept(office: Repository) -> None:
    """Somebody's other work is never removed with the upload; a branch that is there is never moved."""
    (office.folder / "notes.txt").write_text("x", encoding="utf-8")
    upload(office, ANSWERS)
    left()
    assert ask() == 0
    heads = office.git("ls-remote", "--heads", "origin")
    assert "refs/heads/someone-patch-1" in heads and "refs/heads/workbook-1" in heads
    path = office.folder / "taken" / REPORT
    path.write_text(path.read_text(encoding="utf-8").replace("床位验收。", "床位已验收。"), encoding="utf-8")
    assert ask() == 1, "another commit under the same name"
    assert office.git("ls-remote", "--heads", "origin") == heads


def test_an_upload_that_came_meanwhile_is_kept(office: Repository, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A clerk uploads again while the first workbook is being read: the branch stays, for a run of its own; one that is gone is no fault."""
    upload(office, ANSWERS)
    left()
    office.git("clone", "-q", "-b", "someone-patch-1", str(tmp_path / "host"), str(tmp_path / "clerk"))
    clerk = Repository(tmp_path / "clerk")
    (clerk.folder / "uploads/another.xlsx").write_bytes(b"PK")
    newer = clerk.commit()
    clerk.git("push", "-q", "origin", "HEAD")
    assert ask() == 0
    assert "又有新上传的内容" in capsys.readouterr().err
    assert newer in office.git("ls-remote", "origin", "refs/heads/someone-patch-1")
    office.git("push", "-q", "origin", ":refs/heads/someone-patch-1")
    assert main(["sheet", "clear", "--data", "data", "--uploaded", "someone-patch-1"]) == 0


def test_an_upload_on_the_public_branch_is_taken_away_by_the_request(office: Repository) -> None:
    """The workbook leaves the tree with the same request that brings its reports."""
    office.git("checkout", "-q", "main")
    upload(office, ANSWERS)
    left()
    assert ask(uploaded="main") == 0
    assert office.git("-c", "core.quotePath=false", "diff", "--name-status", "main", "origin/workbook-1").splitlines() == [
        f"A\t{REPORT}",
        "D\tuploads/填报.xlsx",
    ]
    assert "refs/heads/main" in office.git("ls-remote", "--heads", "origin")
