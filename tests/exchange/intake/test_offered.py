"""The site itself offers the workbook, on the handbook's page that explains it; on an independent site too, for it asks nobody for anything."""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from scripts.exchange.intake.book_out import offered, record_files, site_path
from scripts.ledger.series.day import Day, day_of
from scripts.store.load import load

from ...conftest import MID_YEAR, SAMPLE


def day(on: date) -> Day:
    ledger = load(SAMPLE).ledger
    assert ledger is not None
    return day_of(ledger, "2023", on)


def test_the_handbook_links_the_workbook(demo_site: Path) -> None:
    """As a file of the site with its hash, under the name that it is saved by; 虚构演示 beside the link and on every sheet."""
    page = (demo_site / "guide/browser/index.html").read_text(encoding="utf-8")
    ((href, name),) = re.findall(r'href="([^"]+\.xlsx)" download="([^"]+)"', page)
    path = (demo_site / "guide/browser" / href).resolve()
    assert name == "登记-2023.xlsx" and path.relative_to(demo_site.resolve()).as_posix() == site_path("2023")
    assert "虚构演示" in page.partition(href)[2][:200]
    assert f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {site_path('2023')}" in (demo_site / "SHA256SUMS").read_text(encoding="utf-8")
    assert all("虚构演示" in str(sheet["A1"].value) for sheet in load_workbook(path))


def test_a_site_of_the_real_plan_has_one_too(site: Path) -> None:
    """It is independent and nothing has opened: problems and meetings can be filed all the same."""
    assert (site / site_path("2023")).is_file()


def test_nothing_that_is_not_public_yet_stands_in_it() -> None:
    """Problems found later than the day of the site are in none of its cells; after the end of the plan there is no workbook."""
    ledger = load(SAMPLE).ledger
    assert ledger is not None
    ((_, data),) = record_files(ledger, {"2023": day(MID_YEAR)})
    listed = [cell.value for (cell,) in load_workbook(io.BytesIO(data))["对照"]["E4:E40"] if cell.value]
    known = {key[:4] for key, each in ledger.records["2023"].problems.items() if each.published <= MID_YEAR}
    assert {str(each)[:4] for each in listed} == known and len(known) < 9
    assert offered({"2023": day(date(2025, 1, 1))}) == ()
    assert offered({"2023": replace(day(MID_YEAR), publisher="independent")}) == ("2023",)
