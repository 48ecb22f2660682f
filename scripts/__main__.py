"""The verbs.  The only reader of the clock and of the environment.

python -m scripts check             check the data, print every problem, exit 1 if there is one
python -m scripts site              check, build, check links, publish into OUT
python -m scripts publishable       refuse a site without publisher, contact or address; what must hold before it goes public
python -m scripts serve             preview with live reload on data
python -m scripts docs              write the tables of data/README.md and the JSON Schemas from the model
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from rich.console import Console

from . import dictionary
from .build import ROOT, BuildFailed, Built, build_site, environment
from .load import Loaded, load
from .publish import unpublishable

SHANGHAI = timezone(timedelta(hours=8))
"""China has one time zone and no summer time; no time zone database is needed to know its day."""

say = Console(stderr=True, highlight=False, soft_wrap=True).print


def main(arguments: list[str] | None = None) -> int:
    """Run one verb; returns the exit code."""
    options = _parser().parse_args(arguments)
    return int(options.run(options))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m scripts", description="民生台账")
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--data", type=Path, default=Path(os.environ.get("DATA") or ROOT / "data"), help="data folder")
    addressed = argparse.ArgumentParser(add_help=False, parents=[shared])
    addressed.add_argument("--base-url", default=os.environ.get("BASE_URL"), help="the published site's address")
    dated = argparse.ArgumentParser(add_help=False, parents=[addressed])
    dated.add_argument("--as-of", type=date.fromisoformat, default=_as_of_default(), help="the day judged, YYYY-MM-DD")
    check = verbs.add_parser("check", parents=[shared], help="check the data")
    check.set_defaults(run=run_check)
    site = verbs.add_parser("site", parents=[dated], help="build the site")
    site.add_argument("--out", type=Path, default=Path(os.environ.get("OUT") or ROOT / "site"), help="where the site goes")
    site.set_defaults(run=run_site)
    publishable = verbs.add_parser("publishable", parents=[addressed], help="whether the site may go public")
    publishable.set_defaults(run=run_publishable)
    serve = verbs.add_parser("serve", parents=[dated], help="preview with live reload")
    serve.set_defaults(run=run_serve)
    docs = verbs.add_parser("docs", help="write data/README.md and the JSON Schemas from the model")
    docs.set_defaults(run=run_docs)
    return parser


def _as_of_default() -> date:
    given = os.environ.get("AS_OF")
    return date.fromisoformat(given) if given else datetime.now(SHANGHAI).date()


def run_check(options: argparse.Namespace) -> int:
    """Print every problem of the data; 0 when there is none but warnings."""
    loaded = load(options.data)
    _print_problems(loaded)
    if loaded.ledger is None:
        return 1
    promise = loaded.ledger.current
    say(
        f"[bold]数据没有错误[/]：{len(promise.tasks)}项任务，{sum(len(t.milestones) for t in promise.tasks.values())}格，"
        f"{len(loaded.ledger.units)}个单位，{len(promise.sites)}处地点；拼回的全文与 source.txt 逐字相同。"
    )
    return 0


def _print_problems(loaded: Loaded) -> None:
    for message in loaded.messages():
        print(message)
    if loaded.errors:
        say(f"共{len(loaded.errors)}处错误。")


def run_site(options: argparse.Namespace) -> int:
    """Check, build, publish."""
    started = time.monotonic()
    say(f"[1/3] 检查数据 {options.data}")
    loaded = load(options.data)
    _print_problems(loaded)
    if loaded.ledger is None:
        say("没有生成网站；原来的网站没有动。")
        return 1
    say(f"[2/3] 生成网页（按{options.as_of}看）、检查链接")
    try:
        built = build_site(options.data, options.out, options.as_of, options.base_url)
    except BuildFailed as error:
        print(error)
        say("没有生成网站；原来的网站没有动。")
        return 1
    say(f"[3/3] 完成，用了{time.monotonic() - started:.1f}秒")
    _report(loaded, built, options.base_url)
    return 0


def _report(loaded: Loaded, built: Built, base_url: str | None) -> None:
    ledger = loaded.ledger
    assert ledger is not None
    leads = {name for task in ledger.current.tasks.values() for name in task.lead}
    counts = built.pages
    say(
        f"共{counts['']}页：任务{counts.get('tasks', 0)}，单位{counts.get('units', 0)}（牵头{len(leads)}），地点{counts.get('places', 0)}，节点{counts.get('checkpoints', 0)}。"
    )
    say(f"打开看：[bold]{built.out / 'index.html'}[/]（或 make serve）")
    if not (base_url or ledger.settings.base_url):
        say("提醒：没有设网址（site.yml 的 base_url 或环境变量 BASE_URL），页面上没有二维码和完整网址。")
    publisher = ledger.settings.publisher
    if not (publisher.phone or publisher.email):
        say("提醒：site.yml 没有写联系方式；正式发布会被拒绝。")
    for remark in built.remarks:
        say(remark)


def run_publishable(options: argparse.Namespace) -> int:
    """Print what the data lacks for publishing; 0 when the site may go public."""
    loaded = load(options.data)
    if loaded.ledger is not None:
        loaded.problems.extend(unpublishable(loaded.ledger.settings, options.base_url))
    _print_problems(loaded)
    if loaded.errors:
        say("这个网站还不能正式发布；补好上面各处再来。（预览不受影响：make site）")
        return 1
    say("可以正式发布：发布者、联系方式、网址都有。")
    return 0


def run_serve(options: argparse.Namespace) -> int:
    """Preview at http://127.0.0.1:8000 with live reload on data, templates and words."""
    command = [sys.executable, "-m", "mkdocs", "serve", "--config-file", str(ROOT / "mkdocs.yml")]
    return subprocess.run(command, cwd=ROOT, env=environment(options.data, options.as_of, options.base_url), check=False).returncode


def run_docs(options: argparse.Namespace) -> int:
    """Write what follows from the model: the field dictionary and the JSON Schemas."""
    for path in dictionary.write(ROOT / "data"):
        say(f"写了 {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
