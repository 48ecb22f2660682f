"""Every published format, derived a second time: from the CSVs, the declarations of the tables, the manifest and the data folder.

Whatever differs from this, be it one key, one value, one word, is a fault of the published file.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl

from scripts.exports.downloads.api import CHANGELOG, PROMISE, RULES
from scripts.ledger.model.promise import Ledger
from scripts.store.load import load
from scripts.tables.columns import Column, Table
from scripts.tables.tidy import tables

from ...conftest import DATA, SAMPLE

PLAN = "2023"
FOLDER = f"data/{PLAN}"
PROFILES = "https://datapackage.org/profiles/2.0"
LICENCE = {"name": "CC-BY-4.0", "title": "CC BY 4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}
Json = dict[str, Any]


@cache
def ledger(site: Path) -> Ledger:
    """The data that a site was built from."""
    found = load(SAMPLE if "demo" in (site / FOLDER / "tasks.csv").read_text(encoding="utf-8-sig").split("\n")[0] else DATA).ledger
    assert found is not None
    return found


def fictional(site: Path) -> bool:
    """Whether the county is invented."""
    return bool(ledger(site).settings.fictional)


@cache
def declared(site: Path) -> dict[str, Table]:
    """The tables, by name."""
    return {table.name: table for table in tables(fictional(site))}


@cache
def rows(site: Path, name: str) -> list[Json]:
    """A table as the API says it, read from its CSV: numbers as numbers, lists as lists, nothing where there is nothing."""
    text = (site / FOLDER / f"{name}.csv").read_bytes().decode("utf-8-sig")
    columns = {column.name: column for column in declared(site)[name].columns}
    found = [{key: _value(columns[key], cell) for key, cell in row.items()} for row in csv.DictReader(io.StringIO(text, newline=""))]
    return [{key: value for key, value in row.items() if value is not None} for row in found]


def _value(column: Column, cell: str) -> Any:
    if column.type == "list":
        return cell.split(";") if cell else []
    if not cell:
        return None
    match column.type:
        case "integer":
            return int(cell)
        case "number":
            return int(cell) if re.fullmatch(r"-?\d+", cell) else float(cell)
        case "boolean":
            return {"true": True, "false": False}[cell]
    return cell.removeprefix("'")


@cache
def read(site: Path, path: str) -> Any:
    """A file of JSON."""
    return json.loads((site / path).read_text(encoding="utf-8"))


# ---------------------------------------------------------------- the package


def package(site: Path) -> Json:
    """datapackage.json of the plan."""
    manifest, document = read(site, "manifest.json"), ledger(site).current.plan.document
    book = openpyxl.load_workbook(site / FOLDER / f"ledger-{PLAN}.xlsx", read_only=True)
    about = {str(name): value for name, value in book["说明"].iter_rows(max_col=2, values_only=True)}
    commit = manifest["commit"]
    short = commit[:10] + ("-dirty" if commit.endswith("-dirty") else "")
    words = f"整理截至{manifest['as_of']} · 数据版本 {short} · 评定规则第{manifest['rules_version']}版。"
    return {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": f"livelihood-ledger-{PLAN}",
        "title": about["名称"],
        "description": f"{about['说明']}{words}",
        "version": f"{CHANGELOG[0][0]}+{manifest['as_of'].replace('-', '')}.{short}",
        "created": about["版本时间"],
        "homepage": manifest["base_url"],
        "keywords": ["民生", ledger(site).current.plan.county, PLAN, *(["虚构演示"] if fictional(site) else [])],
        "licenses": [LICENCE],
        "contributors": [{"title": ledger(site).settings.publisher.name or "民生台账", "roles": ["publisher"]}],
        "sources": [{"title": about["来源"]} | ({"path": document.url} if document.url else {})],
        "resources": [_resource(site, table) for table in declared(site).values()],
        **{key: manifest[key] for key in ("as_of", "commit", "rules_version")},
    }


def _resource(site: Path, table: Table) -> Json:
    data = (site / FOLDER / f"{table.name}.csv").read_bytes()
    dialect = {"header": True, "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "skipInitialSpace": False}
    keys = [{"fields": [*key.columns], "reference": {"resource": key.table, "fields": [*key.target]}} for key in table.foreign]
    schema = {"$schema": f"{PROFILES}/tableschema.json", "fields": [_field(column, table) for column in table.columns]}
    return {
        "name": table.name,
        "path": f"{table.name}.csv",
        "type": "table",
        "title": table.title,
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "dialect": {"$schema": f"{PROFILES}/tabledialect.json", **dialect},
        "schema": {**schema, "missingValues": [""], "primaryKey": [*table.key], **({"foreignKeys": keys} if keys else {})},
    }


def _field(column: Column, table: Table) -> Json:
    several = column.type == "list"
    limits: Json = {name: True for name, held in (("required", column.required), ("unique", table.key == (column.name,))) if held}
    limits |= {"enum": [*column.enum]} if column.enum and not several else {}
    limits |= {"pattern": column.pattern.strip("^$")} if column.pattern else {}
    return {
        "name": column.name,
        "type": "string" if several else column.type,
        "title": column.title,
        "description": column.description + "（多个，用半角分号隔开）" * several,
        **({"constraints": limits} if limits else {}),
    }


# ---------------------------------------------------------------- the API

BY_TASK = (
    *("milestones", "indicators", "schedules", "deliverables", "standings", "reports", "actuals", "evidence", "funding", "problems"),
    *("revisions", "corrections", "events", "statements", "review_findings"),
)
INSIDE: dict[str, tuple[str, dict[str, tuple[str, str]]]] = {
    "tasks": ("tasks", {"standing": ("standings_today", "task_id")}),
    "tasks.full": (
        "tasks",
        {"standing": ("standings_today", "task_id"), "units": ("task_units", "task_id")} | {name: (name, "task_id") for name in BY_TASK},
    ),
    "units": (
        "units",
        {"tasks": ("task_units", "unit_id"), "standing": ("unit_standings_today", "unit_id"), "standings": ("unit_standings", "unit_id")}
        | {name: (name, "unit_id") for name in ("statements", "review_findings")},
    ),
    "places": ("places", {"deliverables": ("deliverables", "place_id")}),
    "checkpoints": ("checkpoints", {name: (name, "checkpoint") for name in ("milestones", "standings")}),
    "changes": ("changes", {}),
}
"""Of each answer: the table of its objects, and what is inside each: whose rows, by which column; `standing` is one, not a list."""
OBJECTS = {
    "tasks": "task_summary",
    "tasks.full": "task",
    "units": "unit",
    "places": "place",
    "checkpoints": "checkpoint",
    "changes": "change",
}
WORDS = {
    "tasks": "全部任务：摘要和今天的评定",
    "tasks.full": "全部任务：每一项的全部数据",
    "tasks/{task_id}": "一项任务的全部数据",
    "units": "全部单位",
    "places": "全部地点和项目",
    "checkpoints": "全部节点",
    "changes": "公开发生的事，新的在前",
}
TITLES = {
    "task_summary": "任务：摘要和今天的评定",
    "task": "任务：这一项的全部数据",
    "unit": "单位：牵头和配合的任务，单位的数",
    "place": "地点和项目：文件答应它的事",
    "checkpoint": "节点：到期的目标和公布的评定",
    "change": "公开发生的事",
}


def envelope(site: Path, data: Any) -> Json:
    """An answer around its data."""
    stamp = {key: read(site, "manifest.json")[key] for key in ("generated_at", "as_of", "commit", "rules_version")}
    return {"schema_version": CHANGELOG[0][0], **stamp, "plan": PLAN, **({"notice": "虚构演示"} if fictional(site) else {}), "data": data}


def answers(site: Path) -> dict[str, Json]:
    """Every answer, by its path below /api/v1/."""
    found: dict[str, Any] = {f"{name}.json": objects(site, name) for name in INSIDE}
    found |= {f"tasks/{task['task_id']}.json": task for task in objects(site, "tasks.full")}
    found |= {f"{PLAN}/{path}": data for path, data in found.items()} | {"index.json": _index(site)}
    return {path: envelope(site, data) for path, data in found.items()}


def objects(site: Path, name: str) -> list[Json]:
    """The objects of an answer, put together from the tables."""
    table, inside = INSIDE[name]
    return [row | {key: each for key, each in _inside(site, row, inside) if each is not None} for row in rows(site, table)]


def _inside(site: Path, row: Json, inside: dict[str, tuple[str, str]]) -> Any:
    for name, (table, by) in inside.items():
        found = [each for each in rows(site, table) if (row[by] in each["places"] if by == "place_id" else each.get(by) == row[by])]
        yield name, (found[0] if found else None) if name == "standing" else found


def _index(site: Path) -> Json:
    plan = ledger(site).current.plan
    return {
        "current": PLAN,
        "plans": [
            {
                "plan": PLAN,
                "county": plan.county,
                "document_number": plan.document.number,
                "document_title": plan.document.plan,
                "tasks": len(rows(site, "tasks")),
                "answers": [f"{PLAN}/{name}.json" for name in WORDS],
                "datapackage": f"../../{FOLDER}/datapackage.json",
            }
        ],
        "openapi": "openapi.json",
        "schemas": [f"schema/{name}.schema.json" for name in ("index", *map(_schema_name, WORDS))],
        "changelog": [{"version": version, "words": words} for version, words in CHANGELOG],
    }


def _schema_name(answer: str) -> str:
    return "task" if "/" in answer else answer


# ---------------------------------------------------------------- what the answers look like


def row_schema(table: Table) -> Json:
    """A row, one type for each field."""
    must = [column.name for column in table.columns if column.required or column.type == "list"]
    about = {"title": table.title, "description": table.description}
    return {"type": "object", **about, "required": must, "properties": {column.name: _property(column) for column in table.columns}}


def _property(column: Column) -> Json:
    words = {"title": column.title, "description": column.description}
    if column.type == "list":
        return {"type": "array", "items": TEXT, **words}
    if column.type == "date":
        return {"type": "string", "format": "date", **words}
    limits = {name: held for name, held in (("enum", [*column.enum]), ("pattern", column.pattern)) if held}
    return {"type": column.type, **limits, **words}


TEXT: Json = {"type": "string"}


def components(site: Path, refs: str, names: tuple[str, ...] = tuple(INSIDE)) -> Json:
    """The schemas of the objects of some answers and of all rows inside them."""
    inner = {table for name in names for table, _ in INSIDE[name][1].values()}
    found = {name: row_schema(table) for name, table in declared(site).items() if name in inner}
    return found | {OBJECTS[name]: _object_schema(site, name, refs) for name in names}


def _object_schema(site: Path, name: str, refs: str) -> Json:
    table, inside = INSIDE[name]
    schema, kinds = row_schema(declared(site)[table]), dict[str, Json]()
    for key, (other, _) in inside.items():
        kinds[key] = {"$ref": refs + other} if key == "standing" else {"type": "array", "items": {"$ref": refs + other}}
    must = [*schema["required"], *(key for key in inside if key != "standing")]
    return schema | {"title": TITLES[OBJECTS[name]], "required": must, "properties": schema["properties"] | kinds}


def _fields(must: Json, may: Json | None = None) -> Json:
    return {"type": "object", "required": [*must], "properties": must | (may or {})}


def answer_schema(data: Json) -> Json:
    """A whole answer."""
    return _fields(
        {
            "schema_version": {**TEXT, "pattern": r"^1\.\d+\.\d+$", "title": "API 的版本"},
            "generated_at": {**TEXT, "format": "date-time", "title": "数据版本的时间"},
            "as_of": {**TEXT, "format": "date", "title": "整理截至"},
            "commit": {**TEXT, "pattern": "^([0-9a-f]{40}(-dirty)?)?$", "title": "数据版本（git 提交）；没有提交过的为空"},
            "rules_version": {"type": "integer", "title": "评定规则的版本"},
            "plan": {**TEXT, "title": "年度"},
            "data": data,
        },
        {"notice": {**TEXT, "title": "虚构的县写“虚构演示”"}},
    )


def index_schema() -> Json:
    """The answer that says what there is."""
    texts = {"type": "array", "items": TEXT}
    plain = dict.fromkeys(("plan", "county", "document_number", "document_title"), TEXT)
    plans = _fields({**plain, "tasks": {"type": "integer"}, "answers": texts, "datapackage": TEXT})
    log = {"type": "array", "items": _fields({"version": TEXT, "words": TEXT})}
    whole = {"current": TEXT, "plans": {"type": "array", "items": plans}, "openapi": TEXT, "schemas": texts, "changelog": log}
    return answer_schema({**_fields(whole), "title": "目录"})


def _answer(name: str, refs: str) -> Json:
    ref = {"$ref": refs + OBJECTS["tasks.full" if "/" in name else name]}
    return answer_schema(ref if "/" in name else {"type": "array", "items": ref})


def schemas(site: Path) -> dict[str, Json]:
    """Every JSON Schema, by the name of its file."""
    draft, refs = {"$schema": "https://json-schema.org/draft/2020-12/schema"}, "#/$defs/"
    found = {"index": draft | {"title": "目录"} | index_schema()}
    for name, words in WORDS.items():
        inside = components(site, refs, ("tasks.full" if "/" in name else name,))
        found[_schema_name(name)] = draft | {"title": words} | _answer(name, refs) | {"$defs": inside}
    return found


def openapi(site: Path) -> Json:
    """openapi.json."""
    refs, base = "#/components/schemas/", read(site, "manifest.json")["base_url"]
    whole = {f"{_response(name)}_answer": _answer(name, refs) for name in WORDS}
    title = read(site, f"{FOLDER}/datapackage.json")["title"]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{title}：数据接口",
            "version": CHANGELOG[0][0],
            "description": "\n\n".join((PROMISE, *RULES)),
            "license": {"name": LICENCE["title"], "url": LICENCE["path"]},
        },
        "servers": [{"url": f"{base}api/v1"}],
        "paths": {"/index.json": _path("index", "有什么", "index")} | _paths(),
        "components": {"schemas": components(site, refs) | {"index_answer": index_schema()} | whole},
    }


def _response(name: str) -> str:
    return "task" if "/" in name else name.replace(".", "_")


def _paths() -> Json:
    found: Json = {}
    for below, prefix, more in (("/{plan}", "plan", ""), ("", "newest", "（最新一年）")):
        for name, words in WORDS.items():
            path = f"{below}/{name}.json"
            found[path] = _path(f"{prefix}_{_response(name)}", words + more, _response(name), re.findall(r"{(\w+)}", path))
    return found


BLANKS = {
    "plan": {"description": "年度；有哪几年，见 index.json 的 plans", "schema": {**TEXT, "pattern": r"^\d{4}$"}, "example": "2023"},
    "task_id": {
        "description": "任务编号，T加两位序号；有哪几项，见 tasks.json",
        "schema": {**TEXT, "pattern": r"^T\d{2,4}$"},
        "example": "T01",
    },
}


def _path(operation: str, words: str, response: str, blanks: list[str] | None = None) -> Json:
    parameters = [{"name": name, "in": "path", "required": True, **BLANKS[name]} for name in blanks or ()]
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{response}_answer"}}}
    about: Json = {"operationId": operation, "summary": words, **({"parameters": parameters} if parameters else {})}
    return {"get": {**about, "responses": {"200": {"description": words, "content": content}}}}
