"""Numbers, days and verdicts as they are said: the only place where figures become words.

Percentages are cut off, never rounded up (89.96 never prints 90); a day prints its year only
outside the plan's year; the last day of a month prints as 月底 where a target is meant.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from ..model.rules import Colour, Frozen, Rules, State
from ..model.wordbook import AllWords, BadgeWords, ColourWords, Publisher, Said, StateWords
from .formats import number_words

Verdict = Colour | State | Frozen
"""A colour or an uncoloured state; of a first result also that it was not kept."""


@dataclass(frozen=True)
class Badge:
    """How a verdict is shown: its name, the short word on the badge, the formal term of briefs, the shape."""

    name: str
    badge: str
    term: str
    shape: str


@dataclass(frozen=True)
class Speech:
    """How one publisher says the figures of one plan year, in the words of one rules file."""

    rules: Rules
    publisher: Publisher
    year: int

    @property
    def words(self) -> AllWords:
        return self.rules.words

    def say(self, said: Said, **values: object) -> str:
        """A sentence with its blanks filled."""
        return said.fill(self.publisher, **values)

    def day(self, day: date) -> str:
        """8月10日, or 2024年1月10日 outside the plan's year."""
        dates = self.words.dates
        return self.say(dates.day if day.year == self.year else dates.day_of_year, year=day.year, month=day.month, day=day.day)

    def due(self, day: date) -> str:
        """7月底 for the last day of a month, else the day."""
        dates = self.words.dates
        if (day + timedelta(1)).day != 1:
            return self.day(day)
        return self.say(dates.month_end if day.year == self.year else dates.month_end_of_year, year=day.year, month=day.month)

    def checkpoint(self, checkpoint: str) -> str:
        """7月 for 2023-07."""
        dates, year, month = self.words.dates, int(checkpoint[:4]), int(checkpoint[5:])
        return self.say(dates.checkpoint if year == self.year else dates.checkpoint_of_year, year=year, month=month)

    def percent(self, part: Decimal, whole: Decimal) -> str:
        """100 × part / whole, cut off after the places that the rules name; towards zero.  `whole` is not 0."""
        scale = Decimal(10) ** self.rules.percent_places
        return number_words(part * 100 * scale // whole / scale)

    def colour_words(self, colour: Colour) -> ColourWords:
        words: ColourWords = getattr(self.words.colours, colour)
        return words

    def state_words(self, state: State | Frozen) -> StateWords:
        words: StateWords = getattr(self.words.states, state)
        return words

    def colour(self, colour: Colour) -> str:
        """绿"""
        return self.say(self.colour_words(colour).name)

    def badge(self, verdict: Verdict) -> Badge:
        """The badge of a colour; of a state, the uncoloured one under the state's name."""
        words: BadgeWords = getattr(self.words.colours, verdict, self.words.uncoloured)
        return Badge(self.verdict(verdict), *(self.say(each) for each in (words.badge, words.term, words.shape)))

    def verdict(self, verdict: Verdict) -> str:
        """The name of a colour or of a state."""
        words: ColourWords | StateWords = getattr(self.words.colours, verdict, None) or getattr(self.words.states, verdict)
        return self.say(words.name)
