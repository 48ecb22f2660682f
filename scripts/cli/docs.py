"""`docs`: what follows from the model, written down."""

from __future__ import annotations

import argparse

from scripts.exchange.intake import issue_forms
from scripts.exports import dictionary
from scripts.store.project import ROOT

from .options import Options, Verbs
from .terminal import say


def add(verbs: Verbs, options: Options) -> None:
    """Register the verb."""
    verbs.add_parser("docs", help="重写 data/README.md 的字段表、JSON Schema 和登记用的 issue 表（改了程序才用）").set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the field dictionary, the JSON Schemas and the forms of issues."""
    for path in (*dictionary.write(ROOT / "data"), *issue_forms.write(ROOT)):
        say(f"写了 {path.relative_to(ROOT)}")
    return 0
