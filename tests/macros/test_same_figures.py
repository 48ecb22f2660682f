"""The same figures wherever a reader meets them, read from the built site of the fictional county on the day of its third brief.

On that day the brief that is frozen and the pages that show today rest on the same material, so home, task, unit, list of units, brief,
its file to paste from and the assessment must say the same.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import docx
import pytest
from lxml import html

from scripts.ledger.model.promise import Ledger
from scripts.ledger.model.rules import COLOURS
from scripts.ledger.phrases.phrasebook import Verdict
from scripts.ledger.series.day import Day, day_of
from scripts.ledger.series.unit_figures import Figures
from scripts.store.load import load

from ..conftest import MID_YEAR, SAMPLE
from ..reading import all_of, one, read_page, rows, text, tones

TASKS = range(1, 17)
BRIEF = "2023/checkpoints/2023-07"
COLUMNS: tuple[Verdict, ...] = (*COLOURS, "unreported", "incomplete")
OTHERS: tuple[Verdict, ...] = ("suspended", "not_due", "unmeasured", "dropped")

SENTENCES = {
    2: (
        "橙（按调整后目标）：补贴性技能培训，到7月底应累计5000人次，实际4000人次，为应完成数的80%（75%以上、不足90%为橙）；"
        "“县职教中心实训设备安装到位”应在7月31日前做到，到8月11日只报告部分完成，已逾期11天；问题P-03应在7月20日前整改，已逾期22天；"
        "按原目标为红；样例府办〔2023〕0-11号（6月12日批准、6月15日公布）：“补贴性技能培训”7月底由5400人次调为5000人次、"
        "9月底由6600人次调为6000人次、全年由7800人次调为7200人次，早于到期日7月31日、9月30日、11月30日30天以上，按调整后目标评定。"
    ),
    7: (
        "红：“县医院新院区主体完工”应在5月31日前做到，到8月11日只报告部分完成，已逾期72天（超过60天为红）；"
        "“县医院新院区完成外墙和室内装修”应在7月31日前做到，到8月11日还没有报告完成，已逾期11天。"
    ),
    9: "7月节点的报告应在8月10日前公开，至今没有。没报告，不等于没做，也不等于做完。上次：绿（5月）。",
}
"""What three tasks say of themselves, word for word."""


@cache
def ledger() -> Ledger:
    found = load(SAMPLE).ledger
    assert found is not None
    return found


@cache
def day() -> Day:
    """The engine's own values, to hold the pages against."""
    return day_of(ledger(), "2023", MID_YEAR)


@cache
def page(site: Path, path: str) -> html.HtmlElement:
    return read_page(site / path / "index.html")


def verdict_of(words: str) -> Verdict:
    """The verdict that the words of a badge name, short or formal."""
    speech = day().speech
    for colour in COLOURS:
        if {speech.badge(colour).badge, speech.badge(colour).term} & {re.sub(r"^\W+\s*", "", words).partition("（")[0]}:
            return colour
    return next(state for state in COLUMNS[5:] + OTHERS if speech.verdict(state) == words)


def tally(element: html.HtmlElement) -> dict[Verdict, int]:
    """The counts of a tally, the uncoloured together under "not_due"."""
    found = {tones(item)[0]: int(text(one(item, "b"))) for item in all_of(element, "li")}
    return {**{colour: found[colour] for colour in COLOURS}, "not_due": sum(n for tone, n in found.items() if tone == "grey")}


def expected_tally(figures: Figures) -> dict[Verdict, int]:
    counts: dict[Verdict, int] = {colour: figures.counts.get(colour, 0) for colour in COLOURS}
    return {**counts, "not_due": len(figures.tasks) - sum(counts.values())}


# ---------------------------------------------------------------- one task, everywhere


def shown(site: Path, number: int) -> dict[str, Verdict]:
    """The verdict of one task on every page that shows it, by page."""
    href = f"{number:02}/"
    found: dict[str, Verdict] = {"task": verdict_of(text(one(page(site, f"2023/tasks/{number:02}"), ".hero .ours .badge")))}
    chapter = day().promise.tasks[number].chapter
    for path, selector in (
        ("", ".board .r"),
        ("2023/tasks", ".tasklist tr"),
        (f"2023/chapters/{chapter}", ".board .r"),
        (BRIEF, ".entries tr"),
    ):
        found[path] = _badge(page(site, path), selector, href)
    for unit in day().promise.tasks[number].lead:
        slug = ledger().units[unit].slug
        found[slug] = _badge(page(site, f"2023/units/{slug}"), ".entries tr", href)
    return found


def _badge(element: html.HtmlElement, selector: str, href: str) -> Verdict:
    """The badge of the row that leads to a task."""
    row = next(row for row in all_of(element, selector) if any(link.split("tasks/")[-1] == href for link in row.xpath(".//a/@href")))
    return verdict_of(text(all_of(row, ".badge")[0]))


@pytest.mark.parametrize("number", TASKS)
def test_a_task_has_the_same_verdict_on_board_list_chapter_task_unit_and_brief(demo_site: Path, number: int) -> None:
    """Seven pages, one verdict: the engine's."""
    assert set(shown(demo_site, number).values()) == {day().standings[number].verdict}
    assert len(shown(demo_site, number)) >= 6


@pytest.mark.parametrize("number", TASKS)
def test_a_task_has_the_same_sentence_on_task_unit_brief_and_in_the_file(demo_site: Path, number: int) -> None:
    """Word for word, on each page that gives reasons."""
    sentence, href = day().standings[number].sentence, f"{number:02}/"
    paths = [BRIEF, *(f"2023/units/{ledger().units[unit].slug}" for unit in day().promise.tasks[number].lead)]
    assert text(one(page(demo_site, f"2023/tasks/{number:02}"), ".hero .reason")) == sentence
    for path in paths:
        found = [
            row
            for row in all_of(page(demo_site, path), ".entries tr")
            if any(link.split("tasks/")[-1] == href for link in row.xpath(".//a/@href"))
        ]
        assert [text(row.findall("td")[1]).startswith(sentence) for row in found] == [True], path
    assert sum(sentence in cell for cell in _cells(demo_site)) == 1


@pytest.mark.parametrize("number", SENTENCES)
def test_three_tasks_say_why_word_for_word(demo_site: Path, number: int) -> None:
    """Written here by hand from the records, not taken from the engine."""
    assert text(one(page(demo_site, f"2023/tasks/{number:02}"), ".hero .reason")) == SENTENCES[number]


@cache
def _cells(site: Path) -> tuple[str, ...]:
    document = docx.Document(str(site / BRIEF / "brief.docx"))
    return tuple(cell.text for table in document.tables for row in table.rows for cell in row.cells)


def test_the_three_furthest_say_the_beginning_of_what_their_pages_say(demo_site: Path) -> None:
    """Worst first; the card's reasons are the first of the page's own."""
    cards = all_of(page(demo_site, ""), ".card")
    assert [tones(card)[0] for card in cards] == ["red", "orange", "orange"]
    for card in cards:
        number = int(re.findall(r"\d+", text(one(card, ".no")))[0])
        said = text(all_of(card, "p")[0]).partition("：")[2].rstrip("。")
        assert said in text(one(page(demo_site, f"2023/tasks/{number:02}"), ".hero .reason"))


# ---------------------------------------------------------------- the county and its units


def test_a_place_says_why_its_task_is_judged_so(demo_site: Path) -> None:
    """Beside each task's badge: the beginning of what the task's page says, and the way to all of it."""
    for slug, site in ledger().current.sites.items():
        reasons = all_of(page(demo_site, f"2023/places/{slug}"), ".reason")
        assert len(reasons) == len(site.tasks), slug
        for number, reason in zip(site.tasks, reasons, strict=True):
            standing = day().standings[number]
            said = text(reason).removeprefix("整项任务现在：").removesuffix("为什么这样评定")
            assert said == standing.sentence if standing.colour is None else said.partition("：")[2].rstrip("。") in standing.sentence
            assert reason.xpath(".//a/@href") == [f"../../tasks/{number:02}/#why"]


def test_the_county_is_counted_alike_on_home_brief_units_assessment_and_in_the_file(demo_site: Path) -> None:
    """The same numbers per colour; the sixteen tasks once each."""
    county = day().figures.county
    assert len(county.tasks) == 16 and sum(county.counts.values()) == 16
    for path in ("", BRIEF):
        assert tally(one(page(demo_site, path), ".hero .tally")) == expected_tally(county), path
    for path in (BRIEF, "2023/units"):
        assert figures_row(demo_site, path, "全县，每项算一次") == columns(county), path
    assert assessment(demo_site, "全县") == columns(county)
    paragraph = next(p.text for p in docx.Document(str(demo_site / BRIEF / "brief.docx")).paragraphs if p.text.startswith("全县16项"))
    speech = day().speech
    assert all(f"{speech.badge(c).shape}{speech.badge(c).term}{county.counts.get(c, 0)}" in paragraph for c in COLOURS)
    board = Counter(verdict_of(text(one(row, ".badge"))) for row in all_of(page(demo_site, ""), ".board .r"))
    assert dict(board) == dict(county.counts)


@pytest.mark.parametrize("unit", sorted(day().figures.leads))
def test_a_unit_has_the_same_figures_on_its_page_in_the_list_in_brief_assessment_and_file(demo_site: Path, unit: str) -> None:
    """Counts, 进度达标率, speed, problems, median days, what left or moved."""
    figures, slug = day().figures.leads[unit], ledger().units[unit].slug
    own = page(demo_site, f"2023/units/{slug}")
    assert tally(one(own, ".tally")) == expected_tally(figures)
    ratios = [text(one(each, "strong")) for each in all_of(own, ".ratios div")]
    ratios[3] = ratios[3].removesuffix("天")
    assert ratios == list(columns(figures)[-5:])
    for path in (BRIEF, "2023/units"):
        assert figures_row(demo_site, path, unit) == columns(figures), path
    assert assessment(demo_site, unit) == columns(figures)
    pasted = docx.Document(str(demo_site / BRIEF / "brief.docx")).tables[0]
    row = next([cell.text.replace("\n", "") for cell in row.cells] for row in pasted.rows if row.cells[0].text == unit)
    assert tuple(row[1:]) == columns(figures)


def columns(figures: Figures) -> tuple[str, ...]:
    """A row of the units' table after the name: tasks, seven counts and the rest, three ratios, median days, what left the rates."""
    counts = [figures.counts.get(verdict, 0) for verdict in COLUMNS]
    days = "——" if figures.open_days is None else f"{figures.open_days.normalize():f}"
    return (
        str(len(figures.tasks)),
        *map(str, counts),
        str(len(figures.tasks) - sum(counts)),
        figures.rate.text,
        figures.speed.text,
        figures.solved.text,
        days,
        figures.left.text,
    )


def figures_row(site: Path, path: str, name: str) -> tuple[str, ...]:
    return next(tuple(row[1:]) for row in rows(all_of(page(site, path), ".unitfigs")[0]) if row[0] == name)


def assessment(site: Path, name: str) -> tuple[str, ...]:
    """The two tables of the assessment, put together like a row of the units' table."""
    rates, counts = (next(row for row in rows(table) if row[0] == name) for table in all_of(page(site, "2023/assessment"), ".assess"))
    return (counts[1], *(each.replace("·", "0") for each in counts[2:]), *rates[1:4], rates[4].removesuffix("天"), rates[5])


# ---------------------------------------------------------------- counting rules, as built


def table_rows(site: Path) -> list[list[str]]:
    return rows(all_of(page(site, "2023/units"), ".unitfigs")[0])


def test_a_joint_task_counts_once_in_the_county_and_once_for_each_lead(demo_site: Path) -> None:
    """Read from the table: the rows add up to the tasks and their further leads; the county to the tasks alone; the note explains."""
    found = {row[0]: row for row in table_rows(demo_site) if len(row) > 2}
    leads = {name: task.lead for name, task in day().promise.tasks.items()}
    more = sum(len(units) - 1 for units in leads.values())
    units = [int(found[name][1]) for name in day().figures.leads]
    assert more == 3 and sum(units) == 16 + more == int(found["各单位相加"][1])
    assert found["全县，每项算一次"][1] == "16"
    assert "第2、3、13项由几个单位共同牵头" in text(one(page(demo_site, "2023/units"), "main"))
    for name, row in found.items():
        if name in day().figures.leads:
            assert int(row[1]) == sum(name in each for each in leads.values())


def test_n_of_n_always_a_percentage_only_from_five_a_rank_only_from_three(demo_site: Path) -> None:
    """Every ratio of every unit on the list, in the brief and in the assessment."""
    said = [cell for path in ("2023/units", BRIEF, "2023/assessment") for row in _all_rows(demo_site, path) for cell in row]
    ratios = [re.fullmatch(r"(\d+)/(\d+)(（[\d.]+%）)?", cell) for cell in said]
    assert len([each for each in ratios if each]) > 60
    for found in filter(None, ratios):
        assert bool(found[3]) == (int(found[2]) >= 5), found[0]
    assert not [cell for cell in said if re.fullmatch(r"[（(]?[\d.]+%[）)]?", cell)]
    ranked, low = _groups(demo_site)
    rated = {unit: figures.rate.whole for unit, figures in day().figures.leads.items()}
    assert ranked and low and {*ranked, *low} == set(rated)
    assert all(rated[unit] >= 3 for unit in ranked) and all(rated[unit] < 3 for unit in low)


def _all_rows(site: Path, path: str) -> list[list[str]]:
    """The rows of the tables of figures on a page."""
    tables = all_of(page(site, path), ".unitfigs, .assess, .firsts")
    return [row for table in tables for row in rows(table)]


def _groups(site: Path) -> tuple[list[str], list[str]]:
    """The units that are ranked (or have nothing to be ranked for), and those under the heading that says too few."""
    ranked, low = list[str](), list[str]()
    names = set(day().figures.leads)
    group = ranked
    for row in table_rows(site):
        group = low if "不排先后" in row[0] else group
        if row[0] in names:
            group.append(row[0])
    return ranked, low


def test_what_comes_next_is_told_as_changed_on_home_and_task(demo_site: Path) -> None:
    """The home page and the task page name the same number for September: the changed one, not the printed one."""
    due = {row[0]: row[2] for row in rows(one(page(demo_site, ""), ".nextdue"))[1:]}
    assert "补贴性技能培训累计6000人次" in due["2 补贴性技能培训"]
    assert "补贴性技能培训累计6000人次" in text(one(page(demo_site, "2023/tasks/02"), ".hero .facts"))
    assert "5 新建县零工市场" not in due  # dropped with notice


def test_a_changed_number_is_told_as_changed_wherever_it_is_listed(demo_site: Path) -> None:
    """The list of all numbers and the page of the checkpoint to come: the printed number stays, the changed one and what was told stand beside it."""
    numbers = next(row[-1] for row in rows(one(page(demo_site, "2023/indicators"), ".inds")) if row[0] == "补贴性技能培训")
    assert "9月 6600人次" in numbers and "调整后应累计：7月 5000人次；9月 6000人次；11月 7200人次" in numbers
    assert "实际累计：3月 1040人次；5月 2760人次；7月 4000人次" in numbers
    september = page(demo_site, "2023/checkpoints/2023-09")
    due = next(row for row in rows(one(september, ".numdue")) if "补贴性技能培训" in row[0])
    assert "6600人次" in due[1] and "已调整为6000人次" in due[1]
    dropped = next(text(each) for each in all_of(one(september, "#due"), "li") if "新建县零工市场" in text(each))
    assert "目标已取消" in dropped
