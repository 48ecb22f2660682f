"""Small changes of a case."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from scripts.ledger.plan.schedule import ends

from ..hard_plans import due_of, piece_days, places_of
from ..scenes import SIX

type_case = dict[str, Any]
WORDS = ("deliverables", "done_on", "indicators")


def day(text: str) -> date:
    return date.fromisoformat(text)


def with_records(case: type_case, folder: str, **records: Any) -> type_case:
    """A case with records added."""
    return {**case, folder: {**case[folder], **records}}


def single_places(case: type_case) -> list[tuple[type_case, date]]:
    """Every target as a change names it, once, with the day printed for it."""
    found: list[tuple[type_case, date]] = []
    for place, due, _ in places_of(case["task"]["cells"], case["task"]["numbers"]):
        if (place, due) not in found:
            found.append((place, due))
    return found


def cell_of(place: type_case) -> str | None:
    """The cell that a change, or a place, is in; None for a number of the year, or of all cells."""
    return place["deliverable"].partition("-")[0] if "deliverable" in place else place.get("cell")


def overlaps(one: type_case, other: type_case) -> bool:
    """Whether two changes can speak of one target."""
    if cell_of(one) is None or cell_of(other) is None:
        return one.get("indicator") is not None and one.get("indicator") == other.get("indicator")
    parts = [(each.get("deliverable"), each.get("indicator")) for each in (one, other)]
    return cell_of(one) == cell_of(other) and ((None, None) in parts or parts[0] == parts[1])


def is_changed(case: type_case, place: type_case) -> bool:
    return any(overlaps(place, each) for each in case["revisions"].values())


def moved(place: type_case, to: date, announced: date) -> type_case:
    """A change of a due day."""
    return {**place, "change": "due", "to": str(to), "published": str(announced), "approved_on": str(announced)}


def due_days(case: type_case) -> set[date]:
    """Every day on which something falls due, as printed or as changed."""
    row = case["task"]["cells"]
    found = {due_of(row, cell) for cell in range(1, len(row) + 1)} | set(piece_days(row).values())
    found |= {day(each["due"]) for each in case["task"]["numbers"] if "due" in each}
    return found | {day(each["to"]) for each in case["revisions"].values() if each["change"] == "due"}


def first_due(case: type_case, checkpoint: str) -> date:
    """The first day on which something falls due at a checkpoint: no report of it is public before."""
    place = SIX.index(checkpoint)
    before = ends(SIX[place - 1]) if place else date(2023, 2, 28)
    return min([each for each in due_days(case) if before < each <= ends(checkpoint)], default=ends(checkpoint))


def closing(case: type_case) -> date:
    return min((day(each["closed_on"]) for each in case["events"].values() if each["type"] == "closed"), default=date(2024, 7, 31))


# ---------------------------------------------------------------- files


def files_of(case: type_case, checkpoint: str) -> list[type_case]:
    """The files of a checkpoint's report, in order."""
    found = [(int(key.partition(".")[2] or 1), each) for key, each in case["reports"].items() if key.startswith(checkpoint)]
    return [each for _, each in sorted(found, key=lambda each: each[0])]


def with_files(case: type_case, checkpoint: str, files: list[type_case]) -> type_case:
    """A case with other files at a checkpoint, numbered anew."""
    others = {key: each for key, each in case["reports"].items() if not key.startswith(checkpoint)}
    mine = {f"{checkpoint}/01" + (f".{place}" if place > 1 else ""): each for place, each in enumerate(files, start=1)}
    return {**case, "reports": others | mine}


def silent(file: type_case) -> type_case:
    """The file without a word in it."""
    return {**file, **{part: {} for part in WORDS}, "evidence": []}


def later(*days: date) -> tuple[date, ...]:
    """Days and the days after them."""
    return tuple(sorted({each + timedelta(more) for each in days for more in (0, 1)}))
