"""Random plans and testimony, in the short notation of the cases."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from scripts.ledger.plan.schedule import ends

from .scenes import SIX

START = date(2023, 3, 1)
WORDS = ("done", "partial", "not_done")
type_case = dict[str, Any]


@st.composite
def cells(draw: st.DrawFn) -> list[dict[str, Any]]:
    """A row of cells that covers the six checkpoints."""
    if draw(st.integers(0, 7)) == 0:
        return [{"covers": list(SIX), "kind": "rolling", "pieces": ["持续做"]}]
    row: list[dict[str, Any]] = []
    rest = list(SIX)
    while rest:
        size = draw(st.integers(1, min(3, len(rest))))
        covered, rest = rest[:size], rest[size:]
        pieces = [f"事{len(row)}{i}" for i in range(draw(st.integers(0, 2)))]
        kind = draw(st.sampled_from(("target", "target", "target", "none")))
        row.append({"covers": covered, "kind": kind} | ({"pieces": pieces} if kind == "target" else {}))
    return row


@st.composite
def numbers(draw: st.DrawFn, row: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Up to two indicators with numbers in some of the target cells."""
    found = []
    for name in ("jobs", "rate")[: draw(st.integers(0, 2))]:
        basis, direction = draw(
            st.sampled_from(
                (
                    ("cumulative", "at_least"),
                    ("increment", "at_least"),
                    ("level", "at_least"),
                    ("level", "at_most"),
                    ("cumulative", "at_most"),
                )
            )
        )
        targets = [cell for cell, each in enumerate(row, start=1) if each["kind"] == "target" and draw(st.booleans())]
        steps = [draw(st.integers(0, 60)) for _ in targets]
        values = steps if basis in ("increment", "level") else [sum(steps[: i + 1]) for i in range(len(steps))]
        annual = sum(steps) if basis != "level" else draw(st.integers(0, 100))
        due = draw(st.sampled_from(("2023-12-31", "2024-01-31")))
        pace = {"pace": "linear"} if not targets and basis == "cumulative" and direction == "at_least" and draw(st.booleans()) else {}
        at = {str(cell): str(value) for cell, value in zip(targets, values, strict=True)}
        whole = {"target": str(max(annual, 1) if pace else annual), "due": due} if draw(st.booleans()) or not at else {}
        found.append(
            {
                "id": name,
                "name": name,
                "unit": draw(st.sampled_from(("%", "人"))),
                "basis": basis,
                "direction": direction,
                "at": at,
                **whole,
                **pace,
            }
        )
    return found


@st.composite
def reports(draw: st.DrawFn, row: list[dict[str, Any]], indicators: list[dict[str, Any]]) -> dict[str, Any]:
    """Reports up to some checkpoint, some late, some with a second file; kind enough that every verdict comes up."""
    names = [f"{cell}-{i}" for cell, each in enumerate(row, start=1) for i in range(1, len(each.get("pieces", ())) + 1)]
    told = {}
    for checkpoint in SIX[: draw(st.integers(0, 6))]:
        published = ends(checkpoint)
        for key in (f"{checkpoint}/01", f"{checkpoint}/01.2")[: draw(st.sampled_from((0, 1, 1, 1, 2)))]:
            published += timedelta(draw(st.integers(0, 25)))
            said = {name: draw(st.sampled_from(("done", "done", "done", *WORDS))) for name in names if draw(st.integers(0, 3))}
            done_on = {
                name: str(published - timedelta(draw(st.integers(0, 40))))
                for name, word in said.items()
                if word == "done" and draw(st.booleans())
            }
            values = {each["id"]: str(draw(st.integers(0, 400))) for each in indicators if draw(st.integers(0, 3))}
            evidence = [{"dated": str(published - timedelta(draw(st.integers(0, 40))))}] if draw(st.booleans()) else []
            told[key] = {"published": str(published), "deliverables": said, "done_on": done_on, "indicators": values, "evidence": evidence}
    return told


@st.composite
def troubles(draw: st.DrawFn) -> dict[str, Any]:
    """A problem and its steps, perhaps."""
    if draw(st.integers(0, 2)):
        return {}
    day = START + timedelta(draw(st.integers(0, 250)))
    steps: dict[str, Any] = {
        "P-01.1": {"type": "found", "published": str(day), "rectify_by": str(day + timedelta(draw(st.integers(0, 60))))}
    }
    for number, kind in enumerate(draw(st.sampled_from(((), ("closed",), ("extended",), ("closed", "reopened")))), start=2):
        day += timedelta(draw(st.integers(0, 40)))
        steps[f"P-01.{number}"] = {"type": kind, "published": str(day)} | (
            {"rectify_by": str(day + timedelta(30))} if kind == "extended" else {}
        )
    return steps


@st.composite
def events(draw: st.DrawFn) -> dict[str, Any]:
    """A 暂缓 and an acceptance, perhaps."""
    found: dict[str, Any] = {}
    if draw(st.integers(0, 3)) == 0:
        day = START + timedelta(draw(st.integers(0, 300)))
        found["s"] = {"type": "suspension", "published": str(day), "review_by": str(day + timedelta(draw(st.integers(0, 92))))}
    if draw(st.booleans()):
        found["a"] = {"type": "acceptance", "published": str(date(2023, 10, 1) + timedelta(draw(st.integers(0, 160))))}
    return found


@st.composite
def changes(draw: st.DrawFn, row: list[dict[str, Any]], indicators: list[dict[str, Any]]) -> dict[str, Any]:
    """Up to two changes of targets."""
    found: dict[str, Any] = {}
    for name in ("r1", "r2")[: draw(st.sampled_from((0, 0, 1, 2)))]:
        day = {"published": str(START + timedelta(draw(st.integers(0, 300))))}
        cell = str(draw(st.integers(1, len(row))))
        if draw(st.booleans()) and indicators:
            place = {"cell": cell} if draw(st.booleans()) else {}
            found[name] = {"indicator": indicators[0]["id"], "change": "value", "to": str(draw(st.integers(0, 100))), **place, **day}
        elif draw(st.booleans()):
            found[name] = {"cell": cell, "change": "due", "to": str(START + timedelta(draw(st.integers(0, 330)))), **day}
        else:
            found[name] = {"cell": cell, "change": "drop", **day}
    return found


@st.composite
def cases(draw: st.DrawFn) -> type_case:
    """A whole random case: plan, testimony."""
    row = draw(cells())
    indicators = draw(numbers(row))
    opened = str(START + timedelta(draw(st.sampled_from((0, 0, 0, 100)))))
    return {
        "plan": "six_hundred",
        "task": {"cells": row, "numbers": indicators},
        "opened": opened,
        "reports": draw(reports(row, indicators)),
        "problems": draw(troubles()),
        "events": draw(events()),
        "revisions": draw(changes(row, indicators)),
    }


days = st.integers(0, 400).map(lambda number: START + timedelta(number))
