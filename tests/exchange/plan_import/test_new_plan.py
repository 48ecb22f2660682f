"""The skeleton of a plan: the check lists its steps, and it is one that a site can be built from."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.__main__ import main
from scripts.ledger.checks.source_rules import compare
from scripts.store.load import load

from ...conftest import plant, snapshot


def test_the_check_lists_the_steps(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No error: what is left to do is a reminder, step by step."""
    data = tmp_path / "data"
    assert main(["new-plan", "2033", "--county", "小溪县", "--checkpoints", "2033-04,2033-08,2033-12", "--data", str(data)]) == 0
    capsys.readouterr()
    assert main(["check", "--data", str(data)]) == 0
    told = capsys.readouterr().out
    assert [f"第{n}步：" in told for n in range(1, 8)] == [True] * 7
    ledger = load(data).ledger
    assert ledger is not None
    assert [point.id for point in ledger.current.plan.checkpoints] == ["2033-04", "2033-08", "2033-12"]
    assert list(compare(ledger.current, (data / "plans/2033/source.txt").read_text(encoding="utf-8"))) == []


def test_it_stands_beside_an_older_plan(tmp_path: Path) -> None:
    """The older plan and every file but the registry stay as they were; the quarters are the checkpoints unless others are named."""
    data = plant(tmp_path / "data")
    before = snapshot(data)
    assert main(["new-plan", "2032", "--county", "小溪县", "--data", str(data)]) == 0
    after = snapshot(data)
    assert {name for name, stamp in before.items() if after[name] != stamp and stamp[0]} == {"units.yml"}
    loaded = load(data)
    assert loaded.ledger is not None, "\n".join(loaded.messages())
    assert loaded.drafts == {"2032"} and loaded.ledger.current.id == "2031"
    assert [line for line in (data / "plans/2032/plan.yml").read_text(encoding="utf-8").splitlines() if "{id: 2032" in line] == [
        f"  - {{id: 2032-{month:02}, printed: {month}月}}" for month in (3, 6, 9, 12)
    ]


def test_it_never_writes_over_a_plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = plant(tmp_path / "data")
    before = snapshot(data)
    assert main(["new-plan", "2031", "--data", str(data)]) == 1
    assert "已经有这一年的计划，不覆盖" in capsys.readouterr().out
    assert snapshot(data) == before


def test_a_skeleton_does_not_go_public_and_stops_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Beside a public plan it is a draft; alone, there is nothing to publish: its marks and its draft line are refused."""
    data, alone = plant(tmp_path / "data"), tmp_path / "alone"
    settings = data / "site.yml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("ledger@example.org", "ledger@xiaoxi.org.cn"), encoding="utf-8")
    asked = ["publishable", "--base-url", "https://ledger.xiaoxi.org.cn/", "--data"]
    assert main([*asked, str(data)]) == 0
    assert main(["new-plan", "2032", "--data", str(data)]) == 0
    assert main([*asked, str(data)]) == 0
    assert main(["new-plan", "2032", "--data", str(alone)]) == 0
    (alone / "site.yml").write_bytes(settings.read_bytes())
    capsys.readouterr()
    assert main([*asked, str(alone)]) == 1
    told = capsys.readouterr().out
    assert "还没有核：第1步" in told and "draft 计划还是草稿，没有可以公布的计划；核完各处，请删去这一行" in told
