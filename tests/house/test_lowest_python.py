"""The lowest Python that is promised is one that runs: what stock Debian 12 has, or the lowest that is at hand here.

`make lowest` runs this alone and says which Python it was.  Newer names of the standard library are refused by mypy (python_version in
pyproject.toml), but not those that came with a patch release: only running finds them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.store.project import ROOT

from ..conftest import DATA, MAKEFILE
from ..guide.office import environment, open_office

LOWEST = (3, 11, 2)
"""Debian 12; Ubuntu 24.04 has 3.12.3."""
ASK = "import ensurepip, sys, venv; print(*sys.version_info[:3])"
PAPER = ["plan", "in", str(DATA / "plans/2023/source.txt"), "--year", "2023", "--into", "elsewhere/data"]
STEPS = {
    "check": (["check"], ""),
    "guard": (["guard", "--base", "main"], "没有改动已公布的内容"),
    "changes": (["changes", "--base", "main"], "公众看到的没有变化"),
    "hook": (["hook"], "装好了"),
    "staged": (["staged"], ""),
    "a template": (["report", "8", "2023-11"], "2023-11/08"),
    "next": (["next"], ""),
    "a workbook": (["sheet", "out", "2023-11", "--to", "out"], "须报"),
    "a plan": (PAPER, ""),
    "a new plan": (["new-plan", "2031"], "2031"),
    "the list of addresses": (["permalinks", "--base-url", "https://ledger.example.org/"], "2023：新增"),
    "docs": (["docs"], ""),
}


def version(python: str) -> tuple[int, ...] | None:
    """Which version an interpreter is; None where it is not there or can make no environment."""
    try:
        done = subprocess.run([python, "-c", ASK], capture_output=True, text=True, check=False)
    except OSError:
        return None
    return tuple(map(int, done.stdout.split())) if done.returncode == 0 else None


def lowest() -> tuple[tuple[int, ...], str]:
    """The lowest interpreter at hand that is promised to work; that of the system before one that runs this test."""
    named = [os.environ.get("LOWEST_PYTHON", ""), "/usr/bin/python3", "python3.11", "python3.12", sys.executable]
    found = {seen: python for python in reversed(named) if python and (seen := version(python)) and seen >= LOWEST}
    return min(found.items())


def lowest_environment() -> Path:
    """An environment of the lowest Python, with what the site needs and nothing of the tests; kept until the lock file changes."""
    seen, interpreter = lowest()
    words = ".".join(map(str, seen))
    print(f"lowest Python at hand: {words} ({interpreter})")
    if seen != LOWEST:
        warnings.warn(f"Python {'.'.join(map(str, LOWEST))} (Debian 12's own) is not at hand; tried with {words}", stacklevel=1)
    folder = ROOT / ".cache" / f"python-{words}"
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "MFLAGS"))}
    subprocess.run(["make", "-s", f"VENV={folder}", f"PYTHON={interpreter}", f"{folder}/.site"], cwd=ROOT, env=clean, check=True)
    return folder / "bin/python"


@pytest.fixture(scope="module")
def python() -> Path:
    return lowest_environment()


@pytest.fixture(scope="module")
def _opened(python: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = open_office(tmp_path_factory.mktemp("office"))
    (folder / ".venv").unlink()
    (folder / ".venv").symlink_to(python.parent.parent)
    git(folder, "commit", "-qam", "another Python")
    git(folder, "tag", "start")
    return folder


@pytest.fixture
def office(_opened: Path) -> Iterator[Path]:
    """A county's own clone, whose Python is that one; clean for every test."""
    yield _opened
    git(_opened, "reset", "-q", "--hard", "start")
    git(_opened, "clean", "-fdq")


def git(office: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """As the clerk calls it."""
    return subprocess.run(["git", *arguments], cwd=office, env=environment(), capture_output=True, text=True, encoding="utf-8", check=False)


def run(office: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A verb, as make runs it."""
    known = environment() | {"PYTHONDONTWRITEBYTECODE": "1"}
    command = [".venv/bin/python", "-m", "scripts", *arguments]
    return subprocess.run(command, cwd=office, env=known, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.mark.slow
@pytest.mark.parametrize("step", STEPS)
def test_every_verb_runs_on_the_lowest_python(step: str, office: Path) -> None:
    """Each of them does what it does on the newest: no name of the library is missing."""
    arguments, said = STEPS[step]
    done = run(office, *arguments)
    output = done.stdout + done.stderr
    assert "Traceback" not in output, output
    assert done.returncode == 0 and said in output, output


@pytest.mark.slow
def test_a_clerks_day_on_the_lowest_python(office: Path, tmp_path: Path) -> None:
    """A record is written, refused by the hook while it is wrong, committed; the site is built and verified; an
    edit of what is published is refused."""
    run(office, "hook")
    statement = office / "data/plans/2023/statements/S-91.yml"
    statement.write_text("published: 2023-12-05\nunit: 没有的单位\ntask: 1\ntext: 说明。\n", encoding="utf-8")
    git(office, "add", "data")
    refused = git(office, "commit", "-m", "x")
    assert refused.returncode == 1 and "S-91.yml:2: unit 必须是" in refused.stdout + refused.stderr, refused
    statement.write_text("published: 2023-12-05\nunit: 样例县人力社保局\ntask: 1\ntext: 说明。\n", encoding="utf-8")
    git(office, "add", "data")
    accepted = git(office, "commit", "-m", "x")
    assert accepted.returncode == 0, accepted.stdout + accepted.stderr
    built = run(office, "site", "--out", str(tmp_path / "site"), "--base-url", "https://ledger.example.org/")
    assert built.returncode == 0, built.stdout + built.stderr
    verified = run(office, "verify", str(tmp_path / "site"))
    assert verified.returncode == 0, verified.stdout + verified.stderr
    (office / "data/plans/2023/reports/2023-09/08.yml").unlink()
    assert run(office, "guard").returncode == 1


def test_the_lowest_python_is_said_in_one_way() -> None:
    """By the project, by make, by mypy and to people."""
    words = ".".join(map(str, LOWEST))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["requires-python"] == f">={words}"
    assert project["tool"]["mypy"]["python_version"] == "3.11" and project["tool"]["ruff"]["target-version"] == "py311"
    assert f"sys.version_info < {LOWEST}" in MAKEFILE
    for told in ("README.md", "docs/guide/server.md"):
        assert f"Python {words}" in (ROOT / told).read_text(encoding="utf-8") or f"Python 要 {words}" in (ROOT / told).read_text(
            encoding="utf-8"
        )


def test_make_refuses_an_older_python_in_words(tmp_path: Path) -> None:
    """Before anything is installed."""
    old = tmp_path / "python3"
    old.write_text(
        f'#!{shutil.which("bash")}\nexec {sys.executable} -c "import sys; sys.version_info = (3, 11, 1)\n$2"\n', encoding="utf-8"
    )
    old.chmod(0o755)
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "MFLAGS"))}
    command = ["make", f"VENV={tmp_path / 'venv'}", f"PYTHON={old}", f"{tmp_path / 'venv'}/bin/python"]
    done = subprocess.run(command, cwd=ROOT, env=clean, capture_output=True, text=True, check=False)
    assert done.returncode and "要 Python 3.11.2 或更新的版本" in done.stderr and not (tmp_path / "venv").exists()
