"""Which workbooks the site itself offers: on each lead unit's page, those for the reports that it owes on the day.

Only a site that the county's office runs offers any: a unit owes an independent site no report (product.md, "Who publishes").
Why: docs/decisions/0018-what-workbooks-lock.md
"""

from __future__ import annotations

from collections.abc import Iterator

from scripts.ledger.model.promise import Ledger
from scripts.ledger.model.rules import Fate
from scripts.ledger.series.agenda import closed
from scripts.ledger.series.day import Day
from scripts.ledger.series.reporting import reporting

from .outgoing import form_of, workbook

OWED: tuple[Fate, ...] = ("missing", "awaited")


def offered(day: Day, unit: str) -> tuple[int, ...]:
    """The positions of the checkpoints: those whose report is missing or awaited; where none is awaited, the next one too.

    Nothing before reporting has opened, after the plan has closed, or on an independent site.
    """
    if day.publisher != "official" or not day.opened or closed(day):
        return ()
    mine = [number for number, task in sorted(day.promise.tasks.items()) if unit in task.lead]
    fates, last = dict[int, set[Fate]](), len(day.promise.plan.checkpoints) - 1
    for number in mine:
        for position, each in enumerate(reporting(day.promise, number, day.seen[number], day.rules)):
            fates.setdefault(min(position, last), set()).add(each.fate)
    owed = [position for position, found in sorted(fates.items()) if found & set(OWED)]
    ahead = [position for position, found in sorted(fates.items()) if "ahead" in found]
    awaited = any("awaited" in found for found in fates.values())
    return tuple(owed if awaited else sorted({*owed, *ahead[:1]}))


def sheet_path(plan: str, slug: str, checkpoint: str) -> str:
    """A unit's workbook below the site's root.

    >>> sheet_path("2023", "minzheng-ju", "2023-07")
    '2023/units/minzheng-ju/minzheng-ju-2023-07.xlsx'
    """
    return f"{plan}/units/{slug}/{slug}-{checkpoint}.xlsx"


def sheet_files(ledger: Ledger, day: Day) -> Iterator[tuple[str, bytes]]:
    """Every workbook that is offered: (path below the site's root, bytes)."""
    for unit in sorted({name for task in day.promise.tasks.values() for name in task.lead}):
        for position in offered(day, unit):
            form = form_of(day, position, unit)
            yield sheet_path(day.promise.id, ledger.units[unit].slug, form.checkpoint), workbook(form, bool(ledger.settings.fictional))
