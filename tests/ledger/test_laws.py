"""The laws of moved targets, early words, files, checkpoints and tombstones, on random plans with the hard part.

Red is worse than orange, than yellow, than green, than blue; greys are compared only with themselves.
"""

from __future__ import annotations

import os

from .laws.frame import INSERTED
from .laws.reports import CORRECTED, EARLIER, SPLIT
from .laws.targets import ONTO_A_DASH, PARKED, POSTPONED, POSTPONED_UNTIL
from .laws.tombstones import TAKEN_DOWN
from .laws.trying import Law, run, told

PLANS = int(os.environ.get("LEDGER_SOAK", "0")) or 120
"""How many random plans for each law."""


def holds(law: Law) -> None:
    """Tries a law, prints its counts; of a break the smallest pair.  The changed thing must have mattered on many days."""
    found = run(law, PLANS, seed=1)
    print(found)
    assert not found.broken, f"{found}\n{told(law, *found.broken[0])}"
    assert found.mattered > PLANS // 3, found


def test_moved_onto_a_dash_or_a_number_the_same_report_is_required() -> None:
    """A cell moved onto a later “——” and onto a checkpoint with targets of its own: silence counts the same reports."""
    holds(ONTO_A_DASH)


def test_a_postponement_in_time_never_lowers_a_colour() -> None:
    """With the same duties met (nothing missing after it, the numbers met before it), no colour is worse than without the change."""
    holds(POSTPONED)


def test_until_the_new_day_nothing_is_missing_that_was_not() -> None:
    """A target postponed in time makes no unit 未报送 or 数据不全 before its new day."""
    holds(POSTPONED_UNTIL)


def test_publishing_before_the_due_day_never_lowers_a_colour() -> None:
    """The same words, published before the checkpoint's end: no colour is worse than with the words on their day, or without any."""
    holds(EARLIER)


def test_an_early_word_corrected_downwards_leaves_no_trace() -> None:
    """More, or done, said early and then corrected or taken back: the same result as if the early file had said nothing."""
    holds(CORRECTED)


def test_a_report_in_two_files_is_the_same_report() -> None:
    """Its words and evidence on two files of one day: the same result on every day."""
    holds(SPLIT)


def test_an_empty_checkpoint_changes_nothing() -> None:
    """One more checkpoint with “——”, between two, before or after all, or within a merged cell: the same result on every day."""
    holds(INSERTED)


def test_a_tombstone_never_changes_a_brief_that_was_frozen_before() -> None:
    """Any record taken down, and another after it: the first results and cells stay; where the tombstone keeps nothing, that is said."""
    holds(TAKEN_DOWN)


def test_everything_parked_behind_the_last_checkpoint_never_ends_green() -> None:
    """Where something by the days printed is not met or not told, the plan with every target moved behind the last checkpoint is neither
    green nor blue on the closing day."""
    holds(PARKED)
