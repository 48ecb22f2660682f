"""New records go into the data folder all at once or not at all, whichever folders of a plan they belong in.

They are written into a copy of the plan's folder (hard links to what is there), the whole data folder is read with the copy in place, and
then copy and folder change places in one step.  Killed at any moment, the folder is as before or as after.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from scripts.store.load import Loaded, load
from scripts.store.swap import recover, swap
from scripts.store.work_folder import beside


class Disturbed(Exception):
    """Somebody else changed the plan meanwhile, or is handing in too; nothing was written."""


@contextmanager
def staged(
    data: Path, plan: str, files: Mapping[str, bytes], without: frozenset[str] = frozenset(), gone: Collection[str] = ()
) -> Iterator[tuple[Loaded, Path]]:
    """The data folder as it would be with `files` (path below the data folder → bytes) and without `gone` (such paths), loaded; and the
    copy of the plan's folder, to be put in place with `commit` before the block ends.  `without`: templates that wait to be filled in.
    Whatever happens, the copy is removed at the end."""
    folder = data / "plans" / plan
    with _alone(folder.parent):
        recover(folder)
        with beside(folder) as copy:
            copy.chmod(0o755)
            _fill(folder, copy, {_inside(plan, name): content for name, content in files.items()}, [_inside(plan, name) for name in gone])
            with tempfile.TemporaryDirectory() as view:
                yield load(_view(data, plan, copy, Path(view)), without, linked=True), copy


def commit(data: Path, plan: str, copy: Path, before: Mapping[str, tuple[int, int]]) -> None:
    """Put the copy in place.  `before`: the plan's files as they were when they were read.  Raises `Disturbed`, changing nothing."""
    folder = data / "plans" / plan
    if stamps(folder) != before:
        raise Disturbed
    swap(copy, folder)


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Every file of a folder, with what changes when it does: number of the file and time of change."""
    found = ((path, path.lstat()) for path in sorted(folder.rglob("*")) if path.is_file() or path.is_symlink())
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


def _inside(plan: str, name: str) -> str:
    return name.removeprefix(f"plans/{plan}/")


def _fill(folder: Path, copy: Path, files: Mapping[str, bytes], gone: Collection[str]) -> None:
    shutil.copytree(folder, copy, copy_function=os.link, symlinks=True, dirs_exist_ok=True)
    for name in gone:
        (copy / name).unlink()
    for name, content in files.items():
        path = copy / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())


def _view(data: Path, plan: str, copy: Path, view: Path) -> Path:
    """A folder that looks like the data folder with the copy in place."""
    (view / "plans").mkdir()
    for path in data.iterdir():
        if path.name != "plans":
            (view / path.name).symlink_to(path.resolve())
    for path in (data / "plans").iterdir():
        if path.name != plan and not path.name.startswith("."):
            (view / "plans" / path.name).symlink_to(path.resolve())
    (view / "plans" / plan).symlink_to(copy.resolve())
    return view
