"""What somebody handed in through the browser: read all or none, and put what it says where a pull request can take it.

Two steps, so that the one that opens files of strangers has no right to write and the one that may write opens none:
`take` (reads) leaves a folder TAKEN with the new records and the words of the request; `request` (writes) makes a branch of these.
"""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from scripts.ledger.model.testimony import record_of, report_id
from scripts.store import git, git_write
from scripts.store.yaml_reader import Unreadable, parse

WORDS = "request.md"
"""The words of the pull request, in TAKEN; beside it `data/`, the new records as they will stand in the data folder."""
REMOVED = "removed.txt"
"""In TAKEN: the files of records that a tombstone among the new ones takes down, one a line."""
MESSAGE = "从上传的表收的记录"
NAME = re.compile(r"[A-Za-z0-9]+([.-][A-Za-z0-9]+)*", re.ASCII)
BY_MACHINE = (
    "这个合并请求由程序提出，里面只有新记录，没有上传的表。收表时已经连同全部数据检查过，没有错误；合并以前请看一遍。\n\n"
    "检查要有人点一下才跑：点下面的“Approve workflows to run”（批准运行）；没有这个按钮的，关上合并请求再打开一次。"
)


class Unfit(Exception):
    """What lies in TAKEN is not what `take` leaves there, or does not fit the base; the words are Chinese."""


def uploaded(folder: Path) -> list[Path]:
    """The files that were uploaded, by name; the note that stands there for people and hidden files are none."""
    found = (path for path in sorted(folder.rglob("*")) if not any(part.startswith(".") for part in path.relative_to(folder).parts))
    return [path for path in found if (path.is_file() or path.is_symlink()) and path.name != "README.md"]


def records_in(data: Path) -> dict[str, bytes]:
    """Every record of a data folder: path below it → bytes."""
    found = {path.relative_to(data).as_posix(): path for path in sorted(data.glob("plans/[!.]*/*/**/*.yml"))}
    return {name: path.read_bytes() for name, path in found.items() if record_of(name)}


def keep(taken: Path, files: Mapping[str, bytes], words: str, gone: Collection[str] = (), opening: str = BY_MACHINE) -> None:
    """Leave new records, the files of those taken down, and words in TAKEN; what a former run left is removed."""
    shutil.rmtree(taken, ignore_errors=True)
    for name, content in files.items():
        path = taken / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    taken.mkdir(exist_ok=True)
    if gone:
        (taken / REMOVED).write_text("".join(f"{name}\n" for name in gone), encoding="utf-8")
    (taken / WORDS).write_text(f"{opening}\n\n{words}", encoding="utf-8")


def refusal(lines: str) -> str:
    """What was wrong, for the summary of a run: text and nothing but text."""
    return f"## 没有收：表里有不对的地方\n\n照下面逐格改好，再上传到同一个分支，换掉原来的表。\n\n<pre>\n{html.escape(lines)}</pre>\n"


def request(data: Path, taken: Path, base: str, uploads: str, message: str = MESSAGE) -> tuple[str, tuple[str, ...]]:
    """A commit that holds the base and the new records, and no upload; gives its id and the records' files below the data
    folder.

    Raises `Unfit` where TAKEN holds anything but new records of plans that the base has, and tombstones for what it takes away; `GitFailed`
    where git cannot.
    """
    prefix = git.text(data, "rev-parse", "--show-prefix")
    files = dict(_taken(taken))
    there = {name.removeprefix(prefix) for name in git_write.listed(data, base, prefix or ".")}
    plans = {name.split("/")[1] for name in there if name.startswith("plans/")}
    for name in files:
        if name in there:
            raise Unfit(f"{name} 已经公布，或者这个编号刚被别的记录用了；请重新收一次")
        if name.split("/")[1] not in plans:
            raise Unfit(f"{name}：没有这个年度的计划")
    if not files:
        raise Unfit("没有新记录")
    gone = list(_removed(taken, files, there))
    uploaded = [name for name in git_write.listed(data, base, uploads) if not name.endswith("/README.md")]
    named = {f"{prefix}{name}": content for name, content in files.items()}
    return git_write.commit_beside(data, base, named, [*uploaded, *(f"{prefix}{name}" for name in gone)], message), tuple(files)


def only_uploads(data: Path, base: str, uploads: str) -> bool:
    """Whether what is checked out differs from the base by uploads alone: then its branch has served its purpose."""
    changed = git.changed(git.root(data), base)
    return bool(changed) and all(each.path.startswith(f"{uploads}/") and each.before.startswith(f"{uploads}/") for each in changed)


def _taken(taken: Path) -> Iterator[tuple[str, bytes]]:
    """The records in TAKEN, each a plain file at a record's place."""
    inside = taken / "data"
    for path in sorted(inside.rglob("*")):
        if path.is_dir() and not path.is_symlink():
            continue
        name = path.relative_to(inside).as_posix()
        if path.is_symlink() or not _fits(name):
            raise Unfit(f"{name} 不是一份记录；请重新收表")
        yield name, path.read_bytes()


def _fits(name: str) -> bool:
    """Whether a path below the data folder is one that a record has."""
    record = record_of(name)
    if record is None or ".." in name:
        return False
    return bool(report_id(record.key)) if record.kind == "reports" else bool(NAME.fullmatch(record.key))


def _removed(taken: Path, files: Mapping[str, bytes], there: Collection[str]) -> Iterator[str]:
    """The records that go, each named by a tombstone among the new ones."""
    listed = (taken / REMOVED).read_text(encoding="utf-8").splitlines() if (taken / REMOVED).is_file() else []
    tombs = {
        (record.plan, _buries(content)) for name, content in files.items() if (record := record_of(name)) and record.kind == "withdrawals"
    }
    for name in listed:
        record = record_of(name)
        if record is None or name not in there or (record.plan, record.name) not in tombs:
            raise Unfit(f"{name} 没有撤下的标记，不能删；请重新收一次")
        yield name


def _buries(content: bytes) -> str:
    """The record that a tombstone names."""
    try:
        value = parse(content).value
    except Unreadable:
        return ""
    return str(value.get("record")) if isinstance(value, dict) else ""
