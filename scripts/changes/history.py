"""What changed in the data folder, when, by which commit: the log of git in words, for the page 更新记录.

One pass over the log.  Old and new values are shown for the promise and the settings alone: what was told in testimony is never shown
again once it was taken away, and a correction tells both values in its own record.  A commit's message is its author's and not shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from scripts.ledger.model.testimony import KINDS, report_id
from scripts.ledger.phrases.formats import month_words
from scripts.store import git
from scripts.store.git_log import Commit, Touched, cut_off, log
from scripts.store.git_objects import blobs
from scripts.store.yaml_reader import Unreadable, parse

from .value_changes import differences, told
from .versions import FileChange, History, Line, Version

NEWEST = 60
"""How many commits are told in words; the older ones are counted."""
OPENED = 400
"""How many files are opened at most to tell what changed in them."""
LISTED = 8
"""How many files of a kind a line names."""

NAMES = {
    "reports": "报告",
    "events": "事件",
    "revisions": "调整目标",
    "problems": "问题步骤",
    "meetings": "调度会",
    "reviews": "督查结果",
    "statements": "单位说明",
    "cases": "先进案例",
    "withdrawals": "撤下标记",
    "tasks": "承诺文件",
    "plan.yml": "计划文件",
    "places.yml": "地点名录",
    "source.txt": "文件原文",
    "site.yml": "站点设置",
    "units.yml": "单位名录",
    "rules.yml": "评定规则",
}
OTHERS = "字段说明"
"""What the rest of the folder is: the dictionary and the schemas."""
VERBS = {"A": "新增", "M": "改动", "D": "移走"}


def history(data: Path) -> History:
    """The log of a data folder in words; where git cannot tell, why."""
    try:
        commits, edge = log(data), cut_off(data)
        if not commits:
            return History(why="这个文件夹还没有提交过")
        known = [each for each in commits if each.id not in edge]
        contents = _contents(data, known[:NEWEST])
        return History(
            "",
            bool(edge),
            git.is_dirty(data),
            tuple(_version(each, contents) for each in known[:NEWEST]),
            len(known[NEWEST:]),
            _first(known),
        )
    except git.GitFailed as error:
        return History(why=str(error))


def day_of(commit: Commit) -> date:
    """The author's day, in China."""
    return (datetime.fromtimestamp(commit.authored, UTC) + timedelta(hours=8)).date()


def _first(commits: Iterable[Commit]) -> dict[str, Version]:
    """Each file → the oldest commit that added it."""
    return {each.path: Version(commit.id, day_of(commit), ()) for commit in commits for each in commit.touched if each.status == "A"}


def _contents(data: Path, commits: Iterable[Commit]) -> Mapping[str, bytes]:
    """What stood in the files that are told value by value, and in those that may be corrections."""
    asked = [name for commit in commits for each in commit.touched if _opened(each) for name in (each.before, each.after) if name]
    return blobs(data, asked[:OPENED]) if asked else {}


def _opened(touched: Touched) -> bool:
    kind, key = kind_of(touched.path)
    if kind == "reports":
        found = report_id(key)
        return touched.status == "A" and found is not None and found[2] > 1
    return touched.status == "M" and (kind in ("tasks", "source.txt") or kind.endswith(".yml"))


def kind_of(path: str) -> tuple[str, str]:
    """What a file of the data folder is, and its own name: ("reports", "2023-05/24"), ("site.yml", ""); ("", path) for the rest.

    >>> kind_of("plans/2023/reports/2023-05/24.yml")
    ('reports', '2023-05/24')
    """
    parts = path.split("/")
    if len(parts) == 1 and path in NAMES:
        return path, ""
    if len(parts) > 2 and parts[0] == "plans" and parts[2] in NAMES:
        return parts[2], "/".join(parts[3:]).removesuffix(".yml")
    return "", path


def _version(commit: Commit, contents: Mapping[str, bytes]) -> Version:
    """A commit in words: corrections first, then what is new, then what was changed or removed."""
    groups: dict[tuple[bool, str, str], list[Touched]] = {}
    for each in sorted(commit.touched, key=lambda touched: touched.path.removesuffix(".yml")):
        kind, _ = kind_of(each.path)
        groups.setdefault((_corrects(each, contents), each.status, kind), []).append(each)
    order = [*NAMES, ""]
    ordered = sorted(groups.items(), key=lambda item: (not item[0][0], "AMD".index(item[0][1]), order.index(item[0][2])))
    return Version(commit.id, day_of(commit), tuple(_line(key, found, contents) for key, found in ordered))


def _corrects(touched: Touched, contents: Mapping[str, bytes]) -> bool:
    kind, _ = kind_of(touched.path)
    return kind == "reports" and touched.after in contents and "corrects" in (_value(contents[touched.after]) or {})


def _line(key: tuple[bool, str, str], found: list[Touched], contents: Mapping[str, bytes]) -> Line:
    corrects, status, kind = key
    verb, name = ("更正", "报告") if corrects else (VERBS[status], NAMES.get(kind, OTHERS))
    names = [words for each in found if (words := _name(*kind_of(each.path)))]
    listed = "：" + "、".join(names[:LISTED]) + ("等" if len(names) > LISTED else "") if names else ""
    count = f"{len(found)}个文件" if len(found) > 1 else ""
    files = tuple(change for each in found if status == "M" and (change := _file(kind, each, contents)))
    return Line(f"{verb}{name}{count}{listed}", corrects, files, kind == "")


def _name(kind: str, key: str) -> str:
    """第24项2023年5月 of a report, 第24项 of a promise, its number for any other record; nothing for what there is one of."""
    if kind == "reports" and (found := report_id(key)):
        return f"第{found[1]}项{month_words(found[0])}" + (f"（第{found[2]}份）" if found[2] > 1 else "")
    if kind == "tasks" and key.isdigit():
        return f"第{int(key)}项"
    return key if kind in KINDS else ""


def _file(kind: str, touched: Touched, contents: Mapping[str, bytes]) -> FileChange | None:
    """The values that differ in a file of the promise or of the settings; None for any other."""
    words = _name(*kind_of(touched.path)) or NAMES.get(kind, OTHERS)
    if touched.before not in contents or touched.after not in contents:
        return None
    if kind == "source.txt":
        return FileChange(words, (), 0)
    before, after = _value(contents[touched.before]), _value(contents[touched.after])
    if before is None or after is None:
        return FileChange(f"{words}（有一版读不出来，只知道改过）", (), 0)
    listed, more = told(kind, differences(before, after))
    return FileChange(words, listed, more)


def _value(data: bytes) -> dict[str, object] | None:
    """What a file says; None where it cannot be read: old versions were not checked by the rules of today."""
    try:
        value = parse(data).value
    except Unreadable:
        return None
    return value if isinstance(value, dict) else None
