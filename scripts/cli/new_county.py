"""`new-county DIR`: a repository of a county's own, with the version of the program that it runs on."""

from __future__ import annotations

import argparse
from pathlib import Path

from rich.markup import escape

from scripts.exchange.county.found import Refused, found
from scripts.store import git, software
from scripts.store.project import ROOT

from .options import Options, Verbs
from .terminal import say

NEXT = """接着，照里面的 README.md：
  cd {folder}
  make check                     第一次会装要用的东西，再说还缺什么
  . .venv/bin/activate
  python -m scripts plan in 文件.docx --year 年度"""


def add(verbs: Verbs, options: Options) -> None:
    """Register the verb."""
    parser = verbs.add_parser("new-county", help="给一个县建自己的仓库：数据、工作流、写明用哪个版本的程序")
    parser.add_argument("folder", type=Path, metavar="文件夹", help="新的或空的文件夹，或者刚取来的空仓库")
    parser.add_argument("--from", dest="address", metavar="地址", help="程序从哪里取：网址、文件夹、git bundle；不写就是这份程序取来的地方")
    parser.add_argument("--version", default="", metavar="版本", help="用哪个版本，如 v1.0.0；不写就是最新的")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Make the repository and say what comes next; 1, and nothing written, where it cannot be made."""
    try:
        pin = found(options.folder, _reachable(options.address or _own_address()), options.version)
    except (Refused, software.Stopped, git.GitFailed) as error:
        print(f"{error}。")
        say("什么都没有写。")
        return 1
    say(f"[bold]{escape(str(options.folder))}[/]：建好了，用程序 {pin.tag}，已经提交了一次。")
    if Path(pin.address).exists():
        say(escape(f"程序取自这台电脑上的 {pin.address}，别的电脑取不到；放到网上以前换一个地方：make update FROM=网址"))
    say(escape(NEXT.format(folder=options.folder)))
    return 0


def _reachable(address: str) -> str:
    """A folder by its whole path: the new repository lies elsewhere."""
    return str(Path(address).resolve()) if Path(address).exists() else address


def _own_address() -> str:
    """Where this program was fetched from.  Raises `Refused`."""
    try:
        return git.text(ROOT, "config", "--get", "remote.origin.url")
    except git.GitFailed:
        raise Refused("不知道程序从哪里取；请写明。例：--from https://git.example.org/livelihood-ledger.git") from None
