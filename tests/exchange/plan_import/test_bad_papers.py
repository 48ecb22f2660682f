"""Papers that are no plan: one clear message that names the place, nothing written, no traceback."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
import yaml

from scripts.__main__ import main

from ...conftest import snapshot
from .papers import QINGSHI, letter, xlsx

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "bad_papers.yml").read_text(encoding="utf-8"))
PYTHON = re.compile(r"Traceback|Error|Exception|\bNone\b|openpyxl|docx\.|zipfile")


def refused(paper: Path, into: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """What the import says of a paper that it refuses; it leaves nothing behind, beside or inside."""
    before = snapshot(into.parent)
    assert main(["plan", "in", str(paper), "--year", "2025", "--into", str(into)]) == 1
    told = capsys.readouterr()
    assert "什么也没有写" in told.err
    assert not PYTHON.search(told.out + told.err)
    assert snapshot(into.parent) == before
    return told.out.rstrip("\n")


@pytest.mark.parametrize("case", CASES, ids=[case["promise"].replace(" ", "_") for case in CASES])
def test_a_paper_that_cannot_be_read_is_refused(case: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The message is this one, word by word."""
    suffix = {"text": "txt"}.get(case["kind"], case["kind"])
    paper = tmp_path / "in" / f"bad.{suffix}"
    paper.parent.mkdir()
    tables = case.get("tables", [])
    data = {"xlsx": lambda: xlsx(*tables), "docx": lambda: letter(case.get("text", ""), *tables), "text": lambda: case["text"].encode()}
    paper.write_bytes(data[case["kind"]]())
    assert refused(paper, tmp_path / "data", capsys) == case["message"]


def _zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def _with(data: bytes, name: str, part: bytes) -> bytes:
    """A file of Office with one part more, or another in its place."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    return _zip(parts | {name: part})


def _sheet() -> bytes:
    return xlsx((QINGSHI / "table.txt").read_text(encoding="utf-8"))


def _changed(change: Callable[[Any], None]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(_sheet()))
    change(book.active)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _tracked() -> bytes:
    """A letter with words in a tracked change: on paper they are there, in the paragraphs they are not."""
    document = docx.Document(io.BytesIO(letter("方案", "序号|重点任务|3月|牵头单位\n1|建学校。|开工。|县教育局")))
    paragraph = document.add_paragraph("另：")
    change = paragraph._p.makeelement(docx.oxml.ns.qn("w:ins"), {})
    paragraph._p.append(change)
    change.append(document.add_paragraph("追加资金九百万元").runs[0]._r)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _wide(span: str) -> bytes:
    """A letter whose first cell says that it is so many columns wide."""
    data = letter("方案", "序号|<|重点任务|3月|牵头单位\n1|<|建学校。|开工。|县教育局")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        words = archive.read("word/document.xml")
    assert b'w:gridSpan w:val="2"' in words
    return _with(data, "word/document.xml", words.replace(b'w:gridSpan w:val="2"', f'w:gridSpan w:val="{span}"'.encode(), 1))


def _claiming(old: bytes, new: bytes) -> bytes:
    """A sheet of which one stretch of the inside says something else."""
    data = _sheet()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        inside = archive.read("xl/worksheets/sheet1.xml")
    assert old in inside
    return _with(data, "xl/worksheets/sheet1.xml", inside.replace(old, new, 1))


WHOLE = b'ref="A1:XFD1048576"'
"""Every cell that a sheet can have: to build them takes more memory than there is."""

FILES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "an empty file": ("a.xlsx", lambda: b"", "a.xlsx：文件是空的。"),
    "an old .xls under a new name": (
        "a.xlsx",
        lambda: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600),
        "是旧格式（.doc、.xls）或加了密码的文件",
    ),
    "a pdf": ("a.pdf", lambda: b"%PDF-1.7 ...", "是 PDF，里面没有表格的格子"),
    "a picture": ("a.png", lambda: b"\x89PNG....", "a.png：不是 .docx、.xlsx，也不是文字稿（.txt）"),
    "a zip that is no document": ("a.docx", lambda: _zip({"a.txt": b"x"}), "压缩包里不是 Word 或 Excel 文件"),
    "half a file": ("a.xlsx", lambda: _sheet()[:3000], "文件坏了，打不开"),
    "a list of contents that is not where it is said to be": (
        "a.xlsx",
        lambda: (whole := _sheet())[:-6] + (int.from_bytes(whole[-6:-2], "little") + 38).to_bytes(4, "little") + whole[-2:],
        "文件坏了，打不开",
    ),
    "a broken part": ("a.xlsx", lambda: _with(_sheet(), "xl/worksheets/sheet1.xml", b"<worksheet"), "文件坏了，打不开"),
    "fifty megabytes": (
        "a.docx",
        lambda: b"PK" + bytes(50_000_000),
        "文件不能大于20兆字节；请删去图片，只留方案正文和任务分解表；现在写的是“50兆字节”。",
    ),
    "a zip bomb": ("a.xlsx", lambda: _with(_sheet(), "xl/media/bomb.bin", bytes(150_000_000)), "解开以后太大"),
    "macros": ("a.xlsm", lambda: _with(_sheet(), "xl/vbaProject.bin", b"x"), "文件里带宏，不打开；请另存为不带宏的 .docx 或 .xlsx。"),
    "entities": ("a.xlsx", lambda: _with(_sheet(), "xl/workbook.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'), "含有文档类型声明"),
    "text in gbk": ("a.txt", lambda: "任务分解表".encode("gbk"), "a.txt 第1行：必须是 UTF-8 文字"),
    "a width that is no number": ("a.docx", lambda: _wide("B9"), "a.docx：文件坏了，打不开"),
    "a cell wider than any table": ("a.docx", lambda: _wide("99999999"), "a.docx 表1 第1行第1列：这一格的宽度写坏了"),
    "a cell without width": ("a.docx", lambda: _wide("0"), "a.docx 表1 第1行第1列：这一格的宽度写坏了"),
    "words in a tracked change": ("a.docx", _tracked, "有的文字读不到：可能在修订、文本框或内容控件里"),
    "a formula without its result": (
        "a.xlsx",
        lambda: _changed(lambda s: s.__setitem__("D6", "=1+1")),
        "工作表“推进清单”D6：这一格是公式",
    ),
    "a merged range as large as a sheet can be": (
        "a.xlsx",
        lambda: _claiming(b'ref="A1:I1"', WHOLE),
        "a.xlsx：合并的格太大：一张表最多3000行、100列；请取消整行、整列的合并和链接；现在写的是“A1:XFD1048576”。",
    ),
    "a link over all cells": (
        "a.xlsx",
        lambda: _claiming(b"</mergeCells>", b"</mergeCells><hyperlinks><hyperlink " + WHOLE + b' location="x"/></hyperlinks>'),
        "合并的格太大",
    ),
    "a hidden row": ("a.xlsx", lambda: _changed(lambda s: setattr(s.row_dimensions[8], "hidden", True)), "工作表“推进清单”第8行是隐藏的"),
}


@pytest.mark.parametrize("promise", FILES)
def test_a_file_that_is_no_plan_is_refused(promise: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever its bytes: it is opened only when it is safe to, and the words say what to do instead."""
    name, data, message = FILES[promise]
    paper = tmp_path / "in" / name
    paper.parent.mkdir()
    paper.write_bytes(data())
    assert message in refused(paper, tmp_path / "data", capsys)


def test_a_paper_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert refused(tmp_path / "没有.docx", tmp_path / "data", capsys).endswith("没有.docx：找不到这个文件。")


def test_an_existing_registry_keeps_its_names(handed_in: Path, tmp_path: Path) -> None:
    """A unit under another name of the registry stays one unit; new units are added behind, what was there is not touched."""
    data = tmp_path / "data"
    data.mkdir()
    before = "县教育局: {slug: jiaoyu-ju, kind: department}\n"
    (data / "units.yml").write_text(before, encoding="utf-8")
    assert main(["plan", "in", str(handed_in / "qingshi.xlsx"), "--year", "2025", "--into", str(data)]) == 0
    after = (data / "units.yml").read_text(encoding="utf-8")
    assert after.startswith(before) and after.count("县教育局") == 1


def test_checkpoints_can_be_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the heads give months that run backwards, --checkpoints says what they are; the heads stay as printed."""
    paper = tmp_path / "a.txt"
    case = next(case for case in CASES if case["promise"] == "months that run backwards")
    paper.write_text(case["text"], encoding="utf-8")
    told = ["--checkpoints", "2025-06,2026-03"]
    assert main(["plan", "in", str(paper), "--year", "2025", "--into", str(tmp_path / "data"), *told]) == 0
    plan = (tmp_path / "data/plans/2025/plan.yml").read_text(encoding="utf-8")
    assert "{id: 2026-03, printed: 2024年3月}" in plan
