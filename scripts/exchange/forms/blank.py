"""A record's template from its model: names, meanings and examples are the model's own, so a template cannot drift from it."""

from __future__ import annotations

import typing
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from scripts.ledger.model.fields import example_of, literals, models_in, written
from scripts.ledger.model.values import TO_FILL
from scripts.store.yaml_writer import scalar

RULE = "# " + "─" * 60


@dataclass(frozen=True)
class Blank:
    """A template.  `head`: lines of explanation, without the `#`; `known`: values already filled in; `asked`: optional fields that are
    to be filled in all the same; `lines`: fields written out by the caller, whole; `without`: fields left out; `notes`: more words
    beside a field."""

    model: type[BaseModel]
    head: Sequence[str]
    known: Mapping[str, str] = field(default_factory=dict)
    asked: Sequence[str] = ()
    lines: Mapping[str, Sequence[str]] = field(default_factory=dict)
    without: Sequence[str] = ()
    notes: Mapping[str, str] = field(default_factory=dict)

    def text(self) -> str:
        """The whole file."""
        head = [f"# {line}".rstrip() for line in self.head]
        fill = f"# 有 {TO_FILL} 的都要填（不需要的整行删去）；前面有 # 的行可填可不填，填的时候去掉 #。填完运行 python -m scripts check"
        return "\n".join([*head, RULE, fill, "", *self._fields()]) + "\n"

    def _fields(self) -> Iterator[str]:
        fields = {key: each for key, each in written(self.model).items() if key not in self.without}
        for key in sorted(fields, key=lambda key: not _first(fields[key], key)):
            yield from self.lines[key] if key in self.lines else self._field(key, fields[key])

    def _field(self, key: str, info: FieldInfo) -> Iterator[str]:
        told = f"# {meaning(info)}" + (f"；{self.notes[key]}" if key in self.notes else "")
        if key in self.known:
            yield f"{key}: {scalar(self.known[key])}  {told}"
        elif info.is_required() or key in self.asked:
            yield f"{key}: {TO_FILL}  {told}"
        else:
            yield f"{told}（可不写）"
            yield from (f"# {line}" for line in example_lines(key, info))


def _first(info: FieldInfo, key: str) -> bool:
    """What must be filled in stands first."""
    return info.is_required()


def meaning(info: FieldInfo) -> str:
    """What a field is, what it may hold, an example, in one line: from the model."""
    allowed, said = literals(info), info.description or ""
    choices = "、".join(allowed) if allowed and not any(word in said for word in allowed) else ""
    parts = [info.title or "", said, choices, f"例 {info.examples[0]}" if info.examples and not allowed else ""]
    return "：".join(filter(None, [parts[0], "；".join(filter(None, parts[1:]))]))


def example_lines(key: str, info: FieldInfo) -> list[str]:
    """A field as it would be written: a list of groups one group a line, all its fields with their examples."""
    inner = next(models_in(info.annotation), None)
    if inner is None:
        return [f"{key}: {example_of(info)}"]
    words = ", ".join(f"{name}: {_quoted(example_of(each) or '')}" for name, each in written(inner).items())
    many = any(typing.get_origin(each) is tuple for each in (info.annotation, *typing.get_args(info.annotation)))
    return [f"{key}:", f"  - {{{words}}}"] if many else [f"{key}: {{{words}}}"]


def _quoted(example: str) -> str:
    """An example inside braces: an address has a colon, a list stays a list."""
    return example if example.startswith(("[", "{")) else scalar(example)
