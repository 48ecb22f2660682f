"""From a folder of files to a checked `Ledger`; keeps file and line for every message.

`load` never raises for bad data: it returns everything that is wrong at once.  A ledger comes
back only when nothing is wrong but warnings.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, TypeAdapter

from scripts.ledger.checks import promise_checks as checks
from scripts.ledger.checks.gaps import Gaps
from scripts.ledger.checks.redirect_rules import check_redirects
from scripts.ledger.checks.testimony_checks import check_records
from scripts.ledger.model.plan_files import places_file, plan_file, source_file, task_file
from scripts.ledger.model.problems import Place, Problem
from scripts.ledger.model.promise import Ledger, Plan, Promise, Publisher, Settings, Site, Task, Unit
from scripts.ledger.model.redirects import FILE as REDIRECTS
from scripts.ledger.model.redirects import OldAddress, Redirect
from scripts.ledger.model.rules import Rules
from scripts.ledger.model.testimony import KINDS, Records
from scripts.ledger.model.values import TO_FILL, Line, Slug
from scripts.ledger.phrases.problems import kind_of, render_problem
from scripts.store.address_lists import LIST, parse

from .default_rules import completed
from .draft_plans import FOLDER as PLAN_FOLDER
from .draft_plans import draft_plans
from .files import Files
from .load_records import read_records
from .yaml_reader import Tree, Unreadable, decode, refuse_controls

T = TypeVar("T", bound=BaseModel)
R = TypeVar("R")

TASK_FILE = re.compile(r"(\d{2,4})\.yml", re.ASCII)
LIKE_A_TASK = re.compile(r"\D{0,3}(\d{1,4})\D", re.ASCII)
"""A name that was meant for a task, well written or not: the task is not missing."""
PLAN_PARTS = ("plan.yml", "places.yml", "source.txt", "tasks", LIST, *KINDS)
FOLDERS = ("tasks", *KINDS)
TOP_PARTS = ("README.md", "schema", "site.yml", "units.yml", "rules.yml", REDIRECTS, "plans")
"""What a data folder holds."""
STAND_IN = Settings(publisher=Publisher(kind="independent"), licence="—")
"""In place of settings that could not be read, so that the rest is checked all the same; never shown."""

WAITING = "其中{count}个文件有读不懂或缺少的地方，要和它们对照的还没有核对；改好以后，再检查一遍。"
"""Said when something could not be read: the check has not seen everything yet."""


def copied(data: Path, into: Path) -> Path:
    """A copy of a data folder; where it is the top of a repository, without what else lies there: the history, environments, sites."""
    top = {path.name for path in data.iterdir()} if (data / ".git").exists() else set()
    beside = top - {*TOP_PARTS}
    return Path(shutil.copytree(data, into, ignore=lambda folder, _: beside if Path(folder) == data else set()))


FEW = 12
"""So many reminders are listed one by one; more of them would hide the errors, and are told by their kinds."""


@dataclass
class Loaded:
    """What a data folder holds: the ledger (None when something is wrong), all problems, each file's tree, the files that could not be
    read wholly: what rests on them was not checked; and the plans under preparation, which the ledger leaves out."""

    root: str
    ledger: Ledger | None
    problems: list[Problem]
    trees: dict[str, Tree] = field(default_factory=dict)
    torn: frozenset[str] = frozenset()
    drafts: frozenset[str] = frozenset()

    def line(self, problem: Problem) -> int:
        """The line that a problem's message names."""
        if problem.line is not None:
            return problem.line
        tree = self.trees.get(problem.at.file)
        return tree.line(problem.at.path) if tree else 1

    def messages(self) -> list[str]:
        """All problems as lines for staff, by file and line."""
        return self._lines(self.ordered())

    def brief(self) -> list[str]:
        """The same, but many reminders are told by their kinds: every error, then one line for each kind, with the place of the first."""
        reminders = [problem for problem in self.ordered() if problem.warning]
        if len(reminders) <= FEW:
            return self.messages()
        kinds: dict[tuple[bool, str], list[Problem]] = {}
        for problem in reminders:
            kinds.setdefault((problem.draft, kind_of(problem)), []).append(problem)
        return [*self.error_messages(), *(line for alike in kinds.values() for line in self._folded(alike))]

    def _folded(self, alike: list[Problem]) -> list[str]:
        first, *more = self._lines(alike)
        return [f"{first}（这样的共{len(more) + 1}处）" if more else first]

    def error_messages(self) -> list[str]:
        """The errors alone."""
        return self._lines([problem for problem in self.ordered() if not problem.warning])

    def _lines(self, problems: list[Problem]) -> list[str]:
        return list(dict.fromkeys(render_problem(p, self.root, self.line(p)) for p in problems))

    def counted(self) -> list[str]:
        """How many errors there are, and whether they are all: what could not be read keeps more from being seen."""
        said = [f"共{len(self.errors)}处错误。"] if self.errors else []
        return [*said, WAITING.format(count=len(self.torn))] if self.torn else said

    def ordered(self) -> list[Problem]:
        """All problems, errors first, by file and line."""
        return sorted(self.problems, key=lambda p: (p.warning, p.warning and not p.draft, p.at.file, self.line(p)))

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if not problem.warning]


def load(folder: Path, without: frozenset[str] = frozenset(), linked: bool = False) -> Loaded:
    """Read and check a whole data folder; `without`: as if these files of testimony were not there; `linked`: a view of a folder that was
    checked before, put together of links, which are no fault then."""
    reader = _Reader(folder, without, linked)
    ledger = reader.ledger()
    problems = dict.fromkeys([*reader.problems, *(_of_draft(problem) for problem in reader.aside)])
    loaded = Loaded(folder.as_posix(), ledger, list(problems), reader.trees, frozenset(reader.torn), reader.drafts)
    if loaded.errors:
        loaded.ledger = None
    return loaded


def _of_draft(problem: Problem) -> Problem:
    """What is wrong in a plan under preparation stops nothing of what is public."""
    return problem if problem.warning else replace(problem, warning=True, draft=True)


PLAN_ASIDE = frozenset(("county", "document", "mechanisms", "notes"))
"""What of plan.yml no rule of a task or of testimony looks at: while anything else in it cannot be read, these rules wait."""


WAS_PUBLIC = f"这份计划已经有记录或者 {LIST}，公布过的不能再是草稿；请删去这一行"


class _Reader(Files):
    """Puts a ledger together from the files of one folder."""

    def __init__(self, folder: Path, without: frozenset[str], linked: bool) -> None:
        super().__init__(folder)
        self.without, self.linked = without, linked
        self.unfinished, self.drafts = draft_plans(folder), frozenset[str]()
        """The plans that may be drafts; and those that are passed over: a draft is, where another plan is public."""
        self.alone = False
        """Whether there is one plan alone: nothing is hidden then by calling it a draft, and it may be tried out with records."""
        self.aside = list[Problem]()
        """What is wrong in drafts that are passed over."""
        self.numbers: dict[str, list[int]] = {}
        """For each plan, the numbers of the tasks that have a file."""

    def ledger(self) -> Ledger | None:
        if not self.folder.is_dir():
            self.problems.append(Problem(Place(""), "找不到数据文件夹", str(self.folder), line=1))
            return None
        self.strangers("", TOP_PARTS)
        settings = self.fact("site.yml", Settings)
        units = self.registry("units.yml", TypeAdapter(Line), Unit)
        names = self._plan_folders()
        self.drafts = self.unfinished if set(names) - self.unfinished else frozenset()
        self.alone = len(names) == 1
        plans = {name: self._promise(name) for name in names}
        promises = {name: promise for name, promise in plans.items() if promise}
        rules = self.fact("rules.yml", Rules, completed)
        read = {name: self._records(name, plans[name]) for name in plans}
        records = {name: read[name][0] for name in promises}
        redirects = self._redirects()
        if units is None or rules is None or not set(promises) - self.drafts or self._touched("units.yml", 1, {"aliases"}):
            return None
        ledger = Ledger(settings=settings or STAND_IN, units=units, rules=rules, promises=promises, records=records, redirects=redirects)
        for name in promises:
            with self._apart(name):
                self._check(ledger, name, self._gaps(name, read[name][1]))
        return ledger.model_copy(update={"promises": self._public(promises), "records": self._public(records)})

    def _public(self, by_plan: dict[str, R]) -> dict[str, R]:
        return {name: each for name, each in by_plan.items() if name not in self.drafts}

    @contextmanager
    def _apart(self, name: str) -> Iterator[None]:
        """What is found meanwhile is of this plan; of a draft it is kept apart, so that it neither stops nor crowds out what is public."""
        kept = self.problems
        self.problems = self.aside if name in self.drafts else kept
        try:
            yield
        finally:
            self.problems = kept

    def _records(self, name: str, promise: Promise | None) -> tuple[Records, dict[str, frozenset[str]]]:
        with self._apart(name):
            return read_records(self, name, promise.tasks if promise else {})

    def _check(self, ledger: Ledger, name: str, gaps: Gaps) -> None:
        """One plan and its testimony against all rules, as far as they could be read."""
        shaky = list(checks.foundations(ledger, name))
        self.collect(shaky)
        if shaky:
            return
        whole = not {"units.yml", *self._files_of(name)} & set(self.torn)
        found = list(checks.check(ledger, name, self._source(name) if whole else None, gaps))
        self.collect(found)
        wrong = {problem.at.file for problem in found if not problem.warning}
        tasks = ledger.promises[name].tasks
        unsound = {number for number in range(1, max(tasks, default=0) + 1) if number not in tasks or task_file(name, number) in wrong}
        held = replace(gaps, tasks=gaps.tasks | unsound)  # testimony is held against a promise that holds
        self.collect(check_records(ledger, name, ledger.records[name], ledger.rules, held))

    def _gaps(self, name: str, records: dict[str, frozenset[str]]) -> Gaps:
        spots = {file: frozenset(torn) for file, torn in self.torn.items()}
        return Gaps(
            spots,
            frozenset(n for n in self.numbers[name] if task_file(name, n) in self.torn or not (self.folder / task_file(name, n)).exists()),
            records,
        )

    def _files_of(self, name: str) -> list[str]:
        """The files of a plan's promise."""
        return [plan_file(name), source_file(name), places_file(name), *(task_file(name, number) for number in self.numbers[name])]

    def _touched(self, file: str, depth: int, fields: set[str]) -> bool:
        """Whether one of these fields of a file, or something around it, could not be read; `depth`: how far in they stand."""
        return any(len(spot) <= depth or spot[depth] in fields for spot in self.torn.get(file, ()))

    def _redirects(self) -> dict[str, Redirect]:
        """Addresses that moved; a county without any has no file."""
        if not (self.folder / REDIRECTS).exists():
            return {}
        redirects = self.registry(REDIRECTS, TypeAdapter(OldAddress), Redirect) or {}
        self.collect(Gaps({REDIRECTS: frozenset(self.torn.get(REDIRECTS, ()))}).honest(check_redirects(redirects)))
        return redirects

    def _plan_folders(self) -> list[str]:
        parent = self.folder / "plans"
        names = sorted(p.name for p in parent.iterdir() if not p.name.startswith(".")) if parent.is_dir() else []
        self.hidden("plans")
        for name in names:
            if not PLAN_FOLDER.fullmatch(name):
                self.problems.append(Problem(Place(f"plans/{name}"), "plans 里每个文件夹以年度命名", name, example="plans/2023", line=1))
        good = [name for name in names if PLAN_FOLDER.fullmatch(name)]
        if not good:
            self.problems.append(Problem(Place("plans"), "至少要有一份计划", example="plans/2023/plan.yml", line=1))
        return good

    def _promise(self, name: str) -> Promise | None:
        with self._apart(name):
            return self._read_promise(name)

    def _read_promise(self, name: str) -> Promise | None:
        self.strangers(f"plans/{name}", PLAN_PARTS)
        self.foreign(f"plans/{name}", FOLDERS)
        plan = self.fact(plan_file(name), Plan)
        if plan and not self._touched(plan_file(name), 1, {"dated"}):
            self.begins[name] = plan.document.dated
        tasks = self._tasks(name)
        places = places_file(name)
        sites = self.registry(places, TypeAdapter(Slug), Site) if (self.folder / places).exists() else {}
        self._source(name)
        permalinks = self.guarded(f"plans/{name}/{LIST}", parse) if (self.folder / f"plans/{name}/{LIST}").exists() else None
        if plan and plan.draft and name not in self.unfinished and not self.alone:
            self.problems.append(Problem(Place(plan_file(name), ("draft",)), WAS_PUBLIC, plan.draft))
        if plan is None or tasks is None or sites is None or {spot[0] for spot in self.torn.get(plan_file(name), ())} - PLAN_ASIDE:
            return None
        return Promise(id=name, plan=plan, tasks=tasks, sites=sites, permalinks=permalinks)

    def _tasks(self, name: str) -> dict[int, Task] | None:
        parent = self.folder / f"plans/{name}/tasks"
        found = sorted(p.name for p in parent.iterdir() if not p.name.startswith(".")) if parent.is_dir() else []
        tasks: dict[int, Task] = {}
        self.numbers[name] = []
        for file in found:
            if loose := LIKE_A_TASK.match(file):
                self.numbers[name].append(int(loose[1]))
            named = TASK_FILE.fullmatch(file)
            if not named or not int(named[1]) or file != Path(task_file(name, int(named[1]))).name:
                self.problems.append(Problem(Place(f"plans/{name}/tasks/{file}"), "任务文件以序号命名", file, example="24.yml", line=1))
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


def load_past_blanks(folder: Path) -> tuple[Loaded, list[str]]:
    """The same for whoever writes new records: templates that wait to be filled in are passed over where they are all that is wrong,
    and named."""
    loaded = load(folder)
    blanks = {problem.at.file for problem in loaded.errors if problem.found == TO_FILL}
    if not blanks or blanks != {problem.at.file for problem in loaded.errors}:
        return loaded, []
    rest = load(folder, frozenset(blanks))
    return (rest, sorted(blanks)) if rest.ledger else (loaded, [])


def official_text(data: bytes) -> str:
    """The official document.  Raises `Unreadable`."""
    text = decode(data)
    if not text.strip():
        raise Unreadable(1, "文件是空的；这里放官方原文，一个字节也不改")
    refuse_controls(text, allowed="\t")
    return text
