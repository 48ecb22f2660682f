"""What is published of one plan: the plan on its day, the tables, the stamp, the words around them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from scripts.ledger.model.promise import Ledger
from scripts.ledger.series.day import Day
from scripts.store.stamp import Stamp
from scripts.tables.columns import Source, Table
from scripts.tables.tidy import Frame, tables, tidy


@dataclass(frozen=True)
class Edition:
    """One plan as it goes out.  `identity` is the sentence that says whose site this is."""

    ledger: Ledger
    day: Day
    stamp: Stamp
    identity: str

    @property
    def plan(self) -> str:
        """The plan's id, which is its folder: 2023."""
        return self.day.promise.id

    @property
    def fictional(self) -> bool:
        """Whether the county is invented."""
        return bool(self.ledger.settings.fictional)

    @property
    def demo(self) -> str:
        """What stands before every title of an invented county's downloads."""
        return "虚构演示：" if self.fictional else ""

    @property
    def title(self) -> str:
        """奉节县2023年民生台账."""
        plan = self.day.promise.plan
        return f"{self.demo}{plan.county}{plan.year}年民生台账"

    @property
    def publisher(self) -> str:
        """Who runs the site, or a placeholder that says that it is still to be named."""
        return self.ledger.settings.publisher.name or "〔发布者待填〕"

    @property
    def name(self) -> str:
        """The name of the plan's files, without their ending."""
        return f"ledger-{self.plan}"

    @property
    def folder(self) -> str:
        """Where the plan's files stand, below the site's root."""
        return f"data/{self.plan}/"

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The tables as declared."""
        return tables(self.fictional)

    @cached_property
    def frames(self) -> Mapping[str, Frame]:
        """The tables filled, by name."""
        return tidy(Source(self.ledger, self.day))
