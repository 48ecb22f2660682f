"""Where one number has targets of several days at one checkpoint, the task's page says which day it speaks of."""

from __future__ import annotations

from datetime import date

from macros.context import Context
from macros.parts.reported_tables import number_tables
from macros.parts.task_checkpoints import stages
from scripts.ledger.series.day import day_of

from .macros.test_method_page import ledger

TASK, NUMBER, CELL = 12, "courses", 5
"""Of the fictional county: September's courses were moved to 31 October, November's are due on the 30th."""


def context(on: date) -> Context:
    return Context(ledger("official"), day_of(ledger("official"), "2023", on), "2023/tasks/12/")


def test_the_table_of_numbers_names_the_days() -> None:
    """Two rows of November with their days, each with its own number and colour; no day where the month says it all."""
    table = next(each for each in number_tables(context(date(2023, 12, 11)), TASK) if each.id == NUMBER)
    rows = [(line.short, line.on, line.planned, line.told, line.sign.tone if line.sign else "") for line in table.lines]
    assert rows == [
        ("5月", "", "20", "22", "green"),
        ("7月", "", "40", "45", "green"),
        ("9月", "", "", "52", ""),
        ("11月", "10月31日", "60", "63", "green"),
        ("11月", "11月30日", "80", "81", "green"),
    ]


def test_the_stage_names_the_days() -> None:
    """What was due by which day, and what was told of it."""
    (stage,) = stages(context(date(2023, 12, 11)), TASK)[CELL]
    assert [each.name + each.words for each in stage.due][1:] == ["新开特色课程到10月31日累计60门", "新开特色课程到11月30日累计80门"]
    assert [each.name + each.value for each in stage.results][1:] == ["新开特色课程到10月31日累计63门", "新开特色课程到11月30日累计81门"]
