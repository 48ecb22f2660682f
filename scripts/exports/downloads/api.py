"""The API: files of JSON under /api/v1/, one definition of what is answered (`ENDPOINTS`), from which OpenAPI and JSON Schemas follow.

A plan's answers stand under its year and never move; the same answers without a year are those of the newest plan.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .edition import Edition
from .package import licence
from .shapes import CHANGE, CHECKPOINT, PLACE, TASK, TASK_SUMMARY, UNIT, Shape, components, objects

ROOT = "api/v1/"
VERSION = "1.1.1"
CHANGELOG = (
    ("1.1.1", "改正：changes 的 path 原来少了 # 前面的斜杠，现在和别处的 path 一样。"),
    ("1.1.0", "任务里加 events、statements、review_findings，单位里加 statements、review_findings。"),
    ("1.0.0", "第一版。"),
)
"""What changed in the API, newest first: (version, words)."""
PROMISE = (
    "v1 只增不减：以后只添地址、添字段，不删、不改名、不改意思、不换类型；读的一方遇到不认得的字段请略过。要改别的，另起 v2，v1 照旧。"
)
RULES = (
    "没有值的字段不写（不用 null）；列表没有内容写成空列表。每个字段只有一种类型。",
    "日期写 2023-05-31；节点写 2023-05；数不带单位、≥ 和 %。",
    "答案的外层都一样：schema_version、generated_at（数据版本的时间，UTC）、as_of（整理截至）、commit（数据版本）、rules_version（评定规则版本）、plan（年度）、notice（虚构的县写“虚构演示”）、data。",
)
"""What holds for every answer, for the page and for OpenAPI."""


@dataclass(frozen=True)
class Endpoint:
    """One address: its name below the plan's folder, the objects that it answers with; `each`: one object per file, named by `key`."""

    name: str
    words: str
    shape: Shape
    each: bool = False
    key: str = "task_id"

    @property
    def path(self) -> str:
        """tasks.json, tasks/{task_id}.json."""
        return f"{self.name}/{{{self.key}}}.json" if self.each else f"{self.name}.json"

    @property
    def response(self) -> str:
        """The name of the schema of the whole answer."""
        return f"{self.shape.name}_answer" if self.each else f"{self.name.replace('.', '_')}_answer"


ENDPOINTS = (
    Endpoint("tasks", "全部任务：摘要和今天的评定", TASK_SUMMARY),
    Endpoint("tasks.full", "全部任务：每一项的全部数据", TASK),
    Endpoint("tasks", "一项任务的全部数据", TASK, each=True),
    Endpoint("units", "全部单位", UNIT),
    Endpoint("places", "全部地点和项目", PLACE),
    Endpoint("checkpoints", "全部节点", CHECKPOINT),
    Endpoint("changes", "公开发生的事，新的在前", CHANGE),
)


def envelope(edition: Edition, data: object) -> dict[str, Any]:
    """An answer with its stamp around it."""
    stamp = edition.stamp
    return {
        "schema_version": VERSION,
        "generated_at": stamp.generated_at,
        "as_of": stamp.as_of.isoformat(),
        "commit": stamp.commit,
        "rules_version": stamp.rules_version,
        "plan": edition.plan,
        **({"notice": "虚构演示"} if edition.fictional else {}),
        "data": data,
    }


def written(value: object) -> bytes:
    """JSON as it is published: UTF-8, one space of indent, so that a person can read it and two versions can be compared."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def plan_answers(edition: Edition) -> Iterator[tuple[str, bytes]]:
    """The answers about one plan: (path below the plan's folder, bytes)."""
    for endpoint in ENDPOINTS:
        found = objects(edition, endpoint.shape)
        if endpoint.each:
            for each in found:
                yield f"{endpoint.name}/{each[endpoint.key]}.json", written(envelope(edition, each))
        else:
            yield endpoint.path, written(envelope(edition, found))


def index(editions: list[Edition], current: Edition) -> dict[str, Any]:
    """What there is."""
    return {
        "current": current.plan,
        "plans": [_plan(each) for each in editions],
        "openapi": "openapi.json",
        "schemas": [f"schema/{name}.schema.json" for name in schemas(current)],
        "changelog": [{"version": version, "words": words} for version, words in CHANGELOG],
    }


def _plan(edition: Edition) -> dict[str, Any]:
    plan = edition.day.promise.plan
    return {
        "plan": edition.plan,
        "county": plan.county,
        "document_number": plan.document.number,
        "document_title": plan.document.plan,
        "tasks": len(edition.day.promise.tasks),
        "answers": [f"{edition.plan}/{endpoint.path}" for endpoint in ENDPOINTS],
        "datapackage": f"../../{edition.folder}datapackage.json",
    }


# ---------------------------------------------------------------- what the answers look like

TEXT = {"type": "string"}
TEXTS = {"type": "array", "items": TEXT}


def _object(required: dict[str, Any], optional: dict[str, Any] | None = None, title: str = "") -> dict[str, Any]:
    return {
        "type": "object",
        **({"title": title} if title else {}),
        "required": list(required),
        "properties": required | (optional or {}),
    }


INDEX = _object(
    {
        "current": TEXT,
        "plans": {
            "type": "array",
            "items": _object(
                {
                    "plan": TEXT,
                    "county": TEXT,
                    "document_number": TEXT,
                    "document_title": TEXT,
                    "tasks": {"type": "integer"},
                    "answers": TEXTS,
                    "datapackage": TEXT,
                }
            ),
        },
        "openapi": TEXT,
        "schemas": TEXTS,
        "changelog": {"type": "array", "items": _object({"version": TEXT, "words": TEXT})},
    },
    title="目录",
)


def answer_schema(data: dict[str, Any]) -> dict[str, Any]:
    """The schema of a whole answer with `data` in it."""
    return _object(
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


def _answer(endpoint: Endpoint, refs: str) -> dict[str, Any]:
    ref = {"$ref": refs + endpoint.shape.name}
    return answer_schema(ref if endpoint.each else {"type": "array", "items": ref})


def schemas(edition: Edition) -> dict[str, dict[str, Any]]:
    """A JSON Schema for every kind of answer, by name, each whole in itself."""
    draft, refs = {"$schema": "https://json-schema.org/draft/2020-12/schema"}, "#/$defs/"
    found = {"index": draft | {"title": "目录"} | answer_schema(INDEX)}
    for endpoint in ENDPOINTS:
        name = endpoint.shape.name if endpoint.each else endpoint.name
        answer = draft | {"title": endpoint.words} | _answer(endpoint, refs)
        found[name] = answer | {"$defs": components(edition, refs, (endpoint.shape,))}
    return found


def openapi(edition: Edition) -> dict[str, Any]:
    """The whole API as OpenAPI 3.1."""
    refs, settings = "#/components/schemas/", edition.ledger.settings
    base = settings.base_url
    answers = {endpoint.response: _answer(endpoint, refs) for endpoint in ENDPOINTS}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{edition.title}：数据接口",
            "version": VERSION,
            "description": "\n\n".join((PROMISE, *RULES)),
            "license": {key: value for key, value in (("name", settings.licence), ("url", licence(settings.licence).get("path"))) if value},
        },
        "servers": [{"url": f"{base.rstrip('/')}/{ROOT.rstrip('/')}" if base else "."}],
        "paths": {"/index.json": _path("index", "有什么", "index_answer")} | _paths(),
        "components": {"schemas": components(edition, refs) | {"index_answer": answer_schema(INDEX)} | answers},
    }


def _paths() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for below, prefix, words in (("/{plan}", "plan", ""), ("", "newest", "（最新一年）")):
        for endpoint in ENDPOINTS:
            names = (["plan"] if below else []) + ([endpoint.key] if endpoint.each else [])
            operation = f"{prefix}_{endpoint.response.removesuffix('_answer')}"
            found[f"{below}/{endpoint.path}"] = _path(operation, endpoint.words + words, endpoint.response, names)
    return found


PARAMETERS = {
    "plan": ("年度；有哪几年，见 index.json 的 plans", r"^\d{4}$", "2023"),
    "task_id": ("任务编号，T加两位序号；有哪几项，见 tasks.json", r"^T\d{2,4}$", "T01"),
}
"""What stands in the braces of an address: what it means and where to find which there are, its form, an example."""


def _parameter(name: str) -> dict[str, Any]:
    words, pattern, example = PARAMETERS[name]
    return {"name": name, "in": "path", "required": True, "description": words, "schema": {**TEXT, "pattern": pattern}, "example": example}


def _path(operation: str, words: str, response: str, names: list[str] | None = None) -> dict[str, Any]:
    parameters = [_parameter(name) for name in names or ()]
    answer = {"description": words, "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{response}"}}}}
    return {
        "get": {
            "operationId": operation,
            "summary": words,
            **({"parameters": parameters} if parameters else {}),
            "responses": {"200": answer},
        }
    }


def api_files(editions: list[Edition], current: Edition) -> Iterator[tuple[str, bytes]]:
    """Every file of the API: (path below the site's root, bytes)."""
    yield f"{ROOT}index.json", written(envelope(current, index(editions, current)))
    yield f"{ROOT}openapi.json", written(openapi(current))
    for name, schema in schemas(current).items():
        yield f"{ROOT}schema/{name}.schema.json", written(schema)
    for edition in editions:
        for path, content in plan_answers(edition):
            yield f"{ROOT}{edition.plan}/{path}", content
            if edition is current:
                yield ROOT + path, content
