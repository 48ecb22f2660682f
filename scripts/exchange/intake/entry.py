"""What somebody filled in: the answers to one form, each as a cell, with the spot where it stood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from scripts.ledger.model.problems import Place

from ..forms.questions import Form
from ..workbooks.cell_values import trimmed
from ..xlsx.book import Cell


@dataclass(frozen=True)
class Answers:
    """Answers by label, and where each stood; `at` is the whole: the row, the line, the form."""

    cells: Mapping[str, Cell]
    places: Mapping[str, Place]
    at: Place

    def place(self, label: str) -> Place:
        """Where an answer stands, or would stand."""
        return self.places.get(label, self.at)

    def cell(self, label: str) -> Cell | None:
        """An answer; None where nothing was filled in."""
        cell = self.cells.get(label)
        return cell if cell is not None and (cell.kind != "text" or trimmed(cell.text)) else None


@dataclass(frozen=True)
class Entry:
    """One form filled in; `rows` holds the items of its groups, by the group's key."""

    form: Form
    answers: Answers
    rows: Mapping[str, tuple[Answers, ...]] = field(default_factory=dict)
