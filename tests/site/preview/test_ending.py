"""A port that is taken is told with a way out, and whatever ends a preview leaves nothing behind."""

from __future__ import annotations

import os
import re
import shlex
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest

from .running import PATIENCE, VERB, Preview, known, preview

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("remedy", ["make serve", "python -m scripts serve"])
def test_a_taken_port_is_told_with_a_command_that_works(house: Path, tmp_path: Path, remedy: str) -> None:
    """No traceback; exit 1; each of the two commands that it offers starts a preview when typed."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = subprocess.run(
            [*VERB, "--port", str(port)], cwd=house, env=known(tmp_path), capture_output=True, text=True, timeout=PATIENCE, check=False
        )
        assert refused.returncode == 1 and refused.stdout == "" and "Traceback" not in refused.stderr
        assert f"端口{port}已经有程序在用" in refused.stderr
        offered = next(line.strip() for line in refused.stderr.splitlines() if remedy in line)
        with preview(house, tmp_path / "tmp", ("env", *shlex.split(offered))) as running:
            other = re.search(r"\d{4,5}", offered)
            assert other and running.address == f"http://127.0.0.1:{other[0]}/"
            assert running.until("", 200)


def test_the_port_of_the_environment_is_taken_and_a_wrong_one_told(house: Path, tmp_path: Path) -> None:
    """`PORT=…` is what `make` hands on."""
    done = subprocess.run(VERB, cwd=house, env=known(tmp_path, PORT="80000"), capture_output=True, text=True, check=False)
    assert done.returncode == 2 and "必须是0到65535的整数；现在写的是“80000”" in done.stderr


@pytest.mark.parametrize("when", ["at rest", "while it builds"])
@pytest.mark.parametrize("what", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_whatever_ends_it_ends_all_of_it(house: Path, tmp_path: Path, what: signal.Signals, when: str) -> None:
    """Ctrl+C, `kill`, a window that is closed: exit 0, no child, no file, no traceback."""
    with preview(house, tmp_path / "tmp") as running:
        if when == "at rest":
            running.until("", 200)
        else:
            wait_for_builder(running)
        running.process.send_signal(what)
        assert running.ended() == 0
        assert list(running.temporary.iterdir()) == [] and "Traceback" not in running.said


def test_make_hands_on_what_ends_it(house: Path, tmp_path: Path) -> None:
    """`kill` of make: no process of the preview is left."""
    with preview(house, tmp_path / "tmp", ("make", "serve"), PORT="0") as running:
        wait_for_builder(running)
        running.process.terminate()
        running.ended()
        assert list(running.temporary.iterdir()) == []


def test_a_preview_that_is_killed_takes_its_builder_with_it(house: Path, tmp_path: Path) -> None:
    """Nobody can tidy up then, but no process goes on waiting for orders."""
    with preview(house, tmp_path / "tmp") as running:
        running.until("", 200)
        assert running.builders()
        os.kill(running.process.pid, signal.SIGKILL)
        assert running.ended() == -signal.SIGKILL


def wait_for_builder(running: Preview) -> None:
    """Until the preview has started its builder."""
    end = time.monotonic() + PATIENCE
    while not running.builders():
        assert time.monotonic() < end, running.said
        time.sleep(0.02)
