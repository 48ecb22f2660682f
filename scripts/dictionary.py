"""The field dictionary and the JSON Schemas: both follow from the model, so they cannot drift from it."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from .ledger.model import Plan, Settings, Site, Task, Unit
from .ledger.wording import literals, models_in, written

FILES: dict[str, tuple[str, type[BaseModel], str]] = {
    "site": ("site.yml", Settings, "一份"),
    "units": ("units.yml", Unit, "每个单位一条，以简称为名"),
    "plan": ("plans/2023/plan.yml", Plan, "一份"),
    "places": ("plans/2023/places.yml", Site, "每处一条，以网址词为名"),
    "task": ("plans/2023/tasks/24.yml", Task, "一项一个文件，以项号命名"),
}

INTRO = """# 数据字典

三类文件分开放：**承诺**（plans/，公布后不改）、**见证**（进展报告，只增不改）、**设置**（site.yml、units.yml）。

- 文件名就是编号，文件里不再写一遍；编号不从名称来，用过的不再用。
- 一律 UTF-8，缩进用空格。数字不带单位、千分号和 ≥；日期写 2023-05-31；节点写 2023-05。
- 没有的字段整行不写。认不得的字段是错误。不用 YAML 的锚点（& *）和标签（!）。
- `source.txt` 是官方原文，一个字节也不改；`python -m scripts check` 用其余文件拼回全文，逐字比对。

下面的表由模型（scripts/ledger/model.py）生成：`make docs`。
"""


def markdown() -> str:
    """data/README.md, whole."""
    parts = [INTRO]
    for file, model, how in FILES.values():
        parts.append(f"## `{file}`：{_name(model)}\n\n{_doc(model)}（{how}）\n")
        parts += [f"### {_name(each)}\n\n{_doc(each)}\n\n{_table(each)}" if each is not model else _table(model) for each in _family(model)]
    return "\n".join(parts).rstrip() + "\n"


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


def _name(model: type[BaseModel]) -> str:
    return inspect.cleandoc(model.__doc__ or "").partition("：")[0]


def _doc(model: type[BaseModel]) -> str:
    return inspect.cleandoc(model.__doc__ or "").partition("：")[2]


def _table(model: type[BaseModel]) -> str:
    lines = ["| 字段 | 名称 | 必填 | 含义 | 例 |", "| --- | --- | --- | --- | --- |"]
    for key, field in written(model).items():
        meaning = (field.description or "、".join(literals(field)) or "").replace("|", "\\|")
        example = f"`{field.examples[0]}`" if field.examples else ""
        lines.append(f"| `{key}` | {field.title or ''} | {'是' if field.is_required() else ''} | {meaning} | {example} |")
    return "\n".join(lines) + "\n"


def schemas() -> dict[str, str]:
    """The JSON Schemas by file name."""
    return {
        f"{name}.schema.json": json.dumps(
            {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()},
            ensure_ascii=False,
            indent=1,
            sort_keys=True,
        )
        + "\n"
        for name, (_, model, _) in FILES.items()
    }


def write(folder: Path) -> list[Path]:
    """Write the dictionary and the schemas below the data folder, each only if it changed; returns what was written."""
    contents = {folder / "README.md": markdown()} | {folder / "schema" / name: text for name, text in schemas().items()}
    written = [path for path, text in contents.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    for path in written:
        path.parent.mkdir(exist_ok=True)
        path.write_text(contents[path], encoding="utf-8")
    return written
