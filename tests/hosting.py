"""A host for the tests: its program `gh` with what it would keep, and a workflow run as the host runs it, each job in a clone of its own.

What only the real host can show is listed in docs/decisions/0005-workflows.md.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scripts.store.project import ROOT

from . import workflow_steps
from .guide.office import environment

GH = '''#!{python}
"""What the host's program does of what we ask it, kept in one JSON file."""
import json, os, sys
place = os.environ["FAKE_HOST"]
kept = json.load(open(place))
args = sys.argv[1:]
kept["asked"].append(args)
known = {{name[2:]: args[i + 1] for i, name in enumerate(args[:-1]) if name.startswith("--")}}
given = sys.stdin.read() if "body-file" in known and known["body-file"] == "-" else ""
code = 0
if args[:2] == kept.get("fails"):
    print("GitHub Actions is not permitted to create or approve pull requests", file=sys.stderr)
    code = 1
elif args[0] == "api":
    login = args[1].split("/")[4]
    if login in kept["rights"]:
        print(kept["rights"][login])
    else:
        code = 1
elif args[:2] == ["pr", "list"]:
    print(json.dumps([{{"url": each["url"], "state": each["state"]}} for each in kept["requests"] if each["head"] == known["head"]]))
elif args[:2] == ["pr", "create"]:
    url = "https://host.example/county/ledger/pull/%d" % (len(kept["requests"]) + 100)
    kept["requests"].append({{"url": url, "state": "OPEN", "head": known["head"], "title": known["title"], "body": given}})
    print(url)
elif args[:2] == ["pr", "edit"]:
    (mine,) = [each for each in kept["requests"] if each["url"] == args[2]]
    mine["body"] = given
elif args[:2] == ["issue", "comment"]:
    kept["comments"].setdefault(args[2], []).append(given)
json.dump(kept, open(place, "w"), ensure_ascii=False)
sys.exit(code)
'''


@dataclass
class Host:
    """A bare repository, what the host keeps beside it, and who may do what there."""

    folder: Path
    rights: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        (self.folder / "bin").mkdir(parents=True)
        program = self.folder / "bin/gh"
        program.write_text(GH.format(python=sys.executable), encoding="utf-8")
        program.chmod(0o755)
        self.keep({"rights": self.rights, "requests": [], "comments": {}, "asked": []})

    def keep(self, kept: Mapping[str, Any]) -> None:
        """Put what the host keeps in its place."""
        (self.folder / "kept.json").write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")

    @property
    def kept(self) -> dict[str, Any]:
        """What the host keeps now: requests, comments by issue, everything that it was asked."""
        found: dict[str, Any] = json.loads((self.folder / "kept.json").read_text(encoding="utf-8"))
        return found

    def last(self, issue: int) -> str:
        """The last comment below an issue."""
        return str(self.kept["comments"][str(issue)][-1])

    def surroundings(self) -> dict[str, str]:
        """What a step finds in its environment beside its own: the program first in the path."""
        known = {name: value for name, value in environment().items() if not name.startswith("GIT_")}  # a machine of the host is nobody
        return known | {"PATH": f"{self.folder / 'bin'}{os.pathsep}{known['PATH']}", "FAKE_HOST": str(self.folder / "kept.json")}


def truth(expression: str, context: Mapping[str, Any]) -> bool:
    """Whether a condition of a workflow holds; of the host's language as much as ours use."""
    words = re.sub(r"[A-Za-z_]+(?:\.[A-Za-z_-]+)+", lambda found: f"look({found[0]!r})", expression)
    words = words.replace("&&", " and ").replace("||", " or ")
    names = {"look": lambda path: look(path, context), "contains": lambda text, part: part.casefold() in (text or "").casefold()}
    return bool(eval(words, {"__builtins__": {}}, names))


def look(path: str, context: Mapping[str, Any]) -> Any:
    """A value of the context by its dotted path; nothing where there is none, as the host has it."""
    value: Any = context
    for step in path.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    return "" if value is None else value


class Run:
    """One run of a workflow for one event: `results` by job (success, failure, skipped), `said` everything that its steps printed."""

    def __init__(self, host: Host, workflow: str, event: bytes, remote: Path, room: Path) -> None:
        self.host, self.workflow, self.remote, self.room = host, workflow, remote, room
        self.results: dict[str, str] = {}
        self.said = ""
        room.mkdir(parents=True)
        (room / "event.json").write_bytes(event)
        self.context: dict[str, Any] = {"github": {"event": json.loads(event)}, "needs": {}}
        for name, job in workflow_steps.read(ROOT / f".github/workflows/{workflow}.yml")["jobs"].items():
            self.results[name] = self._job(name, job)

    def _job(self, name: str, job: dict[str, Any]) -> str:
        before = self.results[job["needs"]] if "needs" in job else "success"
        if before != "success" or ("if" in job and not truth(job["if"], self.context)):
            return "skipped"
        answers = self.room / f"{name}.answers"
        answers.touch()
        known = {"github.token": "secret", "github.event.repository.default_branch": "main"}
        for step in workflow_steps.steps(ROOT, self.workflow, name, known, answers):
            if not self._step(step, self.room / name, answers):
                return "failure"
        told = dict(line.split("=", 1) for line in answers.read_text(encoding="utf-8").splitlines())
        self.context["needs"][name] = {"outputs": told}
        return "success"

    def _step(self, step: workflow_steps.Step, place: Path, answers: Path) -> bool:
        match step.action:
            case "actions/checkout":
                self._checkout(place)
            case "actions/upload-artifact":
                shutil.copytree(place / step.given["path"], self.room / f"artifact-{step.given['name']}")
            case "actions/download-artifact":
                shutil.copytree(self.room / f"artifact-{step.given['name']}", place / step.given["path"])
            case "":
                return self._run(step, place, answers)
            case _:
                assert step.action == "actions/setup-python"
        return True

    def _checkout(self, place: Path) -> None:
        subprocess.run(["git", "clone", "-q", str(self.remote), str(place)], check=True, env=environment())
        if not (place / ".venv").is_symlink():
            (place / ".venv").symlink_to(sys.prefix)
        for lock in place.glob("requirements*.lock"):
            os.utime(lock, (0, 0))  # older than what is installed, so that make has nothing to install

    def _run(self, step: workflow_steps.Step, place: Path, answers: Path) -> bool:
        known = {
            "EVENT_PATH": self.room / "event.json",
            "REPOSITORY": "county/ledger",
            "OUTPUT": answers,
            "STEP_SUMMARY": self.room / "summary.md",
        }
        env = self.host.surroundings() | {f"GITHUB_{name}": str(value) for name, value in known.items()} | dict(step.env)
        done = subprocess.run(["bash", "-euo", "pipefail", "-c", step.run], cwd=place, env=env, capture_output=True, text=True, check=False)
        self.said += done.stdout + done.stderr
        return done.returncode == 0
