"""Killed at any step of moving a plan in, the data folder is valid: as it was, or with the whole plan."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from scripts.store.load import load
from scripts.store.project import ROOT

from ...conftest import plant

KILLED = """
import os, pathlib, signal, sys
step, when = int(sys.argv[1]), sys.argv[2]
count = 0
def deadly(move):
    def moved(self, target):
        global count
        count += 1
        if count == step and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        done = move(self, target)
        if count == step:
            os.kill(os.getpid(), signal.SIGKILL)
        return done
    return moved
pathlib.Path.rename = deadly(pathlib.Path.rename)
pathlib.Path.replace = deadly(pathlib.Path.replace)
from scripts.__main__ import main
sys.exit(main(sys.argv[3:]))
"""


@pytest.mark.slow
@pytest.mark.parametrize(("step", "when", "there"), [(1, "before", False), (1, "after", False), (2, "before", False), (2, "after", True)])
def test_a_death_leaves_the_old_data_or_the_new(step: int, when: str, there: bool, handed_in: Path, tmp_path: Path) -> None:
    """Two moves: the registry with the new units, then the plan's folder.  Units that no task names yet are a reminder, not an error."""
    data = plant(tmp_path / "data")
    arguments = ["plan", "in", str(handed_in / "qingshi.xlsx"), "--year", "2033", "--into", str(data)]
    died = subprocess.run([sys.executable, "-c", KILLED, str(step), when, *arguments], cwd=ROOT, capture_output=True, check=False)
    assert died.returncode == -9, died.stderr.decode()
    loaded = load(data)
    assert loaded.ledger is not None, "\n".join(loaded.messages())
    assert ("2033" in loaded.drafts) is there
    if there:
        assert len(list((data / "plans/2033/tasks").iterdir())) == 16 and not any(problem.draft for problem in loaded.problems)
