"""The domain on plans small enough to hold in the head: spans, due days, date words, cumulative plans, comparison, lines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from scripts.ledger.checks.source_rules import compare
from scripts.ledger.model.problems import Place, Problem
from scripts.ledger.model.promise import Checkpoint, Indicator, Milestone, Plan, Promise, Task
from scripts.ledger.phrases.problems import nearest_of, printable, render_problem, shown
from scripts.ledger.plan.place_lines import sites_of, steps
from scripts.ledger.plan.schedule import Reckoning, Span, checkpoint_of, date_word, due_days, ends, planned, spans
from scripts.ledger.plan.source import cell_anchor, compose, item_anchor, place_of, row_anchor
from scripts.store.load import load

from ..conftest import SMALL, plant

POINTS = ("2031-03", "2031-05", "2031-07", "2031-09", "2031-11", "2032-01")


@cache
def county() -> Promise:
    """The small county's plan."""
    with TemporaryDirectory() as folder:
        ledger = load(plant(Path(folder) / "data")).ledger
    assert ledger is not None
    return ledger.current


@pytest.fixture(scope="module")
def small() -> Promise:
    """The small county's plan."""
    return county()


def checkpoints(*ids: str) -> list[Checkpoint]:
    """Checkpoints by their months."""
    return [Checkpoint(id=each, printed=each) for each in ids or POINTS]


def plan(*ids: str) -> Plan:
    """A plan of which only the checkpoints and the year matter."""
    return county().plan.model_copy(update={"checkpoints": tuple(checkpoints(*ids))})


YEAR = Reckoning(2031, date(2032, 1, 31))
"""Of a cell at the last checkpoint."""


def row(*cells: str, widths: Sequence[int] = ()) -> Task:
    """A task of which only the cells matter.  `cells` are their words; with `widths` each covers so many checkpoints, without the widths are lost."""
    start, milestones = 0, []
    for index, text in enumerate(cells):
        covers = POINTS[start : start + widths[index]] if widths else None
        start += widths[index] if widths else 0
        word = date_word(text, YEAR)
        milestones.append(Milestone(covers=covers, text=text or "——", kind="target", due=word[1] if word else None))
    return county().tasks[1].model_copy(update={"span": None if widths else "inferred", "milestones": tuple(milestones)})


def picture(task: Task) -> list[str]:
    """Spans as staff would draw them: from–to, counted from 1, a range where it is not certain: 1 · 1..2–3."""

    def side(low: int, high: int) -> str:
        return f"{low + 1}" if low == high else f"{low + 1}..{high + 1}"

    def drawn(span: Span) -> str:
        first, last = side(*span.first), side(*span.last)
        return first if first == last and span.certain else f"{first}–{last}"

    return [drawn(span) for span in spans(task, checkpoints())]


# ---------------------------------------------------------------- spans and due days


def test_known_widths_are_taken_as_written() -> None:
    """Six cells, three cells of two, one cell for the year, and a mixture."""
    assert picture(row(*"abcdef", widths=[1] * 6)) == ["1", "2", "3", "4", "5", "6"]
    assert picture(row(*"abc", widths=[2, 2, 2])) == ["1–2", "3–4", "5–6"]
    assert picture(row("a", widths=[6])) == ["1–6"]
    assert picture(row(*"abc", widths=[1, 4, 1])) == ["1", "2–5", "6"]


@pytest.mark.parametrize(
    ("cells", "drawn"),
    [
        (("a", "b"), ["1–1..5", "2..6–6"]),
        (("a", "b", "c"), ["1–1..4", "2..5–2..5", "3..6–6"]),
        (("a", "b", "c", "d"), ["1–1..3", "2..4–2..4", "3..5–3..5", "4..6–6"]),
        (("a", "b", "c", "d", "e"), ["1–1..2", "2..3–2..3", "3..4–3..4", "4..5–4..5", "5..6–6"]),
    ],
)
def test_lost_widths_leave_the_order_the_start_and_the_end(cells: tuple[str, ...], drawn: list[str]) -> None:
    """The first cell starts the year, the last ends it, each covers at least one checkpoint; nothing else is certain."""
    assert picture(row(*cells)) == drawn


@pytest.mark.parametrize(
    ("cells", "drawn"),
    [
        (("a", "12月底b"), ["1–5", "6"]),
        (("a", "b", "12月底c"), ["1–1..4", "2..5–5", "6"]),
        (("a", "7月b", "c"), ["1–2", "3", "4–6"]),
        (("a", "b", "9月底c", "d"), ["1–1..2", "2..3–3", "4", "5–6"]),
        (("3月a", "b", "c"), ["1", "2–2..5", "3..6–6"]),
        (("a", "b", "c", "d", "12月底e"), ["1–1..2", "2..3–2..3", "3..4–3..4", "4..5–5", "6"]),
        (("a", "5月b", "c", "12月底d"), ["1", "2", "3–5", "6"]),
    ],
)
def test_a_day_that_a_cell_names_fixes_what_it_can(cells: tuple[str, ...], drawn: list[str]) -> None:
    """Its own checkpoint, the end of the cell before, the start of the cell after."""
    assert picture(row(*cells)) == drawn


def test_each_possible_width_is_allowed_and_no_other() -> None:
    """For every row of lost widths without days, the pairs of first and last are just those that some division of the year gives."""
    for count in range(2, len(POINTS)):
        divisions = [[(cut[i], cut[i + 1] - 1) for i in range(count)] for cut in _cuts(count)]
        for index, span in enumerate(spans(row(*"abcdef"[:count]), checkpoints())):
            firsts, lasts = zip(*(division[index] for division in divisions), strict=True)
            assert (span.first, span.last) == ((min(firsts), max(firsts)), (min(lasts), max(lasts)))


def _cuts(count: int) -> list[tuple[int, ...]]:
    """All ways to divide the checkpoints among so many cells, as the positions where cells start, closed by the end."""
    total = len(POINTS)

    def grow(head: tuple[int, ...]) -> list[tuple[int, ...]]:
        if len(head) == count:
            return [(*head, total)]
        return [each for start in range(head[-1] + 1, total) for each in grow((*head, start))]

    return grow((0,))


def test_a_cell_is_due_on_the_last_day_that_it_could_end() -> None:
    """Known: the end of its last month; lost: of the latest possible; named: the day itself."""
    assert due_days(row(*"abc", widths=[1, 4, 1]), plan()) == [date(2031, 3, 31), date(2031, 11, 30), date(2032, 1, 31)]
    assert due_days(row("a", "b", "c"), plan()) == [date(2031, 9, 30), date(2031, 11, 30), date(2032, 1, 31)]
    assert due_days(row("a", "12月底b"), plan()) == [date(2031, 11, 30), date(2031, 12, 31)]


@pytest.mark.parametrize(
    ("month", "day"),
    [("2031-02", date(2031, 2, 28)), ("2032-02", date(2032, 2, 29)), ("2031-12", date(2031, 12, 31)), ("2031-04", date(2031, 4, 30))],
)
def test_a_month_ends_on_its_last_day(month: str, day: date) -> None:
    assert ends(month) == day


@pytest.mark.parametrize(
    ("day", "position"),
    [
        (date(2030, 1, 1), 0),
        (date(2031, 3, 31), 0),
        (date(2031, 4, 1), 1),
        (date(2031, 12, 31), 5),
        (date(2032, 1, 31), 5),
        (date(2032, 2, 1), None),
    ],
)
def test_a_day_belongs_to_the_first_checkpoint_that_ends_on_it_or_later(day: date, position: int | None) -> None:
    """The last day of a month still belongs to it; after the last checkpoint there is none."""
    assert checkpoint_of(day, checkpoints()) == position


@pytest.mark.parametrize(
    ("text", "word", "day"),
    [
        ("12月底全面完工。", "12月底", date(2031, 12, 31)),
        ("12月末完工", "12月末", date(2031, 12, 31)),
        ("4月组织开展活动。", "4月", date(2031, 4, 30)),
        ("6月20日前完成", "6月20日前", date(2031, 6, 20)),
        ("6月20日之前完成", "6月20日之前", date(2031, 6, 20)),
        ("2月底前完成", "2月底前", date(2031, 2, 28)),
        ("2032年2月底完成", "2032年2月底", date(2032, 2, 29)),
        ("2032年1月31日完成", "2032年1月31日", date(2032, 1, 31)),
        ("4月31日完成", "4月31日", date(2031, 4, 30)),
        ("10月完成", "10月", date(2031, 10, 31)),
        ("1月15日前验收", "1月15日前", date(2032, 1, 15)),
        ("次年1月底前完成", "次年1月底前", date(2032, 1, 31)),
    ],
)
def test_a_date_at_the_head_of_a_cell_is_read(text: str, word: str, day: date) -> None:
    """A month alone, or its end, means its last day; a year in print counts; a day that the month has not is its last."""
    assert date_word(text, YEAR) == (word, day)


@pytest.mark.parametrize(
    "text", ["", "完工，12月底投用", "13月完工", "0月", "月底完工", "12个月", "１２月底", "十二月底", "1931年3月完工", "——"]
)
def test_what_does_not_open_with_a_date_names_no_day(text: str) -> None:
    assert date_word(text, YEAR) is None


@pytest.mark.parametrize(
    ("text", "until", "day"),
    [
        ("1月底完工", date(2032, 1, 31), date(2032, 1, 31)),
        ("1月底完工", date(2031, 3, 31), date(2031, 1, 31)),
        ("12月底完工", date(2032, 1, 31), date(2031, 12, 31)),
        ("2月底完工", date(2032, 1, 31), date(2031, 2, 28)),
        ("4月完工", date(2031, 3, 31), date(2031, 4, 30)),
        ("次年1月底完工", date(2031, 11, 30), date(2032, 1, 31)),
        ("2031年1月底完工", date(2032, 1, 31), date(2031, 1, 31)),
    ],
)
def test_a_date_without_a_year_is_the_nearest_before_its_cell_ends(text: str, until: date, day: date) -> None:
    """Of January in a cell that ends in January; of December in that cell the December before; never before the plan's year; where the
    cell ends too early for it, of the plan's year, so that the check says that the day is not in the cell."""
    assert date_word(text, Reckoning(2031, until)) == (text.partition("完工")[0], day)


# ---------------------------------------------------------------- numbers


def indicator(basis: str, *values: str, **more: Any) -> Indicator:
    """An indicator of which only the basis and the numbers in the cells matter."""
    schedule = [{"cell": str(i), "value": value, "quote": value} for i, value in enumerate(values, start=1)]
    return Indicator.model_validate(
        {"id": "a", "name": "a", "unit": "个", "role": "target", "basis": basis, "schedule": schedule, "quote": "a"} | more
    )


@pytest.mark.parametrize(
    ("basis", "values", "wanted"),
    [
        ("increment", ("2500", "1000", "1500"), ["2500", "3500", "5000"]),
        ("increment", ("0.1", "0.2"), ["0.1", "0.3"]),
        ("increment", (), []),
        ("cumulative", ("20", "60", "100"), ["20", "60", "100"]),
        ("level", ("90", "95"), ["90", "95"]),
        ("share_of_work", ("30", "80"), ["30", "80"]),
    ],
)
def test_only_increments_are_summed_up(basis: str, values: tuple[str, ...], wanted: list[str]) -> None:
    """Exactly: a tenth and two tenths are three tenths."""
    assert planned(indicator(basis, *values)) == [Decimal(each) for each in wanted]


def test_an_unsettled_number_follows_the_reading_kinder_to_the_unit() -> None:
    assert planned(indicator("unsettled", "20", "20", readings=[["20", "20"], ["20", "40"]])) == [Decimal(20), Decimal(20)]


# ---------------------------------------------------------------- the official text


def compared(promise: Promise, source: str) -> list[tuple[str, str]]:
    """What the comparison says: the field or file, and the words."""
    return [(problem.at.field or problem.at.file, problem.must) for problem in compare(promise, source)]


@pytest.fixture(scope="module")
def printed() -> str:
    """The small county's official text."""
    return (SMALL / "plans/2031/source.txt").read_text(encoding="utf-8")


def test_blank_lines_and_white_space_at_line_ends_do_not_count(small: Promise, printed: str) -> None:
    """Nor does the way in which lines end."""
    assert compared(small, printed) == []
    assert compared(small, "\n\n" + printed.replace("\n", "  \r\n\n")) == []


@pytest.mark.parametrize(
    ("old", "new", "field", "words"),
    [
        (
            "\t序时推进。",
            "\t序时推进",
            "milestones[1].text",
            "必须与原文逐字相同（source.txt 第43行，从第5个字起，原文是“（到此为止）”，数据是“。”）",
        ),
        (
            "\t序时推进。",
            "\t序时推进。。",
            "milestones[1].text",
            "必须与原文逐字相同（source.txt 第43行，从第6个字起，原文是“。”，数据是“（到此为止）”）",
        ),
        ("\t序时推进。", "\t 序时推进。", "milestones[1].text", "必须与原文逐字相同（source.txt 第43行，行首的空白不同）"),
        (
            "一、办好",
            "一，办好",
            "chapters[1].heading",
            "必须与原文逐字相同（source.txt 第7行，从第2个字起，原文是“，办好小溪的”，数据是“、办好小溪的”）",
        ),
        ("\n县水利局", "\n\t县水利局", "cooperating.printed", "必须与原文逐字相同（source.txt 第40行，行首的空白不同）"),
        ("\t3\n", "", "plans/2031/tasks/03.yml", "原文里没有这一行，或先后不对"),
        ("附件：", "抄送：县委\n附件：", "plans/2031/source.txt", "原文第15行“抄送：县委”还没有录入；请写进 plan.yml 或相应的任务文件"),
    ],
)
def test_a_difference_is_told_where_it_stands(small: Promise, printed: str, old: str, new: str, field: str, words: str) -> None:
    """The piece of data that claims the line, the line of the document, the character where they part."""
    assert printed.count(old) == 1
    assert compared(small, printed.replace(old, new)) == [(field, words)]


def test_exchanged_lines_are_found(small: Promise, printed: str) -> None:
    """Order is part of the text."""
    assert printed.count("\t3月\n\t5月\n") == 1
    assert compared(small, printed.replace("\t3月\n\t5月\n", "\t5月\n\t3月\n")) == [
        ("plans/2031/source.txt", "原文第21行“5月”还没有录入；请写进 plan.yml 或相应的任务文件"),
        ("checkpoints[2].printed", "原文里没有这一行，或先后不对"),
    ]


def test_a_text_too_different_to_be_aligned_is_compared_as_it_comes(small: Promise, printed: str) -> None:
    """Thousands of lines that are not ours end in messages, not in a wait."""
    others = "".join(f"第{i}行\n" for i in range(90_000))
    assert compared(small, others)[0] == (
        "frame.front[1]",
        "必须与原文逐字相同（source.txt 第1行，从第1个字起，原文是“第0行”，数据是“小溪府办发〔”）",
    )


def test_every_line_has_an_owner_and_the_anchors_say_where(small: Promise) -> None:
    """Main text, then the table row by row; a line break inside a cell makes a second line of the same owner."""
    lines = compose(small)
    assert [line.part for line in lines if line.number == 2] == [
        "item",
        "number",
        "pledge",
        "cell",
        "cell",
        "cell",
        "lead",
        "cooperating",
        "cooperating",
    ]
    assert [line.anchor for line in lines if line.part == "cell" and line.number == 2] == [cell_anchor(2, i) for i in (1, 2, 3)]
    assert {line.owner.file for line in lines} == {"plans/2031/plan.yml", *(f"plans/2031/tasks/0{i}.yml" for i in (1, 2, 3, 4))}


def test_a_quote_is_looked_for_in_the_main_text_first_then_in_the_row(small: Promise) -> None:
    """And is nowhere when no official word holds it."""
    task = small.tasks[2]
    assert place_of("溪东小学、溪西小学", task, 2) == item_anchor(2)
    assert place_of("溪东、溪西两所", task, 2) == row_anchor(2)
    assert place_of("溪西小学完成", task, 2) == cell_anchor(2, 2)
    assert place_of("县水利局", task, 2) == row_anchor(2)
    assert place_of("两所小学扩建完成", task, 2) is None


# ---------------------------------------------------------------- one line per place


def test_a_place_has_a_step_for_each_piece_that_names_it(small: Promise) -> None:
    """By any of its names, in the order of the cells; words that go on after the name are given without it."""
    assert [(step.cell, step.anchor, step.rest) for step in steps(small.sites["xiaoxi-xiaoxue-zonghelou"], small)] == [
        (1, "1-1", "主体施工"),
        (2, "2-1", "室内装修"),
        (3, "3-1", "完工"),
        (4, "4-1", "投用"),
    ]
    assert [(step.cell, step.anchor) for step in steps(small.sites["xidong-xiaoxue"], small)] == [(1, "1-1"), (2, "2-1")]


def test_a_number_that_names_a_place_is_a_step_too(small: Promise) -> None:
    """Its words lead to the cell, since a number is no deliverable; a piece about two places is given whole."""
    assert [(step.cell, step.anchor, step.text, step.rest) for step in steps(small.sites["xixi-xiaoxue"], small)] == [
        (1, "1-1", "溪东小学扩建工程、溪西小学扩建工程开工", "溪东小学扩建工程、溪西小学扩建工程开工"),
        (2, "cell-2", "溪西小学完成工程量的60%", "完成工程量的60%"),
    ]


def test_a_place_that_only_a_pledge_names_has_no_steps(small: Promise) -> None:
    site = small.sites["xian-yiyuan"].model_copy(update={"name": "东溪镇", "names": ()})
    assert steps(site, small) == []


def test_a_task_knows_its_places(small: Promise) -> None:
    assert [list(sites_of(number, small)) for number in (1, 2, 3)] == [["xiaoxi-xiaoxue-zonghelou"], ["xidong-xiaoxue", "xixi-xiaoxue"], []]


# ---------------------------------------------------------------- messages


def test_a_message_has_its_parts_in_one_order() -> None:
    """Where, what must hold, what stands there, what was probably meant, an example."""
    problem = Problem(Place("units.yml", ("县教委", "kind")), "必须是一种", "部们", "部门", "department")
    assert (
        render_problem(problem, "data", 7) == "data/units.yml:7: 县教委.kind 必须是一种；现在写的是“部们”。是不是想写“部门”？例：department"
    )
    assert render_problem(Problem(Place("a.yml"), "缺少", warning=True), "data", 1) == "data/a.yml:1: 提醒：缺少。"


def test_a_path_counts_from_one() -> None:
    assert Place("a.yml", ("milestones", 0, "covers", 2)).field == "milestones[1].covers[3]"


def test_a_message_is_one_line_and_steers_nothing() -> None:
    """Whatever stands in a file's name, a key, a value or the official text."""
    evil = "甲\x1b[31m\n乙\u202e\u2066\ufeff\u200b\x00"
    line = render_problem(Problem(Place(evil, (evil,)), evil, evil, evil, evil), "data", 1)
    assert not any(char in line for char in "\x1b\n\u202e\u2066\ufeff\u200b\x00") and line.count("↵") == 5


def test_a_found_value_is_cut_short_and_spaces_of_chinese_print_stay() -> None:
    assert shown("长" * 61) == "长" * 60 + "……" and shown("长" * 60) == "长" * 60
    assert printable("甲\u3000乙") == "甲\u3000乙"


def test_the_nearest_value_is_offered_only_when_it_is_near() -> None:
    """And never for texts too long to have been mistyped."""
    assert nearest_of("县教育委", ["县财政局", "县教委"]) == "县教委"
    assert nearest_of("大熊猫", ["县财政局", "县教委"]) is None
    assert nearest_of("长" * 101, ["长" * 100]) is nearest_of("长" * 100, ["长" * 101]) is None
