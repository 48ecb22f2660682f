"""The laws of moved targets, early words, files, checkpoints and tombstones, on random plans with the hard part."""

from __future__ import annotations

import os

import pytest

from .laws.frame import INSERTED
from .laws.reports import CORRECTED, EARLIER, SPLIT
from .laws.targets import ONTO_A_DASH, PARKED, POSTPONED
from .laws.tombstones import TAKEN_DOWN
from .laws.trying import Law, run, shrink
from .rereading.__main__ import shown

PLANS = int(os.environ.get("LEDGER_SOAK", "0")) or 120
LAWS = {
    "onto a dash or a number, the same report": ONTO_A_DASH,
    "postponed in time, never lower": POSTPONED,
    "published earlier, never lower": EARLIER,
    "corrected downwards, no trace": CORRECTED,
    "in two files, the same": SPLIT,
    "an empty checkpoint, the same": INSERTED,
    "taken down, the brief stays": TAKEN_DOWN,
    "all parked, never green": PARKED,
}


@pytest.mark.parametrize("name", LAWS)
def test_law(name: str) -> None:
    law: Law = LAWS[name]
    found = run(law, PLANS, seed=1)
    print(f"{name}：{found}")
    if found.broken:
        trial, day = found.broken[0]
        less = shrink(law, trial, day)
        looked = [law.look(case, day) for case in (less.one, less.two, less.without)]
        pytest.fail(f"{found} {day}\n{looked}\n{shown(less.one)}\n---\n{shown(less.two)}")
    assert found.mattered
