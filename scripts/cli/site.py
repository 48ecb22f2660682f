"""`site`: check, build, check links, publish."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from types import GeneratorType

from rich.markup import escape

from scripts.changes.history import history
from scripts.ledger.model.promise import Ledger
from scripts.site.build import BuildFailed, Built, build_site
from scripts.store.commits import version_cut_off
from scripts.store.load import load

from .options import Options, Verbs
from .terminal import CUT_OFF, print_problems, say


def add(verbs: Verbs, options: Options) -> None:
    """Register the verbs."""
    site = verbs.add_parser("site", parents=[options.dated], help="检查数据，生成网站")
    site.add_argument("--out", type=Path, default=Path(options.out), metavar="文件夹", help="网站写到哪里")
    site.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check, build, publish."""
    started = time.monotonic()
    say(f"[1/3] 检查数据 {escape(str(options.data))}")
    loaded = load(options.data)
    print_problems(loaded)
    if loaded.ledger is None:
        say("没有生成网站；原来的网站没有动。")
        return 1
    say(f"[2/3] 生成网页（按{options.as_of}看）、检查链接")
    sys.unraisablehook = _left_half_written
    try:
        built = build_site(options.data, options.out, options.as_of, options.base_url, loaded.ledger)
    except BuildFailed as error:
        print(error)
        say("没有生成网站；原来的网站没有动。")
        return 1
    say(f"[3/3] 完成，用了{time.monotonic() - started:.1f}秒")
    _report(options, loaded.ledger, built)
    return 0


def _left_half_written(remains: sys.UnraisableHookArgs) -> None:
    """A workbook that the disk had no room for complains once more, in a traceback, when it is let go; the reason was told."""
    if not isinstance(remains.object, GeneratorType):
        sys.__unraisablehook__(remains)


def _report(options: argparse.Namespace, ledger: Ledger, built: Built) -> None:
    leads = {name for task in ledger.current.tasks.values() for name in task.lead}
    counts = built.pages
    say(
        f"共{counts['']}页：任务{counts.get('tasks', 0)}，单位{counts.get('units', 0)}（牵头{len(leads)}），地点{counts.get('places', 0)}，节点{counts.get('checkpoints', 0)}。"
    )
    say(f"打开看：[bold]{escape(str(built.out / 'index.html'))}[/]（或 make serve）")
    if not (options.base_url or ledger.settings.base_url):
        say("提醒：没有设网址（site.yml 的 base_url 或环境变量 BASE_URL），页面上没有二维码和完整网址，也没有订阅。")
    publisher = ledger.settings.publisher
    if not (publisher.phone or publisher.email):
        say("提醒：site.yml 没有写联系方式；正式发布会被拒绝。")
    if why := history(options.data).why:
        say(f"提醒：更新记录页没有版本记录：{escape(why)}")
    if version_cut_off(options.data):
        say(f"提醒：{CUT_OFF}")
    for remark in built.remarks:
        say(escape(remark))
