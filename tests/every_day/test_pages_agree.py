"""On every day on which anything changes: what the fictional county's pages ask, show and count agrees with what is known and due.

The pages' own finished values are read, day by day; no site is built.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache

import pytest
from lxml import html

from macros.context import Context
from macros.pages.checkpoints import checkpoints
from macros.pages.indicators import indicators
from macros.pages.sheet import sheet
from macros.pages.task import task
from macros.pages.timeline import time_axis
from macros.parts.enquiry import choices
from macros.parts.reported_numbers import actuals
from macros.parts.share_card import NOW, THEN, cards, plan_card
from scripts.ledger.model.promise import Ledger
from scripts.ledger.plan.place_lines import steps
from scripts.ledger.series.askable import Askable, askable, first_asked
from scripts.ledger.series.day import Day, day_of
from scripts.store.load import load
from scripts.store.project import ROOT

from ..reading import all_of, one, text
from .days import turning_days

SAMPLE = ROOT / "tests" / "fixtures" / "sample"


@cache
def county() -> Ledger:
    """The fictional county."""
    found = load(SAMPLE).ledger
    assert found is not None
    return found


@cache
def contexts() -> tuple[Context, ...]:
    """The county on every day on which anything changes."""
    days = turning_days(SAMPLE, county(), "2023")
    return tuple(Context(county(), day_of(county(), "2023", each)) for each in days)


def on(day: date) -> Context:
    """The county on one day."""
    return Context(county(), day_of(county(), "2023", day))


# ---------------------------------------------------------------- what is asked


def due(day: Day, number: int) -> list[Askable]:
    """What of a task is due, demanded, and not held by a 暂缓."""
    return [each for each in askable(day, number) if each.due < day.as_of and not each.dropped and not each.resting]


@pytest.mark.slow
def test_no_page_asks_whether_something_was_done_that_is_not_due() -> None:
    """The question to copy, on every day, for every task: about what is due, as long as anything is."""
    for context in contexts():
        for number in context.promise.tasks:
            (chosen,) = [each for each in choices(context, number) if each.chosen]
            open_now = {each.key for each in due(context.day, number)}
            assert chosen.key in open_now or not open_now, (context.as_of, number, chosen)
            if not open_now:
                assert "做到了没有" not in chosen.opening, (context.as_of, number, chosen)


@pytest.mark.slow
def test_the_worst_of_what_is_due_is_asked_about_first() -> None:
    """Where something due is behind, nothing that stands better is asked about, on any day."""
    for context in contexts():
        for number in context.promise.tasks:
            found = due(context.day, number)
            if found:
                assert first_asked(askable(context.day, number)).severity == max(each.severity for each in found), (context.as_of, number)


def _sheets(context: Context) -> Iterator[tuple[str, str]]:
    for slug, site in context.promise.sites.items():
        if steps(site, context.promise):
            yield slug, text(one(html.fromstring(str(sheet(context, slug))), ".say"))


@pytest.mark.parametrize("day", [date(2023, 4, 20), date(2023, 8, 11), date(2023, 12, 20)])
def test_the_sheet_for_the_notice_board_says_这里应当_only_of_what_is_due(day: date) -> None:
    """A step that is not due is called so; a dropped one is not demanded of anybody."""
    context, seen = on(day), set()
    for slug, words in _sheets(context):
        mine = [each for step in steps(context.promise.sites[slug], context.promise) for each in askable(context.day, step.task)]
        asked = [each for each in mine if each.live]
        kind = "ahead" if "还没有到期" in words else "dropped" if "不再要求" in words else "due"
        seen.add(kind)
        assert kind != "due" or asked, (slug, words)
    assert "due" in seen


def test_a_dropped_target_is_asked_about_as_dropped_and_a_moved_one_with_its_new_day() -> None:
    """What the document printed is no longer demanded: the question says so in its heading and asks why."""
    august = on(date(2023, 8, 11))
    (gone,) = [each for each in choices(august, 5) if each.chosen]
    dropped = august.day.speech.say(august.day.speech.words.cells.dropped)
    assert dropped in gone.heading and "为什么" in gone.opening
    moved = [each for each in choices(on(date(2023, 12, 20)), 6) if "已改到" in each.heading]
    assert moved and all("月" in each.heading.partition("已改到")[2] for each in moved)


# ---------------------------------------------------------------- planned and actual


@pytest.mark.slow
@pytest.mark.parametrize("day", [date(2023, 4, 20), date(2023, 8, 11), date(2023, 12, 20)])
def test_planned_and_told_numbers_stand_on_one_basis_which_the_page_names(day: date) -> None:
    """Where what is told is a total, what was planned is one too: each pair on the page is the pair that was judged."""
    context = on(day)
    page = html.fromstring(str(indicators(context, "")))
    lines = {
        text(one(row, "th")): [text(each) for each in all_of(row, ".sched .blk")] for row in all_of(page, "tbody tr") if all_of(row, "td")
    }
    pairs = 0
    for number in context.promise.tasks:
        for each in actuals(context, number):
            heads = [line.partition("：")[0] for line in lines[each.indicator.name]]
            total = each.indicator.basis in ("increment", "cumulative")
            assert all(("累计" in head) == total for head in heads), heads
            for point in each.points:
                if (
                    point.told is not None
                    and point.plan is not None
                    and not point.printed
                    and not point.on
                    and not context.promise.tasks[number].span
                    and point.cell
                ):
                    planned = [f"{point.short} ", point.planned(each.indicator.unit).lstrip("≤")]
                    assert any(all(part in line for part in planned) for line in lines[each.indicator.name]), (
                        lines[each.indicator.name],
                        planned,
                    )
                    pairs += total
    assert pairs


# ---------------------------------------------------------------- counts


@pytest.mark.slow
def test_the_counts_on_the_plan_s_card_add_up_to_the_plan() -> None:
    """On every day after the opening of reporting: every task is in one of the counts, those without a colour too."""
    for context in contexts():
        if context.day.opened:
            counts = [int(words.rpartition(" ")[2]) for _, _, words in plan_card(context).states]
            assert sum(counts) == len(context.promise.tasks), (context.as_of, counts)


def test_the_two_tables_of_the_checkpoints_agree() -> None:
    """How much falls due at a checkpoint is one number, by kind and by chapter."""
    page = html.fromstring(str(checkpoints(on(date(2023, 8, 11)), "")))
    by_kind = [int(text(all_of(row, "td")[-1])) for row in all_of(page, ".points tbody tr")]
    by_chapter = [int(text(each)) for each in all_of(page, ".due tfoot td")]
    assert by_chapter == [*by_kind, sum(by_kind)] and sum(by_kind)


# ---------------------------------------------------------------- then and today


@pytest.mark.slow
def test_no_card_shows_a_coloured_month_without_saying_of_which_day() -> None:
    """Every task's and place's card, on every day: where a bead has a colour, the card says whether it is of then or of today."""
    for context in contexts():
        for name, card in cards(context).items():
            if any(bead.tone for bead in card.beads):
                assert card.key in (NOW if "-place-" in name else THEN), (context.as_of, name)
                assert all("今天：" in words for _, _, words in card.states), (context.as_of, name)


@pytest.mark.parametrize("day", [date(2023, 4, 20), date(2023, 8, 11), date(2023, 12, 20)])
def test_a_task_page_never_colours_one_month_twice_without_saying_when(day: date) -> None:
    """What a place's line shows is of today, and says so at each; what the timeline shows is of then, and says so at each."""
    context, seen = on(day), 0
    for number in context.promise.tasks:
        page = html.fromstring(str(task(context, str(number))))
        for deed in all_of(page, ".line .deed"):
            assert "今天：" in text(deed)
        for badge in all_of(page, ".tl .badge"):
            assert text(badge.getparent()).startswith(("当时：", "首次公布（")), (number, text(badge.getparent()))
            seen += 1
    assert seen


def test_the_time_axis_has_results_today_and_colours_once_there_are_any() -> None:
    """Each task's badge is today's; each coloured cell says that it is of then; the day is named; without data nothing is coloured."""
    page = html.fromstring(str(time_axis(on(date(2023, 8, 11)), "")))
    rows = all_of(page, ".axis-row")
    assert all(len(all_of(row, "h4 .badge")) == 1 for row in rows) and "2023年8月11日" in text(one(page, ".lead"))
    told = [cell for row in rows for cell in all_of(row, "li.has")]
    assert len(told) > 20 and all("当时：" in text(cell) and all_of(cell, ".bead") for cell in told)
    assert not all_of(html.fromstring(str(time_axis(on(date(2023, 3, 1)), ""))), ".badge, li.has")
