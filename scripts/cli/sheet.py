"""`sheet out`: a workbook to report with.  `sheet records`: one to file other records with.  `sheet in`: either, filled in, becomes records,
all or none (hand_in.py).

What was uploaded through the browser: `sheet take`, `sheet request`, `sheet clear` (sheet_upload.py)."""

from __future__ import annotations

import argparse
from pathlib import Path

from scripts.exchange.forms.kinds import Refused, checkpoint_of
from scripts.exchange.intake import book_out
from scripts.exchange.workbooks.outgoing import file_name, form_of, workbook
from scripts.ledger.model.promise import Ledger
from scripts.ledger.phrases.problems import nearest_of
from scripts.ledger.series.day import desk_day
from scripts.store.load import load_past_blanks
from scripts.store.new_file import create

from . import sheet_upload
from .hand_in import run_in
from .options import Options, Verbs
from .terminal import passed_over, print_problems, remind_of_opening, say
from .which_plan import add_plan, chosen, named


def add(verbs: Verbs, options: Options) -> None:
    """Register the verb and its ways."""
    ways = verbs.add_parser("sheet", help="填报表、登记表：生成、收回").add_subparsers(
        required=True, metavar="out|records|in|take|request|clear"
    )
    out: argparse.ArgumentParser = ways.add_parser("out", parents=[options.dated], help="生成一份填报表")
    out.add_argument("checkpoint", metavar="节点", help="如 2023-05")
    add_plan(out)
    out.add_argument("--unit", metavar="单位", help="只要这个单位牵头的任务")
    out.add_argument("--to", type=Path, metavar="文件", help="写成哪个文件；已有的不覆盖")
    out.set_defaults(run=run_out)
    blank: argparse.ArgumentParser = ways.add_parser(
        "records", parents=[options.dated], help="生成一份登记表：问题、会议、督查、单位说明等"
    )
    add_plan(blank)
    blank.add_argument("--to", type=Path, metavar="文件", help="写成哪个文件；已有的不覆盖")
    blank.set_defaults(run=run_records)
    into: argparse.ArgumentParser = ways.add_parser(
        "in", parents=[options.dated], help="从填好的表写出报告和别的记录；有一处不对就一份也不写"
    )
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
        print(f"“{options.unit}”不是牵头单位；牵头单位有 {'、'.join(leads)}。" + (f"是不是想写“{near}”？" if near else ""))
        return 1
    form = form_of(day, position, options.unit)
    path: Path = options.to or Path(file_name(form.checkpoint, options.unit))
    if code := _written(path, workbook(form, bool(ledger.settings.fictional))):
        return code
    say(form.opening)
    remind_of_opening(day, named(ledger, plan))
    return 0


def run_records(options: argparse.Namespace) -> int:
    """Write a workbook to file records with, where there is none."""
    loaded, blanks = load_past_blanks(options.data)
    if loaded.ledger is None:
        print_problems(loaded)
        return 1
    passed_over(blanks)
    ledger: Ledger = loaded.ledger
    try:
        plan = chosen(loaded, options.plan, "sheet records")
    except Refused as refused:
        print(refused)
        return 1
    path: Path = options.to or Path(book_out.file_name(plan))
    content = book_out.record_book(desk_day(ledger, plan, options.as_of), list(ledger.units), bool(ledger.settings.fictional))
    return _written(path, content)


def _written(path: Path, content: bytes) -> int:
    if not create(path, content):
        print(f"{path}：已经有这个文件，没有动它；用 --to 换个名字。")
        return 1
    print(path)
    return 0
