"""Whatever stands in a data file, the check ends quickly with a message or with success.

A fixed-seed tenth runs in `make test`; `make soak` (LEDGER_SOAK) runs 5,000 mutants of one file and 100 of a whole plan, and prints how many
of them changed a value, were read, and reached the model and the judging.
"""

from __future__ import annotations

import os
import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts.__main__ import main
from scripts.ledger.series.day import day_of
from scripts.pages.registry import pages
from scripts.store.load import Loaded, load
from scripts.store.yaml_reader import parse

from ..conftest import SAMPLE, contents, plant, snapshot
from ..store.test_problems import PYTHON
from .mutants import Mutant, mutant, nodes

SOAK = bool(os.environ.get("LEDGER_SOAK"))
ONE_FILE, WHOLE_PLAN = (5000, 100) if SOAK else (500, 10)
SPOTS = 60
"""Values made unreadable, one after the other, in `make test`."""
SECONDS = 2
"""What one mutant may take of a processor."""
MESSAGE = re.compile(r"(?P<file>[^:]*):(?P<line>[1-9]\d*): .*[\u4e00-\u9fff]")

pytestmark = pytest.mark.slow


def furnished(folder: Path) -> Path:
    """The small county with a year of testimony."""
    plant(folder)
    records = yaml.load((Path(__file__).parent / "testimony.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    for name, record in records.items():
        path = folder / "plans/2031" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(record, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return folder


def spoilable(folder: Path) -> list[Path]:
    """Every data file, the official text among them."""
    return sorted((*folder.rglob("*.yml"), *folder.rglob("source.txt")))


def scraps(files: list[Path]) -> list[Any]:
    """Values of all files, to be put where they do not belong."""
    values = [parse(file.read_bytes()).value for file in files if file.suffix == ".yml"]
    return [_at(value, path) for value in values for path in nodes(value)]


def _at(value: Any, path: tuple[str | int, ...]) -> Any:
    for key in path:
        value = value[key]
    return value


def spoilt(folder: Path, files: list[Path], count: int, seed: int) -> Iterator[tuple[Path, Mutant]]:
    """So many mutants, each written in place of its file and taken back afterwards."""
    dice, pool = random.Random(seed), scraps(files)
    for _ in range(count):
        file = dice.choice(files)
        data = file.read_bytes()
        small = file.suffix != ".yml"
        made = (
            mutant(data, pool, dice)
            if not small
            else Mutant(data[: (at := dice.randrange(len(data)))] + dice.randbytes(2) + data[at + 2 :], False, "source")
        )
        file.write_bytes(made.data)
        yield file.relative_to(folder), made
        file.write_bytes(data)


def judged(loaded: Loaded) -> bool:
    """What passes the check can be judged on any day, and its pages be listed."""
    if loaded.ledger is None:
        return False
    for day in (date(2031, 6, 20), date(2032, 4, 1)):
        days = {plan: day_of(loaded.ledger, plan, day) for plan in loaded.ledger.promises}
        assert all(standing.sentence for each in days.values() for standing in each.standings.values())
        assert pages(loaded.ledger, days)
    return True


def held(folder: Path, file: Path, made: Mutant, loaded: Loaded, seconds: float) -> None:
    """A ledger or messages; each message with a file, a line that the file has, Chinese, and no word of Python's."""
    where = f"{file} ({made.what})"
    assert seconds < SECONDS, f"{where} took {seconds:.1f} s"
    assert (loaded.ledger is None) == bool(loaded.errors), where
    for message in loaded.messages():
        told = MESSAGE.match(message.removeprefix(f"{folder.as_posix()}/"))
        assert told, f"{where}: {message}"
        assert int(told["line"]) <= made.data.count(b"\n") + made.data.count(b"\r") + 1 or told["file"] != file.as_posix(), (
            f"{where}: {message}"
        )
    for problem in loaded.problems:
        assert not PYTHON.search(problem.must), f"{where}: {problem.must}"


def reached(folder: Path, file: Path, made: Mutant, loaded: Loaded, original: Any) -> Iterator[str]:
    """How far a mutant came: read as a tree, into the model with other values than before, past the check."""
    tree = loaded.trees.get(file.as_posix())
    if tree is not None:
        yield "read"
        if isinstance(tree.value, dict) and tree.value != original:
            yield "model"
            if made.structural:
                yield "structure that reached the model"
    if loaded.ledger is not None:
        yield "accepted and judged"


def run(folder: Path, count: int, seed: int) -> Counter[str]:
    """Spoil, check, judge, count."""
    files = spoilable(folder)
    originals = {file.relative_to(folder).as_posix(): parse(file.read_bytes()).value for file in files if file.suffix == ".yml"}
    counts: Counter[str] = Counter()
    for file, made in spoilt(folder, files, count, seed):
        started = time.process_time()
        loaded = load(folder)
        judged(loaded)
        held(folder, file, made, loaded, time.process_time() - started)
        counts.update(["mutants", *(["by structure"] if made.structural else [])])
        counts.update(reached(folder, file, made, loaded, originals.get(file.as_posix())))
    return counts


def test_one_spoilt_file_gets_messages_or_passes(tmp_path: Path) -> None:
    """Of every kind of file; most mutants change a value and reach the model, some pass the check and can be judged; the folder is as before."""
    folder = furnished(tmp_path / "data")
    assert load(folder).messages() == []
    before = contents(folder)
    counts = run(folder, ONE_FILE, seed=2031)
    print(f"\none file: {dict(counts)}")
    assert contents(folder) == before
    assert counts["mutants"] == ONE_FILE
    assert counts["by structure"] > 0.6 * ONE_FILE
    assert counts["structure that reached the model"] > 0.5 * ONE_FILE
    assert counts["accepted and judged"] > 0.02 * ONE_FILE


def test_one_value_that_cannot_be_read_is_told_once_and_nothing_for_it(tmp_path: Path) -> None:
    """Whichever value of whichever file gives way to something that cannot stand there: each message speaks of that spot, none of what
    rests on it, here or in another file; and a mistake elsewhere is told in the same go."""
    folder = furnished(tmp_path / "data")
    elsewhere = folder / "plans/2031/reports/2031-05/02.yml"
    elsewhere.write_text(elsewhere.read_text(encoding="utf-8").replace("by: 县住建委", "by: 县卫健委"), encoding="utf-8")
    assert [problem.at.path for problem in load(folder).problems] == [("by",)]
    trees = {file: parse(file.read_bytes()).value for file in spoilable(folder) if file.suffix == ".yml" and file != elsewhere}
    spots = [(file, path) for file, tree in trees.items() for path in nodes(tree) if path]
    told_elsewhere = Counter[str]()
    for file, path in spots if SOAK else random.Random(5).sample(spots, SPOTS):
        name, data = file.relative_to(folder).as_posix(), file.read_bytes()
        file.write_text(yaml.safe_dump(_with(trees[file], path, {"x": {"y": ["z"]}}), allow_unicode=True), encoding="utf-8")
        problems = load(folder).problems
        there = [each for each in problems if each.at.file == name]
        for problem in there:
            shorter = min(len(path), len(problem.at.path))
            assert problem.at.path[:shorter] == path[:shorter], f"{name} {path}: {problem}"
        others = [(each.at.file, each.at.path) for each in problems if each.at.file != name]
        assert others in ([], [(elsewhere.relative_to(folder).as_posix(), ("by",))]), f"{name} {path}: {others}"
        told_elsewhere[name.split("/")[2] if name.count("/") > 2 else name] += len(others)
        file.write_bytes(data)
    assert told_elsewhere["reports"] and told_elsewhere["events"] and told_elsewhere["problems"] and told_elsewhere["tasks"], told_elsewhere


def _with(value: Any, path: tuple[str | int, ...], new: Any) -> Any:
    """A copy of a tree with another value in one spot."""
    if not path:
        return new
    copy = list(value) if isinstance(value, list) else dict(value)
    copy[path[0]] = _with(value[path[0]], path[1:], new)
    return copy


def test_a_spoilt_plan_gets_messages_and_no_site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Several files of a whole year at once, through the command that builds: it refuses, and what stood at OUT stands."""
    folder, out = tmp_path / "data", tmp_path / "site"
    import shutil

    shutil.copytree(SAMPLE, folder)
    (out / "assets").mkdir(parents=True)
    for name in ("index.html", "assets/ledger.css"):
        (out / name).write_text("yesterday", encoding="utf-8")
    files, dice, counts = spoilable(folder), random.Random(46), Counter[str]()
    pool, yesterday = scraps(files), snapshot(out)
    for _ in range(WHOLE_PLAN):
        chosen = {
            file: file.read_bytes() for file in dice.sample([each for each in files if each.suffix == ".yml"], dice.choice((1, 3, 12)))
        }
        for file, data in chosen.items():
            made = mutant(data, pool, dice)
            counts.update(["files", *(["by structure"] if made.structural else [])])
            file.write_bytes(made.data)
        started, before = time.process_time(), contents(folder)
        loaded = load(folder)
        assert judged(loaded) or all(MESSAGE.match(message.removeprefix(f"{folder}/")) for message in loaded.messages())
        assert time.process_time() - started < SECONDS
        counts.update(["plans", "accepted and judged" if loaded.ledger else "refused"])
        if loaded.ledger is None:
            assert main(["site", "--data", str(folder), "--out", str(out), "--as-of", "2023-08-11"]) == 1
            said = capsys.readouterr()
            assert "原来的网站没有动" in said.err and "Traceback" not in said.err + said.out
        assert snapshot(out) == yesterday and contents(folder) == before
        assert [path.name for path in tmp_path.iterdir() if path not in (folder, out)] == []
        for file, data in chosen.items():
            file.write_bytes(data)
    with capsys.disabled():
        print(f"\nwhole plan: {dict(counts)}" if SOAK else "", end="")
    assert counts["plans"] == WHOLE_PLAN and counts["refused"] > 0.5 * WHOLE_PLAN
