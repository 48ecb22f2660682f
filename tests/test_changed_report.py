"""One changed report changes only what depends on it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from scripts.build import build_site

from .conftest import MID_YEAR, SAMPLE, contents

DEPENDS = {
    "2023/tasks/07/index.html",
    *(f"api/v1/{year}{name}" for year in ("", "2023/") for name in ("tasks/T07.json", "tasks.full.json", "changes.json")),
    *(f"data/2023/{name}" for name in ("reports.csv", "changes.csv", "datapackage.json", "ledger-2023.xlsx", "ledger-2023.zip")),
    "data/datapackage.json",
    "data/index.html",
    "manifest.json",
    "SHA256SUMS",
}
"""What holds the words of a report of task 7: its page, its answer, the tables of reports and of changes, and what packs, weighs or
hashes these.  No colour, no figure, no board, no other task, unit or place depends on a summary."""

FOLLOWERS = re.compile(r"(?=.*(feed|\.xml|atom|changes/))(?!.*tasks?/(?!0?7\b))")
"""Feeds and lists of changes that follow everything, the task or its unit tell of the report as well; no other task's does."""


def test_one_changed_report_changes_only_what_depends_on_it(tmp_path: Path) -> None:
    """The summary of one report is put in other words; two whole sites are compared, byte by byte."""
    data = Path(shutil.copytree(SAMPLE, tmp_path / "data"))
    before = contents(build_site(data, tmp_path / "before", MID_YEAR).out)
    report = data / "plans/2023/reports/2023-05/07.yml"
    text = report.read_text(encoding="utf-8")
    assert "主体没有按期完工" in text
    report.write_text(text.replace("主体没有按期完工", "主体结构没有按期完工"), encoding="utf-8")
    after = contents(build_site(data, tmp_path / "after", MID_YEAR).out)
    assert sorted(before) == sorted(after)
    changed = {name for name in before if before[name] != after[name]}
    assert changed >= DEPENDS
    assert {name for name in changed - DEPENDS if not FOLLOWERS.match(name)} == set()
