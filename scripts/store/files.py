"""Reading one data folder file by file: bytes to text to tree to model, every failure a problem with a place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from scripts.ledger.checks.explain import explain_all, spot_of
from scripts.ledger.checks.suggestions import Around
from scripts.ledger.model.fields import field_at
from scripts.ledger.model.problems import Place, Problem, type_key
from scripts.ledger.phrases.problems import nearest_of

from .draft_plans import MARK, MARK_BYTES
from .stand_ins import mended
from .yaml_reader import Tree, Unreadable, grown

T = TypeVar("T", bound=BaseModel)
R = TypeVar("R")

MOST = 1000
"""No more errors than this are listed: nobody reads on, and a spoiled file may hold tens of thousands."""

NO_UNITS: Mapping[str, str] = {}

HIDDEN = "计划的文件夹里不放点开头的文件：网站不读它，却会让 git 少收、改变这里的文件；请删去它"
LITTER = re.compile(r"\.(DS_Store|_.*)")
"""What macOS leaves in any folder that was looked at."""

UNDECIDED = "还没有核"
"""Opens the reminder of a mark that is left."""


class Files:
    """Reads the files of one folder, collecting problems; every method returns None for what could not be read.

    What could be read in part comes back with stand-ins in the places that `torn` names: fit to be checked further, and for nothing else.
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self.problems = folder, list[Problem]()
        self.trees: dict[str, Tree] = {}
        self.without = frozenset[str]()
        """Files of testimony to be passed over."""
        self.linked = False
        """Whether the folder is our own view of another one, put together of links."""
        self.begins: dict[str, date] = {}
        """For each plan, the day of its document."""
        self.torn: dict[str, set[tuple[type_key, ...]]] = {}
        """For each file that does not hold, the places that could not be read; an empty path stands for the whole file."""

    def strangers(self, below: str, known: tuple[str, ...]) -> None:
        """Report what stands in a folder and is not one of the known names; at the top of a repository only YAML: a program and its
        settings, too, may lie there."""
        parent = self.folder / below
        shared = any((parent / mark).exists() for mark in (".git", ".gitignore"))
        for path in sorted(parent.iterdir()) if parent.is_dir() else ():
            if path.name not in known and not path.name.startswith(".") and (not shared or path.suffix in (".yml", ".yaml")):
                place = Place(f"{below}/{path.name}".lstrip("/"))
                self.problems.append(Problem(place, f"这里只放 {'、'.join(known)}", nearest=nearest_of(path.name, known), line=1))

    def foreign(self, below: str, folders: tuple[str, ...]) -> None:
        """Report what would bring in data that this repository does not keep itself: links, repositories inside; and files in place of folders."""
        parent = self.folder / below
        for path in (parent, *sorted(parent.rglob("*"))):
            place = Place(path.relative_to(self.folder).as_posix())
            if path.is_symlink() and not self.linked:
                self.problems.append(Problem(place, "不能是链接（快捷方式）；请放文件本身，内容才查得到改没改过", line=1))
            elif path.name == ".git":
                outer = Place(path.parent.relative_to(self.folder).as_posix())
                self.problems.append(Problem(outer, "里面不能再有一个 git 仓库；请删去里面的 .git，把文件直接提交到这里", line=1))
            elif _hidden(path, parent):
                self.problems.append(Problem(place, HIDDEN, path.name, line=1))
        for name in folders:
            path = parent / name
            if path.exists() and not path.is_dir():
                self.problems.append(Problem(Place(f"{below}/{name}"), "这里要是一个文件夹；现在是一个文件", line=1))

    def hidden(self, below: str) -> None:
        """Report the dotfiles that stand right in a folder."""
        parent = self.folder / below
        for path in sorted(parent.iterdir()) if parent.is_dir() else ():
            if path.name != ".git" and _hidden(path, parent):
                self.problems.append(Problem(Place(f"{below}/{path.name}"), HIDDEN, path.name, line=1))

    def read_bytes(self, file: str) -> bytes | None:
        """The bytes of a file; None (and a problem) when it is missing."""
        path = self.folder / file
        if path.is_symlink() and file.startswith("plans/") and not self.linked:
            self._spoilt(file)  # told of as a link
            return None
        if not path.is_file():
            self.problems.append(Problem(Place(file), "缺少这个文件", line=1))
            self._spoilt(file)
            return None
        return path.read_bytes()

    def guarded(self, file: str, read: Callable[[bytes], R]) -> R | None:
        """What `read` makes of a file's bytes; None (and a problem) when they are unreadable."""
        data = self.read_bytes(file)
        if data is None:
            return None
        try:
            return read(data)
        except Unreadable as error:
            self.collect(_unreadable(Place(file), each) for each in (error, *error.more))
            self._spoilt(file)
            return None

    def tree(self, file: str) -> dict[str, Any] | None:
        """The mapping that a YAML file holds; its lines are kept.  Marks that a person has yet to look at are warnings."""
        tree = self.guarded(file, lambda data: self._marked(file, data))
        if tree is None:
            return None
        self.trees[file] = tree
        if not isinstance(tree.value, dict):
            self.problems.append(
                Problem(Place(file), "必须是一组“字段: 值”，不能是列表或一句话", example="title: 改善七所学校办学条件", line=1)
            )
            self._spoilt(file)
            return None
        self.collect(_unreadable(Place(file), fault) for _, fault in tree.faults)
        if tree.faults:
            self.torn.setdefault(file, set()).update(path for path, _ in tree.faults)
        return tree.value

    def _spoilt(self, file: str) -> None:
        self.torn.setdefault(file, set()).add(())

    def _marked(self, file: str, data: bytes) -> Tree:
        tree = grown(data)
        for number, line in enumerate(data.decode().split("\n") if MARK_BYTES in data else (), start=1):
            if found := MARK.search(line):
                self.problems.append(Problem(Place(file), f"{UNDECIDED}：{found[1]}", line=number, warning=True))
        return tree

    def fact(self, file: str, model: type[T], completed: Callable[[Any], Any] = lambda value: value) -> T | None:
        """A whole file as one model, `completed` before it is checked."""
        value = self.tree(file)
        return None if value is None else self.validated(Place(file), model, completed(value))

    def registry(self, file: str, name: TypeAdapter[str], model: type[T]) -> dict[str, T] | None:
        """A file of named entries; `name` says what a name may be."""
        value = self.tree(file)
        if value is None:
            return None
        facts = {key: self.validated(Place(file, (key,)), model, each) for key, each in value.items() if self.named(file, name, key)}
        return {key: fact for key, fact in facts.items() if fact is not None}

    def named(self, file: str, name: TypeAdapter[str], key: str) -> bool:
        """Whether an entry's name may be one: it becomes a title or a part of an address."""
        try:
            name.validate_python(key)
        except ValidationError as error:
            words = error.errors()[0]["ctx"]
            self.problems.append(Problem(Place(file, (key,)), f"这个名字{words['must']}", example=words["example"]))
            self.torn.setdefault(file, set()).add((key,))
            return False
        return True

    def validated(self, at: Place, model: type[T], value: Any, units: Mapping[str, str] = NO_UNITS) -> T | None:
        """A value as a model; what does not fit is told, every finding as a problem, and the rest comes back with stand-ins.  `units`:
        what the indicators that it may speak of are counted in."""
        within = len(at.path)
        told = {path[within:] for path in self.torn.get(at.file, ()) if path[:within] == at.path}
        told |= {spot for fault in told for spot in _meant(fault, model, value)}
        try:
            fact = model.model_validate(value)
            if not told:
                return fact
            findings = []
        except ValidationError as error:
            findings = [each for each in error.errors(include_url=False) if not _told(spot_of(each, value), told)]
        around = Around(self.begins.get(at.file.removeprefix("plans/").partition("/")[0]), units=units)
        self.collect(explain_all(findings, model, value, at, around))
        wrong = {spot_of(each, value) for each in findings}
        spoilt = told | wrong | {spot for each in wrong for spot in _meant(each, model, value)}
        rest, touched = mended(model, value, spoilt)
        self.torn.setdefault(at.file, set()).update((*at.path, *path) for path in touched)
        return rest

    def collect(self, problems: Iterable[Problem]) -> None:
        """Take problems as they come, up to `MOST` errors in all."""
        errors = sum(not problem.warning for problem in self.problems)
        for problem in problems:
            errors += not problem.warning
            if errors > MOST:
                self.problems.append(Problem(Place(""), f"错误太多，只列出{MOST}处；改好这些，再检查一遍", line=1))
                return
            self.problems.append(problem)


def _hidden(path: Path, parent: Path) -> bool:
    """Whether this is a dotfile: not what a system leaves lying about, not in a hidden folder, which a killed hand-in leaves."""
    *above, name = path.relative_to(parent).parts or ("",)
    return name.startswith(".") and path.is_file() and not LITTER.fullmatch(name) and not any(part.startswith(".") for part in above)


def _unreadable(at: Place, error: Unreadable) -> Problem:
    return Problem(at, error.must, error.found, example=error.example, line=error.line)


def _told(spot: tuple[type_key, ...], faults: Iterable[tuple[type_key, ...]]) -> bool:
    """Whether a place is one that was told of as it was read, or lies in one, or around one."""
    return any(spot[: len(fault)] == fault or fault[: len(spot)] == spot for fault in faults)


def _meant(spot: tuple[type_key, ...], model: type[BaseModel], value: Any) -> Iterator[tuple[type_key, ...]]:
    """Where a key is no field: the fields beside it that are not there, any of which may have been meant by it."""
    if spot and field_at(model, spot)[0] is None and isinstance(spot[-1], str):
        around = value
        for key in spot[:-1]:
            around = around[key]
        for name in field_at(model, spot)[1] if isinstance(around, dict) else ():
            if name not in around:
                yield (*spot[:-1], name)
