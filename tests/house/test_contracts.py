"""The rooms hold: what the contracts of pyproject.toml forbid is refused, planted in a copy of the tree; no module stands outside them."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from scripts.store.project import ROOT


@dataclass(frozen=True)
class Breach:
    """Lines put at the end of a module (a new one where there is none), and what the linter says of them."""

    lines: str
    module: str
    broken: str


BREACHES = {
    "a room imports one above it": Breach(
        "import scripts.site.build", "scripts/store/swap.py", "scripts: each room imports only rooms below it"
    ),
    "the domain reads files": Breach(
        "import scripts.store.files", "scripts/ledger/plan/units.py", "scripts: each room imports only rooms below it"
    ),
    "neighbouring rooms know each other": Breach(
        "import scripts.changes.guard", "scripts/site/manifest.py", "scripts: each room imports only rooms below it"
    ),
    "within a room, a module imports one above it": Breach(
        "import scripts.ledger.verdict.standing", "scripts/ledger/verdict/terms.py", "scripts.ledger.verdict: each module"
    ),
    "a kind of page knows another": Breach("import macros.pages.unit", "macros/pages/task.py", "macros.pages: each module"),
    "a feed knows the calendars": Breach("import scripts.exports.calendars", "scripts/exports/feeds.py", "scripts.exports: each module"),
    "a verdict depends on a day's series": Breach(
        "import scripts.ledger.series.day", "scripts/ledger/verdict/reasons.py", "the domain: model"
    ),
    "pandas outside the tables": Breach("import pandas", "scripts/exports/feeds.py", "pandas: imported by"),
    "mkdocs outside the engine": Breach("import mkdocs.utils", "macros/parts/board.py", "mkdocs: imported by"),
    "a returned workbook opened by the library that writes ours": Breach(
        "import openpyxl", "scripts/exchange/workbooks/rows.py", "openpyxl: imported by"
    ),
    "YAML read elsewhere": Breach("import yaml", "scripts/exports/search/index.py", "yaml: imported by"),
    "a page starts a process": Breach("import subprocess", "macros/pages/task.py", "subprocess: imported by"),
    "the domain asks the clock": Breach("import time", "scripts/ledger/series/day.py", "the domain touches no file"),
    "a new module in no contract": Breach('"""New."""', "scripts/exports/brochure.py", "scripts.exports: each module"),
    "a new room in no contract": Breach('"""New."""', "scripts/attic/__init__.py", "scripts: each room imports only rooms below it"),
    "a circle that only the types know": Breach(
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import scripts.ledger.series.day",
        "scripts/ledger/series/comparison.py",
        "scripts.ledger.series: each module",
    ),
    "scripts know how it looks": Breach("import macros.context", "scripts/exports/docx_brief.py", "scripts never import macros"),
}


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages and their contracts, to be spoilt."""
    top = tmp_path_factory.mktemp("tree")
    for package in ("scripts", "macros"):
        shutil.copytree(ROOT / package, top / package, ignore=lambda folder, names: {n for n in names if n == "__pycache__"})
    shutil.copy2(ROOT / "pyproject.toml", top)
    return top


def broken(tree: Path) -> tuple[int, str]:
    """What the linter says of a tree: its exit code, and the names of the broken contracts."""
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False, env={"COLUMNS": "500", "PYTHONUTF8": "1"})
    return done.returncode, "\n".join(line for line in done.stdout.splitlines() if line.endswith(" BROKEN"))


@pytest.fixture
def planted(tree: Path, request: pytest.FixtureRequest) -> Iterator[Breach]:
    """One breach in the tree, gone afterwards."""
    breach: Breach = request.param
    path = tree / breach.module
    new_folder, before = not path.parent.exists(), path.read_text(encoding="utf-8") if path.exists() else None
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"{before or ''}\n{breach.lines}\n", encoding="utf-8")
    yield breach
    path.unlink() if before is None else path.write_text(before, encoding="utf-8")
    if new_folder:
        path.parent.rmdir()


def test_the_tree_as_it_stands_keeps_every_contract(tree: Path) -> None:
    """No breach is planted: none is found."""
    assert broken(tree) == (0, "")


@pytest.mark.parametrize("planted", BREACHES.values(), ids=BREACHES.keys(), indirect=True)
def test_a_planted_breach_is_refused(tree: Path, planted: Breach) -> None:
    """Each kind of breach breaks the contract that forbids it."""
    code, said = broken(tree)
    assert code == 1 and planted.broken in said


def test_every_package_has_a_contract_that_names_each_of_its_modules() -> None:
    """No package is left out: each with modules in it stands in one exhaustive contract of layers."""
    known = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    layered = [container for each in known if each["type"] == "layers" and each["exhaustive"] for container in each["containers"]]
    packages = [
        ".".join(path.parent.relative_to(ROOT).parts)
        for top in ("scripts", "macros")
        for path in (ROOT / top).rglob("__init__.py")
        if len([*path.parent.glob("*.py"), *path.parent.glob("*/__init__.py")]) > 1
    ]
    assert sorted(layered) == sorted(packages)
