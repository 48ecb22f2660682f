"""The table of the units' figures, as the brief and the list of units show it."""

from __future__ import annotations

from markupsafe import Markup

from scripts.ledger.series.unit_table import UnitTable

from ..context import Context
from ..render import render


def unit_figures_table(context: Context, table: UnitTable, caption: Markup) -> Markup:
    """The figures of all lead units with the order's rule and what the columns mean."""
    return render("parts/unit_figures.html.j2", c=context, table=table, caption=caption)
