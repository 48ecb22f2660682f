"""`docs`: what follows from the model, written down."""

from __future__ import annotations

import argparse

from scripts.exports import dictionary
from scripts.store.project import ROOT

from .options import Options, Verbs
from .terminal import say


def add(verbs: Verbs, options: Options) -> None:
    """Register the verb."""
    verbs.add_parser("docs", help="重写 data/README.md 的字段表和 JSON Schema（改了程序才用）").set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the field dictionary and the JSON Schemas."""
    for path in dictionary.write(ROOT / "data"):
        say(f"写了 {path.relative_to(ROOT)}")
    return 0
