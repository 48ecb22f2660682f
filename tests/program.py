"""The program as somebody else gets it: in a folder of its own, with facts of theirs."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from scripts.exports import dictionary
from scripts.store.project import ROOT

from .conftest import DATA


def copy_of_the_program(folder: Path, data: Path = DATA) -> None:
    """What is tracked here, as it stands, without the tests; in its data/ a copy of `data`: if not told, the plan that the program
    is published with."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
    )
    for name in listed.stdout.decode().split("\0"):
        if name and not name.startswith(("data/", "tests/")) and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    shutil.copytree(data, folder / "data")
    dictionary.write(folder / "data")
