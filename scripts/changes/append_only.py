"""Nothing published is edited, deleted or renamed: what stood in the data at a base, against what stands there now.

Testimony may only be added to; the one removal is by a tombstone (withdrawals/).  A promise is locked, but for what is ours in it
(`EDITORS_OWN`): short titles, notes, names of numbers.  Files are compared by what they say, so comments, line breaks and the order
of keys are free; the official text is compared byte for byte.

Source: data.md, "Testimony" and "Promise".
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from scripts.ledger.model.problems import Place, Problem, type_key
from scripts.ledger.model.testimony import RecordFile, record_of
from scripts.ledger.phrases.problems import shown

PLAN = re.compile(r"plans/(?P<plan>[^/]+)/plan\.yml")
PROMISE = re.compile(r"plans/[^/]+/(plan\.yml|tasks/[^/]+\.yml|source\.txt)")
EDITORS_OWN: dict[str, tuple[tuple[str, ...], ...]] = {
    "tasks": (("title",), ("notes",), ("indicators", "*", "name"), ("milestones", "*", "deliverables", "*", "site")),
    "plan": (
        ("draft",),
        ("notes",),
        ("document", "url"),
        ("document", "validity"),
        ("mechanisms", "*", "title"),
        ("mechanisms", "*", "duties", "*", "name"),
        ("mechanisms", "*", "duties", "*", "fulfilled"),
    ),
}
"""What is not the document's word and judges nothing, by kind of file: it may be corrected.  (`draft` has a rule of its own.)"""
UNREADABLE = object()
"""In place of the value of a file that cannot be read now; the check says why."""


def append_only(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Problem]:
    """Every breach.  Both map files below the data folder to the value that they hold; a file that could not be read at the base was
    never published and is absent from `before`."""
    for file, old in sorted(before.items()):
        record = record_of(file)
        if record and file in after:
            yield from _edited(record, old, after)
        elif record:
            yield from _removed(record, old, before, after)
        elif PROMISE.fullmatch(file):
            yield from _promise(file, old, after)
    yield from _never_public(before, after)


# ---------------------------------------------------------------- testimony


def _edited(record: RecordFile, old: Any, after: Mapping[str, Any]) -> Iterator[Problem]:
    path = parting(old, _but_for_a_place(old, after[record.file]))
    if path is not None:
        was = _at(old, path)
        restore = f"请改回“{shown(was)}”" if isinstance(was, str) else "请恢复原样"
        yield Problem(
            Place(record.file, path), f"已公布的记录不改。{restore}；{correction(record, after)}", _found(after[record.file], path)
        )


def _but_for_a_place(old: Any, new: Any) -> Any:
    """What a record says now without a `public_at` that it did not have: where it was public may be added, alone."""
    added = isinstance(old, dict) and isinstance(new, dict) and "public_at" not in old
    return {key: value for key, value in new.items() if key != "public_at"} if added else new


def correction(record: RecordFile, files: Mapping[str, Any]) -> str:
    """How to say a published record's matter anew, with the name of the next free file."""
    match record.kind:
        case "reports":
            first = record.key.rpartition("/")[2]
            return f"要更正就另写 {_next(record, files)}，写上 corrects: {first} 和 reason（原因），只写要改的项"
        case "problems":
            return f"以后的情况另写一步 {_next(record, files)}"
        case "meetings":
            return f"后续进展另写 {_next(record, files)}"
        case "revisions":
            return "又有调整就另写一份 revisions/R-….yml"
        case "events" | "statements" | "cases":
            return f"要补充就在 {record.kind}/ 里另写一份"
        case "withdrawals":
            return "撤下标记不改、不删"
        case _:
            return f"录入有误就删去它，另写 withdrawals/W-….yml（record: {record.name}）"


def _next(record: RecordFile, files: Mapping[str, Any]) -> str:
    """The next free name in a sequence: reports/2023-05/24.2.yml after 24.yml."""
    folder, _, name = record.key.rpartition("/")
    stem = re.sub(r"\.\d+$", "", name)
    start = "/".join(part for part in (f"plans/{record.plan}", record.kind, folder, stem) if part)
    numbers = [
        int(n) for file in files if (n := file.removeprefix(f"{start}.").removesuffix(".yml")).isdecimal() and file.startswith(f"{start}.")
    ]
    return f"{'/'.join(part for part in (record.kind, folder) if part)}/{stem}.{max([1, *numbers]) + 1}.yml"


def _removed(record: RecordFile, old: Any, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Problem]:
    tomb = next((file for file, value in after.items() if _buries(file, value, record)), None)
    if tomb and record.kind != "withdrawals":
        yield from _tombstone(tomb, after[tomb], old)
        yield from _closing_again(record, old, tomb, after)
        return
    name = next((file for file in after if file not in before and record_of(file) and after[file] == old), None)
    if name:
        yield Problem(Place(name), f"已公布的记录不能改名（文件名就是编号）；请改回 {record.file}", name, line=1)
    elif record.kind == "withdrawals":
        yield Problem(Place(record.file), "撤下标记不能删；请恢复它", line=1)
    else:
        must = f"已公布的记录不能删；请恢复它。{correction(record, after)}。含个人信息等不得不撤的，另写一份 withdrawals/W-….yml"
        example = f"record: {record.name}\nfiled: {_at(old, ('published',)) or '2023-06-05'}\nground: 含个人信息"
        yield Problem(Place(record.file), must, example=example, line=1)


def _buries(file: str, value: Any, record: RecordFile) -> bool:
    tomb = record_of(file)
    return bool(
        tomb and (tomb.plan, tomb.kind) == (record.plan, "withdrawals") and isinstance(value, dict) and value.get("record") == record.name
    )


def _tombstone(tomb: str, value: dict[str, Any], old: Any) -> Iterator[Problem]:
    """撤下标记的 filed 是撤下的记录原来的公布日。"""
    filed = _at(old, ("published",))
    if isinstance(filed, str) and value.get("filed") != filed:
        yield Problem(Place(tomb, ("filed",)), f"必须是撤下的记录原来的公布日 {filed}", str(value.get("filed")), example=f"filed: {filed}")


def _never_public(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Problem]:
    """撤下标记只能写给公布过的记录：没有公布过的，直接删去就是。

    Else a tombstone would turn “至今没有报告” into “有报告因故撤下”.  A plan that is new here with all that it holds is left alone."""
    known = {file.split("/")[1] for file in before}
    for file, value in sorted(after.items()):
        tomb = record_of(file)
        name = value.get("record") if tomb and tomb.kind == "withdrawals" and isinstance(value, dict) else None
        if not tomb or not isinstance(name, str) or file in before or tomb.plan not in known or name.startswith("withdrawals/"):
            continue
        if f"plans/{tomb.plan}/{name}.yml" not in before:
            must = "撤下标记只写给公布过的记录，这份没有公布过；编号写错了的，请改回公布过的那份，否则请删去这个标记"
            yield Problem(Place(file, ("record",)), must, name)


def _closing_again(record: RecordFile, old: Any, tomb: str, after: Mapping[str, Any]) -> Iterator[Problem]:
    """开始报送的事件撤下以后，要有另一份，日期不晚于它：开始了的不能当作没有开始，简报和颜色的网址都给出过。"""
    if record.kind != "events" or _at(old, ("type",)) != "opened":
        return
    events = [value for file, value in after.items() if (one := record_of(file)) and (one.plan, one.kind) == (record.plan, "events")]
    opened = [each for each in events if _at(each, ("type",)) == "opened"]
    was = [str(_at(old, (name,))) for name in ("published", "opened_on")]
    if not any(str(_at(each, ("published",))) <= was[0] and str(_at(each, ("opened_on",))) <= was[1] for each in opened):
        must = "撤下的是开始报送的事件，要另有一份代替它，published 和 opened_on 照旧，public_at 写当时公布在哪里：python -m scripts event opened"
        yield Problem(Place(tomb, ("record",)), must, record.name)


# ---------------------------------------------------------------- promises


LOCKED = "承诺一经公布不改"
REVISE = "县里调整了目标的，另写 revisions/R-….yml，原目标留着"


def _promise(file: str, old: Any, after: Mapping[str, Any]) -> Iterator[Problem]:
    if file not in after:
        yield Problem(Place(file), f"{LOCKED}、不删、不改名；请恢复这个文件", line=1)
    elif isinstance(old, bytes):
        if old != after[file]:
            must = f"官方原文一个字节也不改；请恢复原样。{REVISE}"
            yield Problem(Place(file), must, line=_first_line(old, after[file]))
    else:
        own = EDITORS_OWN["plan" if PurePosixPath(file).name == "plan.yml" else "tasks"]
        path = parting(_without(old, own), _without(after[file], own))
        if path is not None:
            was = _at(old, path)
            restore = f"请改回“{shown(was)}”" if isinstance(was, str) else "请恢复原样"
            yield Problem(Place(file, path), f"{LOCKED}。{restore}；{REVISE}", _found(after[file], path))


def returned_to_draft(before: Mapping[str, Any], after: Mapping[str, Any], drafts: Collection[str]) -> Iterator[Problem]:
    """已公布的计划不能退回草稿。 `before` holds no draft; `drafts`: the plans that are drafts now."""
    for file in sorted(before):
        found = PLAN.fullmatch(file)
        value = after.get(file)
        says_so = isinstance(value, dict) and "draft" in value
        if found and file in after and (says_so or found["plan"] in drafts):
            must = "已公布的计划不能退回草稿；请删去 draft 这一行和新写的“待核”"
            yield Problem(Place(file, ("draft",) if says_so else ()), must, line=None if says_so else 1)


def _first_line(old: bytes, new: Any) -> int:
    """The first line, from 1, at which two texts part."""
    lines = new.split(b"\n") if isinstance(new, bytes) else []
    return next((n for n, (a, b) in enumerate(zip(old.split(b"\n"), lines, strict=False), start=1) if a != b), max(1, len(lines)))


def _without(value: Any, own: tuple[tuple[str, ...], ...]) -> Any:
    """A value without what is the editor's own; positions in lists stay."""
    heads = {path[0] for path in own if len(path) == 1}
    if isinstance(value, list):
        return [_without(each, tuple(path[1:] for path in own if path[0] == "*" and len(path) > 1)) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _without(each, tuple(path[1:] for path in own if path[0] == key and len(path) > 1))
        for key, each in value.items()
        if key not in heads
    }


# ---------------------------------------------------------------- trees


def parting(old: Any, new: Any, path: tuple[type_key, ...] = ()) -> tuple[type_key, ...] | None:
    """The path of the first difference between two values, in the order in which the new one is written; None where they say the same.

    >>> parting({"a": "1", "b": ["x"]}, {"b": ["y"], "a": "1"})
    ('b', 0)
    """
    if isinstance(old, dict) and isinstance(new, dict):
        steps = [(key, old.get(key), new.get(key)) for key in (*new, *(key for key in old if key not in new))]
        return next((found for key, a, b in steps if (found := parting(a, b, (*path, key))) is not None), None)
    if isinstance(old, list) and isinstance(new, list):
        both = range(max(len(old), len(new)))
        pairs = ((i, old[i] if i < len(old) else None, new[i] if i < len(new) else None) for i in both)
        return next((found for i, a, b in pairs if (found := parting(a, b, (*path, i))) is not None), None)
    return None if old == new else path


def _at(value: Any, path: tuple[type_key, ...]) -> Any:
    """What stands at a path; None where there is nothing."""
    for key in path:
        try:
            value = value[key]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _found(value: Any, path: tuple[type_key, ...]) -> str | None:
    found = _at(value, path)
    return found if isinstance(found, str) else None
