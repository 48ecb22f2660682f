"""How a county begins: each start leaves an office with a plan in data/, a host that has nothing yet, and a next version of the software."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from scripts.exports import dictionary
from scripts.store.project import ROOT

from ..conftest import DATA, plant
from .town import Town, set_up

SETTINGS = "publisher:\n  kind: independent\nlicence: CC BY 4.0\n"
"""As nobody has written yet who runs the site."""
NEW_WORDS = "新版本里才有的一句话。"
"""What the next version of the software says and this one does not, on the page about the site."""

Start = Callable[[Path, Path], tuple[Town, Callable[[], None]]]
"""From a folder and an environment to a town, and what takes the next version of the software into its office, uncommitted merges done."""


def clone_of_the_program(folder: Path, python: Path) -> tuple[Town, Callable[[], None]]:
    """Data and program together: a clone of the program whose data/ is the county's own; updated by a merge from where it came from."""
    set_up(folder)
    town = Town(folder, python, _provide)
    program = folder / "program"
    _copy_of_the_program(program)
    town.git("init", "-q", "-b", "main", at=program)
    town.git("add", "-A", at=program)
    town.git("commit", "-q", "-m", "this version", at=program)
    town.git("clone", "-q", "-o", "upstream", str(program), str(town.office), at=folder)
    town.git("init", "-q", "--bare", "-b", "main", str(town.host), at=folder)
    town.git("remote", "add", "origin", str(town.host))
    shutil.rmtree(town.office / "data")
    plant(town.office / "data")
    town.write("site.yml", SETTINGS)
    _provide(town.office, python)
    town.commit("小溪县的计划")
    return town, lambda: _merge_next(town, program)


def _copy_of_the_program(folder: Path) -> None:
    """What is tracked here, as it stands, without the tests; in its data/ the plan that the program is published with."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
    )
    for name in listed.stdout.decode().split("\0"):
        if name and not name.startswith(("data/", "tests/")) and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    shutil.copytree(DATA, folder / "data")
    dictionary.write(folder / "data")


def _provide(folder: Path, python: Path) -> None:
    for lock in folder.glob("requirements*.lock"):
        os.utime(lock, (0, 0))  # older than what is installed, so that make has nothing to install
    if not (folder / ".venv").exists():
        (folder / ".venv").symlink_to(python.parent.parent)
    cards = folder.parent / "cards"
    cards.mkdir(exist_ok=True)
    if not (folder / ".cache").exists():
        (folder / ".cache").symlink_to(cards)  # pictures are kept by what they are made from
    with (folder / ".git/info/exclude").open("a", encoding="utf-8") as file:
        file.write(".venv\n.cache\nanswers.txt\nsummary.md\n")


def _merge_next(town: Town, program: Path) -> None:
    about = program / "docs/about.md"
    about.write_text(about.read_text(encoding="utf-8") + f"\n{NEW_WORDS}\n", encoding="utf-8")
    town.git("commit", "-q", "-am", "the next version", at=program)
    town.git("fetch", "-q", "upstream")
    town.git("merge", "-q", "-m", "软件的新版本", "upstream/main")


STARTS: dict[str, Start] = {"a clone of the program": clone_of_the_program}
