"""The fictional county on other days, with other settings, and with texts that every check would refuse."""

from __future__ import annotations

from datetime import date
from typing import Any

from scripts.ledger.model.promise import Ledger
from scripts.ledger.series.day import Day, day_of

from ...canaries import CANARIES

AUTUMN = date(2023, 11, 1)
"""Late enough that targets of the fictional county were moved, changed and dropped."""
HOSTILE = "".join(CANARIES) + "]]> &amp; \x00\x08\x1b\ufffe\udc80 <![CDATA[ \r\nBEGIN:VALARM\r\nTRIGGER:-PT1M\r\nEND:VALARM\u2028\x85,;\\n:"
"""What the checks refuse, for the day on which one of them fails."""


def at(ledger: Ledger, day: date) -> dict[str, Day]:
    return {plan: day_of(ledger, plan, day) for plan in ledger.promises}


def moved(ledger: Ledger, **settings: Any) -> Ledger:
    """The same county, with other settings."""
    return ledger.model_copy(update={"settings": ledger.settings.model_copy(update=settings)})
