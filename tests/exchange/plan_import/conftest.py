"""The two other counties, read in once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.__main__ import main

from .papers import COUNTIES, papers


@pytest.fixture(scope="session")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files as the counties hand them in."""
    folder = tmp_path_factory.mktemp("papers")
    for name, data in papers().items():
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture(scope="session")
def read_in(handed_in: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Each county's data folder as the import leaves it."""
    folders = {}
    for paper in sorted(handed_in.iterdir()):
        folder = tmp_path_factory.mktemp("imported") / paper.stem
        assert main(["plan", "in", str(paper), "--year", "2025", "--into", str(folder)]) == 0
        folders[paper.stem] = folder
    return folders


@pytest.fixture(scope="session")
def filled_in(read_in: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A county's data folder with what its people filled in."""

    def fill(county: str) -> Path:
        folder = tmp_path_factory.mktemp("filled") / county
        shutil.copytree(read_in[county], folder)
        shutil.copytree(COUNTIES / county / "filled", folder, dirs_exist_ok=True)
        return folder

    return fill
