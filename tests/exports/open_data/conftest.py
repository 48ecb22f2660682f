"""The sites that what is taken away is read from; no network."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from scripts.ledger.model.promise import Ledger
from scripts.store.load import load

from ...conftest import SAMPLE


@pytest.fixture(scope="module", params=["site", "demo_site"])
def any_site(request: pytest.FixtureRequest) -> Path:
    """The real site, and the fictional one in mid-year."""
    return Path(request.getfixturevalue(request.param))


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """No connection to anywhere."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("asked the network")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture(scope="session")
def sample() -> Ledger:
    """The fictional county's data, checked."""
    ledger = load(SAMPLE).ledger
    assert ledger is not None
    return ledger
