"""The append-only rule against git: the data as it stood at a base, the data as it stands now, and every breach with file and line."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from . import git, git_objects
from .build import SHANGHAI
from .draft_plans import draft_plans
from .ledger.append_only import PROMISE, UNREADABLE, ahead, append_only, backdated, record_of, returned_to_draft
from .load import Loaded
from .permalinks import lost_addresses, permalink_lists
from .yamltext import Tree, Unreadable, parse

BRANCHES = ("origin/main", "origin/master", "main", "master")
"""What is public, where nothing else is said: the first of these that exists."""


@dataclass(frozen=True)
class Guarded:
    """What the comparison found: `loaded` holds the breaches with their lines, `base` the commit compared with, `added` the new records."""

    loaded: Loaded
    base: str
    added: tuple[str, ...]


def base_commit(data: Path, wished: str | None, published: str | None = None) -> str:
    """The commit to compare with: the newest that the base branch and HEAD share.  Raises `GitFailed`.

    Nothing wished, or only zeros (how hosts name "no commit"): the branch that is public.  `published`: what was public until now,
    compared with as it is, even where a forced push dropped it from the history: what only it held would else be lost unseen.
    """
    if published and published.strip("0"):
        if git.is_shallow(data):
            raise git.shallow()
        return git.commit(data, published)
    if wished and wished.strip("0"):
        return git.merge_base(data, wished)
    git.root(data)
    for branch in BRANCHES:
        try:
            git.commit(data, branch)
        except git.GitFailed:
            continue
        return git.merge_base(data, branch)
    raise git.GitFailed("不知道和哪个提交比：没有 main 分支；请写明。例：make guard BASE=origin/main")


def guard(data: Path, wished: str | None, today: date, now: Path | None = None, published: str | None = None) -> Guarded:
    """Compare a data folder with its base.  Raises `GitFailed`.

    `now` (default: the folder itself) holds what is to be compared: what is staged in it, for a commit under way.
    """
    base = base_commit(data, wished, published)
    with tempfile.TemporaryDirectory() as folder:
        git_objects.export(data, base, Path(folder))
        drafts = draft_plans(Path(folder))
        before = {file: value for file, value in _values(_files(Path(folder))).items() if file.split("/")[1] not in drafts}
        lists = permalink_lists(Path(folder))
    trees = _files(now or data)
    after = {file: tree.value for file, tree in trees.items()}
    committed = {file: _shanghai(seconds) for file, seconds in git.first_commits(data, base).items()}
    returned = returned_to_draft(before, after, draft_plans(now or data))
    breaches = [*returned, *append_only(before, after), *lost_addresses(lists, permalink_lists(now or data), today)]
    early = list(ahead(before, after, today))
    named = {problem.at.file for problem in breaches}
    late = [problem for problem in backdated(before, after, committed, today) if problem.at.file not in named]
    added = tuple(file for file in after if file not in before and record_of(file))
    return Guarded(Loaded(data.as_posix(), None, [*breaches, *late, *early], trees), base, added)


def _values(trees: dict[str, Tree]) -> dict[str, Any]:
    """What the files say, as far as they can be read."""
    return {file: tree.value for file, tree in trees.items() if tree.value is not UNREADABLE}


def _files(folder: Path) -> dict[str, Tree]:
    """Every file under guard, by its path below the data folder."""
    return dict(_read(folder))


def _read(folder: Path) -> Iterator[tuple[str, Tree]]:
    for path in sorted((folder / "plans").rglob("*")):
        file = path.relative_to(folder).as_posix()
        if path.is_file() and (record_of(file) or PROMISE.fullmatch(file)):
            yield file, _tree(path)


def _tree(path: Path) -> Tree:
    if path.suffix == ".txt":
        return Tree(path.read_bytes())
    try:
        return parse(path.read_bytes())
    except Unreadable as error:
        return Tree(UNREADABLE, {(): error.line})


def _shanghai(seconds: int) -> date:
    return datetime.fromtimestamp(seconds, SHANGHAI).date()
