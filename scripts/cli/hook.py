"""`hook`: have git ask before every commit.  `staged`: what it then asks: is what would be committed in order?"""

from __future__ import annotations

import argparse
import shlex
import sys
import tempfile
from pathlib import Path

from rich.markup import escape

from scripts.changes.guard import guard
from scripts.store import git, git_objects
from scripts.store.load import load
from scripts.store.project import ROOT

from .options import Options, Verbs
from .terminal import print_problems, say

MARK = "# written by `make hook` of the ledger"
"""By this line we know a hook of ours, and only such a one is replaced."""


def add(verbs: Verbs, options: Options) -> None:
    """Register the verbs."""
    verbs.add_parser("hook", parents=[options.data], help="装一个提交前的自动检查：每次 git commit 之前先检查").set_defaults(run=run)
    staged = verbs.add_parser("staged", parents=[options.checked, options.based], help="提交前的自动检查用：检查将要提交的内容")
    staged.set_defaults(run=run_staged)


def run(options: argparse.Namespace) -> int:
    """Write the hook; another's hook stays as it is."""
    try:
        file = git.hook_file(options.data, "pre-commit")
    except git.GitFailed as error:
        say(f"没有装：{escape(str(error))}。")
        return 1
    if file.exists() and MARK not in file.read_text(encoding="utf-8", errors="replace"):
        say(f"没有装：{escape(str(file))} 已经有别的内容；请在里面加一行：{escape(command(options.data))}")
        return 1
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"#!/bin/sh\n{MARK}\nexec {command(options.data)}\n", encoding="utf-8")
    file.chmod(0o755)
    say(f"装好了：以后每次 git commit 之前先检查数据（{escape(str(file))}）。不要它，删去这个文件。")
    return 0


def command(data: Path) -> str:
    """What the hook runs, from the top folder of the repository of the data, wherever the program is."""
    words = (f"PYTHONPATH={ROOT}", sys.executable, "-m", "scripts", "staged", "--data", git.text(data, "rev-parse", "--show-prefix") or ".")
    return f"env {shlex.join(words)}"


def run_staged(options: argparse.Namespace) -> int:
    """Check the data as it would be committed and compare it with what is public; 0 when nothing is wrong."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            now = git_objects.export_staged(options.data, Path(folder))
        except git.GitFailed as error:
            say(f"没有检查：{escape(str(error))}。")
            return 1
        loaded = load(now)
        loaded.root = options.data.as_posix()
        try:
            loaded.problems += (guarded := guard(options.data, options.base, options.as_of, now)).loaded.problems
            loaded.trees = guarded.loaded.trees | loaded.trees
        except git.GitFailed as error:
            say(f"没有和已公布的相比：{escape(str(error))}。")
    print_problems(loaded, options.format, options.all)
    if loaded.errors:
        say("这次没有提交；改好上面各处，git add，再提交。")
    return 1 if loaded.errors else 0
