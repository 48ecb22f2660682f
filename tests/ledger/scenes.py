"""Builds a plan and its testimony from the short notation of the cases.

A case is a YAML file: `promise` says in Chinese what it shows; the other keys describe the plan
(`plan`: a name in plans.yml; `task`: changes to it), the testimony, the day; `rows` vary them and
say what to expect.  In a row, a value `absent` takes a key away.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from scripts.ledger.model.promise import Promise
from scripts.ledger.model.rules import Rules
from scripts.ledger.model.testimony import Records
from scripts.ledger.plan.schedule import ends
from scripts.store.default_rules import RULES
from scripts.store.yaml_reader import parse

HERE = Path(__file__).parent
SIX = ("2023-03", "2023-05", "2023-07", "2023-09", "2023-11", "2024-01")
FOLDERS = ("reports", "events", "revisions", "problems", "meetings", "reviews", "statements", "cases", "withdrawals")


@dataclass(frozen=True)
class Scene:
    """One row of a case: everything that `standing` takes, and what is expected."""

    name: str
    promise: Promise
    records: Records
    as_of: date
    known: date
    publisher: Any
    expect: dict[str, Any]
    boundary: tuple[str, ...]


def read(path: Path) -> Any:
    return parse(path.read_bytes()).value


@cache
def rules() -> Rules:
    return Rules.model_validate(read(RULES))


@cache
def case_files() -> tuple[Path, ...]:
    return tuple(sorted((HERE / "cases").glob("*.yml")))


def scenes(path: Path) -> list[Scene]:
    """The rows of a case file."""
    case = read(path)
    rows = case.pop("rows")
    return [scene(f"{path.stem}[{index}]", merged(case, row)) for index, row in enumerate(rows, start=1)]


def scene(name: str, case: dict[str, Any]) -> Scene:
    as_of = date.fromisoformat(case.get("as_of", "2023-08-11"))
    known = date.fromisoformat(case["known"]) if "known" in case else as_of
    boundary = case.get("boundary", ())
    return Scene(
        name,
        promise(case),
        records(case),
        as_of,
        known,
        case.get("publisher", "official"),
        case.get("expect", {}),
        (boundary,) if isinstance(boundary, str) else tuple(boundary),
    )


def merged(base: Any, change: Any) -> Any:
    """`base` with `change` laid over it, key by key."""
    if not (isinstance(base, dict) and isinstance(change, dict)):
        return change
    both = {**base, **{key: merged(base.get(key), value) for key, value in change.items()}}
    return {key: value for key, value in both.items() if value != "absent"}


# ---------------------------------------------------------------- the plan


@cache
def shared_plans() -> dict[str, Any]:
    return dict(read(HERE / "plans.yml"))


def promise(case: dict[str, Any]) -> Promise:
    """The plan of a case: `tasks` (number → short task), or one task from `plan` and `task`."""
    shared = shared_plans()
    whole = case.get("tasks") or {"1": {"plan": case["plan"], **case.get("task", {})}}
    tasks = {
        int(number): task(merged(shared[each["plan"]] if "plan" in each else {}, {k: v for k, v in each.items() if k != "plan"}))
        for number, each in whole.items()
    }
    return Promise.model_validate({"id": "2023", "plan": plan(case.get("checkpoints", SIX)), "tasks": tasks, "sites": {}})


def plan(checkpoints: Any) -> dict[str, Any]:
    frame = {"front": ["样例"], "columns": ["序号", "任务", "目标", "牵头", "配合"]}
    document = {"number": "样例", "issuer": "样例", "title": "样例", "plan": "样例", "dated": "2023-03-01"}
    points = [{"id": each, "printed": each} for each in checkpoints]
    return {
        "county": "样例县",
        "year": "2023",
        "document": document,
        "checkpoints": points,
        "chapters": [{"id": "work", "heading": "样例"}],
        "frame": frame,
    }


def task(short: dict[str, Any]) -> dict[str, Any]:
    cells = [_cell(cell) for cell in short["cells"]]
    full = {"title": "样例", "chapter": "work", "pledge": "样例", "lead": short.get("lead", ["甲局"]), "milestones": cells}
    full["cooperating"] = {"printed": "——", "units": short.get("cooperating", [])}
    full["indicators"] = [_number(each) for each in short.get("numbers", ())]
    return full | ({"span": short["span"]} if "span" in short else {})


def _cell(short: dict[str, Any]) -> dict[str, Any]:
    pieces = [each if isinstance(each, dict) else {"text": each} for each in short.get("pieces", ())]
    kind = short.get("kind", "target")
    text = "——" if kind == "none" else short.get("head", "") + "；".join(each["text"] for each in pieces) + "。"
    return {"text": text, "kind": kind, "deliverables": pieces} | {key: short[key] for key in ("covers", "due") if key in short}


def _number(short: dict[str, Any]) -> dict[str, Any]:
    schedule = [{"cell": cell, "value": value, "quote": "样例"} for cell, value in short.get("at", {}).items()]
    return {"role": "target", "quote": "样例", **{key: value for key, value in short.items() if key != "at"}, "schedule": schedule}


# ---------------------------------------------------------------- the testimony


def records(case: dict[str, Any]) -> Records:
    """The testimony of a case; what a case leaves out is filled in with the ordinary."""
    raw: dict[str, dict[str, Any]] = {folder: dict(case.get(folder, {})) for folder in FOLDERS}
    if (opened := case.get("opened", "2023-03-01")) != "never":
        raw["events"]["opened"] = {"type": "opened", "published": opened, "opened_on": opened}
    raw["reports"] = {key: _report(key, report) for key, report in raw["reports"].items()}
    raw["revisions"] = {
        key: _approved({"task": "1", "approver": "县政府常务会议", "reason": "上级调整", **each}) for key, each in raw["revisions"].items()
    }
    raw["events"] = {key: _event(each) for key, each in raw["events"].items()}
    raw["problems"] = {key: _problem(each) for key, each in raw["problems"].items()}
    return Records.model_validate(raw)


def _report(key: str, short: dict[str, Any]) -> dict[str, Any]:
    published = ends(key[:7]) + timedelta(5)
    evidence = [{"title": "公告", "kind": "公告", **each} for each in short.get("evidence", ())]
    return {"published": str(published), "by": "甲局", **short, "evidence": evidence}


def _approved(short: dict[str, Any]) -> dict[str, Any]:
    return {"approved_on": short["published"], "document": "样例府办〔2023〕9号", **short}


def _event(short: dict[str, Any]) -> dict[str, Any]:
    defaults = {
        "suspension": {"task": "1", "approver": "县政府常务会议", "document": "样例府办〔2023〕8号", "approved_on": short.get("published")},
        "acceptance": {"task": "1", "by": "县政府督查办", "document": "样例府督〔2024〕2号", "accepted_on": short.get("published")},
        "closed": {"closed_on": short.get("published")},
    }
    return defaults.get(short["type"], {}) | short


def _problem(short: dict[str, Any]) -> dict[str, Any]:
    day = short.get("published")
    defaults = {
        "found": {"task": "1", "description": "教师不足", "owner": "甲局", "found_on": day},
        "extended": {"extended_on": day, "reason": "设备未到"},
        "closed": {"closed_on": day, "result": "已开课"},
        "reopened": {"reopened_on": day, "reason": "又停课"},
    }
    return defaults[short["type"]] | short
