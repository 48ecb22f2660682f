"""`report`, `correction`, `problem`, `revision`, `meeting`, `event`, `statement`, `review`, `case`, `withdrawal`: a template of a record.

Each writes one new commented file where it belongs and says where; none ever overwrites.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial

from rich.markup import escape

from scripts.exchange.forms import kinds
from scripts.exchange.forms.blank import Blank
from scripts.exchange.forms.report import report_blank
from scripts.ledger.model.testimony import record_file
from scripts.ledger.series.day import Day, desk_day
from scripts.ledger.series.opening import waits
from scripts.ledger.series.report_questions import asked
from scripts.store.load import load_past_blanks
from scripts.store.new_file import create

from .options import Options, Verbs
from .parser import day
from .terminal import passed_over, print_problems, remind_of_opening, say
from .which_plan import add_plan, chosen, named

type_made = tuple[str, Blank]


def add(verbs: Verbs, options: Options) -> None:
    """Register the verbs."""
    for name, words in (("report", "写一份报告的模板"), ("correction", "写一份更正的模板")):
        report = _verb(verbs, options, name, words, partial(_report, correction=name == "correction"), "reports")
        report.add_argument("task", metavar="序号", help="任务的序号，如 24")
        report.add_argument("checkpoint", metavar="节点", help="如 2023-05")
    problem = _verb(verbs, options, "problem", "登记一个新问题，或问题的下一步", lambda d, o: kinds.problem(d, o.about, o.step), "problems")
    problem.add_argument("about", metavar="序号或问题编号", help="新问题写任务的序号，如 24；下一步写问题编号，如 P-07")
    problem.add_argument(
        "step",
        nargs="?",
        choices=kinds.STEPS,
        metavar="步骤",
        help="extended 延期、closed 整改完成、reopened 再次出现；不写就是整改完成，已完成的就是再次出现",
    )
    meeting = _verb(verbs, options, "meeting", "登记一次调度会", lambda d, o: kinds.meeting(d, o.kind, o.held_on), "meetings")
    meeting.add_argument("kind", choices=("monthly", "quarterly"), metavar="种类", help="monthly 每月；quarterly 每季")
    meeting.add_argument("held_on", type=day, metavar="召开日", help="如 2023-05-30")
    event = _verb(verbs, options, "event", "登记开始报送、计划结束、暂缓、验收", lambda d, o: kinds.event(d, o.kind, o.task), "events")
    event.add_argument(
        "kind", choices=kinds.EVENTS, metavar="种类", help="opened 开始报送；closed 计划结束；suspension 暂缓；acceptance 验收"
    )
    event.add_argument("task", nargs="?", metavar="序号", help="暂缓和验收要写任务的序号")
    for name, make, words, shown, wanted in (
        ("revision", kinds.revision, "登记目标的调整", "序号", "任务的序号，如 24"),
        ("statement", kinds.statement, "登记单位说明", "序号", "任务的序号，如 24"),
        ("case", kinds.case, "登记先进案例", "序号", "任务的序号，如 24"),
        ("review", kinds.review, "登记督查结果", "节点", "如 2023-05"),
        ("withdrawal", kinds.withdrawal, "撤下一份记录，留下标记", "记录", "要撤的记录，如 reports/2023-05/24"),
    ):
        _verb(verbs, options, name, words, partial(_about, make=make), f"{name}s").add_argument("about", metavar=shown, help=wanted)


def _verb(
    verbs: Verbs, options: Options, name: str, words: str, make: Callable[[Day, argparse.Namespace], type_made], folder: str
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = verbs.add_parser(name, parents=[options.dated], help=words)
    add_plan(parser)
    parser.set_defaults(run=partial(_run, make=make, folder=folder, verb=name))
    return parser


def _about(day: Day, options: argparse.Namespace, make: Callable[[Day, str], type_made]) -> type_made:
    return make(day, options.about)


def _report(day: Day, options: argparse.Namespace, correction: bool) -> type_made:
    number, _ = kinds.task_of(day, options.task)
    wanted = asked(day, number, kinds.checkpoint_of(day, options.checkpoint))
    if correction and not wanted.filed:
        raise kinds.Refused(
            f"第{number}项在 {options.checkpoint} 还没有报告，没有可更正的；先写：report {number} {options.checkpoint}{options.again}"
        )
    if wanted.filed and not correction:
        say(f"第{number}项在 {options.checkpoint} 已有{len(wanted.filed)}份报告，不改动；这一份是补报（改动已报的值就是更正）。")
    return kinds.next_report(day, number, options.checkpoint), report_blank(day, wanted, correction)


def _typed(options: argparse.Namespace, verb: str) -> tuple[str, str | None]:
    """What was typed, and the checkpoint in it."""
    checkpoint = getattr(options, "checkpoint", None) or (options.about if verb == "review" else None)
    words = [getattr(options, name, None) for name in ("task", "about", "checkpoint")]
    return " ".join([verb, *(str(word) for word in words if word)]), checkpoint


def _run(options: argparse.Namespace, make: Callable[[Day, argparse.Namespace], type_made], folder: str, verb: str) -> int:
    """Write the template; 0 when it stands there."""
    loaded, blanks = load_past_blanks(options.data)
    if loaded.ledger is None:
        print_problems(loaded)
        say("数据有错，先改好再写新记录；什么都没有写。")
        return 1
    passed_over(blanks)
    try:
        plan = chosen(loaded, options.plan, *_typed(options, verb))
        options.again = named(loaded.ledger, plan)
        key, blank = make(desk := desk_day(loaded.ledger, plan, options.as_of), options)
    except kinds.Refused as refused:
        print(refused)
        return 1
    path = options.data / record_file(plan, folder, key)
    if not create(path, blank.text().encode()):
        print(f"{path}：已经有这个文件{'，还没有填好' if record_file(plan, folder, key) in blanks else ''}；没有动它。")
        return 1
    print(path)
    say(f"写了模板 [bold]{escape(str(path))}[/]；填好以后运行 python -m scripts check")
    if waits(folder, blank.model):
        remind_of_opening(desk, options.again)
    return 0
