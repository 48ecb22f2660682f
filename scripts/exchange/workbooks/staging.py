"""New reports go into the data folder all at once or not at all.

They are written into a copy of the plan's reports folder (hard links to what is there), the whole data folder is read with the copy in
place, and then copy and folder change places in one step.  Killed at any moment, the folder is as before or as after.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from scripts.store.load import Loaded, load
from scripts.store.swap import recover, swap

MARK = ".reports.new."
"""The beginning of the copy's name; hidden, so that no check looks at it."""


class Disturbed(Exception):
    """Somebody else changed the reports meanwhile, or is handing in too; nothing was written."""


@contextmanager
def staged(data: Path, plan: str, files: Mapping[str, bytes], without: frozenset[str] = frozenset()) -> Iterator[tuple[Loaded, Path]]:
    """The data folder as it would be with `files` (path below the data folder → bytes), loaded, and the copy to be put in place with
    `commit` before the block ends; `without`: templates that wait to be filled in.  Whatever happens, the copy is removed at the end."""
    folder = data / "plans" / plan
    with _alone(folder):
        recover(folder / "reports")
        for left in folder.glob(f"{MARK}*"):  # of a run that was killed: never more than a copy
            shutil.rmtree(left)
        copy = Path(tempfile.mkdtemp(prefix=MARK, dir=folder))
        try:
            copy.chmod(0o755)
            _fill(folder / "reports", copy, {name.removeprefix(f"plans/{plan}/reports/"): content for name, content in files.items()})
            with tempfile.TemporaryDirectory() as view:
                yield load(_view(data, plan, copy, Path(view)), without, linked=True), copy
        finally:
            shutil.rmtree(copy, ignore_errors=True)


def commit(data: Path, plan: str, copy: Path, before: Mapping[str, tuple[int, int]]) -> None:
    """Put the copy in place.  `before`: the reports as they were when they were read.  Raises `Disturbed`, changing nothing."""
    reports = data / "plans" / plan / "reports"
    if stamps(reports) != before:
        raise Disturbed
    swap(copy, reports)


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Every file of a folder, with what changes when it does: number of the file and time of change."""
    found = ((path, path.stat()) for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): (stat.st_ino, stat.st_mtime_ns) for path, stat in found}


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Nobody else hands in at the same time; the lock ends with the process, however it ends."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise Disturbed from None
    finally:
        os.close(handle)


def _fill(reports: Path, copy: Path, files: Mapping[str, bytes]) -> None:
    if reports.is_dir():
        shutil.copytree(reports, copy, copy_function=os.link, dirs_exist_ok=True)
    for name, content in files.items():
        path = copy / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())


def _view(data: Path, plan: str, copy: Path, view: Path) -> Path:
    """A folder that looks like the data folder with the copy in place."""
    (view / "plans" / plan).mkdir(parents=True)
    for path in data.iterdir():
        if path.name != "plans":
            (view / path.name).symlink_to(path.resolve())
    for path in (data / "plans").iterdir():
        if path.name != plan:
            (view / "plans" / path.name).symlink_to(path.resolve())
    for path in (data / "plans" / plan).iterdir():
        if path.name != "reports" and not path.name.startswith("."):
            (view / "plans" / plan / path.name).symlink_to(path.resolve())
    (view / "plans" / plan / "reports").symlink_to(copy.resolve())
    return view
