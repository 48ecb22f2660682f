"""A new repository for a county: the files of `PIECES`, the version of the program that it runs on, a first commit.  All or nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

from scripts.store import git, git_write, software
from scripts.store.swap import swap
from scripts.store.work_folder import beside

FILES = "scripts/exchange/county/files"
PIECES = {
    "README.md": f"{FILES}/README.md",
    "Makefile": f"{FILES}/Makefile",
    "ledger.py": "scripts/store/software.py",
    ".gitignore": f"{FILES}/gitignore",
    ".gitattributes": f"{FILES}/gitattributes",
    "data/site.yml": f"{FILES}/site.yml",
    "data/rules.yml": "scripts/ledger/model/rules.yml",
    "uploads/README.md": "uploads/README.md",
    ".github/workflows": f"{FILES}/workflows",
    ".github/dependabot.yml": f"{FILES}/dependabot.yml",
    ".github/ISSUE_TEMPLATE": ".github/ISSUE_TEMPLATE",
    ".github/PULL_REQUEST_TEMPLATE.md": ".github/PULL_REQUEST_TEMPLATE.md",
    ".github/CODEOWNERS.example": ".github/CODEOWNERS.example",
    ".vscode/settings.json": f"{FILES}/settings.json",
    ".vscode/extensions.json": ".vscode/extensions.json",
}
"""Each file or folder of a new repository, and where the program keeps it; beside these `ledger.version`.  All of it is the county's own from
then on: it is the same for every version, and what changes with a version is reached in `.ledger`."""
MESSAGE = "建立台账仓库"


class Refused(Exception):
    """The folder cannot become a county's repository; the message says why."""


def refuse_used(folder: Path) -> None:
    """A new repository takes a folder that is not there, or is empty, or an empty repository just cloned.  Raises `Refused`."""
    if folder.exists() and not folder.is_dir():
        raise Refused(f"{folder} 已经有了，是一个文件；请换一个名字")
    inside = sorted(each.name for each in folder.iterdir()) if folder.is_dir() else []
    if inside and (inside != [".git"] or _has_commits(folder)):
        raise Refused(f"{folder} 里已经有东西（{'、'.join(inside[:5])}），没有动它；请换一个新的或空的文件夹，或者刚取来的空仓库")


def _has_commits(folder: Path) -> bool:
    return bool(git.text(folder, "for-each-ref", "--count=1"))


def found(folder: Path, address: str, version: str = "") -> software.Pin:
    """Make the repository, on a version (empty: the newest) of the program that an address gives; gives the version.

    Raises `Refused`, `software.Stopped` where the version cannot be had, `GitFailed`; then nothing stands there."""
    folder = folder.absolute()
    refuse_used(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with beside(folder) as made:
        made.chmod(0o755)
        if (folder / ".git").is_dir():  # the empty repository, with where it was cloned from
            shutil.copytree(folder / ".git", made / ".git")
        pin = software.take(made, address, version)
        for goes, kept in PIECES.items():
            _copy(made / software.CLONE / kept, made / goes)
        software.write(made, pin)
        git_write.first_commit(made, MESSAGE)
        refuse_used(folder)
        swap(made, folder)
    return pin


def _copy(kept: Path, goes: Path) -> None:
    goes.parent.mkdir(parents=True, exist_ok=True)
    (shutil.copytree if kept.is_dir() else shutil.copyfile)(kept, goes)
