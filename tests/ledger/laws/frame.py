"""The law of the empty checkpoint."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date

from scripts.ledger.plan.schedule import ends

from ..hard_plans import LAST, telling_days
from ..scenes import SIX
from .cases import day, due_days, type_case
from .reports import same
from .trying import Law, Trial, verdict

NEW = ("2023-02", "2023-04", "2023-06", "2023-08", "2023-10", "2023-12", "2024-03")


def inserted(chance: random.Random, case: type_case) -> Iterator[Trial]:
    """`two`: a checkpoint more, with “——” or within a merged cell, on none of whose days anything falls due; `without`: it has a target."""
    if case["task"]["cells"][0]["kind"] == "rolling":
        return  # a rolling task owes a report at every checkpoint
    for point in chance.sample(NEW, 3):
        before = max((ends(each) for each in SIX if each < point), default=date.min)
        until = ends(point) if point < SIX[-1] else date.max
        if any(before < each <= until for each in due_days(case)) or (point > SIX[-1] and _told_after(case)):
            continue
        points = sorted([*SIX, point])
        days = tuple(each for each, _ in telling_days(chance, case, 4))
        one = {**case, "checkpoints": list(SIX)}
        yield Trial(one, with_point(case, points, point, "none"), with_point(case, points, point, "target"), days)


def _told_after(case: type_case) -> bool:
    return any(each["change"] == "due" and day(each["to"]) > LAST for each in case["revisions"].values())


def with_point(case: type_case, points: list[str], point: str, kind: str) -> type_case:
    """The case with a checkpoint more: cells that run over it run on, else it has a cell of its own."""
    row, cells, shift = case["task"]["cells"], [], None
    for place, cell in enumerate(row, start=1):
        if cell["covers"][0] < point < cell["covers"][-1]:
            cells.append({**cell, "covers": [each for each in points if cell["covers"][0] <= each <= cell["covers"][-1]]})
            continue
        if shift is None and cell["covers"][0] > point and not (cells and cells[-1]["covers"][-1] > point):
            shift = place
            cells.append({"covers": [point], "kind": kind})
        cells.append(cell)
    if point > row[-1]["covers"][-1]:
        cells.append({"covers": [point], "kind": kind})
    renamed = renumbered(case, shift) if shift and len(cells) > len(row) else case
    return {**renamed, "checkpoints": points, "task": {**renamed["task"], "cells": cells}}


def renumbered(case: type_case, shift: int) -> type_case:
    """The case with every cell from one on named by the next number."""

    def cell(name: str) -> str:
        return str(int(name) + (int(name) >= shift))

    def piece(name: str) -> str:
        place, _, order = name.partition("-")
        return f"{cell(place)}-{order}"

    numbers = [{**each, "at": {cell(name): value for name, value in each["at"].items()}} for each in case["task"]["numbers"]]
    reports = {
        key: {**each, **{part: {piece(name): word for name, word in each[part].items()} for part in ("deliverables", "done_on")}}
        for key, each in case["reports"].items()
    }
    names = {"cell": cell, "deliverable": piece}
    changes = {
        key: {field: names[field](value) if field in names else value for field, value in each.items()}
        for key, each in case["revisions"].items()
    }
    return {**case, "task": {**case["task"], "numbers": numbers}, "reports": reports, "revisions": changes}


INSERTED = Law(inserted, same, verdict)
