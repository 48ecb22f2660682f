"""The engine against a second, independent reading of the same rules."""

from __future__ import annotations

import os
import random
from collections import Counter

import pytest

from scripts.ledger.judging.standing import standing

from .scenes import promise, records, rules
from .second_reading import plain_case, telling_days, verdict

PLANS = int(os.environ.get("LEDGER_SOAK", "0")) * 4 or 240
"""How many random plans in all; each is judged on five days."""
BATCHES = 4


@pytest.mark.parametrize("batch", range(BATCHES))
def test_two_readings_of_the_rules_come_to_the_same_verdict(batch: int) -> None:
    """On every random plain plan and day the engine says what the text, read again from the beginning, says; every verdict comes up."""
    seen: Counter[str] = Counter()
    for number in range(PLANS // BATCHES):
        chance = random.Random(batch * 1_000_003 + number)
        case = plain_case(chance)
        promised, told = promise(case), records(case)
        for as_of in telling_days(chance, case):
            found = standing(promised, 1, told, rules(), as_of, None, "official")
            assert found.verdict == verdict(case, as_of), (as_of, case, found.sentence)
            seen[found.verdict] += 1
    print(f"{batch}：{PLANS // BATCHES}份计划，{dict(sorted(seen.items()))}")
    assert set(seen) == {"blue", "green", "yellow", "orange", "red", "no_data", "not_due", "unreported", "incomplete"}
