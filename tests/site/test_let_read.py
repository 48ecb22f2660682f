"""A site can be served, whoever built it."""

from __future__ import annotations

import os
from pathlib import Path

from scripts.site.build import let_read
from scripts.store.project import ROOT


def test_a_strict_umask_gives_a_site_that_can_be_served(tmp_path: Path) -> None:
    """umask 077 made folders that nobody else could enter; files are readable and not writable by others."""
    old = os.umask(0o077)
    try:
        (tmp_path / "site/2023/tasks").mkdir(parents=True)
        (tmp_path / "site/2023/index.html").write_text("a", encoding="utf-8")
    finally:
        os.umask(old)
    let_read(tmp_path / "site")
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "site", *(tmp_path / "site").rglob("*"))}
    assert modes == {"site": 0o755, "2023": 0o755, "tasks": 0o755, "index.html": 0o644}


def test_line_ends_are_the_same_on_every_machine() -> None:
    """`core.autocrlf` would change files of the site and with them its manifest; the official text is left as it is."""
    lines = (ROOT / ".gitattributes").read_text(encoding="utf-8").splitlines()
    rules = [line for line in lines if not line.startswith("#")]
    assert rules == ["* text=auto eol=lf", "source.txt -text"]
