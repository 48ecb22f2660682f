"""Templates of the other records: problems and their steps, changed targets, meetings, events, statements, reviews, cases, tombstones.

Each function gives the record's id, the next free one, and its `Blank`.  An id that a tombstone names is never given again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from scripts.ledger.model.proceedings import Case, Meeting, Review, Statement, Withdrawal
from scripts.ledger.model.promise import Task
from scripts.ledger.model.records import Acceptance, Closed, Extended, Found, Opened, Rectified, Reopened, Revision, Suspension
from scripts.ledger.model.testimony import KINDS, step_id
from scripts.ledger.phrases.formats import day_words, month_words, number_words
from scripts.ledger.phrases.problems import nearest_of
from scripts.ledger.series.day import Day
from scripts.ledger.series.first_results import first_results, task_of_record
from scripts.ledger.series.report_questions import cells_at, position_named

from .blank import Blank

STEPS: dict[str, type[Extended | Rectified | Reopened]] = {"extended": Extended, "closed": Rectified, "reopened": Reopened}
EVENTS: dict[str, tuple[type[Opened | Closed | Suspension | Acceptance], str]] = {
    "opened": (Opened, "opened"),
    "closed": (Closed, "closed"),
    "suspension": (Suspension, "suspended"),
    "acceptance": (Acceptance, "accepted"),
}
"""The events, and the word that stands in their files' names."""


class Refused(Exception):
    """What was asked for cannot be written; the message says why, in Chinese."""


def used(day: Day, kind: str) -> set[str]:
    """The ids of a kind that are taken, by records or by tombstones."""
    gone = (each.record.partition("/") for each in day.records.withdrawals.values())
    return {*getattr(day.records, kind), *(key for of, _, key in gone if of == kind)}


def next_id(day: Day, kind: str, letter: str) -> str:
    """The next free number of a kind: R-10."""
    found = (re.match(rf"{letter}-(\d+)", key) for key in used(day, kind))
    return f"{letter}-{max((int(each[1]) for each in found if each), default=0) + 1:02}"


def task_of(day: Day, number: str) -> tuple[int, Task]:
    """A task by the number that somebody typed."""
    tasks = day.promise.tasks
    if not number.isascii() or not number.isdigit() or int(number) not in tasks:
        near = nearest_of(number, map(str, tasks))
        raise Refused(f"没有第“{number}”项任务；这份计划有{min(tasks)}到{max(tasks)}。" + (f"是不是想写“{near}”？" if near else ""))
    return int(number), tasks[int(number)]


def checkpoint_of(day: Day, name: str) -> int:
    """The position of a checkpoint that somebody typed."""
    position = position_named(day.promise, name)
    if position is None:
        points = [point.id for point in day.promise.plan.checkpoints]
        near = nearest_of(name, points)
        raise Refused(f"没有“{name}”这个节点；只能是 {'、'.join(points)}。" + (f"是不是想写“{near}”？" if near else ""))
    return position


def about(number: int, task: Task) -> list[str]:
    """The opening lines of a template that speaks of a task."""
    return [f"第{number}项 {task.title}（牵头：{'、'.join(task.lead)}）", "文件原文：", f"  {task.pledge}"]


def problem(day: Day, about_what: str, step: str | None) -> tuple[str, Blank]:
    """A new problem of a task (`24`), or the next step of one (`P-07`)."""
    if re.match(r"[Pp]-", about_what):
        return _step(day, about_what.upper(), step)
    number, task = task_of(day, about_what)
    name = next_id(day, "problems", "P")
    head = [f"问题台账 {name}：发现", *about(number, task)]
    return f"{name}.1", Blank(Found, head, {"type": "found", "task": str(number)}, notes={"owner": f"通常是 {'、'.join(task.lead)}"})


def _step(day: Day, name: str, step: str | None) -> tuple[str, Blank]:
    steps = sorted((named[1], key) for key in used(day, "problems") if (named := step_id(key)) and named[0] == name)
    told = [day.records.problems[key] for _, key in steps if key in day.records.problems]
    if not told or not isinstance(told[0], Found):
        names = sorted({named[0] for key in day.records.problems if (named := step_id(key))})
        raise Refused(f"台账里没有 {name}；现有 {'、'.join(names) or '零个问题'}。")
    allowed = ("reopened",) if isinstance(told[-1], Rectified) else ("closed", "extended")
    chosen = step or allowed[0]
    if chosen not in allowed:
        raise Refused(f"{name} 现在是“{told[-1].type}”，下一步只能是 {'、'.join(allowed)}。")
    first = told[0]
    head = [f"问题 {name}，第{steps[-1][0] + 1}步：{chosen}", f"问题：{first.description}", f"整改单位：{first.owner}"]
    head += [f"整改期限：{day_words(first.rectify_by)}；上一步是 {told[-1].type}，{day_words(told[-1].day)}"]
    return f"{name}.{steps[-1][0] + 1}", Blank(STEPS[chosen], head, {"type": chosen})


def revision(day: Day, number: str) -> tuple[str, Blank]:
    """A changed target of a task."""
    found, task = task_of(day, number)
    head = [*about(found, task), "各格原文（cell）："]
    head += [f"  {cell}：{milestone.text}" for cell, milestone in enumerate(task.milestones, start=1)]
    for each in task.indicators:
        if each.role == "target":
            steps = "、".join(f"第{entry.cell}格{number_words(entry.value)}" for entry in each.schedule)
            head += [f"  指标 {each.id}：{each.name}，{each.printed or '全年没有印数'}" + (f"；{steps}" if steps else "")]
    head += ["cell、indicator、deliverable 至少写一样；change: value 或 due 时要写 from 和 to。"]
    name = next_id(day, "revisions", "R")
    return name, Blank(Revision, [f"调整目标 {name}：原目标永远看得见", *head], {"task": str(found)})


def meeting(day: Day, kind: str, held_on: date) -> tuple[str, Blank]:
    """A meeting, or what became of it since (`.2`)."""
    name = f"{held_on}-{kind}"
    files = sorted(named[1] for key in used(day, "meetings") if (named := step_id(key)) and named[0] == name)
    first = day.records.meetings.get(f"{name}.1")
    known = {"kind": kind, "held_on": str(held_on)} | ({"chair": first.chair} if first else {})
    more = f"第{files[-1] + 1}份，写后来的进展：把议定的事和现状再写一遍，tasks、decisions 至少写一样" if files else "第一份"
    head = [f"调度会 {name}（{more}）"]
    head += [f"  议定：{each.text}（{each.owner}，{each.due or '没有期限'}）" for each in (first.decisions if first else ())]
    return f"{name}.{files[-1] + 1 if files else 1}", Blank(Meeting, head, known)


def event(day: Day, kind: str, number: str | None) -> tuple[str, Blank]:
    """What changes the course of the plan, or of a task."""
    model, word = EVENTS[kind]
    with_task = "task" in model.model_fields
    if with_task != (number is not None):
        raise Refused(f"{kind} 要写任务的序号，例：event {kind} 24" if with_task else f"{kind} 是全计划的事，不写序号。")
    found, task = task_of(day, number) if number is not None else (None, None)
    head = [f"事件：{(model.__doc__ or '').strip()}", *(about(found, task) if found is not None and task else [])]
    known = {"type": kind} | ({"task": str(found)} if found is not None else {})
    return f"{day.known}-{word}" + (f"-{found:02}" if found is not None else ""), Blank(model, head, known)


def statement(day: Day, number: str) -> tuple[str, Blank]:
    """A unit's own words on a task."""
    found, task = task_of(day, number)
    name = next_id(day, "statements", "S")
    units = "、".join((*task.lead, *task.cooperating.units))
    return name, Blank(
        Statement, [f"单位说明 {name}：单位自己的话", *about(found, task)], {"task": str(found)}, notes={"unit": f"可写 {units}"}
    )


def review(day: Day, checkpoint: str) -> tuple[str, Blank]:
    """The inspection's own findings at a checkpoint."""
    position = checkpoint_of(day, checkpoint)
    cells = [(n, text) for n in sorted(day.promise.tasks) for _, text in cells_at(day.promise, n, position)]
    head = [
        f"督查结果：{month_words(checkpoint)}节点（tasks、units 至少写一样）",
        "文件这个节点写的：",
        *(f"  第{n}项：{text}" for n, text in cells),
    ]
    return checkpoint, Blank(Review, head)


def case(day: Day, number: str) -> tuple[str, Blank]:
    """A model case of a task."""
    found, task = task_of(day, number)
    name = next_id(day, "cases", "C")
    lines = {"tasks": [f"tasks: [{found}]  # 任务"], "units": [f"units: [{', '.join(task.lead)}]  # 单位"]}
    return name, Blank(Case, [f"先进案例 {name}", *about(found, task)], lines=lines)


def withdrawal(day: Day, record: str) -> tuple[str, Blank]:
    """The tombstone of a record that had to go: `reports/2023-05/24`."""
    kind, _, key = record.removesuffix(".yml").partition("/")
    known: Mapping[str, object] = getattr(day.records, kind) if kind in KINDS else {}
    if key not in known:
        raise Refused(f"没有“{record}”这份记录；写它的位置，例：withdrawal reports/2023-05/24（先写标记，再删那份文件）")
    filed = getattr(known[key], "published")  # noqa: B009  every record has one
    name = next_id(day, "withdrawals", "W")
    head = [f"撤下 {record}：写好这份标记，再删掉那份文件，两样一起提交；git 里的旧版本要另外清除"]
    written = {"record": f"{kind}/{key}", "filed": str(filed)}
    kept = kept_by_tombstone(day, kind, key, day.known)
    return name, Blank(Withdrawal, head, written | kept.task, lines={"results": list(_result_lines(kept.results))})


@dataclass(frozen=True)
class Kept:
    """What the tombstone of a record keeps of it, as a file holds it: its task where its id does not say it, and the first results."""

    task: dict[str, str]
    results: dict[str, dict[str, str]]


def kept_by_tombstone(day: Day, kind: str, key: str, removed_on: date) -> Kept:
    """What the tombstone of a record that is still filed keeps, published on `removed_on`."""
    task = task_of_record(day.records, kind, key)
    named = {"task": str(task)} if task is not None and kind != "reports" else {}
    return Kept(named, first_results(day.promise, day.records, day.rules, kind, key, removed_on))


def _result_lines(results: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """The first results that the record bore on, filled in: the briefs keep them when it is gone."""
    if not results:
        yield "# results: 这份记录没有影响过已公布的首次结果，不写"
        return
    yield "results:  # 撤下前已经公布的各节点首次结果，已经填好，不要改：简报靠它保留原来的结果"
    for checkpoint, found in results.items():
        yield f"  {checkpoint}: {{{', '.join(f'{field}: {value}' for field, value in found.items())}}}"


def next_report(day: Day, number: int, checkpoint: str) -> str:
    """The id of the next report of a task at a checkpoint: `2023-05/24`, then `.2`; what a tombstone names is not used again."""
    named = [f"{checkpoint}/{number:02}", *(f"{checkpoint}/{number:02}.{n}" for n in range(2, 100))]
    taken = used(day, "reports")
    return next(each for each in named if each not in taken)
