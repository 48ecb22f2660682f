"""Two plans side by side: every verb says which it means, and a colleague's unfilled template stands in nobody's way."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from scripts.__main__ import main
from scripts.store.load import load

from ...conftest import SAMPLE, contents
from ..workbooks.books import filled

DAY = "2024-02-01"


@pytest.fixture
def county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The fictional county and its next plan, public both; 2023-11 is a checkpoint of either."""
    folder = Path(shutil.copytree(SAMPLE, tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    (folder / "rules.yml").write_bytes((SAMPLE / "rules.yml").read_bytes())
    assert main(["new-plan", "2024", "--county", "样例县", "--checkpoints", "2023-11,2024-03,2024-05", "--data", "data"]) == 0
    for path in (folder / "units.yml", *(folder / "plans/2024").rglob("*.yml")):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if not re.match("# 待核|draft:", line)).replace("# 待核", "#"), encoding="utf-8")
    assert sorted(load(folder).ledger.promises) == ["2023", "2024"]  # type: ignore[union-attr]
    return folder


def ask(*words: str) -> int:
    """The command that people type."""
    return main([*words, "--data", "data", "--as-of", DAY])


def test_a_checkpoint_of_one_plan_names_the_plan(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The old year's checkpoint is the old year's, the new one's the new one's; no `--plan` is needed."""
    assert ask("report", "6", "2023-07") == 0 and ask("report", "1", "2024-03") == 0 and ask("review", "2023-07") == 1
    assert ask("sheet", "out", "2023-07", "--to", "old.xlsx") == 0
    told = capsys.readouterr()
    assert "data/plans/2023/reports/2023-07/06.2.yml" in told.out and "data/plans/2024/reports/2024-03/01.yml" in told.out


@pytest.mark.parametrize("command", ["report 1 2023-11", "correction 1 2023-11", "review 2023-11", "sheet out 2023-11"])
def test_a_checkpoint_of_two_plans_is_asked_about_with_commands_that_work(
    command: str, county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each way that the message names runs as it stands, for its own plan."""
    (county / "plans/2023/reviews/2023-11.yml").unlink(missing_ok=True)
    capsys.readouterr()
    assert ask(*command.split()) == 1
    told = capsys.readouterr().out
    assert told.startswith("2023-11 在2023年、2024年的计划里都是节点；请写明哪一年：")
    ways = re.findall(rf"{command} --plan \d+", told)
    assert len(ways) == 2
    for way in ways:
        assert ask(*way.split(), *(["--to", f"{way[-4:]}.xlsx"] if "sheet" in way else [])) == (
            1 if way == "correction 1 2023-11 --plan 2024" else 0
        )
        told = capsys.readouterr().out
        for again in re.findall(r"先写：(.+)\n", told):  # a correction of what was never reported: the way on works too
            assert ask(*again.split()) == 0


def test_a_checkpoint_of_none_and_a_year_that_is_not_there(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All that can be written is named; the example of a year works."""
    assert ask("report", "1", "2025-01") == 1
    assert "哪一年的计划都没有“2025-01”这个节点；只能是 2023年 2023-03、" in capsys.readouterr().out
    assert ask("report", "1", "2024-03", "--plan", "2022") == 1
    example = capsys.readouterr().out.partition("例：")[2].split()
    assert ask("report", "1", "2024-03", *example) == 0


def test_a_draft_has_no_records_yet(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The message says how it becomes public."""
    assert main(["new-plan", "2025", "--data", "data"]) == 0
    capsys.readouterr()
    assert ask("problem", "1", "--plan", "2025") == 1
    assert "2025年的计划还是草稿" in capsys.readouterr().out


def test_next_lists_both_with_commands_that_work(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The old plan until it has ended; every command names its plan, and writes what it says."""
    (county / "plans/2023/events/2024-01-15-closed.yml").unlink()
    shutil.rmtree(county / "plans/2023/reports/2023-11")
    (county / "plans/2023/events/2024-01-04-accepted-01.yml").unlink()
    assert ask("event", "opened", "--plan", "2024") == 0
    template = Path(capsys.readouterr().out.strip())
    template.write_text("published: 2024-01-05\ntype: opened\nopened_on: 2024-01-05\n", encoding="utf-8")
    assert ask("next") == 0
    told = capsys.readouterr().out
    assert "2023年的计划\n" in told and "2024年的计划\n" in told
    commands = re.findall(r" {4}((?:report|review) .+)\n", told)
    assert commands and all(re.search(r" --plan 202[34]$", each) for each in commands)
    for command in dict.fromkeys(commands):  # a joint task is owed by each lead
        assert ask(*command.split()) == 0, command


def test_a_workbook_comes_back_to_its_own_plan(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A workbook of the old year is taken after the new plan is public."""
    assert ask("sheet", "out", "2023-11", "--plan", "2023", "--to", "old.xlsx") == 0
    values = {("/06", "公布日"): date(2024, 1, 30), ("/06", "情况"): "床位全部验收。"}
    Path("old.xlsx").write_bytes(filled(Path("old.xlsx").read_bytes(), values))
    before = contents(county)
    assert ask("sheet", "in", "old.xlsx") == 0, capsys.readouterr().out
    new = set(contents(county)) - set(before)
    assert [name for name in new if name.startswith("plans/2023/reports/2023-11/06.")] == sorted(new)


def test_an_unfilled_template_of_anyone_is_passed_over_and_named(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Workbooks go out and come back all the same."""
    assert ask("problem", "2", "--plan", "2023") == 0
    blank = Path(capsys.readouterr().out.strip())
    assert ask("sheet", "out", "2023-11", "--plan", "2023", "--to", "a.xlsx") == 0
    assert f"还有1份模板没有填好，先不算在内：{blank.relative_to('data')}" in capsys.readouterr().err
    values = {("/06", "公布日"): date(2024, 1, 30), ("/06", "情况"): "床位全部验收。"}
    Path("a.xlsx").write_bytes(filled(Path("a.xlsx").read_bytes(), values))
    assert ask("sheet", "in", "a.xlsx") == 0
    assert str(blank.relative_to("data")) in capsys.readouterr().err
