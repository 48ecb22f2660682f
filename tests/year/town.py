"""Whoever takes part in a county's year: the clerk's office, the host with its bare repository and its runners, the colleague who is away.

The host is a bare repository and what its workflows say: after each push the make targets of the workflows that it starts are run in a
clone of their own, in their order, as the files of that very commit have them.  The clock is `Town.day`: commits and targets have it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import lxml.html

from .. import workflow_steps

ADDRESS = "https://minsheng.county.example/"
ZEROS = "0" * 40
SLOW = ("make fonts", "make test")
"""What the program's own tests need and are: noted when a workflow asks for them, not run inside themselves."""
GH = """#!/bin/sh
case "$1 $2" in
  "pr create") shift 2; while [ $# -gt 1 ]; do [ "$1" = --head ] && echo "$2" > "$GH_ASKED"; shift; done ;;
  "auth setup-git"|"workflow run") ;;
  *) echo "not known: $*" >&2; exit 1 ;;
esac
"""
"""The host's own program, which only the host has: notes the branch for which a pull request is opened."""


@dataclass(frozen=True)
class Ran:
    """One run of a workflow's job: the targets that were asked for, what they said, and where it stopped (None: it did not)."""

    workflow: str
    job: str
    asked: list[str]
    said: str
    stopped: str | None
    folder: Path


@dataclass
class Town:
    """The county's office (its clone, with `origin` the host), everything beside it in `folder`; `python` is the environment of make."""

    folder: Path
    python: Path
    provide: Callable[[Path, Path], None]
    """Gives a fresh clone what an earlier run on the same machine would have left: an installed environment."""
    day: date = date(2031, 2, 24)
    runs: list[Ran] = field(default_factory=list)
    kept: dict[str, Path] = field(default_factory=dict)
    """What the jobs of the run under way hand on to each other: files, and what their steps answered."""
    told: dict[str, str] = field(default_factory=dict)

    @property
    def office(self) -> Path:
        return self.folder / "office"

    @property
    def host(self) -> Path:
        return self.folder / "host.git"

    @property
    def public(self) -> Path:
        """The site as it was deployed last."""
        return self.folder / "public"

    def addresses(self) -> set[str]:
        """Every page of the public site."""
        return {path.relative_to(self.public).as_posix() for path in self.public.rglob("*.html")}

    def page(self, path: str) -> str:
        """The words of a public page, white space as one space."""
        (main,) = lxml.html.parse(str(self.public / path / "index.html")).xpath("//main")
        return " ".join(main.text_content().split())

    # ------------------------------------------------------------ the clerk

    def environment(self, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """Of a person or a runner on this day; nothing of whoever runs the tests."""
        who = {
            f"GIT_{role}_{what}": f"clerk{end}"
            for role in ("AUTHOR", "COMMITTER")
            for what, end in (("NAME", ""), ("EMAIL", "@example.org"))
        }
        days = {f"GIT_{role}_DATE": f"{self.day}T12:00:00+08:00" for role in ("AUTHOR", "COMMITTER")}
        kept = ("HOME", "LANG", "TMPDIR", "PATH")
        known = {key: os.environ[key] for key in kept if key in os.environ}
        known["PATH"] = os.pathsep.join((str(self.folder / "bin"), str(self.office / ".venv/bin"), known["PATH"]))
        known["LEDGER_CACHE"] = str(self.folder / "cards")  # pictures are kept by what they are made from
        return {**known, **who, **days, "AS_OF": str(self.day), "PYTHONUTF8": "1", "GIT_CONFIG_GLOBAL": os.devnull, **(more or {})}

    def type(self, *command: str, at: Path | None = None, fails: bool = False, **more: str) -> str:
        """A command in the office; gives what it says.  It must succeed, or fail where that is expected."""
        done = subprocess.run(
            command, cwd=at or self.office, env=self.environment(more), capture_output=True, text=True, encoding="utf-8", check=False
        )
        assert (done.returncode != 0) == fails, f"{self.day} {' '.join(command)}:\n{done.stdout}{done.stderr}"
        return done.stdout + done.stderr

    def verb(self, *arguments: str, fails: bool = False) -> str:
        """A verb, as the handbook types it."""
        return self.type("python", "-m", "scripts", *arguments, fails=fails)

    def git(self, *arguments: str, at: Path | None = None) -> str:
        return self.type("git", *arguments, at=at).strip()

    def write(self, file: str, text: str) -> None:
        """A file of the office's data, whole."""
        path = self.office / "data" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def commit(self, message: str) -> str:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)
        return self.git("rev-parse", "HEAD")

    # ------------------------------------------------------------ the host

    def head(self, branch: str) -> str:
        """Where a branch of the host stands; zeros where it has none of that name."""
        told = self.git("ls-remote", "--heads", str(self.host), f"refs/heads/{branch}").split()
        return told[0] if told else ZEROS

    def push(self, branch: str) -> list[Ran]:
        """The office's HEAD to a branch of the host, and the workflows that a push of it starts."""
        before = self.head(branch)
        self.git("push", "-q", "origin", f"HEAD:refs/heads/{branch}")
        return self.pushed(branch, before)

    def pushed(self, branch: str, before: str) -> list[Ran]:
        """What the host starts once a branch was pushed that stood elsewhere before."""
        event = {"github.event_name": "push", "github.event.before": before, "github.ref": f"refs/heads/{branch}"}
        return self.started("publish" if branch == "main" else "check", branch, event)

    def by_hand(self) -> list[Ran]:
        """Somebody presses the button of the publishing workflow, or the night does."""
        return self.started(
            "publish", "main", {"github.event_name": "workflow_dispatch", "github.event.before": "", "github.ref": "refs/heads/main"}
        )

    def night(self) -> list[Ran]:
        """Just after midnight: the nightly workflow, which has the publishing one started."""
        event = {"github.event_name": "schedule", "github.ref_name": "main", "github.ref": "refs/heads/main"}
        return [*self.started("nightly", "main", event), *self.by_hand()]

    def upload(self, branch: str) -> list[Ran]:
        """The office's HEAD holds a workbook in uploads/: pushed to a branch of its own, as the host's page does it."""
        self.git("push", "-q", "origin", f"HEAD:refs/heads/{branch}")
        event = {"github.event_name": "push", "github.ref": f"refs/heads/{branch}", "github.ref_name": branch}
        event |= {"github.run_id": "7", "github.run_attempt": "1", "github.event.repository.default_branch": "main"}
        return self.started("workbook", branch, event)

    def pull_request(self, branch: str) -> list[Ran]:
        """One is opened: its checks look at what main would be with it."""
        clone = self.runner("main")
        self.git("merge", "-q", "--no-ff", "-m", "merged to be checked", f"origin/{branch}", at=clone)
        event = {
            "github.event_name": "pull_request",
            "github.event.pull_request.base.sha": self.head("main"),
            "github.ref": "refs/pull/1/merge",
        }
        return self.started("check", "main", event, clone)

    def merge(self, branch: str) -> list[Ran]:
        """The pull request is merged into main."""
        self.on_main()
        self.git("merge", "-q", "--no-ff", "-m", f"merged {branch}", f"origin/{branch}")
        return self.push("main")

    def on_main(self) -> None:
        """The office takes what is public."""
        self.git("fetch", "-q", "--prune", "origin")
        self.git("checkout", "-q", "-B", "main", "origin/main")

    def started(self, workflow: str, branch: str, event: Mapping[str, str], clone: Path | None = None) -> list[Ran]:
        """Every job that the event starts, each in a clone of its own; a job after one that stopped is not begun."""
        done, first = list[Ran](), clone or self.runner(branch)
        self.kept, self.told = {}, {}
        for job in workflow_steps.jobs(first, workflow, event):
            done.append(self._run(workflow, job, first, event))
            if done[-1].stopped:
                break
            self.git("clean", "-qffdx", "-e", ".venv", at=first)  # each job has a machine of its own
        self.runs += done
        return done

    def runner(self, branch: str) -> Path:
        """A machine of the host's with a fresh clone of a branch, its whole history."""
        folder = self.folder / f"runner-{len(list(self.folder.glob('runner-*'))):03}"
        self.git("clone", "-q", "--no-local", "-b", branch, str(self.host), str(folder), at=self.folder)
        self.provide(folder, self.python)
        return folder

    def _run(self, workflow: str, job: str, folder: Path, event: Mapping[str, str]) -> Ran:
        answers, summary = folder / "answers.txt", folder / "summary.md"
        answers.touch()
        host = {"github.event.pull_request.base.sha": "", "github.event.before": "", "address": ADDRESS, "github.token": "-"}
        asked, said = list[str](), ""
        for step in workflow_steps.steps(folder, workflow, job, {**host, **event, **self.told}, answers):
            if step.action:
                self._act(step, folder)
                continue
            asked.append(step.run)
            if step.run in SLOW:
                continue
            known = self.environment({**step.env, "GITHUB_OUTPUT": str(answers), "GITHUB_STEP_SUMMARY": str(summary)})
            known |= {"GH_ASKED": str(self.folder / "asked")}
            done = subprocess.run(step.run.split(), cwd=folder, env=known, capture_output=True, text=True, encoding="utf-8", check=False)
            said += done.stdout + done.stderr
            assert "Traceback" not in said, said
            if done.returncode:
                return Ran(workflow, job, asked, said, step.run, folder)
        answered = (line.partition("=") for line in answers.read_text(encoding="utf-8").splitlines())
        self.told |= {f"needs.{job}.outputs.{key}": value for key, _, value in answered}
        summed = summary.read_text(encoding="utf-8") if summary.exists() else ""
        return Ran(workflow, job, asked, said + summed, None, folder)

    def _act(self, step: workflow_steps.Step, folder: Path) -> None:
        """What the host's actions do with files."""
        name, path = step.given.get("name", "site"), folder / step.given.get("path", "")
        match step.action:
            case "actions/upload-artifact" | "actions/upload-pages-artifact":
                self.kept[name] = Path(shutil.copytree(path, self.folder / "kept" / str(len(self.runs)) / f"{len(self.kept)}-{name}"))
            case "actions/download-artifact":
                shutil.copytree(self.kept[name], path)
            case "actions/deploy-pages":
                shutil.rmtree(self.public, ignore_errors=True)
                shutil.copytree(self.kept["site"], self.public)


def set_up(folder: Path) -> None:
    """The machine: the host's own program."""
    program = folder / "bin/gh"
    program.parent.mkdir(parents=True)
    program.write_text(GH, encoding="utf-8")
    program.chmod(0o755)


def everything(repository: Path) -> str:
    """All objects that a repository stores, whether anything points at them or not."""
    done = subprocess.run(["git", "cat-file", "--batch-all-objects", "--batch"], cwd=repository, capture_output=True, check=True)
    return done.stdout.decode("utf-8", errors="replace")
