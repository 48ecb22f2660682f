"""Texts that would be alive if anything ran them, and the small county with every text of every file poisoned with them."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from scripts.ledger.model.promise import Ledger, Plan, Settings, Site, Task, Unit
from scripts.site.build import build_site
from scripts.store.load import load
from scripts.store.yaml_reader import parse

from .conftest import AS_OF, SMALL, plant

TEMPLATE, BLOCK, SCRIPT, IMAGE, LINK = (
    "{{7777*7777}}",
    "{% raw %}",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "[x](javascript:alert(1))",
)
WORKED_OUT = str(7777 * 7777)
"""What a template engine would make of TEMPLATE; long enough that no size, hash or count of a page holds it by chance."""
CANARIES = (TEMPLATE, BLOCK, SCRIPT, IMAGE, LINK)
SONG = "".join(CANARIES)
SHORT = "[x](javascript:1)"
"""What still sings in a field that refuses < > { }, or that is short."""

CARRIERS = "县位学上个校公办号目次附楼所程乡农全院区东张幅增药签主备户办同人二三一抓镇家工通关知"
"""Each of these characters carries the canaries behind it, wherever it stands in the official text and in what quotes it.

The same character gets the same canaries everywhere, so a quote is still part of its text and the text is still the document.
Every official text of the small county holds at least one of them; none is part of a date, of 序时推进, or of a number's scale.
"""


def carried(text: str) -> str:
    """Official words, with the canaries behind every carrier."""
    return "".join(char + SONG if char in CARRIERS else char for char in text)


def poisoned(text: str, official: str, accepted: Callable[[str], bool]) -> str:
    """A text with as many canaries as the checks of its field permit."""
    if accepted(text + SONG):
        return carried(text) if text in official else text + SONG
    return next((short for short in (text + LINK, text + SHORT, text[:3] + SHORT) if accepted(short)), text)


def poison(whole: Any, official: str, valid: Callable[[Any], bool]) -> Any:
    """A whole file with every text poisoned that stays valid; `valid` judges the whole file."""
    for path in list(_leaves(whole)):
        whole = _with(whole, path, poisoned(_at(whole, path), official, _judge(whole, path, valid)))
    return whole


def _judge(whole: Any, path: tuple[Any, ...], valid: Callable[[Any], bool]) -> Callable[[str], bool]:
    return lambda text: valid(_with(whole, path, text))


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, str):
        yield path
    else:
        for key, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _leaves(each, (*path, key))


def _at(value: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        value = value[key]
    return value


def _with(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    inner = _with(value[path[0]], path[1:], new)
    if isinstance(value, dict):
        return {key: inner if key == path[0] else each for key, each in value.items()}
    return [inner if index == path[0] else each for index, each in enumerate(value)]


def _valid(model: type[BaseModel]) -> Callable[[Any], bool]:
    def judge(value: Any) -> bool:
        try:
            model.model_validate(value)
        except ValidationError:
            return False
        return True

    return judge


def _write(path: Path, value: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")


@dataclasses.dataclass(frozen=True)
class Aviary:
    """The small county with canaries in it: its data folder, its ledger, its site."""

    data: Path
    ledger: Ledger
    site: Path


def hatch(folder: Path) -> Aviary:
    """Every text of every file poisoned as far as its field permits, and the site built from that."""
    plan = "plans/2031"
    data = plant(folder / "data")
    official = (SMALL / plan / "source.txt").read_text(encoding="utf-8")
    files: dict[str, type[BaseModel]] = {"site.yml": Settings, f"{plan}/plan.yml": Plan}
    files |= {path.relative_to(SMALL).as_posix(): Task for path in (SMALL / plan / "tasks").iterdir()}
    for file, kind in files.items():
        _write(data / file, poison(tree(file), official, _valid(kind)))
    registries: dict[str, type[BaseModel]] = {"units.yml": Unit, f"{plan}/places.yml": Site}
    for file, kind in registries.items():
        entries = {key: poison(entry, official, _valid(kind)) for key, entry in tree(file).items()}
        _write(data / file, {carried(key) if kind is Unit else key: entry for key, entry in entries.items()})
    footer = tree("site.yml")["footer"]
    settings = json.loads((data / "site.yml").read_text(encoding="utf-8"))
    _write(data / "site.yml", settings | {"footer": {key + LINK: value + LINK for key, value in footer.items()}})
    (data / plan / "source.txt").write_text(carried(official), encoding="utf-8")
    loaded = load(data)
    assert loaded.ledger is not None, "\n".join(loaded.messages())
    return Aviary(data, loaded.ledger, build_site(data, folder / "site", AS_OF).out)


def tree(file: str) -> Any:
    return parse((SMALL / file).read_bytes()).value
