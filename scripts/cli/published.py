"""`published`: the log of publications: write a line, read it."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from rich.markup import escape

from scripts.changes.guard import guard
from scripts.site.manifest import MANIFEST, digest
from scripts.store import git, publications

from .options import Options, Verbs
from .terminal import print_problems, say


def add(verbs: Verbs, options: Options) -> None:
    """Register the verb and its four words."""
    parser = verbs.add_parser("published", help="公布日志：每公布一次记一行，只增不减")
    words = parser.add_subparsers(required=True, metavar="做什么")
    hash_ = words.add_parser("hash", help="网站清单的校验值（工作流用）")
    hash_.add_argument("site", type=Path, metavar="文件夹", nargs="?", default=Path(options.out))
    hash_.set_defaults(run=run_hash, answers=options.answers)
    record = words.add_parser("record", parents=[options.data, options.now], help="把这一次公布记进日志，推上去")
    record.add_argument("--manifest", required=True, metavar="校验值", help="manifest.json 的 SHA-256")
    record.set_defaults(run=run_record)
    purged = words.add_parser("purged", parents=[options.checked, options.now], help="清除个人信息、改写历史以后：比过没有别的改动，记一行")
    purged.add_argument("--from", dest="old", required=True, metavar="旧提交", help="改写以前的那次提交，日志的最后一行写着它")
    purged.set_defaults(run=run_purged)
    words.add_parser("log", parents=[options.data, options.now], help="列出日志，逐行核对").set_defaults(run=run_log)


def run_hash(options: argparse.Namespace) -> int:
    """Print the hash of a site's manifest, for a person and for a workflow's later steps."""
    file = options.site / MANIFEST
    if not file.is_file():
        say(f"{escape(str(file))}：没有清单；请先生成网站（make site）。")
        return 1
    found = digest(file)
    print(found)
    if options.answers:
        with options.answers.open("a", encoding="utf-8") as answers:
            answers.write(f"manifest={found}\n")
    return 0


def run_record(options: argparse.Namespace) -> int:
    """Add the line for the commit that is checked out."""
    if not re.fullmatch(r"[0-9a-f]{64}", options.manifest):
        say(f"没有记：--manifest 要写 manifest.json 的 SHA-256（64位）；现在写的是“{escape(options.manifest)}”。")
        return 1
    return _append(options, options.manifest)


def run_purged(options: argparse.Namespace) -> int:
    """Where the history was rewritten: the old tree, as it was public, against the new one; then the line that says so."""
    try:
        log = publications.read(options.data)
        old = git.commit(options.data, options.old)
        if not log or log[-1].commit != old:
            say(f"没有记：日志的最后一行写的不是 {old[:9]}；--from 要写最后公布的那次提交（python -m scripts published log 看得到）。")
            return 1
        found = guard(options.data, None, options.as_of, published=old, exactly=True)
    except git.GitFailed as error:
        say(f"没有记：{escape(str(error))}。")
        return 1
    print_problems(found.loaded, options.format, options.all)
    return 1 if found.loaded.errors else _append(options, publications.PURGED)


def _append(options: argparse.Namespace, manifest: str) -> int:
    try:
        new = publications.append(options.data, options.as_of, manifest, git.commit(options.data, "HEAD"))
    except git.GitFailed as error:
        say(f"没有记：{escape(str(error))}。")
        return 1
    say(f"记下了：公布日志第{new.number}行。")
    print(new.line)
    return 0


def run_log(options: argparse.Namespace) -> int:
    """Every line, after each was held against those before it."""
    try:
        log = publications.read(options.data)
    except git.GitFailed as error:
        say(f"{escape(str(error))}。")
        return 1
    for each in log:
        print(each.line)
    say(f"公布日志共{len(log)}行，逐行对得上。" if log else "还没有公布日志；第一次公布以后才有。")
    return 0
