"""A county's own repository is written whole or not at all; what it says it runs on is what it runs on; its commands and workflows are there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from scripts.__main__ import main
from scripts.exchange.county.found import PIECES
from scripts.store.project import ROOT
from scripts.store.software import CLONE, FILE, parse

from ... import workflow_steps
from ...conftest import DATA, SAMPLE, contents
from ...house.test_workflows import MAKE, PINNED, zizmor
from ...program import copy_of_the_program
from ...year.starts import provide_own

pytestmark = pytest.mark.slow

WHO = ("-c", "user.name=a", "-c", "user.email=a@example.org")
CLEAN = {key: value for key, value in os.environ.items() if key != "DATA" and not key.startswith(("GIT_", "MAKE", "MFLAGS"))}
CLEAN["GIT_CONFIG_GLOBAL"] = os.devnull


def git(folder: Path, *arguments: str) -> str:
    """As somebody whom git knows nothing about."""
    done = subprocess.run(["git", *WHO, *arguments], cwd=folder, env=CLEAN, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def release(program: Path, tag: str) -> str:
    """The next version of the program; gives its commit."""
    with (program / "CHANGELOG.md").open("a", encoding="utf-8") as file:
        file.write(f"{tag}\n")
    git(program, "commit", "-qam", tag)
    git(program, "tag", "-am", tag, tag)
    return git(program, "rev-parse", "HEAD")


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program with three versions, of which the newest in the order of the alphabet is not the newest."""
    folder = tmp_path_factory.mktemp("program") / "program"
    copy_of_the_program(folder)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "begun")
    for tag in ("v0.2.0", "v0.9.0", "v0.10.0"):
        release(folder, tag)
    return folder


@pytest.fixture
def county(program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A county's repository on the version before the newest."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    assert main(["new-county", str(tmp_path / "county"), "--from", str(program), "--version", "0.9.0"]) == 0
    return tmp_path / "county"


def ledger(county: Path, *arguments: str, **more: str) -> tuple[int, str]:
    """What make calls first; its exit code and what it says."""
    done = subprocess.run(
        [sys.executable, "ledger.py", *arguments],
        cwd=county,
        env=CLEAN | more,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def state(county: Path) -> dict[str, bytes]:
    """What git looks after, and the program, without its history."""
    return {name: text for name, text in contents(county).items() if "/.git/" not in f"/{name}"}


def test_everything_is_there_and_committed_by_nobody_in_particular(county: Path, program: Path) -> None:
    """Each file as the program keeps it, the line that names the version, one commit without a trace of the machine or of its user."""
    line = (county / FILE).read_text(encoding="utf-8")
    assert parse(line) == ("v0.9.0", git(program, "rev-parse", "v0.9.0^{commit}"), str(program))
    assert git(county, "log", "--format=%an <%ae> %s") == "民生台账 <ledger@ledger.invalid> 建立台账仓库"
    assert git(county, "status", "--porcelain") == "" and git(county, "branch", "--show-current") == "main"
    kept = set(git(county, "ls-files").splitlines())
    assert all(any(name == goes or name.startswith(f"{goes}/") for name in kept) for goes in PIECES)
    assert not any(name.startswith(CLONE + "/") for name in kept) and git(county / CLONE, "describe", "--tags") == "v0.9.0"


def test_whoever_git_knows_makes_the_first_commit(program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "某某")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "m@example.org")
    assert main(["new-county", str(tmp_path / "county"), "--from", str(program)]) == 0
    assert git(tmp_path / "county", "log", "--format=%an %ae") == "某某 m@example.org"
    assert (tmp_path / "county" / FILE).read_text(encoding="utf-8").startswith("v0.10.0 "), "the newest, where none is named"


def test_an_empty_repository_just_cloned_is_filled(program: Path, tmp_path: Path) -> None:
    """As the host's page offers it: it keeps where it came from."""
    git(tmp_path, "init", "-q", "--bare", "host.git")
    git(tmp_path, "clone", "-q", "host.git", "county")
    assert main(["new-county", str(tmp_path / "county"), "--from", str(program)]) == 0
    git(tmp_path / "county", "push", "-q", "origin", "main")
    assert git(tmp_path / "host.git", "log", "--format=%s", "main") == "建立台账仓库"


@pytest.mark.parametrize("bad", ["a file", "a folder in use", "no such version", "nothing there", "no versions"])
def test_what_cannot_be_made_leaves_nothing(
    bad: str, program: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says why and what helps, and everything is as it was."""
    place, more, words = tmp_path / "county", ["--from", str(program)], ""
    if bad == "a file":
        place.write_text("mine", encoding="utf-8")
        words = "是一个文件；请换一个名字"
    elif bad == "a folder in use":
        place.mkdir()
        (place / "notes.txt").write_text("mine", encoding="utf-8")
        words = "里已经有东西（notes.txt），没有动它"
    elif bad == "no such version":
        more += ["--version", "v7.0.0"]
        words = "没有 v7.0.0 这个版本；有的是 v0.10.0、v0.9.0、v0.2.0"
    elif bad == "nothing there":
        more = ["--from", str(tmp_path / "nowhere.git")]
        words = "取不到程序"
    else:
        git(tmp_path, "init", "-q", "--bare", "empty.git")
        more = ["--from", str(tmp_path / "empty.git")]
        words = "那里还没有发布过版本"
    before = contents(tmp_path)
    assert main(["new-county", str(place), *more]) == 1
    told = capsys.readouterr()
    assert words in told.out and "什么都没有写" in told.err
    assert contents(tmp_path) == before and place.exists() == (bad in ("a file", "a folder in use"))


# ---------------------------------------------------------------- the version


def test_the_version_is_moved_by_one_line_and_back(county: Path) -> None:
    """Nothing else changes; the program is that version's, and again the old one's."""
    assert ledger(county) == (0, "")
    code, said = ledger(county, "update")
    assert code == 0 and "程序从 v0.9.0 换到 v0.10.0" in said and git(county, "status", "--porcelain") == f"M {FILE}"
    assert (county / CLONE / "CHANGELOG.md").read_text(encoding="utf-8").endswith("v0.10.0\n")
    assert ledger(county, "update") == (0, "已经是 v0.10.0。\n")
    assert ledger(county, "update", "0.9.0")[0] == 0 and git(county, "status", "--porcelain") == ""
    assert (county / CLONE / "CHANGELOG.md").read_text(encoding="utf-8").endswith("v0.9.0\n")


@pytest.mark.parametrize("place", ["bundle", "folder"])
def test_where_no_host_is_reached_a_file_will_do(place: str, county: Path, program: Path) -> None:
    """Carried there on a stick: a git bundle, or a clone; named from the county's folder."""
    if place == "bundle":
        git(program, "bundle", "create", "-q", str(county.parent / "stick"), "--all")
    else:
        git(program, "clone", "-q", "--bare", str(program), str(county.parent / "stick"))
    code, said = ledger(county, "update", FROM="../stick")
    assert code == 0 and "换到 v0.10.0" in said, said
    assert (county / FILE).read_text(encoding="utf-8").endswith(" ../stick\n")


def test_a_colleagues_clone_gets_the_same_program(county: Path, tmp_path: Path) -> None:
    """With the first command that is asked; what a killed fetch left behind is no hindrance."""
    git(tmp_path, "clone", "-q", str(county), "colleague")
    (tmp_path / "colleague" / f"{CLONE}.new").mkdir()
    (tmp_path / "colleague" / f"{CLONE}.new" / "half").touch()
    done = subprocess.run(["make", "software"], cwd=tmp_path / "colleague", env=CLEAN, capture_output=True, text=True, check=True)
    assert "程序 v0.9.0 已取来" in done.stderr
    assert git(tmp_path / "colleague" / CLONE, "rev-parse", "HEAD") == git(county / CLONE, "rev-parse", "HEAD")
    assert not (tmp_path / "colleague" / f"{CLONE}.new").exists()


ZERO = "0" * 40


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("", "只有一行，三样用空格隔开"),
        ("v0.9.0\n", "现在写的是“v0.9.0”"),
        (f"v0.9.0 {ZERO} PROGRAM\nv0.10.0 {ZERO} PROGRAM\n", "现在有2行"),
        (f"v0.9.0 {ZERO} --upload-pack=touch\n", "只有一行"),
        (f"v0.9.0 {ZERO} PROGRAM\n", "先查清楚，不要照改"),
        (f"v0.8.0 {ZERO} PROGRAM\n", "没有 v0.8.0 这个版本；有的是 v0.10.0、v0.9.0、v0.2.0"),
        (f"v0.9.0 {ZERO} /nowhere/at/all\n", "取不到程序"),
    ],
)
def test_a_line_that_does_not_hold_runs_nothing(line: str, words: str, county: Path, program: Path) -> None:
    """It says what must stand there; the program that lies there stays."""
    (county / FILE).write_text(line.replace("PROGRAM", str(program)), encoding="utf-8")
    before = state(county)
    code, said = ledger(county)
    assert code == 1 and words in said and state(county) == before


def test_the_line_that_a_message_offers_works(county: Path, program: Path) -> None:
    """Somebody wrote another tag by hand and left the commit."""
    (county / FILE).write_text((county / FILE).read_text(encoding="utf-8").replace("v0.9.0", "v0.10.0"), encoding="utf-8")
    code, said = ledger(county)
    (offered,) = re.findall(r"写成：(v\S+ \S+ [^。]+)。", said)
    (county / FILE).write_text(f"{offered}\n", encoding="utf-8")
    assert code == 1 and ledger(county)[0] == 0, said
    assert git(county / CLONE, "rev-parse", "HEAD") == git(program, "rev-parse", "v0.10.0^{commit}")


def test_an_edited_program_does_not_run_as_if_it_were_the_version(county: Path) -> None:
    """Nothing is overwritten; what the message offers makes it clean again."""
    (county / CLONE / "mkdocs.yml").write_text("mine", encoding="utf-8")
    for asked in ([], ["update"]):
        code, said = ledger(county, *asked)
        assert code == 1 and "被改过，或者没有取全（mkdocs.yml）" in said
    assert (county / CLONE / "mkdocs.yml").read_text(encoding="utf-8") == "mine"
    (remedy,) = re.findall(r"rm -rf \S+?(?=，)", said)
    subprocess.run(remedy.split(), cwd=county, check=True)
    assert ledger(county)[0] == 0 and ledger(county) == (0, "")


# ---------------------------------------------------------------- make and the workflows

WORKFLOWS = ROOT / "scripts/exchange/county/files/workflows"
EVENT = {f"github.{name}": "" for name in ("event.pull_request.base.sha", "event.before", "token", "ref_name", "run_id", "run_attempt")}
EVENT |= {"github.event.repository.default_branch": "main", "address": "https://a.example", "github.event_name": "pull_request"}
EVENT |= {"github.ref": "refs/heads/main", "needs.build.outputs.manifest": "0" * 64}


def asked(county: Path, answers: Path) -> list[tuple[str, str]]:
    """Every step that runs something: the workflow, and what it runs."""
    answers.write_text(f"kind=data\nmanifest={0:064}\n", encoding="utf-8")
    return [
        (path.stem, step.run)
        for path in sorted((county / ".github/workflows").iterdir())
        for job in workflow_steps.read(path)["jobs"]
        for step in workflow_steps.steps(county, path.stem, job, EVENT, answers)
        if step.run
    ]


def test_every_target_of_the_workflows_is_there(county: Path, tmp_path: Path) -> None:
    """And in the list of commands; each workflow takes the program first, and does what the program's own does with data."""
    found = asked(county, tmp_path / "answers")
    assert {workflow for workflow, _ in found} == {"check", "nightly", "publish", "record", "workbook"}
    listed = subprocess.run(["make", "help"], cwd=county, env=CLEAN, capture_output=True, text=True, check=True).stdout
    for target in sorted({run for _, run in found}):
        assert MAKE.fullmatch(target) and re.search(rf"^{target.removeprefix('make ')} ", listed, re.MULTILINE), target
        dry = subprocess.run([*target.split(), "--dry-run"], cwd=county, env=CLEAN, capture_output=True, text=True, check=False)
        assert dry.returncode == 0 and dry.stdout.strip(), dry.stderr
    own = asked(ROOT, tmp_path / "answers")
    for name in ("check", "publish", "nightly", "record", "workbook"):
        ours = [run for workflow, run in own if workflow == name and run != "make changed-kind"]
        assert [run for workflow, run in found if workflow == name and run != "make software"] == ours


def test_the_workflows_are_as_safe_as_our_own(tmp_path: Path, county: Path) -> None:
    """No right by default, the same rights and times for the same jobs, actions at the same commits; the audit finds nothing but that the
    shared steps come from the checked out program, as they must."""
    assert zizmor(county / ".github") <= {"self-repository"}
    pins = {pin for path in (ROOT / ".github").rglob("*.yml") for pin in PINNED.findall(path.read_text(encoding="utf-8"))}
    for path in WORKFLOWS.iterdir():
        mine, own = (
            yaml.load(each.read_text(encoding="utf-8"), Loader=yaml.BaseLoader) for each in (path, ROOT / f".github/workflows/{path.name}")
        )
        assert (mine["on"], mine["permissions"], mine["concurrency"]) == (own["on"], {}, own["concurrency"])
        assert mine["jobs"].keys() == own["jobs"].keys()
        for job in mine["jobs"]:
            assert mine["jobs"][job]["permissions"] == own["jobs"][job]["permissions"]
            assert mine["jobs"][job].get("if") == own["jobs"][job].get("if") and mine["jobs"][job].get("needs") == own["jobs"][job].get(
                "needs"
            )
        assert set(PINNED.findall(path.read_text(encoding="utf-8"))) <= pins


def test_the_first_page_names_what_is_there(county: Path) -> None:
    """Every command of its README is one; every file and folder that it tells of exists or is made by them."""
    page = (county / "README.md").read_text(encoding="utf-8")
    listed = subprocess.run(["make", "help"], cwd=county, env=CLEAN, capture_output=True, text=True, check=True).stdout
    for target in set(re.findall(r"`make ([a-z]+)", page)):
        assert re.search(rf"^{target} ", listed, re.MULTILINE), target
    made = {".venv/", "site/", "plans/年度/", "plan.yml", "/guide/"}
    told = set(re.findall(r"`([\w./年度-]+(?:/|\.\w+))`", page)) - made
    assert len(told) > 8 and [name for name in told if not (county / name).exists()] == []


@pytest.mark.parametrize("data", [SAMPLE, DATA], ids=["the fictional county", "the real plan"])
def test_a_county_just_filled_is_checked_guarded_and_built(data: Path, county: Path, tmp_path: Path) -> None:
    """In its first commit, before anything is pushed: by the targets that people call."""
    shutil.rmtree(county / "data")
    shutil.copytree(data, county / "data")
    provide_own(county, Path(sys.executable))
    git(county, "add", "-A")
    git(county, "commit", "-qm", "the county")
    done = subprocess.run(["make", "check", "guard", "site"], cwd=county, env=CLEAN, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "没有改动已公布的内容" in done.stdout + done.stderr and (county / "site/index.html").is_file()
    assert git(county, "status", "--porcelain") == ""
