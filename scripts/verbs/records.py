"""`report`, `correction`, `problem`, `revision`, `meeting`, `event`, `statement`, `review`, `case`, `withdrawal`: a template of a record.

Each writes one new commented file where it belongs and says where; none ever overwrites.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from functools import partial

from rich.markup import escape

from ..forms import kinds
from ..forms.blank import Blank
from ..forms.filing import create
from ..forms.report import report_blank
from ..ledger.asked import asked
from ..ledger.day import Day, day_of
from ..ledger.testimony.folders import record_file
from ..load import load
from . import Options, Verbs, print_problems, say

type_made = tuple[str, Blank]


def add(verbs: Verbs, options: Options) -> None:
    """Register the verbs."""
    for name, words in (("report", "a template of a task's report"), ("correction", "a template of a corrected report")):
        report = _verb(verbs, options, name, words, partial(_report, correction=name == "correction"), "reports")
        report.add_argument("task", help="number of the task: 24")
        report.add_argument("checkpoint", help="2023-05")
    problem = _verb(
        verbs, options, "problem", "a new problem, or its next step", lambda d, o: kinds.problem(d, o.about, o.step), "problems"
    )
    problem.add_argument("about", help="number of the task (24), or a problem of the ledger (P-07)")
    problem.add_argument("step", nargs="?", choices=kinds.STEPS, help="the step; without it: closed, or reopened where it is closed")
    meeting = _verb(verbs, options, "meeting", "a meeting", lambda d, o: kinds.meeting(d, o.kind, o.held_on), "meetings")
    meeting.add_argument("kind", choices=("monthly", "quarterly"))
    meeting.add_argument("held_on", type=date.fromisoformat, help="2023-05-30")
    event = _verb(verbs, options, "event", "what changes the course", lambda d, o: kinds.event(d, o.kind, o.task), "events")
    event.add_argument("kind", choices=kinds.EVENTS)
    event.add_argument("task", nargs="?", help="number of the task, for suspension and acceptance")
    for name, make, folder, wanted in (
        ("revision", kinds.revision, "revisions", "number of the task: 24"),
        ("statement", kinds.statement, "statements", "number of the task: 24"),
        ("case", kinds.case, "cases", "number of the task: 24"),
        ("review", kinds.review, "reviews", "the checkpoint: 2023-05"),
        ("withdrawal", kinds.withdrawal, "withdrawals", "the record: reports/2023-05/24"),
    ):
        _verb(verbs, options, name, f"a template: {folder}", partial(_about, make=make), folder).add_argument("about", help=wanted)


def _verb(
    verbs: Verbs, options: Options, name: str, words: str, make: Callable[[Day, argparse.Namespace], type_made], folder: str
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = verbs.add_parser(name, parents=[options.dated], help=words)
    parser.add_argument("--plan", help="the plan's year; without it: the newest")
    parser.set_defaults(run=partial(_run, make=make, folder=folder))
    return parser


def _about(day: Day, options: argparse.Namespace, make: Callable[[Day, str], type_made]) -> type_made:
    return make(day, options.about)


def _report(day: Day, options: argparse.Namespace, correction: bool) -> type_made:
    number, _ = kinds.task_of(day, options.task)
    wanted = asked(day, number, kinds.checkpoint_of(day, options.checkpoint))
    if correction and not wanted.filed:
        raise kinds.Refused(f"第{number}项在 {options.checkpoint} 还没有报告，没有可更正的；先写：report {number} {options.checkpoint}")
    if wanted.filed and not correction:
        say(f"第{number}项在 {options.checkpoint} 已有{len(wanted.filed)}份报告，不改动；这一份是补报（改动已报的值就是更正）。")
    return kinds.next_report(day, number, options.checkpoint), report_blank(day, wanted, correction)


def _run(options: argparse.Namespace, make: Callable[[Day, argparse.Namespace], type_made], folder: str) -> int:
    """Write the template; 0 when it stands there."""
    loaded = load(options.data)
    if loaded.ledger is None:
        print_problems(loaded)
        say("数据有错，先改好再写新记录；什么都没有写。")
        return 1
    plan = options.plan or loaded.ledger.current.id
    if plan not in loaded.ledger.promises:
        print(f"没有 {plan} 年的计划；现有 {'、'.join(loaded.ledger.promises)}。")
        return 1
    try:
        key, blank = make(day_of(loaded.ledger, plan, options.as_of), options)
    except kinds.Refused as refused:
        print(refused)
        return 1
    path = options.data / record_file(plan, folder, key)
    if not create(path, blank.text().encode()):
        print(f"{path}：已经有这个文件，没有动它。")
        return 1
    print(path)
    say(f"写了模板 [bold]{escape(str(path))}[/]；填好以后运行 python -m scripts check")
    return 0
