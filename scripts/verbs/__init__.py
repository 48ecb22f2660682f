"""The verbs of `python -m scripts`, one module each: what it is called, its options, what it does.

A verb module has `add(verbs, options)`, which registers its parsers.  Verbs are given the day and the environment's wishes as
options; none of them reads the clock or the environment (`scripts/__main__.py` does).
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from typing import TypeAlias

from rich.console import Console

from ..load import Loaded

say = Console(stderr=True, highlight=False, soft_wrap=True, markup=True).print
"""Progress and remarks for the person at the terminal; results go to standard output."""

Verbs: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


@dataclass(frozen=True)
class Options:
    """Groups of options that verbs share, to be passed as `parents`: the data folder; with the site's address; with the day judged."""

    data: argparse.ArgumentParser
    addressed: argparse.ArgumentParser
    dated: argparse.ArgumentParser
    out: str
    """Where the site goes unless `--out` says otherwise."""


def print_problems(loaded: Loaded) -> None:
    """Every problem on standard output, how many on standard error."""
    for message in loaded.messages():
        print(message)
    if loaded.errors:
        say(f"共{len(loaded.errors)}处错误。")
