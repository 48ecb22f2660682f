"""The host is gone: from one clone, by one page, the repository and the site stand elsewhere, with their whole history and every address."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from scripts.store.project import ROOT

from .office import environment, live, open_office

pytestmark = pytest.mark.slow

PAGE = (ROOT / "docs/guide/host-gone.md").read_text(encoding="utf-8")
ADDRESS = "https://minsheng.county.example/"
FURNISHED = """#!/bin/sh
touch -d @0 requirements*.lock
[ -e .venv ] || ln -s "$INSTALLED" .venv
"""
"""What a clone of this test finds after its checkout: what would else be installed."""


def test_repository_and_site_stand_elsewhere_as_they_were(tmp_path: Path) -> None:
    """The host with all it held is removed; every line of the page comes true; the new host has every commit, the new site every file of
    the old one, byte for byte; a colleague goes on with two commands."""
    office, host, old = open_office(tmp_path / "office"), tmp_path / "host.git", tmp_path / "old"
    settings = office / "data/site.yml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("ledger@example.org", "taizhang@county.example"), encoding="utf-8")
    git(office, "commit", "-qam", "who can be reached")
    git(office, "tag", "-am", "a release", "v1.0.0")
    git(tmp_path, "init", "-q", "--bare", "-b", "main", str(host))
    git(office, "remote", "add", "origin", str(host))
    git(office, "push", "-q", "-u", "origin", "main", "--tags")
    subprocess.run(["make", "publish", f"BASE_URL={ADDRESS}", f"OUT={old}"], cwd=office, env=environment(), check=True, capture_output=True)
    colleague = tmp_path / "colleague"
    git(tmp_path, "clone", "-q", str(host), str(colleague))
    commits, commit = git(office, "rev-list", "main"), git(office, "rev-parse", "main")
    shutil.rmtree(host)

    assert live(PAGE, office, furnished(tmp_path, office)) == []

    assert git(tmp_path / "新仓库.git", "rev-list", "main") == commits and "v1.0.0" in git(tmp_path / "新仓库.git", "tag")
    assert contents(tmp_path / "网站") == contents(old)
    moved = "\n".join(re.findall(r"^git remote set-url .*\n(?:git .*\n)+", PAGE, re.MULTILINE))
    assert live(f"```sh\n{moved}```\n", colleague) == []
    assert git(colleague, "rev-parse", "origin/main") == commit


def furnished(folder: Path, office: Path) -> dict[str, str]:
    """The clerk's environment, in which a clone finds its software installed."""
    hook = folder / "template/hooks/post-checkout"
    hook.parent.mkdir(parents=True)
    hook.write_text(FURNISHED, encoding="utf-8")
    hook.chmod(0o755)
    return environment() | {"GIT_TEMPLATE_DIR": str(hook.parents[1]), "INSTALLED": str((office / ".venv").resolve())}


def contents(folder: Path) -> dict[str, bytes]:
    """Every file with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def git(folder: Path, *arguments: str) -> str:
    """Run git there as the clerk; gives what it prints."""
    done = subprocess.run(["git", *arguments], cwd=folder, env=environment(), check=True, capture_output=True, text=True)
    return done.stdout.strip()
