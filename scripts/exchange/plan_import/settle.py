"""A plan's files into a data folder: written beside, checked as a whole, then moved in; all or nothing, nothing overwritten."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import TypeAdapter

from scripts.ledger.model.promise import Unit
from scripts.ledger.model.values import Line
from scripts.store.default_rules import RULES
from scripts.store.files import Files
from scripts.store.load import Loaded, copied, load
from scripts.store.work_folder import beside

from .shapes import Unfit

SITE = Path(__file__).resolve().parent.parent / "county/files/site.yml"
"""The settings of a county that has none yet."""


def refuse_existing(data: Path, plan: str) -> None:
    """Never over a plan that is there.  Raises `Unfit`."""
    folder = data / "plans" / plan
    if folder.exists():
        raise Unfit(folder.as_posix(), "已经有这一年的计划，不覆盖；要重新读入，请先自己把它移走，或用 --into 写到别的文件夹")
    if data.exists() and not data.is_dir():
        raise Unfit(data.as_posix(), "这里要是一个数据文件夹")


def registry(data: Path) -> dict[str, Unit]:
    """The registry of units that is there already; broken data is mended first.  Raises `Unfit`."""
    if not (data / "units.yml").exists():
        return {}
    files = Files(data)
    units = files.registry("units.yml", TypeAdapter(Line), Unit)
    if units is None or any(not problem.warning for problem in files.problems):
        raise Unfit((data / "units.yml").as_posix(), "单位名录有错误，先改好（python -m scripts check）")
    return units


@contextlib.contextmanager
def staged(data: Path) -> Iterator[Path]:
    """A folder on the disk of the data with a copy of it: beside it, inside where that is a whole repository; gone afterwards."""
    data.parent.mkdir(parents=True, exist_ok=True)
    with beside(data / "plans" if (data / ".git").exists() else data) as folder:
        copy = folder / "data"
        if data.exists():
            copied(data, copy)
        else:
            copy.mkdir()
        yield copy


def settle(data: Path, plan: str, files: Mapping[str, str | bytes], units: list[str]) -> Loaded:
    """Write a plan's files and the registry's new entries; returns what the check finds in the whole.  Raises `Unfit`."""
    refuse_existing(data, plan)
    with staged(data) as copy:
        changed = _write(copy, plan, files, units)
        loaded = load(copy)
        refuse_existing(data, plan)
        _move(copy, data, plan, changed)
    loaded.root = data.as_posix()
    return loaded


def _write(copy: Path, plan: str, files: Mapping[str, str | bytes], units: list[str]) -> list[str]:
    """The new and changed files at the top of the copy."""
    changed = []
    if not (copy / "site.yml").exists():
        shutil.copyfile(SITE, copy / "site.yml")
        changed.append("site.yml")
    if not (copy / "rules.yml").exists():
        shutil.copyfile(RULES, copy / "rules.yml")
        changed.append("rules.yml")
    registry = copy / "units.yml"
    if units:
        before = registry.read_text(encoding="utf-8").rstrip("\n") + "\n" if registry.exists() else ""
        registry.write_text(before + "\n".join(units) + "\n", encoding="utf-8")
        changed.append("units.yml")
    for name, content in files.items():
        path = copy / "plans" / plan / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return changed


def _move(copy: Path, data: Path, plan: str, changed: list[str]) -> None:
    """From the copy into place.  The plan's folder comes last: until then the data is what it was, with units that no task names yet."""
    if not data.exists():
        copy.rename(data)
        return
    (data / "plans").mkdir(exist_ok=True)
    for name in changed:
        (copy / name).replace(data / name)
    (copy / "plans" / plan).rename(data / "plans" / plan)
