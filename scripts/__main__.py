"""The command: reads the clock and the environment, and calls a verb.  No other module reads either.

python -m scripts check             check the data, print every problem, exit 1 if there is one
python -m scripts guard             nothing published was edited, deleted or renamed since BASE
python -m scripts changes           what the public will see change since BASE
python -m scripts site              check, build, check links, publish into OUT
python -m scripts publishable       refuse a site without publisher, contact or address; what must hold before it goes public
python -m scripts serve             preview at 127.0.0.1:8000 (--port): what is saved is seen in the browser
python -m scripts permalinks        add new addresses to the list of those that must answer for ever; none is removed
python -m scripts docs              write the tables of data/README.md and the JSON Schemas from the model
python -m scripts verify FOLDER     whether a published copy is what this clone makes, file by file
python -m scripts published log     the log of publications, each line held against those before it (record, purged, hash: for whoever publishes)
python -m scripts plan in FILE      a plan's 任务分解表 (.docx, .xlsx, text) into the data folder, with what is left for a person marked
python -m scripts new-plan YEAR     the skeleton of a plan to write by hand; check lists its steps
python -m scripts new-county DIR    a repository of a county's own, with the version of the program that it runs on (--from, --version)
python -m scripts report 24 2023-05 a commented template of a task's report; correction, problem, revision, meeting, event, statement,
                                    review, case, withdrawal: the same for the other records; none overwrites
python -m scripts next              who owes what by when
python -m scripts sheet out 2023-05 a workbook to fill in (--unit, --to); `sheet in FILE`: reports from it, all or none (--dry-run)
python -m scripts sheet take uploads  what was uploaded through the browser, all or none, into taken/; `sheet request taken --branch NAME` pushes it;
                                    `sheet clear --uploaded NAME`, once it is asked for, removes the branch of the upload
python -m scripts sheet records     a workbook to file problems, meetings, reviews, statements with (--plan, --to); `sheet in FILE` takes it too
python -m scripts issue in FILE     the same from an issue's form, saved as text; `issue take`, `issue answer taken` for a workflow
python -m scripts idle              days since the last commit; fails before the host stops the nightly workflow
python -m scripts changed-kind      whether data alone was changed since BASE, or the program too; a workflow then runs its tests
python -m scripts release 1.0.0     the program's next version: CHANGELOG dated, version written, tag (make release: with its tests)
python -m scripts hook              have git check the data before every commit
python -m scripts staged            what it then runs: check and guard, on what would be committed
"""

from __future__ import annotations

import argparse
import os
import sys
from datetime import date, datetime
from importlib import import_module
from pathlib import Path

from scripts.cli.options import Options
from scripts.cli.parser import Parser, day
from scripts.store.clock import SHANGHAI
from scripts.store.disk_errors import reason
from scripts.store.project import facts, home

VERBS = (
    "check",
    "guard",
    "changes",
    "site",
    "serve",
    "publishable",
    "permalinks",
    "docs",
    "verify",
    "published",
    "plan",
    "new_plan",
    "new_county",
    "records",
    "next",
    "sheet",
    "issue",
    "idle",
    "changed_kind",
    "release",
    "hook",
)
"""The modules of the verbs, in the order of the help."""
ALONE = {"check": "check", "guard": "guard", "staged": "hook"}
"""Verbs that run before every commit, with their modules: nothing else is loaded for them, so they start at once."""


def main(arguments: list[str] | None = None) -> int:
    """Run one verb; returns the exit code."""
    asked = (sys.argv[1:] if arguments is None else arguments)[:1]
    options = _parser(asked).parse_args(arguments)
    try:
        return int(options.run(options))
    except Exception as error:
        if words := reason(error):
            print(f"没有做完：{words}。", file=sys.stderr)
            return 1
        raise


def _parser(asked: list[str]) -> argparse.ArgumentParser:
    names = [ALONE[each] for each in asked if each in ALONE] or VERBS
    parser = Parser(
        prog="python -m scripts", description="民生台账：查数据、写记录、收填报表、生成网站。每个命令的用法：python -m scripts 命令 --help"
    )
    verbs = parser.add_subparsers(required=True, metavar="命令")
    for name in names:
        import_module(f"{__package__}.cli.{name}").add(verbs, _options())
    return parser


def _options() -> Options:
    """The shared options, with what the environment wishes as their defaults."""
    top = home(Path.cwd())
    data = Parser(add_help=False)
    place = Path(os.environ.get("DATA") or _from_here(facts(top)))
    data.add_argument("--data", type=Path, default=place, metavar="文件夹", help="数据文件夹；不写就是 data")
    addressed = Parser(add_help=False, parents=[data])
    addressed.add_argument("--base-url", default=os.environ.get("BASE_URL"), metavar="网址", help="网站公开后的网址")
    dated = Parser(add_help=False, parents=[addressed])
    dated.add_argument("--as-of", type=day, default=_as_of_default(), metavar="年-月-日", help="按哪一天来看；不写就是今天")
    checked = Parser(add_help=False, parents=[data])
    form = os.environ.get("FORMAT") or "text"
    checked.add_argument("--format", type=_form, default=form, metavar="text|github", help="text 给人看；github 标在合并请求的那一行旁边")
    checked.add_argument("--all", action="store_true", default=bool(os.environ.get("ALL")), help="逐处列出全部提醒；不写就同样的只写第一处")
    based = Parser(add_help=False)
    based.add_argument("--base", default=os.environ.get("BASE"), metavar="提交或分支", help="和哪里比；不写就是公开的分支")
    published = os.environ.get("PUBLISHED")
    based.add_argument("--published", default=published, metavar="提交", help="guard 用：到现在为止公开着的那次提交")
    now = Parser(add_help=False)
    now.add_argument("--today", dest="as_of", type=day, default=_as_of_default(), help=argparse.SUPPRESS)
    based = Parser(add_help=False, parents=[based, now])
    summary, answers, event = (os.environ.get(f"GITHUB_{name}") for name in ("STEP_SUMMARY", "OUTPUT", "EVENT_PATH"))
    return Options(
        data,
        addressed,
        dated,
        checked,
        based,
        now,
        out=os.environ.get("OUT") or str(top / "site"),
        port=os.environ.get("PORT") or "8000",
        summary=Path(summary) if summary else None,
        answers=Path(answers) if answers else None,
        event=Path(event) if event else None,
    )


def _from_here(folder: Path) -> Path:
    """A folder as people name it from where they are: `data`; of the program elsewhere, as it is."""
    return folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder


def _form(wished: str) -> str:
    if wished not in ("text", "github"):
        raise argparse.ArgumentTypeError(f"只能是 text 或 github；现在写的是“{wished}”")
    return wished


def _as_of_default() -> date:
    given = os.environ.get("AS_OF")
    if not given:
        return datetime.now(SHANGHAI).date()
    try:
        return day(given)
    except argparse.ArgumentTypeError as error:
        print(f"环境变量 AS_OF {error}", file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    sys.exit(main())
