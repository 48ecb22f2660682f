"""The fictional county on any day of its year: every page can be made, nothing is promised of the future, and the year shows everything."""

from __future__ import annotations

import re
import typing
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest
from lxml import html

from macros.context import Context
from macros.pages.registry import VIEWS
from scripts.exports.docx_brief import brief_files
from scripts.exports.downloads.catalogue import shelve
from scripts.exports.downloads.edition import Edition
from scripts.ledger.model.proceedings import Withdrawal
from scripts.ledger.model.promise import Ledger
from scripts.ledger.model.rules import COLOURS, State
from scripts.ledger.model.testimony import KINDS
from scripts.ledger.model.wordbook import MarkWords
from scripts.ledger.plan import units
from scripts.ledger.series.checkpoint_results import Cell, CellKind, history
from scripts.ledger.series.day import Day, day_of
from scripts.ledger.verdict.reasons import Kind
from scripts.pages import registry as pages
from scripts.store.load import load
from scripts.store.stamp import Stamp

from ..conftest import SAMPLE
from ..reading import tones

FIRST, LAST = date(2023, 3, 6), date(2024, 1, 15)
"""The day of the document and the day on which the plan closed."""
DAYS = [FIRST, date(2023, 4, 3), date(2023, 6, 11), date(2023, 9, 15), date(2023, 12, 10), LAST + timedelta(60)]
"""The document's day, the day reporting opened, of a first brief, in between, on which reports are due, after the close."""


@cache
def ledger() -> Ledger:
    found = load(SAMPLE).ledger
    assert found is not None
    return found


@cache
def day(on: date) -> Day:
    return day_of(ledger(), "2023", on)


@pytest.mark.slow
@pytest.mark.parametrize("on", [DAYS[1], DAYS[3], DAYS[5]], ids=str)
def test_every_page_of_a_day_can_be_made(on: date) -> None:
    """Every page and every brief: whole, without a hole in a sentence, and without a verdict before reporting opened."""
    days = {"2023": day(on)}
    shelf = shelve([Edition(ledger(), day(on), Stamp("", 0, on, 1), "样例")])
    for spec in pages.pages(ledger(), days):
        page = str(VIEWS[spec.kind](Context(ledger(), days[spec.plan], spec.path, shelf=shelf, days=days), spec.key))
        words = html.fromstring(f"<div>{page}</div>").text_content()
        assert len(words.strip()) > 20, spec.path
        assert not re.search(r"\bNone\b|\{[a-z_]+\}|\{%|Undefined|<function", words), spec.path
        if not day(on).opened:
            assert not tones(html.fromstring(f"<div>{page}</div>")), spec.path
    briefs = list(brief_files(day(on), True, "样例"))
    assert len(briefs) == sum(on > last for last in (date(2023, m, d) for m, d in ((4, 10), (6, 10), (8, 10), (10, 10), (12, 10))))


def since(record: Any) -> date:
    """The day from which a record bears."""
    return record.filed if isinstance(record, Withdrawal) else record.published


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_a_day_knows_nothing_of_the_next(on: date) -> None:
    """Nothing that is published later bears on a day: without those records every task stands as it did.  A tombstone stands for its record
    from the day on which that was filed: what it said is gone, that it came is not."""
    records = ledger().records["2023"]
    kept = {kind: {key: each for key, each in getattr(records, kind).items() if since(each) <= on} for kind in KINDS}
    assert sum(map(len, kept.values())) <= sum(len(getattr(records, kind)) for kind in KINDS)
    then = day_of(ledger().model_copy(update={"records": {"2023": type(records).model_construct(**kept)}}), "2023", on)
    assert then.standings == day(on).standings and then.histories == day(on).histories


def test_the_plan_closes_once() -> None:
    """After the closing day nothing ages any more."""
    assert day(LAST + timedelta(60)).as_of == LAST
    assert {n: each.sentence for n, each in day(LAST + timedelta(60)).standings.items()} == {
        n: each.sentence for n, each in day(LAST).standings.items()
    }


def test_the_year_shows_every_colour_state_mark_cell_and_kind_of_reason() -> None:
    """Looking every third day, nothing that the rules name fails to occur; and both ends of the year have their colours."""
    verdicts, marks, cells, kinds = set[str](), set[str](), set[str](), set[str]()
    for count in range((LAST - FIRST).days // 3 + 1):
        on = day_of(ledger(), "2023", FIRST + timedelta(3 * count))
        for standing in on.standings.values():
            verdicts.add(standing.verdict)
            marks.update(mark.kind for mark in standing.marks)
            kinds.update(reason.kind for reason in standing.reasons)
        cells.update(label.kind for row in on.histories.values() for cell in row for label in cell.labels)
    cells.update(label.kind for row in by_original(day(LAST)) for cell in row for label in cell.labels)
    marks.update(mark.kind for standing in day(LAST).standings.values() for mark in standing.marks)
    assert verdicts == set(COLOURS) | set(typing.get_args(State))
    assert marks == set(MarkWords.model_fields)
    assert cells == set(typing.get_args(CellKind))
    assert kinds == set(typing.get_args(Kind))
    assert {each.colour for each in day(date(2023, 8, 11)).standings.values()} >= set(COLOURS)


def by_original(on: Day) -> list[tuple[Cell, ...]]:
    """The rows of all tasks by the original targets: the only ones of which something may be 没法评定."""
    return [history(on.promise, n, on.records, on.rules, on.as_of, on.known, on.publisher, "original") for n in on.promise.tasks]


def test_the_county_has_the_size_that_was_asked_for() -> None:
    """12 to 16 tasks, 8 units, three chapters with tasks, another number of checkpoints than six."""
    promise = ledger().current
    assert 12 <= len(promise.tasks) <= 16 and len(units.plan_units(promise)) == 8
    assert len({task.chapter for task in promise.tasks.values()}) == 3
    assert len(promise.plan.checkpoints) != 6
    assert ledger().settings.fictional and "虚构" in promise.plan.county
