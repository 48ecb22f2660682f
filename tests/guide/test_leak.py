"""The handbook's page on leaked personal data, walked with a real bare repository and two clones: afterwards the text is nowhere."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from scripts.store.project import ROOT

from .office import environment, live, open_office

pytestmark = pytest.mark.slow

PAGE = (ROOT / "docs/guide/leak.md").read_text(encoding="utf-8")
LEAK = "data/plans/2023/reports/2023-09/11.yml"
NAME = "石桥小学某某某"


@dataclass(frozen=True)
class Town:
    """Whoever purges (`office`), the host's bare repository, a colleague's clone from before."""

    office: Path
    host: Path
    colleague: Path


@pytest.fixture(scope="module")
def purged(tmp_path_factory: pytest.TempPathFactory) -> tuple[Town, list[str], str]:
    """The town after the page was lived; what did not come true; what was public before the purge."""
    folder = tmp_path_factory.mktemp("town")
    town = Town(open_office(folder / "office"), folder / "host.git", folder / "colleague")
    report = town.office / LEAK
    git(town.office, "rm", "-q", "--cached", LEAK)
    git(town.office, "commit", "-q", "--amend", "-m", "start")
    report.write_text(report.read_text(encoding="utf-8") + f"# {NAME}\n", encoding="utf-8")
    git(town.office, "add", LEAK)
    git(town.office, "commit", "-qm", "the leak")
    git(town.office, "tag", "-am", "a tag", "v0")
    git(town.office, "branch", "someone-patch-1")
    git(folder, "init", "-q", "--bare", str(town.host))
    git(town.office, "remote", "add", "origin", str(town.host))
    git(town.office, "push", "-q", "--all", "origin")
    git(town.office, "push", "-q", "--tags", "origin")
    git(folder, "clone", "-q", "-b", "main", str(town.host), str(town.colleague))
    before, _, after = PAGE.partition("## 第二步")
    wrong = live(before, town.office)
    git(town.office, "branch", "-D", "someone-patch-1")  # it lives on at the host alone
    public = git(town.office, "rev-parse", "HEAD")
    return town, [*wrong, *live("\n" * before.count("\n") + after, town.office)], public


def test_what_the_page_says_comes_true(purged: tuple[Town, list[str], str]) -> None:
    """Each command, each answer, in order."""
    assert purged[1] == []


def test_the_text_is_in_no_object_of_the_host_or_the_office(purged: tuple[Town, list[str], str]) -> None:
    """Unreachable objects counted: not in a branch that only the host had, not under a tag, not in what nothing points at."""
    town = purged[0]
    for repository in (town.host, town.office):
        assert NAME not in everything(repository)
    assert NAME in everything(town.colleague), "the test can find it"
    assert {"main", "someone-patch-1"} <= set(git(town.host, "branch", "--format=%(refname:short)").split())
    assert "v0" in git(town.host, "tag")


def test_the_tombstone_stays_and_the_site_builds(purged: tuple[Town, list[str], str]) -> None:
    """The page of the task says that a report was taken down and why, and nothing of what it said."""
    town = purged[0]
    done = run(town.office, "make", "site")
    assert done.returncode == 0, done.stdout + done.stderr
    task = (town.office / "site/2023/tasks/11/index.html").read_text(encoding="utf-8")
    assert "含学生个人信息" in task
    assert all(NAME not in page.read_text(encoding="utf-8") for page in (town.office / "site").rglob("*.html"))


def test_a_new_clone_is_told_what_helps_where_the_old_commit_is_gone(purged: tuple[Town, list[str], str], tmp_path: Path) -> None:
    """What the publishing workflow sees after the forced push: it stops, and names the comparison and the button; by hand it goes on."""
    town, _, public = purged
    runner = clone(town, tmp_path)
    stopped = run(runner, "make", "guard", f"PUBLISHED={public}")
    assert stopped.returncode != 0
    assert all(word in stopped.stderr for word in (public, "历史被改写过", "make guard PUBLISHED=旧提交", "Run workflow"))
    assert run(runner, "make", "guard", "PUBLISHED=").returncode == 0


def test_a_colleagues_old_clone_is_noticed_wherever_it_comes_back(purged: tuple[Town, list[str], str], tmp_path: Path) -> None:
    """Merged with the new history, or as a branch of the old one, before or after the taking down: the guard refuses, at the pull request and
    after a push to main; a clone taken anew is welcome."""
    town = purged[0]
    new = git(town.host, "rev-parse", "main")
    old = Path(shutil.copytree(town.colleague, tmp_path / "old", symlinks=True))
    furnish(old, town)
    git(old, "fetch", "-q", "origin")
    assert "又把它带了回来" in run(old, "make", "guard", "BASE=origin/main").stdout, "a branch of the old history"
    git(old, "merge", "-q", "-m", "pulled", "-s", "ours", "origin/main")
    assert "又把它带了回来" in run(old, "make", "guard", "BASE=origin/main").stdout, "the file came back"
    git(old, "checkout", "-q", "origin/main", "--", "data")
    git(old, "rm", "-q", "--ignore-unmatch", LEAK)
    git(old, "commit", "-qm", "the files are in order, the history is not")
    assert git(old, "diff", "origin/main", "--", "data") == ""
    for way in ("BASE=origin/main", f"PUBLISHED={new}"):
        refused = run(old, "make", "guard", way)
        assert refused.returncode != 0 and "reports/2023-09/11 已经撤下，这里的历史又把它带了回来" in refused.stdout, way
    fresh = clone(town, tmp_path / "fresh")
    (fresh / "data/plans/2023/statements/S-90.yml").write_text(
        "published: 2023-12-05\nunit: 样例县卫生健康委\ntask: 8\ntext: 下周补签。\n", encoding="utf-8"
    )
    git(fresh, "add", "-A")
    git(fresh, "commit", "-qm", "a statement")
    good = run(fresh, "make", "guard", "BASE=origin/main")
    assert good.returncode == 0 and "提醒" not in good.stdout, good.stdout + good.stderr


def clone(town: Town, folder: Path) -> Path:
    """A clone of the host, ready for make."""
    folder.mkdir(exist_ok=True)
    git(folder, "clone", "-q", "-b", "main", str(town.host), "clone")
    return furnish(folder / "clone", town)


def furnish(folder: Path, town: Town) -> Path:
    """With what is installed already."""
    for lock in folder.glob("requirements*.lock"):
        os.utime(lock, (0, 0))
    if not (folder / ".venv").exists():
        (folder / ".venv").symlink_to((town.office / ".venv").resolve())
    return folder


def everything(repository: Path) -> str:
    """All objects that a repository stores, whether anything points at them or not."""
    done = subprocess.run(["git", "cat-file", "--batch-all-objects", "--batch"], cwd=repository, capture_output=True, check=True)
    return done.stdout.decode("utf-8", errors="replace")


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command there as the clerk."""
    return subprocess.run(command, cwd=folder, env=environment(), capture_output=True, text=True, check=False)


def git(folder: Path, *arguments: str) -> str:
    """Run git there as the clerk; gives what it prints."""
    return subprocess.run(["git", *arguments], cwd=folder, env=environment(), check=True, capture_output=True, text=True).stdout.strip()
