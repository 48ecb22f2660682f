"""The field dictionary and the JSON Schemas: both follow from the model, so they cannot drift from it."""

from __future__ import annotations

import inspect
import json
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, TypeAdapter
from pydantic.fields import FieldInfo

from scripts.ledger.model.fields import literals, models_in, name_of, written
from scripts.ledger.model.promise import Plan, Settings, Site, Task, Unit
from scripts.ledger.model.records import Record
from scripts.ledger.model.redirects import Redirect
from scripts.ledger.model.rules import Rules
from scripts.ledger.model.testimony import Records
from scripts.ledger.model.wordbook import AllWords, Said
from scripts.store.load_records import EXAMPLES

FILES: dict[str, tuple[str, type[BaseModel], str]] = {
    "site": ("site.yml", Settings, "一份"),
    "units": ("units.yml", Unit, "每个单位一条，以简称为名"),
    "plan": ("plans/2023/plan.yml", Plan, "一份"),
    "places": ("plans/2023/places.yml", Site, "每处一条，以网址用的拼音为名"),
    "redirects": ("redirects.yml", Redirect, "每个旧网址一条，以旧网址为名；没有改过就没有这个文件"),
    "task": ("plans/2023/tasks/24.yml", Task, "一项一个文件，以序号命名"),
}

REGISTRIES = ("units", "places", "redirects")
"""The files that hold entries by name."""

HOW: dict[str, str] = {
    "reports": "一项任务一个节点一个文件，放在节点的文件夹里，以序号命名；补报、更正写成 24.2.yml",
    "events": "一件事一个文件，以日期和事情命名",
    "revisions": "一次调整一个文件，以 R-序号 命名",
    "problems": "一步一个文件：P-07.1 发现，以后 .2、.3 不跳号",
    "meetings": "一次会一个文件，以 日期-种类.序号 命名；后续写成 .2、.3，把议定的事和现状再写一遍",
    "reviews": "一个节点一个文件，以节点命名",
    "statements": "一份说明一个文件，以 S-序号 命名",
    "cases": "一个案例一个文件，以 C-序号 命名",
    "withdrawals": "撤一份记录写一个文件，以 W-序号 命名",
}
"""How the files of each kind of testimony are named."""

INTRO = """# 数据字典

三类文件分开放：**承诺**（plans/，公布后不改）、**见证**（进展报告，只增不改）、**设置**（site.yml、units.yml、rules.yml）。

- 文件名就是编号，文件里不再写一遍；编号不从名称来，用过的不再用。
- 一律 UTF-8，缩进用空格。数字不带单位、千分撇和 ≥；日期写 2023-05-31；节点写 2023-05。
- 没有的字段整行不写。认不得的字段是错误。不用 YAML 的锚点（& *）和标签（!）。
- `permalinks.txt` 是给出过的网址，只增不减，由 `python -m scripts permalinks` 写；上面的网址没有回音，网站不生成。
- `source.txt` 是官方原文，一个字节也不改；`python -m scripts check` 用其余文件拼回全文，逐字比对。

下面的表由模型（scripts/ledger/ 里的 model.py、rulebook/、testimony/）生成：`make docs`。
"""

WORDS = """每个词、每句话写一行；政府办的站和不是政府办的站说法不同的，写成 `{official: …, independent: …}` 两句。
花括号里是空格，生成网页时填上；每一句能用哪些空格，写错了 `make check` 会说。
"""

TESTIMONY = """# 见证

一份记录一个小文件，放在 `plans/2023/` 下面各自的文件夹里。公布以后不改、不删：补充、更正、撤回都另写一份。
每份记录都有这两行，下面各表不再写；从公布那天起，记录才算数。
"""


def markdown() -> str:
    """data/README.md, whole."""
    parts = [INTRO]
    for file, model, how in FILES.values():
        parts.append(f"## `{file}`：{name_of(model)}\n\n{_doc(model)}（{how}）\n")
        parts += [
            f"### {name_of(each)}\n\n{_doc(each)}\n\n{_table(each)}" if each is not model else _table(model) for each in _family(model)
        ]
    return "\n".join([*parts, *_rules(), TESTIMONY, *_records()]).rstrip() + "\n"


def _rules() -> Iterator[str]:
    """The rules file: its numbers group by group, its words in one table."""
    yield f"## `rules.yml`：{name_of(Rules)}\n\n{_doc(Rules)}（一份）\n"
    yield _table(Rules)
    for key, field in Rules.model_fields.items():
        model = next(models_in(field.annotation), None)
        if model is AllWords:
            yield f"### {field.title}（`{key}`）\n\n{WORDS}\n{_groups(model)}"
        elif model:
            yield f"### {field.title}（`{key}`）\n\n{_whole(model)}\n\n{_table(model)}"


def _groups(words: type[BaseModel]) -> str:
    """The groups of words, what each holds, and its keys."""
    lines = ["| 组 | 是什么 | 键 |", "| --- | --- | --- |"]
    for key, field in words.model_fields.items():
        model = next(models_in(field.annotation))
        lines.append(f"| `{key}` | {_whole(model)} | {'、'.join(f'`{each}`' for each in model.model_fields)} |")
    return "\n".join(lines) + "\n"


def _records() -> Iterator[str]:
    """Each folder of testimony, the kinds of file in it, and what stands in them; what is explained once is not explained again."""
    told: list[type[BaseModel]] = []
    yield _table(Record)
    for kind, field in Records.model_fields.items():
        yield f"## `plans/2023/{EXAMPLES[kind]}`：{field.title}\n\n（{HOW[kind]}）\n"
        kinds = list(models_in(member(kind)))
        for model in kinds if len(kinds) > 1 else ():
            yield f"- `type: {literals(model.model_fields['type'])[0]}` {_whole(model)}"
        yield from [""] if len(kinds) > 1 else []
        for each in (each for model in kinds for each in _family(model) if each not in told):
            told.append(each)
            heading = f"### {name_of(each)}\n\n" if len(kinds) > 1 or each not in kinds else ""
            doc = f"{_doc(each)}\n\n" if _doc(each) else ""
            yield f"{heading}{doc}{_table(each, without=Record if issubclass(each, Record) else None)}"


def member(kind: str) -> Any:
    """What one file of a folder of testimony is: a model, or one of several."""
    return typing.get_args(Records.model_fields[kind].annotation)[1]


def _family(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A model and the models inside it, each once, in reading order."""
    seen: list[type[BaseModel]] = []

    def walk(each: type[BaseModel]) -> None:
        if each in seen:
            return
        seen.append(each)
        for field in each.model_fields.values():
            for inner in models_in(field.annotation):
                walk(inner)

    walk(model)
    return iter(seen)


def _doc(model: type[BaseModel]) -> str:
    return inspect.cleandoc(model.__doc__ or "").partition("：")[2]


def _whole(model: type[BaseModel]) -> str:
    return inspect.cleandoc(model.__doc__ or "")


def _table(model: type[BaseModel], without: type[BaseModel] | None = None) -> str:
    """The fields of a model, `without` those that another one explains."""
    lines = ["| 字段 | 名称 | 必填 | 含义 | 例 |", "| --- | --- | --- | --- | --- |"]
    for key, field in written(model).items():
        if without and key in without.model_fields:
            continue
        meaning = _meaning(field).replace("|", "\\|")
        example = f"`{field.examples[0]}`" if field.examples else ""
        lines.append(f"| `{key}` | {field.title or ''} | {'是' if field.is_required() else ''} | {meaning} | {example} |")
    return "\n".join(lines) + "\n"


def _meaning(field: FieldInfo) -> str:
    """What a field means; the words that it may hold, where its description does not name them."""
    allowed, said = literals(field), field.description or ""
    named = not allowed or any(word in said for word in allowed)
    return said if named else f"{said}（{'、'.join(allowed)}）" if said else "、".join(allowed)


def schemas() -> dict[str, str]:
    """The JSON Schemas by file name: one for each file of the promise, one for the rules, one for each folder of testimony."""
    found = {name: _whole_file(name, model.model_json_schema()) for name, (_, model, _) in FILES.items()}
    found["rules"] = _either_way(Rules.model_json_schema())
    found |= {kind: TypeAdapter(member(kind)).json_schema() for kind in Records.model_fields}
    return {f"{name}.schema.json": _json(_as_editors_read(schema)) for name, schema in found.items()}


def _whole_file(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    """A registry's file is entries by name; its model is one entry."""
    if name not in REGISTRIES:
        return schema
    inner = schema.pop("$defs", None)
    return {"type": "object", "additionalProperties": schema} | ({"$defs": inner} if inner else {})


def _as_editors_read(schema: Any) -> Any:
    """An editor takes `true` for a truth value; we read text."""
    if isinstance(schema, dict):
        if schema.get("const") == "true":
            return {**{key: value for key, value in schema.items() if key not in ("const", "type")}, "enum": ["true", True]}
        return {key: _as_editors_read(value) for key, value in schema.items()}
    return [_as_editors_read(each) for each in schema] if isinstance(schema, list) else schema


def _either_way(schema: Any) -> Any:
    """A word may also stand as plain text, said the same way by both kinds of publisher."""
    if isinstance(schema, dict):
        if schema.get("$ref") == f"#/$defs/{Said.__name__}":
            return {"anyOf": [{"type": "string"}, schema]}
        return {key: _either_way(value) for key, value in schema.items()}
    return [_either_way(each) for each in schema] if isinstance(schema, list) else schema


def _json(schema: dict[str, Any]) -> str:
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def write(folder: Path) -> list[Path]:
    """Write the dictionary and the schemas below the data folder, each only if it changed; returns what was written."""
    contents = {folder / "README.md": markdown()} | {folder / "schema" / name: text for name, text in schemas().items()}
    written = [path for path, text in contents.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    for path in written:
        path.parent.mkdir(exist_ok=True)
        path.write_text(contents[path], encoding="utf-8")
    return written
