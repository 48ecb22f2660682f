"""Starts the engine that makes a site of pages, in this process: the only module that knows how it is called.

What a build is of (the ledger, read and checked once; the day; the commits) goes to the hook in macros/engine.py as one object: no second
reading, no way through text.  Source of the interface: mkdocs 1.6.1, `mkdocs build`; docs/decisions/0032-the-engines-successor.md.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import logging
import os
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from scripts.ledger.model.promise import Ledger
from scripts.store.project import ROOT
from scripts.store.stamp import Stamp

ORDER = "order"
"""Under which name the hook finds what is built."""


@dataclass(frozen=True)
class Order:
    """What is built: the checked `ledger` of the folder `data`, with the address that the site is for; `stamp`: the day judged and what it
    was made from; `data_day`: since when the data are public; `pages_only`: for a preview, without the files to take away."""

    data: Path
    ledger: Ledger
    stamp: Stamp
    data_day: date
    pages_only: bool = False


@dataclass(frozen=True)
class Done:
    """What came of it: all that was printed and logged, line by line, and what stopped it."""

    output: str
    stopped: BaseException | None


def make_pages(order: Order, out: Path) -> Done:
    """Make the site of `order` in the folder `out`, strictly: a warning stops it.  Not for two threads at a time."""
    said = io.StringIO()
    with _surroundings(order), _listening(said), contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            _start(order, out)
        except SystemExit as stopped:  # the engine's own way to give up, said before
            return Done(said.getvalue(), stopped)
        except Exception as stopped:
            traceback.print_exc(file=said)
            return Done(said.getvalue(), stopped)
    return Done(said.getvalue(), None)


def _start(order: Order, out: Path) -> None:
    with contextlib.suppress(ModuleNotFoundError):
        importlib.import_module("properdocs.replacement")  # the engine's successor, where it is installed, answers to the same names
    from mkdocs.commands import build
    from mkdocs.config import load_config

    logging.getLogger("mkdocs.commands.build").filters.clear()  # each build adds one, which keeps back what was said in the one before
    config = load_config(str(ROOT / "mkdocs.yml"), site_dir=str(out), strict=True)
    config.extra[ORDER] = order
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build.build(config)
    finally:
        config.plugins.on_shutdown()


@contextlib.contextmanager
def _listening(said: io.StringIO) -> Iterator[None]:
    """What the engine logs that is out of the ordinary, as lines of `said`: “WARNING - …”."""
    handler = logging.StreamHandler(said)
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter("%(levelname)s - %(message)s"))
    log = logging.getLogger("mkdocs")
    log.addHandler(handler)
    try:
        yield
    finally:
        log.removeHandler(handler)


@contextlib.contextmanager
def _surroundings(order: Order) -> Iterator[None]:
    """The environment while the engine runs: the data's time in place of the clock's, the county's time zone."""
    before = dict(os.environ)
    os.environ.update({"SOURCE_DATE_EPOCH": str(order.stamp.seconds), "NO_MKDOCS_2_WARNING": "1", "TZ": "Asia/Shanghai"})
    time.tzset()
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
        time.tzset()
