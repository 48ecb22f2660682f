"""`new-plan YEAR`: the skeleton of a plan that is written by hand."""

from __future__ import annotations

import argparse

from rich.markup import escape

from scripts.exchange.plan_import.settle import registry, settle
from scripts.exchange.plan_import.shapes import Unfit
from scripts.exchange.plan_import.skeleton import UNIT, skeleton_files
from scripts.exchange.plan_import.writing import new_units

from .options import Options, Verbs
from .plan import checkpoints, year
from .terminal import print_problems, say

QUARTERS = ("03", "06", "09", "12")
"""The months of the checkpoints unless others are named."""


def add(verbs: Verbs, options: Options) -> None:
    """Register the verb."""
    parser = verbs.add_parser("new-plan", parents=[options.data], help="新一年计划的空白模板，手工填")
    parser.add_argument("year", type=year, metavar="年度", help="四位数，如 2024")
    parser.add_argument("--county", default="待填县名", metavar="县名", help="县（区、市）的简称")
    parser.add_argument("--checkpoints", type=checkpoints, default=(), metavar="节点", help="如 2024-03,2024-06；不写就是四个季度")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the skeleton and list its steps; 0 when it stands in the folder."""
    plan = str(options.year)
    points = options.checkpoints or tuple(f"{plan}-{month}" for month in QUARTERS)
    try:
        files: dict[str, str | bytes] = {**skeleton_files(options.year, options.county, points)}
        loaded = settle(options.data, plan, files, new_units((UNIT,), registry(options.data)))
    except Unfit as unfit:
        print(unfit.message())
        say("什么也没有写。")
        return 1
    print_problems(loaded)
    say(
        f"空白模板写在 [bold]{escape(str(options.data / 'plans' / plan))}[/]。照上面各步填；填完，删去 plan.yml 里 draft: true 那一行，才公布。"
    )
    return 0
