"""`DATA=` may lead into another repository: its data in a folder, or at its very top beside whatever else lies there.  Every verb works."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.__main__ import main
from scripts.exchange.county.found import FILES
from scripts.exchange.plan_import.settle import staged
from scripts.store.project import ROOT

from ..changes.repository import Repository
from ..conftest import SAMPLE, contents
from ..exchange.workbooks.books import filled
from ..site.preview.running import PATIENCE, preview
from ..store.test_problems import spoil

pytestmark = pytest.mark.slow

REPORT = "plans/2023/reports/2023-09/08.yml"
NEW = "plans/2023/reports/2023-11/08.yml"
STATEMENT = "published: 2023-12-01\nunit: 样例县人力社保局\ntask: 1\ntext: 说明。\n"


class Elsewhere(Repository):
    """A repository with data and without the program; `data` is below its top, or is its top."""

    below = "data"

    @property
    def data(self) -> Path:
        return self.folder / self.below


class AtTheTop(Elsewhere):
    below = ""


Say = Callable[..., str]


@pytest.fixture(scope="module", params=[Elsewhere, AtTheTop], ids=["in a folder", "at the top"])
def founded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Elsewhere:
    """The fictional county, pushed to a bare host; beside its data a page, a site that was built, an environment, uploads."""
    folder = tmp_path_factory.mktemp("elsewhere") / "county"
    found: Elsewhere = request.param(folder)
    shutil.copytree(SAMPLE, found.data)
    (found.data / NEW).unlink()  # is yet to be filed
    for name in ("LICENSE", "docs/notes.md", "site/index.html", ".venv/bin/python", "uploads/README.md", "Makefile"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, encoding="utf-8")
    found.git("init", "-q", "-b", "main", "--template=")
    (folder / ".git/info").mkdir()
    shutil.copyfile(ROOT / FILES / "gitignore", folder / ".git/info/exclude")
    found.commit()
    found.git("init", "-q", "--bare", "-b", "main", str(folder.parent / "host.git"))
    found.git("remote", "add", "origin", str(folder.parent / "host.git"))
    found.git("push", "-q", "-u", "origin", "main")
    return found


@pytest.fixture
def county(founded: Elsewhere) -> Elsewhere:
    """As it was pushed, whatever the test before did."""
    founded.git("checkout", "-q", "-f", "-B", "work", "origin/main")
    founded.git("clean", "-qfdx", "-e", ".venv", "-e", "site")
    return founded


@pytest.fixture
def say(county: Elsewhere, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Say:
    """A verb, as `DATA=… python -m scripts …` in the program's folder; gives what it says."""
    for key, value in {"DATA": str(county.data), "AS_OF": "2023-12-05", "GIT_CONFIG_GLOBAL": os.devnull, "BASE": "", "OUT": ""}.items():
        monkeypatch.setenv(key, value)

    def typed(*arguments: str, fails: bool = False) -> str:
        capsys.readouterr()
        code = main(list(arguments))
        told = capsys.readouterr()
        assert (code != 0) == fails, told.out + told.err
        return told.out + told.err

    return typed


def test_check_sees_the_data_and_nothing_else(county: Elsewhere, say: Say) -> None:
    """What else lies at the top of a repository is not the data's; a file of data that is written wrongly is found there too."""
    assert "没有错误" in say("check")
    (county.data / "unit.yml").touch()
    assert "unit.yml:1: 这里只放" in say("check", fails=True)


def test_what_is_public_is_guarded_and_what_changes_is_told(county: Elsewhere, say: Say) -> None:
    county.write("plans/2023/statements/S-90.yml", STATEMENT)
    county.commit()
    assert "新增记录1份" in say("guard")
    assert "第1项" in say("changes")
    spoil(county.data, {"file": REPORT, "replace": "signed-rate: 86", "with": "signed-rate: 92"})
    county.commit()
    assert f"{REPORT}:4: indicators.signed-rate 已公布的记录不改" in say("guard", fails=True)


def test_the_hook_of_that_repository_is_set_and_stops_a_bad_commit(county: Elsewhere, say: Say) -> None:
    """Whoever commits there has not this program beside the data."""
    assert "装好了" in say("hook")
    county.write("plans/2023/statements/S-90.yml", STATEMENT.replace("样例县人力社保局", "样例县人社"))
    county.git("add", "-A")
    hooked = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    with pytest.raises(subprocess.CalledProcessError) as refused:
        county.git("commit", "-qm", "a change", config=hooked)
    assert "S-90.yml:2: unit" in refused.value.stderr + refused.value.stdout
    county.write("plans/2023/statements/S-90.yml", STATEMENT)
    county.git("add", "-A")
    county.git("commit", "-qm", "a change", config=hooked)
    (county.folder / ".git/hooks/pre-commit").unlink()


def test_the_site_is_built_from_there(county: Elsewhere, say: Say, tmp_path: Path) -> None:
    """With the data's own commit on every page; what must hold before it is public is asked."""
    assert "page" not in say("site", "--out", str(tmp_path / "site"))
    page = (tmp_path / "site/2023/tasks/08/index.html").read_text(encoding="utf-8")
    assert county.git("rev-parse", "--short=9", "HEAD")[:7] in page and f"{county.git('rev-parse', 'HEAD')[:7]}-dirty" not in page
    spoil(county.data, {"file": "site.yml", "replace": "ledger@example.org", "with": "taizhang@county.example"})
    assert "可以正式发布" in say("publishable", "--base-url", "https://minsheng.county.example/")
    assert "2023：" in say("permalinks", "--base-url", "https://minsheng.county.example/")


def test_records_are_written_there_and_owed_ones_are_told(county: Elsewhere, say: Say) -> None:
    assert "2023-11" in say("next")
    assert f"{county.data}/{NEW}" in say("report", "8", "2023-11")
    assert (county.data / NEW).is_file()


def test_a_plan_is_read_in_there(county: Elsewhere, say: Say) -> None:
    """And nothing is left beside it."""
    before = {path.name for path in (*county.folder.iterdir(), *county.folder.parent.iterdir())}
    with staged(county.data) as copy:
        assert copy.parent.parent == (county.folder if county.below == "" else county.data.parent), "never outside of the repository"
    say("new-plan", "2031")
    assert (county.data / "plans/2031/plan.yml").is_file()
    assert {path.name for path in (*county.folder.iterdir(), *county.folder.parent.iterdir())} == before


def test_a_workbook_goes_out_and_comes_in(county: Elsewhere, say: Say, tmp_path: Path) -> None:
    """By hand; and uploaded through the browser, as a branch on the host that holds the report and nothing else."""
    say("sheet", "out", "2023-11", "--unit", "样例县卫生健康委", "--to", str(tmp_path / "out.xlsx"))
    rows = {("2023-11/08", "公布日"): "2023-12-05", ("2023-11/08", "情况"): "按计划推进。"}
    book = filled((tmp_path / "out.xlsx").read_bytes(), rows)
    (tmp_path / "in.xlsx").write_bytes(book)
    assert "2023-11/08.yml" in say("sheet", "in", str(tmp_path / "in.xlsx"))
    county.git("clean", "-qfd")
    (county.folder / "uploads/表.xlsx").write_bytes(book)
    county.commit()
    uploads = ("--uploads", str(county.folder / "uploads"))
    assert "1份新" in say("sheet", "take", uploads[1], "--taken", str(tmp_path / "taken"))
    assert list(contents(tmp_path / "taken/data")) == [NEW]
    assert "1份新" in say("sheet", "request", str(tmp_path / "taken"), "--branch", f"book-{county.below}", *uploads)
    changed = county.git("diff", "--name-only", "origin/main", f"origin/book-{county.below}").splitlines()
    assert changed == [f"{county.below}/{NEW}".lstrip("/")]


def test_a_preview_shows_what_is_saved_there_and_rests_otherwise(county: Elsewhere, tmp_path: Path) -> None:
    """What else is written in that repository is no change of the site."""
    with preview(ROOT, tmp_path / "tmp", DATA=str(county.data)) as running:
        running.until("", 200)
        (county.folder / "site/index.html").write_text("anew", encoding="utf-8")
        (county.folder / "docs/notes.md").write_text("anew", encoding="utf-8")
        time.sleep(1)  # time enough to be looked at
        county.write("plans/2023/statements/S-90.yml", STATEMENT.replace("说明。", "下周补签。"))
        end = time.monotonic() + PATIENCE
        while "下周补签。" not in running.until("2023/tasks/01/", 200).decode():
            assert running.process.poll() is None and time.monotonic() < end
            time.sleep(0.1)
        assert running.said.count("网页已更新") == 2
