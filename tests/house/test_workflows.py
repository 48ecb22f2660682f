"""The workflows never ran where they were written, so everything about them that can be held here is held here.

What only the host can show (that Pages accepts the site) is listed in docs/decisions/0005-workflows.md.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts.store.project import ROOT

from ..bench import publish
from ..conftest import MAKEFILE

GITHUB = ROOT / ".github"
FILES = sorted((GITHUB / "workflows").glob("*.y*ml"))
ACTIONS = sorted((GITHUB / "actions").glob("*/action.yml"))
"""Steps that our workflows share with those of a county's own repository."""
MAKE = re.compile(r"make [a-z][a-z-]*", re.ASCII)
PINNED = re.compile(r"(actions/[a-z-]+)@([0-9a-f]{40})  # (v\d+\.\d+\.\d+)", re.ASCII)
SHANGHAI = timezone(timedelta(hours=8))


def read(path: Path) -> dict[str, Any]:
    """A workflow with every value as text (YAML would read the key `on` as true)."""
    workflow: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return workflow


def whole(path: Path) -> dict[str, Any]:
    """A workflow with the steps of our own actions in their places."""
    workflow = read(path)
    for job in workflow["jobs"].values():
        job["steps"] = [each for step in job["steps"] for each in _whole(step)]
    return workflow


def _whole(step: dict[str, Any]) -> list[dict[str, Any]]:
    if not step.get("uses", "").startswith("$/"):
        return [step]
    steps: list[dict[str, Any]] = read(ROOT / step["uses"].removeprefix("$/") / "action.yml")["runs"]["steps"]
    return steps


CHECK, NIGHTLY, PUBLISH, RECORD, WORKBOOK = (
    whole(GITHUB / f"workflows/{name}.yml") for name in ("check", "nightly", "publish", "record", "workbook")
)
BUILD, DEPLOY = PUBLISH["jobs"]["build"], PUBLISH["jobs"]["deploy"]


def jobs() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every job of every workflow, with a name for messages."""
    for path in FILES:
        for name, job in whole(path)["jobs"].items():
            yield f"{path.name}:{name}", job


def steps() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every step of every job."""
    for where, job in jobs():
        for step in job["steps"]:
            yield where, step


def commands(job: dict[str, Any]) -> list[str]:
    """What a job does, in order: its make targets and its actions without version."""
    return [step.get("run") or step["uses"].partition("@")[0] for step in job["steps"]]


def test_there_are_six_workflows() -> None:
    """A seventh one comes with its own tests."""
    assert [path.name for path in FILES] == ["audit.yml", "check.yml", "nightly.yml", "publish.yml", "record.yml", "workbook.yml"]


# ---------------------------------------------------------------- make


def test_every_step_that_runs_something_is_one_make_target() -> None:
    """CI calls what people call; no shell of its own, nothing spliced into a command."""
    run = [(where, step["run"]) for where, step in steps() if "run" in step]
    assert run
    assert [each for each in run if not MAKE.fullmatch(each[1])] == []
    assert all(("run" in step) != ("uses" in step) for _, step in steps())


@pytest.mark.parametrize("target", sorted({step["run"].removeprefix("make ") for _, step in steps() if "run" in step}))
def test_the_make_target_exists(tmp_path: Path, target: str) -> None:
    """make itself knows it, as a target with commands and not as a file, and the list of commands names it."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "MFLAGS"))}
    dry = subprocess.run(
        ["make", "--dry-run", "--always-make", target, f"VENV={tmp_path}"],
        cwd=ROOT,
        env=clean,
        capture_output=True,
        text=True,
        check=False,
    )
    assert dry.returncode == 0, dry.stderr
    assert dry.stdout.strip()
    assert re.search(rf"^{target}:.*## ", MAKEFILE, re.MULTILINE)
    assert re.search(rf"^\.PHONY:.*\b{target}\b", MAKEFILE, re.MULTILINE)


# ---------------------------------------------------------------- when


def test_pull_requests_and_branches_are_checked_and_tested() -> None:
    """Everything but main, which publish.yml checks before it deploys, and a branch that carries nothing but workbooks, which workbook.yml reads."""
    assert CHECK["on"] == {"pull_request": "", "push": {"branches-ignore": ["main"], "paths-ignore": ["uploads/**"]}}
    assert [each for each in commands(CHECK["jobs"]["check"]) if each.startswith("make")] == [
        "make check",
        "make guard",
        "make site",
        "make changed-kind",
        "make fonts",
        "make test",
    ]


def test_a_pull_request_shows_what_the_public_will_see() -> None:
    """The summary of changes, then the built site as an artifact; on pull requests alone, in a job of its own, so a red test hides neither."""
    preview = CHECK["jobs"]["preview"]
    assert preview["if"] == "github.event_name == 'pull_request'" and "needs" not in preview
    assert commands(preview)[2:] == ["make changes", "make site", "actions/upload-artifact"]
    upload = preview["steps"][-1]["with"]
    assert upload["path"] == "site" and upload["if-no-files-found"] == "error"


def test_a_pull_request_is_compared_with_what_it_wants_to_change() -> None:
    """Its base goes to the targets that compare, through the environment; problems are printed as annotations."""
    given = {step["run"]: step["env"] for job in CHECK["jobs"].values() for step in job["steps"] if "env" in step}
    base, beside = {"BASE": "${{ github.event.pull_request.base.sha }}"}, {"FORMAT": "github"}
    assert given == {"make check": beside, "make guard": beside | base, "make changes": base, "make changed-kind": base}


def test_the_site_is_published_from_main_every_night_and_by_hand() -> None:
    """A push to main, or whoever starts it: a person, or nightly.yml, which does nothing else with its token."""
    assert PUBLISH["on"] == {"push": {"branches": ["main"]}, "workflow_dispatch": ""}
    (start,) = NIGHTLY["jobs"].values()
    assert commands(start) == ["actions/checkout", "make nightly", "actions/setup-python", "make idle"]
    assert [step["env"].keys() for step in start["steps"] if "env" in step] == [{"GH_TOKEN", "MAIN"}]
    recipe = MAKEFILE.partition("\nnightly:")[2].partition("\n\n")[0]
    assert 'gh workflow run publish.yml --ref "$$MAIN"' in recipe


def test_nothing_that_publishes_has_a_timetable() -> None:
    """The host stops a file that has one, whole, after 60 days without a commit: only the nightly start and the audit may be stopped so."""
    assert [path.name for path in FILES if "schedule" in read(path)["on"]] == ["audit.yml", "nightly.yml"]


def test_what_is_pinned_is_audited_every_week() -> None:
    """And when it changes; a package that cannot be looked up is no pass.  All that is pinned: the site's, the tests', the audit's own."""
    audit = read(GITHUB / "workflows/audit.yml")
    assert audit["on"]["push"] == {"branches": ["main"], "paths": ["requirements*.lock"]} and len(audit["on"]["schedule"]) == 1
    assert [each for job in audit["jobs"].values() for each in commands(job)] == ["actions/checkout", "actions/setup-python", "make audit"]
    recipe = MAKEFILE.partition("\naudit:")[2].partition("\n\n")[0]
    assert "--strict" in recipe and "--require-hashes" in recipe
    assert set(re.findall(r"-r (\S+)", recipe)) == {path.name for path in ROOT.glob("requirements*.lock")}


def test_the_nightly_build_starts_just_after_midnight_in_shanghai() -> None:
    """Pages say "today": the build belongs at the start of the day there, every day, and not on the crowded full hour."""
    (entry,) = NIGHTLY["on"]["schedule"]
    assert entry.keys() == {"cron"}, "cron is read as UTC"
    minute, hour, *days = entry["cron"].split()
    assert days == ["*", "*", "*"]
    start = datetime(2026, 11, 23, int(hour), int(minute), tzinfo=UTC).astimezone(SHANGHAI)
    assert (start.hour, start.minute > 0) == (0, True), start
    assert start.date() == datetime(2026, 11, 24).date(), "the day that has just begun there"


# ---------------------------------------------------------------- what may go out


def test_nothing_is_published_that_was_not_checked_tested_and_allowed() -> None:
    """The order of the build: refuse early, test the program if it changed, build, hand over."""
    assert commands(BUILD) == [
        "actions/checkout",
        "actions/setup-python",
        "actions/configure-pages",
        "make check",
        "make guard",
        "make publishable",
        "make changed-kind",
        "make fonts",
        "make test",
        "make publish",
        "make manifest",
        "actions/upload-pages-artifact",
    ]
    assert not any("continue-on-error" in step for _, step in steps())
    assert not any("continue-on-error" in job for _, job in jobs())
    assert "if" not in BUILD


def test_the_programs_tests_wait_for_a_change_of_the_program() -> None:
    """Where data alone was changed they do not run, and nothing else is left out: check, guard and build always run, in the same job, so
    that a required check never waits for one that was skipped."""
    conditional = {(where, step["run"], step["if"]) for where, step in steps() if "if" in step}
    kept = "steps.changed.outputs.kind == 'code'"
    assert conditional == {
        (f"{name}.yml:{job}", f"make {target}", kept)
        for name, job in (("check", "check"), ("publish", "build"))
        for target in ("fonts", "test")
    }
    for job in (CHECK["jobs"]["check"], BUILD):
        (step,) = (step for step in job["steps"] if step.get("run") == "make changed-kind")
        assert step["id"] == "changed" and "if" not in job


@pytest.mark.parametrize(("kind", "more"), [("data", []), ("code", ["make fonts", "make test"])])
def test_the_bench_measures_what_the_workflow_does(tmp_path: Path, kind: str, more: list[str]) -> None:
    """`make bench-publish` takes its steps from here: all of them, in order, the conditional ones where their condition holds."""
    answers = tmp_path / "answers"
    answers.write_text(f"kind={kind}\nmanifest={0:064}\n", encoding="utf-8")
    measured = [run for run, _ in publish.steps(ROOT, "0" * 40, answers)]
    wanted = [each for each in commands(BUILD) if each.startswith("make") and each not in ("make fonts", "make test")]
    assert measured == ["make .venv/.site", *wanted[:-2], *more, *wanted[-2:]]
    assert {"git clone", "make software", *measured} - set(more) == set(publish.WORDS)


def test_only_a_finished_build_of_main_is_deployed() -> None:
    """The deploying job holds the rights and therefore does one thing."""
    assert commands(DEPLOY) == ["actions/deploy-pages"]
    assert DEPLOY["needs"] == ["build", "record"]
    assert DEPLOY["if"] == "github.ref == 'refs/heads/main'"
    assert DEPLOY["environment"]["name"] == "github-pages"


def test_nothing_is_deployed_that_the_log_does_not_know() -> None:
    """The line is pushed before the site is; the token is near one command alone, and what the job gets is a hash."""
    job = read(GITHUB / "workflows/publish.yml")["jobs"]["record"]
    assert job["needs"] == "build" and job["if"] == DEPLOY["if"]
    whole_job = whole(GITHUB / "workflows/publish.yml")["jobs"]["record"]
    assert commands(whole_job) == ["actions/checkout", "actions/setup-python", "make check", "make published"]
    assert [set(step.get("env", {})) for step in whole_job["steps"]] == [set(), set(), set(), {"GH_TOKEN", "MANIFEST"}]


def test_the_address_comes_from_pages_through_the_environment() -> None:
    """The two targets that need it get it as a variable, never as part of a command."""
    pages = next(step for step in BUILD["steps"] if step.get("uses", "").startswith("actions/configure-pages@"))
    given = {step["run"]: step.get("env") for step in BUILD["steps"] if "run" in step}
    address = {"BASE_URL": f"${{{{ steps.{pages['id']}.outputs.base_url }}}}"}
    assert given == {
        "make check": None,
        "make guard": {"PUBLISHED": "${{ github.event.before }}"},
        "make publishable": address,
        "make changed-kind": {"PUBLISHED": "${{ github.event.before }}"},
        "make fonts": None,
        "make test": None,
        "make publish": {"BASE_URL": "${{ inputs.address }}"},
        "make manifest": None,
    }
    (told,) = (
        step for step in read(GITHUB / "workflows/publish.yml")["jobs"]["build"]["steps"] if step.get("uses") == "$/.github/actions/publish"
    )
    assert told["with"] == {"address": "${{ steps.ready.outputs.address }}"}
    assert read(GITHUB / "actions/ready/action.yml")["outputs"]["address"]["value"] == address["BASE_URL"]


def test_what_is_uploaded_is_what_make_publish_builds() -> None:
    """The folder is the default OUT of `make site`."""
    upload = BUILD["steps"][-1]
    assert upload["with"] == {"path": "site"}
    assert 'os.environ.get("OUT") or str(top / "site")' in (ROOT / "scripts/__main__.py").read_text(encoding="utf-8")


# ---------------------------------------------------------------- workbooks


def test_a_workbook_is_read_without_rights_and_asked_for_without_the_workbook() -> None:
    """The job that opens the file of a stranger holds no right to write; the job that may write gets only what was made of it, and the
    token reaches the one step that needs it, after everything is installed.  Names travel through the environment."""
    assert WORKBOOK["on"] == {"push": {"paths": ["uploads/**", "!uploads/README.md"]}}
    opening, asking = WORKBOOK["jobs"]["read"], WORKBOOK["jobs"]["ask"]
    around = ["actions/checkout", "actions/setup-python"]
    assert commands(opening) == [*around, "make workbook", "actions/upload-artifact"]
    assert commands(asking) == [*around, "actions/download-artifact", "make check", "make request"] and asking["needs"] == "read"
    assert opening["steps"][-1]["with"]["path"] == asking["steps"][2]["with"]["path"] == "taken"
    given = [step["env"] for job in (opening, asking) for step in job["steps"] if "env" in step]
    assert given == [asking["steps"][-1]["env"]] and given[0].keys() == {"GH_TOKEN", "BRANCH", "UPLOADED", "MAIN"}
    recipe = MAKEFILE.partition("\nrequest:")[2].partition("\n\n")[0]
    assert all(f'"$${name}"' in recipe for name in ("BRANCH", "UPLOADED", "MAIN")) and "$(BRANCH)" not in recipe


# ---------------------------------------------------------------- records filled in as issues


def test_an_issue_is_asked_about_then_read_then_answered() -> None:
    """Three jobs, each with what it needs and no more: the first has a token and reads nothing, the second reads and has no token, the third
    writes, and gets only what the second made.  What the conditions let through is tried in tests/exchange/intake/test_clerk.py, the whole of it
    in tests/exchange/intake/test_workflow.py."""
    assert RECORD["on"] == {"issues": {"types": ["opened", "edited", "reopened"]}}
    who, opening, answering = (RECORD["jobs"][name] for name in ("who", "read", "answer"))
    around = ["actions/checkout", "actions/setup-python"]
    assert commands(who) == ["actions/checkout", "make clerk"], "nothing is installed and nothing unpacked"
    assert commands(opening) == [*around, "make issue", "actions/upload-artifact"] and opening["needs"] == "who"
    assert commands(answering) == [*around, "actions/download-artifact", "make check", "make answer"] and answering["needs"] == "read"
    assert opening["steps"][-1]["with"]["path"] == answering["steps"][2]["with"]["path"] == "taken"
    given = {step["run"]: set(step.get("env", {})) for job in RECORD["jobs"].values() for step in job["steps"] if "run" in step}
    assert given == {"make clerk": {"GH_TOKEN"}, "make issue": set(), "make check": set(), "make answer": {"GH_TOKEN", "MAIN"}}
    assert who["outputs"] == {"may": "${{ steps.clerk.outputs.may }}"} and opening["if"] == "needs.who.outputs.may == 'yes'"


def test_what_somebody_wrote_is_never_part_of_a_command() -> None:
    """In the workflow only its number, its state and whether it holds our heading are looked at, and by the host; in the recipes the file of
    the event is named by the host's own variable, between quotes."""
    shared = (GITHUB / f"actions/{name}/action.yml" for name in ("issue", "answer"))
    text = "".join(path.read_text(encoding="utf-8") for path in (GITHUB / "workflows/record.yml", *shared))
    spoken = set(re.findall(r"github\.event\.[a-z_.]+", text))
    assert spoken == {
        "github.event.issue.number",
        "github.event.issue.state",
        "github.event.issue.body",
        "github.event.repository.default_branch",
    }
    lines = [line for line in text.splitlines() if "issue.body" in line or "issue.state" in line]
    assert len(lines) == 1 and lines[0].lstrip().startswith("if: ")
    for target in ("clerk", "issue", "answer"):
        recipe = [line for line in MAKEFILE.partition(f"\n{target}:")[2].partition("\n\n")[0].splitlines() if line.startswith("\t")]
        assert recipe and all(
            re.fullmatch(
                r'\t@(PYTHONPATH=\$\(LEDGER\) )?(\$\(PY(THON)?\) -m scripts[. ][a-z .-]+|gh auth setup-git)( (--main )?"\$\$[A-Z_]+")*',
                each,
            )
            for each in recipe
        )


# ---------------------------------------------------------------- rights


def test_only_the_jobs_that_must_may_write() -> None:
    """No right by default; each job has what it needs."""
    assert [read(path)["permissions"] for path in FILES] == [{}] * 6
    assert {where: job["permissions"] for where, job in jobs()} == {
        "audit.yml:audit": {"contents": "read"},
        "check.yml:check": {"contents": "read"},
        "check.yml:preview": {"contents": "read"},
        "nightly.yml:start": {"contents": "read", "actions": "write"},
        "publish.yml:build": {"contents": "read", "pages": "read"},
        "publish.yml:record": {"contents": "write"},
        "publish.yml:deploy": {"pages": "write", "id-token": "write"},
        "record.yml:who": {"contents": "read"},
        "record.yml:read": {"contents": "read"},
        "record.yml:answer": {"contents": "write", "pull-requests": "write", "issues": "write"},
        "workbook.yml:read": {"contents": "read"},
        "workbook.yml:ask": {"contents": "write", "pull-requests": "write"},
    }


def test_the_clone_is_whole_and_keeps_no_token() -> None:
    """Pages say when their facts changed, from git; the token does not stay on disk for what runs later."""
    clones = [step for _, step in steps() if step.get("uses", "").startswith("actions/checkout@")]
    assert [step["with"] for step in clones] == [{"fetch-depth": "0", "persist-credentials": "false"}] * 11


def test_the_python_is_the_oldest_that_the_project_promises() -> None:
    """The oldest minor version, as pyproject.toml says; in quotes, lest 3.10 become 3.1."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    used = [step["with"]["python-version"] for _, step in steps() if step.get("uses", "").startswith("actions/setup-python@")]
    assert len(used) == 10 and all(project["requires-python"].startswith(f">={version}.") for version in used)
    asking = [text for path in (*FILES, *ACTIONS) if "setup-python@" in (text := path.read_text(encoding="utf-8"))]
    assert asking and all('python-version: "' in text for text in asking)


def test_no_run_hangs_or_races() -> None:
    """Every job has a time limit; runs of one branch replace each other, a deployment under way is finished."""
    assert all(0 < int(job["timeout-minutes"]) <= 60 for _, job in jobs())
    assert CHECK["concurrency"] == {"group": "check-${{ github.ref }}", "cancel-in-progress": "true"}
    assert NIGHTLY["concurrency"] == {"group": "nightly", "cancel-in-progress": "false"}
    assert PUBLISH["concurrency"] == {"group": "publish", "cancel-in-progress": "false"}
    assert RECORD["concurrency"] == {"group": "record-${{ github.event.issue.number }}", "cancel-in-progress": "false"}
    assert WORKBOOK["concurrency"] == {"group": "workbook-${{ github.ref }}", "cancel-in-progress": "false"}


def test_actions_are_githubs_own_at_one_commit_each() -> None:
    """A commit, with the release it belongs to behind it for people and for Dependabot; never a tag, which moves.  The same action stands
    at the same commit in every workflow."""
    lines = [
        line.partition("uses: ")[2]
        for path in (*FILES, *ACTIONS)
        for line in path.read_text(encoding="utf-8").splitlines()
        if "uses: actions/" in line
    ]
    assert len(lines) == sum("uses" in step for _, step in steps())
    assert [line for line in lines if not PINNED.fullmatch(line)] == []
    pins = {match.groups() for line in lines if (match := PINNED.fullmatch(line))}
    assert len({action for action, _, _ in pins}) == len(pins), pins


def test_what_is_pinned_is_looked_after() -> None:
    """Dependabot asks for newer actions and packages, none of them in the days in which a bad release is found out."""
    updates = {each["package-ecosystem"]: each for each in read(GITHUB / "dependabot.yml")["updates"]}
    assert updates.keys() == {"github-actions", "pip"}
    assert all(each["directory"] == "/" and int(each["cooldown"]["default-days"]) >= 7 for each in updates.values())


# ---------------------------------------------------------------- zizmor


def zizmor(folder: Path) -> set[str]:
    """The rules of the offline audit that the workflows of a .github folder break."""
    done = subprocess.run(
        [
            Path(sys.executable).parent / "zizmor",
            "--offline",
            "--strict-collection",
            "--collect=all",
            "--persona=pedantic",
            "--format=json",
            folder,
        ],
        env={key: value for key, value in os.environ.items() if not key.startswith(("ZIZMOR_", "GH_", "GITHUB_"))},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stdout, done.stderr
    assert done.stderr.count("completed") >= len(list(folder.rglob("workflows/*.yml"))) + len(list(folder.rglob("action.yml"))), done.stderr
    return {finding["ident"] for finding in json.loads(done.stdout)}


def test_the_audit_finds_nothing() -> None:
    """zizmor, offline, pedantic, without a muted line and without a relaxed rule."""
    assert zizmor(GITHUB) == set()
    assert not any("zizmor:" in path.read_text(encoding="utf-8") for path in FILES)
    assert not list(ROOT.glob("zizmor.y*ml")) + list(GITHUB.glob("zizmor.y*ml"))


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("          persist-credentials: false\n", "", "artipacked"),
        ("permissions: {}\n", "permissions: write-all\n", "excessive-permissions"),
        ("run: make check", 'run: echo "${{ github.head_ref }}"', "template-injection"),
        ("  pull_request:\n", "  pull_request_target:\n", "dangerous-triggers"),
        (
            next(step["uses"] for _, step in steps() if "setup-python" in step.get("uses", "")),
            "actions/setup-python@v7.0.0",
            "unpinned-uses",
        ),
    ],
)
def test_the_audit_sees_what_it_should(tmp_path: Path, old: str, new: str, rule: str) -> None:
    """Spoil a copy: the audit, with our settings, says so."""
    copy = Path(shutil.copytree(GITHUB, tmp_path / ".github"))
    path, *_ = (path for path in sorted(copy.rglob("*.yml")) if old in path.read_text(encoding="utf-8"))
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert rule in zizmor(copy)


# ---------------------------------------------------------------- words


def test_the_note_says_what_was_never_seen() -> None:
    """Whoever reads a workflow is led to the note that says it never ran on the host."""
    note = (ROOT / "docs/decisions/0005-workflows.md").read_text(encoding="utf-8")
    assert "never ran" in note
    for path in (*FILES, *ACTIONS, GITHUB / "dependabot.yml"):
        assert "docs/decisions/0005-workflows.md" in path.read_text(encoding="utf-8"), path.name
