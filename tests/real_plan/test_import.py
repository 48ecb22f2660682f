"""The real plan's text, read in as another county's would be, gives what people have written down by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.__main__ import main
from scripts.ledger.checks.source_rules import compare
from scripts.ledger.model.promise import Ledger, Promise
from scripts.store.load import load

from ..conftest import DATA

SOURCE = DATA / "plans/2023/source.txt"


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Promise:
    """The plan as `plan in` reads it from the official text alone, into a folder that is not there yet."""
    folder = tmp_path_factory.mktemp("import") / "data"
    assert main(["plan", "in", str(SOURCE), "--year", "2023", "--into", str(folder)]) == 0
    loaded = load(folder)
    assert loaded.ledger is not None, "\n".join(loaded.messages())
    assert (folder / "plans/2023/source.txt").read_bytes() == SOURCE.read_bytes()
    return loaded.ledger.current


def test_every_task_and_cell_comes_back(imported: Promise, ledger: Ledger) -> None:
    """42 tasks, 202 cells: pledges, wording of the table, texts, kinds, spans and due days are those of the data."""
    ours = ledger.promises["2023"]
    assert (len(imported.tasks), sum(len(task.milestones) for task in imported.tasks.values())) == (42, 202)
    for number, task in ours.tasks.items():
        read = imported.tasks[number]
        assert (read.pledge, read.table_pledge, read.lead, read.span) == (task.pledge, task.table_pledge, task.lead, task.span)
        assert [(c.text, c.kind, c.covers, c.due) for c in read.milestones] == [(c.text, c.kind, c.covers, c.due) for c in task.milestones]


def test_every_cell_of_units_comes_back(imported: Promise, ledger: Ledger) -> None:
    """Printed words, units and collectives, also where 等27个政府组成部门 follows a list."""
    for number, task in ledger.promises["2023"].tasks.items():
        assert imported.tasks[number].cooperating == task.cooperating


def test_the_frame_comes_back(imported: Promise, ledger: Ledger) -> None:
    """What the document is, its chapters, checkpoints and machinery, and every line around them."""
    ours, read = ledger.promises["2023"].plan, imported.plan
    assert (read.county, read.document, read.checkpoints, read.frame) == (ours.county, ours.document, ours.checkpoints, ours.frame)
    assert [chapter.heading for chapter in read.chapters] == [chapter.heading for chapter in ours.chapters]
    assert [(each.number, each.text) for each in read.mechanisms] == [(each.number, each.text) for each in ours.mechanisms]


def test_what_came_back_is_the_whole_text(imported: Promise, source: str) -> None:
    assert list(compare(imported, source)) == []


def test_it_never_writes_over_the_plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted((path, path.stat().st_mtime_ns) for path in DATA.rglob("*"))
    assert main(["plan", "in", str(SOURCE), "--year", "2023", "--data", str(DATA)]) == 1
    assert "已经有这一年的计划，不覆盖" in capsys.readouterr().out
    assert sorted((path, path.stat().st_mtime_ns) for path in DATA.rglob("*")) == before
