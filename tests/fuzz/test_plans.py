"""Whatever a paper holds that is handed in as a plan, the import ends with a plan or with one message in Chinese.

Some fixed mutants run in `make test`; `make soak` (LEDGER_SOAK) runs many.  Printed: how many were read in, how many were refused by the
readers' own words and how many already as a file that does not open.
"""

from __future__ import annotations

import functools
import io
import os
import random
import re
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.__main__ import main

from ..conftest import snapshot
from ..exchange.plan_import.papers import QINGSHI, YUNZE, letter, papers, xlsx
from ..store.test_problems import PYTHON

SOAK = bool(os.environ.get("LEDGER_SOAK"))
EACH = 400 if SOAK else 4
"""Mutants of each kind of paper."""
SECONDS = 20 if SOAK else 10
"""What one may take of a processor."""
TABLES = {"xlsx": (QINGSHI / "table.txt").read_text(encoding="utf-8"), "docx": (YUNZE / "table.txt").read_text(encoding="utf-8")}
LETTER = (YUNZE / "text.txt").read_text(encoding="utf-8")
TEXT = (Path(__file__).parents[1] / "fixtures/sample/plans/2023/source.txt").read_text(encoding="utf-8")
ODD = (
    "",
    " ",
    "——",
    "/",
    "#REF!",
    "=1+1",
    "=SUM(A1)",
    "@x",
    "{{7*7}}",
    "<b>",
    "\u202e反",
    "０５月",
    "13月",
    "2月30日前",
    "6月20日至7月1日",
    "0",
)
ODD += (
    "待核：",
    "# 待核：x",
    "a: b",
    "- x",
    "&a",
    "*a",
    "'",
    '"',
    "\u200b",
    "e\u0301",
    "长" * 40_000,
    "1",
    "1.1",
    "每季度",
    "牵头：",
    "各乡镇",
    "<",
    "^",
)
PARTS = re.compile(r"word/document\.xml|xl/(workbook|sharedStrings|styles|worksheets/sheet1)\.xml|.*\.rels|\[Content_Types\]\.xml")

pytestmark = pytest.mark.slow


@functools.cache
def _whole(kind: str) -> bytes:
    """A county's paper as it was handed in."""
    return papers()["qingshi.xlsx" if kind == "xlsx" else "yunze.docx"]


def by_cells(kind: str, dice: random.Random) -> bytes:
    """Cells, rows and columns of the table changed, merged apart and together, then made into a file of Office."""
    rows = [line.split("|") for line in TABLES[kind].strip("\n").split("\n")]
    for _ in range(dice.choice((1, 1, 2, 4))):
        r = dice.randrange(len(rows))
        c = dice.randrange(len(rows[r]))
        match dice.randrange(8):
            case 0 | 1:
                rows[r][c] = dice.choice(ODD).replace("|", "")
            case 2:
                rows[r][c] = dice.choice(dice.choice(rows))
            case 3 if len(rows) > 3:
                del rows[r]
            case 4 if len(rows[0]) > 3:
                rows = [row[:c] + row[c + 1 :] for row in rows]
            case 5:
                rows.insert(r, list(dice.choice(rows)))
            case 6:
                dice.shuffle(rows[r])
            case _:
                rows = [[*row[:c], dice.choice(ODD), *row[c:]] for row in rows]
    table = "\n".join("|".join(row) for row in rows)
    return xlsx(table) if kind == "xlsx" else letter(LETTER, table)


def by_parts(kind: str, dice: random.Random) -> bytes:
    """A part of the archive cut, spoilt or gone; the archive itself is whole."""
    with zipfile.ZipFile(io.BytesIO(_whole(kind))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = dice.choice([each for each in parts if PARTS.fullmatch(each)])
    data = parts[name]
    at = dice.randrange(len(data))
    tag = dice.choice(re.findall(rb'(?:gridSpan|vMerge|w:val|ref|r|s|t|count|sqref)="[^"]*"', data) or [data[at : at + 9]])
    odd = dice.choice((b"-1", b"0", b"99999999", b"x", b"A1:XFD1048576", b"B9:A1", b""))
    changed: Callable[[], bytes | None] = dice.choice(
        (lambda: data[:at], lambda: data[:at] + dice.randbytes(3) + data[at + 3 :], lambda: b"", lambda: None)
        + (lambda: data.replace(tag, tag[: tag.find(b'"') + 1] + odd + b'"', 1),) * 6
    )
    new = changed()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, content in parts.items():
            if each != name or new is not None:
                archive.writestr(each, new if each == name and new is not None else content)
    return out.getvalue()


def by_bytes(kind: str, dice: random.Random) -> bytes:
    """Bytes of the finished file: a damaged archive, half a file."""
    data = bytearray(_whole(kind))
    for _ in range(dice.choice((1, 5, 40))):
        data[dice.randrange(len(data))] = dice.randrange(256)
    return bytes(data if dice.random() < 0.8 else data[: dice.randrange(len(data))])


def by_lines(kind: str, dice: random.Random) -> bytes:
    """Lines of a text lost, doubled, moved, spoilt; now and then in another encoding."""
    lines = TEXT.split("\n")
    for _ in range(dice.choice((1, 2, 5))):
        i = dice.randrange(len(lines))
        match dice.randrange(5):
            case 0:
                del lines[i]
            case 1:
                lines.insert(i, dice.choice(lines))
            case 2:
                lines[i] = dice.choice(("", "\t")) + dice.choice(ODD)
            case 3:
                lines[i] = lines[i].lstrip("\t") if dice.random() < 0.5 else "\t" + lines[i]
            case _:
                del lines[i : i + dice.randrange(60)]
    return "\n".join(lines).encode(dice.choice(("utf-8",) * 6 + ("gbk", "utf-16", "utf-8-sig")), errors="replace")


KINDS = {
    "cells of a sheet": ("a.xlsx", "xlsx", by_cells),
    "cells of a letter": ("a.docx", "docx", by_cells),
    "parts of a sheet": ("a.xlsx", "xlsx", by_parts),
    "parts of a letter": ("a.docx", "docx", by_parts),
    "bytes of a sheet": ("a.xlsx", "xlsx", by_bytes),
    "bytes of a letter": ("a.docx", "docx", by_bytes),
    "lines of a text": ("a.txt", "text", by_lines),
}


@pytest.mark.parametrize("what", KINDS)
def test_a_spoilt_paper_gives_a_plan_or_one_message(what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Success leaves a whole plan with its source; a refusal is one Chinese line that names the file or the spot, and nothing is left
    behind: not in the folder, not beside it."""
    name, kind, spoil = KINDS[what]
    dice, counts = random.Random(2024), Counter[str]()
    paper = tmp_path / "in" / name
    paper.parent.mkdir()
    for number in range(EACH):
        paper.write_bytes(spoil(kind, dice))
        into = tmp_path / f"out{number}" / "data"
        into.parent.mkdir()
        started = time.process_time()
        code = main(["plan", "in", str(paper), "--year", "2025", "--county", "某县", "--into", str(into)])
        assert time.process_time() - started < SECONDS, f"{what} {number}"
        told = capsys.readouterr()
        if code == 0:
            counts["read in"] += 1
            assert (into / "plans/2025/plan.yml").is_file() and (into / "plans/2025/source.txt").is_file()
            assert [path.name for path in into.parent.iterdir()] == ["data"]
            continue
        assert code == 1 and "什么也没有写" in told.err, f"{what} {number}"
        assert len(told.out.splitlines()) == 1 and re.search("[一-鿿]{4}.*。", told.out), f"{what} {number}: {told.out}"
        assert not PYTHON.search(told.out), f"{what} {number}: {told.out}"
        assert snapshot(into.parent) == snapshot(tmp_path / "in" / "nothing"), f"{what} {number}"
        counts["does not open" if re.search("文件坏了|UTF-8|压缩包|声明", told.out) else "refused by its words"] += 1
    print(f"\n{what}: {dict(counts)}")
    assert counts.total() == EACH
    if "cells" in what or "lines" in what:
        assert counts["read in"] + counts["refused by its words"] >= EACH * 0.4
