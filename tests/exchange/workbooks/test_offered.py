"""Each lead unit's page offers its workbook, where one is owed and to an official site; no other page, day or site does."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from scripts.exchange.workbooks.columns import FORM, HELP, MONEY, PROOF, TOLD
from scripts.exchange.workbooks.offered import offered, sheet_files, sheet_path
from scripts.ledger.series.day import Day, day_of
from scripts.store.load import load

from ...conftest import MID_YEAR, SAMPLE

HEALTH, SCHOOLS = "样例县卫生健康委", "样例县教委"


def day(on: date) -> Day:
    ledger = load(SAMPLE).ledger
    assert ledger is not None
    return day_of(ledger, "2023", on)


def points(found: Day, unit: str) -> list[str]:
    return [found.promise.plan.checkpoints[position].id for position in offered(found, unit)]


def test_the_page_of_a_unit_links_its_workbooks(demo_site: Path) -> None:
    """Those that are owed and the next; what to do with them; the files stand beside the page and in the list of hashes."""
    page = (demo_site / "2023/units/weisheng-jiankang-wei/index.html").read_text(encoding="utf-8")
    part = page.partition('id="workbook"')[2].partition("</section>")[0]
    links = re.findall(r'href="([^"]+\.xlsx)" download="([^"]+)"', part)
    assert [name for _, name in links] == [f"填报-2023-0{month}-{HEALTH}.xlsx" for month in (7, 9)]
    assert "虚构演示" in part and "填白格" in part and "guide/report/" in part and "ledger@example.org" in part
    sums = (demo_site / "SHA256SUMS").read_text(encoding="utf-8")
    for href, _ in links:
        path = (demo_site / "2023/units/weisheng-jiankang-wei" / href).resolve()
        assert f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(demo_site.resolve()).as_posix()}" in sums


def test_a_workbook_says_that_it_is_fictional_and_nothing_of_the_machine(demo_site: Path) -> None:
    """虚构演示 on every sheet and on every printed page; no author, no program, no other time than the day of the site."""
    for path in sorted((demo_site / "2023/units").glob("*/*.xlsx")):
        book = load_workbook(path)
        assert book.sheetnames == [FORM, MONEY, PROOF, TOLD, HELP]
        for sheet in book:
            assert "虚构演示" in "".join(str(sheet[cell].value or "") for cell in ("A1", "B1", "B2"))
            assert sheet.oddHeader and "虚构演示" in str(sheet.oddHeader.center.text)
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
            assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            core = archive.read("docProps/core.xml").decode()
        assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core)) == {f"{MID_YEAR}T00:00:00Z"} and "openpyxl" not in core


def test_what_is_owed_is_offered(demo_site: Path) -> None:
    """Missing or awaited reports; where none is awaited, the next checkpoint too.  All that is offered is in the site, and no other."""
    assert points(day(MID_YEAR), HEALTH) == ["2023-07", "2023-09"] and points(day(MID_YEAR), SCHOOLS) == ["2023-09"]
    assert points(day(date(2023, 10, 5)), SCHOOLS) == ["2023-09"], "awaited: nothing further ahead"
    ledger = load(SAMPLE).ledger
    assert ledger is not None
    built = {path.relative_to(demo_site).as_posix(): path.read_bytes() for path in (demo_site / "2023/units").glob("*/*.xlsx")}
    assert dict(sheet_files(ledger, day(MID_YEAR))) == built
    assert sheet_path("2023", "weisheng-jiankang-wei", "2023-07") in built


def test_where_nobody_owes_a_report_none_is_offered() -> None:
    """An independent site; a unit that leads nothing; a plan before its reporting has opened, and after it has closed."""
    found = day(MID_YEAR)
    assert not offered(replace(found, publisher="independent"), HEALTH)
    assert not offered(found, "样例县财政局")
    assert not offered(day(date(2023, 2, 1)), HEALTH)
    assert not offered(day(date(2025, 1, 1)), HEALTH)


def test_the_page_of_a_unit_that_owes_nothing_says_nothing(site: Path) -> None:
    """The real county: an independent site without data has no word of workbooks on any page of a unit."""
    pages = list((site / "2023/units").glob("*/index.html"))
    assert pages and not any("填报表" in page.read_text(encoding="utf-8") for page in pages)
    assert not list((site / "2023/units").rglob("*.xlsx"))
