"""Where this project stands on disk, and where the facts are: at home in the clone of the program, or in a county's own repository around it.

A county's own repository names the version of the program that it runs on in one line (`ledger.version`); the program lies in `.ledger/`,
a clone that git does not look at.  Elsewhere data and program stand in one repository.  Source: docs/decisions/0038-a-countys-own-repository.md.
"""

from __future__ import annotations

from pathlib import Path

from .software import FILE

ROOT = Path(__file__).resolve().parent.parent.parent
"""The top folder of the program."""


def home(here: Path) -> Path:
    """The top folder of the repository whose facts are meant: the county's own around `here`, or the program's."""
    for folder in (here, *here.parents):
        if (folder / FILE).is_file():
            return folder
        if (folder / ".git").exists():
            break
    return ROOT


def facts(top: Path) -> Path:
    """The data folder of a repository: `data`, or its top folder itself where the facts lie there."""
    inside = top / "data"
    return top if not inside.is_dir() and (top / "site.yml").is_file() else inside
