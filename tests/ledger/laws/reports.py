"""Laws of early words, corrections and files."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from scripts.ledger.plan.schedule import ends
from scripts.ledger.verdict.standing import Standing

from ..hard_plans import telling_days
from .cases import WORDS, closing, day, files_of, first_due, later, silent, type_case, with_files
from .trying import Law, Trial, judged, rank, verdict


def checkpoints_of(case: type_case) -> list[str]:
    """The checkpoints with a report that was not taken down in part."""
    gone = {each["record"][8:15] for each in case["withdrawals"].values()}
    return sorted({key[:7] for key in case["reports"]} - gone)


def early_day(chance: random.Random, case: type_case, checkpoint: str, file: type_case) -> date | None:
    """A day before the checkpoint's end, and before the file is public, on which a report of it may be published."""
    first, last = first_due(case, checkpoint), min(ends(checkpoint), day(file["published"])) - timedelta(1)
    return first + timedelta(chance.randint(0, (last - first).days)) if first <= last else None


def days_of(chance: random.Random, case: type_case, checkpoint: str, since: date) -> tuple[date, ...]:
    """Days to judge on, from one on."""
    told = [each for each, _ in telling_days(chance, case, 6)]
    due = ends(checkpoint) + timedelta(10)
    return tuple(sorted({each for each in (*told, *later(since, due)) if since <= each <= closing(case)}))


def is_plain(file: type_case) -> bool:
    """Whether a file says nothing that ties it to its day: no days named, no day on which something was done."""
    return not file["done_on"] and not any(isinstance(each, dict) for each in file["indicators"].values())


# ---------------------------------------------------------------- published earlier


def earlier(chance: random.Random, case: type_case) -> Iterator[Trial]:
    """`two`: a checkpoint's first file is published before the checkpoint's end; `without`: so early, and without a word."""
    for checkpoint in checkpoints_of(case):
        first, *rest = files_of(case, checkpoint)
        to = early_day(chance, case, checkpoint, first) if is_plain(first) else None
        if to:
            evidence = [{"dated": min(each["dated"], str(to))} for each in first["evidence"]]
            early = {**first, "published": str(to), "evidence": evidence}
            two, without = (with_files(case, checkpoint, [each, *rest]) for each in (early, silent(early)))
            yield Trial(case, two, without, days_of(chance, case, checkpoint, day(first["published"])))


def no_lower_than_said_later_or_never(one: Standing, two: Standing, without: Standing) -> bool | None:
    """An early word is not judged worse than the same word on its day, or than none."""
    mine, theirs, none = rank(one), rank(two), rank(without)
    if mine is None or theirs is None:
        return None
    return theirs >= (mine if none is None else min(mine, none))


EARLIER = Law(earlier, no_lower_than_said_later_or_never, judged)

# ---------------------------------------------------------------- corrected downwards


def corrected(chance: random.Random, case: type_case) -> Iterator[Trial]:
    """`one`: before a checkpoint's first file there is an early one without a word; `two`: it says of the same things more, or done;
    `without`: it does, and nothing corrects it."""
    for checkpoint in checkpoints_of(case):
        first, *rest = files_of(case, checkpoint)
        to = early_day(chance, case, checkpoint, first) if is_plain(first) else None
        if to and (first["indicators"] or first["deliverables"]):
            kinds = {each["id"]: each["direction"] for each in case["task"]["numbers"]}
            first = taken_back(chance, first)
            early = {**silent(first), "published": str(to)}
            more = {name: "0" if kinds[name] == "at_most" else "100000" for name in first["indicators"]}
            loud = {**early, "indicators": more, "deliverables": dict.fromkeys(first["deliverables"], "done")}
            one, two = (with_files(case, checkpoint, [each, first, *rest]) for each in (early, loud))
            without = with_files(case, checkpoint, [loud, silent(first), *rest])
            yield Trial(one, two, without, days_of(chance, case, checkpoint, day(first["published"])))


def taken_back(chance: random.Random, file: type_case) -> type_case:
    """The file as it is, or with everything that it says taken back; what it says done, it says not done."""
    lower = {piece: "not_done" if word == "done" else word for piece, word in file["deliverables"].items()}
    if chance.random() < 0.7:
        return {**file, "deliverables": lower}
    return {**file, "deliverables": dict.fromkeys(lower, "withdrawn"), "indicators": dict.fromkeys(file["indicators"], "withdrawn")}


def same(one: Any, two: Any, without: Any) -> bool:
    return bool(one == two)


CORRECTED = Law(corrected, same, verdict)

# ---------------------------------------------------------------- in two files


def split(chance: random.Random, case: type_case) -> Iterator[Trial]:
    """`two`: one file is split into two of the same day; `without`: its second half is missing."""
    for checkpoint in chance.sample(found := checkpoints_of(case), min(1, len(found))):
        files = files_of(case, checkpoint)
        place = chance.randrange(len(files))
        first, second = halves(chance, files[place])
        two = with_files(case, checkpoint, [*files[:place], first, second, *files[place + 1 :]])
        without = with_files(case, checkpoint, [*files[:place], first, *files[place + 1 :]])
        days = (*days_of(chance, case, checkpoint, day(files[place]["published"])), *(each for each, _ in telling_days(chance, case, 2)))
        yield Trial(case, two, without, days)


def halves(chance: random.Random, file: type_case) -> tuple[type_case, type_case]:
    """The words and the evidence of a file, each in one of two; a thing and the day on which it was done stay together."""
    names = [*file["deliverables"], *file["indicators"]]
    mine = {name for name in names if chance.random() < 0.5}
    found = [{**silent(file)}, {**silent(file)}]
    for part in WORDS:
        for half, is_first in zip(found, (True, False), strict=True):
            half[part] = {name: word for name, word in file[part].items() if (name in mine) == is_first}
    for each in file["evidence"]:
        chosen = chance.choice(found)
        chosen["evidence"] = [*chosen["evidence"], each]
    return found[0], found[1]


SPLIT = Law(split, same, verdict)
