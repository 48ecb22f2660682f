"""A build gives the same bytes anywhere, and a build that fails leaves what stood there before."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from scripts.__main__ import main
from scripts.ledger.model.promise import Ledger
from scripts.site import build, permalinks
from scripts.site import built_site as built
from scripts.site.build import BuildFailed, build_site, refuse_strangers
from scripts.site.engine import Done, Order
from scripts.site.links import BrokenLink
from scripts.store import address_lists, files, load
from scripts.store import swap as swapping
from scripts.store.commits import data_stamp
from scripts.store.project import ROOT
from scripts.store.swap import recover, swap
from scripts.store.yaml_reader import Tree

from ..conftest import AS_OF, BASE_URL, DATA, contents, snapshot

DAY = date(2031, 6, 15)


def site_command(data: Path, out: Path, *more: str) -> list[str]:
    """The command that people type."""
    return [sys.executable, "-B", "-m", "scripts", "site", "--data", str(data), "--out", str(out), "--as-of", AS_OF.isoformat(), *more]


def run(command: list[str], cwd: Path, **environment: str) -> subprocess.Popen[bytes]:
    """Start it as a stranger's machine would: no variables of ours but those given."""
    ours = {"DATA", "OUT", "AS_OF", "BASE_URL", "PYTHONUTF8", "PYTHONHASHSEED", "SOURCE_DATE_EPOCH", "LC_ALL", "LANG", "TZ"}
    known = {name: value for name, value in os.environ.items() if name not in ours}
    return subprocess.Popen(command, cwd=cwd, env=known | environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


# ---------------------------------------------------------------- the same bytes


@dataclass(frozen=True)
class Two:
    """Two builds of the real site, and what the first said."""

    sites: tuple[Path, Path]
    said: str


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Two:
    """The real site built twice at once, by strangers: other folders, time zones, locales, working directories, hash seeds."""
    folder = tmp_path_factory.mktemp("two")
    here, there = folder / "one" / "site", folder / "another place" / "网站"
    there.parent.mkdir()
    running = [
        run(
            site_command(DATA.relative_to(ROOT), here, "--base-url", BASE_URL), ROOT, TZ="Pacific/Auckland", LC_ALL="C", PYTHONHASHSEED="1"
        ),
        run(
            site_command(DATA, Path("网站"), "--base-url", BASE_URL),
            there.parent,
            TZ="America/Los_Angeles",
            LC_ALL="C.UTF-8",
            PYTHONHASHSEED="2",
            PYTHONPATH=str(ROOT),
        ),
    ]
    said = [b"".join(each.communicate(timeout=300)).decode() for each in running]
    assert [each.returncode for each in running] == [0, 0], said
    return Two((here, there), said[0])


def test_two_builds_give_the_same_bytes(two: Two) -> None:
    """Every file, whatever the folder, the time zone, the locale and the working directory."""
    one, other = map(contents, two.sites)
    assert sorted(one) == sorted(other)
    assert [name for name in one if one[name] != other[name]] == []


def test_a_build_inside_the_tests_gives_the_same_bytes_too(two: Two, site: Path) -> None:
    """So that what the other tests look at is what people get."""
    assert contents(site) == contents(two.sites[0])


def test_a_site_is_readable_by_all_and_keeps_no_trace_of_the_builders_folders(two: Two) -> None:
    """A web server may read it; no page tells where it was built."""
    for out in two.sites:
        assert out.stat().st_mode & 0o777 == 0o755 and all(path.stat().st_mode & 0o444 == 0o444 for path in out.rglob("*"))
        assert [path.name for path in out.parent.iterdir()] == [out.name]
        assert not [name for name, data in contents(out).items() if str(out.parent).encode() in data or str(ROOT).encode() in data]


def test_the_command_says_what_it_does_what_came_of_it_and_where_to_look(two: Two, ledger: Ledger) -> None:
    """Three steps, the pages of each kind, the place of the home page; nothing that mkdocs warned of."""
    tasks = ledger.current.tasks.values()
    leads = {name for task in tasks for name in task.lead}
    units = leads | {name for task in tasks for name in task.cooperating.units}
    steps = [line[:5] for line in two.said.splitlines() if line.startswith("[")]
    assert steps == ["[1/3]", "[2/3]", "[3/3]"]
    assert f"任务{len(tasks)}，单位{len(units)}（牵头{len(leads)}），地点{len(ledger.current.sites)}" in two.said
    assert f"打开看：{two.sites[0] / 'index.html'}" in two.said
    assert "WARNING" not in two.said and "ERROR" not in two.said


def test_a_site_knows_the_day_judged_and_not_the_day_it_was_built(small: Path, tmp_path: Path) -> None:
    """Where no commit gives a date, the day judged is the date of every page."""
    site = contents(build_site(small, tmp_path / "site", DAY).out)
    dates = set(re.findall(rb"<lastmod>(.*?)</lastmod>", site["sitemap.xml"]))
    assert dates == {DAY.isoformat().encode()}
    assert not [name for name, data in site.items() if date.today().isoformat().encode() in data]


# ---------------------------------------------------------------- where it may go


@pytest.mark.parametrize("strangers", [["notes.txt"], ["index.html"], ["index.md", "assets/ledger.css"], [".git/HEAD"]])
def test_a_folder_with_other_things_in_it_is_never_replaced(small: Path, tmp_path: Path, strangers: list[str]) -> None:
    """OUT is a whole folder that a build swaps: a document folder, the project itself, somebody's pages are refused, untouched."""
    out = tmp_path / "documents"
    for name in strangers:
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text("mine", encoding="utf-8")
    before = snapshot(tmp_path)
    with pytest.raises(BuildFailed, match=r"里已有别的东西.*请换一个新的或空的文件夹"):
        build_site(small, out, DAY)
    assert snapshot(tmp_path) == before


def test_a_file_is_no_place_for_a_site(small: Path, tmp_path: Path) -> None:
    """It stays."""
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(BuildFailed, match="没有动它"):
        build_site(small, tmp_path / "file", DAY)


def test_a_new_an_empty_and_our_own_folder_are_places_for_a_site(tmp_path: Path, out: Path, site: Path) -> None:
    """What a build makes may be built over."""
    (tmp_path / "empty").mkdir()
    for folder in (tmp_path / "new", tmp_path / "empty", out, site):
        refuse_strangers(folder)


# ---------------------------------------------------------------- failing builds


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A site of yesterday."""
    folder = tmp_path / "published" / "site"
    (folder / "2030").mkdir(parents=True)
    (folder / "index.html").write_text("yesterday", encoding="utf-8")
    (folder / "assets").mkdir()
    (folder / "assets" / "ledger.css").write_text("yesterday", encoding="utf-8")
    (folder / "2030" / "index.html").write_text("last year", encoding="utf-8")
    return folder


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """In place of the engine: a page that says today."""

    def _run(order: Order, work: Path) -> Done:
        (work / "index.html").write_text("today", encoding="utf-8")
        (work / "manifest.json").write_text("{}", encoding="utf-8")
        return Done("WARNING - said in passing\nand more", None)

    monkeypatch.setattr(build, "make_pages", _run)


def test_broken_data_leave_the_old_site_untouched(out: Path, small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command prints the messages, ends with 1, and writes nothing, neither in OUT nor beside it nor in the data."""
    (small / "plans/2031/tasks/01.yml").write_text("title: [", encoding="utf-8")
    before = snapshot(tmp_path)
    assert main(["site", "--data", str(small), "--out", str(out), "--as-of", "2031-06-15"]) == 1
    said = capsys.readouterr()
    assert "tasks/01.yml:1: 括号里多了逗号、少写了一项，或括号没有配对" in said.out and "没有生成网站；原来的网站没有动。" in said.err
    assert snapshot(tmp_path) == before


def test_who_builds_without_having_checked_is_told_the_same(out: Path, small: Path) -> None:
    """A build that is not given the checked ledger reads and checks it: what it refuses is told in the same words."""
    (small / "site.yml").unlink()
    before = snapshot(small) | snapshot(out.parent)
    with pytest.raises(BuildFailed, match=r"site\.yml:1: 缺少这个文件"):
        build_site(small, out, DAY)
    assert snapshot(small) | snapshot(out.parent) == before


def test_a_build_reads_and_checks_the_data_once_in_one_process(
    out: Path, small: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each file is understood once, one ledger is put together, and no second Python is started."""
    grown: Counter[bytes] = Counter()
    ledgers: list[Path] = []
    started: list[object] = []
    real_grown, real_load, real_start = files.grown, load._Reader.ledger, subprocess.Popen.__init__

    def _grown(data: bytes) -> Tree:
        grown[data] += 1
        return real_grown(data)

    def _ledger(reader: load._Reader) -> Ledger | None:
        ledgers.append(reader.folder)
        return real_load(reader)

    def _start(self: subprocess.Popen[bytes], args: list[str], *more: Any, **named: Any) -> None:
        started.append(args[0])
        real_start(self, args, *more, **named)

    monkeypatch.setattr(files, "grown", _grown)
    monkeypatch.setattr(load._Reader, "ledger", _ledger)
    monkeypatch.setattr(subprocess.Popen, "__init__", _start)
    assert main(["site", "--data", str(small), "--out", str(out), "--as-of", "2031-06-15"]) == 0
    assert ledgers == [small] and set(grown.values()) == {1}
    assert {"git"} == set(started)


def test_a_broken_link_leaves_it_untouched(
    small: Path, out: Path, quick: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Found after the pages are made, before they are published; at most twenty are listed."""
    monkeypatch.setattr(build, "broken_links", lambda site: [BrokenLink(f"{i}.html", "b/", "没有这一页") for i in range(21)])
    before = snapshot(out.parent)
    assert main(["site", "--data", str(small), "--out", str(out), "--as-of", "2031-06-15"]) == 1
    said = capsys.readouterr()
    assert said.out.startswith("站内链接有21处不通：\n  0.html: b/（没有这一页）\n") and said.out.endswith("  ……另有1处\n")
    assert snapshot(out.parent) == before


def test_every_page_is_taken_apart_once(small: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Links and permalinks are checked against one reading: neither opens a page again."""
    read: list[str] = []

    def _run(order: Order, work: Path) -> Done:
        (work / "about").mkdir()
        (work / "about/index.html").write_text("about", encoding="utf-8")
        (work / "manifest.json").write_text('{"base_url": ""}', encoding="utf-8")
        return Done("", None)

    def _read(html: str) -> built.BuiltPage:
        read.append(html)
        return built.BuiltPage(frozenset(["here"]), (), ())

    monkeypatch.setattr(build, "make_pages", _run)
    monkeypatch.setattr(built, "read_page", _read)
    links = permalinks.Permalinks(DAY, {"about/": frozenset(["here", "gone"])})
    (small / "plans/2031" / address_lists.LIST).write_text(address_lists.text(links), encoding="utf-8")
    with pytest.raises(BuildFailed, match=r"有1个给出过的网址没有回音.*\n  about/#gone\n"):
        build_site(small, out, DAY)
    assert read == ["about"]


def test_a_crash_in_the_middle_leaves_it_untouched(small: Path, out: Path, quick: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever goes wrong, at whatever point."""
    before = snapshot(out.parent)
    for name in ("make_pages", "read_site", "broken_links", "swap"):
        with monkeypatch.context() as patch:
            patch.setattr(build, name, _explode)
            with pytest.raises(ZeroDivisionError):
                build_site(small, out, DAY)
        assert snapshot(out.parent) == before, name


def _explode(*_: object) -> None:
    raise ZeroDivisionError


@pytest.fixture(scope="module")
def copy_of_the_house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rooms that a build needs, to be spoiled."""
    folder = tmp_path_factory.mktemp("house")
    for name in ("docs", "macros", "scripts"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "data").mkdir()
    shutil.copyfile(ROOT / "mkdocs.yml", folder / "mkdocs.yml")
    return folder


def test_a_warning_of_mkdocs_and_a_link_in_a_template_that_leads_nowhere_stop_the_build(
    copy_of_the_house: Path, small: Path, out: Path
) -> None:
    """Strictness works: a link in hand-written words is refused by mkdocs, one in a generated page by our own check."""
    about, board = copy_of_the_house / "docs" / "about.md", copy_of_the_house / "macros" / "templates" / "pages" / "tasks.html.j2"
    before = snapshot(out.parent)
    for path, extra, words in (
        (about, "\n[别处](nowhere.md)\n", "nowhere.md"),
        (board, '<a href="nowhere/">别处</a>', "nowhere/（没有这一页）"),
    ):
        text = path.read_text(encoding="utf-8")
        path.write_text(text + extra, encoding="utf-8")
        done = run(site_command(small, out), copy_of_the_house)
        said = done.communicate(timeout=300)[0].decode()
        path.write_text(text, encoding="utf-8")
        assert done.returncode == 1 and words in said and "Traceback" not in said, said
        assert snapshot(out.parent) == before


# ---------------------------------------------------------------- the swap


@pytest.mark.parametrize("atomic", [True, False], ids=["in_one_step", "by_two_renames"])
def test_a_new_site_takes_the_old_ones_place_whole(
    small: Path, out: Path, quick: None, monkeypatch: pytest.MonkeyPatch, atomic: bool
) -> None:
    """Nothing of the old one stays, in it or beside it; what mkdocs said is handed on."""
    if not atomic:
        monkeypatch.setattr(swapping, "_exchange", lambda a, b: False)
    built = build_site(small, out, DAY)
    assert _whole(contents(out.parent)) == {"site/index.html": b"today"} and [path.name for path in out.parent.iterdir()] == ["site"]
    assert (built.out, built.pages, built.remarks) == (out, {"": 1}, ["WARNING - said in passing"])


def test_a_first_site_needs_no_place_prepared(tmp_path: Path, small: Path, quick: None) -> None:
    """Neither OUT nor the folder around it need exist."""
    build_site(small, tmp_path / "new" / "folder" / "site", DAY)
    assert _whole(contents(tmp_path / "new")) == {"folder/site/index.html": b"today"}


def _whole(found: dict[str, bytes]) -> dict[str, bytes]:
    """The files of a site, apart from the manifest and the sums that must stand beside them."""
    sealed = [name for name in found if name.endswith(("/manifest.json", "/SHA256SUMS"))]
    assert len(sealed) == 2
    return {name: data for name, data in found.items() if name not in sealed}


def test_linux_exchanges_in_one_step(tmp_path: Path) -> None:
    """The atomic way is taken where there is one; otherwise the test of the fallback would be the test of both."""
    for name in "ab":
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    assert swapping._exchange(tmp_path / "a", tmp_path / "b") is (sys.platform == "linux")
    assert (tmp_path / "a" / "b").exists() is (sys.platform == "linux")


def test_when_the_second_rename_fails_the_old_site_comes_back(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The new folder is not there, so it cannot be moved."""
    monkeypatch.setattr(swapping, "_exchange", lambda a, b: False)
    before = snapshot(out.parent)
    with pytest.raises(OSError):
        swap(out.parent / "not there", out)
    assert snapshot(out.parent) == before


def test_after_a_crash_between_the_two_renames_the_next_build_finds_the_old_site(
    small: Path, out: Path, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even if it fails itself."""
    before = snapshot(out)
    out.rename(out.parent / ".site.old")
    monkeypatch.setattr(build, "broken_links", lambda site: [BrokenLink("index.html", "b/", "没有这一页")])
    with pytest.raises(BuildFailed):
        build_site(small, out, DAY)
    assert snapshot(out) == before


def test_nothing_is_brought_back_over_a_site_that_stands(out: Path) -> None:
    (out.parent / ".site.old").mkdir()
    before = snapshot(out)
    recover(out)
    assert snapshot(out) == before


# ---------------------------------------------------------------- the stamp


def test_the_stamp_is_the_commit_that_last_touched_the_data(tmp_path: Path) -> None:
    """Its whole name and its time, whatever was committed elsewhere since; what was never committed is said; nothing outside git."""
    repository, data = tmp_path / "repository", tmp_path / "repository" / "data"
    data.mkdir(parents=True)
    assert data_stamp(data) == ("", 0)
    (data / "a").touch()
    git = ["git", "-C", str(repository), "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "data"]):
        subprocess.run([*git, *command], check=True, env=os.environ | {"GIT_COMMITTER_DATE": "1700000000 +0000"})
    (repository / "b").touch()
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-qm", "elsewhere"], check=True)
    commit, seconds = data_stamp(data)
    assert re.fullmatch("[0-9a-f]{40}", commit) and seconds == 1700000000
    (data / "a").write_text("changed", encoding="utf-8")
    assert data_stamp(data) == (f"{commit}-dirty", seconds)
