"""`idle`: how long since anything was committed; loud before the host stops the workflow that runs by a timetable."""

from __future__ import annotations

import argparse
from datetime import date, datetime, timedelta

from rich.markup import escape

from scripts.ledger.phrases.formats import day_words
from scripts.store import git
from scripts.store.clock import SHANGHAI

from .options import Options, Verbs
from .terminal import say

STOPPED_AFTER = 60
"""So many days without activity in a public repository, and GitHub disables workflows with a timetable (its documentation of `schedule`)."""
LOUD_FROM = 45
"""A fortnight before that: time enough for somebody to read a message."""


def add(verbs: Verbs, options: Options) -> None:
    """Register the verb."""
    verbs.add_parser(
        "idle", parents=[options.data, options.based], help="多少天没有提交了；快要被停掉每天的更新时报错（工作流用）"
    ).set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Say how many days; 1 from the 45th on, so that the run is red and the host writes to a person."""
    try:
        last = datetime.fromtimestamp(int(git.text(options.data, "log", "-1", "--format=%ct")), SHANGHAI).date()
    except git.GitFailed as error:
        say(f"没有看：{escape(str(error))}。")
        return 1
    days = (options.as_of - last).days
    say(words(last, days))
    return 1 if days >= LOUD_FROM else 0


def words(last: date, days: int) -> str:
    """What whoever keeps the site is told."""
    told = f"最近一次提交在{day_words(last)}，已有{days}天。满{STOPPED_AFTER}天没有提交，GitHub会停掉每天的更新（工作流 nightly）。"
    if days < LOUD_FROM:
        return told
    return (
        f"{told}停了以后，网页上的“今天”不再往前走；提交以后的公布照常。\n怎么办：{day_words(last + timedelta(STOPPED_AFTER))}以前有要报的就报，"
        "有一次提交就重新算起。没有要报的，等它停了，打开 Actions → nightly → Enable workflow。当场要更新一次：Actions → publish → Run workflow。"
    )
