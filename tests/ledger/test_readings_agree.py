"""The engine against the second reading, the hard part included."""

from __future__ import annotations

import os

import pytest

from .rereading.__main__ import example
from .rereading.comparing import compare

BATCHES = 4
PLANS = int(os.environ.get("LEDGER_SOAK", "0")) or 300
"""How many random plans in all; each is judged on six days."""


@pytest.mark.parametrize("batch", range(BATCHES))
def test_engine_and_second_reading_agree_on_the_hard_part(batch: int) -> None:
    """On every random plan and day the engine says what the text says: verdict, 暂缓前, both verdicts of changed targets, silence in a
    row, marks, what each number is held against, the word and lateness of each deliverable, problems."""
    found = compare(PLANS // BATCHES, seed=batch)
    print(f"{batch}：{found.plans}份计划，{found.days}天，{dict(sorted(found.verdicts.items()))}")
    assert not found.groups, "\n".join(example(kind, group) for kind, group in sorted(found.groups.items())[:3])
