"""How a county begins: each start leaves an office with a plan in its data folder, a host that has nothing yet, and a next version of the
software."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from scripts.store.project import ROOT

from ..conftest import plant
from ..program import copy_of_the_program
from .town import Town, set_up

SETTINGS = "publisher:\n  kind: independent\nlicence: CC BY 4.0\n"
"""As nobody has written yet who runs the site."""
FAR = 4_000_000_000
NEW_WORDS = "新版本里才有的一句话。"
"""What the next version of the software says and this one does not, on the page about the site."""


@dataclass(frozen=True)
class Start:
    """A beginning: the town; what takes the next version of the software into its office, uncommitted or merged; whether a new version
    has the program's own tests run there."""

    town: Town
    take_next: Callable[[], None]
    tested: bool


def clone_of_the_program(folder: Path, python: Path) -> Start:
    """Data and program together: a clone of the program whose data/ is the county's own; updated by a merge from where it came from."""
    set_up(folder)
    town = Town(folder, python, _provide)
    program = _program(town)
    town.git("clone", "-q", "-o", "upstream", str(program), str(town.office), at=folder)
    town.git("init", "-q", "--bare", "-b", "main", str(town.host), at=folder)
    town.git("remote", "add", "origin", str(town.host))
    shutil.rmtree(town.office / "data")
    plant(town.office / "data")
    town.write("site.yml", SETTINGS)
    _provide(town.office, python)
    town.commit("小溪县的计划")
    return Start(town, lambda: _merge_next(town, program), tested=True)


def its_own_repository(folder: Path, python: Path) -> Start:
    """Data alone, in a repository that `new-county` wrote, with the version of the program that it names; updated by one line."""
    set_up(folder)
    town = Town(folder, python, provide_own)
    program = _program(town)
    town.type(
        str(python), "-m", "scripts", "new-county", str(town.office), "--from", str(program), at=ROOT
    )  # the environment's first use: no program lies beside its packages yet
    town.git("init", "-q", "--bare", "-b", "main", str(town.host), at=folder)
    town.git("remote", "add", "origin", str(town.host))
    shutil.rmtree(town.office / "data")
    plant(town.office / "data")
    town.write("site.yml", SETTINGS)
    provide_own(town.office, python)
    town.type("make", "check")
    town.commit("小溪县的计划")
    return Start(town, lambda: _update(town, program), tested=False)


def _update(town: Town, program: Path) -> None:
    _next_version(town, program)
    before = (town.office / "ledger.version").read_text(encoding="utf-8")
    assert "程序从 v0.1.0 换到 v0.2.0" in town.type("make", "update")
    assert before.startswith("v0.1.0 ") and town.git("diff", "--name-only") == "ledger.version"
    town.commit("程序换到 v0.2.0")


def _program(town: Town) -> Path:
    """The program in a repository of its own, with its first version."""
    program = town.folder / "program"
    copy_of_the_program(program)
    town.git("init", "-q", "-b", "main", at=program)
    town.git("add", "-A", at=program)
    town.git("commit", "-q", "-m", "this version", at=program)
    town.git("tag", "-a", "-m", "0.1.0", "v0.1.0", at=program)
    return program


def _next_version(town: Town, program: Path) -> None:
    about = program / "docs/about.md"
    about.write_text(about.read_text(encoding="utf-8") + f"\n{NEW_WORDS}\n", encoding="utf-8")
    town.git("commit", "-q", "-am", "the next version", at=program)
    town.git("tag", "-a", "-m", "0.2.0", "v0.2.0", at=program)


def _provide(folder: Path, python: Path) -> None:
    for lock in folder.glob("requirements*.lock"):
        os.utime(lock, (0, 0))  # older than what is installed, so that make has nothing to install
    if not (folder / ".venv").exists():
        (folder / ".venv").symlink_to(python.parent.parent)
    _ignore(folder)


def provide_own(folder: Path, python: Path) -> None:
    """An environment that holds what another one does, and takes the program from where make puts it."""
    if not (folder / ".venv").exists():
        subprocess.run([str(python), "-m", "venv", "--without-pip", str(folder / ".venv")], check=True)
        (packages,) = folder.glob(".venv/lib/python3*/site-packages")
        (theirs,) = python.parent.parent.glob("lib/python3*/site-packages")
        (packages / "installed.pth").write_text(f"{theirs}\n", encoding="utf-8")
        (folder / ".venv/.site").touch()
        os.utime(folder / ".venv/.site", (FAR, FAR))  # newer than any version's lock file, so that make has nothing to install
    _ignore(folder)


def _ignore(folder: Path) -> None:
    with (folder / ".git/info/exclude").open("a", encoding="utf-8") as file:
        file.write(".venv\nanswers.txt\nsummary.md\n")


def _merge_next(town: Town, program: Path) -> None:
    _next_version(town, program)
    town.git("fetch", "-q", "upstream")
    town.git("merge", "-q", "-m", "软件的新版本", "upstream/main")


STARTS: dict[str, Callable[[Path, Path], Start]] = {
    "a clone of the program": clone_of_the_program,
    "its own repository": its_own_repository,
}
