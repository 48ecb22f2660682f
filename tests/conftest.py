"""What many tests share: where the plans under test are, a site built of each once, a Chromium, a web server.

No test reads data/, which is a county's: what stands there changes every month, and no test may fail for it.  The tests run on the real
plan as it was first published (`DATA`), on the fictional county (`SAMPLE`) and on the small one (`SMALL`); `tests/house/test_fixtures.py` and
the hook below hold them to it.
"""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from scripts.ledger.model.promise import Ledger
from scripts.site.build import build_site
from scripts.store.default_rules import RULES
from scripts.store.load import load
from scripts.store.project import ROOT

from .browser.install import chromium

OWN_DATA = ROOT / "data"
"""The county's own data.  Of the tests, only those of what the model generates into it (README.md, schema) look there."""
DATA = ROOT / "tests" / "fixtures" / "first_published"
"""The real plan as it was first published: a promise does not change, and nothing had been reported yet."""
SAMPLE = ROOT / "tests" / "fixtures" / "sample"
"""The fictional county, a whole year of it."""
MID_YEAR = date(2023, 8, 11)
SMALL = ROOT / "tests" / "fixtures" / "small"
"""A county of four tasks, invented, with every shape that a plan can have; small enough to spoil in a hundred ways."""
AS_OF = date(2026, 11, 23)
BASE_URL = "https://ledger.example.org/"
MAKEFILE = "".join((ROOT / name).read_text(encoding="utf-8") for name in ("Makefile", "ledger.mk"))
"""Every make target: those of whoever works on the program, and those of whoever keeps the data."""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


os.environ["DATA"] = str(DATA)  # for verbs that are not told where the data is, in this process and in those it starts


def _keep_off(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse to read the county's data, but for what the model generates into it."""
    if event in ("open", "os.listdir", "os.scandir") and isinstance(name := arguments[0], str | os.PathLike):
        path = Path.cwd() / name if os.sep in str(name) else Path()  # a bare name may count from a folder that is not told here
        # a library that looks for its plug-ins lists every folder of the working directory
        listed = event == "os.listdir" and path == OWN_DATA and sys._getframe(1).f_globals["__name__"] == "pkgutil"
        if path.is_relative_to(OWN_DATA) and path.name != "README.md" and not path.is_relative_to(OWN_DATA / "schema") and not listed:
            raise RuntimeError(f"a test reads {name}: tests read fixtures, see tests/conftest.py")


sys.addaudithook(_keep_off)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What opens a Chromium is marked `browser`, what builds a site `slow`, whoever wrote it: `-m "not browser and not slow"` is quick."""
    for item in items:
        needs = getattr(item, "fixturenames", ())
        if "browser" in needs:
            item.add_marker(pytest.mark.browser)
        if {"site", "demo_site"} & set(needs):
            item.add_marker(pytest.mark.slow)


def plant(folder: Path) -> Path:
    """A copy of the small county, to build from or to spoil; with the rules that every county begins with."""
    shutil.copytree(SMALL, folder)
    shutil.copyfile(RULES, folder / "rules.yml")
    return folder


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Everything in a folder, with its bytes and its time of change: equal snapshots mean that nothing was written."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes() if path.is_file() else b"", path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
    }


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(scope="session")
def ledger() -> Ledger:
    """The real plan, checked."""
    loaded = load(DATA)
    assert loaded.ledger is not None, "\n".join(loaded.messages())
    return loaded.ledger


@pytest.fixture(scope="session")
def source() -> str:
    """The official text."""
    return (DATA / "plans/2023/source.txt").read_text(encoding="utf-8")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A copy of the small county that a test may spoil."""
    return plant(tmp_path / "small")


@pytest.fixture
def data_copy(tmp_path: Path) -> Path:
    """A copy of the real data that a test may spoil."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, built once."""
    return build_site(DATA, tmp_path_factory.mktemp("real") / "site", AS_OF, BASE_URL).out


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fictional county's site in mid-year, built once."""
    return build_site(SAMPLE, tmp_path_factory.mktemp("demo") / "site", MID_YEAR, "https://demo.example.org/").out


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium.  Never skipped: `make test` installs it, or says what to run."""
    path = chromium()
    assert path, "no Chromium: run `make browser`"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """Serve a folder on this machine; gives the address of its root, ending in /."""
    running: list[http.server.ThreadingHTTPServer] = []

    def start(folder: Path) -> str:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
        running.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server in running:
        server.shutdown()


@pytest.fixture(scope="session")
def real_site(site: Path, serve: Callable[[Path], str]) -> str:
    """The address of the real site."""
    return serve(site)
