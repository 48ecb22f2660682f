"""All testimony of one plan, and the names of its files.

A file's name is its record's id; what the name says (checkpoint, task, sequence) is read here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from pydantic import Field

from .proceedings import Case, Meeting, Review, Statement, Withdrawal
from .records import Event, ProblemStep, Report, Revision
from .values import Fact

REPORT_FILE = re.compile(r"(\d{2,4})(?:\.([2-9]|[1-9]\d))?", re.ASCII)
STEP_FILE = re.compile(r"(.+)\.([1-9]\d?)")


class Records(Fact):
    """All testimony of one plan; each kind is keyed by the file's name without `.yml`.

    Reports are keyed `2023-05/24` and `2023-05/24.2`; problem steps `P-07.1`; reviews `2023-05`.
    """

    reports: dict[str, Report] = Field({}, title="报告")
    events: dict[str, Event] = Field({}, title="事件")
    revisions: dict[str, Revision] = Field({}, title="调整目标")
    problems: dict[str, ProblemStep] = Field({}, title="问题步骤")
    meetings: dict[str, Meeting] = Field({}, title="调度会")
    reviews: dict[str, Review] = Field({}, title="督查结果")
    statements: dict[str, Statement] = Field({}, title="单位说明")
    cases: dict[str, Case] = Field({}, title="先进案例")
    withdrawals: dict[str, Withdrawal] = Field({}, title="撤下标记")

    @cached_property
    def reports_of(self) -> dict[int, tuple[tuple[str, int, str], ...]]:
        """Task → its well-named reports as (checkpoint, sequence, id), in that order: found once, for they are asked for often."""
        named = sorted((found[1], found[0], found[2], key) for key in self.reports if (found := report_id(key)))
        return {
            task: tuple((checkpoint, sequence, key) for _, checkpoint, sequence, key in group)
            for task, group in groupby(named, key=lambda each: each[0])
        }


KINDS = tuple(Records.model_fields)
"""The folders of testimony, which are the fields of `Records`."""
RECORD = re.compile(rf"plans/(?P<plan>[^/]+)/(?P<kind>{'|'.join(KINDS)})/(?P<key>.+)\.yml")


def report_id(key: str) -> tuple[str, int, int] | None:
    """Checkpoint, task and sequence of a report's id, or None where the name is not one.

    >>> report_id("2023-05/24.2")
    ('2023-05', 24, 2)
    """
    checkpoint, _, name = key.partition("/")
    found = REPORT_FILE.fullmatch(name)
    if not found or found[1] != f"{int(found[1]):02}":
        return None
    return checkpoint, int(found[1]), int(found[2] or 1)


def step_id(key: str) -> tuple[str, int] | None:
    """Ledger number and sequence of a problem step's (or a meeting file's) id, or None.

    >>> step_id("P-07.2")
    ('P-07', 2)
    """
    found = STEP_FILE.fullmatch(key)
    return (found[1], int(found[2])) if found else None


def record_file(plan_id: str, kind: str, key: str) -> str:
    """A record's file, below the data folder.

    >>> record_file("2023", "reports", "2023-05/24")
    'plans/2023/reports/2023-05/24.yml'
    """
    return f"plans/{plan_id}/{kind}/{key}.yml"


@dataclass(frozen=True)
class RecordFile:
    """A file of testimony: its plan, its kind (the folder) and its key (the name)."""

    file: str
    plan: str
    kind: str
    key: str

    @property
    def name(self) -> str:
        """As a tombstone names it: reports/2023-05/24."""
        return f"{self.kind}/{self.key}"


def record_of(file: str) -> RecordFile | None:
    """The record that a file below the data folder is; None for any other file.

    >>> record_of("plans/2023/reports/2023-05/24.yml").name
    'reports/2023-05/24'
    """
    found = RECORD.fullmatch(file)
    return RecordFile(file, found["plan"], found["kind"], found["key"]) if found else None
