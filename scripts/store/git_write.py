"""Adding to a repository: one commit beside what is there, one new branch; the working copy and its index stay as they are.  And the first
commit of a new one, and a release of the program.

Raises `GitFailed`, as `git` does.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from . import git

WHO = ("-c", "user.name=民生台账填报表", "-c", "user.email=workbook@ledger.invalid", "-c", "commit.gpgSign=false")
"""Who commits: the machinery and no person; whoever merges stands in the history beside it."""


def commit_beside(folder: Path, base: str, files: Mapping[str, bytes], gone: Iterable[str], message: str) -> str:
    """A commit on top of `base` with new `files` (path from the repository's root → bytes) and without `gone`; gives its id.

    It holds nothing else: what other branches carried, and what anyone wrote into a workbook's properties, is not in its history.
    """
    top = git.root(folder)
    with tempfile.TemporaryDirectory() as temporary:
        index = Path(temporary) / "index"
        git.run(top, "read-tree", base, beside=index)
        lines = [f"0 {'0' * 40}\t{path}" for path in gone]
        for path, content in sorted(files.items()):
            blob = git.run(top, "hash-object", "-w", "--stdin", given=content).decode().strip()
            lines.append(f"100644 {blob}\t{path}")
        git.run(top, "update-index", "-z", "--add", "--index-info", given="".join(f"{line}\0" for line in lines).encode(), beside=index)
        tree = git.run(top, "write-tree", beside=index).decode().strip()
    return git.run(top, *WHO, "commit-tree", tree, "-p", base, given=message.encode()).decode().strip()


def push_new(folder: Path, commit: str, branch: str, remote: str = "origin") -> None:
    """Push a commit as a new branch; one that is there already is never moved."""
    git.run(folder, "push", "--quiet", f"--force-with-lease=refs/heads/{branch}:", remote, f"{commit}:refs/heads/{branch}")


def push_over(folder: Path, commit: str, branch: str, tip: str, remote: str = "origin") -> None:
    """Put a commit in the place of a branch's only one; a branch that moved on from `tip` meanwhile is refused."""
    run = ("push", "--quiet", f"--force-with-lease=refs/heads/{branch}:{tip}", remote, f"+{commit}:refs/heads/{branch}")
    git.run(folder, *run)


def ours_alone(folder: Path, tip: str, base: str) -> bool:
    """Whether a branch holds one commit of ours on what is public, and nothing that a person put there."""
    try:
        author, committer, *parents = git.text(folder, "log", "-1", "--format=%ae %ce %P", tip).split()
    except git.GitFailed:
        return False  # a commit that came meanwhile and is not here
    ours = WHO[3].partition("=")[2]
    return author == committer == ours and len(parents) == 1 and git.is_ancestor(folder, parents[0], base)


def fetch(folder: Path, patterns: Iterable[str], remote: str = "origin") -> None:
    """Bring what this clone knows of branches up to date; those that are gone there go here."""
    git.run(folder, "fetch", "--quiet", "--prune", remote, *(f"+refs/heads/{each}:refs/remotes/{remote}/{each}" for each in patterns))


def listed(folder: Path, at: str, below: str) -> list[str]:
    """The files below a path at a commit, from the repository's root."""
    names = git.run(git.root(folder), "ls-tree", "-r", "-z", "--name-only", "--full-tree", at, "--", below)
    return [name for name in names.decode("utf-8", errors="surrogateescape").split("\0") if name]


def remote_tip(folder: Path, branch: str, remote: str = "origin") -> str | None:
    """The commit that a branch of the remote stands at now; None where there is no such branch."""
    found = git.text(folder, "ls-remote", remote, f"refs/heads/{branch}").split()
    return found[0] if found else None


def remove_branch(folder: Path, branch: str, at: str, remote: str = "origin") -> None:
    """Take a branch away from the remote; one that moved on from `at` meanwhile is refused."""
    git.run(folder, "push", "--quiet", f"--force-with-lease=refs/heads/{branch}:{at}", remote, f":refs/heads/{branch}")


FOUNDER = ("-c", "user.name=民生台账", "-c", "user.email=ledger@ledger.invalid")
"""Who makes a new repository's first commit where git was told of nobody: nothing of the machine gets into the history."""


def first_commit(folder: Path, message: str) -> None:
    """Commit everything in a folder, which becomes a repository with the branch `main` unless it is one."""
    git.run(folder, "init", "--quiet")
    git.run(folder, "symbolic-ref", "HEAD", "refs/heads/main")
    git.run(folder, "add", "--all")
    git.run(folder, *(() if _named(folder) else FOUNDER), "commit", "--quiet", "--no-verify", "-m", message)


def commit_and_tag(folder: Path, files: Iterable[str], message: str, tag: str, words: str) -> str:
    """Commit files as they are now, if that changes anything, and give the commit an annotated tag; gives the commit's id."""
    git.run(folder, "add", "--", *files)
    if git.run(folder, "diff", "--cached", "--name-only"):
        git.run(folder, "commit", "--quiet", "-m", message)
    git.run(folder, "tag", "--annotate", "--cleanup=verbatim", "-m", f"{message}\n\n{words}", tag)
    return git.commit(folder, "HEAD")


def _named(folder: Path) -> bool:
    """Whether git was told who commits here, in its settings or by the environment."""
    try:
        git.run(folder, "-c", "user.useConfigOnly=true", "var", "GIT_AUTHOR_IDENT")
        git.run(folder, "-c", "user.useConfigOnly=true", "var", "GIT_COMMITTER_IDENT")
    except git.GitFailed:
        return False
    return True
