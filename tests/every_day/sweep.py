"""All days of all states: `python -m tests.every_day.sweep`, or `make every-day`.

Each day's site is built and its addresses are kept in a file, so that a run that was stopped goes on where it was, and several runs may
share the work (SHARD=1/4 … 4/4).  Whichever run finds all days of a state there holds each day against all days before it.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from scripts.ledger.model.permalinks import Permalinks
from scripts.site import permalinks
from scripts.site.build import build_site
from scripts.site.built_site import read_site
from scripts.store import address_lists
from scripts.store.load import load
from scripts.store.project import ROOT

from .days import turning_days
from .states import STATES, TAKEN_DOWN_ON, take_down, with_list

PLAN = "2023"
ADDRESS = "https://ledger.example.org/"
MADE_BY = ("scripts", "macros", "docs", "tests/fixtures/first_published", "tests/fixtures/sample", "tests/every_day")
NOT_MADE_BY = ("docs/decisions",)


def answered(folder: Path, day: date, out: Path) -> tuple[Permalinks, list[str]]:
    """The addresses of a county's site on a day, and those of its committed list that do not answer, whatever the list's own day."""
    site = read_site(build_site(folder, out, day, ADDRESS).out)
    held = [replace(each, as_of=date.min) for each in address_lists.lists(folder).values()]
    return permalinks.of_site(site, PLAN, day), permalinks.unanswered(held, site, day)


def lost(found: dict[date, Permalinks]) -> Iterator[tuple[date, list[str]]]:
    """The days that lack an address of a day before, each with what it lacks."""
    before: Permalinks | None = None
    for day in sorted(found):
        if before and (gone := sorted(before.addresses - found[day].addresses)):
            yield day, gone
        before = address_lists.merged(before, found[day])


def _key() -> str:
    """What the sites are made by: another program or other data starts anew."""
    said = hashlib.sha256()
    for file in sorted(path for name in MADE_BY for path in (ROOT / name).rglob("*") if path.is_file() and "__pycache__" not in path.parts):
        name = file.relative_to(ROOT).as_posix()
        if not name.startswith(NOT_MADE_BY):
            said.update(name.encode() + b"\0" + file.read_bytes())
    return said.hexdigest()[:12]


def _days(name: str, folder: Path) -> list[date]:
    loaded = load(folder)
    assert loaded.ledger is not None, (name, loaded.messages())
    return turning_days(folder, loaded.ledger, PLAN)


def main() -> int:
    """Build what is not there yet; 1 when an address does not answer."""
    part, parts = map(int, os.environ.get("SHARD", "1/1").split("/"))
    kept = Path(os.environ.get("PROGRESS") or ROOT / ".cache" / "every-day") / _key()
    kept.mkdir(parents=True, exist_ok=True)
    failed, started, built = False, time.monotonic(), 0
    with tempfile.TemporaryDirectory() as work:
        folders = {name: make(Path(work) / name) for name, make in STATES.items()}
        days = {name: _days(name, folder) for name, folder in folders.items()}
        wanted = [(name, day) for name in folders for day in days[name]]
        print(f"{len(wanted)} days in {len(folders)} states: {', '.join(f'{name} {len(days[name])}' for name in days)}; {kept}", flush=True)
        for name, day in wanted[part - 1 :: parts]:
            file = kept / f"{name}-{day}.txt"
            if file.exists():
                continue
            found, missing = answered(folders[name], day, Path(work) / "site")
            built += 1
            if missing:
                failed = True
                print(f"{name} {day}: on the list, not answered: {missing[:5]}", flush=True)
                continue
            _keep(file, address_lists.text(found))
        for name in folders:
            failed |= _held(name, {day: kept / f"{name}-{day}.txt" for day in days[name]})
        failed |= _taken_down(Path(work), kept, days["sample"])
    print(f"{built} sites built in {time.monotonic() - started:.0f} s", flush=True)
    return int(failed)


def _keep(file: Path, text: str) -> None:
    """Beside, then renamed: a run that is stopped leaves no half file."""
    beside = file.with_suffix(f".{os.getpid()}")
    beside.write_text(text, encoding="utf-8")
    beside.replace(file)


def _held(name: str, files: dict[date, Path]) -> bool:
    """Whether a state whose days are all there loses an address from one day to a later one."""
    found = {day: address_lists.parse(file.read_bytes()) for day, file in files.items() if file.exists()}
    broken = list(lost(found))
    for day, gone in broken:
        print(f"{name} {day}: lost since an earlier day: {gone[:5]}", flush=True)
    whole = "all" if len(found) == len(files) else f"{len(found)} of {len(files)}"
    most = max((len(each.addresses) for each in found.values()), default=0)
    print(f"{name}: {whole} days, up to {most} addresses, {len(broken)} days that lose one", flush=True)
    return bool(broken)


def _taken_down(work: Path, kept: Path, days: list[date]) -> bool:
    """The fictional county, everything taken down on a day, held to the list of the day before: the build itself refuses what is lost."""
    lists = [
        address_lists.parse(file.read_bytes()) for day in days if day < TAKEN_DOWN_ON and (file := kept / f"sample-{day}.txt").exists()
    ]
    given = None
    for each in lists:
        given = address_lists.merged(given, each)
    if given is None:
        return False
    folder = with_list(take_down(STATES["sample"](work / "taken-down"), TAKEN_DOWN_ON), address_lists.text(given))
    _, missing = answered(folder, max(days), work / "site")
    print(f"sample, everything taken down: {len(given.addresses)} addresses, {len(missing)} not answered: {missing[:5]}", flush=True)
    return bool(missing)


if __name__ == "__main__":
    sys.exit(main())
