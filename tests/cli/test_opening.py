"""Whoever files before reporting has opened is told, and led; until then the site shows none of what waits; the printed command works."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from scripts.__main__ import main
from scripts.ledger.model.values import TO_FILL
from scripts.ledger.series.day import day_of, desk_day
from scripts.ledger.series.opening import waiting
from scripts.site import permalinks
from scripts.site.build import build_site
from scripts.site.built_site import read_site
from scripts.store import address_lists
from scripts.store.load import load
from scripts.store.project import ROOT

from ..changes.repository import Repository
from ..every_day.states import OPENED, STATES
from ..exchange.workbooks.books import filled

DAY = "2023-06-08"
PRINTED = re.compile(r"请登记开始报送：(python -m scripts event opened(?: --plan \d+)?)")


@pytest.fixture
def unopened(tmp_path: Path) -> Path:
    """The real plan, with nothing filed."""
    return STATES["real-unopened"](tmp_path / "data")


def ask(folder: Path, *words: str) -> int:
    """The command that people type."""
    return main([*words, "--data", str(folder), "--as-of", DAY])


WAITS = ["report 24 2023-05", "revision 24", "statement 24", "event suspension 24", "event acceptance 24", "sheet out 2023-05 --to {to}"]
SHOWN = ["problem 24", "meeting monthly 2023-05-30", "review 2023-05", "case 24", "event opened"]


@pytest.mark.parametrize("command", WAITS)
def test_whoever_files_what_waits_is_told_the_command(
    command: str, unopened: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Reports, changed targets, statements, pauses, acceptances, workbooks: the command that is printed, typed as it stands, writes the
    event; filled in, reporting is open and nobody is told any more."""
    typed = command.format(to=tmp_path / "a.xlsx").split()
    assert ask(unopened, *typed) == 0
    told = capsys.readouterr()
    [printed] = PRINTED.findall(told.err)
    for blank in unopened.rglob("*.yml"):
        if TO_FILL in blank.read_text(encoding="utf-8"):
            blank.unlink()
    done = subprocess.run(
        [sys.executable, *shlex.split(printed)[1:], "--data", str(unopened), "--as-of", DAY], cwd=ROOT, capture_output=True, check=True
    )
    path = Path(done.stdout.decode().strip())
    path.write_text(re.sub(rf"{TO_FILL}.*", DAY, path.read_text(encoding="utf-8")), encoding="utf-8")
    loaded = load(unopened)
    assert loaded.ledger and day_of(loaded.ledger, "2023", date.fromisoformat(DAY)).opened, loaded.messages()
    (tmp_path / "a.xlsx").unlink(missing_ok=True)
    assert ask(unopened, *typed) == 0
    assert "开始报送" not in capsys.readouterr().err


@pytest.mark.parametrize("command", SHOWN)
def test_what_does_not_wait_is_filed_without_a_word_of_it(command: str, unopened: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Problems, meetings, inspections and cases have pages of their own; the opening itself waits for nothing."""
    assert ask(unopened, *command.split()) == 0
    assert "提醒" not in capsys.readouterr().err


def test_a_returned_workbook_says_so_too(unopened: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The reports are written, and the clerk hears that nobody sees them yet."""
    assert ask(unopened, "sheet", "out", "2023-05", "--unit", "县教委", "--to", str(tmp_path / "a.xlsx")) == 0
    values = {("/24", "公布日"): date(2023, 6, 5), ("/24", "情况"): "都在施工。", ("/24/2-1", "完成情况"): "完成"}
    (tmp_path / "a.xlsx").write_bytes(filled((tmp_path / "a.xlsx").read_bytes(), values))
    capsys.readouterr()
    assert ask(unopened, "sheet", "in", str(tmp_path / "a.xlsx")) == 0
    told = capsys.readouterr()
    assert "reports/2023-05/" in told.out and PRINTED.search(told.err), told
    assert list((unopened / "plans/2023/reports/2023-05").iterdir())


def test_the_check_names_each_record_that_is_not_shown(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A reminder each, no error; with the opening there is none; where two plans are kept, the command names the plan."""
    folder = STATES["real-unopened-with-records"](tmp_path / "data")
    assert main(["check", "--data", str(folder), "--all"]) == 0
    told = [line for line in capsys.readouterr().out.splitlines() if "还没有开始报送" in line]
    loaded = load(folder).ledger
    assert loaded is not None
    held = list(waiting(loaded.records["2023"]))
    assert sorted(held) == [
        ("events", "2023-07-05-suspended-14"),
        ("reports", "2023-03/24"),
        ("reports", "2023-05/24"),
        ("reports", "2023-05/24.2"),
        ("revisions", "R-01"),
        ("statements", "S-01"),
    ]
    assert len(told) == len(held) and all(any(f"{kind}/{key}.yml:1: 提醒：" in line for line in told) for kind, key in held)
    assert main(["next", "--data", str(folder), "--as-of", DAY]) == 0
    assert "已有6份记录，还没有开始报送" in capsys.readouterr().out
    (folder / "plans/2023" / next(iter(OPENED))).write_text(next(iter(OPENED.values())), encoding="utf-8")
    assert main(["check", "--data", str(folder), "--all"]) == 0
    assert "开始报送" not in capsys.readouterr().out


def test_an_opening_that_is_still_to_come_is_told_with_its_day(unopened: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Filed ahead: no second one is asked for."""
    (unopened / "plans/2023/events").mkdir()
    (unopened / "plans/2023/events/o.yml").write_text("type: opened\nopened_on: 2023-06-20\npublished: 2023-06-20\n", encoding="utf-8")
    assert ask(unopened, "report", "24", "2023-05") == 0
    told = capsys.readouterr().err
    assert "2023年6月20日才开始报送，到那天网站上才看得到" in told and not PRINTED.search(told)


def test_whoever_writes_the_next_record_sees_what_waits(tmp_path: Path) -> None:
    """No name is given twice, though the public sees none of the first."""
    folder = STATES["real-unopened-with-records"](tmp_path / "data")
    assert ask(folder, "report", "24", "2023-05") == 0 and (folder / "plans/2023/reports/2023-05/24.3.yml").exists()
    assert ask(folder, "statement", "24") == 0 and (folder / "plans/2023/statements/S-02.yml").exists()
    loaded = load(folder, frozenset(["plans/2023/reports/2023-05/24.3.yml", "plans/2023/statements/S-02.yml"])).ledger
    assert loaded is not None
    public, desk = (make(loaded, "2023", date(2024, 2, 1)) for make in (day_of, desk_day))
    assert not public.records.reports and len(desk.records.reports) == 3 and public.records.problems == desk.records.problems


@pytest.mark.slow
def test_the_site_shows_nothing_of_what_waits(tmp_path: Path) -> None:
    """In no page, table, answer, feed or list of changes, though it is committed; what does not wait is there; and it can be built."""
    repository = Repository(tmp_path)
    STATES["real-unopened-with-records"](repository.data)
    repository.git("init", "-q", "-b", "main", "--template=")
    repository.commit(day="2023-08-01")
    site = build_site(repository.data, tmp_path / "site", date(2024, 2, 1), "https://ledger.example.org/").out
    texts = {
        file: file.read_text(encoding="utf-8") for file in site.rglob("*") if file.suffix in (".html", ".csv", ".json", ".xml", ".ics")
    }
    for words in ("七个项目都在施工", "材料晚到两周", "征地晚了一个月", "汛期先抢修", "30000000", "录入有误"):
        assert [file.relative_to(site).as_posix() for file, text in texts.items() if words in text] == [], words
    for words in ("两处工地材料没有到场", "材料月底前到场", "督查通报第1期", "先开家长会再施工"):
        assert any(words in text for text in texts.values()), words
    held = [replace(each, as_of=date.min) for each in address_lists.lists(repository.data).values()]
    assert permalinks.unanswered(held, read_site(site), date(2024, 2, 1)) == []


@pytest.fixture
def published(tmp_path: Path) -> Repository:
    """The real plan under git, public on main; a branch."""
    repository = Repository(tmp_path / "project")
    STATES["real-unopened"](repository.data)
    repository.git("init", "-q", "-b", "main", "--template=")
    repository.commit(day="2023-04-01")
    repository.git("checkout", "-qb", "work")
    return repository


@pytest.mark.slow
def test_changes_says_that_the_public_will_not_see_it(published: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """A first report alone is told as unseen, with the way out, and as nothing else; together with the opening it is new to the public, and so
    is what waited on main before."""
    told = _changes(published, capsys)
    published.write(
        "plans/2023/reports/2023-03/24.yml", "published: 2023-04-06\nby: 县教委\nsummary: 都在施工。\ndeliverables: {1-1: done}\n"
    )
    told = _changes(published, capsys)
    assert "公众还看不到的（没有开始报送）（1）" in told and PRINTED.search(told)
    assert [line for line in told.splitlines() if line.endswith("）") and not line.startswith("  ")] == [
        "公众还看不到的（没有开始报送）（1）"
    ]
    published.git("checkout", "-q", "-B", "main")
    published.commit(day="2023-04-06")
    published.git("checkout", "-qB", "work")
    [(file, text)] = OPENED.items()
    published.write(f"plans/2023/{file}", text)
    told = _changes(published, capsys)
    assert "公众还看不到的" not in told
    assert "报告 2023-03/24，第24项" in told and "2023年4月3日开始报送" in told and "没有 → 完成" in told


def _changes(repository: Repository, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert main(["changes", "--data", str(repository.data), "--base", "main", "--as-of", DAY]) == 0
    return capsys.readouterr().out
