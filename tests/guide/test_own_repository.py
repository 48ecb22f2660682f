"""The page on a county's own repository comes true: founded, filled, moved to the next version and back; and a repository that keeps data and
program together takes that version without a word of its data being touched."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.store.project import ROOT

from ..conftest import DATA, SAMPLE, contents
from ..program import copy_of_the_program
from ..year.starts import NEW_WORDS, provide_own
from .office import environment, live

pytestmark = pytest.mark.slow

PAGE = (ROOT / "docs/guide/own-repository.md").read_text(encoding="utf-8")
FOUNDING, _, REST = PAGE.partition("## 头一天")
FIRST_DAY, _, REST = REST.partition("## 换一个版本的程序")
UPDATING, _, TOGETHER = REST.partition("## 合在一起的仓库怎么更新")


def git(folder: Path, *arguments: str) -> str:
    """Run git there as the clerk; gives what it prints."""
    done = subprocess.run(["git", *arguments], cwd=folder, env=environment(), check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def host(tmp_path: Path) -> Path:
    """Where the program is published, with its first version."""
    program = tmp_path / "program"
    copy_of_the_program(program)
    git(program, "init", "-q", "-b", "main")
    git(program, "add", "-A")
    git(program, "commit", "-qm", "the first version")
    git(program, "tag", "-am", "0.1.0", "v0.1.0")
    git(tmp_path, "clone", "-q", "--bare", str(program), "program.git")
    git(program, "remote", "add", "origin", str(tmp_path / "program.git"))
    return tmp_path / "program.git"


def publish_next(host: Path) -> None:
    """The program's second version: other words on a page; in its own data a new report, a changed task, another field's explanation."""
    program = host.parent / "program"
    for file in ("docs/about.md", "data/plans/2023/tasks/01.yml", "data/README.md"):
        with (program / file).open("a", encoding="utf-8") as text:
            text.write(f"\n# {NEW_WORDS}\n")
    (program / "data/plans/2023/reports/2023-03").mkdir(parents=True)
    (program / "data/plans/2023/reports/2023-03/01.yml").write_text("published: 2023-04-01\n", encoding="utf-8")
    git(program, "add", "-A")
    git(program, "commit", "-qm", "the second version")
    git(program, "tag", "-am", "0.2.0", "v0.2.0")
    git(program, "push", "-q", "origin", "main", "--tags")


def furnish(folder: Path) -> None:
    """The software is installed already."""
    (folder / ".venv").symlink_to(sys.prefix)
    for lock in folder.glob("requirements*.lock"):
        os.utime(lock, (0, 0))
    (folder / ".git/info/exclude").write_text(".venv\n", encoding="utf-8")


def test_a_county_gets_its_own_repository_and_the_next_version(host: Path, tmp_path: Path) -> None:
    """What was public is guarded by the new version too, the site has its words, and `back` is back."""
    git(tmp_path, "clone", "-q", str(host), "clone")
    furnish(tmp_path / "clone")
    assert live(FOUNDING, tmp_path / "clone") == []
    county = tmp_path / "我县台账"
    provide_own(county, Path(sys.executable))
    shutil.copyfile(DATA / "plans/2023/source.txt", tmp_path / "任务分解表.txt")
    git(tmp_path, "init", "-q", "--bare", "-b", "main", "host.git")
    assert live(FIRST_DAY, county) == []
    assert git(tmp_path / "host.git", "rev-parse", "main") == git(county, "rev-parse", "HEAD")
    assert NEW_WORDS not in (county / "site/about/index.html").read_text(encoding="utf-8")
    publish_next(host)
    assert live(UPDATING, county) == []
    assert NEW_WORDS in (county / "site/about/index.html").read_text(encoding="utf-8")
    assert git(county, "log", "-1", "--name-only", "--format=") == "ledger.version"


def test_data_and_program_together_take_the_next_version(host: Path, tmp_path: Path) -> None:
    """A merge with both histories in it; the county's data byte for byte as they were, but for what explains the fields; conflicts of data that the
    program changed and the county has not are none of the county's."""
    git(tmp_path, "clone", "-q", str(host), "county")
    county = tmp_path / "county"
    git(county, "remote", "remove", "origin")
    furnish(county)
    for name in ("plans", "units.yml", "site.yml", "rules.yml"):
        place = county / "data" / name
        shutil.rmtree(place) if place.is_dir() else place.unlink(missing_ok=True)
        (shutil.copytree if (SAMPLE / name).is_dir() else shutil.copyfile)(SAMPLE / name, place)
    git(county, "add", "-A")
    git(county, "commit", "-qm", "our county")
    before = contents(county / "data")
    publish_next(host)
    assert live(TOGETHER, county) == []
    after = contents(county / "data")
    assert {name for name in before | after if before.get(name) != after.get(name)} == {"README.md"}
    assert NEW_WORDS in (county / "site/about/index.html").read_text(encoding="utf-8")
    assert git(county, "rev-parse", "HEAD^2") == git(county, "rev-parse", "v0.2.0^{commit}") and git(county, "status", "--porcelain") == ""
