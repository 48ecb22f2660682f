"""The verbs of `python -m scripts`, one module each: what it is called, its options, what it does.

A verb module has `add(verbs, options)`, which registers its parsers.  Verbs are given the day and the environment's wishes as
options; none of them reads the clock or the environment (`scripts/__main__.py` does).
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from rich.console import Console

from .. import git
from ..load import Loaded

say = Console(stderr=True, highlight=False, soft_wrap=True, markup=True).print
"""Progress and remarks for the person at the terminal; results go to standard output."""

WAITING = "其中{count}个文件有读不懂或缺少的地方，要和它们对照的还没有核对；改好以后，再检查一遍。"
"""Said when something could not be read: the check has not seen everything yet."""

Verbs: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


@dataclass(frozen=True)
class Options:
    """Groups of options that verbs share, to be passed as `parents`: the data folder; with the site's address; with the day judged; with
    the form in which problems are printed; the base to compare with, and today."""

    data: argparse.ArgumentParser
    addressed: argparse.ArgumentParser
    dated: argparse.ArgumentParser
    checked: argparse.ArgumentParser
    based: argparse.ArgumentParser
    out: str
    """Where the site goes unless `--out` says otherwise."""
    summary: Path | None = None
    """Where a workflow wants its summary, as Markdown."""


def print_problems(loaded: Loaded, form: str = "text") -> None:
    """Every problem on standard output, how many on standard error.

    `form` github: as annotations of a pull request, and as lines for people on standard error.
    """
    annotations = loaded.annotations(repository_path(Path(loaded.root))) if form == "github" else []
    for annotation in annotations:
        print(annotation)
    for message in loaded.messages():
        print(message, file=sys.stderr if annotations else sys.stdout)
    if loaded.errors:
        say(f"共{len(loaded.errors)}处错误。")
    if loaded.torn:
        say(WAITING.format(count=len(loaded.torn)))


def repository_path(folder: Path) -> str:
    """A folder as its repository names it; outside of one as it was given."""
    try:
        return folder.resolve().relative_to(git.root(folder)).as_posix()
    except (git.GitFailed, ValueError):
        return folder.as_posix()
