"""Whatever kind of record: filled in as a workbook or as an issue, it becomes the same file, is on record once, and all or nothing is written."""

from __future__ import annotations

import io
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from openpyxl import load_workbook

from scripts.__main__ import main
from scripts.exchange.forms.kinds import kept_by_tombstone
from scripts.exchange.workbooks.columns import FORM as REPORTS
from scripts.ledger.series.day import desk_day
from scripts.store.load import load

from ...conftest import DATA, SAMPLE, contents
from ..workbooks import books
from .filling import AS_OF, GOOD, OPENED, Filled, body, book, empty_book, put


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """A copy of the fictional county."""
    return Path(shutil.copytree(SAMPLE, tmp_path / "data"))


def by_book(folder: Path, *filled: Filled, change: Any = None) -> int:
    """Hand in a workbook."""
    data = book(folder, *filled)
    if change:
        whole = load_workbook(io.BytesIO(data))
        change(whole)
        out = io.BytesIO()
        whole.save(out)
        data = out.getvalue()
    (folder.parent / "登记.xlsx").write_bytes(data)
    return main(["sheet", "in", str(folder.parent / "登记.xlsx"), "--data", str(folder), "--as-of", AS_OF])


def by_issue(folder: Path, filled: Filled, text: str = "") -> int:
    """Hand in an issue's text."""
    (folder.parent / "登记.md").write_bytes((text or body(filled)).encode())
    return main(["issue", "in", str(folder.parent / "登记.md"), "--data", str(folder), "--as-of", AS_OF])


def counted(kind: str, letter: str) -> str:
    """The next number of a kind in the fictional county."""
    numbers = [int(path.stem[2:4]) for path in (SAMPLE / "plans/2023" / kind).glob(f"{letter}-*.yml")]
    return f"{kind}/{letter}-{max(numbers) + 1:02}"


NEW = {
    "发现问题": f"{counted('problems', 'P')}.1",
    "问题办理": "problems/P-09.2",
    "调度会": "meetings/2023-12-04-monthly.1",
    "督查结果": "reviews/2023-09",
    "单位说明": counted("statements", "S"),
    "先进案例": counted("cases", "C"),
    "调整目标": counted("revisions", "R"),
    "暂缓": "events/2023-12-04-suspended-07",
    "验收": "events/2023-12-05-accepted-12",
    "撤下": counted("withdrawals", "W"),
}


@pytest.mark.parametrize("title", GOOD)
def test_both_roads_lead_to_the_same_record(title: str, county: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The next free id, the same bytes, a county that holds; once more, by either road, it is on record already and nothing is written."""
    other = Path(shutil.copytree(county, tmp_path / "other/data"))
    before = contents(county)
    assert by_book(county, GOOD[title]) == 0 and by_issue(other, GOOD[title]) == 0
    after = contents(county)
    assert after == contents(other)
    assert set(after) - set(before) == {f"plans/2023/{NEW[title]}.yml"}
    assert set(before) - set(after) == ({"plans/2023/statements/S-01.yml"} if title == "撤下" else set())
    assert load(county).ledger is not None
    capsys.readouterr()
    assert by_book(county, GOOD[title]) == 0 and by_issue(county, GOOD[title]) == 0
    assert contents(county) == after
    assert capsys.readouterr().err.count(f"和已登记的 {NEW[title].partition('/')[2]} 一样，没有再写") == 2


@pytest.mark.parametrize("road", [by_book, by_issue])
def test_opening_and_end(road: Any, tmp_path: Path) -> None:
    """In a county that has filed nothing."""
    folder = Path(shutil.copytree(DATA, tmp_path / "data"))
    assert road(folder, replace(OPENED, answers={**OPENED.answers, "公布日": "2023-04-03"})) == 1, "eight months ago: public where?"
    assert road(folder, OPENED) == 0
    written = (folder / "plans/2023/events/2023-12-04-opened.yml").read_text(encoding="utf-8")
    assert written == "published: 2023-12-04\ntype: opened\nopened_on: 2023-04-03\n"
    assert road(folder, Filled("开始和结束", {"登记的是": "计划结束", "日期": "2023-12-05", "公布日": "2023-12-05"})) == 0


def test_everything_at_once(county: Path) -> None:
    """One workbook with every form filled in."""
    before = contents(county)
    assert by_book(county, *GOOD.values()) == 0
    assert len(contents(county)) == len(before) + len(GOOD) - 1
    assert load(county).ledger is not None


def test_one_wrong_cell_and_nothing_is_written(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every form good but for one cell; the cell is named."""
    before = contents(county)

    def spoil(whole: Any) -> None:
        whole["单位说明"]["A4"] = "某局"

    assert by_book(county, *GOOD.values(), change=spoil) == 1
    assert contents(county) == before and not list((county / "plans").glob(".*"))
    assert "登记.xlsx“单位说明”!A4: 单位 必须是单位名录里的简称；现在写的是“某局”。" in capsys.readouterr().out


def test_the_same_row_twice_is_written_once(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And a second problem that differs in a word is another one."""
    other = replace(GOOD["发现问题"], answers={**GOOD["发现问题"].answers, "问题": "步道砖松动"})
    assert by_book(county, GOOD["发现问题"], GOOD["发现问题"], other) == 0
    assert "“发现问题”第5行：和前面的一份一样，没有再写。" in capsys.readouterr().err
    assert {"P-10.1.yml", "P-11.1.yml"} <= {path.name for path in (county / "plans/2023/problems").iterdir()}


def test_steps_of_one_problem_follow_each_other(county: Path) -> None:
    """Two rows of the same problem, in their order."""
    longer = Filled(
        "问题办理",
        {"问题编号": "p09", "办理": "延长期限", "日期": "2023-11-30", "新期限": "2024-01-20", "原因": "材料未齐", "公布日": "2023-12-01"},
    )
    assert by_book(county, longer, GOOD["问题办理"]) == 0
    assert (county / "plans/2023/problems/P-09.2.yml").read_text(encoding="utf-8").count("extended") == 2
    assert "type: closed" in (county / "plans/2023/problems/P-09.3.yml").read_text(encoding="utf-8")


def test_later_progress_of_a_meeting(county: Path) -> None:
    """The next file of that meeting, with the items as they stand now."""
    first = GOOD["调度会"]
    later = Filled(
        "调度会",
        {**first.answers, "登记的是": "后来的进展", "公布日": "2023-12-05"},
        {"议定事项": [{**row, "现状": "办结"} for row in first.rows["议定事项"]]},
    )
    assert by_book(county, first) == 0 and by_issue(county, later) == 0
    assert (county / "plans/2023/meetings/2023-12-04-monthly.2.yml").read_text(encoding="utf-8").count("state: done") == 2


def test_what_is_unambiguous_is_taken(county: Path) -> None:
    """Days and checkpoints as a spreadsheet makes them, a task as the drop-down writes it, full-width digits, an alias, spaces around."""
    loose = replace(
        GOOD["单位说明"],
        answers={
            **GOOD["单位说明"].answers,
            "任务": "6 养老机构提档3家",
            "节点": date(2023, 11, 1),
            "公布日": date(2023, 12, 4),
            "单位": " 样例县民政局　",
        },
    )
    assert by_book(county, loose) == 0
    typed = replace(loose, answers={**loose.answers, "任务": "第６项", "节点": "2023年11月", "公布日": "2023年12月4日", "说明": "另一句。"})
    assert by_issue(county, typed) == 0
    one, two = (load(county).ledger.records["2023"].statements[key] for key in ("S-06", "S-07"))  # type: ignore[union-attr]
    assert (one.task, one.checkpoint, one.published, one.unit) == (two.task, two.checkpoint, two.published, two.unit)


def test_a_clerk_may_change_the_workbook(county: Path) -> None:
    """Columns moved and added, sheets that are not needed deleted, a sheet renamed, rows left out between."""

    def change(whole: Any) -> None:
        sheet = whole["发现问题"]
        sheet.insert_cols(1)
        sheet["A3"] = "我的备注"
        sheet.insert_rows(4, 3)
        sheet.title = "问题（新）"
        for name in ("先进案例", "对照", "说明", "撤下"):
            del whole[name]

    before = contents(county)
    assert by_book(county, GOOD["发现问题"], change=change) == 0
    assert set(contents(county)) - set(before) == {"plans/2023/problems/P-10.1.yml"}


def test_a_formula_is_refused_and_so_is_a_list_without_its_record(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """At their cells."""

    def change(whole: Any) -> None:
        whole["发现问题"]["B4"] = "=1+1"
        put(whole["议定事项"], {"会议种类": "每月", "召开日": "2023-12-01", "内容": "另一次会的事", "责任单位": "样例县教委"})
        put(whole["督查任务"], {"节点": "", "任务": "6"})

    before = contents(county)
    assert by_book(county, GOOD["发现问题"], GOOD["调度会"], GOOD["督查结果"], change=change) == 1
    out = capsys.readouterr().out
    assert "“发现问题”!B4: 问题 是公式；" in out and contents(county) == before
    assert "“议定事项”!A6: 会议种类 “调度会”里没有“会议种类”、“召开日”和它一样的一行；请补上那一行。" in out
    assert "“督查任务”!A5: 节点 不能空着。例：2023-05。" in out or "“督查任务”!A5: 节点 不能空着。例：2023-05" in out


def test_two_rows_of_one_meeting_cannot_share_their_items(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is not guessed whose they are."""
    twice = replace(GOOD["调度会"], rows={})
    assert by_book(county, GOOD["调度会"], twice) == 1
    assert "相同的有2行，不知道是哪一行的；请分两张表交" in capsys.readouterr().out


def test_a_withdrawal_that_breaks_something_is_refused_whole(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A report that another one corrects: the file that would break is named, the report is where it was."""
    before = contents(county)
    gone = replace(GOOD["撤下"], answers={**GOOD["撤下"].answers, "哪一类": "问题步骤", "编号": "P-05.1"})
    assert by_issue(county, gone) == 1
    assert "P-05.2.yml" in capsys.readouterr().out and contents(county) == before


def test_a_tombstone_keeps_what_had_been_published(county: Path) -> None:
    """Nobody types first results: by workbook or by issue, a report's tombstone holds what the command's template fills in."""
    gone = replace(GOOD["撤下"], answers={**GOOD["撤下"].answers, "哪一类": "报告", "编号": "2023-03/07"})
    ledger = load(county).ledger
    assert ledger is not None
    kept = kept_by_tombstone(desk_day(ledger, "2023", date(2023, 12, 4)), "reports", "2023-03/07", date(2023, 12, 4)).results
    assert kept["2023-07"]["colour"] == "red"
    assert by_issue(county, gone) == 0
    tombstone = county / "plans/2023" / f"{NEW['撤下']}.yml"
    assert yaml.safe_load(tombstone.read_text(encoding="utf-8"))["results"] == kept
    assert not (county / "plans/2023/reports/2023-03/07.yml").exists()


@pytest.mark.parametrize("name", ["plans/2023/statements/S-01.yml", "reports/2023-05/02", " S-01 "])
def test_a_record_is_named_as_one_finds_it(name: str, county: Path) -> None:
    """By its id, by its file, by the end of its address."""
    kind = "报告" if "reports" in name else "单位说明"
    assert by_issue(county, replace(GOOD["撤下"], answers={**GOOD["撤下"].answers, "哪一类": kind, "编号": name})) in (0, 1)
    bare = name.strip().rpartition("statements/")[2].removeprefix("reports/").removesuffix(".yml")
    there = (county / f"plans/2023/{'reports' if kind == '报告' else 'statements'}/{bare}.yml").exists()
    assert there == (kind == "报告"), "another report corrects that one"


# ---------------------------------------------------------------- the workbook itself


def test_the_same_data_give_the_same_bytes(county: Path) -> None:
    """No clock, no author."""
    assert empty_book(county) == empty_book(county)


def test_a_clerk_finds_what_is_needed(county: Path) -> None:
    """Lists to choose from with the tasks, units and problems of the day; notes with an example; heads locked, the rows below open."""
    whole = load_workbook(io.BytesIO(empty_book(county)))
    sheet = whole["问题办理"]
    assert sheet["A1"].value.endswith("2023年登记表：问题办理") and "虚构演示" in sheet["A1"].value
    assert sheet.protection.sheet and sheet["A3"].protection.locked and not sheet.column_dimensions["A"].protection.locked
    assert sheet["B1"].protection.locked and "P-07" in sheet["A3"].comment.text
    lists = {str(each.sqref).split(":")[0]: each.formula1 for each in sheet.data_validations.dataValidation if each.type == "list"}
    assert lists["A4"] == "'对照'!$E$4:$E$12" and lists["B4"] == '"整改完成,延长期限,再次出现"'
    known = whole["对照"]
    assert str(known["A4"].value).startswith("1 ")
    assert str(known["E4"].value).startswith("P-09 ") and known["F4"].value == "发现问题", "what is open stands first"


def test_a_workbook_of_no_plan_or_of_two_is_asked_about(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The year stands above every sheet; where somebody changed it, nothing is guessed."""

    def year(whole: Any) -> None:
        whole["发现问题"]["A1"] = "2022年登记表：发现问题"

    before = contents(county)
    assert by_book(county, GOOD["发现问题"], change=year) == 1
    assert "看不出是哪一年的登记表（2022、2023）；现有 2023 年的计划" in capsys.readouterr().out and contents(county) == before


def test_the_verb_writes_where_nothing_was(
    county: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`sheet records`; never over a file."""
    monkeypatch.chdir(tmp_path)
    assert main(["sheet", "records", "--data", str(county), "--as-of", AS_OF]) == 0
    assert capsys.readouterr().out == "登记-2023.xlsx\n"
    assert main(["sheet", "records", "--data", str(county), "--as-of", AS_OF]) == 1
    assert main(["sheet", "in", "登记-2023.xlsx", "--data", str(county), "--as-of", AS_OF]) == 0, "nothing filled in: nothing to write"


def test_what_is_neither_workbook_is_told(county: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A workbook of one's own has no sheet that we know."""
    whole = load_workbook(io.BytesIO(books.blank(SAMPLE, "2023-11")))
    whole[REPORTS].title = "别的"
    for name in whole.sheetnames[1:]:
        del whole[name]
    whole["别的"].delete_rows(1, 10)
    whole.save(tmp_path / "a.xlsx")
    assert main(["sheet", "in", str(tmp_path / "a.xlsx"), "--data", str(county), "--as-of", AS_OF]) == 1
    assert "缺少“填报”这张工作表" in capsys.readouterr().out
