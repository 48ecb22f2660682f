"""`make request` with a host's program that fails: a clerk's workbook is never lost on the way to the pull request."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from .office import environment, open_office

pytestmark = pytest.mark.slow

REPORT = "data/plans/2023/reports/2023-11/11.yml"
GH = """#!/bin/sh
echo "$@" | cut -d' ' -f1,2 >> "$GH_LOG"
git ls-remote --heads origin | cut -f2 >> "$GH_LOG"
test "$1 $2" != "$GH_FAILS"
"""
"""A stand-in for the host's program: writes down what it was asked and which branches there were, and fails where it is told to."""


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """The clerk's project on a branch with nothing but an upload, a host to push to, and what `make workbook` left."""
    office = open_office(tmp_path / "office")
    for command in (
        ("init", "-q", "--bare", str(tmp_path / "host")),
        ("remote", "add", "origin", str(tmp_path / "host")),
        ("push", "-q", "origin", "main"),
        ("checkout", "-q", "-b", "clerk-patch-1"),
    ):
        git(office, *command)
    (office / "uploads/filled.xlsx").write_bytes(b"PK the workbook")
    git(office, "add", "-A")
    git(office, "commit", "-qm", "upload")
    git(office, "push", "-q", "origin", "HEAD")
    report = office / "taken" / REPORT
    report.parent.mkdir(parents=True)
    report.write_text("published: 2023-12-05\nby: 样例县教委\nindicators: {toilets-done: 11}\n", encoding="utf-8")
    (office / "taken/request.md").write_text("words", encoding="utf-8")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/gh").write_text(GH, encoding="utf-8")
    (tmp_path / "bin/gh").chmod(0o755)
    return office


def request(office: Path, branch: str, fails: str = "") -> subprocess.CompletedProcess[str]:
    """The step of the workflow."""
    bin_folder = office.parent / "bin"
    wishes = {"BRANCH": branch, "UPLOADED": "clerk-patch-1", "MAIN": "main", "GH_FAILS": fails, "GH_LOG": str(office.parent / "log")}
    known = environment()
    known |= wishes | {"PATH": f"{bin_folder}{os.pathsep}{known['PATH']}"}
    return subprocess.run(["make", "request"], cwd=office, env=known, capture_output=True, text=True, check=False)


def heads(office: Path) -> set[str]:
    """The branches of the host."""
    return {line.rpartition("refs/heads/")[2] for line in git(office, "ls-remote", "--heads", "origin").splitlines()}


@pytest.mark.parametrize("fails", ["auth setup-git", "pr create"])
def test_where_the_host_refuses_nothing_is_lost_and_the_next_try_succeeds(office: Path, fails: str) -> None:
    """The step fails, the upload is still on its branch, and the words say which setting and which button; run again, it is asked for."""
    refused = request(office, "workbook-1", fails)
    assert refused.returncode != 0
    assert "clerk-patch-1" in heads(office)
    assert git(office, "cat-file", "-p", "origin/clerk-patch-1:uploads/filled.xlsx") == "PK the workbook"
    if fails == "pr create":
        assert "一样也没有丢" in refused.stderr and "Re-run failed jobs" in refused.stderr
    again = request(office, "workbook-2")
    assert again.returncode == 0, again.stderr
    assert "clerk-patch-1" not in heads(office) and "workbook-2" in heads(office)


def test_the_upload_is_there_until_the_pull_request_is(office: Path) -> None:
    """When the host is asked, the branch of the reports and the branch of the workbook are both there; afterwards the first alone."""
    assert request(office, "workbook-1").returncode == 0
    asked = (office.parent / "log").read_text(encoding="utf-8").partition("pr create\n")[2].split()
    assert asked == ["refs/heads/clerk-patch-1", "refs/heads/main", "refs/heads/workbook-1"]
    assert heads(office) == {"main", "workbook-1"}


def git(folder: Path, *arguments: str) -> str:
    """Run git there as the clerk; gives what it prints."""
    return subprocess.run(["git", *arguments], cwd=folder, env=environment(), check=True, capture_output=True, text=True).stdout
