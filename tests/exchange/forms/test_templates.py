"""Templates of records: refused as written with a word for every gap, accepted once filled, never in place of another file."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from scripts.__main__ import main
from scripts.ledger.model.values import TO_FILL
from scripts.store.load import Loaded, load

from ...conftest import DATA, SAMPLE, snapshot

DAY = "2023-12-20"


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """The fictional county, without the reports of its last checkpoint."""
    folder = Path(shutil.copytree(SAMPLE, tmp_path / "data"))
    shutil.rmtree(folder / "plans/2023/reports/2023-11")
    (folder / "plans/2023/events/2024-01-04-accepted-01.yml").unlink()
    return folder


def ask(folder: Path, *words: str) -> int:
    """The command that people type."""
    return main([*words, "--data", str(folder), "--as-of", DAY])


def written(capsys: pytest.CaptureFixture[str]) -> Path:
    """The file that the command says it wrote."""
    return Path(capsys.readouterr().out.strip())


VERBS = {
    "report 6 2023-11": {},
    "report 2 2023-11": {"by": "样例县教委"},
    "report 2 2023-05": {"by": "样例县教委"},
    "correction 2 2023-05": {"by": "样例县教委", "extra": "evidence: [{title: 公告, dated: 2023-05-20, kind: 公告}]\n"},
    "problem 2": {"owner": "样例县教委"},
    "problem P-07": {"reopened_on": "2023-12-01"},
    "problem P-09 extended": {"rectify_by": "2024-03-01"},
    "revision 6": {"change": "drop", "extra": "cell: 5\n"},
    "meeting monthly 2023-12-18": {},
    "meeting monthly 2023-05-30": {"extra": "tasks: [2]\n"},
    "event suspension 6": {"review_by": "2023-12-25"},
    "event acceptance 6": {},
    "statement 6": {"unit": "样例县民政局"},
    "review 2023-09": {"extra": "tasks: [{task: 6, note: 进度正常}]\n"},
    "case 6": {},
    "withdrawal reports/2023-09/16": {},
}
"""A command, and what is filled in where the field's own example does not do."""


def fill(text: str, values: dict[str, str]) -> str:
    """Fill every gap with what its comment gives as an example."""
    lines = []
    for line in text.splitlines():
        if TO_FILL in line and not line.startswith("#"):
            key = line.strip().partition(":")[0]
            example = re.search(r"；例 (.*?)(?:；|$)|：例 (.*?)(?:；|$)", line)
            near = "done" if re.fullmatch(r"\d+-\d+", key) else "2023-12-18" if key.endswith(("_on", "by")) else "8000"
            given = values.get(key) or ("2023-12-19" if key == "published" else None)
            spoken = next(filter(None, example.groups())) if example and not key.endswith(("_on", "_by")) else None
            line = line.replace(TO_FILL, given or spoken or near)
        lines.append(line)
    return "\n".join(lines) + "\n" + values.get("extra", "")


def messages(loaded: Loaded, path: Path) -> list[str]:
    """The messages about one file."""
    return [message for message in loaded.messages() if message.startswith(path.as_posix())]


@pytest.mark.parametrize("command", VERBS)
def test_a_template_is_refused_until_it_is_filled(command: str, county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As written, the check names every gap at its line, and nothing else; once filled, the data are in order."""
    before = load(county)
    assert before.ledger is not None, before.messages()
    assert ask(county, *command.split()) == 0
    path = written(capsys)
    text = path.read_text(encoding="utf-8")
    gaps = [n for n, line in enumerate(text.splitlines(), 1) if TO_FILL in line and not line.startswith("#")]
    assert gaps
    found = load(county)
    told = [message for message in messages(found, path) if "撤下的文件还在" not in message]  # a tombstone stands before its record is gone
    assert [int(message.removeprefix(path.as_posix()).split(":")[1]) for message in told] == gaps, told
    assert all(f"现在写的是“{TO_FILL}”" in message for message in told)
    path.write_text(fill(text, VERBS[command]), encoding="utf-8")
    if command.startswith("withdrawal"):
        (county / "plans/2023/reports/2023-09/16.yml").unlink()
    after = load(county)
    assert after.ledger is not None, after.messages()


@pytest.mark.parametrize("command", VERBS)
def test_a_template_never_overwrites(command: str, county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the same command again, every file that was there is there with its bytes; a second file has the next id, or none is written."""
    assert ask(county, *command.split()) == 0
    path = written(capsys)
    path.write_text(fill(path.read_text(encoding="utf-8"), VERBS[command]), encoding="utf-8")
    before = snapshot(county)
    ask(county, *command.split())
    after = snapshot(county)
    assert {name: after[name][0] for name in before} == {name: data for name, (data, _) in before.items()}
    assert not [name for name in after if "/." in name]


def test_several_templates_may_wait_to_be_filled_in(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One that is not filled in yet does not stand in the way of the next, nor of the list of what is owed: it is named and passed over.
    The same once more writes nothing; a real mistake stops as ever."""
    assert ask(county, "report", "6", "2023-11") == 0
    first = written(capsys)
    assert ask(county, "statement", "6") == 0
    told = capsys.readouterr()
    assert "还有1份模板没有填好，先不算在内：plans/2023/reports/2023-11/06.yml" in told.err.replace("\n", "")
    assert ask(county, "next") == 0
    assert "还没有填好：plans/2023/reports/2023-11/06.yml" in capsys.readouterr().out
    before = snapshot(county)
    assert ask(county, "report", "6", "2023-11") == 1
    assert "已经有这个文件，还没有填好；没有动它" in capsys.readouterr().out
    first.write_text(first.read_text(encoding="utf-8").replace("by: ", "by: 样例县教"), encoding="utf-8")
    (county / "plans/2023/reports/2023-09/06.yml").write_text("by: [", encoding="utf-8")
    assert ask(county, "case", "6") == 1
    assert "什么都没有写" in capsys.readouterr().err
    assert set(snapshot(county)) == set(before)


def test_the_official_words_and_the_last_values_stand_in_a_report(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Pledge and cell verbatim, each deliverable by id and words, what was open before, each number with plan and last value; a changed due day counts."""
    ledger = load(county).ledger
    assert ledger is not None
    assert ask(county, "report", "6", "2023-11") == 0
    text, task = written(capsys).read_text(encoding="utf-8"), ledger.current.tasks[6]
    assert f"#   {task.pledge}" in text and f"#   第5格：{task.milestones[4].text}" in text
    assert f"  5-1: {TO_FILL}  # 北山敬老院完成改造（2023年12月20日到期）" in text
    assert re.search(
        rf"^  nursing-beds: {TO_FILL}  # 新增护理型床位（张，累计，不是新增）：到2023年11月30日应完成≥60张；2023年9月报\d+$", text, re.M
    )


def test_what_is_still_open_is_asked_again(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A deliverable that fell due earlier and was not reported done stands there with its day and its last word, to be filled in or not."""
    (county / "plans/2023/reports/2023-09/06.yml").unlink()
    assert ask(county, "report", "6", "2023-09") == 0
    told = "新集镇敬老院完成改造（2023年7月31日到期，以前到期、还没有报完成；2023年7月报部分完成）"
    assert f"#   3-1: done  # {told}\n" in written(capsys).read_text(encoding="utf-8")


def test_a_second_report_says_that_it_is_one(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where reports exist, the next sequence is written, with what was told so far, and the words say 补报 and 更正."""
    assert ask(county, "report", "2", "2023-05") == 0
    said = capsys.readouterr()
    path = Path(said.out.strip())
    assert path.name == "02.3.yml" and "已有2份" in said.err
    assert "要写 corrects: 02.2 和 reason" in path.read_text(encoding="utf-8").splitlines()[0]


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("report 99 2023-05", "没有第“99”项任务；这份计划有1到16。"),
        ("report 2 2023-06", "没有“2023-06”这个节点；只能是 2023-03、2023-05、2023-07、2023-09、2023-11。是不是想写“2023-09”？"),
        ("correction 6 2023-11", "第6项在 2023-11 还没有报告，没有可更正的；先写：report 6 2023-11"),
        ("problem P-99", "台账里没有 P-99；现有 P-01"),
        ("problem P-07 closed", "P-07 现在是“closed”，下一步只能是 reopened。"),
        ("event closed 6", "closed 是全计划的事，不写序号。"),
        ("withdrawal reports/2023-05/99", "没有“reports/2023-05/99”这份记录"),
        ("report 2 2023-05 --plan 2022", "没有 2022 年的计划；现有 2023。"),
    ],
)
def test_what_cannot_be_written_is_said(command: str, words: str, county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A plain sentence with what would be right, exit 1, nothing written."""
    before = snapshot(county)
    assert ask(county, *command.split()) == 1
    assert words in capsys.readouterr().out
    assert snapshot(county) == before


def test_broken_data_are_told_and_nothing_is_written(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A template is made from what the data say: they must hold."""
    (county / "units.yml").write_text("", encoding="utf-8")
    before = snapshot(county)
    assert ask(county, "report", "2", "2023-11") == 1
    assert "units.yml:1: 文件是空的" in capsys.readouterr().out and snapshot(county) == before


def test_an_id_that_a_tombstone_names_is_not_given_again(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A withdrawn statement's number stays used."""
    last = county / "plans/2023/statements/S-05.yml"
    filed = re.search(r"published: (\S+)", last.read_text(encoding="utf-8"))
    last.unlink()
    (county / "plans/2023/withdrawals/W-03.yml").write_text(
        f"record: statements/S-05\nfiled: {filed and filed[1]}\nground: 含个人信息\npublished: 2023-12-01\n", encoding="utf-8"
    )
    assert ask(county, "statement", "6") == 0
    assert written(capsys).name == "S-06.yml"


# ---------------------------------------------------------------- next


def test_next_says_who_owes_what_by_when(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Overdue reports with days and the command that starts them, by unit; open problems; meetings."""
    assert main(["next", "--data", str(county), "--as-of", DAY]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "截至2023年12月20日" and "样例县民政局" in told
    assert "  逾期  第9项 三家卫生院设备更新：2023年7月节点的报告，2023年8月10日前，已逾期132天    report 9 2023-07" in told
    assert "  待办  第6项 养老机构提档3家：改到2023年12月20日的目标的报告，2023年12月30日前    report 6 2023-11" in told
    assert any(line.startswith("  ") and "问题 P-" in line and line.rsplit("    ", 1)[1].startswith("problem P-") for line in told)


def test_next_of_one_unit(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--unit`; an unknown one is told."""
    assert main(["next", "--data", str(county), "--as-of", DAY, "--unit", "样例县民政局"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert [line for line in told[1:] if not line.startswith("  ")] == ["样例县民政局"]
    assert main(["next", "--data", str(county), "--as-of", DAY, "--unit", "某局"]) == 1


def test_next_before_reporting_and_after_the_end(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody owes a report before reporting has opened, nor once the plan has closed."""
    assert main(["next", "--data", str(DATA), "--as-of", DAY]) == 0
    assert capsys.readouterr().out == (
        "现在谁也不欠报告。还没有开始报送（events/ 里没有 opened），网站上看不到；请登记开始报送：python -m scripts event opened。\n"
    )
    assert main(["next", "--data", str(county), "--as-of", "2024-06-01"]) == 0
    assert capsys.readouterr().out == "计划已在2024年1月15日结束，不再有要报的。\n"


@pytest.mark.parametrize("command", ["correction 2 2023-05", "report 2 2023-05", "review 2023-09", "meeting monthly 2023-05-30"])
def test_a_template_whose_values_are_still_commented_out_is_refused(command: str, county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It would stay for ever and say nothing.  The example that the message shows, written in, is let in."""
    assert ask(county, *command.split()) == 0
    path = written(capsys)
    values = {key: value for key, value in VERBS[command].items() if key != "extra"}
    path.write_text(fill(path.read_text(encoding="utf-8").replace("summary: 〔待填〕", "# summary: 〔待填〕"), values), encoding="utf-8")
    loaded = load(county)
    (told,) = loaded.errors
    assert "还什么都没有说" in told.must and told.example
    path.write_text(f"{path.read_text(encoding='utf-8')}{told.example}\n", encoding="utf-8")
    assert load(county).errors == []
