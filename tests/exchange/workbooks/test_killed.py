"""Killed at any moment, a hand-in leaves the data as it was or as it was to be, and valid.  `make soak` kills ten times as often."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from scripts.store.project import ROOT

TIMES, COMMANDS = (200, 20) if os.environ.get("LEDGER_SOAK") else (20, 0)

pytestmark = pytest.mark.slow


def test_sigkill_at_any_moment(capsys: pytest.CaptureFixture[str]) -> None:
    """At any call to the file system, at the calls around the swap, from outside within a millisecond of it; reports, and records for
    several folders of which one is taken from another.
    What a killed process leaves lying does not stop the next one, and the next one clears it away."""
    command = [sys.executable, "-m", "tests.exchange.workbooks.killing", str(TIMES), str(COMMANDS), "2031"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    with capsys.disabled():
        print(f"\nSIGKILL during `sheet in`, {TIMES} times: {found}" if TIMES == 200 else "", end="")
    assert not {"found in between", "broken", "out of order"} & found.keys()
    assert found["left after the next run"] == 0
    assert found["found as before"] + found["found as after"] == TIMES
    assert min(found[phase] for phase in ("before the swap", "during the swap", "after the swap")) > 0
    assert min(found["found as before"], found["found as after"], found["a copy left lying"]) > 0
