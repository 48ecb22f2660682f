"""Workbooks that somebody uploaded through the browser: read all or none, and put what they report where a pull request can take it.

Two steps, so that the one that opens files of strangers has no right to write and the one that may write opens none:
`take` (reads) leaves a folder TAKEN with the new reports and the words of the request; `request` (writes) makes a branch of these.
"""

from __future__ import annotations

import html
import shutil
from collections.abc import Iterator
from pathlib import Path

from scripts.ledger.model.testimony import record_file, report_id
from scripts.store import git, git_write

WORDS = "request.md"
"""The words of the pull request, in TAKEN; beside it `data/`, the new reports as they will stand in the data folder."""
MESSAGE = "从填报表收的报告"
BY_MACHINE = (
    "这个合并请求由程序提出，里面只有新报告，没有上传的表。收表时已经连同全部数据检查过，没有错误；合并以前请看一遍。\n\n"
    "检查要有人点一下才跑：点下面的“Approve workflows to run”（批准运行）；没有这个按钮的，关上合并请求再打开一次。"
)


class Unfit(Exception):
    """What lies in TAKEN is not what `take` leaves there, or does not fit the base; the words are Chinese."""


def uploaded(folder: Path) -> list[Path]:
    """The files that were uploaded, by name; the note that stands there for people and hidden files are none."""
    found = (path for path in sorted(folder.rglob("*")) if not any(part.startswith(".") for part in path.relative_to(folder).parts))
    return [path for path in found if (path.is_file() or path.is_symlink()) and path.name != "README.md"]


def reports_in(data: Path) -> dict[str, bytes]:
    """Every report of a data folder: path below it → bytes."""
    return {path.relative_to(data).as_posix(): path.read_bytes() for path in sorted(data.glob("plans/*/reports/*/*.yml"))}


def keep(taken: Path, files: dict[str, bytes], words: str) -> None:
    """Leave new reports and words in TAKEN; what a former run left is removed."""
    shutil.rmtree(taken, ignore_errors=True)
    for name, content in files.items():
        path = taken / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    taken.mkdir(exist_ok=True)
    (taken / WORDS).write_text(f"{BY_MACHINE}\n\n{words}", encoding="utf-8")


def refusal(lines: str) -> str:
    """What was wrong, for the summary of a run: text and nothing but text."""
    return f"## 没有收：表里有不对的地方\n\n照下面逐格改好，再上传到同一个分支，换掉原来的表。\n\n<pre>\n{html.escape(lines)}</pre>\n"


def request(data: Path, taken: Path, base: str, branch: str, uploads: str) -> int:
    """Push a new branch that holds the base and the new reports, and no upload; gives how many reports.

    Raises `Unfit` where TAKEN holds anything but new reports of plans that the base has, `GitFailed` where git cannot.
    """
    prefix = git.text(data, "rev-parse", "--show-prefix")
    files = {f"{prefix}{name}": content for name, content in _taken(taken)}
    there = {name.removeprefix(prefix) for name in git_write.listed(data, base, prefix or ".")}
    plans = {name.split("/")[1] for name in there if name.startswith("plans/")}
    for name in (name.removeprefix(prefix) for name in files):
        if name in there:
            raise Unfit(f"{name} 已经公布；请从本站重新取一份表来填")
        if name.split("/")[1] not in plans:
            raise Unfit(f"{name}：没有这个年度的计划")
    if not files:
        raise Unfit("没有新报告")
    gone = [name for name in git_write.listed(data, base, uploads) if not name.endswith("/README.md")]
    git_write.push_new(data, git_write.commit_beside(data, base, files, gone, MESSAGE), branch)
    return len(files)


def only_uploads(data: Path, base: str, uploads: str) -> bool:
    """Whether what is checked out differs from the base by uploads alone: then its branch has served its purpose."""
    changed = git.changed(git.root(data), base)
    return bool(changed) and all(each.path.startswith(f"{uploads}/") and each.before.startswith(f"{uploads}/") for each in changed)


def _taken(taken: Path) -> Iterator[tuple[str, bytes]]:
    """The reports in TAKEN, each a plain file at a report's place."""
    inside = taken / "data"
    for path in sorted(inside.rglob("*")):
        if path.is_dir() and not path.is_symlink():
            continue
        name = path.relative_to(inside).as_posix()
        parts = name.split("/")
        key = "/".join(parts[3:]).removesuffix(".yml")
        fits = len(parts) == 5 and bool(report_id(key)) and record_file(parts[1], "reports", key) == name
        if path.is_symlink() or not fits:
            raise Unfit(f"{name} 不是一份报告；请重新收表")
        yield name, path.read_bytes()
