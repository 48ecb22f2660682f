"""A release is cut by one make target: what is red or unsaid stops it before anything is written; nothing is pushed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path

import pytest
import yaml

from scripts.cli.release import CHANGES, CITATION, PROJECT, Unready, released
from scripts.store.project import ROOT
from scripts.store.software import order

from ..exchange.county.test_new_county import CLEAN, git
from ..program import copy_of_the_program

FILES = {
    CHANGES: "# Changes\n\n## Unreleased\n\n- A thing.\n\n## 0.1.0 (2026-12-01)\n\n- An older thing.\n",
    PROJECT: '[project]\nname = "x"\nversion = "0.1.0"\ndependencies = ["y==1"]\n',
    CITATION: "cff-version: 1.2.0\nkeywords:\n  - z\nversion: 0.1.0\ndate-released: 2026-12-01\n",
}


def test_the_three_files_say_the_version_and_the_day() -> None:
    """What is not released yet is from now on; older sections stay; what the tag says is that section."""
    new, notes = released(FILES, "0.2.0", date(2027, 1, 4))
    assert new[CHANGES] == FILES[CHANGES].replace("## Unreleased", "## 0.2.0 (2027-01-04)") and notes == "- A thing."
    assert new[PROJECT] == FILES[PROJECT].replace("0.1.0", "0.2.0")
    assert yaml.safe_load(new[CITATION]) == {
        "cff-version": "1.2.0",
        "keywords": ["z"],
        "version": "0.2.0",
        "date-released": date(2027, 1, 4),
    }
    again, _ = released(new, "0.2.0", date(2027, 1, 5))
    assert again[CHANGES].count("## 0.2.0 (2027-01-05)") == 1 and "2027-01-04" not in "".join(again.values()), (
        "prepared, and cut a day later"
    )


@pytest.mark.parametrize(
    ("version", "changes", "words"),
    [
        ("1.0", FILES[CHANGES], "版本号写三个数；现在写的是“1.0”"),
        ("0.2.0", "# Changes\n", "最上面要有“## Unreleased”一节"),
        ("0.2.0", FILES[CHANGES].replace("## Unreleased\n\n- A thing.\n\n", ""), "现在是“## 0.1.0”"),
        ("0.2.0", FILES[CHANGES].replace("- A thing.\n", ""), "什么也没有写"),
    ],
)
def test_what_is_unsaid_is_no_release(version: str, changes: str, words: str) -> None:
    with pytest.raises(Unready, match=words):
        released(FILES | {CHANGES: changes}, version, date(2027, 1, 4))


def test_our_own_files_agree() -> None:
    """The newest dated section, the project and the citation name one version and one day; sections stand newest first."""
    dated = re.findall(r"^## (\d+\.\d+\.\d+) \((\d{4}-\d\d-\d\d)\)$", (ROOT / CHANGES).read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(dated, key=lambda each: order(f"v{each[0]}"), reverse=True) == dated
    project = tomllib.loads((ROOT / PROJECT).read_text(encoding="utf-8"))["project"]["version"]
    cited = yaml.safe_load((ROOT / CITATION).read_text(encoding="utf-8"))
    assert (project, cited["version"], str(cited["date-released"])) == (dated[0][0], *dated[0])


@pytest.mark.slow
def test_one_target_cuts_it(tmp_path: Path) -> None:
    """In a copy: refused off main, with something uncommitted, where a check is red; then cut, with its list of parts and what to push; the
    same number is refused a second time."""
    program = tmp_path / "program"
    copy_of_the_program(program)
    (program / CHANGES).write_text("# Changes\n\n## Unreleased\n\n- A thing.\n", encoding="utf-8")
    git(program, "init", "-q", "-b", "main")
    git(program, "add", "-A")
    git(program, "commit", "-qm", "begun")
    (program / ".git/info/exclude").write_text(".venv\n", encoding="utf-8")
    (program / ".venv").symlink_to(sys.prefix)
    for lock in program.glob("requirements*.lock"):
        os.utime(lock, (0, 0))

    def release(checks: str = "help") -> subprocess.CompletedProcess[str]:
        who = {f"GIT_{role}_{what}": "a@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        command = ["make", "-s", "release", "VERSION=9.9.0", f"RELEASE_CHECKS={checks}", f"AUDIT={ROOT / '.cache/audit'}"]
        return subprocess.run(command, cwd=program, env=CLEAN | who | {"AS_OF": "2027-01-04"}, capture_output=True, text=True, check=False)

    git(program, "checkout", "-q", "-b", "elsewhere")
    assert "只在 main 上定版" in release().stderr
    git(program, "checkout", "-q", "main")
    (program / "README.md").write_text("mine", encoding="utf-8")
    assert "有没交的改动" in release().stderr
    git(program, "checkout", "-q", "README.md")
    before = git(program, "rev-parse", "HEAD")
    assert release("nothing-of-the-kind").returncode != 0
    assert (git(program, "rev-parse", "HEAD"), git(program, "tag"), git(program, "status", "--porcelain")) == (before, "", "")

    done = release()
    assert done.returncode == 0, done.stdout + done.stderr
    commit = git(program, "rev-parse", "v9.9.0^{commit}")
    assert git(program, "rev-parse", "main") == commit and git(program, "log", "--format=%s", f"{before}..") == "Release 9.9.0"
    assert git(program, "tag", "-n9", "--format=%(contents)").endswith("- A thing.") and git(program, "status", "--porcelain") == ""
    assert "git push origin main v9.9.0" in done.stderr and f"v9.9.0 {commit} " in done.stdout
    parts = json.loads((program / "sbom-v9.9.0.cdx.json").read_text(encoding="utf-8"))
    assert parts["metadata"]["component"]["version"] == "9.9.0"
    assert "已经有 v9.9.0" in release().stderr or "最上面要有" in release().stderr
