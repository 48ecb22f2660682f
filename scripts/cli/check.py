"""`check`: every problem of the data at once."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from scripts.ledger.checks.filing_days import ahead
from scripts.ledger.model.problems import Problem
from scripts.store.load import Loaded, load

from .options import Options, Verbs
from .terminal import print_problems, say


def add(verbs: Verbs, options: Options) -> None:
    """Register the verb."""
    verbs.add_parser("check", parents=[options.checked, options.now], help="检查数据，列出全部错误").set_defaults(run=run)


def _to_come(loaded: Loaded, today: date) -> Iterator[Problem]:
    """Records of a day to come are reminders here, whatever the guard says of new ones: a passing day never changes what is valid."""
    for problem in ahead({}, {file: tree.value for file, tree in loaded.trees.items()}, today):
        yield replace(problem, warning=True)


def run(options: argparse.Namespace) -> int:
    """Print every problem of the data; 0 when there is none but warnings."""
    loaded = load(options.data)
    loaded.problems += _to_come(loaded, options.as_of)
    print_problems(loaded, options.format, options.all)
    if loaded.ledger is None:
        return 1
    plans = list(loaded.ledger.promises.values())
    tasks = [task for each in plans for task in each.tasks.values()]
    say(
        f"[bold]数据没有错误[/]：{f'{len(plans)}份计划，' if len(plans) > 1 else ''}{len(tasks)}项任务，"
        f"{sum(len(task.milestones) for task in tasks)}格，{len(loaded.ledger.units)}个单位，{sum(len(each.sites) for each in plans)}处地点；"
        "拼回的全文与 source.txt 逐字相同。"
    )
    return 0
