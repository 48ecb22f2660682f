"""Laws of moved targets."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from scripts.ledger.model.promise import Promise
from scripts.ledger.model.testimony import Records
from scripts.ledger.plan.schedule import ends
from scripts.ledger.verdict.deliverables import PiecePart
from scripts.ledger.verdict.indicators import NumberPart
from scripts.ledger.verdict.standing import Standing
from scripts.ledger.verdict.terms import position_of

from ..hard_plans import AFTER, NEW_DAYS, START, piece_days, telling_days
from ..scenes import SIX, promise, records
from .cases import closing, files_of, is_changed, moved, single_places, type_case, with_records
from .trying import ORDER, Law, Trial, judged, lacks, rank

# ---------------------------------------------------------------- a dash or a numbered checkpoint


def onto_a_dash(chance: random.Random, case: type_case) -> Iterator[Trial]:
    """`one`: a cell is moved onto a later checkpoint that has targets of its own; `two`: onto the same with “——”.  No report is public
    from the old checkpoint on, so that silence counts what is required."""
    row = case["task"]["cells"]
    free = [cell for cell, each in enumerate(row, start=1) if each["kind"] == "target" and not is_changed(case, {"cell": str(cell)})]
    whole = [cell for cell in free if len(row[cell - 1]["covers"]) == 1 and not has_days(row[cell - 1])]
    pairs = [(old, new) for old in free for new in whole if old < new]
    if not pairs:
        return
    old, new = chance.choice(pairs)
    left, to = row[old - 1]["covers"][-1], row[new - 1]["covers"][0]
    quiet = {**case, "reports": {key: each for key, each in case["reports"].items() if key[:7] < left}}
    dash = emptied(quiet, new)
    change = moved({"cell": str(old)}, ends(to), date(2023, 1, 20))
    days = tuple(ends(each) + timedelta(11) for each in SIX if left <= each <= to)
    yield Trial(with_records(quiet, "revisions", X=change), with_records(dash, "revisions", X=change), dash, days)


def has_days(cell: type_case) -> bool:
    """Whether a cell, or a thing in it, has a day of its own."""
    return "due" in cell or any("due" in piece for piece in cell["pieces"])


def emptied(case: type_case, cell: int) -> type_case:
    """A case in whose plan one cell is “——”."""
    row = [
        {"covers": each["covers"], "kind": "none"} if place == cell else each for place, each in enumerate(case["task"]["cells"], start=1)
    ]
    numbers = [kept for each in case["task"]["numbers"] if (kept := _without_cell(each, str(cell)))]
    names = {each["id"] for each in numbers}
    gone = {piece for piece in piece_days(case["task"]["cells"]) if piece.startswith(f"{cell}-")}
    reports = {
        key: {
            **each,
            "deliverables": {piece: word for piece, word in each["deliverables"].items() if piece not in gone},
            "done_on": {piece: word for piece, word in each["done_on"].items() if piece not in gone},
            "indicators": {name: value for name, value in each["indicators"].items() if name in names},
        }
        for key, each in case["reports"].items()
    }
    revisions = {key: each for key, each in case["revisions"].items() if each.get("indicator") in {None, *names}}
    return {**case, "task": {**case["task"], "cells": row, "numbers": numbers}, "reports": reports, "revisions": revisions}


def _without_cell(number: type_case, cell: str) -> type_case | None:
    """A number without what it prints in one cell; None where nothing of it is left that can be judged."""
    kept = [place != cell for place in number["at"]]
    left = {**number, "at": {place: value for place, value in number["at"].items() if place != cell}}
    if "readings" in number:
        left["readings"] = [[value for value, stays in zip(one, kept, strict=True) if stays] for one in number["readings"]]
    return left if any(kept) or ("target" in number and "readings" not in number) else None


def silence(promised: Promise, told: Records, as_of: date) -> int:
    return judged(promised, told, as_of).silent


ONTO_A_DASH = Law(onto_a_dash, lambda one, two, without: one == two, silence)

# ---------------------------------------------------------------- postponed in time


def postponed(chance: random.Random, case: type_case) -> Iterator[Trial]:
    """`two`: one target that no other change speaks of is postponed with notice, where what its numbers promised before is met on the day
    printed: a lower number that comes after a missed one hides that, until it is postponed."""
    places = [(place, due) for place, due in single_places(case) if due >= START + timedelta(30) and not is_changed(case, place)]
    if not places:
        return
    place, due = chance.choice(places)
    later = [each for each in (*NEW_DAYS, *AFTER) if each > due]
    if not later:
        return
    to, announced = chance.choice(later), max(START, due - timedelta(chance.choice((30, 45, 90))))
    two = with_records(case, "revisions", X=moved(place, to, announced))
    told = sorted({each for each, _ in telling_days(chance, case, 8)} | {due + timedelta(11), to, to + timedelta(11)})
    last = closing(case) if is_steady(case, place) else min(to, closing(case))
    days = [each for each in told if announced <= each <= last]
    yield Trial(case, two, two, tuple(days), lambda one: met_before(one, place, due))


def numbers_in(case: type_case, place: type_case) -> list[type_case]:
    """The numbers that a change of a place can be a change of."""
    return [each for each in case["task"]["numbers"] if "deliverable" not in place and place.get("indicator") in (None, each["id"])]


def is_steady(case: type_case, place: type_case) -> bool:
    """Whether what a place asks for is met on a later day too where it is met on its own: things, and sums that were not changed.  A level, or
    a total that must not grow too large, is another promise on another day, and is looked at up to its new day only."""
    changed = {each.get("indicator") for each in case["revisions"].values() if each["change"] == "value"}
    return all(
        each["basis"] in ("cumulative", "increment") and each["direction"] == "at_least" and each["id"] not in changed
        for each in numbers_in(case, place)
    )


def met_before(case: type_case, place: type_case, due: date) -> bool:
    """Whether the numbers that a place holds are met on a day, as far as they are judged, and their sums do not fall later.  A 暂缓 that
    puts off the report of an earlier one is left out: that one is still not told."""
    names = {each["id"] for each in numbers_in(case, place)}
    unpaused = {**case, "events": {key: each for key, each in case["events"].items() if each["type"] != "suspension"}}
    parts = judged(promise(unpaused), records(unpaused), due).numbers
    met = all(each.colour == "green" and not each.missing for each in parts if each.indicator.id in names)
    return met and not any(falls(case, each) for each in numbers_in(case, place))


def falls(case: type_case, number: type_case) -> bool:
    """Whether a sum is told smaller than it was, which the check of the data refuses."""
    told = [each["indicators"].get(number["id"]) for point in SIX for each in files_of(case, point)]
    values = [int(one) for each in told if each not in (None, "withdrawn") for one in (each.values() if isinstance(each, dict) else [each])]
    return number["basis"] != "level" and number["direction"] == "at_least" and values != sorted(values)


def not_lowered(one: Standing, two: Standing, without: Standing) -> bool | None:
    """With the same duties met: nothing is missing in `two`.  Blue waits for the last due day, so that it counts as green."""
    mine, theirs = rank(one), rank(two)
    if mine is None or theirs is None or lacks(two):
        return None
    return theirs >= min(mine, ORDER.index("green"))


def until_the_new_day(chance: random.Random, case: type_case) -> Iterator[Trial]:
    """The pairs of `postponed`, looked at until the new day; not a number moved to where the same number has another day, because one value
    told there then speaks for the later day alone."""
    for trial in postponed(chance, case):
        change = trial.two["revisions"]["X"]
        to = date.fromisoformat(change["to"])
        if not shares_a_report(case, change, to):
            yield replace(trial, days=tuple(each for each in trial.days if each <= to))


def shares_a_report(case: type_case, place: type_case, to: date) -> bool:
    """Whether a number of a place has another target whose report is owed where one moved to a day owes it."""
    names, promised = {each["id"] for each in numbers_in(case, place)}, promise(case)
    others = {due for other, due in single_places(case) if other.get("indicator") in names and other.get("cell") != place.get("cell")}
    others |= {date.fromisoformat(each["to"]) for each in case["revisions"].values() if each["change"] == "due"}
    return any(position_of(promised, each) == position_of(promised, to) for each in others)


def nothing_missing(one: Standing, two: Standing, without: Standing) -> bool | None:
    """Where nothing was missing, nothing is."""
    return None if lacks(one) else not lacks(two)


POSTPONED = Law(postponed, not_lowered, judged)
POSTPONED_UNTIL = Law(until_the_new_day, nothing_missing, judged)

# ---------------------------------------------------------------- parked behind the last checkpoint


def parked(chance: random.Random, case: type_case) -> Iterator[Trial]:
    """`one`: the plan as printed on the closing day; `two`: every target is moved behind the last checkpoint in time, and no word is
    public on or after the new days."""
    closed = date(2024, 3, 31)
    to = [*(each for each in AFTER if each <= date(2024, 3, 31)), closed - timedelta(5), closed, closed + timedelta(30)]
    days = {tuple(place.items()): chance.choice(to) for place, _ in single_places(case) if set(place) in ({"cell"}, {"indicator"})}
    changes = {f"X{count}": moved(dict(place), new, date(2023, 1, 20)) for count, (place, new) in enumerate(days.items())}
    if not changes or case["task"]["cells"][0]["kind"] == "rolling":
        return
    first = str(min(days.values()))
    ended = {"type": "closed", "published": str(closed), "closed_on": str(closed)}
    events = {key: each for key, each in case["events"].items() if each["type"] not in ("closed", "suspension")} | {"c": ended}
    told = {key: each for key, each in case["reports"].items() if each["published"] < first}
    one = {**case, "revisions": {}, "events": events, "reports": told}
    open_still = {**one, "events": {key: each for key, each in events.items() if key != "c"}, "revisions": changes}
    yield Trial(one, {**one, "revisions": changes}, open_still, (closed,))


def never_green(one: Standing, two: Standing, without: Standing) -> bool | None:
    """Where something by the days printed is not met or not mentioned, the plan with everything parked does not end green."""
    parts: tuple[NumberPart | PiecePart, ...] = (*one.numbers, *one.pieces)
    unmet = any(each.missing or each.colour != "green" for each in parts)
    return two.colour not in ("green", "blue") if unmet else None


PARKED = Law(parked, never_green, judged)
