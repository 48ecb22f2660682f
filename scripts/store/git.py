"""Asking git: the only module that runs it.  Every answer is read from the repository around a folder; nothing in it is changed.

`GitFailed` carries words for staff: not a repository, a commit that is not here, a shallow clone, git not installed.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

FETCH = "git fetch --unshallow"
QUIET = {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_REPLACE_OBJECTS": "1"}
"""The same words on every machine, no writing of the index while reading, and no object shown in place of another (refs/replace/)."""
STEERING = ("GIT_DIR", "GIT_WORK_TREE", "GIT_PREFIX")
"""What git sets for a hook: it would make every question be answered by that repository, whatever the folder."""


class GitFailed(Exception):
    """git could not answer; the message says why, in Chinese, and what helps."""


@dataclass(frozen=True)
class Changed:
    """A file that differs between two commits: `status` is git's letter (A added, M edited, D deleted, R renamed, T type); `before` its
    earlier path, which differs from `path` where it was renamed.  Paths are POSIX, from the repository's root."""

    status: str
    path: str
    before: str


def run(folder: Path, *arguments: str, given: bytes = b"", beside: Path | None = None) -> bytes:
    """What `git ARGUMENTS` prints in a folder when `given` on its standard input; `beside`: an index to use in place of the repository's.
    Raises `GitFailed`."""
    known = {name: value for name, value in os.environ.items() if name not in STEERING} | QUIET
    if beside:
        known["GIT_INDEX_FILE"] = str(beside)
    elif index := known.get("GIT_INDEX_FILE"):
        known["GIT_INDEX_FILE"] = str(Path(index).absolute())  # a hook is told where it is from the top folder
    command = ["git", "-c", "core.quotePath=false", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, input=given, capture_output=True, check=False, env=known)
    except FileNotFoundError:
        raise GitFailed("没有安装 git；请先安装 git") from None
    if done.returncode:
        raise GitFailed(_reason(folder, done.stderr.decode(errors="replace")))
    return done.stdout


def text(folder: Path, *arguments: str) -> str:
    """The same as text, without the line break at its end."""
    return run(folder, *arguments).decode("utf-8", errors="replace").strip()


def _reason(folder: Path, said: str) -> str:
    if "not a git repository" in said:
        return f"{folder} 不在 git 仓库里；请在克隆下来的仓库里运行"
    if "dubious ownership" in said:
        return f"git 不信任 {folder}（文件夹属于别的用户）；请用克隆它的那个用户运行"
    return "git 说：" + (said.strip().splitlines() or ["（没有说）"])[-1]


def root(folder: Path) -> Path:
    """The top folder of the repository around a folder."""
    return Path(text(folder, "rev-parse", "--show-toplevel"))


def is_shallow(folder: Path) -> bool:
    """Whether the clone holds only a part of the history."""
    return text(folder, "rev-parse", "--is-shallow-repository") == "true"


def is_dirty(folder: Path, *below: str) -> bool:
    """Whether a folder, or only these paths in it, holds changes or new files that are not committed.  Raises `GitFailed`."""
    return bool(run(folder, "status", "--porcelain", "-z", "--untracked-files=normal", "--", *(below or (".",))))


def commit(folder: Path, name: str) -> str:
    """The full id of the commit that a branch, tag or short id names.  Raises `GitFailed` where there is none."""
    try:
        return text(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    except GitFailed:
        root(folder)  # a folder outside any repository is named as such
        raise GitFailed(f"这里没有“{name}”这个提交或分支；请先取来（git fetch origin），再写对名字。例：BASE=origin/main") from None


def shallow() -> GitFailed:
    """What to say of a clone that holds only a part of the history."""
    return GitFailed(f"这份克隆只有一部分历史（浅克隆），比不了；请先取全：{FETCH}（GitHub 上：actions/checkout 写 fetch-depth: 0）")


def merge_base(folder: Path, one: str, other: str = "HEAD") -> str:
    """The newest commit that two commits share.  Raises `GitFailed` where the history is cut off or they share none."""
    if is_shallow(folder):
        raise shallow()
    first, second = commit(folder, one), commit(folder, other)
    try:
        return text(folder, "merge-base", first, second)
    except GitFailed:
        raise GitFailed(
            f"“{one}”和“{other}”没有共同的历史，比不了：多半有一边取自历史改写以前。没有交的改动另存一份，重新取一份，再放进去"
        ) from None


def changed(folder: Path, since: str, until: str = "HEAD", below: str = ".") -> list[Changed]:
    """The files below a path that differ between two commits, by path; renames found."""
    fields = iter(
        run(folder, "diff", "--name-status", "-z", "-M", since, until, "--", below).decode("utf-8", errors="surrogateescape").split("\0")
    )
    return sorted(_changes(fields), key=lambda each: each.path)


def _changes(fields: Iterator[str]) -> Iterator[Changed]:
    for status in fields:
        if status:
            before = next(fields)
            yield Changed(status[0], next(fields) if status[0] in "RC" else before, before)


def is_ancestor(folder: Path, one: str, other: str) -> bool:
    """Whether a commit is another's ancestor, or it."""
    try:
        return text(folder, "merge-base", one, other) == commit(folder, one)
    except GitFailed:
        return False


def branches(folder: Path, *patterns: str) -> list[str]:
    """The full names of the branches that match any of some patterns."""
    return text(folder, "for-each-ref", "--format=%(refname)", *patterns).split() if patterns else []


def added(folder: Path, base: str, branch: str) -> list[str]:
    """The files that a branch added since it left `base` and that `base` does not have, from the repository's root; none where they share no
    history."""
    try:
        since = merge_base(folder, base, branch)
    except GitFailed:
        return []
    new = [each.path for each in changed(root(folder), since, branch) if each.status in "ACR"]
    there = set(
        run(folder, "ls-tree", "-r", "-z", "--name-only", "--full-tree", base).decode("utf-8", errors="surrogateescape").split("\0")
    )
    return [path for path in new if path not in there]


def hook_file(folder: Path, name: str) -> Path:
    """Where the repository around a folder keeps its hook of that name."""
    return Path(text(folder, "rev-parse", "--path-format=absolute", "--git-path", f"hooks/{name}"))


def holders(folder: Path, commits: str, files: Iterable[str]) -> dict[str, str]:
    """Each of these files (paths from the folder) that some commit of a range added or changed → the newest such commit."""
    asked = list(files)
    if not asked:
        return {}
    said = run(
        folder,
        *("log", "--diff-filter=d", "--no-renames", "-m", "--relative", "-z", "--name-only", "--format=%x01%H", commits, "--"),
        *(f":(literal){file}" for file in asked),
    )
    found, commit = dict[str, str](), ""
    for field in said.decode("utf-8", errors="surrogateescape").split("\0"):
        name = field.strip("\n")
        if name.startswith("\x01"):
            commit, _, name = name[1:].partition("\n")
        if name.strip("\n"):
            found.setdefault(name.strip("\n"), commit)
    return found


def first_commits(folder: Path, since: str = "") -> dict[str, int]:
    """Each file below a folder → when it was first committed (seconds since 1970), among the commits after `since` (empty: among all).

    A rebase makes the commits anew and keeps their authors' days: the earlier of the two counts.
    Paths count from the folder.  Renames are not followed: a name is an id.
    """
    scope = [f"{since}..HEAD"] if since else ["HEAD"]
    lines = run(
        folder, "log", "--diff-filter=A", "--no-renames", "-m", "--relative", "-z", "--name-only", "--format=%x01%ct %at", *scope, "--", "."
    )
    found: dict[str, int] = {}
    seconds = 0
    for field in lines.decode("utf-8", errors="surrogateescape").split("\0"):
        name = field.strip("\n")
        if name.startswith("\x01"):
            stamps, _, name = name[1:].partition("\n")
            seconds, name = min(int(stamp) for stamp in stamps.split()), name.strip("\n")
        if name:
            found[name] = min(seconds, found.get(name, seconds))
    return found
