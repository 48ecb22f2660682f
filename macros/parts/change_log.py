"""更新记录: what became public, corrections apart; then what changed in the data files, by which commit."""

from __future__ import annotations

from dataclasses import dataclass

from scripts.changes.versions import Version
from scripts.exports.feeds import subject
from scripts.ledger.phrases.formats import day_words
from scripts.ledger.series.chronicle import chronicle
from scripts.ledger.series.day import Day
from scripts.ledger.series.happenings import Happening
from scripts.pages import paths

from ..context import Context

SHOWN, LISTED = 30, 120
"""How many happenings stand open on the page, and how many at most; older ones are on the pages of their tasks."""


@dataclass(frozen=True)
class Update:
    """One happening: its day, what it is, what about, the link, our sentences, the record's own words, the small print, the commit."""

    day: str
    word: str
    subject: str
    link: str
    sentences: tuple[str, ...]
    quote: str
    small: str
    commit: Version | None


@dataclass(frozen=True)
class Updates:
    """The happenings of the page: corrections; the others, first those that stand open; how many more there are."""

    corrections: list[Update]
    newest: list[Update]
    older: list[Update]
    left: int


def updates(context: Context) -> Updates:
    """What became public, of all plans, newest first."""
    found = [(day, each) for day in context.days.values() for each in chronicle(day).all]
    found.sort(key=lambda pair: pair[1].updated, reverse=True)
    corrections = [_update(context, *pair) for pair in found if pair[1].kind == "correction"]
    others = [pair for pair in found if pair[1].kind != "correction"]
    listed = [_update(context, *pair) for pair in others[:LISTED]]
    return Updates(corrections[:LISTED], listed[:SHOWN], listed[SHOWN:], len(others[LISTED:]))


def _update(context: Context, day: Day, happening: Happening) -> Update:
    return Update(
        day=day_words(happening.updated),
        word=happening.word(day.publisher),
        subject=subject(day, happening),
        link=context.to(paths.happening_path(day.promise.id, happening)),
        sentences=happening.sentences,
        quote=happening.quote,
        small=happening.small,
        commit=brought(context, day, happening),
    )


def brought(context: Context, day: Day, happening: Happening) -> Version | None:
    """The commit that brought a record's file; None where git cannot tell."""
    return context.history.first.get(f"plans/{day.promise.id}/{happening.file}.yml")
