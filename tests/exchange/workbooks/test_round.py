"""Workbooks go out and come back: the same records, only what differs, every bad cell by name, all or nothing."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from scripts.__main__ import main
from scripts.exchange.workbooks.columns import FORM, HELP, MONEY, PROOF, TOLD
from scripts.ledger.model.records import Report
from scripts.store.load import load

from ...conftest import SAMPLE, contents
from .books import blank, cut, filled, part_of, row_of

POINTS = ("2023-03", "2023-05", "2023-07", "2023-09", "2023-11")
KNOWN = date(2023, 10, 1)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """The fictional county before its reports of September, and the workbook for them."""
    folder = Path(shutil.copytree(SAMPLE, tmp_path_factory.mktemp("sheets") / "data"))
    for name in ("2023-09", "2023-11"):
        shutil.rmtree(folder / "plans/2023/reports" / name)
    (folder / "plans/2023/events/2024-01-04-accepted-01.yml").unlink()
    return folder, blank(folder, "2023-09", "样例县民政局", KNOWN)


@pytest.fixture
def county(template: tuple[Path, bytes], tmp_path: Path) -> Path:
    """A copy of that county."""
    return Path(shutil.copytree(template[0], tmp_path / "data"))


def hand_in(folder: Path, data: bytes, *more: str, name: str = "表.xlsx") -> int:
    """Hand a workbook in."""
    path = folder.parent / name
    path.write_bytes(data)
    return main(["sheet", "in", str(path), "--data", str(folder), "--as-of", "2023-10-09", *more])


HEAD = {("/06", "公布日"): date(2023, 10, 8), ("/06", "情况"): "床位验收。"}
GOOD: dict[tuple[str, str], Any] = {
    **HEAD,
    ("/06/nursing-beds", "实际数"): 40,
    ("/06/3-1", "完成情况"): "完成",
    ("/06/3-1", "完成日"): date(2023, 9, 20),
}
PROVEN = {
    MONEY: [6, "县级财政资金", 1500000, "1,200,000", 900000.5],
    PROOF: [6, "验收单", "https://www.example.org/a.html", "2023年9月20日", "验收单"],
}


def with_rows(book: Any) -> None:
    """Funding and evidence, one row each."""
    for title, values in PROVEN.items():
        for column, value in enumerate(values, start=1):
            book[title].cell(4, column).value = value


# ---------------------------------------------------------------- there and back


def test_everything_that_was_reported_comes_back(tmp_path: Path) -> None:
    """All checkpoints out, into a county without reports, the same records: summaries, corrections, withdrawals, funding, evidence."""
    ledger = load(SAMPLE).ledger
    assert ledger is not None
    folder = Path(shutil.copytree(SAMPLE, tmp_path / "data"))
    shutil.rmtree(folder / "plans/2023/reports")
    books = [blank(SAMPLE, point) for point in POINTS]
    words = {cell.value for book in books for (cell,) in load_workbook(io.BytesIO(book))[TOLD]["D4:D400"]}
    assert {"完成", "部分完成", "撤回"} <= words and not {"done", "partial", "withdrawn"} & words, "the clerk reads Chinese"
    for book in books:
        assert hand_in(folder, book) == 0
    again = load(folder)
    assert again.ledger is not None, again.messages()
    assert again.ledger.records["2023"].reports == ledger.records["2023"].reports
    before = contents(folder)
    for book in books:
        assert hand_in(folder, book) == 0
    assert contents(folder) == before, "what is on record is not written again"


def test_the_same_data_give_the_same_bytes_without_a_trace(template: tuple[Path, bytes]) -> None:
    """No clock, no author, no path in any part."""
    folder, data = template
    assert blank(folder, "2023-09", "样例县民政局", KNOWN) == data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        parts = b"".join(archive.read(name) for name in archive.namelist())
    assert not [each for each in (str(folder), "openpyxl", f"{date.today().year}-") if each.encode() in parts]


def test_a_clerk_finds_what_is_asked(template: tuple[Path, bytes]) -> None:
    """The first row counts; a row per task, deliverable and number; promises locked, answers open with drop-downs; help; print set-up."""
    book = load_workbook(io.BytesIO(template[1]))
    sheet = book[FORM]
    assert book.sheetnames == [FORM, MONEY, PROOF, TOLD, HELP]
    assert sheet["B1"].value == "须报1项；配合1项，不用报"
    assert [sheet.cell(row, 1).value for row in range(4, 8)] == [f"2023/2023-09/06{item}" for item in ("", "/3-1", "/nursing-beds")] + [
        None
    ]
    assert sheet.protection.sheet and sheet.protection.password is None and sheet.column_dimensions["A"].hidden
    assert sheet["C5"].protection.locked and not sheet["G5"].protection.locked and sheet["G6"].protection.locked
    lists = {str(each.sqref): each.formula1 for each in sheet.data_validations.dataValidation if each.type == "list"}
    assert lists["G5"] == '"完成,部分完成,未完成,撤回"'
    assert sheet.page_setup.orientation == "landscape" and sheet.freeze_panes == "D4" and "虚构演示" in sheet["B2"].value
    assert all(sheet.row_dimensions[row].height >= 18 for row in range(3, 8)) and b"customHeight" not in zipfile.ZipFile(
        io.BytesIO(template[1])
    ).read(part_of(template[1], FORM)), "high enough for their words, and free to grow with the answers"
    assert sheet["G3"].comment and any("更正原因" in str(cell.value) for (cell,) in book[HELP]["B1:B20"])


def test_a_filled_workbook_becomes_a_report(county: Path, template: tuple[Path, bytes], capsys: pytest.CaptureFixture[str]) -> None:
    """With its funding and its evidence; `--dry-run` prints just that file and writes nothing; handed in again, nothing is written."""
    data = filled(template[1], GOOD, with_rows)
    before = contents(county)
    assert hand_in(county, data, "--dry-run") == 0
    shown, _ = capsys.readouterr()
    assert contents(county) == before
    assert hand_in(county, data) == 0
    path = county / "plans/2023/reports/2023-09/06.yml"
    assert shown == f"{path}\n" + "".join(f"    {line}\n" for line in path.read_text(encoding="utf-8").splitlines())
    assert path.read_text(encoding="utf-8") == (
        "published: 2023-10-08\nby: 样例县民政局\nsummary: 床位验收。\ndeliverables: {3-1: done}\ndone_on: {3-1: 2023-09-20}\n"
        "indicators: {nursing-beds: 40}\nfunding:\n  - {source: 县级财政资金, planned: 1500000, received: 1200000, spent: 900000.5}\n"
        'evidence:\n  - {title: 验收单, url: "https://www.example.org/a.html", dated: 2023-09-20, kind: 验收单}\n'
    )
    after = contents(county)
    assert hand_in(county, data) == 0 and contents(county) == after


def test_what_differs_becomes_a_later_report(county: Path, template: tuple[Path, bytes]) -> None:
    """Progress is the next file; a changed value needs its reason and becomes a correction of the file that told it; the first stays."""
    assert hand_in(county, filled(template[1], {**HEAD, ("/06/nursing-beds", "实际数"): 40, ("/06/3-1", "完成情况"): "部分完成"})) == 0
    first = (county / "plans/2023/reports/2023-09/06.yml").read_bytes()
    again = blank(county, "2023-09", "样例县民政局", date(2023, 10, 20))
    later = {("/06", "公布日"): "2023/10/20", ("/06/3-1", "完成情况"): "完成"}
    assert hand_in(county, filled(again, later)) == 0
    wrong = {**later, ("/06/nursing-beds", "实际数"): 36}
    assert hand_in(county, filled(again, wrong)) == 1
    assert hand_in(county, filled(again, {**wrong, ("/06", "更正原因"): "重复统计"})) == 0
    ledger = load(county).ledger
    assert ledger is not None
    found: dict[str, Report] = ledger.records["2023"].reports
    assert (found["2023-09/06.2"].deliverables, found["2023-09/06.2"].indicators) == ({"3-1": "done"}, {})
    assert (found["2023-09/06.3"].corrects, found["2023-09/06.3"].reason, found["2023-09/06.3"].indicators["nursing-beds"]) == (
        "06",
        "重复统计",
        36,
    )
    assert (county / "plans/2023/reports/2023-09/06.yml").read_bytes() == first


# ---------------------------------------------------------------- what Excel and WPS do


def columns_in(book: Any) -> None:
    book[FORM].insert_cols(4)
    book[FORM].insert_cols(8, 2)


def rows_moved(book: Any) -> None:
    sheet = book[FORM]
    values = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4, max_row=6)]
    for row, line in enumerate(reversed(values), start=4):
        for column, value in enumerate(line, start=1):
            sheet.cell(row, column).value = value
    sheet.row_dimensions[5].hidden = True
    sheet.insert_rows(1, 2)


def from_1904(book: Any) -> None:
    book.epoch = datetime(1904, 1, 1)


SAME: dict[str, tuple[dict[tuple[str, str], Any], Callable[[Any], None] | None]] = {
    "days as text": ({("/06", "公布日"): "2023/10/8", ("/06/3-1", "完成日"): "２０２３年９月２０日"}, None),
    "days as serial numbers": ({("/06", "公布日"): 45207, ("/06/3-1", "完成日"): 45189.25}, None),
    "spaces, ideographic and unbreakable": ({("/06", "情况"): "　床位验收。\u00a0 ", ("/06/3-1", "完成情况"): " 完成　"}, None),
    "full-width digits as text": ({("/06/nursing-beds", "实际数"): "４０"}, None),
    "a number that is nearly one": ({("/06/nursing-beds", "实际数"): 40.000000000000004}, None),
    "inserted columns": ({}, columns_in),
    "rows sorted, hidden, moved down": ({}, rows_moved),
    "days counted from 1904": ({}, from_1904),
    "a sheet renamed": ({}, lambda book: setattr(book[FORM], "title", "填好的")),
}


@pytest.mark.parametrize("how", SAME)
def test_the_same_answers_however_they_are_stored(
    how: str, county: Path, template: tuple[Path, bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    """The same file is written."""
    assert hand_in(county, filled(template[1], GOOD, with_rows), "--dry-run") == 0
    plain = capsys.readouterr().out
    values, change = SAME[how]
    book = filled(template[1], {**GOOD, **values}, lambda book: _both(book, change))
    assert hand_in(county, book, "--dry-run") == 0
    assert capsys.readouterr().out == plain


BAD: dict[tuple[str, str, Any], str] = {
    (
        "/06/3-1",
        "完成情况",
        "完工",
    ): "“填报”!G5: 完成情况 只能是 完成、部分完成、未完成、撤回 之一；现在写的是“完工”。是不是想写“完成”？例：完成",
    (
        "/06/3-1",
        "完成日",
        "9月20日",
    ): "“填报”!H5: 完成日 必须是日期，写成 年-月-日；现在写的是“9月20日”。是不是想写“2023-09-20”？例：2023-05-20",
    ("/06/3-1", "完成日", "2023-02-30"): "“填报”!H5: 完成日 必须是日历上有的日期；现在写的是“2023-02-30”。例：2023-05-20",
    (
        "/06/3-1",
        "完成日",
        20230920,
    ): "“填报”!H5: 完成日 必须是日期，写成 年-月-日；现在写的是“20230920”。是不是想写“2023-09-20”？例：2023-05-20",
    (
        "/06/nursing-beds",
        "实际数",
        "约40张",
    ): "“填报”!I6: 实际数 必须是数字，不带单位和≥；现在写的是“约40张”。是不是想写“40”？例：2000 或 98.7",
    ("/06/nursing-beds", "实际数", "=20+20"): "“填报”!I6: 实际数 是公式；请复制这一格，“选择性粘贴”为数值；现在写的是“公式”。",
    ("/06/nursing-beds", "实际数", "#REF!"): "“填报”!I6: 实际数 是表格软件的错误值；请重新填写，不填就清空；现在写的是“#REF!”。",
    ("/06/nursing-beds", "实际数", True): "“填报”!I6: 实际数 是真假值；请重新填写，不填就清空；现在写的是“TRUE”。",
    ("/06/nursing-beds", "完成情况", "完成"): "“填报”!G6: 完成情况 这一行是一个数，不是一件事，这一格要空着；现在写的是“完成”。",
    ("/06", "报告单位", "样例县教委"): "“填报”!K4: 报告单位 必须是这项任务的牵头单位；现在写的是“样例县教委”。",
    ("/06", "公布日", None): "“填报”!J4: 公布日 不能空着。例：2023-06-05",
    ("/06", "公布日", "2023-09-01"): "“填报”!J4: 公布日 公布日不能早于该节点第一个到期日 2023-09-30；现在写的是“2023-09-01”。",
    ("/06", "情况", "请打13900000000"): "“填报”!L4: 情况 不能有手机号码；写单位的办公电话；现在写的是“请打139＊＊＊＊＊＊＊＊”。",
    ("/06", "更正原因", "报错"): "“填报”!M4: 更正原因 这个节点还没有报过，不用写更正原因；现在写的是“报错”。",
    ("/06/3-1", "编号", None): "“填报”!A5: 编号 这一行没有编号（隐藏的那一栏），不知道填的是哪一项",
    ("/06/3-1", "编号", "2023/2023-09/06/9-9"): "“填报”!A5: 编号 第6项没有这件事或这个数；现在写的是“9-9”。",
    ("/06/3-1", "编号", "2023/2023-09/06/nursing-beds"): "“填报”!A6: 编号 和第5行是同一项，写了两次；只留一行",
}


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: f"{bad[1]} {bad[2]}")
def test_a_bad_cell_is_named_and_nothing_is_written(
    bad: tuple[str, str, Any], county: Path, template: tuple[Path, bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    """Sheet and cell, what must hold, what was found, the nearest, an example."""
    key, head, value = bad
    before = contents(county)
    assert hand_in(county, filled(template[1], {**GOOD, (key, head): value}, with_rows)) == 1
    assert f"表.xlsx{BAD[bad]}" in capsys.readouterr().out
    assert contents(county) == before
    for offer in re.findall("是不是想写“(.+?)”", BAD[bad]):
        hand_in(county, filled(template[1], {**GOOD, (key, head): offer}, with_rows), "--dry-run")
        assert BAD[bad].partition("：")[0] not in capsys.readouterr().out


BESIDE: dict[tuple[str, int, Any], tuple[str, str]] = {
    (MONEY, 3, "1000万元"): ("“资金”!C4", "10000000"),
    (MONEY, 4, "约１２０万"): ("“资金”!D4", "1200000"),
    (MONEY, 5, "0.5亿元"): ("“资金”!E4", "50000000"),
    (PROOF, 4, "4月2日"): ("“佐证材料”!D4", "2023-04-02"),
    (PROOF, 4, "20230402"): ("“佐证材料”!D4", "2023-04-02"),
}


@pytest.mark.parametrize("beside", BESIDE, ids=lambda each: str(each[2]))
def test_an_amount_or_a_day_in_another_form_is_offered_rightly(
    beside: tuple[str, int, Any], county: Path, template: tuple[Path, bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    """万 and 亿 are counted out in 元, a day gets the year of the plan; what is offered is taken when it is written."""
    (sheet, column, value), (cell, offer) = beside, BESIDE[beside]

    def spoilt(words: Any) -> bytes:
        return filled(template[1], GOOD, lambda book: (with_rows(book), setattr(book[sheet].cell(4, column), "value", words)))

    assert hand_in(county, spoilt(value)) == 1
    (said,) = [line for line in capsys.readouterr().out.splitlines() if cell in line]
    assert f"是不是想写“{offer}”" in said
    assert hand_in(county, spoilt(offer)) == 0


def test_every_bad_cell_is_named_at_once(county: Path, template: tuple[Path, bytes], capsys: pytest.CaptureFixture[str]) -> None:
    """Not one after the other, and in the other sheets too."""

    def spoil(book: Any) -> None:
        with_rows(book)
        book[MONEY].cell(4, 1).value, book[PROOF].cell(4, 4).value = 99, "昨天"

    bad = {("/06/3-1", "完成情况"): "好了", ("/06/nursing-beds", "实际数"): "很多"}
    assert hand_in(county, filled(template[1], {**GOOD, **bad}, spoil)) == 1
    cells = re.findall(r"^表.xlsx(“..+?”![A-Z]+\d+): ", capsys.readouterr().out, re.MULTILINE)
    assert cells == ["“填报”!G5", "“填报”!I6", "“资金”!A4", "“佐证材料”!D4"]


def test_a_record_that_was_withdrawn_does_not_come_back(county: Path) -> None:
    """An old workbook still carries it: the tombstone stands, the rest is read."""
    data = blank(county, "2023-07", "样例县民政局")
    gone = county / "plans/2023/reports/2023-07/06.yml"
    gone.unlink()
    (county / "plans/2023/withdrawals/W-03.yml").write_text(
        "record: reports/2023-07/06\nfiled: 2023-08-09\nground: 含个人信息\npublished: 2023-09-01\n", encoding="utf-8"
    )
    assert load(county).ledger is not None
    hand_in(county, data)
    assert not gone.exists()


def test_what_is_on_record_cannot_be_changed_in_its_own_sheet(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The sheet of what was reported is locked; forced open, it is refused at its cell."""
    before = contents(county)

    def forge(book: Any) -> None:
        book[TOLD].cell(4, 4).value = "2023-08-01"

    assert hand_in(county, filled(blank(county, "2023-07", "样例县民政局"), {}, forge)) == 1
    assert "表.xlsx“已报”!D4: " in capsys.readouterr().out and contents(county) == before


# ---------------------------------------------------------------- files that are none


def bomb(data: bytes) -> bytes:
    return cut(data, {"xl/media/a.bin": b"\0" * 30_000_000})


def entities(data: bytes) -> bytes:
    lol = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    return cut(data, {part_of(data, FORM): lambda xml: lol + xml.partition(b"?>")[2] if b"?>" in xml else lol + xml})


HOSTILE: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "an empty file": (lambda data: b"", "文件是空的"),
    "random bytes": (lambda data: bytes(range(256)) * 40, "这不是 .xlsx 工作簿"),
    "a renamed .xls": (lambda data: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "这是旧格式（.xls、.et），或者加了密码"),
    "an .ods": (lambda data: cut(data, {"content.xml": b"<a/>", "xl/workbook.xml": None}), "这是 .ods 表格"),
    "half a file": (lambda data: data[: len(data) // 2], "这个文件坏了"),
    "macros": (lambda data: cut(data, {"xl/vbaProject.bin": b"x"}), "工作簿里有宏"),
    "a zip bomb": (bomb, "工作簿解开以后太大"),
    "too many parts": (lambda data: cut(data, {f"xl/{n}.xml": b"x" for n in range(400)}), "工作簿里的部件太多"),
    "entities": (entities, "DOCTYPE"),
    "no workbook inside": (lambda data: cut(data, {"xl/workbook.xml": None}), "缺少 xl/workbook.xml"),
    "broken XML": (lambda data: cut(data, {part_of(data, FORM): lambda xml: xml[:-30]}), "内部文件坏了"),
    "no sheet to fill in": (lambda data: cut(data, {part_of(data, FORM): lambda xml: b"<worksheet/>"}), "表头里缺少“编号”这一栏"),
    "a merged range of everything": (
        lambda data: cut(
            data,
            {
                part_of(data, FORM): lambda xml: xml.replace(
                    b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A3:A1048576"/></mergeCells>'
                )
            },
        ),
        "合并的单元格太大",
    ),
    "too many cells": (
        lambda data: cut(
            data,
            {part_of(data, FORM): lambda xml: xml.replace(b"<sheetData>", b"<sheetData><row>" + b"<c><v>1</v></c>" * 70_000 + b"</row>")},
        ),
        "填了东西的格太多",
    ),
}


@pytest.mark.parametrize("how", HOSTILE)
def test_a_file_that_cannot_be_read_is_told_plainly(
    how: str, county: Path, template: tuple[Path, bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    """One sentence, exit 1, nothing written, no time lost."""
    spoil, words = HOSTILE[how]
    before = contents(county)
    assert hand_in(county, spoil(filled(template[1], GOOD, with_rows))) == 1
    assert words in capsys.readouterr().out and contents(county) == before


def test_what_is_none_of_ours_is_not_looked_at(county: Path, template: tuple[Path, bytes]) -> None:
    """A claim of size, an outside link, another sheet full of formulas: read past."""

    def add(xml: bytes) -> bytes:
        return re.sub(rb'<dimension ref="[^"]+"', b'<dimension ref="A1:XFD1048576"', xml)

    def more(book: Any) -> None:
        with_rows(book)
        book.create_sheet("我的草稿")["A1"] = "=1/0"

    data = filled(template[1], GOOD, more)
    relations = (
        b'<Relationship Id="rId99" TargetMode="External" Type="http://x/externalLink" Target="file:///secret.xlsx"/></Relationships>'
    )
    data = cut(data, {part_of(data, FORM): add, "xl/_rels/workbook.xml.rels": lambda xml: xml.replace(b"</Relationships>", relations)})
    assert hand_in(county, data) == 0
    assert not list((county / "plans").glob(".*"))


def test_a_workbook_is_never_overwritten(county: Path, tmp_path: Path) -> None:
    """`sheet out` writes where nothing was."""
    path = tmp_path / "a.xlsx"
    command = ["sheet", "out", "2023-09", "--data", str(county), "--as-of", "2023-10-01", "--to", str(path)]
    assert main(command) == 0
    before = path.read_bytes()
    assert main(command) == 1 and path.read_bytes() == before
    assert main([*command[:3], "--unit", "某局", *command[3:]]) == 1


def test_the_row_of_an_id_is_unique(template: tuple[Path, bytes]) -> None:
    """So that the tests fill in what they mean."""
    assert row_of(load_workbook(io.BytesIO(template[1]))[FORM], "/06/3-1") == 5


def _both(book: Any, change: Callable[[Any], None] | None) -> None:
    with_rows(book)
    if change:
        change(book)
