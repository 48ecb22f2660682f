"""`changes`: what the public will see change since the base."""

from __future__ import annotations

import argparse
from pathlib import Path

from rich.markup import escape

from scripts.store.git import GitFailed
from scripts.store.load import load

from .options import Options, Verbs
from .terminal import print_problems, say


def add(verbs: Verbs, options: Options) -> None:
    """Register the verb."""
    parser = verbs.add_parser("changes", parents=[options.dated, options.based], help="公众会看到什么变化")
    parser.add_argument("--summary", type=Path, default=options.summary, metavar="文件", help="同时写进这个文件（Markdown）")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the changes; with `--summary`, append them there as Markdown."""
    from scripts.changes.public_changes import changes  # the pages and their tables are loaded for this verb alone

    loaded = load(options.data)
    if loaded.ledger is None:
        print_problems(loaded)
        say("数据有错，没有比。")
        return 1
    try:
        found = changes(options.data, options.base, options.as_of, loaded.ledger)
    except GitFailed as error:
        say(f"没有比：{escape(str(error))}。")
        return 1
    print(found.plain(), end="")
    if options.summary:
        with options.summary.open("a", encoding="utf-8") as file:
            file.write(found.markdown())
    return 0
