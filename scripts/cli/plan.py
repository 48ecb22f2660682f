"""`plan in FILE`: a 任务分解表 from outside into the data folder, with what a person has to look at marked."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from rich.markup import escape

from scripts.exchange.plan_import.drafts import draft, under_registered_names
from scripts.exchange.plan_import.reading import read
from scripts.exchange.plan_import.settle import refuse_existing, registry, settle
from scripts.exchange.plan_import.shapes import Unfit
from scripts.exchange.plan_import.writing import new_units, plan_files
from scripts.ledger.model.values import CHECKPOINT

from .options import Options, Verbs
from .terminal import print_problems, say


def add(verbs: Verbs, options: Options) -> None:
    """Register the verb and what it can do."""
    parser = verbs.add_parser("plan", help="读入一份计划（任务分解表）")
    actions = parser.add_subparsers(required=True, metavar="in")
    reader = actions.add_parser("in", parents=[options.data], help="从 Word、Excel 或文字文件读入一份计划")
    reader.add_argument("file", type=Path, metavar="文件", help="有任务分解表的 .docx、.xlsx 或 .txt")
    reader.add_argument("--year", type=year, required=True, metavar="年度", help="四位数，如 2024")
    reader.add_argument("--county", metavar="县名", help="县（区、市）的简称；文件里没写才用")
    reader.add_argument("--checkpoints", type=checkpoints, default=(), metavar="节点", help="如 2024-03,2024-06；表头看不出月份才用")
    reader.add_argument("--table", type=int, choices=range(1, 100), metavar="第几张", help="文件里有几张任务分解表的，读第几张，如 2")
    reader.add_argument("--into", type=Path, metavar="文件夹", help="写进哪个数据文件夹；不写就是 --data 那个，没有就新建")
    reader.set_defaults(run=run)


def year(text: str) -> int:
    """A year of our time."""
    if not re.fullmatch(r"(19|20)\d\d", text):
        raise argparse.ArgumentTypeError(f"年度写四位数，如 2024；现在写的是“{text}”")
    return int(text)


def checkpoints(text: str) -> tuple[str, ...]:
    """Checkpoints as year-month, in order, apart by commas."""
    found = tuple(re.split("[,，、 ]+", text.strip()))
    if not all(CHECKPOINT.fullmatch(each) for each in found) or list(found) != sorted(set(found)):
        raise argparse.ArgumentTypeError(f"节点写成 年-月，从早到晚，用逗号隔开，如 2024-03,2024-06；现在写的是“{text}”")
    return found


def run(options: argparse.Namespace) -> int:
    """Read, write, say what is left to do; 0 when the plan stands in the folder."""
    into: Path = options.into or options.data
    try:
        return _read_in(options, into)
    except Unfit as unfit:
        print(unfit.message())
        say("什么也没有写。")
        return 1


def _read_in(options: argparse.Namespace, into: Path) -> int:
    plan = str(options.year)
    refuse_existing(into, plan)
    if not options.file.is_file():
        raise Unfit(str(options.file), "找不到这个文件")
    name = options.file.name
    reading, text = read(options.file.read_bytes(), name, options.year, options.table)
    known = registry(into)
    found = under_registered_names(draft(reading, text, options.year, options.county, options.checkpoints), known)
    files: dict[str, str | bytes] = {**plan_files(found), "source.txt": reading.source}
    loaded = settle(into, plan, files, new_units(found.units, known))
    print_problems(loaded)
    cells = sum(len(task.cells) for task in found.tasks)
    say(
        f"读入了{len(found.tasks)}项任务、{cells}格、{len(found.points)}个节点、{len(found.chapters)}章，写在 [bold]{escape(str(into / 'plans' / plan))}[/]。"
    )
    if reading.account:
        say(f"{reading.account}。")
    say(
        "以后随时 make check 再看（逐处列出：make check ALL=1）。核完一处，删去那条“# 待核”；全部核完，删去 plan.yml 里 draft: true 那一行，才公布。"
    )
    return 0
