"""The second year: a plan under preparation stands on main for weeks, with marks and errors, and stops nothing of the plan that is public."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from scripts.__main__ import main
from scripts.site.build import build_site
from scripts.store.load import load

from ..exchange.plan_import.papers import papers
from .repository import Repository

pytestmark = pytest.mark.slow  # each test works in a git repository of its own

TODAY, BASE_URL = "2023-12-01", "https://ledger.kuimen.net/"
CORRECTION = "published: 2023-12-01\nby: 样例县人力社保局\ncorrects: 02\nreason: 30人次重复统计\nindicators: {trained: 5430}\n"


@pytest.fixture
def second_year(county: Repository, tmp_path: Path) -> Repository:
    """The fictional county, ready to be published, whose next plan was read in and is on main as the import left it; a bare remote."""
    site = county.data / "site.yml"
    site.write_text(site.read_text(encoding="utf-8").replace("ledger@example.org", "ledger@kuimen.net"), encoding="utf-8")
    paper = tmp_path / "next.xlsx"
    paper.write_bytes(papers()["qingshi.xlsx"])
    assert main(["plan", "in", str(paper), "--year", "2024", "--data", "data"]) == 0
    county.git("checkout", "-q", "main")
    county.commit()
    county.git("init", "-q", "--bare", str(tmp_path / "public.git"))
    county.git("remote", "add", "origin", str(tmp_path / "public.git"))
    county.git("push", "-q", "origin", "main")
    county.git("checkout", "-qB", "work")
    return county


def passes(*, published: str | None = None) -> bool:
    """What a workflow runs on a push, the build aside."""
    guard = ["guard", "--data", "data", "--today", TODAY, *(["--published", published] if published else [])]
    return main(["check", "--data", "data"]) == main(guard) == main(["publishable", "--data", "data", "--base-url", BASE_URL]) == 0


def spoil(county: Repository) -> None:
    """A draft in every kind of disorder: a task that is no YAML, one that is gone, a chapter that is not there, a plan.yml in UTF-16."""
    tasks = county.data / "plans/2024/tasks"
    (tasks / "01.yml").write_bytes(b"title: [\xff\xfe")
    (tasks / "02.yml").unlink()
    (tasks / "03.yml").write_text((tasks / "03.yml").read_text(encoding="utf-8").replace("chapter-", "nowhere-"), encoding="utf-8")
    plan = county.data / "plans/2024/plan.yml"
    plan.write_bytes(plan.read_text(encoding="utf-8").encode("utf-16"))


def test_what_is_public_still_goes_out(second_year: Repository, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A correction and the withdrawal of a leak of the old year pass every gate and stand on the site, which shows nothing of the draft."""
    before = second_year.git("rev-parse", "HEAD")
    second_year.write("plans/2023/reports/2023-09/02.2.yml", CORRECTION)
    (second_year.data / "plans/2023/reports/2023-03/01.yml").unlink()
    filed = "2023-04-07"
    second_year.write(
        "plans/2023/withdrawals/W-90.yml", f"record: reports/2023-03/01\nfiled: {filed}\nground: 含个人信息\npublished: {TODAY}\n"
    )
    second_year.commit()
    assert passes(published=before), capsys.readouterr().out
    assert "2024年的计划还是草稿，不在网站上" in capsys.readouterr().err
    assert main(["changes", "--data", "data", "--base", "main", "--as-of", TODAY]) == 0
    assert "更正" in capsys.readouterr().out
    site = build_site(second_year.data, tmp_path / "site", date(2023, 12, 1), BASE_URL).out
    assert "30人次重复统计" in (site / "2023/tasks/02/index.html").read_text(encoding="utf-8")
    assert not (site / "2024").exists()
    draft_only = "新增学位270个"
    assert [path for path in site.rglob("*") if path.suffix in (".html", ".json", ".csv") and draft_only in path.read_text("utf-8")] == []


def test_errors_of_a_draft_stop_nothing_and_are_told(second_year: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """However broken it is; each is told as one of the draft, and an error of the public plan is an error all the same."""
    spoil(second_year)
    assert passes()
    told = capsys.readouterr()
    assert "草稿有错：" in told.out
    assert "不妨碍已公布的：还有错误" in told.err
    second_year.write("plans/2023/reports/2023-09/02.2.yml", CORRECTION.replace("02\n", "99\n", 1))
    assert main(["check", "--data", "data"]) == 1
    assert capsys.readouterr().out.splitlines()[0].startswith("data/plans/2023/reports/2023-09/02.2.yml:3: corrects ")


def test_a_thousand_errors_of_a_draft_do_not_crowd_out_the_rest(second_year: Repository) -> None:
    """The limit on what is listed is each one's own."""
    path = second_year.data / "plans/2024/tasks/04.yml"
    path.write_text(path.read_text(encoding="utf-8") + "notes:\n" + "  - {kind: sorce, text: <b>}\n" * 2000, encoding="utf-8")
    assert load(second_year.data).ledger is not None


def test_a_draft_is_free_until_it_is_public(second_year: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """On main or not, its promise may be changed, its folder taken away; once the draft line and the marks are gone it is public and locked."""
    task = second_year.data / "plans/2024/tasks/05.yml"
    task.write_text(task.read_text(encoding="utf-8").replace("县", "区"), encoding="utf-8")
    assert main(["guard", "--data", "data", "--today", TODAY]) == 0
    second_year.git("checkout", "-q", "--", "data")
    shutil.rmtree(second_year.data / "plans/2024")
    assert main(["guard", "--data", "data", "--today", TODAY]) == 0
    second_year.git("checkout", "-q", "--", "data")
    _publish(second_year)
    assert passes(), capsys.readouterr().out
    capsys.readouterr()
    assert main(["changes", "--data", "data", "--base", "main", "--as-of", TODAY]) == 0
    assert "/2024/tasks/01/" in capsys.readouterr().out
    ledger = load(second_year.data).ledger
    assert ledger is not None and sorted(ledger.promises) == ["2023", "2024"]


@pytest.mark.parametrize("line", ["draft: true\n", "# 待核：再看一遍\n"], ids=["the line", "a mark"])
def test_a_public_plan_never_becomes_a_draft_again(line: str, second_year: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither the new one, of which nothing was told yet, nor the old one."""
    _publish(second_year)
    second_year.git("checkout", "-qB", "main")
    second_year.git("checkout", "-qB", "work")
    plan = second_year.data / "plans/2024/plan.yml"
    plan.write_text(line + plan.read_text(encoding="utf-8"), encoding="utf-8")
    assert main(["guard", "--data", "data", "--today", TODAY, "--base", "main"]) == 1
    assert "已公布的计划不能退回草稿；请删去 draft 这一行和新写的“待核”" in capsys.readouterr().out
    second_year.git("checkout", "-q", "--", "data")
    assert main(["guard", "--data", "data", "--today", TODAY, "--base", "main"]) == 0


def test_a_plan_with_testimony_is_no_draft(second_year: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """Known without git, so that no site is ever built without it."""
    plan = second_year.data / "plans/2023/plan.yml"
    plan.write_text("draft: true\n" + plan.read_text(encoding="utf-8"), encoding="utf-8")
    assert main(["check", "--data", "data"]) == 1
    assert (
        "plans/2023/plan.yml:1: draft 这份计划已经有记录或者 permalinks.txt，公布过的不能再是草稿；请删去这一行" in capsys.readouterr().out
    )


def _publish(county: Repository) -> None:
    """All marks looked at, the draft line taken away, committed."""
    for path in (county.data / "units.yml", *(county.data / "plans/2024").rglob("*.yml")):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line.partition("  # 待核")[0].rstrip("\n") + "\n" for line in lines if not line.lstrip().startswith(("# 待核", "draft:"))]
        path.write_text("".join(kept), encoding="utf-8")
    county.commit()
