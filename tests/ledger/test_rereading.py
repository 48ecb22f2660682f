"""The second reading says what the vectors of the rules and the small counties of tests/fixtures/colours say."""

from __future__ import annotations

import os
import random
import shutil
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from scripts.store.default_rules import RULES
from scripts.store.load import load

from .hard_plans import edges, hard_case, names_days, telling_days
from .rereading import Reading, first_result, reading
from .rereading.days import Slot, slot_of
from .rereading.numbers import COLOURS
from .rereading.targets import points_of
from .scenes import HERE, SIX, merged, promise, read, records, rules

COUNTIES = HERE.parent / "fixtures" / "colours"


# ---------------------------------------------------------------- the vectors


def vectors() -> list[tuple[str, dict[str, Any]]]:
    found = []
    for name, case in read(HERE / "vectors.yml").items():
        rows = case.pop("rows")
        found += [(f"{name}: {row['says']}", merged(case, row)) for row in rows]
    return found


def read_again(case: dict[str, Any]) -> Reading:
    """The case's one task read again; values that name their days are put in after the check of the model."""
    told = records({key: value for key, value in case.items() if key in ("reports", "revisions", "problems", "events", "opened")})
    for key, values in case.get("by_day", {}).items():
        named = {name: {date.fromisoformat(day): value for day, value in days.items()} for name, days in values.items()}
        told.reports[key] = told.reports[key].model_copy(update={"indicators": named})
    return reading(promise(case), 1, told, rules(), date.fromisoformat(case.get("as_of", "2023-08-11")))


def said(found: Reading, asked: str) -> Any:
    """What the reading says to one expectation, in the words of the vectors."""
    if asked in ("planned", "actual"):
        (number,) = found.numbers
        value = number.actual if asked == "actual" else number.step and (number.step.low or number.step.high)
        return None if value is None else str(value)
    if asked == "july":
        return any(slot.ends == date(2023, 7, 31) for slot in found.required)
    value = len(found.overdue) if asked == "overdue" else getattr(found, asked)
    return bool(value) if asked == "awaiting" else list(value) if isinstance(value, tuple) else value


@pytest.mark.parametrize(("name", "case"), vectors(), ids=lambda each: each if isinstance(each, str) else "")
def test_a_vector_of_the_rules(name: str, case: dict[str, Any]) -> None:
    """Each row of the table of vectors comes out as the table says."""
    found = read_again(case)
    wanted = {key: {"true": True, "false": False}.get(str(value), value) for key, value in case["expect"].items()}
    wanted |= {key: int(wanted[key]) for key in ("silent", "overdue") if key in wanted}
    assert {key: said(found, key) for key in wanted} == wanted


# ---------------------------------------------------------------- small counties


@pytest.fixture
def county(tmp_path: Path) -> Any:
    """Reads a county of the fixtures on a day."""

    def on(name: str, as_of: str, known: str | None = None) -> Reading:
        ledger = _county(name, tmp_path)
        return reading(
            ledger.promises["2023"],
            1,
            ledger.records["2023"],
            ledger.rules,
            date.fromisoformat(as_of),
            date.fromisoformat(known) if known else None,
        )

    return on


def _county(name: str, folder: Path) -> Any:
    if not (folder / name).exists():
        shutil.copytree(COUNTIES / name, folder / name)
        shutil.copyfile(RULES, folder / name / "rules.yml")
    loaded = load(folder / name)
    assert loaded.ledger, [str(each) for each in loaded.errors]
    return loaded.ledger


@pytest.mark.parametrize("name", ["postponed_to_the_next_checkpoint", "moved_onto_a_dash"])
def test_postponed_in_time_owes_nothing_on_the_old_day(county: Any, name: str) -> None:
    """July's hundred moved to September, onto a number or onto a dash: green, no report of July, one of September; once September is
    past without a word, silence."""
    found = county(name, "2023-08-11")
    assert (found.verdict, found.original, found.silent) == ("green", "没法评定", 0)
    ends = [slot.ends for slot in found.required]
    assert date(2023, 7, 31) not in ends and date(2023, 9, 30) in ends
    assert (county(name, "2023-10-10").verdict, county(name, "2023-10-11").verdict) == ("green", "unreported")


def test_increments_are_summed_by_due_day(county: Any) -> None:
    """July's hundred moved to November: September asks for 300; by the original targets for 400."""
    found = county("increment_moved", "2023-10-11")
    assert (found.verdict, found.original, found.numbers[0].step.low) == ("green", "orange", 300)


def test_a_number_published_before_its_day_convicts_nobody(county: Any) -> None:
    """2 of 6, told five weeks before the day: the number awaits a word until the report is due, then it is missing."""
    found = county("report_before_the_due_day", "2023-08-01")
    assert found.verdict == "green"
    assert found.awaiting == ("3-2", "n@3")
    assert county("report_before_the_due_day", "2023-08-11").verdict == "incomplete"


def test_a_day_after_the_last_checkpoint_owes_a_report_of_its_own(county: Any) -> None:
    """Moved to 03-31: nothing is wrong until 04-10, then silence."""
    assert (county("number_moved_beyond", "2024-04-01").verdict, county("number_moved_beyond", "2024-04-11").verdict) == (
        "green",
        "unreported",
    )
    found = county("number_moved_beyond", "2024-04-01")
    assert Slot(6, date(2024, 3, 31)) in found.required and found.awaiting == ("n@year",)


@pytest.mark.parametrize("day", ["2023-12-31", "2024-01-01", "2024-02-11"])
def test_our_own_estimate_convicts_nobody(county: Any, day: str) -> None:
    """6 workshops in March, then silence: yellow, marked 未报送, all through the winter."""
    found = county("paced_after_due", day)
    assert (found.verdict, found.marks) == ("yellow", ("unreported",))


@pytest.mark.parametrize("day", ["2023-10-20", "2023-12-11"])
def test_a_cell_without_numbers_is_dropped_in_time(county: Any, day: str) -> None:
    """Dropped 45 days before its day: it owes no report."""
    found = county("empty_cell_dropped", day)
    assert (found.verdict, found.silent) == ("green", 0)
    assert date(2023, 11, 30) not in [slot.ends for slot in found.required]


def test_a_full_width_percent_sign_is_a_percent_sign(county: Any) -> None:
    """6 points off is red."""
    assert county("percent_sign_full", "2023-08-11").verdict == "red"


def test_what_was_asked_before_a_suspension_stands_until_its_review_day(county: Any) -> None:
    """暂缓前 does not change when a report falls due that 暂缓 excuses; the day after review_by the piece is judged."""
    days = ("2024-02-05", "2024-02-11", "2024-03-20")
    assert {(found.verdict, found.before) for found in (county("excused_none_left", day) for day in days)} == {("suspended", "not_due")}
    assert county("excused_none_left", "2024-03-21").verdict == "incomplete"


@pytest.mark.parametrize("day", ["2023-07-31", "2023-08-01"])
def test_what_a_report_names_is_not_missing(county: Any, day: str) -> None:
    """6 told for July answers for the 3 of May, too."""
    found = county("mentioned_but_called_unmentioned", day)
    assert (found.verdict, found.missing) == ("green", ())


def test_one_fact_has_one_word_then_and_now(county: Any) -> None:
    """Partly done on 06-11, done on 07-12: on 06-11 it was partly done, then and as known in August."""
    then, now = county("now_value_forgets_partial", "2023-06-11"), county("now_value_forgets_partial", "2023-06-11", "2023-08-11")
    assert (then.verdict, then.pieces) == (now.verdict, now.pieces)
    assert (then.verdict, then.pieces[0].word, then.pieces[0].days) == ("yellow", "partial", 11)


@pytest.mark.parametrize("day", ["2023-06-11", "2023-08-11"])
def test_a_cell_owes_its_report_at_its_latest_day(county: Any, day: str) -> None:
    """The cell of May and July with one piece of 05-20: a report of May, none of July."""
    found = county("own_day_before_the_cell_ends", day)
    assert (found.verdict, [slot.ends for slot in found.required]) == ("green", [date(2023, 5, 31)])


def test_a_tombstone_does_not_rewrite_a_brief(tmp_path: Path) -> None:
    """Before the report is taken down the first result is green; after, it is what the tombstone keeps, or it says that nothing was kept."""
    before, after = _county("frozen_before_withdrawal", tmp_path), _county("frozen_after_withdrawal", tmp_path)
    assert first_result(before.promises["2023"], 1, before.records["2023"], before.rules, "2023-05") == "green"
    told = after.records["2023"]
    assert first_result(after.promises["2023"], 1, told, after.rules, "2023-05") == "首次结果没有保存"
    kept = {"2023-05": {"state": None, "colour": "green", "cell": "按期完成", "reported": True}}
    told.withdrawals["W-01"] = told.withdrawals["W-01"].model_copy(update={"results": kept})
    assert first_result(after.promises["2023"], 1, told, after.rules, "2023-05") == "green"
    assert first_result(after.promises["2023"], 1, told, after.rules, "2023-03") == "green"


# ---------------------------------------------------------------- closing


def test_what_is_parked_after_the_closing_day_never_ends_green() -> None:
    """All moved past the closing day: on closing it is judged by the day first printed; without a word it is 数据不全, never green."""
    case = {
        "plan": "one_piece",
        "reports": {"2023-05/01": {}},
        "revisions": {"r": {"cell": 3, "change": "due", "to": "2024-04-15", "published": "2023-06-01"}},
        "events": {"c": {"type": "closed", "published": "2024-03-01", "closed_on": "2024-03-31"}},
    }
    assert read_again({**case, "as_of": "2024-03-30"}).verdict == "not_due"
    found = read_again({**case, "as_of": "2024-03-31"})
    assert (found.verdict, found.original, found.revised) == ("incomplete", "没法评定", "not_due")
    late = {"2024-01/01": {"deliverables": {"3-1": "not_done"}}}
    assert read_again({**case, "reports": late, "as_of": "2024-03-31"}).verdict == "red"


@pytest.mark.parametrize("moved", [{}, {"year": {"indicator": "jobs", "change": "due", "to": "2024-02-29", "published": "2023-06-01"}}])
def test_a_value_taken_back_after_a_later_day_is_taken_back(moved: dict[str, Any]) -> None:
    """The last checkpoint's value is withdrawn by a file that is also the report for a piece, or a number, moved behind it: it counts no
    longer."""
    told = {"2024-01/01": {"published": "2024-02-05", "indicators": {"jobs": "600"}}, "2024-01/01.2": {"published": "2024-03-01"}}
    case = {
        "plan": "six_hundred",
        "task": {"cells": [*({"covers": [each]} for each in SIX[:-1]), {"covers": [SIX[-1]], "pieces": ["主体完工"]}]},
        "revisions": {"r": {"deliverable": "6-1", "change": "due", "to": "2024-02-29", "published": "2023-06-01"}} | moved,
        "as_of": "2024-03-05",
    }
    assert read_again({**case, "reports": told}).numbers[0].colour == "green"
    told["2024-01/01.2"] |= {"indicators": {"jobs": "withdrawn"}}
    assert read_again({**case, "reports": told}).numbers[0].missing


def test_a_day_behind_the_last_checkpoint_has_its_own_place() -> None:
    """A day after all checkpoints is no checkpoint's; every other is the first that ends on or after it."""
    points = points_of(promise({"plan": "one_piece"}))
    assert (slot_of(date(2024, 1, 31), points).position, slot_of(date(2024, 2, 1), points)) == (5, Slot(6, date(2024, 2, 1)))


# ---------------------------------------------------------------- random plans

PLANS = int(os.environ.get("LEDGER_SOAK", "0")) // 10 or 12


def news(case: dict[str, Any]) -> set[date]:
    """The days on which something became public or a 暂缓 or the plan ended, and the day after a report, on which its own plan is judged."""
    folders = ("reports", "revisions", "problems", "events", "withdrawals")
    marked = ("published", "filed", "review_by", "closed_on")
    found = {date.fromisoformat(each[key]) for folder in folders for each in case[folder].values() for key in marked if key in each}
    ended = {date.fromisoformat(each["review_by"]) for each in case["events"].values() if "review_by" in each}
    told = {date.fromisoformat(each["published"]) for each in case["reports"].values()}
    return found | {day + timedelta(1) for day in told | ended}


def test_a_day_without_a_new_record_never_improves_a_standing() -> None:
    """On random plans with the hard part, every day of a year and more: without a new record no better colour, and no colour out of silence;
    the one exception is green that turns blue."""
    ranks: dict[str, float] = {colour: place for place, colour in enumerate(COLOURS)} | {"unreported": 1.5, "incomplete": 1.5}
    compared = 0
    for number in range(PLANS):
        case = hard_case(random.Random(7_000_003 + number))
        promised, told, marked, before = promise(case), records(case), news(case), "no_data"
        for day in (date(2023, 3, 1) + timedelta(each) for each in range(400)):
            now = reading(promised, 1, told, rules(), day).verdict
            if day not in marked and before in ranks and now in ranks:
                compared += 1
                assert ranks[now] >= ranks[before] or (before, now) == ("green", "blue"), (day, before, now, case)
            before = now
    print(f"{PLANS}份计划，比了{compared}天")
    assert compared > 100 * PLANS


def test_the_random_plans_show_the_hard_part() -> None:
    """Among a few hundred random plans every verdict comes up, every kind of change and record, and both sides of every limit: of days, of
    shares, of points."""
    seen: Counter[str] = Counter()
    for number in range(400):
        chance = random.Random(number)
        case = hard_case(chance)
        seen.update(each["change"] for each in case["revisions"].values())
        seen.update(each["type"] for each in (*case["events"].values(), *case["problems"].values()))
        seen.update(["tombstone"] * len(case["withdrawals"]) + ["several files"] * any(".2" in key for key in case["reports"]))
        seen.update(each["basis"] for each in case["task"]["numbers"])
        seen.update("after the last" for each in case["revisions"].values() if each["change"] == "due" and each["to"] > "2024-01-31")
        for as_of, known in telling_days(chance, case):
            assert as_of - timedelta(1) <= edges(case)[-1] and known >= as_of
            found = reading(promise(case), 1, records(case), rules(), as_of, known)
            seen.update({found.verdict, str(found.original), *(f"{mark} beside a colour" for mark in found.marks)} | limits(found))
    states = {"no_data", "suspended", "not_due", "unreported", "incomplete", "unmeasured", "dropped", "没法评定"}
    kinds = {
        "value",
        "due",
        "drop",
        "suspension",
        "closed",
        "acceptance",
        "extended",
        "reopened",
        "tombstone",
        "several files",
        "after the last",
    }
    marks = {"unreported beside a colour", "incomplete beside a colour"}
    bases = {"cumulative", "increment", "level", "share_of_work", "unsettled"}
    late = {f"{days} days late" for days in (1, 30, 31, 60, 61)}
    assert (states | kinds | marks | bases | late | LIMITS | set(COLOURS)) - seen.keys() == set()


LIMITS = {"exactly 0.9", "exactly 0.75", "2 short", "5 short", "exactly met", "nothing at all"}


def limits(found: Reading) -> set[str]:
    """The limits that a reading stands on."""
    seen = {f"{days} days late" for days in (*(each.days for each in found.pieces), *(each.days for each in found.problems))}
    for each in found.numbers:
        if each.step is None or each.actual is None:
            continue
        short, least = each.step.short(each.actual), each.step.low if each.step.high is None else None
        share = each.actual / least if least else None
        seen |= {f"{short} short", f"exactly {float(share)}" if share else "", "exactly met" if least == each.actual else ""}
        seen |= {"nothing at all"} if each.actual == 0 else set()
    return seen


def test_random_reports_name_days_once_the_model_lets_them() -> None:
    """Once a report may give one number for several days, the random plans do."""
    cases = [hard_case(random.Random(number)) for number in range(200)]
    named = any(isinstance(value, dict) for case in cases for each in case["reports"].values() for value in each["indicators"].values())
    assert named == names_days()
