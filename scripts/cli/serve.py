"""`serve`: preview in a browser on this machine; what is saved is seen there."""

from __future__ import annotations

import argparse
import contextlib
import errno
import secrets
import shutil
import signal
import socket
import tempfile
import time
from pathlib import Path
from typing import NoReturn

from rich.markup import escape

from scripts.site.preview.builder import Answer, Builder
from scripts.site.preview.server import HOST, Notice, Server, Site
from scripts.site.preview.watch import Watch
from scripts.store.load import TOP_PARTS
from scripts.store.project import ROOT

from .options import Options, Verbs
from .terminal import say

PARTS = ("docs", "macros", "scripts", "mkdocs.yml")
"""What a site is made of, beside the data."""
LAST_PORT = 65535
FIRST_OPEN = 1024
"""Ports below are the system's."""
ENDING = (signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM))
"""Ctrl+C, `kill`, a window that is closed (where there is such a signal)."""


def add(verbs: Verbs, options: Options) -> None:
    """Register the verb."""
    serve = verbs.add_parser("serve", parents=[options.dated], help="在本机预览，一保存就更新")
    serve.add_argument("--port", type=port, default=options.port, metavar="端口", help="网址里的端口；不写就是8000，0是任选一个空的")
    serve.set_defaults(run=run)


def port(text: str) -> int:
    """A port as an option gives it.  Raises `argparse.ArgumentTypeError`."""
    if text.isascii() and text.isdecimal() and int(text) <= LAST_PORT:
        return int(text)
    raise argparse.ArgumentTypeError(f"必须是0到{LAST_PORT}的整数；现在写的是“{text}”。例：8001")


def run(options: argparse.Namespace) -> int:
    """Show the site until told to end; 1 where the port cannot be had."""
    for each in ENDING:
        signal.signal(each, signal.default_int_handler)
    try:
        server = Server(options.port)
    except OSError as error:
        say(escape(_refused(options.port, error)))
        return 1
    with server:
        say(f"预览：[bold]{server.address}[/]（一保存，网页自己更新；按 Ctrl+C 结束）")
        _until_ended(options, server)
    return 0


def _until_ended(options: argparse.Namespace, server: Server) -> None:
    work = Path(tempfile.mkdtemp(prefix="preview.")).resolve()
    builder = Builder(options.data, options.as_of, options.base_url, work)
    try:
        _follow(server, builder)
    except KeyboardInterrupt:
        for each in ENDING:
            signal.signal(each, signal.SIG_IGN)
        say("预览结束。")
    finally:
        builder.end_worker()
        shutil.rmtree(work, ignore_errors=True)


def _follow(server: Server, builder: Builder) -> NoReturn:
    """Build the pages, show them, wait for the next change; programs that changed are loaded by a new worker."""
    watch = Watch((*(builder.data / part for part in TOP_PARTS), *(ROOT / part for part in PARTS)))
    seen = watch.stamps()
    while True:
        started = time.monotonic()
        folder, answer = builder.build(pages_only=True)
        server.show(_shown(folder, answer, secrets.token_hex(4), whole=False))
        _tell(answer, time.monotonic() - started)
        builder.tidy()
        seen, changed = watch.next_change(seen, lambda: _complete(server, builder))
        if any(path.endswith(".py") for path in changed):
            builder.end_worker()


def _complete(server: Server, builder: Builder) -> None:
    """Where somebody asked for a file to take away: the same site with all its files, under the same version."""
    if not server.wanted.is_set():
        return
    server.wanted.clear()
    shown = server.shown
    if isinstance(shown, Site) and not shown.whole:
        folder, answer = builder.build(pages_only=False)
        server.show(_shown(folder, answer, shown.version, whole=True))
        builder.tidy()


def _shown(folder: Path, answer: Answer, version: str, whole: bool) -> Site | Notice:
    if answer["failed"]:
        return Notice(answer["failed"], tuple(answer["messages"]), version)
    return Site(folder, version, whole)


def _tell(answer: Answer, seconds: float) -> None:
    for message in answer["messages"]:
        print(message, flush=True)
    say(escape(answer["failed"] or f"网页已更新，用了{seconds:.1f}秒。"))


def _refused(wished: int, error: OSError) -> str:
    """Why the port cannot be had, and a command with one that can."""
    taken = f"端口{wished}已经有程序在用（也许是另一个窗口里的预览）"
    why = taken if error.errno == errno.EADDRINUSE else f"系统不让用端口{wished}（{error.strerror}）"
    free = _free_port(max(wished, FIRST_OPEN))
    return f"{why}。请换一个端口：\n  PORT={free} make serve\n或者\n  python -m scripts serve --port {free}"


def _free_port(after: int) -> int:
    """The next port that nobody uses; failing that, 0, for which the system finds one."""
    for number in range(after + 1, min(after + 100, LAST_PORT) + 1):
        with socket.socket() as tried, contextlib.suppress(OSError):
            tried.bind((HOST, number))
            return number
    return 0
