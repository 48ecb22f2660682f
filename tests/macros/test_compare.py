"""Two checkpoints side by side: the same results and counts as the brief, task by task, and only where there are two briefs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html

from scripts.ledger.series.comparison import compare_verdicts, unlike_groups
from scripts.ledger.series.day import Day, day_of
from scripts.store.load import load

from ..conftest import MID_YEAR, SAMPLE

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def day() -> Day:
    ledger = load(SAMPLE).ledger
    assert ledger is not None
    return day_of(ledger, "2023", MID_YEAR)


def page(site: Path, path: str) -> html.HtmlElement:
    return html.document_fromstring((site / path / "index.html").read_text(encoding="utf-8"))


def words(element: html.HtmlElement) -> str:
    return re.sub(r"\s+", "", element.text_content())


def test_every_neighbouring_pair_with_briefs_has_its_page(demo_site: Path, day: Day) -> None:
    points = [point.id for point in day.promise.plan.checkpoints]
    found = {path.parent.parent.name for path in demo_site.glob("2023/checkpoints/*/compare/index.html")}
    assert found == {points[p] for p in day.briefed if p - 1 in day.briefed} == {"2023-05", "2023-07"}


@pytest.mark.parametrize("checkpoint", ["2023-05", "2023-07"])
def test_the_groups_are_the_engines_and_their_counts_the_briefs(demo_site: Path, day: Day, checkpoint: str) -> None:
    """Each task once, in its group; 好转, 变差, 不变 as the brief counts them, 不能比 the sum of the rest."""
    position = [point.id for point in day.promise.plan.checkpoints].index(checkpoint)
    before, after = day.as_known(position - 1, position), day.first(position)
    root = page(demo_site, f"2023/checkpoints/{checkpoint}/compare")
    found = {words(section.find("h2")).rstrip("0123456789项"): section for section in root.iter("section")}
    expected = dict((*compare_verdicts(before, after).groups[:3], *unlike_groups(before, after)))
    assert {name: numbers for name, numbers in expected.items() if numbers} == {
        name: tuple(int(re.match(r"\d+", words(row.find("th")))[0]) for row in section.findall(".//tbody/tr"))  # type: ignore[index]
        for name, section in found.items()
    }
    assert sorted(number for numbers in expected.values() for number in numbers) == sorted(day.promise.tasks)
    brief = page(demo_site, f"2023/checkpoints/{checkpoint}")
    told = {
        words(row.find("th")): int(words(row.findall("td")[0]).removesuffix("项"))
        for row in brief.findall(".//table[@class]/tbody/tr")
        if words(row.find("th")) in ("好转", "变差", "不变", "不能比")
    }
    counts = {name: len(numbers) for name, numbers in expected.items()}
    assert told == {name: counts[name] for name in ("好转", "变差", "不变")} | {"不能比": sum(list(counts.values())[3:])}


def test_a_row_shows_both_results_as_known_on_the_later_day(demo_site: Path, day: Day) -> None:
    """A number corrected meanwhile counts as corrected; the reason of the later one stands there whole; fiction is named in every table."""
    root, term = page(demo_site, "2023/checkpoints/2023-07/compare"), day.speech.badge
    for row in root.findall(".//tbody/tr"):
        number = int(re.match(r"\d+", words(row.find("th")))[0])  # type: ignore[index]
        for cell, results in zip(row.findall("td"), (day.as_known(1, 2), day.first(2)), strict=False):
            verdict = results[number].verdict
            assert term(verdict).name in words(cell) or term(verdict).term in words(cell)
        assert words(row.findall("td")[2]).startswith(re.sub(r"\s+", "", day.first(2)[number].sentence))
    assert all("虚构演示" in words(caption) for caption in root.iter("caption"))


def test_both_briefs_lead_to_it(demo_site: Path) -> None:
    for checkpoint, link in (("2023-07", "compare/"), ("2023-05", "../2023-07/compare/")):
        assert link in {each.get("href") for each in page(demo_site, f"2023/checkpoints/{checkpoint}").iter("a")}


def test_a_plan_without_data_has_none(site: Path) -> None:
    assert not list(site.rglob("compare"))
