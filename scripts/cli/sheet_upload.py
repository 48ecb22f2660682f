"""`sheet take`: the workbooks that were uploaded become records, all or none.  `sheet request`: a branch of these, to be asked for.
`sheet clear`, once it was asked for: the branch that carried the workbooks goes."""

from __future__ import annotations

import argparse
import io
import tempfile
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from rich.markup import escape

from scripts.changes.guard import base_commit
from scripts.exchange.intake.pending import clash, waiting
from scripts.exchange.uploads import Unfit, keep, only_uploads, records_in, refusal, request, uploaded
from scripts.store import git_write
from scripts.store.git import GitFailed, commit
from scripts.store.load import copied, load_past_blanks

from .options import Options, Verbs
from .terminal import repository_path, say

MOST_FILES = 60
"""So many workbooks are taken at a time: more is most likely another folder."""

ALLOW = (
    "没有提成的，上传的表还在，一样也没有丢。多半是仓库没有允许工作流提合并请求：Settings → Actions → General → 勾上"
    "“Allow GitHub Actions to create and approve pull requests”，再到这次运行点 Re-run failed jobs。"
)
"""What to do where the host refuses the step that comes next."""

CLASHES = "{file} 这个编号刚被另一个等着合并的请求用了；请到这次运行点 Re-run all jobs，会换一个编号"
"""Said where two requests were made at the same moment."""

HandIn = Callable[[argparse.Namespace], int]
"""`sheet in`: one file into one data folder; gives the exit code."""


def add_ways(ways: Verbs, options: Options, hand_in: HandIn) -> None:
    """Register the three ways below `sheet`."""
    take: argparse.ArgumentParser = ways.add_parser(
        "take", parents=[options.dated, options.based], help="收浏览器上传的填报表、登记表（工作流用）"
    )
    take.add_argument("uploads", type=Path, metavar="文件夹", help="上传的表在哪个文件夹")
    take.add_argument("--taken", type=Path, default=Path("taken"), metavar="文件夹", help="新记录放到哪里")
    take.add_argument("--summary", type=Path, default=options.summary, metavar="文件", help="同时写进这个文件（Markdown）")
    take.set_defaults(run=lambda given: run_take(given, hand_in))
    ask: argparse.ArgumentParser = ways.add_parser(
        "request", parents=[options.data, options.based], help="把收好的记录推成新分支（工作流用）"
    )
    ask.add_argument("taken", type=Path, metavar="文件夹", help="take 收好的文件夹")
    ask.add_argument("--branch", required=True, metavar="分支", help="新分支的名字")
    ask.add_argument("--uploads", type=Path, default=Path("uploads"), metavar="文件夹", help="上传的表在哪个文件夹")
    ask.set_defaults(run=run_request)
    clear: argparse.ArgumentParser = ways.add_parser(
        "clear", parents=[options.data, options.based], help="合并请求提出以后，删去只放上传文件的分支（工作流用）"
    )
    clear.add_argument("--uploads", type=Path, default=Path("uploads"), metavar="文件夹", help="上传的表在哪个文件夹")
    clear.add_argument("--uploaded", required=True, metavar="分支", help="上传文件的分支；还放着别的内容就不删")
    clear.set_defaults(run=run_clear)


def run_take(options: argparse.Namespace, hand_in: HandIn) -> int:
    """Every workbook goes into a copy of the data, one after the other; only where all are accepted is TAKEN written, and nothing else."""
    files = uploaded(options.uploads)
    try:
        base = base_commit(options.data, options.base)
    except GitFailed as error:
        return _stopped(options, f"没有收：{error}。")
    if not files:
        return _stopped(options, f"{options.uploads} 里没有表，没有要收的。")
    if len(files) > MOST_FILES:
        return _stopped(options, f"{options.uploads} 里有{len(files)}个文件，一次最多收{MOST_FILES}张表；这里只放填好的表。")
    with tempfile.TemporaryDirectory() as temporary:
        copy = copied(options.data, Path(temporary) / "data")
        before = records_in(copy)
        said, good = _handed_in(copy, files, argparse.Namespace(**vars(options), waiting=waiting(options.data, base)), hand_in)
        if not good:
            print(said, end="")
            say("有不对的地方，一张表都没有收。")
            _summary(options, refusal(said))
            return 1
        after = records_in(copy)
        new = {name: content for name, content in after.items() if name not in before}
        if not new:
            return _stopped(options, "和已报的、已登记的一样，没有要写的。")
        words = _changes(options, base, copy)
    keep(options.taken, new, words, [name for name in before if name not in after])
    say(f"收下{len(files)}张表；{len(new)}份新记录在 {escape(str(options.taken))}。")
    _summary(options, words)
    return 0


def _handed_in(copy: Path, files: list[Path], options: argparse.Namespace, hand_in: HandIn) -> tuple[str, bool]:
    """What is said of all workbooks, and whether all are good."""
    said, good = io.StringIO(), True
    with redirect_stdout(said), redirect_stderr(io.StringIO()):  # what it says of the copy as if it were the data is not for people
        for file in files:
            if file.is_symlink():
                print(f"{file.name}: 这是一个链接，不是表。")
                good = False
            else:
                given = argparse.Namespace(data=copy, file=file, dry_run=False, as_of=options.as_of, waiting=options.waiting)
                good = hand_in(given) == 0 and good
    return said.getvalue().replace(copy.as_posix(), options.data.as_posix()), good


def _changes(options: argparse.Namespace, base: str, copy: Path) -> str:
    """What the public will see change, as Markdown; printed as plain text."""
    from scripts.changes.public_changes import changes  # the pages and their tables are loaded for this way alone

    ledger = load_past_blanks(copy)[0].ledger
    assert ledger is not None
    found = changes(options.data, base, options.as_of, ledger)
    print(found.plain(), end="")
    return found.markdown()


def run_request(options: argparse.Namespace) -> int:
    """Push the branch; nothing is taken away before it is asked for (`run_clear`)."""
    try:
        base = base_commit(options.data, options.base)
        commit_id, files = request(options.data, options.taken, base, repository_path(options.uploads))
        if file := clash(options.data, base, files, options.branch):
            raise Unfit(CLASHES.format(file=file))
        git_write.push_new(options.data, commit_id, options.branch)
    except (GitFailed, Unfit) as error:
        say(f"没有提出：{escape(str(error))}。")
        return 1
    say(f"新分支 {escape(options.branch)}：{len(files)}份新记录。接着提出合并请求；{ALLOW}")
    return 0


def run_clear(options: argparse.Namespace) -> int:
    """Take away the branch that carried the uploads, where it carried nothing else and nobody uploaded more meanwhile."""
    branch = options.uploaded
    try:
        read, now = commit(options.data, "HEAD"), git_write.remote_tip(options.data, branch)
        if now is None or not only_uploads(options.data, base_commit(options.data, options.base), repository_path(options.uploads)):
            return 0
        if now != read:
            say(f"分支 {escape(branch)} 上又有新上传的内容，留着它。")
            return 0
        git_write.remove_branch(options.data, branch, read)
    except GitFailed as error:
        say(f"没有删去分支 {escape(branch)}：{escape(str(error))}。")
        return 1
    say(f"上传用的分支 {escape(branch)} 已经删去。")
    return 0


def _stopped(options: argparse.Namespace, words: str) -> int:
    say(escape(words))
    _summary(options, f"{words}\n")
    return 1


def _summary(options: argparse.Namespace, words: str) -> None:
    if options.summary:
        with options.summary.open("a", encoding="utf-8") as file:
            file.write(words)
