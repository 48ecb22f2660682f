"""Another program opened the workbook and saved it: the same reports.

resaved.xlsx is the small county's workbook of May as `MAY` and `beside` fill it in, opened and saved by LibreOffice 7.4
(`soffice --headless --convert-to xlsx`): every style, string and part is written anew, with the program's name and the time in it.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

from scripts.store.load import load

from ...conftest import contents, plant
from .books import blank, filled
from .test_fuzz import MAY, beside, hand_in

RESAVED = Path(__file__).parent / "resaved.xlsx"


def test_a_workbook_saved_by_another_program_gives_the_same_reports(tmp_path: Path) -> None:
    """Shared strings for ours in line, days as serial numbers, other styles; what the program says of itself stays outside."""
    ours, theirs = (plant(tmp_path / name / "data") for name in ("ours", "theirs"))
    assert hand_in(ours, filled(blank(ours, "2031-05"), MAY, beside)) == 0
    assert hand_in(theirs, RESAVED.read_bytes()) == 0
    assert contents(theirs) == contents(ours) and load(theirs).ledger is not None
    with zipfile.ZipFile(RESAVED) as archive:
        assert b"LibreOffice" in archive.read("docProps/app.xml") and "xl/sharedStrings.xml" in archive.namelist()
    assert not any(b"LibreOffice" in content for content in contents(theirs).values())
