"""Tables as real places print them: read whole, or refused by name; never a promise lost, never one made of what was done."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts.__main__ import main
from scripts.exchange.plan_import.reading import read
from scripts.exchange.plan_import.shapes import Unfit

from ...conftest import ROOT

TABLES = ROOT / "tests/fixtures/tables"
CASES: dict[str, dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("real_tables.yml").read_text(encoding="utf-8"))
READ = {name: case for name, case in CASES.items() if "read" in case}
YEAR = "2024"


def plan_in(name: str, into: Path) -> int:
    file, *options = name.split(" ")
    return main(["plan", "in", str(TABLES / file), "--year", YEAR, "--county", "样例县", "--into", str(into), *options])


def test_every_table_has_its_case() -> None:
    """A file that is put there is tried."""
    assert {name.split(" ")[0] for name in CASES} == {path.name for path in TABLES.iterdir()}


@pytest.mark.parametrize("name", [name for name in CASES if name not in READ])
def test_what_is_not_read_is_refused_by_name(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The place and the reason; nothing is written."""
    assert plan_in(name, tmp_path / "data") == 1
    assert CASES[name]["refused"] in capsys.readouterr().out and not (tmp_path / "data").exists()


@pytest.mark.parametrize("name", READ)
def test_what_is_read_is_read_whole(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As many tasks, cells and checkpoints as the table has, the account balances, units are units, and what was done is no promise."""
    case = CASES[name]
    plan_in(name, tmp_path / "data")
    tasks, cells, points = case["read"]
    said = capsys.readouterr()
    assert f"读入了{tasks}项任务、{cells}格、{points}个节点" in said.err and "都有去处" in said.err and case.get("account", "") in said.err
    files = {int(path.stem): path.read_text(encoding="utf-8") for path in (tmp_path / f"data/plans/{YEAR}/tasks").iterdir()}
    found = {number: yaml.safe_load(text) for number, text in files.items()}
    assert len(found) == tasks and sum(len(task["milestones"]) for task in found.values()) == cells
    for number, units in case.get("units", {}).items():
        task = found[number]
        assert "、".join([*task["lead"], *task.get("cooperating", {}).get("units", [])]).startswith(units)
    for number, texts in case.get("cells", {}).items():
        assert [each["text"] for each in found[number]["milestones"]] == texts
    assert case.get("mark", "") in "".join(files.values())
    for words in case.get("never", []):
        assert words not in (tmp_path / "data/units.yml").read_text(encoding="utf-8")
        assert not any(words in str(task[field]) for task in found.values() for field in ("milestones", "lead", "pledge", "title"))


def test_a_box_that_is_read_into_nothing_refuses_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """The account is held against the file: were the reading to lose a row, the file would not come in."""
    from scripts.exchange.plan_import import reading

    whole = reading.table_lines
    monkeypatch.setattr(reading, "table_lines", lambda table: [line for line in whole(table) if "500个" not in line])
    with pytest.raises(Unfit, match="没有读进任何一栏"):
        read((TABLES / "s24_split_tables.docx").read_bytes(), "s24_split_tables.docx", 2024)
