"""The options that verbs share."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

Verbs: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


@dataclass(frozen=True)
class Options:
    """Groups of options that verbs share, to be passed as `parents`: the data folder; with the site's address; with the day judged; with
    the form in which problems are printed; the base to compare with, and today; today alone."""

    data: argparse.ArgumentParser
    addressed: argparse.ArgumentParser
    dated: argparse.ArgumentParser
    checked: argparse.ArgumentParser
    based: argparse.ArgumentParser
    now: argparse.ArgumentParser
    out: str
    """Where the site goes unless `--out` says otherwise."""
    port: str = "8000"
    """Where the preview answers unless `--port` says otherwise."""
    summary: Path | None = None
    """Where a workflow wants its summary, as Markdown."""
    answers: Path | None = None
    """Where a workflow reads what a step found out, as lines `name=value`."""
    event: Path | None = None
    """Where a workflow finds what happened, as the host tells it."""
