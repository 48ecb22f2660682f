"""`publishable`: whether the site may go public."""

from __future__ import annotations

import argparse
from dataclasses import replace

from ..files import UNDECIDED
from ..ledger.problems import Problem
from ..load import load
from ..publish import unpublishable
from . import Options, Verbs, print_problems, say


def add(verbs: Verbs, options: Options) -> None:
    """Register the verb."""
    verbs.add_parser("publishable", parents=[options.addressed], help="查网站能不能正式发布（有没有写明谁办、怎么联系）").set_defaults(
        run=run
    )


def _to_decide(problem: Problem) -> Problem:
    """What a person has yet to look at stops a site from going public; until then it is a reminder."""
    return replace(problem, warning=False) if problem.must.startswith(UNDECIDED) else problem


def run(options: argparse.Namespace) -> int:
    """Print what the data lacks for publishing; 0 when the site may go public."""
    loaded = load(options.data)
    if loaded.ledger is not None:
        loaded.problems.extend(unpublishable(loaded.ledger.settings, options.base_url))
    loaded.problems = [_to_decide(problem) for problem in loaded.problems]
    print_problems(loaded)
    if loaded.errors:
        say("这个网站还不能正式发布；补好上面各处再来。（预览不受影响：make site）")
        return 1
    say("可以正式发布：发布者、联系方式、网址都有。")
    return 0
