"""The testimony of one plan: one small file per record, read into `Records`."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from pydantic import BaseModel

from scripts.ledger.checks.suggestions import choice_meant
from scripts.ledger.model.fields import models_in, name_of, type_of, written
from scripts.ledger.model.problems import Place, Problem
from scripts.ledger.model.promise import Task
from scripts.ledger.model.testimony import KINDS, Records, record_file, report_id

from .files import Files

NAME = re.compile(r"[A-Za-z0-9]+([.-][A-Za-z0-9]+)*", re.ASCII)
EXAMPLES = {
    "reports": "reports/2023-05/24.yml",
    "events": "events/2023-04-01-opened.yml",
    "revisions": "revisions/R-01.yml",
    "problems": "problems/P-07.1.yml",
    "meetings": "meetings/2023-05-30-monthly.1.yml",
    "reviews": "reviews/2023-05.yml",
    "statements": "statements/S-01.yml",
    "cases": "cases/C-01.yml",
    "withdrawals": "withdrawals/W-01.yml",
}


def read_records(files: Files, plan_id: str, tasks: Mapping[int, Task]) -> tuple[Records, dict[str, frozenset[str]]]:
    """Every record that could be read, wholly or in part; and, by folder, the names of those that could not be read wholly.  `tasks`, as
    far as they could be read: what their indicators are counted in."""
    kinds: dict[str, Any] = {}
    torn: dict[str, frozenset[str]] = {}
    for kind in KINDS:
        keys = list(_keys(files, plan_id, kind))
        kinds[kind] = dict(_kind(files, plan_id, kind, keys, tasks))
        torn[kind] = frozenset(key for key in keys if record_file(plan_id, kind, key) in files.torn)
    return Records.model_construct(**kinds), torn


def _kind(files: Files, plan_id: str, kind: str, keys: list[str], tasks: Mapping[int, Task]) -> Iterator[tuple[str, BaseModel]]:
    (_, member) = typing.get_args(Records.model_fields[kind].annotation)
    for key in keys:
        file = record_file(plan_id, kind, key)
        value = files.tree(file)
        model = None if value is None else _model(files, member, value, Place(file))
        record = files.validated(Place(file), model, value, _units(kind, key, value, tasks)) if model and value else None
        if record is not None:
            yield key, record


def _units(kind: str, key: str, value: Mapping[str, Any], tasks: Mapping[int, Task]) -> dict[str, str]:
    """What the indicators of the task that a record speaks of are counted in."""
    named = report_id(key) if kind == "reports" else None
    number = str(named[1]) if named else str(value.get("task"))
    task = tasks.get(int(number)) if number.isascii() and number.isdecimal() else None
    return {each.id: each.unit for each in task.indicators} if task else {}


def _keys(files: Files, plan_id: str, kind: str) -> Iterator[str]:
    folder = files.folder / f"plans/{plan_id}/{kind}"
    depth = 2 if kind == "reports" else 1
    for path in sorted(folder.rglob("*")):
        name = PurePosixPath(path.relative_to(folder).as_posix())
        if path.is_dir() or any(part.startswith(".") for part in name.parts):
            continue
        if name.suffix != ".yml" or len(name.parts) != depth or not all(NAME.fullmatch(part) for part in name.with_suffix("").parts):
            place = Place(f"plans/{plan_id}/{kind}/{name}")
            files.problems.append(
                Problem(
                    place,
                    "记录的文件名只用英文字母、数字、点和连字符，以小写的 .yml 结尾，放在规定的文件夹里",
                    str(name),
                    _meant(name, depth),
                    EXAMPLES[kind],
                    line=1,
                )
            )
            continue
        if f"plans/{plan_id}/{kind}/{name}" in files.without:
            continue
        yield name.with_suffix("").as_posix()


def _meant(name: PurePosixPath, depth: int) -> str | None:
    """The right name where only its ending is wrong: 24.yaml, 24.YML, 24.yml.txt."""
    bare = re.sub(r"(\.(ya?ml|txt))+$", "", name.as_posix(), flags=re.IGNORECASE)
    fit = bare != name.as_posix() and all(NAME.fullmatch(part) for part in bare.split("/")) and len(name.parts) == depth
    return f"{bare}.yml" if fit else None


def _model(files: Files, member: Any, value: dict[str, Any], at: Place) -> type[BaseModel] | None:
    """Which model a record is: its kind's only one, or the one that its `type` names; where that is wrong, the one that all else speaks for."""
    models = {type_of(model): model for model in models_in(member)}
    if len(models) == 1:
        return next(iter(models.values()))
    named = value.get("type")
    if isinstance(named, str) and named in models:
        return models[named]
    if ("type",) not in files.torn.get(at.file, ()):
        if "type" not in value:
            files.problems.append(Problem(at, "缺少必填的 type（种类）", example=f"type: {next(iter(models))}"))
        else:
            found, words = str(named), {name: name_of(each) for name, each in models.items()}
            files.problems.append(Problem(at / "type", f"只能是 {'、'.join(models)} 之一", found, choice_meant(found, words)))
        files.torn.setdefault(at.file, set()).add(("type",))
    fitting = [
        model for model in models.values() if {name for name, each in written(model).items() if each.is_required()} <= {*value, "type"}
    ]
    return fitting[0] if len(fitting) == 1 else None
