"""How new the data are, and when the plan closed.

Source: status.md, opening: pages print the as-of date and the date of the newest data, and say so
where these are old while the plan is open.
"""

from __future__ import annotations

from datetime import date

from ..model.records import Closed
from ..model.rules import Rules
from ..model.testimony import KINDS, Records
from ..model.wordbook import Publisher
from ..phrases.phrasebook import Speech


def closing_day(records: Records, known: date) -> date | None:
    """The plan's closing day, as known; None while it is open.  The shell judges on the earlier of it and today."""
    return min(
        (event.closed_on for event in records.events.values() if isinstance(event, Closed) and event.published <= known), default=None
    )


def newest(records: Records, known: date) -> date | None:
    """The day of the newest record that was public on `known`, one taken down later included; None without any."""
    days = [record.published for kind in KINDS for record in getattr(records, kind).values()]
    days += [each.filed for each in records.withdrawals.values() if known < each.published]
    return max((day for day in days if day <= known), default=None)


def stale(
    records: Records, rules: Rules, as_of: date, year: int, known: date | None = None, publisher: Publisher = "independent"
) -> str | None:
    """What every page of an open plan says when its newest record is old; None where there is nothing to say."""
    known = known or as_of
    day, closed = newest(records, known), closing_day(records, known)
    if day is None or (closed is not None and closed <= as_of) or (as_of - day).days <= rules.stale_days:
        return None
    speech = Speech(rules, publisher, year)
    return speech.say(speech.words.figures.stale, day=speech.day(day), days=(as_of - day).days)
