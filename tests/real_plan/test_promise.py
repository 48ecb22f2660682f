"""What a reader would check first in the real plan, 奉节府办发〔2023〕17号.  Only tests in this folder know this plan."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from scripts.ledger.model.promise import Indicator, Ledger
from scripts.ledger.plan.schedule import due_days, planned, spans

PLAN = "2023"


def _indicator(ledger: Ledger, task: int, name: str) -> Indicator:
    return next(each for each in ledger.promises[PLAN].tasks[task].indicators if each.name == name)


def test_the_plan_has_the_size_that_the_document_has(ledger: Ledger) -> None:
    promise = ledger.promises[PLAN]
    cells = [cell for task in promise.tasks.values() for cell in task.milestones]
    leads = {name for task in promise.tasks.values() for name in task.lead}
    assert (len(promise.tasks), len(cells), sum(cell.kind == "none" for cell in cells)) == (42, 202, 17)
    assert (len(ledger.units), len(leads)) == (48, 18)


def test_task_1_adds_up(ledger: Ledger) -> None:
    jobs = ledger.promises[PLAN].tasks[1].indicators[0]
    assert [int(entry.value) for entry in jobs.schedule] == [2500, 1000, 1500, 1500, 1000, 2500]
    assert planned(jobs)[-1] == jobs.target == Decimal(10000)


def test_task_2_says_that_its_lead_also_cooperates(ledger: Ledger) -> None:
    task = ledger.promises[PLAN].tasks[2]
    assert set(task.lead) & set(task.cooperating.units) == {"县人力社保局"}
    assert any("县人力社保局" in note.text for note in task.notes)


def test_task_12_gives_no_month_as_certain_for_the_new_hospital(ledger: Ledger) -> None:
    promise = ledger.promises[PLAN]
    task = promise.tasks[12]
    opened = spans(task, promise.plan.checkpoints)[2]
    assert task.milestones[2].text.startswith("县中医院新院区投用")
    assert not opened.certain
    assert due_days(task, promise.plan)[2] == date(2023, 11, 30)


def test_task_15_is_due_at_the_latest_possible_checkpoints(ledger: Ledger) -> None:
    promise = ledger.promises[PLAN]
    days = due_days(promise.tasks[15], promise.plan)
    assert days == [date(2023, 5, 31), date(2023, 7, 31), date(2023, 9, 30), date(2023, 11, 30), date(2023, 12, 31)]


def test_task_20_is_fixed_by_its_words(ledger: Ledger) -> None:
    promise = ledger.promises[PLAN]
    assert due_days(promise.tasks[20], promise.plan) == [date(2023, 3, 31), date(2023, 4, 30), date(2023, 11, 30), date(2023, 12, 31)]


def test_task_24_has_seven_works_in_each_of_five_cells(ledger: Ledger) -> None:
    cells = ledger.promises[PLAN].tasks[24].milestones
    assert [len(cell.deliverables) for cell in cells] == [7, 7, 7, 7, 7, 5]
    assert cells[5].deliverables[0].site == ("奉节中学体艺楼", "永安中学科技楼")


def test_task_38_counts_food_up_and_keeps_both_readings_of_the_drug_figure(ledger: Ledger) -> None:
    food, drugs = ledger.promises[PLAN].tasks[38].indicators
    assert [int(value) for value in planned(food)] == [20, 60, 100, 130, 160, 200]
    assert drugs.basis == "unsettled" and drugs.readings is not None
    assert [[int(value) for value in reading] for reading in drugs.readings] == [[20, 20, 20, 20], [20, 40, 60, 80]]


def test_differing_table_wording_is_kept_just_where_it_differs(ledger: Ledger) -> None:
    assert [n for n, task in sorted(ledger.promises[PLAN].tasks.items()) if task.table_pledge] == [19, 21, 34, 40, 42]


def test_rows_whose_widths_are_lost_are_the_eight(ledger: Ledger) -> None:
    assert [n for n, task in sorted(ledger.promises[PLAN].tasks.items()) if task.span] == [11, 12, 13, 14, 15, 18, 23, 28]
