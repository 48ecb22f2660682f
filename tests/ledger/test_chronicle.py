"""What happened in public is told once: every record, once it is public, by its own id, and never before."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from scripts.ledger.model.promise import Ledger
from scripts.ledger.model.testimony import KINDS
from scripts.ledger.series.chronicle import chronicle
from scripts.ledger.series.day import Day, day_of
from scripts.ledger.series.happenings import CHANGES
from scripts.store.load import load
from tests.conftest import SAMPLE

LATEST = date(2024, 3, 1)


@pytest.fixture(scope="module")
def sample() -> Ledger:
    ledger = load(SAMPLE).ledger
    assert ledger is not None
    return ledger


@pytest.fixture(scope="module")
def end(sample: Ledger) -> Day:
    """The fictional county, all told."""
    return day_of(sample, "2023", LATEST)


def test_every_record_is_told_exactly_once(end: Day) -> None:
    """By its place below the plan; a tombstone speaks for the record that it replaces; changes of one decision are told together."""
    ids = [each.id for each in chronicle(end).all]
    assert len(ids) == len(set(ids))
    records = {f"{kind}/{key}" for kind in KINDS for key in getattr(end.records, kind)}
    decided = [(each.task, each.document, each.approved_on, each.published) for each in end.records.revisions.values()]
    together = {f"revisions/{key}" for count, key in enumerate(end.records.revisions) if decided[count] in decided[:count]}
    tombstones = end.records.withdrawals
    expected = records - together - {f"withdrawals/{key}" for key in tombstones} | {each.record for each in tombstones.values()} | {"plan"}
    assert len(together) > 3 and len(tombstones) > 1
    assert {each for each in ids if not each.startswith("checkpoints/")} == expected


@pytest.mark.parametrize("known", [date(2023, 3, 1), date(2023, 4, 2), date(2023, 4, 10), date(2023, 4, 11), date(2023, 8, 11)])
def test_nothing_is_told_before_it_is_public(sample: Ledger, end: Day, known: date) -> None:
    """What is told on a day is what all later days tell of it: same ids, and nothing dated after the day."""
    then = chronicle(day_of(sample, "2023", known)).all
    assert all(each.updated <= known for each in then)
    assert {each.id for each in then} == {each.id for each in chronicle(end).all if each.updated <= known}


def test_a_tombstone_takes_the_place_of_what_it_removes(sample: Ledger) -> None:
    """Under the same id, so that a reader's copy of the record is replaced; dated by the tombstone, none of the content told."""
    day = day_of(sample, "2023", date(2023, 4, 11))
    (told,) = (each for each in chronicle(day).all if each.kind == "withdrawal")
    assert (told.id, told.published, told.updated, told.quote) == ("reports/2023-03/10", date(2023, 4, 6), date(2023, 4, 11), "")
    assert not [each for each in chronicle(day_of(sample, "2023", date(2023, 4, 10))).all if each.kind == "withdrawal"]


def test_reports_that_add_correct_or_come_late_are_told_apart(end: Day) -> None:
    kinds = {each.id: each.kind for each in chronicle(end).all}
    for id, report in end.records.reports.items():
        assert (kinds[f"reports/{id}"] == "correction") == bool(report.corrects)
    assert kinds["reports/2023-09/09"] == "late" and kinds["reports/2023-11/14.2"] == "added" and kinds["reports/2023-03/01"] == "report"
    assert {each.id for each in chronicle(end).corrections} == {id for id, kind in kinds.items() if kind == "correction"}


def test_the_newest_stand_first(end: Day) -> None:
    days = [each.updated for each in chronicle(end).all]
    assert days == sorted(days, reverse=True)


def test_a_task_and_a_unit_get_what_concerns_them(end: Day) -> None:
    """A joint task is told to each of its leads; the owner of a problem hears of it."""
    for number in end.promise.tasks:
        assert [each for each in chronicle(end).all if number in each.tasks] == list(chronicle(end).of_task(number))
        for lead in end.promise.tasks[number].lead:
            assert {each.id for each in chronicle(end).of_task(number) if each.kind in CHANGES} <= {
                each.id for each in chronicle(end).of_unit(lead)
            }
    assert "problems/P-02.1" in {each.id for each in chronicle(end).of_unit("样例县住房城乡建委")}


def test_a_brief_is_told_as_it_was_frozen(sample: Ledger, end: Day) -> None:
    """The same words on the day after the reports were due and for ever after."""
    told = {each.id: each for each in chronicle(end).all if each.kind == "brief"}
    assert len(told) == len(end.briefed) and told
    for each in told.values():
        for later in (each.published, each.published + timedelta(40)):
            assert each in chronicle(day_of(sample, "2023", min(later, LATEST))).all


def test_an_independent_site_says_of_no_unit_that_it_did_not_report(sample: Ledger) -> None:
    settings = sample.settings.model_copy(update={"publisher": sample.settings.publisher.model_copy(update={"kind": "independent"})})
    day = day_of(sample.model_copy(update={"settings": settings}), "2023", LATEST)
    said = " ".join(each.word("independent") + "".join(each.sentences) for each in chronicle(day).all)
    assert not [words for words in ("报送", "迟报", "报告应在", "未报") if words in said]
