"""The law of the frozen brief."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from scripts.ledger.model.promise import Promise
from scripts.ledger.model.testimony import Records
from scripts.ledger.plan.schedule import ends
from scripts.ledger.series.checkpoint_results import first_history, first_published
from scripts.ledger.series.first_results import first_results

from ..scenes import SIX, promise, records, rules
from .cases import day, type_case
from .trying import Law, Trial

KINDS = ("reports", "reports", "problems", "revisions", "events")
type_result = tuple[str, str]


def taken_down(chance: random.Random, case: type_case) -> Iterator[Trial]:
    """`two`: a record is taken down, its tombstone keeps the first results that stood on that day; perhaps a second one after it.
    `without`: the tombstones keep nothing.  The days are those on which the first results came out, up to the removal."""
    one, until = {**case, "withdrawals": {}}, date(2023, 3, 1)
    for count in range(chance.choice((1, 1, 2))):
        kind = chance.choice(KINDS)
        if not one[kind]:
            return
        key = chance.choice(sorted(one[kind]))
        until = max(until, day(one[kind][key]["published"])) + timedelta(chance.choice((1, 20, 80, 200)))
        two = removed(one, kind, key, until, f"W-{count + 1:02}")
        bare = {name: {part: each[part] for part in each if part != "results"} for name, each in two["withdrawals"].items()}
        frozen = [each for each in (ends(point) + timedelta(11) for point in SIX) if each <= until]
        yield Trial(one, two, {**two, "withdrawals": bare}, tuple(frozen))
        one = two


def removed(case: type_case, kind: str, key: str, on: date, name: str) -> type_case:
    """The case with a record taken down on a day, and its tombstone as the program fills it in."""
    results = first_results(promise(case), records(case), rules(), kind, key, on)
    tombstone = {
        "record": f"{kind}/{key}",
        "filed": case[kind][key]["published"],
        "published": str(on),
        "ground": "含个人信息",
        "results": results,
        **({} if kind == "reports" else {"task": "1"}),
    }
    left = {other: each for other, each in case[kind].items() if other != key}
    return {**case, kind: left, "withdrawals": {**case["withdrawals"], name: tombstone}}


def first_result(promised: Promise, told: Records, frozen: date) -> type_result:
    """The colour or state and the cell of the brief that was frozen on a day."""
    place = next(place for place, point in enumerate(SIX) if ends(point) + timedelta(11) == frozen)
    found = first_published(promised, 1, told, rules(), place)
    cells = first_history(promised, 1, told, rules(), place)
    return found.verdict, cells[place].kind if cells else "none"


def never_rewritten(one: type_result, two: type_result, without: type_result) -> bool:
    """With what the tombstones keep, nothing changes; without, it is said that nothing was kept, or nothing changes."""
    return one == two and without[0] in (one[0], "unsaved")


TAKEN_DOWN = Law(taken_down, never_rewritten, first_result)
