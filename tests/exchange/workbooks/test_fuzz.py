"""Whatever happened to a workbook on its way: a message or its reports, never a traceback, never half of it.

A fixed-seed tenth runs in `make test`; `make soak` (LEDGER_SOAK) hands in 2,000 mutants and prints what became of them.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import time
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from scripts.cli.sheet import run_in
from scripts.exchange.workbooks.columns import MONEY, PROOF
from scripts.exchange.workbooks.reports import Reading
from scripts.exchange.xlsx.book import Unfit
from scripts.exchange.xlsx.unpack import unpack
from scripts.ledger.series.day import Day, day_of
from scripts.store.load import load

from ...conftest import contents, plant
from ...store.test_problems import PYTHON
from .books import FAR, blank, filled
from .damage import Mutant, by_bytes, by_content, tables

SOAK = bool(os.environ.get("LEDGER_SOAK"))
MUTANTS = 2000 if SOAK else 200
BY_BYTES = MUTANTS // 8
SECONDS = 2
"""What one mutant may take of a processor."""
MESSAGE = re.compile(r"[^\n]*[\u4e00-\u9fff]")
REPORTS = "plans/2031/reports"

pytestmark = pytest.mark.slow

MARCH = {("/01", "公布日"): date(2031, 4, 2), ("/01", "情况"): "施工。", ("/01/1-1", "完成情况"): "完成", ("/01/new-places", "实际数"): 100}
MAY: dict[tuple[str, str], Any] = {
    ("/01", "公布日"): date(2031, 6, 2),
    ("/01", "情况"): "装修。",
    ("/01/2-1", "完成情况"): "部分完成",
    ("/01/2-2", "完成情况"): "完成",
    ("/01/2-2", "完成日"): date(2031, 5, 30),
    ("/01/new-places", "实际数"): 150,
    ("/03", "公布日"): date(2031, 6, 3),
    ("/03", "情况"): "签约。",
    ("/03/households", "实际数"): 195,
}
BESIDE = {MONEY: [1, "县级资金", 100, 50, 20], PROOF: [1, "公告", "https://www.example.org/", date(2031, 5, 1), "公告"]}


def beside(book: Any) -> None:
    """A row of funding, a row of evidence."""
    for title, values in BESIDE.items():
        for column, value in enumerate(values, start=1):
            book[title].cell(4, column).value = value


def hand_in(folder: Path, data: bytes) -> int:
    """The verb, as the command line calls it."""
    path = folder.parent / "表.xlsx"
    path.write_bytes(data)
    return run_in(argparse.Namespace(data=folder, file=path, dry_run=False, as_of=FAR))


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """The small county with a report of March, and its workbook of May, filled in; what was told in March stands in it too."""
    folder = plant(tmp_path_factory.mktemp("fuzz") / "data")
    assert hand_in(folder, filled(blank(folder, "2031-03"), MARCH)) == 0
    first = filled(blank(folder, "2031-05"), {("/04", "公布日"): date(2031, 6, 1), ("/04", "情况"): "封顶。", ("/04/drugs", "实际数"): 8})
    assert hand_in(folder, first) == 0
    return folder, filled(blank(folder, "2031-05"), MAY, beside)


def reached(data: bytes, day: Day) -> bool:
    """Whether the reader of rows read values of this workbook."""
    try:
        reading = Reading(unpack(data), day)
    except Unfit:
        return False
    reading.read()
    return reading.findings.read > 0


def mutants(base: bytes, dice: random.Random) -> list[Mutant]:
    """Seven of eight by content, in a random order."""
    book = tables(base)
    made = [by_content(base, book, dice) for _ in range(MUTANTS - BY_BYTES)] + [by_bytes(base, dice) for _ in range(BY_BYTES)]
    dice.shuffle(made)
    return made


def test_a_spoilt_workbook_gets_a_message_or_its_reports(base: tuple[Path, bytes], capsys: pytest.CaptureFixture[str]) -> None:
    """Refused, it says in Chinese why and nothing has changed; accepted, all that was there is there and the whole folder is valid."""
    folder, data = base
    before, counts, kinds = contents(folder), Counter[str](), Counter[str]()
    ledger = load(folder).ledger
    assert ledger is not None
    day = day_of(ledger, ledger.current.id, date.max)
    for made in mutants(data, random.Random(2031)):
        started = time.process_time()
        code = hand_in(folder, made.data)
        seconds, said, after = time.process_time() - started, capsys.readouterr(), contents(folder)
        assert seconds < SECONDS, f"{made.what} took {seconds:.1f} s"
        assert {name: after.get(name) for name in before} == before, made.what
        new = after.keys() - before.keys()
        counts.update(["mutants", *(["cells, sheets, types"] if made.content else ["bytes"])])
        kinds.update(made.what.split("+"))
        if reached(made.data, day):
            counts.update(["reached the rows", *(["cells, sheets, types that reached the rows"] if made.content else [])])
        if code:
            assert code == 1 and not new, made.what
            assert MESSAGE.match(said.out) and not PYTHON.search(said.out), f"{made.what}: {said.out}"
            counts["refused"] += 1
        elif new:
            assert not (SOAK or counts["written"] < 20) or load(folder).ledger is not None, made.what
            assert all(name.startswith(REPORTS) for name in new), made.what
            counts["written"] += 1
            for name in new:
                (folder / name).unlink()
            shutil.rmtree(folder / REPORTS / "2031-07", ignore_errors=True)
        else:
            counts["nothing new"] += 1
        assert contents(folder) == before, made.what
    with capsys.disabled():
        print(f"\nmutated workbooks: {dict(counts)}\n{dict(kinds)}" if SOAK else "", end="")
    assert counts["mutants"] == MUTANTS
    assert counts["cells, sheets, types that reached the rows"] >= MUTANTS * 3 // 4
    assert min(counts["refused"], counts["written"]) > MUTANTS // 10
