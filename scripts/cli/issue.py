"""`issue in FILE`: a form that was filled in as an issue becomes a record.  For workflows: `issue take` reads the event and leaves what is to be
asked for, or what is wrong; `issue answer` makes the pull request, or brings it up to date, and says so below the issue."""

from __future__ import annotations

import argparse
import html
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rich.markup import escape

from scripts.changes.guard import base_commit
from scripts.exchange.forms.questions import FORMS
from scripts.exchange.intake.compose import Waiting
from scripts.exchange.intake.event import Issue, NoIssue, issue_of, text_of
from scripts.exchange.intake.handing import Hand, hand_in
from scripts.exchange.intake.issue_body import read_body
from scripts.exchange.intake.pending import clash, waiting
from scripts.exchange.uploads import BY_MACHINE, Unfit, keep, request
from scripts.ledger.model.personal_data import masked
from scripts.ledger.phrases.problems import told
from scripts.store import git, git_write, host
from scripts.store.git import GitFailed
from scripts.store.load import copied, load, load_past_blanks

from .hand_in import all_stamps, finish, refused, spot, understood_issue
from .options import Options, Verbs
from .sheet_upload import ALLOW, CLASHES
from .terminal import passed_over, print_problems, repository_path, say

ANSWER, FORM = "answer.md", "form.txt"
"""In TAKEN: what is to be said below the issue; which form it was."""
EDIT = "请编辑上面那一条（右上角“…” → Edit），改好保存，程序会再看一遍；不用另开一条。"
PERSONAL = "**这一条里有手机号或身份证号，谁都看得到。**请马上编辑删去，再点开“edited”，把旧的版本也删去（Delete revision）。"
FOLLOWS = "要改，编辑上面那一条，合并请求跟着变；合并以后，这一条自动关闭。"
MERGED = "这一条登记的已经合并公布，公布了的不改；没有再收。要补充、更正，另开一条。"
TOUCHED = "合并请求里有人另外改过，程序不再跟着改。请在合并请求里改；或者关掉它、删去它的分支，再编辑这一条。"


def branch_of(issue: int) -> str:
    """The branch of an issue's request."""
    return f"record-issue-{issue}"


def add(verbs: Verbs, options: Options) -> None:
    """Register the verb and its ways."""
    ways = verbs.add_parser("issue", help="收在 issue 里填的登记").add_subparsers(required=True, metavar="in|take|answer")
    into: argparse.ArgumentParser = ways.add_parser("in", parents=[options.dated], help="从存下来的一条登记写出记录")
    into.add_argument("file", type=Path, metavar="文件", help="那一条的内容，存成文本文件")
    into.add_argument("--dry-run", action="store_true", help="只看会写什么，不写")
    into.set_defaults(run=run_in)
    take: argparse.ArgumentParser = ways.add_parser("take", parents=[options.dated, options.based], help="读这次的一条登记（工作流用）")
    _event(take, options)
    take.add_argument("--taken", type=Path, default=Path("taken"), metavar="文件夹", help="新记录和回话放到哪里")
    take.add_argument("--summary", type=Path, default=options.summary, metavar="文件", help="同时写进这个文件（Markdown）")
    take.set_defaults(run=run_take)
    answer: argparse.ArgumentParser = ways.add_parser(
        "answer", parents=[options.data, options.based], help="提出合并请求并回话（工作流用）"
    )
    _event(answer, options)
    answer.add_argument("taken", type=Path, metavar="文件夹", help="take 收好的文件夹")
    answer.add_argument("--main", required=True, metavar="分支", help="合并到哪个分支")
    answer.add_argument("--uploads", type=Path, default=Path("uploads"), metavar="文件夹", help="上传的表在哪个文件夹")
    answer.set_defaults(run=run_answer)


def _event(parser: argparse.ArgumentParser, options: Options) -> None:
    parser.add_argument("--event", type=Path, default=options.event, required=options.event is None, metavar="文件", help="事件的文件")


# ---------------------------------------------------------------- by hand


def run_in(options: argparse.Namespace) -> int:
    """Read an issue that somebody saved, check it and everything with it, write its record."""
    before = all_stamps(options.data)
    loaded, blanks = load_past_blanks(options.data)
    if loaded.ledger is None:
        print_problems(loaded)
        say("数据本身有错，先改好（python -m scripts check）再收；什么都没有写。")
        return 1
    try:
        text = text_of(options.file.read_bytes())
    except OSError:
        print(f"{options.file}：找不到或打不开这个文件。")
        return refused()
    except NoIssue as error:
        print(f"{options.file}：{error}。")
        return refused()
    passed_over(blanks)
    found = understood_issue(text, loaded.ledger, options.as_of, Waiting())
    return finish(options, loaded.ledger, found, before[found.plan], frozenset(blanks), "")


# ---------------------------------------------------------------- the job that reads


@dataclass(frozen=True)
class Outcome:
    """What came of an issue: the words for its author; where it is accepted, the new files, those that go, and what the public will see."""

    words: str
    files: dict[str, bytes]
    gone: tuple[str, ...] = ()
    changes: str = ""


def run_take(options: argparse.Namespace) -> int:
    """Read the event's issue and leave TAKEN: an answer always, records where they are good.  Nothing else is written."""
    try:
        issue = issue_of(options.event.read_bytes())
        base = base_commit(options.data, options.base)
    except (NoIssue, GitFailed, OSError) as error:
        say(f"没有收：{escape(str(error))}。")
        return 1
    with tempfile.TemporaryDirectory() as temporary:
        copy = copied(options.data, Path(temporary) / "data")
        outcome = _outcome(options, issue, base, copy)
    opening = f"由 #{issue.number} 里填的登记表提出。合并以后，那一条自动关闭：closes #{issue.number}\n\n{BY_MACHINE}"
    keep(options.taken, outcome.files, outcome.changes, outcome.gone, opening)
    entry = read_body(issue.body).entry
    (options.taken / ANSWER).write_text(outcome.words, encoding="utf-8")
    (options.taken / FORM).write_text(entry.form.name if entry else "", encoding="utf-8")
    print(outcome.words)
    if options.summary:
        with options.summary.open("a", encoding="utf-8") as file:
            file.write(f"{outcome.words}\n\n{outcome.changes}")
    return 0


def _outcome(options: argparse.Namespace, issue: Issue, base: str, copy: Path) -> Outcome:
    before = all_stamps(copy)
    loaded = load(copy)
    if loaded.ledger is None:
        return Outcome("没有收：仓库里的数据现在有错，不是您填的有错。请管网站的人先改好（make check），再编辑一下这一条。", {})
    pending = waiting(options.data, base, but=branch_of(issue.number))
    found = understood_issue(issue.body, loaded.ledger, options.as_of, pending)
    lines = [spot("", problem) for problem in found.problems]
    if lines:
        return Outcome(_refusal(lines, issue.body), {})
    if not found.new:
        return Outcome(f"没有新的要登记：{''.join(found.remarks)}\n", {})
    hand = Hand(found.plan, found.new, found.gone, before[found.plan])
    verdict = hand_in(copy, hand)
    if verdict.refused:
        elsewhere = [line.replace(copy.as_posix(), options.data.as_posix()) for line in verdict.elsewhere]
        return Outcome(_refusal([*(spot("", problem) for problem in verdict.problems), *elsewhere], issue.body), {})
    reminders = [*found.remarks, *(told(each) for each in verdict.reminders)]
    return Outcome(_acceptance(hand, reminders), hand.files, tuple(hand.gone), _changes(options, base, copy))


def _refusal(lines: Iterable[str], body: str) -> str:
    """What is wrong, as text that is nothing but text."""
    listed = list(dict.fromkeys(lines))
    shown = "\n".join(html.escape(masked(f"{number}. {line}")) for number, line in enumerate(listed, start=1))
    personal = f"{PERSONAL}\n\n" if masked(body) != body else ""
    return f"没有收，有{len(listed)}处要改。{EDIT}\n\n{personal}<pre>\n{shown}\n</pre>\n"


def _acceptance(hand: Hand, reminders: list[str]) -> str:
    ids = "、".join(f"{each.key}" for each in hand.new)
    shown = "\n".join(html.escape(masked(each)) for each in reminders)
    also = f"\n\n请再看一眼：\n\n<pre>\n{shown}\n</pre>" if reminders else ""
    return f"没有错，收下了（编号 {ids}）。{FOLLOWS}{also}\n"


def _changes(options: argparse.Namespace, base: str, copy: Path) -> str:
    """What the public will see change, as Markdown."""
    from scripts.changes.public_changes import changes  # the pages and their tables are loaded for this way alone

    ledger = load(copy).ledger
    assert ledger is not None
    return changes(options.data, base, options.as_of, ledger).markdown()


# ---------------------------------------------------------------- the job that writes


def run_answer(options: argparse.Namespace) -> int:
    """Ask for what was taken, or bring the request up to date; then say below the issue what came of it."""
    try:
        issue = issue_of(options.event.read_bytes())
        words = (options.taken / ANSWER).read_text(encoding="utf-8")
        host.comment(issue.number, _asked(options, issue, words))
    except (GitFailed, Unfit, NoIssue, OSError) as error:
        say(f"没有提出：{escape(str(error))}。")
        return 1
    except host.HostFailed as error:
        say(f"没有办成：{escape(str(error))}。{ALLOW}")
        return 1
    return 0


def _asked(options: argparse.Namespace, issue: Issue, words: str) -> str:
    """What is to be said; before that, everything is done that it says."""
    known = host.requests_of(branch_of(issue.number))
    waits = next((each for each in known if each.state == "OPEN"), None)
    if any(each.state == "MERGED" for each in known):
        return f"{MERGED}\n"
    if not (options.taken / "data").is_dir():
        return f"{words}\n原来的合并请求没有变：{waits.url}\n" if waits else words
    body = (options.taken / "request.md").read_text(encoding="utf-8")
    if not _pushed(options, issue):
        return f"{TOUCHED}\n\n{waits.url}\n" if waits else f"{TOUCHED}\n"
    if waits:
        host.rewrite_request(waits.url, body)
        return f"{words}\n合并请求已经照着改了：{waits.url}\n"
    return f"{words}\n合并请求：{host.open_request(options.main, branch_of(issue.number), _title(options, issue), body)}\n"


def _title(options: argparse.Namespace, issue: Issue) -> str:
    name = (options.taken / FORM).read_text(encoding="utf-8").strip()
    form = next((each.title for each in FORMS if each.name == name), "记录")
    return f"登记：{form}（#{issue.number}）"


def _pushed(options: argparse.Namespace, issue: Issue) -> bool:
    """Put the records on the issue's branch; False where a person has changed that branch, and it is left alone."""
    branch, data = branch_of(issue.number), options.data
    base = base_commit(data, options.base)
    commit, files = request(data, options.taken, base, repository_path(options.uploads), f"登记 #{issue.number}")
    if file := clash(data, base, files, branch):
        raise Unfit(CLASHES.format(file=file))
    tip = git_write.remote_tip(data, branch)
    if tip is None:
        git_write.push_new(data, commit, branch)
    elif not git_write.ours_alone(data, tip, base):
        return False
    elif git.text(data, "log", "-1", "--format=%T %P", tip) != git.text(data, "log", "-1", "--format=%T %P", commit):
        git_write.push_over(data, commit, branch, tip)
    return True
