"""`sheet out`: a workbook to fill in.  `sheet in`: a workbook that was filled in becomes reports, all or none.

What was uploaded through the browser: `sheet take`, `sheet request`, `sheet clear` (sheet_upload.py)."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from scripts.exchange.forms.kinds import Refused, checkpoint_of
from scripts.exchange.workbooks.answers import New, at_cell, new_files
from scripts.exchange.workbooks.outgoing import file_name, form_of, leaves, workbook
from scripts.exchange.workbooks.reports import Reading, plan_of
from scripts.exchange.workbooks.staging import Disturbed, commit, staged, stamps
from scripts.exchange.xlsx.book import Unfit
from scripts.exchange.xlsx.unpack import MOST_BYTES, unpack
from scripts.ledger.model.problems import Problem
from scripts.ledger.model.promise import Ledger
from scripts.ledger.phrases.problems import nearest_of, told
from scripts.ledger.series.day import desk_day
from scripts.store.load import Loaded, load_past_blanks
from scripts.store.new_file import create
from scripts.store.yaml_writer import dump

from . import sheet_upload
from .options import Options, Verbs
from .terminal import passed_over, print_problems, remind_of_opening, say
from .which_plan import add_plan, chosen, named


def add(verbs: Verbs, options: Options) -> None:
    """Register the verb and its two ways."""
    ways = verbs.add_parser("sheet", help="填报表：生成、收回").add_subparsers(required=True, metavar="out|in|take|request|clear")
    out: argparse.ArgumentParser = ways.add_parser("out", parents=[options.dated], help="生成一份填报表")
    out.add_argument("checkpoint", metavar="节点", help="如 2023-05")
    add_plan(out)
    out.add_argument("--unit", metavar="单位", help="只要这个单位牵头的任务")
    out.add_argument("--to", type=Path, metavar="文件", help="写成哪个文件；已有的不覆盖")
    out.set_defaults(run=run_out)
    into: argparse.ArgumentParser = ways.add_parser("in", parents=[options.dated], help="从填好的表写出报告；有一处不对就一份也不写")
    into.add_argument("file", type=Path, metavar="文件", help="填好的 .xlsx")
    into.add_argument("--dry-run", action="store_true", help="只看会写什么，不写")
    into.set_defaults(run=run_in)
    sheet_upload.add_ways(ways, options, run_in)


def run_out(options: argparse.Namespace) -> int:
    """Write a workbook where there is none."""
    loaded, blanks = load_past_blanks(options.data)
    if loaded.ledger is None:
        print_problems(loaded)
        return 1
    passed_over(blanks)
    ledger: Ledger = loaded.ledger
    try:
        plan = chosen(loaded, options.plan, f"sheet out {options.checkpoint}", options.checkpoint)
        day = desk_day(ledger, plan, options.as_of)
        position = checkpoint_of(day, options.checkpoint)
    except Refused as refused:
        print(refused)
        return 1
    leads = sorted({name for task in day.promise.tasks.values() for name in task.lead})
    if options.unit and options.unit not in leads:
        near = nearest_of(options.unit, leads)
        print(f"「{options.unit}」不是牵头单位；牵头单位有 {'、'.join(leads)}。" + (f"是否想写「{near}」？" if near else ""))
        return 1
    form = form_of(day, position, options.unit)
    path: Path = options.to or Path(file_name(form.checkpoint, options.unit))
    if not create(path, workbook(form, bool(ledger.settings.fictional))):
        print(f"{path}：已经有这个文件，没有动它；用 --to 换个名字。")
        return 1
    print(path)
    say(form.opening)
    remind_of_opening(day, named(ledger, plan))
    return 0


def run_in(options: argparse.Namespace) -> int:
    """Read a workbook, check it and everything with it, write its reports; on any problem print all and write nothing."""
    loaded, blanks = load_past_blanks(options.data)
    if loaded.ledger is None:
        print_problems(loaded)
        say("数据本身有错，先改好（python -m scripts check）再收表；什么都没有写。")
        return 1
    name = options.file.name
    try:
        book = unpack(_bytes(options.file))
    except Unfit as unfit:
        print(f"{name}: {unfit}。")
        return _refused()
    passed_over(blanks)
    plan = plan_of(book)
    reading = Reading(book, desk_day(loaded.ledger, plan if plan in loaded.ledger.promises else loaded.ledger.current.id, date.max))
    reading.read()
    for remark in reading.remarks:
        say(remark)
    if reading.findings.problems:
        return _refused(name, reading.findings.problems)
    return _write(options, loaded.ledger, reading, frozenset(blanks))


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError:
        raise Unfit("找不到或打不开这个文件") from None


def _write(options: argparse.Namespace, ledger: Ledger, reading: Reading, blanks: frozenset[str]) -> int:
    plan = reading.day.promise.id
    new = dict(new_files(plan, reading.new))
    if not new:
        say("和已报的一样，没有要写的。")
        return 0
    files = {file: content(each) for file, each in new.items()}
    before = stamps(options.data / "plans" / plan / "reports")
    try:
        with staged(options.data, plan, files, blanks) as (after, copy):
            if after.ledger is None:
                return _refused(options.file.name, _found(after, new), _elsewhere(after, new, options.data))
            if not options.dry_run:
                commit(options.data, plan, copy, before)
    except Disturbed:
        print("另一个人正在改报告；这次什么都没有写，请再来一次。")
        return 1
    _report(options, files)
    remind_of_opening(desk_day(ledger, plan, options.as_of), named(ledger, plan))
    return 0


def content(new: New) -> bytes:
    """A report's file."""
    assert new.report is not None
    fields: dict[str, Any] = {}
    for path, value in leaves(new.report):
        inner: Any = fields
        for step in path[:-1]:
            inner = inner.setdefault(step, {})
        inner[path[-1]] = value
    for name in ("funding", "evidence"):
        if name in fields:
            fields[name] = list(fields[name].values())
    return dump(fields).encode()


def _found(after: Loaded, new: dict[str, New]) -> list[Problem]:
    """What the whole folder would have against the new reports, at the workbook's cells."""
    return [at_cell(problem, new[problem.at.file]) for problem in after.errors if problem.at.file in new]


def _elsewhere(after: Loaded, new: dict[str, New], data: Path) -> list[str]:
    """What it would have against reports that are there already: a sum that would fall, say."""
    return [line.replace(after.root, data.as_posix(), 1) for line in _messages(after, [p for p in after.errors if p.at.file not in new])]


def _messages(after: Loaded, problems: list[Problem]) -> Iterable[str]:
    return Loaded(after.root, None, problems, after.trees).messages()


def _refused(name: str = "", problems: Iterable[Problem] = (), more: Iterable[str] = ()) -> int:
    listed = list(dict.fromkeys([*(f"{name}{problem.at.file}: {told(problem)}" for problem in problems), *more]))
    for line in listed:
        print(line)
    say(f"共{len(listed)}处不对；什么都没有写。" if listed else "什么都没有写。")
    return 1


def _report(options: argparse.Namespace, files: dict[str, bytes]) -> None:
    for file, text in files.items():
        print(f"{options.data.as_posix()}/{file}")
        if options.dry_run:
            print("".join(f"    {line}\n" for line in text.decode().splitlines()), end="")
    say(f"会写{len(files)}份报告；这次没有写（--dry-run）。" if options.dry_run else f"写了{len(files)}份报告。")
