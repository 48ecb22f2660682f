"""From a folder of files to a checked `Ledger`; keeps file and line for every message.

`load` never raises for bad data: it returns everything that is wrong at once.  A ledger comes
back only when nothing is wrong but warnings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, TypeAdapter

from .files import Files
from .ledger import checks
from .ledger.model import Ledger, Plan, Promise, Publisher, Settings, Site, Task, Unit
from .ledger.problems import Place, Problem, render_annotation, render_problem
from .ledger.redirects import FILE as REDIRECTS
from .ledger.redirects import OldAddress, Redirect, check_redirects
from .ledger.rulebook.rules import Rules
from .ledger.source import plan_file, source_file, task_file
from .ledger.testimony.folders import KINDS
from .ledger.testimony_checks.record_checks import check_records
from .ledger.values import Line, Slug
from .load_records import read_records
from .permalinks import LIST, parse
from .yamltext import Tree, Unreadable, decode, refuse_controls

T = TypeVar("T", bound=BaseModel)
R = TypeVar("R")

TASK_FILE = re.compile(r"(\d{2,4})\.yml", re.ASCII)
PLAN_FOLDER = re.compile(r"(19|20)\d\d", re.ASCII)
PLAN_PARTS = ("plan.yml", "places.yml", "source.txt", "tasks", LIST, *KINDS)
TOP_PARTS = ("README.md", "schema", "site.yml", "units.yml", "rules.yml", REDIRECTS, "plans")
STAND_IN = Settings(publisher=Publisher(kind="independent"), licence="—")
"""In place of settings that could not be read, so that the rest is checked all the same; never shown."""


@dataclass
class Loaded:
    """What a data folder holds: the ledger (None when something is wrong), all problems, and each file's tree."""

    root: str
    ledger: Ledger | None
    problems: list[Problem]
    trees: dict[str, Tree] = field(default_factory=dict)

    def line(self, problem: Problem) -> int:
        """The line that a problem's message names."""
        if problem.line is not None:
            return problem.line
        tree = self.trees.get(problem.at.file)
        return tree.line(problem.at.path) if tree else 1

    def messages(self) -> list[str]:
        """All problems as lines for staff, by file and line."""
        return list(dict.fromkeys(render_problem(p, self.root, self.line(p)) for p in self._ordered()))

    def annotations(self, root: str) -> list[str]:
        """The same as annotations of a pull request; `root` is the data folder as the repository names it."""
        return list(dict.fromkeys(render_annotation(p, root, self.line(p)) for p in self._ordered()))

    def _ordered(self) -> list[Problem]:
        return sorted(self.problems, key=lambda p: (p.warning, p.at.file, self.line(p)))

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if not problem.warning]


def load(folder: Path) -> Loaded:
    """Read and check a whole data folder."""
    reader = _Reader(folder)
    ledger = reader.ledger()
    loaded = Loaded(folder.as_posix(), ledger, list(dict.fromkeys(reader.problems)), reader.trees)
    if loaded.errors:
        loaded.ledger = None
    return loaded


class _Reader(Files):
    """Puts a ledger together from the files of one folder."""

    def ledger(self) -> Ledger | None:
        if not self.folder.is_dir():
            self.problems.append(Problem(Place(""), "找不到数据文件夹", str(self.folder), line=1))
            return None
        self.strangers("", TOP_PARTS)
        settings = self.fact("site.yml", Settings)
        units = self.registry("units.yml", TypeAdapter(Line), Unit)
        plans = {name: self._promise(name) for name in self._plan_folders()}
        promises = {name: promise for name, promise in plans.items() if promise}
        rules = self.fact("rules.yml", Rules)
        records = {name: read_records(self, name) for name in promises}
        redirects = self._redirects()
        if units is None or rules is None or not promises:
            return None
        ledger = Ledger(settings=settings or STAND_IN, units=units, rules=rules, promises=promises, records=records, redirects=redirects)
        whole = not any(not problem.warning for problem in self.problems) and len(promises) == len(plans)
        for name in promises:
            source = self._source(name)
            found = list(checks.check(ledger, name, source if whole else None))
            self.collect(found)
            if all(problem.warning for problem in found):  # testimony is held against a promise that holds
                self.collect(check_records(ledger, name, records[name], rules))
        return ledger

    def _redirects(self) -> dict[str, Redirect]:
        """Addresses that moved; a county without any has no file."""
        if not (self.folder / REDIRECTS).exists():
            return {}
        redirects = self.registry(REDIRECTS, TypeAdapter(OldAddress), Redirect) or {}
        self.collect(check_redirects(redirects))
        return redirects

    def _plan_folders(self) -> list[str]:
        parent = self.folder / "plans"
        names = sorted(p.name for p in parent.iterdir() if not p.name.startswith(".")) if parent.is_dir() else []
        for name in names:
            if not PLAN_FOLDER.fullmatch(name):
                self.problems.append(Problem(Place(f"plans/{name}"), "plans 里每个文件夹以年度命名", name, example="plans/2023", line=1))
        good = [name for name in names if PLAN_FOLDER.fullmatch(name)]
        if not good:
            self.problems.append(Problem(Place("plans"), "至少要有一份计划", example="plans/2023/plan.yml", line=1))
        return good

    def _promise(self, name: str) -> Promise | None:
        self.strangers(f"plans/{name}", PLAN_PARTS)
        plan = self.fact(plan_file(name), Plan)
        tasks = self._tasks(name)
        places = f"plans/{name}/places.yml"
        sites = self.registry(places, TypeAdapter(Slug), Site) if (self.folder / places).exists() else {}
        self._source(name)
        if (self.folder / f"plans/{name}/{LIST}").exists():
            self.guarded(f"plans/{name}/{LIST}", parse)
        if plan is None or tasks is None or sites is None:
            return None
        return Promise(id=name, plan=plan, tasks=tasks, sites=sites)

    def _tasks(self, name: str) -> dict[int, Task] | None:
        parent = self.folder / f"plans/{name}/tasks"
        found = sorted(p.name for p in parent.iterdir() if not p.name.startswith(".")) if parent.is_dir() else []
        tasks: dict[int, Task] = {}
        for file in found:
            named = TASK_FILE.fullmatch(file)
            if not named or not int(named[1]) or file != Path(task_file(name, int(named[1]))).name:
                self.problems.append(Problem(Place(f"plans/{name}/tasks/{file}"), "任务文件以项号命名", file, example="24.yml", line=1))
                continue
            task = self.fact(f"plans/{name}/tasks/{file}", Task)
            if task is not None:
                tasks[int(named[1])] = task
        if not found:
            self.problems.append(Problem(Place(f"plans/{name}/tasks"), "至少要有一项任务", example="tasks/01.yml", line=1))
        return tasks or None

    def _source(self, name: str) -> str | None:
        file = source_file(name)
        if any(problem.at.file == file for problem in self.problems):
            return None
        return self.guarded(file, official_text)


def official_text(data: bytes) -> str:
    """The official document.  Raises `Unreadable`."""
    text = decode(data)
    if not text.strip():
        raise Unreadable(1, "文件是空的；这里放官方原文，一个字节也不改")
    refuse_controls(text, allowed="\t")
    return text
