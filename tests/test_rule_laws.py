"""The rules of changed targets, early words and reports taken down stand on the method page with examples that the fictional county bears out."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from macros.parts.rule_laws import COUNTY, EXAMPLES, Example
from scripts.ledger.model.rules import Rules
from scripts.ledger.series.day import Day, day_of
from scripts.ledger.verdict.terms import report_due
from scripts.store.project import ROOT

from .conftest import SAMPLE
from .ledger.test_rules import RAW
from .macros.test_method_page import Publisher, ledger, method, plain
from .reading import text

KEYS = sorted(EXAMPLES)
SAID = [(key, each, publisher) for key in KEYS for each in EXAMPLES[key].says for publisher in get_args(Publisher)]
DATE = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日")


@cache
def day(on: date, publisher: Publisher = "official") -> Day:
    return day_of(ledger(publisher), "2023", on)


def says(each: Example, publisher: Publisher) -> str:
    """What the program says where an example says that it does."""
    found = day(each.day, publisher)
    if each.unit:
        figures = found.figures.leads[each.unit]
        return figures.speed.text if each.of == "speed" else figures.left.text
    assert each.task
    position = [point.id for point in found.promise.plan.checkpoints].index(each.checkpoint) if each.checkpoint else 0
    match each.of:
        case "sentence":
            return found.standings[each.task].sentence
        case "mark":
            return next((mark.text for mark in found.standings[each.task].marks if mark.text == each.by(publisher)), "")
        case "cell":
            return "、".join(label.text for label in found.histories[each.task][position].labels)
    return found.first(position)[each.task].sentence


@pytest.mark.parametrize(("key", "each", "publisher"), SAID, ids=[f"{key} {who} {each.by(who)[:12]}" for key, each, who in SAID])
def test_an_example_is_what_the_program_says(key: str, each: Example, publisher: Publisher) -> None:
    """Of the fictional county on that day, word for word, whoever publishes: a sentence in part, everything else whole."""
    said, found = each.by(publisher), says(each, publisher)
    assert said in found and (each.of == "sentence" or said == found)


@pytest.mark.parametrize("key", KEYS)
def test_the_story_of_an_example_is_in_the_records(key: str) -> None:
    """Every day of it stands in the files of its task or follows from the plan, every number too."""
    story = EXAMPLES[key].story
    records = "\n".join(path.read_text(encoding="utf-8") for each in EXAMPLES[key].says for path in files(each))
    days = {date.fromisoformat(found) for found in re.findall(r"\d{4}-\d\d-\d\d", records)} | reckoned()
    told = {date(int(year or 2023), int(month), int(of)) for year, month, of in DATE.findall(story)}
    assert told <= days
    numbers = {Decimal(each) for each in re.findall(r"\d+(?:\.\d+)?(?!月)", DATE.sub("", story))}
    assert numbers <= {Decimal(each) for each in re.findall(r"\d+(?:\.\d+)?", records)} | counted(key)


def files(each: Example) -> list[Path]:
    """The records that speak of an example's task; of a unit's, the tasks that it leads."""
    year = SAMPLE / "plans/2023"
    numbers = [each.task] if each.task else day(each.day).figures.leads[each.unit].tasks
    named = [year.glob(f"tasks/{n:02}.yml") for n in numbers] + [year.glob(f"reports/*/{n:02}*.yml") for n in numbers]
    others = [path for folder in ("events", "revisions", "withdrawals") for path in year.glob(f"{folder}/*.yml")]
    wanted = re.compile("|".join(rf"^task: {n}$|record: \S*/{n:02}$" for n in numbers) + "|^type: closed$", re.M)
    return [*(path for paths in named for path in paths), *(path for path in others if wanted.search(path.read_text(encoding="utf-8")))]


def reckoned() -> set[date]:
    """The days that follow from the plan: ends of checkpoints, days by which reports are due, days of freezing, the first of the year."""
    promise, rules = day(date(2023, 8, 11)).promise, day(date(2023, 8, 11)).rules
    due = [report_due(promise, position, rules) for position in range(len(promise.plan.checkpoints))]
    return {date(2023, 1, 1), *due, *(each - timedelta(rules.report_days) for each in due), *(each + timedelta(1) for each in due)}


def counted(key: str) -> set[Decimal]:
    """The numbers that are counted and not recorded: days of notice, tasks led, the working of an estimate."""
    found = day(date(2024, 2, 11))
    if key == "left":
        figures = found.figures.leads["样例县教委"]
        return {Decimal(each) for each in (len(figures.tasks), figures.left.postponed, figures.left.removed)}
    if key == "estimated":
        first, by, due = date(2023, 1, 1), date(2023, 9, 30), date(2023, 11, 30)
        some, whole = (by - first).days + 1, (due - first).days + 1
        return {Decimal(some), Decimal(whole), Decimal(20 * some * 10 // whole) / 10}
    return {Decimal(found.rules.notice_days)}


@pytest.mark.parametrize("publisher", get_args(Publisher))
def test_every_rule_has_an_example_and_says_whose_it_is(publisher: Publisher) -> None:
    """And every example stands in its rule, marked as the fictional county's."""
    page = method(Rules.model_validate(RAW), publisher)
    laws = {each.get("id"): text(each) for each in page.xpath("//li[starts-with(@id, 'law-')]")}
    assert set(laws) == {f"law-{key}" for key in KEYS}
    for key in KEYS:
        words = laws[f"law-{key}"]
        assert COUNTY in words and EXAMPLES[key].story in words and all(each.by(publisher) in words for each in EXAMPLES[key].says)


def test_every_blank_has_a_chinese_name() -> None:
    """No sentence of the rules shows a reader the program's name of a blank."""
    assert {each for line in (*plain("official"), *plain("independent")) for each in re.findall(r"〔[^〕]*[a-z_][^〕]*〕", line)} == set()


def test_the_present_version_is_explained() -> None:
    """Under 各版改了什么, first."""
    listed = (ROOT / "docs/method.md").read_text(encoding="utf-8").split("## 各版改了什么")[1]
    assert re.findall(r"^- 第(\d+)版：", listed, re.M) == [str(each) for each in range(int(RAW["version"]), 0, -1)]
