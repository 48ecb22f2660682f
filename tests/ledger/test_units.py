"""The figures per unit, as cases in YAML: who counts, what is counted once, who is ranked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from scripts.ledger.model.rules import Rules
from scripts.ledger.phrases.phrasebook import Speech
from scripts.ledger.series.unit_figures import Figures, UnitFigures, unit_figures
from scripts.ledger.series.unit_table import unit_table

from .scenes import HERE, merged, promise, read, records, rules

FILES = sorted((HERE / "units").glob("*.yml"))
ROWS = [
    (f"{path.stem}[{index}]", merged({k: v for k, v in read(path).items() if k != "rows"}, row))
    for path in FILES
    for index, row in enumerate(read(path)["rows"], start=1)
]


@dataclass(frozen=True)
class Picture:
    """Unit figures in the terms of `expect`."""

    found: UnitFigures

    def figures(self, each: Figures) -> dict[str, Any]:
        counts = " ".join(f"{verdict} {count}" for verdict, count in sorted(each.counts.items()))
        return {
            "tasks": " ".join(map(str, each.tasks)),
            "counts": counts,
            "rate": each.rate.text,
            "speed": each.speed.text,
            "solved": each.solved.text,
            "open_days": "none" if each.open_days is None else str(each.open_days),
            "overdue": str(each.overdue),
            "silent": str(each.silent),
            "left": each.left.text,
        }

    def all(self) -> dict[str, Any]:
        return {
            "leads": {unit: self.figures(each) for unit, each in self.found.leads.items()},
            "county": self.figures(self.found.county),
            "cooperating": {unit: " ".join(map(str, tasks)) for unit, tasks in self.found.cooperating.items()},
            "laggards": list(self.found.laggards),
            "unranked": list(self.found.unranked),
        }


def picture(case: dict[str, Any], by: Rules, publisher: Any = "official") -> dict[str, Any]:
    return Picture(unit_figures(promise(case), records(case), by, date.fromisoformat(case["as_of"]), publisher=publisher)).all()


def table_words(case: dict[str, Any], by: Rules, publisher: Any) -> list[str]:
    """What the units' table says of its last column."""
    found = unit_figures(promise(case), records(case), by, date.fromisoformat(case["as_of"]), publisher=publisher)
    table = unit_table(promise(case), found, Speech(by, publisher, 2023))
    return [table.heads[-1], *(note for note in table.notes if note.startswith(table.heads[-1]))]


@pytest.mark.parametrize(("name", "case"), ROWS, ids=[name for name, _ in ROWS])
def test_units(name: str, case: dict[str, Any]) -> None:
    """The figures hold everything that the row expects."""
    found, expected = picture(case, rules()), case["expect"]
    for unit, figures in expected.get("leads", {}).items():
        for key, value in figures.items():
            value = " ".join(_pairs(value)) if key == "counts" else value
            assert found["leads"][unit][key] == value, (unit, key)
    for key, value in expected.get("county", {}).items():
        assert found["county"][key] == (" ".join(_pairs(value)) if key == "counts" else value), key
    for key in ("cooperating", "laggards", "unranked"):
        if key in expected:
            assert found[key] == expected[key], key


def _pairs(text: str) -> list[str]:
    words = text.split(" ")
    return [" ".join(pair) for pair in sorted(zip(words[::2], words[1::2], strict=True))]
