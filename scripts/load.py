"""From a folder of files to a checked `Ledger`; keeps file and line for every message.

`load` never raises for bad data: it returns everything that is wrong at once.  A ledger comes
back only when nothing is wrong but warnings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from .ledger import checks
from .ledger.model import Ledger, Plan, Promise, Publisher, Settings, Site, Task, Unit
from .ledger.problems import Place, Problem, nearest_of, render_problem
from .ledger.source import plan_file, source_file, task_file
from .ledger.values import Line, Slug
from .ledger.wording import explain_all
from .yamltext import Tree, Unreadable, decode, parse, refuse_controls

T = TypeVar("T", bound=BaseModel)
R = TypeVar("R")

TASK_FILE = re.compile(r"(\d{2,4})\.yml", re.ASCII)
PLAN_FOLDER = re.compile(r"(19|20)\d\d", re.ASCII)
PLAN_PARTS = ("plan.yml", "places.yml", "source.txt", "tasks")
TOP_PARTS = ("README.md", "schema", "site.yml", "units.yml", "plans")
MOST = 1000
"""No more errors than this are listed: nobody reads on, and a spoiled file may hold tens of thousands."""
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
        ordered = sorted(self.problems, key=lambda p: (p.warning, p.at.file, self.line(p)))
        return list(dict.fromkeys(render_problem(p, self.root, self.line(p)) for p in ordered))

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


class _Reader:
    """Reads one folder, collecting problems; every method returns None for what could not be read."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.problems = folder, list[Problem]()
        self.trees: dict[str, Tree] = {}

    def ledger(self) -> Ledger | None:
        if not self.folder.is_dir():
            self.problems.append(Problem(Place(""), "找不到数据文件夹", str(self.folder), line=1))
            return None
        self._strangers("", TOP_PARTS)
        settings = self._fact("site.yml", Settings)
        units = self._registry("units.yml", TypeAdapter(Line), Unit)
        plans = {name: self._promise(name) for name in self._plan_folders()}
        promises = {name: promise for name, promise in plans.items() if promise}
        if units is None or not promises:
            return None
        ledger = Ledger(settings=settings or STAND_IN, units=units, promises=promises)
        whole = not self.problems and len(promises) == len(plans)
        for name in promises:
            source = self._source(name)
            self._collect(checks.check(ledger, name, source if whole else None))
        return ledger

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
        self._strangers(f"plans/{name}", PLAN_PARTS)
        plan = self._fact(plan_file(name), Plan)
        tasks = self._tasks(name)
        places = f"plans/{name}/places.yml"
        sites = self._registry(places, TypeAdapter(Slug), Site) if (self.folder / places).exists() else {}
        self._source(name)
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
            task = self._fact(f"plans/{name}/tasks/{file}", Task)
            if task is not None:
                tasks[int(named[1])] = task
        if not found:
            self.problems.append(Problem(Place(f"plans/{name}/tasks"), "至少要有一项任务", example="tasks/01.yml", line=1))
        return tasks or None

    def _strangers(self, below: str, known: tuple[str, ...]) -> None:
        parent = self.folder / below
        for path in sorted(parent.iterdir()) if parent.is_dir() else ():
            if path.name not in known and not path.name.startswith("."):
                place = Place(f"{below}/{path.name}".lstrip("/"))
                self.problems.append(Problem(place, f"这里只放 {'、'.join(known)}", nearest=nearest_of(path.name, known), line=1))

    def _bytes(self, file: str) -> bytes | None:
        path = self.folder / file
        if not path.is_file():
            self.problems.append(Problem(Place(file), "缺少这个文件", line=1))
            return None
        return path.read_bytes()

    def _guarded(self, file: str, read: Callable[[bytes], R]) -> R | None:
        data = self._bytes(file)
        if data is None:
            return None
        try:
            return read(data)
        except Unreadable as error:
            self.problems.append(Problem(Place(file), error.must, error.found, example=error.example, line=error.line))
            return None

    def _source(self, name: str) -> str | None:
        file = source_file(name)
        if any(problem.at.file == file for problem in self.problems):
            return None
        return self._guarded(file, official_text)

    def _tree(self, file: str) -> dict[str, Any] | None:
        tree = self._guarded(file, parse)
        if tree is None:
            return None
        self.trees[file] = tree
        if not isinstance(tree.value, dict):
            self.problems.append(
                Problem(Place(file), "必须是一组「字段: 值」，不能是列表或一句话", example="title: 改善七所学校办学条件", line=1)
            )
            return None
        return tree.value

    def _fact(self, file: str, model: type[T]) -> T | None:
        value = self._tree(file)
        return None if value is None else self._validated(Place(file), model, value)

    def _registry(self, file: str, name: TypeAdapter[str], model: type[T]) -> dict[str, T] | None:
        value = self._tree(file)
        if value is None:
            return None
        facts = {key: self._validated(Place(file, (key,)), model, each) for key, each in value.items() if self._named(file, name, key)}
        good = {key: fact for key, fact in facts.items() if fact is not None}
        return good if len(good) == len(value) else None

    def _named(self, file: str, name: TypeAdapter[str], key: str) -> bool:
        """Whether an entry's name may be one: it becomes a title or a part of an address."""
        try:
            name.validate_python(key)
        except ValidationError as error:
            words = error.errors()[0]["ctx"]
            self.problems.append(Problem(Place(file, (key,)), f"这个名字{words['must']}", example=words["example"]))
            return False
        return True

    def _validated(self, at: Place, model: type[T], value: Any) -> T | None:
        try:
            return model.model_validate(value)
        except ValidationError as error:
            self._collect(explain_all(error.errors(include_url=False), model, value, at))
            return None

    def _collect(self, problems: Iterable[Problem]) -> None:
        """Take problems as they come, up to `MOST` errors in all."""
        errors = sum(not problem.warning for problem in self.problems)
        for problem in problems:
            errors += not problem.warning
            if errors > MOST:
                self.problems.append(Problem(Place(""), f"错误太多，只列出{MOST}处；改好这些，再检查一遍", line=1))
                return
            self.problems.append(problem)


def official_text(data: bytes) -> str:
    """The official document.  Raises `Unreadable`."""
    text = decode(data)
    if not text.strip():
        raise Unreadable(1, "文件是空的；这里放官方原文，一个字节也不改")
    refuse_controls(text, allowed="\t")
    return text
