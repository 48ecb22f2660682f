"""The states of a county through its life, each a data folder: the real plan from before its opening to after its closing, the fictional
county with its whole year, and the same with every record taken down."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

from scripts.store.address_lists import LIST

from ..conftest import DATA, SAMPLE

OPENED = {"events/2023-04-03-opened.yml": "type: opened\nopened_on: 2023-04-03\npublished: 2023-04-03\n"}
FIRST_REPORT = {
    "reports/2023-03/24.yml": "published: 2023-04-06\nby: 县教委\nsummary: 七个项目都在施工。\ndeliverables: {1-1: done, 1-2: partial}\n"
}
EVERYTHING = {
    "problems/P-01.1.yml": "type: found\ntask: 24\ndescription: 两处工地材料没有到场\nowner: 县教委\nfound_on: 2023-05-16\n"
    "rectify_by: 2023-06-09\npublished: 2023-05-18\n",
    "meetings/2023-05-30-monthly.1.yml": "kind: monthly\nheld_on: 2023-05-30\nchair: 工作专班\ntasks: [24]\npublished: 2023-06-01\n"
    "decisions:\n  - {text: 材料月底前到场, owner: 县教委, due: 2023-06-30}\n",
    "reviews/2023-05.yml": "document: 督查通报第1期\ninspected_on: 2023-06-12\ntasks:\n  - {task: 24, colour: yellow}\npublished: 2023-06-17\n",
    "statements/S-01.yml": "unit: 县教委\ntask: 24\ncheckpoint: 2023-05\ntext: 雨天多，材料晚到两周。\npublished: 2023-06-19\n",
    "cases/C-01.yml": "title: 先开家长会\ntasks: [24]\nunits: [县教委]\nsummary: 先开家长会再施工。\ndocument: 督查通报第2期\npublished: 2023-07-20\n",
    "reports/2023-05/24.yml": "published: 2023-06-05\nby: 县教委\nsummary: 七个项目都在施工。\ndeliverables: {1-2: done, 2-1: done}\n"
    "funding:\n  - {source: 上级专项补助, planned: 30000000, received: 12000000}\n",
    "reports/2023-05/24.2.yml": "published: 2023-06-20\nby: 县教委\ncorrects: 24\nreason: 录入有误。\ndeliverables: {2-1: withdrawn}\n",
}
WAITING = {
    "revisions/R-01.yml": "task: 27\ncell: 2\nchange: due\nfrom: 2023-05-31\nto: 2023-09-30\napproved_on: 2023-04-10\n"
    "approver: 县政府常务会议\ndocument: 县府办〔2023〕9号\nreason: 征地晚了一个月\npublished: 2023-04-12\n",
    "events/2023-07-05-suspended-14.yml": "type: suspension\ntask: 14\napprover: 县政府专题会议\ndocument: 县府办〔2023〕14号\n"
    "approved_on: 2023-07-05\nreview_by: 2023-09-20\nreason: 汛期先抢修\npublished: 2023-07-07\n",
}
"""More of what waits for the opening, beside reports and a unit's own words."""
CLOSED = {"events/2024-03-31-closed.yml": "type: closed\nclosed_on: 2024-03-31\npublished: 2024-03-31\n"}
TAKEN_DOWN_ON = date(2024, 2, 1)


def _real(folder: Path, *records: dict[str, str]) -> Path:
    """The real plan as its promise alone, and records that somebody might file."""
    shutil.copytree(DATA, folder)
    plan = folder / "plans/2023"
    for each in plan.iterdir():
        if each.is_dir() and each.name != "tasks":
            shutil.rmtree(each)
    for file, text in (pair for some in records for pair in some.items()):
        (plan / file).parent.mkdir(parents=True, exist_ok=True)
        (plan / file).write_text(text, encoding="utf-8")
    return folder


def _sample(folder: Path) -> Path:
    return Path(shutil.copytree(SAMPLE, folder))


def take_down(folder: Path, on: date) -> Path:
    """Every record of a county but the opening of reporting, taken down with its tombstone on a day."""
    plan = folder / "plans/2023"
    kinds = [each for each in sorted(plan.iterdir()) if each.is_dir() and each.name not in ("tasks", "withdrawals")]
    records = [each for kind in kinds for each in sorted(kind.rglob("*.yml")) if "type: opened" not in each.read_text(encoding="utf-8")]
    (plan / "withdrawals").mkdir(exist_ok=True)
    for number, record in enumerate(records, start=101):
        found = re.search(r"^published: (\S+)", record.read_text(encoding="utf-8"), re.MULTILINE)
        assert found, record
        name = record.relative_to(plan).with_suffix("").as_posix()
        words = f"record: {name}\nfiled: {found[1]}\nground: 含个人信息\npublished: {max(on, date.fromisoformat(found[1]))}\n"
        (plan / f"withdrawals/W-{number}.yml").write_text(words, encoding="utf-8")
        record.unlink()
    return folder


STATES: dict[str, Callable[[Path], Path]] = {
    "real-unopened": _real,
    "real-unopened-with-records": lambda folder: _real(folder, FIRST_REPORT, EVERYTHING, WAITING),
    "real-opened": lambda folder: _real(folder, OPENED),
    "real-first-report": lambda folder: _real(folder, OPENED, FIRST_REPORT),
    "real-everything-closed": lambda folder: _real(folder, OPENED, FIRST_REPORT, EVERYTHING, WAITING, CLOSED),
    "sample": _sample,
}
"""Each state by its name: writes the data folder and gives it.  The list of addresses stays as the real plan has it."""


def with_list(folder: Path, text: str) -> Path:
    """The folder with a list of addresses given out."""
    (folder / "plans/2023" / LIST).write_text(text, encoding="utf-8")
    return folder
