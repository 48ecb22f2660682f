"""`changed-kind`: whether what was changed is data alone, or program too; a workflow runs the program's own tests only for the latter."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import PurePosixPath

from rich.markup import escape

from scripts.changes.guard import base_commit
from scripts.ledger.model.redirects import FILE as REDIRECTS
from scripts.store import git

from .options import Options, Verbs
from .terminal import say

FACTS = ("site.yml", "units.yml", "rules.yml", REDIRECTS, "plans")
"""What a data folder holds that people write.  README.md and schema/ there are made from the model: with them the program changes."""
UPLOADS = "uploads"
"""Where workbooks are put; it stands beside the data."""


def add(verbs: Verbs, options: Options) -> None:
    """Register the verb."""
    parser = verbs.add_parser(
        "changed-kind", parents=[options.data, options.based], help="改的只是数据（data），还是也有程序（code）；工作流照它决定要不要跑测试"
    )
    parser.set_defaults(run=run, answers=options.answers)


def run(options: argparse.Namespace) -> int:
    """Print `data` or `code`, and hand it on to the workflow; what cannot be told is `code`, so that nothing goes untested."""
    try:
        found = kind(_paths(options), git.text(options.data, "rev-parse", "--show-prefix").rstrip("/"))
    except git.GitFailed as error:
        say(f"看不出改了什么，当作程序也改了：{escape(str(error))}。")
        found = "code"
    print(found)
    if options.answers:
        with options.answers.open("a", encoding="utf-8") as file:
            file.write(f"kind={found}\n")
    return 0


def kind(paths: Iterable[str], data: str) -> str:
    """`data` where every path is a fact of the data folder (its path from the repository's root, empty for the root) or an upload.

    >>> kind(["data/plans/2023/reports/2023-05/24.yml"], "data"), kind(["data/README.md"], "data"), kind([], "data")
    ('data', 'code', 'data')
    """
    return "data" if all(_is_fact(PurePosixPath(path), PurePosixPath(data)) for path in paths) else "code"


def _is_fact(path: PurePosixPath, data: PurePosixPath) -> bool:
    if path.parts[0] == UPLOADS:
        return True
    return path.is_relative_to(data) and path != data and path.relative_to(data).parts[0] in FACTS


def _paths(options: argparse.Namespace) -> list[str]:
    """Every path changed, renamed ones under both names.  Raises `GitFailed`, also for a new branch (zeros): nothing of it was seen before."""
    if options.published and not options.published.strip("0"):
        raise git.GitFailed("这个分支是新的")
    base = base_commit(options.data, options.base, options.published)
    return [path for each in git.changed(git.root(options.data), base) for path in (each.path, each.before)]
