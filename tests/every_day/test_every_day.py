"""A few days of the life of two counties, with the whole site; all of them: `make every-day`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import lxml.html
import pytest
from markupsafe import Markup

from macros.context import Context
from macros.parts.taken_down import taken_down
from scripts.ledger.model.permalinks import Permalinks
from scripts.ledger.model.promise import Ledger
from scripts.ledger.series.day import day_of
from scripts.pages.registry import pages
from scripts.site import permalinks
from scripts.site.build import build_site
from scripts.site.built_site import BuiltSite, read_site
from scripts.store import address_lists
from scripts.store.load import load

from ..conftest import MID_YEAR, SAMPLE
from . import sweep
from .days import span, turning_days
from .states import STATES, take_down, with_list
from .sweep import ADDRESS, answered, lost

AFTERWARDS = date(2025, 1, 31)


@pytest.fixture(scope="module")
def given(demo_site: Path) -> tuple[BuiltSite, Permalinks]:
    """The fictional county in mid-year, and the list of what it has given out by then."""
    site = read_site(demo_site)
    return site, permalinks.of_site(site, "2023", MID_YEAR)


@pytest.mark.slow
@pytest.mark.parametrize(("state", "day"), [("real-opened", date(2023, 4, 3)), ("real-everything-closed", AFTERWARDS)])
def test_the_real_plan_answers_at_every_address_once_reporting_has_opened(state: str, day: date, tmp_path: Path) -> None:
    """Every address that was given out while nothing had opened answers on the day of the opening and long after the close."""
    found, missing = answered(STATES[state](tmp_path / state), day, tmp_path / "site")
    assert missing == []
    assert len(found.addresses) > 2000


@pytest.mark.slow
def test_the_fictional_county_keeps_its_addresses_to_the_end(given: tuple[BuiltSite, Permalinks], tmp_path: Path) -> None:
    """What was given out in mid-year answers a year after the last checkpoint, under a publisher of another kind."""
    folder = STATES["sample"](tmp_path / "data")
    settings = (folder / "site.yml").read_text(encoding="utf-8")
    assert settings.count("kind: official") == 1
    (folder / "site.yml").write_text(settings.replace("kind: official", "kind: independent"), encoding="utf-8")
    site = read_site(build_site(folder, tmp_path / "site", AFTERWARDS, ADDRESS).out)
    assert permalinks.unanswered([given[1]], site, AFTERWARDS) == []
    assert len(given[1].addresses) > 1000


@pytest.mark.slow
def test_what_stood_on_a_record_that_was_taken_down_answers_all_the_same(given: tuple[BuiltSite, Permalinks], tmp_path: Path) -> None:
    """Problems, meetings, money, a unit's words: every address stays, and says that the record was taken down; nothing of it is left."""
    folder = take_down(with_list(STATES["sample"](tmp_path / "data"), address_lists.text(given[1])), MID_YEAR + timedelta(1))
    site = read_site(build_site(folder, tmp_path / "site", MID_YEAR + timedelta(2), ADDRESS).out)
    held = replace(given[1], as_of=date.min)
    assert permalinks.unanswered([held], site, MID_YEAR) == []
    for page, anchor in (("2023/problems/", "P-03"), ("2023/tasks/02/", "money"), ("2023/reviews/", "2023-05")):
        assert anchor in held.pages[page]
        root = lxml.html.parse(str(site.folder / page / "index.html")).getroot()
        [line] = root.xpath("//section[@aria-labelledby='h-taken-down']//li[@id=$anchor]", anchor=anchor)
        assert line.text_content() == f"#{anchor}"
        assert root.xpath("//section[@aria-labelledby='h-taken-down']//a/@href")
    assert "工资专户" not in (site.folder / "2023/problems/index.html").read_text(encoding="utf-8")


def test_an_address_of_the_plan_is_never_said_to_be_taken_down(given: tuple[BuiltSite, Permalinks]) -> None:
    """Only what stands on a record can go with it: an anchor of the promise that a template lost is no tombstone's doing."""
    loaded = load(SAMPLE).ledger
    assert loaded is not None
    promise = loaded.current.model_copy(update={"permalinks": given[1]})
    day = day_of(loaded.model_copy(update={"promises": {"2023": promise}}), "2023", MID_YEAR)
    said = taken_down(Context(loaded, day, "2023/tasks/02/"), "task", Markup("<p></p>"))
    assert 'id="money"' in said and 'id="pledge"' not in said and 'id="cell-1"' not in said and 'id="why"' not in said


def test_an_address_that_a_later_day_lacks_is_found() -> None:
    """Held against all days before, not against the last alone."""
    days = [date(2023, 5, day) for day in (1, 2, 3)]
    lists = [Permalinks(day, {"2023/a/": frozenset(names)}) for day, names in zip(days, ("x", "", ""), strict=True)]
    assert list(lost(dict(zip(days, lists, strict=True)))) == [(days[1], ["2023/a/#x"]), (days[2], ["2023/a/#x"])]


@cache
def _sample() -> Ledger:
    found = load(SAMPLE).ledger
    assert found is not None
    return found


def _look(on: date) -> object:
    """What a site may say differently on another day, worked out without building it."""
    day = day_of(_sample(), "2023", on)
    standings = [(n, each.verdict, sorted(mark.kind for mark in each.marks)) for n, each in day.standings.items()]
    cells = [[[label.kind for label in cell.labels] for cell in row] for row in day.histories.values()]
    return standings, cells, [(page.path, page.title) for page in pages(_sample(), {"2023": day})], bool(day.stale), day.opened


@pytest.mark.slow
def test_nothing_changes_on_a_day_that_is_left_out() -> None:
    """From a month before the first checkpoint to a year after the last, whatever changes does so on one of the days that are built."""
    days = turning_days(SAMPLE, _sample(), "2023")
    first, last = span(_sample().current)
    assert (days[0], days[-1]) == (first, last) and len(days) < (last - first).days / 2
    looks = [_look(first + timedelta(count)) for count in range((last - first).days + 1)]
    changed = [first + timedelta(count) for count in range(1, len(looks)) if looks[count] != looks[count - 1]]
    assert len(changed) > 80 and [day for day in changed if day not in days] == []


@pytest.mark.slow
def test_a_sweep_that_was_stopped_goes_on_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was built is not built again; a day that lost an address is named, and the run fails; shards share the days out."""
    days = [date(2023, 5, day) for day in range(1, 6)]
    built: list[date] = []

    def build(folder: Path, day: date, out: Path) -> tuple[Permalinks, list[str]]:
        built.append(day)
        return Permalinks(day, {"2023/": frozenset(["x"] if day < days[4] else [])}), []

    monkeypatch.setattr(sweep, "STATES", {"sample": lambda folder: folder})
    monkeypatch.setattr(sweep, "_days", lambda name, folder: days)
    monkeypatch.setattr(sweep, "answered", build)
    monkeypatch.setattr(sweep, "_taken_down", lambda *_: False)
    monkeypatch.setenv("PROGRESS", str(tmp_path))
    monkeypatch.setenv("SHARD", "1/2")
    assert sweep.main() == 1 and built == days[::2]
    monkeypatch.setenv("SHARD", "2/2")
    assert sweep.main() == 1 and sorted(built) == days
    assert "sample 2023-05-05: lost since an earlier day: ['2023/#x']" in capsys.readouterr().out
    monkeypatch.setenv("SHARD", "1/1")
    assert sweep.main() == 1 and len(built) == len(days)
