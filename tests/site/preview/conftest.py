"""One copy of the project for each worker of the tests, and one preview of it that many tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ...guide.office import open_office
from .running import Preview, preview


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with the fictional county in data/; a test puts back what it changes."""
    return open_office(tmp_path_factory.mktemp("house") / "ledger")


@pytest.fixture(scope="session")
def shared(house: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview that has shown its pages once."""
    with preview(house, tmp_path_factory.mktemp("shared") / "tmp") as running:
        running.until("", 200)
        yield running
