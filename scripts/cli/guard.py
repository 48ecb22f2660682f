"""`guard`: nothing published was edited, deleted or renamed since the base."""

from __future__ import annotations

import argparse

from rich.markup import escape

from scripts.changes.guard import guard
from scripts.store.git import GitFailed

from .options import Options, Verbs
from .terminal import print_problems, say


def add(verbs: Verbs, options: Options) -> None:
    """Register the verb."""
    parser = verbs.add_parser("guard", parents=[options.checked, options.based], help="查已公布的内容有没有被改、被删、被改名")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print every breach; 0 when there is none."""
    try:
        found = guard(options.data, options.base, options.as_of, published=options.published)
    except GitFailed as error:
        say(f"没有比：{escape(str(error))}。")
        return 1
    print_problems(found.loaded, options.format, options.all)
    if found.loaded.errors:
        return 1
    say(f"[bold]没有改动已公布的内容[/]（和 {found.base[:9]} 相比）：新增记录{len(found.added)}份；原有的记录、承诺、官方原文都没有改。")
    return 0
