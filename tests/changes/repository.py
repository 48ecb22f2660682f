"""Throw-away git repositories with the fictional county in them, to be spoiled."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from ..conftest import SAMPLE

WHO = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false", "-c", "core.hooksPath=/dev/null")


@dataclass(frozen=True)
class Repository:
    """A clone with a data folder; `main` is what is public."""

    folder: Path

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def git(self, *arguments: str, day: str = "2023-12-01", config: tuple[str, ...] = WHO) -> str:
        """Run git here, on a day; gives what it prints."""
        known = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        stamp = f"{day}T12:00:00 +0800"
        known |= {"GIT_COMMITTER_DATE": stamp, "GIT_AUTHOR_DATE": stamp, "GIT_CONFIG_GLOBAL": os.devnull, "LC_ALL": "C"}
        return subprocess.run(
            ["git", "-C", str(self.folder), *config, *arguments], env=known, check=True, capture_output=True, text=True
        ).stdout.strip()

    def write(self, file: str, text: str) -> None:
        """A file of the data, whole."""
        path = self.data / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def commit(self, day: str = "2023-12-01", message: str = "a change") -> str:
        """Commit everything; gives the commit's id."""
        self.git("add", "-A")
        self.git("commit", "-qm", message, day=day)
        return self.git("rev-parse", "HEAD")


def found(folder: Path) -> Repository:
    """A new repository: the fictional county, committed on main, and a branch that starts there."""
    shutil.copytree(SAMPLE, folder / "data")
    repository = Repository(folder)
    repository.git("init", "-q", "-b", "main", "--template=")
    repository.commit()
    repository.git("repack", "-adq")
    repository.git("checkout", "-q", "-b", "work")
    return repository
