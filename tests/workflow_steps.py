"""What a workflow does, read from its file: the steps of a job in their order, each with its environment, as far as their conditions hold.

Local actions (`uses: ./…`) are followed.  An expression or a condition that is not known here is an error: a workflow that asks for
something new must be looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

ASKED = re.compile(r"\$\{\{ ?(.+?) ?\}\}")
CONDITION = re.compile(r"(\S+) == '([^']*)'")
LOCAL = re.compile(r"[.$]/(.+)")
BY_HOST = {"actions/configure-pages": {"base_url": "address"}}
"""What an action of the host hands on: its output, and the name of the fact about the host that it is."""


@dataclass(frozen=True)
class Step:
    """One step: what is run with what in its environment; or the host's own action with what it is given."""

    run: str
    env: Mapping[str, str]
    action: str = ""
    given: Mapping[str, str] = field(default_factory=dict)


def read(path: Path) -> Any:
    """A file of the host's, every value as text (YAML would read the key `on` as true)."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def jobs(repository: Path, workflow: str, event: Mapping[str, str]) -> list[str]:
    """The jobs of a workflow that an event starts, in their order."""
    told = read(repository / f".github/workflows/{workflow}.yml")["jobs"]
    return [name for name, job in told.items() if "if" not in job or _holds(job["if"], event)]


def steps(repository: Path, workflow: str, job: str, event: Mapping[str, str], answers: Path) -> Iterator[Step]:
    """The steps of a job.  `event`: what the host knows (github.event.before, address, …); `answers`: the file into
    which steps write what later conditions ask for, read when their turn comes."""
    told = read(repository / f".github/workflows/{workflow}.yml")["jobs"][job]
    yield from _steps(repository, told["steps"], event, dict(told.get("env", {})), answers)


def _steps(repository: Path, listed: list[Any], known: Mapping[str, str], env: dict[str, str], answers: Path) -> Iterator[Step]:
    scope = dict(known)
    for step in listed:
        if "if" in step and not _holds(step["if"], scope):
            continue
        given = {key: _filled(value, scope) for key, value in step.get("env", {}).items()}
        if "run" in step:
            yield Step(step["run"], env | given)
            _hand_on(step, answers, scope)
            continue
        action, _, _ = step["uses"].partition("@")
        if local := LOCAL.fullmatch(action):
            inside = read(repository / local[1] / "action.yml")
            inputs = {f"inputs.{key}": _filled(value, scope) for key, value in step.get("with", {}).items()}
            yield from _steps(repository, inside["runs"]["steps"], {**known, **inputs}, env | given, answers)
            _pass_out(step, inside, known, scope, answers)
            continue
        yield Step("", {}, action, {key: _filled(value, scope) for key, value in step.get("with", {}).items()})
        for output, fact in BY_HOST.get(action, {}).items():
            scope[f"steps.{step.get('id')}.outputs.{output}"] = known[fact]


def _hand_on(step: Any, answers: Path, scope: dict[str, str]) -> None:
    """What the step wrote into the file of answers is known from here on, under its id."""
    if "id" in step:
        for line in answers.read_text(encoding="utf-8").splitlines():
            key, _, value = line.partition("=")
            scope[f"steps.{step['id']}.outputs.{key}"] = value


def _pass_out(step: Any, action: Any, known: Mapping[str, str], scope: dict[str, str], answers: Path) -> None:
    """What a local action hands on is what the host's action inside it handed on, or what a step inside it wrote."""
    inner = {
        f"steps.{each['id']}.outputs.{output}": known[fact]
        for each in action["runs"]["steps"]
        if "id" in each
        for output, fact in BY_HOST.get(each.get("uses", "").partition("@")[0], {}).items()
    }
    for each in action["runs"]["steps"]:
        if "run" in each:
            _hand_on(each, answers, inner)
    for output, told in action.get("outputs", {}).items():
        scope[f"steps.{step.get('id')}.outputs.{output}"] = _filled(told["value"], inner)


def _filled(text: str, scope: Mapping[str, str]) -> str:
    return ASKED.sub(lambda asked: scope[asked[1]], text)


def _holds(condition: str, scope: Mapping[str, str]) -> bool:
    asked = CONDITION.fullmatch(condition)
    if not asked:
        raise ValueError(f"a condition that is not known here: {condition}")
    return scope[asked[1]] == asked[2]
