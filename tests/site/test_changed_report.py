"""One changed report changes only what depends on it."""

from __future__ import annotations

import shutil
from pathlib import Path

from scripts.site.build import build_site

from ..conftest import MID_YEAR, SAMPLE, contents

DEPENDS = {
    "2023/tasks/07/index.html",
    *(f"api/v1/{year}{name}" for year in ("", "2023/") for name in ("tasks/T07.json", "tasks.full.json", "changes.json")),
    *(f"data/2023/{name}" for name in ("reports.csv", "changes.csv", "datapackage.json", "ledger-2023.xlsx", "ledger-2023.zip")),
    "data/datapackage.json",
    "data/index.html",
    "changes/index.html",
    *(f"{path}/feed.xml" for path in ("2023/tasks/07", "2023/units/weisheng-jiankang-wei")),
    *(f"feeds/all.{kind}" for kind in ("xml", "json")),
    "manifest.json",
    "SHA256SUMS",
}
"""What holds the words of a report of task 7: its page, its answer, the tables of reports and of changes, 更新记录, the feeds of everything,
of the task and of its lead unit, and what packs, weighs or hashes these.  No colour, no figure, no board, no other task, unit or place depends on a summary."""


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
    assert changed == DEPENDS
