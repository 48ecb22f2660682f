"""更新记录 tells what git holds: what was added, corrected, changed, by which commit; and says so where git cannot tell."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import lxml.html
import pytest

import scripts.changes.history
import scripts.cli.site
from scripts.changes.history import history
from scripts.changes.value_changes import KEPT, UNFIT, differences, label, shown, told
from scripts.changes.versions import History, Version
from scripts.ledger.model.promise import Ledger
from scripts.ledger.series.chronicle import chronicle
from scripts.ledger.series.day import day_of
from scripts.site.build import Built
from scripts.store.load import load

from ..conftest import SAMPLE

TASK, REPORT = "plans/2023/tasks/02.yml", "plans/2023/reports/2023-05/02.yml"
NOTE = "改了一个字的编者注"


@dataclass
class Repository:
    """A throw-away repository with a data folder in it, and a clock of its own."""

    root: Path
    data: Path
    hour: int = 0

    def git(self, *arguments: str) -> str:
        """Run git as a person of the test."""
        self.hour += 1
        when = f"2023-06-{self.hour // 20 + 1:02}T17:30:00+00:00"
        who = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        command = ["git", "-C", str(self.root), "-c", "user.name=甲", "-c", "user.email=a@example.org", *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ | who).stdout.strip()

    def commit(self, words: str) -> str:
        """Commit everything; gives the commit's name."""
        self.git("add", "-A")
        self.git("commit", "-qm", words)
        return self.git("rev-parse", "HEAD")

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace words in a file of the data."""
        text = (self.data / path).read_text(encoding="utf-8")
        assert old in text, (path, old)
        (self.data / path).write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """The fictional county before its reports of May, in a repository with one commit."""
    root = tmp_path / "repository"
    shutil.copytree(SAMPLE, root / "data")
    shutil.rmtree(root / "data/plans/2023/reports/2023-05")
    found = Repository(root, root / "data")
    found.git("init", "-q", "-b", "main")
    found.commit("begin")
    return found


def give(repository: Repository, *names: str) -> None:
    """Put records of May, as the fictional county has them."""
    for name in names:
        target = repository.data / f"plans/2023/reports/2023-05/{name}.yml"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(SAMPLE / f"plans/2023/reports/2023-05/{name}.yml", target)


def words(version: Version) -> list[tuple[bool, str]]:
    return [(line.corrects, line.words) for line in version.lines]


def test_each_commit_is_told_in_words_newest_first_corrections_apart(repository: Repository) -> None:
    """What was added by number and checkpoint; a correction before what is new; a day in China; the commit's own name."""
    give(repository, "02", "04")
    first = repository.commit("<script>alert(1)</script>")
    give(repository, "02.2", "06.2", "06")
    second = repository.commit("more")
    found = history(repository.data)
    assert [each.id for each in found.versions[:2]] == [second, first] and found.versions[0].short == second[:10]
    assert words(found.versions[0]) == [
        (True, "更正报告：第2项2023年5月（第2份）"),
        (False, "新增报告2个文件：第6项2023年5月、第6项2023年5月（第2份）"),
    ]
    assert words(found.versions[1]) == [(False, "新增报告2个文件：第2项2023年5月、第4项2023年5月")]
    assert found.versions[0].day == date(2023, 6, 2), "half past five in the afternoon of the first is the second in China"
    assert (found.why, found.shallow, found.dirty, found.earlier) == ("", False, False, 0)


def test_a_changed_promise_tells_old_and_new_by_the_fields_names(repository: Repository) -> None:
    task = repository.data / TASK
    repository.edit(TASK, "title: ", "title: 新")
    repository.edit("site.yml", "email: ledger@example.org", "email: other@example.org")
    repository.commit("title")
    lines = history(repository.data).versions[0].lines
    assert [line.words for line in lines] == ["改动承诺文件：第2项", "改动站点设置"]
    (change,) = lines[0].files[0].differences
    title = task.read_text(encoding="utf-8").split("title: ")[1].splitlines()[0]
    assert (change.field, change.before, change.after) == ("短标题", title.removeprefix("新"), title)
    assert [(each.before, each.after) for each in lines[1].files[0].differences] == [(KEPT, KEPT)]


def test_what_testimony_said_is_never_shown_again(repository: Repository) -> None:
    """Neither a value that was changed nor a record that was taken away."""
    give(repository, "02")
    repository.commit("one")
    repository.edit(REPORT, "summary: ", "summary: 13812345678 ")
    repository.commit("a slip")
    (repository.data / REPORT).unlink()
    repository.commit("taken away")
    repository.edit("plans/2023/statements/S-01.yml", "text: ", "text: 13812345678 ")
    repository.edit("plans/2023/meetings/2023-04-26-monthly.1.yml", "chair: ", "chair: 13812345678 ")
    repository.commit("two more slips")
    found = history(repository.data)
    assert [line.words for line in found.versions[0].lines] == ["改动调度会：2023-04-26-monthly.1", "改动单位说明：S-01"]
    assert [words(each)[0][1] for each in found.versions[1:4]] == [
        "移走报告：第2项2023年5月",
        "改动报告：第2项2023年5月",
        "新增报告：第2项2023年5月",
    ]
    assert not [line.files for each in found.versions for line in each.lines if line.files] and "13812345678" not in repr(found)


def test_old_versions_that_nobody_checked_do_no_harm(repository: Repository) -> None:
    """What cannot be read is said to be unreadable; what steers or breaks the text is gone; what the rules refuse is not shown."""
    for text in ("title: [", "title: \x00\n", "- a\n", "title: a\ntitle: b\n", "\xff"):
        (repository.data / TASK).write_bytes(text.encode("latin-1"))
        repository.commit("broken")
    shutil.copyfile(SAMPLE / TASK, repository.data / TASK)
    repository.commit("whole")
    (newest, *_) = history(repository.data).versions
    assert newest.lines[0].files[0].words == "第2项（有一版读不出来，只知道改过）"
    assert shown("a\u202eb\nc") == "a b c" and shown("<script>alert(1)</script>") == UNFIT and shown("=1+1") == UNFIT
    assert shown("13812345678") == UNFIT and shown("长" * 500).endswith("……") and len(shown("长" * 500)) < 100


def test_an_item_put_in_shifts_none_of_the_others() -> None:
    before = {"notes": [{"text": "一"}, {"text": "二"}]}
    after = {"notes": [{"text": "零"}, {"text": "一"}, {"text": "二"}]}
    assert list(differences(before, after)) == [(("notes", 0), None, {"text": "零"})]
    assert told("tasks", [(("notes", i, "text"), "a", "b") for i in range(20)])[1] == 8
    assert label("units.yml", ("县教委", "aliases", 0)) == "县教委·别称1" and label("reports", ("x", 0)) == "x1"


def test_a_merge_is_one_change_told_by_the_main_line(repository: Repository) -> None:
    """Whoever reads the record sees what changed on the site, not how the work was done."""
    repository.git("checkout", "-qb", "side")
    give(repository, "02")
    repository.commit("half")
    give(repository, "04")
    repository.commit("other half")
    repository.git("checkout", "-q", "main")
    repository.git("merge", "-q", "--no-ff", "-m", "merge", "side")
    found = history(repository.data)
    assert [words(each) for each in found.versions[:-1]] == [[(False, "新增报告2个文件：第2项2023年5月、第4项2023年5月")]]
    assert found.first[REPORT].id == repository.git("rev-parse", "HEAD")


def test_changes_elsewhere_and_uncommitted_ones_are_no_part_of_it(repository: Repository) -> None:
    """Another folder's commits are not told; what no commit holds is said to be there, and not told."""
    (repository.root / "README.md").write_text("x", encoding="utf-8")
    repository.commit("elsewhere")
    before = history(repository.data)
    give(repository, "02")
    after = history(repository.data)
    assert len(before.versions) == 1 and not before.dirty and after.dirty and after.versions == before.versions


def test_a_shallow_clone_says_so_and_claims_nothing_for_its_edge(repository: Repository, tmp_path: Path) -> None:
    """Its oldest commit seems to add every file: it is not told."""
    give(repository, "02")
    newest = repository.commit("one")
    give(repository, "04")
    last = repository.commit("two")
    clone = tmp_path / "clone"
    repository.git("clone", "-q", "--depth", "2", f"file://{repository.root}", str(clone))
    found = history(clone / "data")
    assert found.shallow and [each.id for each in found.versions] == [last] and newest not in {each.id for each in found.first.values()}
    assert not history(repository.data).shallow


def test_without_git_there_is_no_history_and_it_says_why(repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside a repository, in one without a commit, without git itself."""
    shutil.copytree(SAMPLE, tmp_path / "copy")
    assert history(tmp_path / "copy").why and not history(tmp_path / "copy").versions
    empty = Repository(tmp_path / "empty", tmp_path / "empty" / "data")
    shutil.copytree(SAMPLE, empty.data)
    empty.git("init", "-q")
    assert history(empty.data).why
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    assert "git" in history(repository.data).why


def test_the_log_is_read_in_one_pass(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many commits there are: git is called as often for twelve as for one."""
    from scripts.store import git

    calls: list[str] = []
    real = git.run

    def counted(folder: Path, *arguments: str, **given: bytes) -> bytes:
        calls.append(arguments[0])
        return real(folder, *arguments, **given)

    monkeypatch.setattr(git, "run", counted)
    for name in ("01", "02", "02.2", "03", "04", "06", "06.2", "07", "08", "09", "09.2"):
        give(repository, name)
        repository.commit(name)
    assert len(history(repository.data).versions) == 12
    assert calls.count("log") == calls.count("cat-file") == 1 and len(calls) <= 5


# ---------------------------------------------------------------- on the page


@pytest.fixture(scope="module")
def sample() -> Ledger:
    ledger = load(SAMPLE).ledger
    assert ledger is not None
    return ledger


@pytest.fixture(scope="module")
def page_of(sample: Ledger) -> Callable[[History], str]:
    """The page 更新记录 of the fictional county at its end, with a history."""
    from macros.context import Context
    from macros.pages.registry import VIEWS

    day = day_of(sample, "2023", date(2024, 3, 1))

    def page(found: History) -> str:
        return str(VIEWS["changes"](Context(sample, day, "changes/", days={"2023": day}, history=found), ""))

    return page


def text(html: str) -> str:
    return " ".join(lxml.html.fromstring(f"<div>{html}</div>").text_content().split())


def test_the_page_says_what_git_cannot_tell(page_of: Callable[[History], str]) -> None:
    assert "没有版本记录" in text(page_of(History(why="git 说：/secret/folder")))
    assert "/secret/folder" not in page_of(History(why="git 说：/secret/folder"))
    assert "浅克隆" in text(page_of(History("", shallow=True))) and "浅克隆" not in text(page_of(History("")))
    assert "还没有提交的改动" in text(page_of(History("", dirty=True))) and "还没有提交" not in text(page_of(History("")))


def test_the_page_tells_commits_and_values_escaped_and_no_message(repository: Repository, page_of: Callable[[History], str]) -> None:
    """A commit's message is its author's word and not shown; a value is text whatever it says."""
    repository.edit(TASK, "title: ", "title: '<b>' #")
    commit = repository.commit("<script>alert(1)</script>")
    html = page_of(history(repository.data))
    assert commit[:10] in html and "改动承诺文件：第2项" in html and "alert(1)" not in html and "<b>" not in html


def test_corrections_stand_first_and_everything_public_is_there(sample: Ledger, page_of: Callable[[History], str]) -> None:
    day, html = day_of(sample, "2023", date(2024, 3, 1)), page_of(History(""))
    root = lxml.html.fromstring(f"<div>{html}</div>")
    corrections = root.get_element_by_id("corrections")
    assert len(corrections.findall(".//li")) == len(chronicle(day).corrections) > 0
    happened = root.get_element_by_id("happened")
    assert not [each for each in happened.findall(".//li/strong") if each.text == "更正"]
    left = len(chronicle(day).all) - len(chronicle(day).corrections)
    assert len(happened.findall(".//li")) == min(left, 120) and (f"还有{left - 120}件" in text(html)) == (left > 120)


def test_a_record_names_the_commit_that_brought_it(repository: Repository, page_of: Callable[[History], str]) -> None:
    give(repository, "02")
    commit = repository.commit("one")
    assert f"记入版本{commit[:10]}，2023年6月2日" in text(page_of(history(repository.data)))


def test_a_commit_is_a_link_where_the_publisher_says_where_the_data_stands(repository: Repository, sample: Ledger) -> None:
    """On 更新记录 and on the page of the task; plain text where nobody has said so."""
    from macros.context import Context
    from macros.pages.registry import VIEWS

    give(repository, "02")
    give(repository, "02.2")
    commit, day, found = repository.commit("two"), day_of(sample, "2023", date(2024, 3, 1)), history(repository.data)
    for repo, count in ((None, 0), ("https://git.example.org/county/ledger.git", 1), ("https://git.example.org/county/ledger/", 1)):
        ledger = sample.model_copy(update={"settings": sample.settings.model_copy(update={"repository": repo})})
        for view, key, here in (("changes", "", "changes/"), ("task", "2", "2023/tasks/02/")):
            html = str(VIEWS[view](Context(ledger, day, here, days={"2023": day}, history=found), key))
            links = lxml.html.fromstring(f"<div>{html}</div>").xpath("//a[contains(@href, '/commit/')]")
            assert bool(links) is bool(count) and commit[:10] in html, (view, repo)
            assert {each.get("href") for each in links} <= {
                f"https://git.example.org/county/ledger/commit/{each.id}" for each in found.versions
            }


# ---------------------------------------------------------------- bounds, and what the build says


def test_old_commits_are_counted_and_not_told(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page does not grow with the years; the commit that brought a record is known all the same."""
    monkeypatch.setattr(scripts.changes.history, "NEWEST", 2)
    give(repository, "02")
    first = repository.commit("one")
    for name in ("04", "06", "07"):
        give(repository, name)
        repository.commit(name)
    found = history(repository.data)
    assert (len(found.versions), found.earlier, found.first[REPORT].id) == (2, 3, first)


def test_what_was_not_opened_is_not_guessed(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """Past the bound, a changed file is named without its values, and a second report is not called a correction."""
    monkeypatch.setattr(scripts.changes.history, "OPENED", 0)
    repository.edit(TASK, "title: ", "title: 新")
    give(repository, "02.2")
    repository.commit("much")
    (newest, *_) = history(repository.data).versions
    assert words(newest) == [(False, "新增报告：第2项2023年5月（第2份）"), (False, "改动承诺文件：第2项")]
    assert not any(line.files for line in newest.lines)


def test_a_build_without_git_says_so_and_why(
    repository: Repository, tmp_path: Path, capsys: pytest.CaptureFixture[str], sample: Ledger
) -> None:
    """The page cannot name the builder's folders; the terminal can."""
    copy = Path(shutil.copytree(SAMPLE, tmp_path / "copy"))
    for data, said in ((copy, True), (repository.data, False)):
        options = argparse.Namespace(data=data, base_url=None)
        scripts.cli.site._report(options, sample, Built(tmp_path, {"": 0}, []))
        assert ("没有版本记录" in capsys.readouterr().err) is said
