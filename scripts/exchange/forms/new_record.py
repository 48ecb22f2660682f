"""A record to be written, with the spot that each of its values came from: a cell of a workbook, a question of a form."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias

from pydantic import BaseModel

from scripts.ledger.model.fields import written
from scripts.ledger.model.problems import Place, Problem
from scripts.ledger.model.records import Record
from scripts.ledger.model.testimony import record_file
from scripts.ledger.phrases.formats import number_words

ValuePath: TypeAlias = tuple[str | int, ...]
"""The keys and positions that lead to a value of a record."""


@dataclass
class New:
    """One record to be written: its folder and id, its fields as a file would hold them, and where each stood in what was handed in.

    `say` speaks of a finding about a field at the spot that its value came from; `record`: the same as the model reads it, once it has.
    """

    kind: str
    key: str
    fields: dict[str, Any]
    places: dict[ValuePath, Place]
    model: type[Record]
    say: Callable[[Problem, New], Problem]
    record: Record | None = None

    def place(self, path: ValuePath) -> Place:
        """Where a path's value stood, or the nearest thing around it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places[path]


def as_written(fact: BaseModel) -> dict[str, Any]:
    """The fields of a fact that say something, as its file would hold them: text, lists and groups."""
    found = {key: getattr(fact, name) for name, key in _names(type(fact))}
    return {key: _text(value) for key, value in found.items() if value not in (None, (), {})}


def _names(model: type[BaseModel]) -> Iterable[tuple[str, str]]:
    return zip(model.model_fields, written(model), strict=True)


def _text(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return as_written(value)
    if isinstance(value, dict):
        return {key: _text(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return [_text(each) for each in value]
    return number_words(value) if isinstance(value, Decimal) else str(value)


def new_files(plan: str, new: Iterable[New]) -> dict[str, New]:
    """Each new record by its file below the data folder."""
    return {record_file(plan, each.kind, each.key): each for each in new}
