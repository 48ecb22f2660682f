"""The append-only rule against git: the data as it stood at a base, the data as it stands now, and every breach with file and line."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from scripts.changes.lost_addresses import lost_addresses
from scripts.ledger.checks.filing_days import ahead, backdated
from scripts.ledger.checks.first_result_rules import wrong_results
from scripts.ledger.model.permalinks import Permalinks
from scripts.ledger.model.problems import Problem
from scripts.ledger.model.testimony import record_of
from scripts.store import git, git_objects, publications
from scripts.store.address_lists import permalink_lists
from scripts.store.clock import SHANGHAI
from scripts.store.draft_plans import draft_plans
from scripts.store.load import Loaded, load
from scripts.store.yaml_reader import Tree, Unreadable, parse

from .append_only import PROMISE, UNREADABLE, append_only, returned_to_draft
from .commit_days import misdated
from .purged_records import tombstones, unburied

BRANCHES = ("origin/main", "origin/master", "main", "master")
"""What is public, where nothing else is said: the first of these that exists."""
GONE = (
    "这里没有“{published}”这个提交，它是上次公布的；历史被改写过，没法和它比。不知道是谁改写的，先查清楚，不要公布。"
    "刚清除过个人信息的：在还有旧提交的那个副本里比一次（make guard PUBLISHED=旧提交），没有问题，再手动公布一次（GitHub：Actions → publish → Run workflow）"
)
"""What to say where the commit that was public is nowhere here: after a forced push."""
GONE_LOGGED = (
    "这里没有“{published}”这个提交，公布日志的最后一行说它是上次公布的；历史被改写过，没法和它比。不知道是谁改写的，先查清楚，不要公布。"
    "刚清除过个人信息的：在还有旧提交的那个副本里比过、记一行（python -m scripts published purged --from 旧提交），再手动公布一次"
)
"""The same, where the log of publications names it."""


@dataclass(frozen=True)
class Guarded:
    """What the comparison found: `loaded` holds the breaches with their lines, `base` the commit compared with, `added` the new records."""

    loaded: Loaded
    base: str
    added: tuple[str, ...]


def base_commit(data: Path, wished: str | None, published: str | None = None, exactly: bool = False) -> str:
    """The commit to compare with.  Raises `GitFailed`.

    Where there is a log of publications, what its last line says is public: no push to main moves it, so a push that was refused is not
    the base of the next.  `published` given (even empty): something is about to be published, and is held against that very state; else
    the newest commit that it shares with HEAD.  `exactly`: compare with `published`, whatever the log says.

    Without a log: `published`, as it is, even where a forced push dropped it from the history: what only it held would else be lost unseen;
    else what HEAD shares with `wished` or, where nothing or only zeros (how hosts name "no commit") are wished, with the branch that is public.
    """
    last = None if exactly else _last(data)
    if last:
        return last if published is not None else git.merge_base(data, last)
    if _said(published):
        return public_commit(data, wished, published, exactly)
    return git.merge_base(data, _public_name(data, wished))


def public_commit(data: Path, wished: str | None, published: str | None = None, exactly: bool = False) -> str:
    """The newest commit of what is public: the log's last, else `published`, else the base branch as it stands.  Raises `GitFailed`."""
    last = None if exactly else _last(data)
    if last:
        return last
    if not published or not _said(published):
        return git.commit(data, _public_name(data, wished))
    return _here(data, published, GONE)


def _last(data: Path) -> str | None:
    """The commit that the log of publications says is public; None where there is no log."""
    log = publications.read(data)
    return _here(data, log[-1].commit, GONE_LOGGED) if log else None


def _here(data: Path, published: str, otherwise: str) -> str:
    if git.is_shallow(data):
        raise git.shallow()
    git.root(data)
    try:
        return git.commit(data, published)
    except git.GitFailed:
        raise git.GitFailed(otherwise.format(published=published)) from None


def _public_name(data: Path, wished: str | None) -> str:
    if wished and _said(wished):
        return wished
    git.root(data)
    for branch in BRANCHES:
        try:
            git.commit(data, branch)
        except git.GitFailed:
            continue
        return branch
    raise git.GitFailed("不知道和哪个提交比：没有 main 分支；请写明。例：make guard BASE=origin/main")


def _said(commit: str | None) -> bool:
    return bool(commit and commit.strip("0"))


def guard(
    data: Path, wished: str | None, today: date, now: Path | None = None, published: str | None = None, exactly: bool = False
) -> Guarded:
    """Compare a data folder with its base.  Raises `GitFailed`.

    `published`, `exactly`: see `base_commit`.  `now` (default: the folder itself) holds what is to be compared: what is staged in it, for a commit under way.
    """
    base, public = base_commit(data, wished, published, exactly), public_commit(data, wished, published, exactly)
    before, lists = _at(data, base)
    trees = _files(now or data)
    after = {file: tree.value for file, tree in trees.items()}
    committed = {file: _shanghai(seconds) for file, seconds in git.first_commits(data, base).items()}
    returned = returned_to_draft(before, after, draft_plans(now or data))
    breaches = [
        *returned,
        *append_only(before, after),
        *_kept_results(data, base, before, after),
        *lost_addresses(lists, permalink_lists(now or data), today),
    ]
    early = list(ahead(before, after, today))
    named = {problem.at.file for problem in breaches}
    late = [problem for problem in backdated(before, after, committed, today) if problem.at.file not in named]
    buried = tombstones(before if public == base else _at(data, public)[0]) | tombstones(after)
    added = tuple(file for file in after if file not in before and record_of(file))
    found = [*breaches, *misdated(data, base, today), *late, *early, *unburied(data, public, buried, after)]
    return Guarded(Loaded(data.as_posix(), None, found, trees), base, added)


def _at(data: Path, commit: str) -> tuple[dict[str, Any], dict[str, Permalinks | Unreadable]]:
    """What the files said at a commit, drafts of plans left out, and the addresses given out then."""
    with tempfile.TemporaryDirectory() as folder:
        git_objects.export(data, commit, Path(folder))
        drafts = draft_plans(Path(folder))
        said = {file: value for file, value in _values(_files(Path(folder))).items() if file.split("/")[1] not in drafts}
        return said, permalink_lists(Path(folder))


def _kept_results(data: Path, base: str, before: dict[str, Any], after: dict[str, Any]) -> Iterator[Problem]:
    """撤下标记的 results 就是撤下前已经公布的首次结果，照撤下前的数据算出来的。"""
    new = [
        (record, value) for file, value in after.items() if file not in before and (record := record_of(file)) and isinstance(value, dict)
    ]
    filed = [(record, value) for record, value in new if record.kind == "withdrawals"]
    if not filed:
        return
    with tempfile.TemporaryDirectory() as folder:
        git_objects.export(data, base, Path(folder))
        ledger = load(Path(folder)).ledger
    for record, value in filed:
        if ledger and record.plan in ledger.promises:
            yield from wrong_results(record.file, value, ledger.promises[record.plan], ledger.records[record.plan], ledger.rules)


def _values(trees: dict[str, Tree]) -> dict[str, Any]:
    """What the files say, as far as they can be read."""
    return {file: tree.value for file, tree in trees.items() if tree.value is not UNREADABLE}


def _files(folder: Path) -> dict[str, Tree]:
    """Every file under guard, by its path below the data folder."""
    return dict(_read(folder))


def _read(folder: Path) -> Iterator[tuple[str, Tree]]:
    for path in sorted((folder / "plans").glob("[!.]*/**/*")):  # a hidden folder is what a killed hand-in left
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
