"""What verbs say at the terminal: progress, problems, reminders."""

from __future__ import annotations

import sys
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from scripts.ledger.series.day import Day
from scripts.ledger.series.opening import not_yet
from scripts.store import git
from scripts.store.load import Loaded

from .annotations import annotated

say = Console(stderr=True, highlight=False, soft_wrap=True, markup=True).print
"""Progress and remarks for the person at the terminal; results go to standard output."""
CUT_OFF = f"这份克隆只有一部分历史（浅克隆），说不出数据是哪个版本，网页上只能写“版本不明”；请先取全：{git.FETCH}，再来一次。"
"""Said where the version of the data is not known for that reason."""


FOLDED = "另有提醒{count}处，同样的只写了第一处；逐处看：make check ALL=1（或 python -m scripts check --all）。"
"""Said when reminders were told by their kinds."""


def print_problems(loaded: Loaded, form: str = "text", every: bool = False) -> None:
    """Every error and, where they are few or `every` is asked for, every reminder on standard output; how many on standard error.

    `form` github: as annotations of a pull request, and as lines for people on standard error.
    """
    annotations = annotated(loaded, repository_path(Path(loaded.root))) if form == "github" else []
    for annotation in annotations:
        print(annotation)
    lines = loaded.messages() if every else loaded.brief()
    for message in lines:
        print(message, file=sys.stderr if annotations else sys.stdout)
    for plan in sorted(loaded.drafts):
        say(drafted(loaded, plan))
    if len(lines) < len(loaded.messages()):
        say(FOLDED.format(count=sum(problem.warning for problem in loaded.problems)))
    for sentence in loaded.counted():
        say(sentence)


def drafted(loaded: Loaded, plan: str) -> str:
    """What is left to do on a plan under preparation."""
    mine = [problem for problem in loaded.problems if problem.at.file.startswith(f"plans/{plan}/")]
    wrong = sum(problem.draft for problem in mine)
    end = f"还有错误{wrong}处、提醒{len(mine) - wrong}处" if mine else "没有要改的了"
    return f"{plan}年的计划还是草稿，不在网站上，不妨碍已公布的：{end}；核完要公布，删去 plans/{plan}/plan.yml 里 draft: true 那一行。"


def passed_over(blanks: list[str]) -> None:
    """Name the templates that wait to be filled in, whose ever they are."""
    if blanks:
        say(f"还有{len(blanks)}份模板没有填好，先不算在内：{escape('、'.join(blanks))}")


def remind_of_opening(day: Day, plan: str = "") -> None:
    """Tell whoever files what waits for the opening of reporting that it waits, and what to do.  `plan`: what a command needs to name it."""
    if not day.opened:
        say(f"[bold]提醒[/]：{escape(not_yet(day.records, plan))}。")


def repository_path(folder: Path) -> str:
    """A folder as its repository names it; outside of one as it was given."""
    try:
        return folder.resolve().relative_to(git.root(folder)).as_posix()
    except (git.GitFailed, ValueError):
        return folder.as_posix()
