"""Random plans with the hard part: moved and dropped targets, 暂缓, tombstones, early words, joint leads, own days, 推算, several files.

In the notation of the cases (see scenes.py); values stand near the limits rather than anywhere, days at the edges.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from typing import Any

from pydantic import ValidationError

from scripts.ledger.model.records import Report
from scripts.ledger.plan.schedule import ends

from .scenes import SIX

type_case = dict[str, Any]
START, LAST = date(2023, 3, 1), ends(SIX[-1])
NEW_DAYS = [*(ends(each) for each in SIX), *(date(2023, month, day) for month in (6, 7, 9, 11) for day in (10, 15, 20)), date(2023, 12, 31)]
AFTER = (date(2024, 2, 10), date(2024, 2, 29), date(2024, 3, 31), date(2024, 4, 30))
"""Days after the last checkpoint on which a moved target may fall."""
BASES = (
    ("cumulative", "at_least", "人"),
    ("cumulative", "at_least", "人"),
    ("increment", "at_least", "人"),
    ("increment", "at_least", "人"),
    ("level", "at_least", "%"),
    ("level", "at_least", "％"),
    ("level", "at_most", "%"),
    ("level", "at_most", "件"),
    ("cumulative", "at_most", "万元"),
    ("share_of_work", "at_least", "%"),
    ("unsettled", "at_least", "人"),
)


@cache
def names_days() -> bool:
    """Whether a report may give one number for several days (the model of testimony says)."""
    try:
        Report.model_validate({"published": "2023-10-05", "by": "甲局", "indicators": {"n": {"2023-09-15": "93", "2023-09-30": "81"}}})
    except ValidationError:
        return False
    return True


def hard_case(chance: random.Random) -> type_case:
    """A plan and its testimony."""
    row = _rolling(chance) if chance.random() < 0.12 else list(_cells(chance))
    numbers = list(_numbers(chance, row))
    good = chance.random() < 0.5
    changes = dict(_changes(chance, row, numbers))
    reports = dict(_reports(chance, row, numbers, changes, good))
    if names_days():
        _name_days(chance, row, numbers, changes, reports)
    taken = dict(_taken_down(chance, reports))
    return {
        "plan": "six_hundred",
        "task": {"cells": row, "numbers": numbers, "lead": ["甲局", "乙局"]},
        "opened": chance.choice(("2023-03-01", "2023-03-01", "2023-03-01", "2023-06-09", "2023-06-11")),
        "reports": reports,
        "revisions": changes,
        "problems": dict(_problems(chance)),
        "events": dict(_events(chance, good)),
        "withdrawals": taken,
    }


# ---------------------------------------------------------------- the promise


def _rolling(chance: random.Random) -> list[type_case]:
    return [{"covers": list(SIX), "kind": "rolling", "pieces": ["持续做"] if chance.random() < 0.5 else []}]


def _cells(chance: random.Random) -> Iterator[type_case]:
    """Cells of one to three checkpoints; some fix a day of their own, some pieces do, some cells have nothing in them."""
    rest, cell = list(SIX), 0
    while rest:
        cell += 1
        size = min(len(rest), chance.choice((1, 1, 1, 1, 2, 3)))
        covers, rest = rest[:size], rest[size:]
        if chance.random() < 0.25:
            yield {"covers": covers, "kind": "none"}
            continue
        pieces: list[type_case] = [{"text": f"第{cell}格第{count}件"} for count in range(chance.choice((0, 0, 1, 1, 2)))]
        for piece in pieces:
            if chance.random() < 0.25:
                piece["due"] = str(max(START, ends(covers[-1]) - timedelta(chance.choice((11, 16, 41, 72)))))
        own = {"due": str(max(START, ends(covers[-1]) - timedelta(chance.choice((15, 31)))))} if chance.random() < 0.12 else {}
        yield {"covers": covers, "kind": "target", "pieces": pieces, **own}


def _numbers(chance: random.Random, row: list[type_case]) -> Iterator[type_case]:
    """Up to two numbers; of a rolling row one of the year, mostly 推算."""
    if row[0]["kind"] == "rolling":
        if chance.random() < 0.8:
            pace = {"pace": "linear"} if chance.random() < 0.7 else {}
            yield (
                _number("n", ("cumulative", "at_least", "家"), {}, {"target": "50", "due": chance.choice(("2023-12-31", "2024-01-31"))})
                | pace
            )
        return
    year: type_case
    for name in ("n", "m")[: chance.choice((0, 1, 1, 1, 2))]:
        kind = chance.choice(BASES)
        if chance.random() < 0.06:
            yield _number(name, ("level", "between", "%"), {}, {"target": ["-10", "10"], "due": "2024-01-31"})
            continue
        cells = [cell for cell, each in enumerate(row, start=1) if each["kind"] == "target" and chance.random() < 0.75]
        steps = [chance.choice((50, 100, 100, chance.randint(0, 120))) for _ in cells]
        if kind[0] in ("level", "share_of_work"):
            steps = [chance.choice((80, 95, chance.randint(1, 100))) for _ in cells]
        elif kind[0] != "increment":
            steps = list(accumulate(steps))
        year = {}
        if chance.random() < 0.6 or not cells:
            total = sum(steps) if kind[0] == "increment" else steps[-1] if steps else 100
            year = {"target": str(total), "due": chance.choice(("2023-12-31", "2024-01-31", "2024-01-31"))}
        at = {str(cell): str(value) for cell, value in zip(cells, steps, strict=True)}
        if kind[0] == "unsettled":
            if not at:
                continue
            year |= {"readings": [list(at.values()), [str(2 * int(value)) for value in at.values()]]}
        yield _number(name, kind, at, year)


def _number(name: str, kind: tuple[str, str, str], at: dict[str, str], year: type_case) -> type_case:
    basis, direction, unit = kind
    return {"id": name, "name": name, "unit": unit, "basis": basis, "direction": direction, "at": at, **year}


def due_of(row: list[type_case], cell: int) -> date:
    each = row[cell - 1]
    return date.fromisoformat(each["due"]) if "due" in each else ends(each["covers"][-1])


def piece_days(row: list[type_case]) -> dict[str, date]:
    """Every judged deliverable and the day printed for it."""
    return {
        f"{cell}-{count}": date.fromisoformat(piece["due"]) if "due" in piece else due_of(row, cell)
        for cell, each in enumerate(row, start=1)
        if each["kind"] == "target"
        for count, piece in enumerate(each["pieces"], start=1)
    }


# ---------------------------------------------------------------- changes


def places_of(row: list[type_case], numbers: list[type_case]) -> list[tuple[type_case, date, bool]]:
    """Every target as a change names it, the day printed for it, and whether it has a value to change; those with a value twice."""
    found: list[tuple[type_case, date, bool]] = [
        ({"cell": str(cell)}, due_of(row, cell), False) for cell, each in enumerate(row, start=1) if each["kind"] == "target"
    ]
    found += [({"deliverable": piece}, day, False) for piece, day in piece_days(row).items()]
    for number in numbers:
        single = number["direction"] != "between"
        found += [({"indicator": number["id"], "cell": cell}, due_of(row, int(cell)), single) for cell in number["at"]] * 2
        found += [({"indicator": number["id"]}, date.fromisoformat(number["due"]), single)] * 2 if "target" in number else []
    return found


def _changes(chance: random.Random, row: list[type_case], numbers: list[type_case]) -> Iterator[tuple[str, type_case]]:
    """Up to three changes, announced around the thirty days before the day printed, sometimes approved earlier than published."""
    places = places_of(row, numbers)
    if not places:
        return
    again = chance.choice(places)
    for key in ("R-01", "R-02", "R-03")[: chance.choice((0, 0, 1, 1, 1, 2, 3))]:
        place, due, valued = again if chance.random() < 0.4 else chance.choice(places)
        published = max(START, due - timedelta(chance.choice((29, 30, 31, 31, 45, 60, 60, 90, 120, 1, -3))))
        approved = published - timedelta(chance.choice((0, 0, 0, 1, 10)))
        kind = chance.choice(("due", "due", "due", "drop", "value") if valued else ("due", "due", "due", "drop"))
        to = (
            {}
            if kind == "drop"
            else {"to": str(_new_day(chance, due)) if kind == "due" else str(chance.choice((0, 50, 80, 100, 150, 200)))}
        )
        yield key, {**place, "change": kind, **to, "published": str(published), "approved_on": str(approved)}


def _new_day(chance: random.Random, due: date) -> date:
    if chance.random() < 0.2:
        return chance.choice(AFTER)
    later = [day for day in NEW_DAYS if day > due]
    return chance.choice(later) if later and chance.random() < 0.92 else chance.choice(NEW_DAYS)


# ---------------------------------------------------------------- reports


def _reports(
    chance: random.Random, row: list[type_case], numbers: list[type_case], changes: dict[str, type_case], good: bool
) -> Iterator[tuple[str, type_case]]:
    """Up to three files for each checkpoint; of the last one also files after the new days behind it."""
    reached: dict[str, int] = {}
    gaps = 0.08 if good else 0.25
    until = chance.choice((6, 6, 6, chance.randint(0, 6)))
    late = sorted({each["to"] for each in changes.values() if each["change"] == "due" and each["to"] > str(LAST)})
    for checkpoint in SIX[:until]:
        if chance.random() < gaps:
            continue
        published = _published(chance, row, changes, checkpoint)
        for count in range(1, 1 + chance.choice((1, 1, 1, 2, 2, 3))):
            key = f"{checkpoint}/01" + (f".{count}" if count > 1 else "")
            yield key, _file(chance, row, numbers, checkpoint, published, reached, gaps, good, count)
            published += timedelta(chance.choice((0, 1, 5, 12, 30, 60)))
        if checkpoint == SIX[-1]:
            for place, day in enumerate(late, start=count + 1):
                published = max(published, date.fromisoformat(day)) + timedelta(chance.choice((0, 0, 4, 10, 11)))
                if chance.random() < 0.7:
                    yield f"{checkpoint}/01.{place}", _file(chance, row, numbers, checkpoint, published, reached, gaps, good, place)


def _published(chance: random.Random, row: list[type_case], changes: dict[str, type_case], checkpoint: str) -> date:
    """Mostly after the checkpoint's end; early only from the first due day in it on."""
    before = ends(SIX[SIX.index(checkpoint) - 1]) if checkpoint != SIX[0] else START
    dues = [*piece_days(row).values(), *(due_of(row, cell) for cell, each in enumerate(row, start=1) if each["kind"] == "target")]
    dues += [date.fromisoformat(each["to"]) for each in changes.values() if each["change"] == "due"]
    first = min((day for day in dues if before < day <= ends(checkpoint)), default=ends(checkpoint))
    if first < ends(checkpoint) and chance.random() < 0.6:
        return first + timedelta(chance.randint(0, (ends(checkpoint) - first).days))
    return ends(checkpoint) + timedelta(chance.choice((0, 0, 3, 5, 5, 10, 11, 20, 40)))


def _file(
    chance: random.Random,
    row: list[type_case],
    numbers: list[type_case],
    checkpoint: str,
    published: date,
    reached: dict[str, int],
    gaps: float,
    good: bool,
    count: int,
) -> type_case:
    words = ("done",) * 12 + ("partial", "not_done") if good else ("done", "done", "partial", "not_done")
    said: dict[str, str] = {}
    for piece, day in piece_days(row).items():
        near = day <= ends(checkpoint) + timedelta(chance.choice((0, 0, 62, 200)))
        if near and chance.random() >= (gaps if count == 1 else 0.6):
            said[piece] = "withdrawn" if count > 1 and chance.random() < 0.15 else chance.choice(words)
    done_on = {
        piece: str(max(START, published - timedelta(chance.choice((0, 1, 5, 12, 30, 45)))))
        for piece, word in said.items()
        if word == "done" and chance.random() < 0.3
    }
    values: type_case = {}
    for number in numbers:
        if chance.random() < (gaps if count == 1 else 0.6):
            continue
        if count > 1 and chance.random() < 0.15:
            values[number["id"]] = "withdrawn"
            continue
        value = _value(chance, row, number, checkpoint, good)
        if number["basis"] not in ("level",) and chance.random() < 0.9:
            value = max(value, reached.get(number["id"], 0))
        reached[number["id"]] = value
        values[number["id"]] = str(value)
    evidence = [{"dated": str(published - timedelta(chance.choice((0, 1, 12, 45))))}] if chance.random() < 0.5 else []
    return {
        "published": str(published),
        "by": chance.choice(("甲局", "乙局")),
        "deliverables": said,
        "done_on": done_on,
        "indicators": values,
        "evidence": evidence,
        **({"corrects": "01", "reason": "重复统计"} if count > 1 and chance.random() < 0.5 else {}),
    }


def _value(chance: random.Random, row: list[type_case], number: type_case, checkpoint: str, good: bool) -> int:
    """Near what is planned by the checkpoint, by the words printed."""
    planned = [int(value) for cell, value in number["at"].items() if due_of(row, int(cell)) <= ends(checkpoint)]
    plan = (sum(planned) if number["basis"] == "increment" else planned[-1]) if planned else chance.choice((0, 5, 10))
    if number.get("pace"):
        plan = 50 * (SIX.index(checkpoint) + 1) // 6
    if good and chance.random() < 0.75:
        return plan
    share = chance.choice((0, 50, 70, 75, 75, 80, 88, 90, 90, 98, 100, 110, 130))
    return max(0, plan * share // 100 + chance.choice((0, 0, 0, -1, 1, -2, -3, -5, -6, 3, 6)))


def _name_days(
    chance: random.Random, row: list[type_case], numbers: list[type_case], changes: dict[str, type_case], reports: dict[str, type_case]
) -> None:
    """Has some reports give a number for the days of its targets, as printed or as changed, that have come by then."""
    for key, report in reports.items():
        for number in numbers:
            value = report["indicators"].get(number["id"])
            dues = {str(due_of(row, int(cell))) for cell in number["at"]} | ({number["due"]} if "target" in number else set())
            dues |= {each["to"] for each in changes.values() if each["change"] == "due" and _moves(each, number)}
            here = sorted(day for day in dues if date.fromisoformat(day) <= date.fromisoformat(report["published"]) and _in(day, key[:7]))
            if value not in (None, "withdrawn") and here and chance.random() < 0.4:
                amounts = [max(0, int(value) - chance.choice((0, 0, 2, 10))) for _ in here[:2]]
                told = amounts if number["basis"] == "level" else sorted(amounts)  # a sum does not fall from day to day
                report["indicators"][number["id"]] = {day: str(amount) for day, amount in zip(here, told, strict=False)}


def _moves(change: type_case, number: type_case) -> bool:
    """Whether a change is one of this number, or of a whole cell that prints it."""
    of_cell = "deliverable" not in change and "indicator" not in change and change["cell"] in number["at"]
    return change.get("indicator") == number["id"] or of_cell


def _in(day: str, checkpoint: str) -> bool:
    """Whether a day lies in a checkpoint, or behind the last one."""
    place = SIX.index(checkpoint)
    after = ends(SIX[place - 1]) if place else START - timedelta(1)
    return str(after) < day and (day <= str(ends(checkpoint)) or checkpoint == SIX[-1])


# ---------------------------------------------------------------- the rest of the testimony


def _taken_down(chance: random.Random, reports: dict[str, type_case]) -> Iterator[tuple[str, type_case]]:
    """Takes a report down, perhaps: only its tombstone stays."""
    if reports and chance.random() < 0.2:
        key = chance.choice(sorted(reports))
        filed = reports.pop(key)["published"]
        day = str(date.fromisoformat(filed) + timedelta(chance.choice((1, 20, 80))))
        yield "W-01", {"record": f"reports/{key}", "filed": filed, "ground": "含个人信息", "published": day}


def _problems(chance: random.Random) -> Iterator[tuple[str, type_case]]:
    if chance.random() < 0.75:
        return
    day = START + timedelta(chance.randint(0, 250))
    yield "P-01.1", {"type": "found", "published": str(day), "rectify_by": str(day + timedelta(chance.randint(0, 60)))}
    steps = chance.choice(
        ((), ("closed",), ("closed",), ("extended",), ("extended", "closed"), ("closed", "reopened"), ("closed", "reopened", "closed"))
    )
    for count, kind in enumerate(steps, start=2):
        day += timedelta(chance.randint(1, 60))
        until = {"rectify_by": str(day + timedelta(30))} if kind == "extended" else {}
        yield f"P-01.{count}", {"type": kind, "published": str(day), **until}


def _events(chance: random.Random, good: bool) -> Iterator[tuple[str, type_case]]:
    """Up to two 暂缓, an acceptance, a closing."""
    day = START + timedelta(chance.randint(0, 330))
    for key in ("s1", "s2")[: chance.choice((0, 0, 0, 0, 1, 1, 2))]:
        lasting = timedelta(chance.choice((5, 30, 60, 92)))
        document = f"样例府办〔2023〕{key}号"
        yield key, {"type": "suspension", "published": str(day), "review_by": str(day + lasting), "document": document}
        day += timedelta(chance.choice((10, 40, 60, 92, 93, 120)))
    if good:
        yield "a", {"type": "acceptance", "published": str(date(2023, 10, 1) + timedelta(chance.randint(0, 200)))}
    if chance.random() < 0.25:
        closed = chance.choice(("2024-02-28", "2024-03-15", "2024-03-31"))
        yield "c", {"type": "closed", "published": closed, "closed_on": closed}


# ---------------------------------------------------------------- days to judge on


def edges(case: type_case) -> list[date]:
    """The days around which a verdict can turn: due days and 30, 31, 60, 61 days later, last days for reports, and every record's days."""
    row = case["task"]["cells"]
    dues = {*(ends(each) for each in SIX), *piece_days(row).values(), *(due_of(row, cell) for cell in range(1, len(row) + 1))}
    dues |= {date.fromisoformat(each["to"]) for each in case["revisions"].values() if each["change"] == "due"}
    dues |= {date.fromisoformat(each["rectify_by"]) for each in case["problems"].values() if each["type"] == "found"}
    found = {due + timedelta(days) for due in dues for days in (0, 10, 30, 31, 60, 61)}
    for folder in ("reports", "revisions", "problems", "events", "withdrawals"):
        for each in case[folder].values():
            found |= {
                date.fromisoformat(each[key]) for key in ("published", "review_by", "rectify_by", "filed", "closed_on") if key in each
            }
    return sorted(found)


def telling_days(chance: random.Random, case: type_case, count: int = 6) -> list[tuple[date, date]]:
    """Days to judge on, none after the closing day, and on which day what was known counts: mostly the same."""
    closing = min(
        (date.fromisoformat(each["closed_on"]) for each in case["events"].values() if each["type"] == "closed"), default=date(2024, 7, 31)
    )
    turning, found = edges(case), []
    for _ in range(count):
        as_of = min(closing, chance.choice(turning) + timedelta(chance.choice((-1, 0, 0, 1, 1))))
        found.append((as_of, as_of + timedelta(chance.choice((0, 0, 0, 0, 0, 0, 7, 40)))))
    return found
