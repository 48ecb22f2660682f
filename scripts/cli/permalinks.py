"""`permalinks`: add the addresses that the site has now to the list of those that must answer for ever."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from scripts.site import permalinks
from scripts.site.build import BuildFailed, build_site
from scripts.site.built_site import read_site
from scripts.store import address_lists
from scripts.store.draft_plans import draft_plans
from scripts.store.load import load

from .options import Options, Verbs
from .terminal import print_problems, say


def add(verbs: Verbs, options: Options) -> None:
    """Register the verb."""
    verbs.add_parser("permalinks", parents=[options.dated], help="登记新网址；给出过的网址一个也不去掉").set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Build, then add what is new to each plan's list; 1 when the site cannot be built or no longer answers at a listed address."""
    loaded = load(options.data)
    print_problems(loaded)
    if loaded.ledger is None:
        return 1
    with tempfile.TemporaryDirectory() as folder:
        try:
            site = read_site(build_site(options.data, Path(folder) / "site", options.as_of, options.base_url, loaded.ledger).out)
        except BuildFailed as error:
            print(error)
            say("网址清单没有动。")
            return 1
        known = address_lists.lists(options.data)
        drafts = draft_plans(options.data)
        for plan in sorted(loaded.ledger.promises):
            if plan in drafts:
                print(f"{plan}：还是草稿，网址还没有给出去，不登记；核完各处，删去 plan.yml 里 draft: true 那一行，再来。")
                continue
            old = known.get(plan)
            newest = plan == loaded.ledger.current.id
            whole = address_lists.merged(old, permalinks.of_site(site, plan, options.as_of, newest))
            new = len(whole.addresses) - (len(old.addresses) if old else 0)
            if new:
                _write(options.data / "plans" / plan / address_lists.LIST, address_lists.text(whole))
            print(f"{plan}：新增{new}个网址，共{len(whole.addresses)}个，{len(whole.pages)}页、{len(whole.files)}个文件。")
    return 0


def _write(path: Path, text: str) -> None:
    """Beside, then renamed: never half a list."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text, encoding="utf-8", newline="\n")
    beside.replace(path)
