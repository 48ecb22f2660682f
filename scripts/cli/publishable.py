"""`publishable`: whether the site may go public."""

from __future__ import annotations

import argparse
from collections.abc import Collection, Iterator
from dataclasses import replace

from scripts.ledger.model.plan_files import plan_file
from scripts.ledger.model.problems import Place, Problem
from scripts.site.publishable import unpublishable
from scripts.store.commits import version_cut_off
from scripts.store.files import UNDECIDED
from scripts.store.load import Loaded, load

from .options import Options, Verbs
from .terminal import CUT_OFF, print_problems, say


def add(verbs: Verbs, options: Options) -> None:
    """Register the verb."""
    verbs.add_parser("publishable", parents=[options.addressed], help="查网站能不能正式发布（有没有写明谁办、怎么联系）").set_defaults(
        run=run
    )


def _to_decide(problem: Problem, drafts: Collection[str]) -> Problem:
    """What a person has yet to look at stops a site from going public, but for what a plan under preparation brought with it: its own
    folder, and its units in the registry."""
    folder, _, below = problem.at.file.partition("/")
    aside = below.partition("/")[0] in drafts if folder == "plans" else bool(drafts) and folder == "units.yml"
    return replace(problem, warning=False) if problem.must.startswith(UNDECIDED) and not aside else problem


def _no_plan(loaded: Loaded) -> Iterator[Problem]:
    """A site needs a plan that is no draft."""
    plans = loaded.ledger.promises if loaded.ledger else {}
    for name, promise in plans.items():
        if promise.plan.draft:
            yield Problem(Place(plan_file(name), ("draft",)), "计划还是草稿，没有可以公布的计划；核完各处，请删去这一行")


def run(options: argparse.Namespace) -> int:
    """Print what the data lacks for publishing; 0 when the site may go public."""
    loaded = load(options.data)
    if loaded.ledger is not None:
        loaded.problems.extend(unpublishable(loaded.ledger.settings, options.base_url))
        loaded.problems.extend(_no_plan(loaded))
    loaded.problems = [_to_decide(problem, loaded.drafts) for problem in loaded.problems]
    print_problems(loaded)
    if loaded.errors:
        say("这个网站还不能正式发布；补好上面各处再来。（预览不受影响：make site）")
        return 1
    if version_cut_off(options.data):
        say(f"这个网站还不能正式发布：{CUT_OFF}")
        return 1
    say("可以正式发布：发布者、联系方式、网址都有。")
    return 0
