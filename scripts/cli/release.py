"""`release VERSION`: the program's next version.  CHANGELOG's top section gets its date, the version goes where it is told, the commit gets its tag."""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from rich.markup import escape

from scripts.store import git, git_write
from scripts.store.project import ROOT
from scripts.store.software import TAG, Pin, order

from .options import Options, Verbs
from .terminal import say

CHANGES, PROJECT, CITATION = "CHANGELOG.md", "pyproject.toml", "CITATION.cff"
OPEN = "Unreleased"
"""The heading of what is not released yet, at the top of the changes."""
TOP = re.compile(r"^## (?P<name>\S+)[^\n]*\n(?P<words>.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)


class Unready(Exception):
    """No release can be cut of what lies here; the message says why."""


def add(verbs: Verbs, options: Options) -> None:
    """Register the verb."""
    parser = verbs.add_parser("release", parents=[options.now], help="给程序定一个新版本：更新说明写上日期，写好版本号，打标签（开发者用）")
    parser.add_argument("version", metavar="版本", help="如 1.0.0")
    parser.add_argument("--dry-run", action="store_true", help="只看能不能，什么也不改")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Cut the release, or say why not; what is to be pushed and the line that names the version are printed.  Nothing is pushed."""
    version = options.version.removeprefix("v")
    try:
        new, notes = released(
            {name: (ROOT / name).read_text(encoding="utf-8") for name in (CHANGES, PROJECT, CITATION)}, version, options.as_of
        )
        refuse_unready(ROOT, version)
        if options.dry_run:
            return 0
        for name, text in new.items():
            (ROOT / name).write_text(text, encoding="utf-8")
        commit = git_write.commit_and_tag(ROOT, tuple(new), f"Release {version}", f"v{version}", notes)
    except (Unready, git.GitFailed) as error:
        say(f"没有定版：{escape(str(error))}。")
        return 1
    say(f"定好了 v{version}。看过以后推上去：\n  git push origin main v{version}\n各县的 ledger.version 这样写：")
    print(Pin(f"v{version}", commit, _address()).line)
    return 0


def released(files: Mapping[str, str], version: str, day: date) -> tuple[dict[str, str], str]:
    """The three files as the release has them, and what changed, in its words.  Raises `Unready`.

    A top section that has the version's name already is dated anew: a release that was prepared, or stopped half-way, is cut by the same words.
    """
    top = TOP.search(files[CHANGES])
    if not TAG.fullmatch(f"v{version}"):
        raise Unready(f"版本号写三个数；现在写的是“{version}”。例：1.0.0")
    if top is None or top["name"] not in (OPEN, version):
        raise Unready(f"{CHANGES} 最上面要有“## {OPEN}”一节，写明改了什么；现在是“## {top['name'] if top else ''}”")
    if not top["words"].strip():
        raise Unready(f"{CHANGES} 的“## {top['name']}”一节里什么也没有写")
    changes = f"{files[CHANGES][: top.start()]}## {version} ({day})\n{files[CHANGES][top.start('words') :]}"
    told = re.sub(r"^(version|date-released): .*\n", "", files[CITATION], flags=re.MULTILINE)
    return {
        CHANGES: changes,
        PROJECT: re.sub(r'^version = ".*"$', f'version = "{version}"', files[PROJECT], count=1, flags=re.MULTILINE),
        CITATION: f"{told}version: {version}\ndate-released: {day}\n",
    }, top["words"].strip()


def refuse_unready(folder: Path, version: str) -> None:
    """Only what is on main and committed becomes a release, under a number that is the next.  Raises `Unready`, `GitFailed`."""
    if (branch := git.text(folder, "branch", "--show-current")) != "main":
        raise Unready(f"只在 main 上定版；现在在“{branch}”上")
    if git.is_dirty(folder):
        raise Unready("有没交的改动；先提交，或者先拿开")
    known = [tag for tag in git.text(folder, "tag", "--list", "v*").splitlines() if TAG.fullmatch(tag)]
    newest = max(known, key=order, default="v0.0.0")
    if order(f"v{version}") <= order(newest):
        raise Unready(f"已经有 {newest}，新的要比它大")


def _address() -> str:
    try:
        return git.text(ROOT, "config", "--get", "remote.origin.url")
    except git.GitFailed:
        return "网址"
