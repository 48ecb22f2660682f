"""A preview as people start it: the real command in a copy of this project, with the fictional county in data/."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ...guide.office import environment

AT_ONCE = 5.0
"""Seconds in which any request must be answered, on a machine that is busy with other tests."""
PATIENCE = 60.0
"""Seconds after which something will not happen any more.  What is promised is three on a quiet machine; `seen` prints what it took."""
VERB = (sys.executable, "-B", "-m", "scripts", "serve")


@dataclass
class Preview:
    """A running preview: its process, its address ending in /, the file that takes what it says, its private temporary folder."""

    process: subprocess.Popen[bytes]
    address: str
    log: Path
    temporary: Path

    def get(self, path: str, timeout: float = AT_ONCE) -> tuple[int, bytes]:
        """Status and body."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=timeout) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    def version(self) -> bytes:
        """What is shown now, as the pages ask for it."""
        return self.get("_preview/version")[1]

    def until(self, path: str, status: int) -> bytes:
        """The body, once the status is this."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            found, body = self.get(path)
            if found == status:
                return body
            time.sleep(0.1)
        raise AssertionError(f"{path}: no {status}; said:\n{self.said}")

    @property
    def said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    def family(self) -> set[int]:
        """The processes that belong to it: whatever was given its temporary folder and is no zombie."""
        return {int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit() and _belongs(entry, self.temporary)}

    def builders(self) -> set[int]:
        """Those of them that build."""
        return {pid for pid in self.family() if b"scripts.site.preview.worker" in Path(f"/proc/{pid}/cmdline").read_bytes()}

    def ended(self) -> int:
        """Its exit code; nothing of it is left, neither process nor file."""
        code = self.process.wait(PATIENCE)
        end = time.monotonic() + PATIENCE
        while self.family() and time.monotonic() < end:
            time.sleep(0.05)
        assert self.family() == set()
        return code


def _belongs(process: Path, temporary: Path) -> bool:
    try:
        zombie = "\nState:\tZ" in (process / "status").read_text()
        return not zombie and f"TMPDIR={temporary}".encode() in (process / "environ").read_bytes().split(b"\0")
    except OSError:
        return False


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def known(temporary: Path, **more: str) -> dict[str, str]:
    """The clerk's environment, with a temporary folder that marks the family."""
    return environment() | {"TMPDIR": str(temporary)} | more


@contextmanager
def preview(house: Path, temporary: Path, command: tuple[str, ...] = (), **more: str) -> Iterator[Preview]:
    """Start one; it is ended at the end, if it has not ended."""
    temporary.mkdir(parents=True)
    log = temporary.with_suffix(".log")
    with log.open("wb") as out:
        process = subprocess.Popen(command or (*VERB, "--port", "0"), cwd=house, env=known(temporary, **more), stdout=out, stderr=out)
    running = Preview(process, "", log, temporary)
    try:
        end = time.monotonic() + PATIENCE
        while not (found := re.search(r"http://127\.0\.0\.1:\d+/", running.said)):
            assert process.poll() is None and time.monotonic() < end, running.said
            time.sleep(0.05)
        running.address = found[0]
        yield running
    finally:
        for pid in running.family():
            os.kill(pid, signal.SIGKILL)
        process.wait()
