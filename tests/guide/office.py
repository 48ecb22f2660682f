"""A clerk's office: a copy of this project with the fictional county in data/, as it stood one day, under git; and how a page of the handbook is lived there.

The blocks of a page are taken in order.  `sh` is typed, and must succeed (`{ .sh .fails }`: must fail); `yaml` whose first line is
`# 文件：PATH` is saved as that file; `output` is what the command before it must have said, line by line, `……` standing for anything.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from scripts.ledger.model.testimony import KINDS
from scripts.store.yaml_reader import parse

from ..conftest import SAMPLE
from ..program import copy_of_the_program

TODAY = date(2023, 12, 5)
"""The day on which the handbook's clerk works."""
YESTERDAY = date(2023, 11, 30)
"""What was published later is not in the office yet."""
FENCE = re.compile(r"^```(?P<kind>\w+|\{[^}\n]+\})\n(?P<body>.*?)^```$", re.M | re.S)
SAVED = re.compile(r"# 文件：(?P<path>\S+)\n")


@dataclass(frozen=True)
class Block:
    """One fenced block: its `kind` (sh, yaml, text …), whether its command must fail, the line it opens on, its text."""

    kind: str
    fails: bool
    line: int
    body: str


def blocks(page: str) -> list[Block]:
    """The fenced blocks of a page, in order."""
    return [
        Block(re.sub(r"[{}.\s]|fails", "", m["kind"]), "fails" in m["kind"], page.count("\n", 0, m.start()) + 1, m["body"])
        for m in FENCE.finditer(page)
    ]


def open_office(folder: Path) -> Path:
    """Put the office together and commit everything, so that `git` finds a project with a history."""
    copy_of_the_program(folder, SAMPLE)
    for record in (folder / "data/plans/2023").rglob("*.yml"):
        value = parse(record.read_bytes()).value
        if isinstance(value, dict) and str(value.get("published", "")) > YESTERDAY.isoformat():
            record.unlink()
    for lock in folder.glob("requirements*.lock"):
        os.utime(lock, (0, 0))  # older than what is installed, so that make has nothing to install
    (folder / ".venv").symlink_to(sys.prefix)
    for command in (("init", "-q", "-b", "main"), ("add", "-A"), ("commit", "-q", "-m", "start")):
        subprocess.run(["git", *command], cwd=folder, env=environment(), check=True, capture_output=True)
    return folder


def clear(office: Path) -> None:
    """The same office before anything was filed: the plan alone."""
    for folder in KINDS:
        shutil.rmtree(office / "data/plans/2023" / folder, ignore_errors=True)
    for command in (("add", "-A"), ("commit", "-q", "-m", "the plan alone")):
        subprocess.run(["git", *command], cwd=office, env=environment(), check=True, capture_output=True)


def environment() -> dict[str, str]:
    """The clerk's: our Python first, the day of the handbook, a name for git."""
    who = {
        f"GIT_{role}_{what}": value
        for role in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", "clerk"), ("EMAIL", "clerk@example.org"))
    }
    days = {f"GIT_{role}_DATE": f"{TODAY}T09:00:00+08:00" for role in ("AUTHOR", "COMMITTER")}
    ours = {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "AS_OF": TODAY.isoformat(), "PYTHONUTF8": "1"}
    dropped = ("DATA", "OUT", "BASE_URL", "MAKEFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "MFLAGS")
    return {k: v for k, v in os.environ.items() if k not in dropped} | who | days | ours | {"NO_MKDOCS_2_WARNING": "1"}


def live(page: str, office: Path, known: Mapping[str, str] | None = None) -> list[str]:
    """Do what a page says; what did not come true, by line.  `known`: the environment, where it is not this clerk's."""
    wrong, said, known = [], "", known or environment()
    for block in blocks(page):
        if block.kind == "sh":
            done = subprocess.run(
                ["bash", "-euo", "pipefail", "-c", block.body], cwd=office, env=known, capture_output=True, text=True, check=False
            )
            said = done.stdout + done.stderr
            if (done.returncode != 0) != block.fails:
                wrong.append(f"line {block.line}: {block.body.strip()} ended with {done.returncode}:\n{said}")
        elif block.kind == "yaml" and (named := SAVED.match(block.body)):
            path = office / named["path"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.body[named.end() :], encoding="utf-8")
        elif block.kind == "output":
            wrong += [
                f"line {block.line}: not said: {line}\nsaid:\n{said}" for line in block.body.splitlines() if line and not _said(line, said)
            ]
    return wrong


def _said(line: str, said: str) -> bool:
    pattern = ".*".join(re.escape(part) for part in line.strip().split("……"))
    return re.search(pattern, said) is not None
