"""One repository is made; each test gets a copy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from .repository import Repository, found


@pytest.fixture(scope="session")
def _seed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return found(tmp_path_factory.mktemp("seed") / "county").folder


@pytest.fixture
def county(_seed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """The fictional county in a repository of its own, seen from inside it, so that messages begin with data/."""
    for name in ("BASE", "PUBLISHED", "DATA", "FORMAT", "AS_OF", "OUT", "GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT"):
        monkeypatch.delenv(name, raising=False)
    folder = Path(shutil.copytree(_seed, tmp_path / "county"))
    monkeypatch.chdir(folder)
    return Repository(folder)
