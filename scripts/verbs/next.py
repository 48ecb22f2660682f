"""`next`: who owes what by when."""

from __future__ import annotations

import argparse
from itertools import groupby

from ..ledger.agenda import Owed, agenda, closed
from ..ledger.day import Day, day_of
from ..ledger.words import day_words
from ..load import load_past_blanks
from . import Options, Verbs, print_problems, say

MARKS = {"overdue": "已过", "due": "待办", "ahead": "下一个"}


def add(verbs: Verbs, options: Options) -> None:
    """Register the verb."""
    parser = verbs.add_parser("next", parents=[options.dated], help="谁在哪天前要办什么")
    parser.add_argument("--unit", metavar="单位", help="只看这个单位")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print what is owed, by unit; 0 unless the data are broken."""
    loaded, blanks = load_past_blanks(options.data)
    if loaded.ledger is None:
        print_problems(loaded)
        return 1
    if options.unit and options.unit not in loaded.ledger.units:
        print(f"名录里没有「{options.unit}」；现有 {'、'.join(loaded.ledger.units)}。")
        return 1
    for blank in blanks:
        print(f"还没有填好：{blank}")
    for line in lines(day_of(loaded.ledger, loaded.ledger.current.id, options.as_of), options.unit):
        print(line)
    say("前面加 python -m scripts 就能开始写，例：python -m scripts report 24 2023-05")
    return 0


def lines(day: Day, unit: str | None = None) -> list[str]:
    """What is owed, as it is printed."""
    if not day.opened:
        return ["还没有开始报送（events/ 里没有 opened），现在谁也不欠报告。开始报送：event opened"]
    if closed(day):
        return [f"计划已在{day_words(day.as_of)}结束，不再有要报的。"]
    owed = [each for each in agenda(day) if unit in (None, each.unit)]
    told = [f"截至{day_words(day.as_of)}"] + ([] if owed else ["没有要办的。"])
    for name, mine in groupby(owed, key=lambda each: each.unit):
        told += [name, *(_line(day, each) for each in mine)]
    return told


def _line(day: Day, each: Owed) -> str:
    late = f"，已过{(day.as_of - each.day).days}天" if each.urgency == "overdue" else ""
    return f"  {MARKS[each.urgency]}  {each.words}，{day_words(each.day)}前{late}" + (f"    {each.command}" if each.command else "")
