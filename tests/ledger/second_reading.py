"""The rules of the five colours read a second time, from their text alone and for plain plans only.

Nothing here is taken from the engine but the notation of the cases: numbers, dates and limits are written out again, and the way is
another (one pass over a dictionary instead of duties, steps and parts), so that a slip in one reading is not repeated in the other.

Plain plans: one indicator (a sum, a rate to reach, a rate not to exceed), deliverables, one problem, one report a checkpoint,
changed numbers, an acceptance.  No dropped targets, moved days, 暂缓 or 推算: these have their cases.
"""

from __future__ import annotations

import calendar
import random
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from .scenes import SIX

type_case = dict[str, Any]
COLOURS = ("green", "yellow", "orange", "red")
PACES = (Fraction(1, 2), Fraction(7, 10), Fraction(3, 4), Fraction(8, 10), Fraction(88, 100), Fraction(9, 10), Fraction(98, 100), 1, 1, 1)
"""How much of its plan a random report brings: the limits themselves and both sides of them."""


def ends(checkpoint: str) -> date:
    year, month = map(int, checkpoint.split("-"))
    return date(year, month, calendar.monthrange(year, month)[1])


def report_due(checkpoint: str) -> date:
    return ends(checkpoint) + timedelta(10)


# ---------------------------------------------------------------- the verdict, from the text


def verdict(case: type_case, as_of: date) -> str:
    """The colour or state of the case's one task on `as_of`."""
    if as_of < date.fromisoformat(case["opened"]):
        return "no_data"
    told = {key[:7]: report for key, report in sorted(case["reports"].items()) if date.fromisoformat(report["published"]) <= as_of}
    parts = [*_pieces(case, told, as_of), *_number(case, told, as_of)]
    colours = [part for part in [*parts, *_problem(case, as_of)] if part in COLOURS[1:]]
    if colours:
        return max(colours, key=COLOURS.index)
    if _silent(case, told, as_of):
        return "unreported"
    if not parts:
        return "not_due"
    if "missing" in parts:
        return "incomplete"
    return "blue" if _finished(case, told, as_of) else "green"


def _finished(case: type_case, told: type_case, as_of: date) -> bool:
    """Of a green task: everything is due and judged, levels held on their own days, no problem stands open, evidence and acceptance
    are public."""
    targets, numbers = [cell for cell in case["task"]["cells"] if cell["kind"] == "target"], case["task"]["numbers"]
    problems, accepted = case["problems"], case["events"].get("a")
    dues = [cell["covers"][-1] for cell in targets if cell["pieces"]]
    dues += [at for number in numbers for at, _ in _steps(case, number, as_of)]
    return (
        all(ends(cell["covers"][-1]) < as_of for cell in targets)
        and all(_judged(due, told, as_of) for due in dues)
        and all(_held(case, number, told, as_of) for number in numbers if number["basis"] == "level")
        and not _open(problems, as_of)
        and any(report["evidence"] for report in told.values())
        and accepted is not None
        and date.fromisoformat(accepted["published"]) <= as_of
    )


def _held(case: type_case, number: type_case, told: type_case, as_of: date) -> bool:
    """Whether a level met each of its steps in the report of that very checkpoint, where one came or had to come."""
    asked = [each for each in _steps(case, number, as_of) if each[0] in told or report_due(each[0]) >= date.fromisoformat(case["opened"])]
    for at, plan in asked:
        value = told.get(at, {"indicators": {}})["indicators"].get("n")
        if value is None or (Fraction(value) > plan if number["direction"] == "at_most" else Fraction(value) < plan):
            return False
    return True


def _open(problems: type_case, as_of: date) -> bool:
    found, closed = problems.get("P-01.1"), problems.get("P-01.2")
    known = found is not None and date.fromisoformat(found["published"]) <= as_of
    return known and not (closed and date.fromisoformat(closed["published"]) <= as_of)


def _silent(case: type_case, told: type_case, as_of: date) -> bool:
    """A required report is overdue and no later one came."""
    required = [cell["covers"][-1] for cell in case["task"]["cells"] if cell["kind"] == "target"]
    overdue = [each for each in required if date.fromisoformat(case["opened"]) <= report_due(each) < as_of and each not in told]
    return any(each > max(told, default="") for each in overdue)


def _judged(checkpoint: str, told: type_case, as_of: date) -> bool:
    """Its day has passed, and its report is public or overdue."""
    return ends(checkpoint) < as_of and (checkpoint in told or report_due(checkpoint) < as_of)


def _late(days: int) -> str:
    return "yellow" if days <= 30 else "orange" if days <= 60 else "red"


def _pieces(case: type_case, told: type_case, as_of: date) -> Iterator[str]:
    """A colour, or `missing`, for each deliverable judged: the last word counts, but 未完成 said before its day proves nothing."""
    for cell, each in enumerate(case["task"]["cells"], start=1):
        due = each["covers"][-1]
        if each["kind"] == "none" or not _judged(due, told, as_of):
            continue
        for piece in range(1, len(each["pieces"]) + 1):
            word = "missing"
            for checkpoint, report in told.items():
                said = report["deliverables"].get(f"{cell}-{piece}", word)
                early = checkpoint < due and date.fromisoformat(report["published"]) <= ends(due)
                word = "missing" if said in ("partial", "not_done") and early else said
            yield {"done": "green", "missing": "missing"}.get(word, _late((as_of - ends(due)).days))


def _number(case: type_case, told: type_case, as_of: date) -> Iterator[str]:
    """A colour for the indicator, and `missing` where the latest judged step is not spoken of."""
    for number in case["task"]["numbers"]:
        steps = _steps(case, number, as_of)
        judged = [step for step in steps if _judged(step[0], told, as_of)]
        if not judged:
            continue
        spoken = [
            (at, Fraction(report["indicators"]["n"])) for at, report in told.items() if "n" in report["indicators"] and ends(at) < as_of
        ]
        if not spoken:
            yield "missing"
            continue
        (at, actual), (latest, plan) = spoken[-1], judged[-1]
        own = [step for step in steps if step[0] <= at]
        settled = number["basis"] == "cumulative" and actual >= plan and (not own or actual >= own[-1][1])
        if at < latest and not settled:
            yield "missing"
            if not own:
                continue
            latest, plan = own[-1]
        yield _colour(number, actual, plan, steps[-1], latest, as_of)


def _steps(case: type_case, number: type_case, as_of: date) -> list[tuple[str, Fraction]]:
    """Checkpoint and plan, in order; the year's number stands at the last checkpoint, alone where a cell prints one there too.

    A changed number counts once public, if it was thirty days before the day on which the printed one falls due; the latest such.
    """
    printed = {cell: (case["task"]["cells"][int(cell) - 1]["covers"][-1], value) for cell, value in number["at"].items()}
    if "target" in number:
        printed["year"] = (SIX[-1], number["target"])
    steps = {}
    for cell, (at, value) in printed.items():
        for change in sorted(case["revisions"].values(), key=lambda each: each["published"]):
            day = date.fromisoformat(change["published"])
            if change.get("cell", "year") == cell and day <= as_of and (ends(at) - day).days >= 30:
                value = change["to"]
        steps[at] = Fraction(value)
    return sorted(steps.items())


def _colour(number: type_case, actual: Fraction, plan: Fraction, year: tuple[str, Fraction], at: str, as_of: date) -> str:
    """By shortfall: the bands, the small shortfall, the points of a rate, the year unmet, in the order of the text."""
    limit = number["direction"] == "at_most"
    short = actual - plan if limit else plan - actual
    if short <= 0:
        return "green"
    if limit and plan == 0:
        return "red"
    share = plan / actual if limit else actual / plan
    colour = "yellow" if share >= Fraction(9, 10) else "orange" if share >= Fraction(3, 4) else "red"
    over = "target" in number and as_of > ends(SIX[-1])
    if short < year[1] * Fraction(2, 100) and actual != 0 and not over:
        colour = "yellow"
    if number["unit"] == "%" and short > 5:
        colour = "red"
    elif number["unit"] == "%" and short > 2:
        colour = max(colour, "orange", key=COLOURS.index)
    if over and at == SIX[-1]:
        colour = max(colour, "orange", key=COLOURS.index)
    return colour


def _problem(case: type_case, as_of: date) -> Iterator[str]:
    """The colour of the problem, if it is open past its deadline."""
    if _open(case["problems"], as_of):
        overdue = (as_of - date.fromisoformat(case["problems"]["P-01.1"]["rectify_by"])).days
        if overdue > 0:
            yield _late(overdue)


# ---------------------------------------------------------------- plain plans at random


def plain_case(chance: random.Random) -> type_case:
    """A plan and its testimony in the notation of the cases, with numbers near the limits rather than anywhere."""
    row = list(_cells(chance))
    numbers = _numbers(chance, row)
    good = chance.random() < 0.25
    return {
        "plan": "six_hundred",
        "task": {"cells": row, "numbers": numbers},
        "opened": chance.choice(("2023-03-01", "2023-03-01", "2023-06-09")),
        "reports": dict(_reports(chance, row, numbers, good)),
        "problems": _troubles(chance),
        "revisions": _changes(chance, numbers),
        "events": {"a": {"type": "acceptance", "published": str(date(2023, 10, 1) + timedelta(chance.randint(0, 160)))}} if good else {},
    }


def telling_days(chance: random.Random, case: type_case) -> list[date]:
    """Five days to judge on: any, and days on which something begins, comes due or turns into the next colour."""
    told = [date.fromisoformat(each["published"]) for each in [*case["reports"].values(), *case["problems"].values()]]
    dues = [
        *(ends(each) for each in SIX),
        *(date.fromisoformat(each["rectify_by"]) for each in case["problems"].values() if "rectify_by" in each),
    ]
    edges = [*told, *(report_due(each) for each in SIX), *(due + timedelta(days) for due in dues for days in (0, 30, 60))]
    anywhere = [date(2023, 3, 1) + timedelta(chance.randint(0, 400)) for _ in range(2)]
    return anywhere + [chance.choice(edges) + timedelta(chance.choice((0, 1))) for _ in range(3)]


def _cells(chance: random.Random) -> Iterator[type_case]:
    rest = list(SIX)
    while rest:
        size = min(len(rest), chance.choice((1, 1, 1, 2, 3)))
        covers, rest = rest[:size], rest[size:]
        pieces = [f"{covers[0]}第{number}件" for number in range(chance.randint(0, 2))]
        yield {"covers": covers, "kind": "none"} if chance.random() < 0.2 else {"covers": covers, "kind": "target", "pieces": pieces}


def _numbers(chance: random.Random, row: list[type_case]) -> list[type_case]:
    cells = [cell for cell, each in enumerate(row, start=1) if each["kind"] == "target" and chance.random() < 0.8]
    if not cells or chance.random() < 0.15:
        return []
    basis, direction, unit = chance.choice(
        (("cumulative", "at_least", "人"), ("cumulative", "at_least", "人"), ("level", "at_least", "%"), ("level", "at_most", "%"))
    )
    values = [chance.choice((50, 100, chance.randint(1, 120))) if basis == "cumulative" else chance.randint(1, 100) for _ in cells]
    if basis == "cumulative":
        values = [sum(values[: place + 1]) for place in range(len(values))]
    year = {"target": str(values[-1]), "due": "2024-01-31"} if chance.random() < 0.6 else {}
    at = {str(cell): str(value) for cell, value in zip(cells, values, strict=True)}
    return [{"id": "n", "name": "数", "unit": unit, "basis": basis, "direction": direction, "at": at, **year}]


def _changes(chance: random.Random, numbers: list[type_case]) -> type_case:
    """Up to two changes of a printed number, about a third of them too late."""
    found: type_case = {}
    for key in ("r1", "r2")[: chance.choice((0, 0, 0, 1, 2)) if numbers else 0]:
        cells = [*numbers[0]["at"], *(["year"] if "target" in numbers[0] else [])]
        cell = chance.choice(cells)
        day = str(date(2023, 3, 2) + timedelta(chance.randint(0, 300)))
        place = {} if cell == "year" else {"cell": cell}
        found[key] = {"indicator": "n", "change": "value", "to": str(chance.randint(1, 200)), "published": day, **place}
    return found


def _reports(chance: random.Random, row: list[type_case], numbers: list[type_case], good: bool) -> Iterator[tuple[str, type_case]]:
    """A report for each checkpoint up to some one, with gaps; where all is `good`, for every one, and nearly everything is done."""
    names = [f"{cell}-{piece}" for cell, each in enumerate(row, start=1) for piece in range(1, len(each.get("pieces", ())) + 1)]
    words = ("done",) * 40 + ("partial",) if good else ("done", "done", "done", "partial", "not_done")
    gaps, reached = (0.02 if good else 0.2), 0
    for checkpoint in SIX if good else SIX[: chance.randint(0, 6)]:
        if chance.random() < gaps:
            continue
        values = {}
        if numbers and chance.random() >= gaps:
            value = _brought(chance, row, numbers[0], checkpoint, good)
            reached = max(reached, value) if numbers[0]["basis"] == "cumulative" else value
            values = {"n": str(reached)}
        published = ends(checkpoint) + timedelta(chance.choice((0, 3, 5, 10, 11, 20, 40)))
        said = {name: chance.choice(words) for name in names if chance.random() >= gaps}
        evidence = [{"dated": str(published)}] if chance.random() < 0.3 else []
        yield f"{checkpoint}/01", {"published": str(published), "deliverables": said, "indicators": values, "evidence": evidence}


def _brought(chance: random.Random, row: list[type_case], number: type_case, checkpoint: str, good: bool) -> int:
    """A value near the plan of the checkpoint: a share of it, or off by so much that a band or a number of points just ends."""
    planned = [int(value) for cell, value in number["at"].items() if row[int(cell) - 1]["covers"][-1] <= checkpoint]
    plan, pace = planned[-1] if planned else 10, chance.choice(PACES)
    if good and chance.random() < 0.9:
        return plan
    edge = chance.random() < 0.4
    exact = plan if edge else plan / pace if number["direction"] == "at_most" else plan * pace
    off = chance.choice((plan // 50, 2, 3, 5, 6) if edge else (0, 0, 1))
    return max(0, int(exact) + chance.choice((off, -off)))


def _troubles(chance: random.Random) -> type_case:
    if chance.random() > 0.3:
        return {}
    day = date(2023, 3, 1) + timedelta(chance.randint(0, 250))
    steps = {"P-01.1": {"type": "found", "published": str(day), "rectify_by": str(day + timedelta(chance.randint(0, 60)))}}
    if chance.random() < 0.5:
        steps["P-01.2"] = {"type": "closed", "published": str(day + timedelta(chance.randint(1, 100)))}
    return steps
