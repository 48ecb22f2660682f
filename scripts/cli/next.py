"""`next`: who owes what by when."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from itertools import groupby

from scripts.ledger.phrases.formats import day_words
from scripts.ledger.series.agenda import Owed, agenda, closed
from scripts.ledger.series.day import Day, desk_day
from scripts.ledger.series.opening import not_yet, waiting
from scripts.store.load import Loaded, load_past_blanks

from .options import Options, Verbs
from .terminal import print_problems, say
from .which_plan import named

MARKS = {"overdue": "逾期", "due": "待办", "ahead": "下一个"}


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
        print(f"名录里没有“{options.unit}”；现有 {'、'.join(loaded.ledger.units)}。")
        return 1
    for blank in blanks:
        print(f"还没有填好：{blank}")
    for line in _of_plans(loaded, options):
        print(line)
    say("前面加 python -m scripts 就能开始写，例：python -m scripts report 24 2023-05")
    return 0


def _of_plans(loaded: Loaded, options: argparse.Namespace) -> Iterator[str]:
    """Of each plan that has not ended, the oldest first; of all that have, the newest."""
    assert loaded.ledger is not None
    days = [desk_day(loaded.ledger, plan, options.as_of) for plan in sorted(loaded.ledger.promises)]
    current = [day for day in days if day.opened and not closed(day)]
    for day in current or days[-1:]:
        if len(days) > 1:
            yield f"{day.promise.id}年的计划"
        yield from lines(day, options.unit, named(loaded.ledger, day.promise.id))


def lines(day: Day, unit: str | None = None, plan: str = "") -> list[str]:
    """What is owed, as it is printed; `plan`: what a command needs to name the plan."""
    if not day.opened:
        held = sum(1 for _ in waiting(day.records))
        return [f"现在谁也不欠报告。{f'已有{held}份记录，' if held else ''}{not_yet(day.records, plan)}。"]
    if closed(day):
        return [f"计划已在{day_words(day.as_of)}结束，不再有要报的。"]
    owed = [each for each in agenda(day) if unit in (None, each.unit)]
    told = [f"截至{day_words(day.as_of)}"] + ([] if owed else ["没有要办的。"])
    for name, mine in groupby(owed, key=lambda each: each.unit):
        told += [name, *(_line(day, each, plan) for each in mine)]
    return told


def _line(day: Day, each: Owed, plan: str) -> str:
    late = f"，已逾期{(day.as_of - each.day).days}天" if each.urgency == "overdue" else ""
    return f"  {MARKS[each.urgency]}  {each.words}，{day_words(each.day)}前{late}" + (f"    {each.command}{plan}" if each.command else "")
