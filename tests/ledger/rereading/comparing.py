"""The engine held against the second reading: what differs, and the smallest case that shows it."""

from __future__ import annotations

import copy
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from scripts.ledger.model.promise import Promise
from scripts.ledger.model.testimony import Records
from scripts.ledger.series.checkpoint_results import first_published
from scripts.ledger.verdict.standing import standing

from ..hard_plans import hard_case, telling_days
from ..scenes import promise, records, rules
from . import UNDECIDABLE, Reading, first_result, reading
from .brief import UNSAVED

type_case = dict[str, Any]
FOLDERS = ("reports", "revisions", "problems", "events", "withdrawals")
PARTS = ("deliverables", "done_on", "indicators", "evidence")


@dataclass
class Group:
    """Disagreements of one kind: how many, and one of them."""

    count: int = 0
    case: type_case = field(default_factory=dict)
    as_of: date = date.min
    known: date = date.min


@dataclass
class Comparison:
    plans: int = 0
    days: int = 0
    agreed: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    groups: dict[tuple[str, ...], Group] = field(default_factory=lambda: defaultdict(Group))


def both(case: type_case, as_of: date, known: date) -> tuple[Any, Reading]:
    return judged(promise(case), records(case), as_of, known)


def judged(promised: Promise, told: Records, as_of: date, known: date) -> tuple[Any, Reading]:
    """A plan and its testimony on a day, by the engine and by the second reading."""
    return standing(promised, 1, told, rules(), as_of, known, "official"), reading(promised, 1, told, rules(), as_of, known)


def differences(engine: Any, again: Reading) -> Iterator[tuple[tuple[str, ...], Any, Any]]:
    """Each thing in which they differ: its kind, what the engine and what the second reading says; the parts only where the verdict agrees."""
    if engine.verdict != again.verdict:
        yield ("verdict", str(engine.verdict), again.verdict), engine.verdict, again.verdict
        return
    if engine.before != again.before:
        yield ("before", str(engine.before), str(again.before)), engine.before, again.before
    verdicts = engine.verdicts
    original, revised = (verdicts.original, verdicts.revised) if verdicts else (None, None)
    original = UNDECIDABLE if original == "undecided" else original
    if original != again.original:
        yield ("original", str(original), str(again.original)), original, again.original
    if revised != again.revised:
        yield ("revised", str(revised), str(again.revised)), revised, again.revised
    if engine.state in ("suspended", "no_data"):
        return
    if engine.silent != again.silent:
        yield ("silent",), engine.silent, again.silent
    marks = tuple(each.kind for each in engine.marks if each.kind in ("unreported", "incomplete"))
    if marks != again.marks:
        yield ("marks", str(marks), str(again.marks)), marks, again.marks
    yield from _numbers(engine, again)
    yield from _pieces(engine, again)
    problems = {each.trouble.id: (each.days, each.colour) for each in engine.problems}
    read = {each.id: (each.days, each.colour) for each in again.problems if each.colour != "green"}
    if problems != read:
        yield ("problems",), problems, read


def _numbers(engine: Any, again: Reading) -> Iterator[tuple[tuple[str, ...], Any, Any]]:
    one = {(each.indicator.id, each.latest.due): _number(each.step.bound if each.step else None, each) for each in engine.numbers}
    two = {(each.indicator, each.latest.due): _number(each.step, each) for each in again.numbers}
    if one.keys() != two.keys():
        yield ("numbers judged",), one, two
        return
    for name, mine in one.items():
        for place, what in enumerate(("planned", "actual", "colour", "missing")):
            if mine[place] != two[name][place]:
                yield (f"number {what}",), mine, two[name]


def _number(bound: Any, part: Any) -> tuple[Any, ...]:
    return (bound and (bound.low, bound.high), part.actual, part.colour, part.missing)


def _pieces(engine: Any, again: Reading) -> Iterator[tuple[tuple[str, ...], Any, Any]]:
    one = {each.piece.id: (each.state, each.days if each.colour else 0, each.colour) for each in engine.pieces if not each.piece.dropped}
    two = {each.id: (each.word or "unknown", each.days, each.colour) for each in again.pieces}
    if one.keys() != two.keys():
        yield ("pieces judged",), one, two
        return
    for name, mine in one.items():
        for place, what in enumerate(("word", "days", "colour")):
            if mine[place] != two[name][place]:
                yield (f"piece {what}",), mine, two[name]


def compare(plans: int, seed: int = 0) -> Comparison:
    """`plans` random plans, each on six days."""
    found = Comparison()
    for number in range(plans):
        chance = random.Random(seed * 1_000_003 + number)
        case = hard_case(chance)
        promised, told = promise(case), records(case)
        found.plans += 1
        for as_of, known in telling_days(chance, case):
            found.days += 1
            engine, again = judged(promised, told, as_of, known)
            found.verdicts[again.verdict] += 1
            differing = list(differences(engine, again))
            found.agreed += not differing
            for kind, *_ in differing:
                _note(found.groups[kind], case, as_of, known)
        for kind, as_of in first_differences(promised, told) if case["withdrawals"] else ():
            _note(found.groups[kind], case, as_of, as_of)
    return found


def first_differences(promised: Promise, told: Records) -> Iterator[tuple[tuple[str, ...], date]]:
    """The checkpoints whose first result the two say differently: the kind, the day on which it came out."""
    for place, point in enumerate(promised.plan.checkpoints):
        engine = first_published(promised, 1, told, rules(), place)
        again = first_result(promised, 1, told, rules(), point.id)
        if (UNSAVED if engine.verdict == "unsaved" else engine.verdict) != again:
            yield ("first result", str(engine.verdict), again), engine.as_of


def _note(group: Group, case: type_case, as_of: date, known: date) -> None:
    group.count += 1
    if not group.case or _size(case) < _size(group.case):
        group.case, group.as_of, group.known = case, as_of, known


# ---------------------------------------------------------------- the smallest case


def shrink(case: type_case, as_of: date, known: date, kind: tuple[str, ...]) -> type_case:
    """The case with everything taken away that the disagreement does not need."""
    again = True
    while again:
        again = False
        for path in smaller(case):
            less = without(case, path)
            if _shows(less, as_of, known, kind):
                case, again = less, True
                break
    return case


def _shows(case: type_case, as_of: date, known: date, kind: tuple[str, ...]) -> bool:
    if kind[0] == "first result":
        return (kind, as_of) in first_differences(promise(case), records(case))
    return any(each[0] == kind for each in differences(*both(case, as_of, known)))


def smaller(case: type_case) -> Iterator[tuple[Any, ...]]:
    """The paths of what can be taken out of a case by itself."""
    yield from ((folder, key) for folder in FOLDERS for key in case[folder])
    for key, report in case["reports"].items():
        for part in PARTS:
            names = report.get(part, {})
            for name in names if isinstance(names, dict) else range(len(names)):
                if part != "deliverables" or name not in report["done_on"]:
                    yield "reports", key, part, name
    used = {each.get("indicator") for each in case["revisions"].values()}
    for place, number in enumerate(case["task"]["numbers"]):
        if number["id"] not in used and not any(number["id"] in report["indicators"] for report in case["reports"].values()):
            yield "task", "numbers", place
    for place, cell in enumerate(case["task"]["cells"], start=1):
        if cell.get("pieces") and not _named(case, f"{place}-{len(cell['pieces'])}"):
            yield "task", "cells", place - 1, "pieces", len(cell["pieces"]) - 1


def _named(case: type_case, piece: str) -> bool:
    changed = {each.get("deliverable") for each in case["revisions"].values()}
    return piece in changed or any(piece in report["deliverables"] for report in case["reports"].values())


def without(case: type_case, path: tuple[Any, ...]) -> type_case:
    """A case without one thing."""
    copied = copy.deepcopy(case)
    inner: Any = copied
    for step in path[:-1]:
        inner = inner[step]
    del inner[path[-1]]
    return copied


def _size(case: type_case) -> int:
    return len(str(case))
