"""The engine outlives its makers: with its successor in its place the site is the same, byte for byte.

`make soak` installs the successor from PyPI into an environment of its own, which takes everything else from ours; docs/decisions/0032-the-engines-successor.md
says when and how to switch.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.site.build import build_site
from scripts.site.manifest import MANIFEST, SUMS

from ..conftest import AS_OF, BASE_URL, DATA, contents
from ..program import copy_of_the_program

PINS = ("properdocs==1.6.7", "mkdocs-materialx==10.2.2")
pytestmark = [pytest.mark.slow, pytest.mark.skipif("LEDGER_SOAK" not in os.environ, reason="installs from PyPI: make soak")]


@pytest.fixture
def successor(tmp_path: Path) -> Path:
    """The Python of an environment in which the successor stands before what we use."""
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "venv")], check=True)
    python = tmp_path / "venv/bin/python"
    subprocess.run([str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps", *PINS], check=True)
    (packages,) = tmp_path.glob("venv/lib/python3*/site-packages")
    (ours,) = Path(sys.prefix).glob("lib/python3*/site-packages")
    (packages / "ours.pth").write_text(f"{ours}\n", encoding="utf-8")
    return python


def test_the_real_site_is_the_same_with_the_successor(successor: Path, tmp_path: Path) -> None:
    """Two pins and the theme's name are all that changes; only what names the program's commit may differ."""
    program, there = tmp_path / "program", tmp_path / "there"
    copy_of_the_program(program)
    settings = program / "mkdocs.yml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("\n  name: material\n", "\n  name: materialx\n"), encoding="utf-8")
    asked = ["--data", str(DATA), "--out", str(there), "--as-of", AS_OF.isoformat(), "--base-url", BASE_URL]
    done = subprocess.run([str(successor), "-m", "scripts", "site", *asked], cwd=program, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    heard = [str(successor), "-c", "import properdocs.replacement, mkdocs.commands.build as b; print(b.__file__)"]
    assert "properdocs" in subprocess.run(heard, capture_output=True, text=True, check=True).stdout
    here = contents(build_site(DATA, tmp_path / "here", AS_OF, BASE_URL).out)
    new = contents(there)
    assert here.keys() == new.keys()
    assert [path for path in here if here[path] != new[path] and path not in (MANIFEST, SUMS)] == []
