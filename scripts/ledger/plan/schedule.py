"""When each cell is due: spans of merged cells, due days, cumulative plans.

Source of the rules: the merged cells of the document's table lost their widths (see data.md
of the design); what the words fix is fixed, nothing else is certain, and ambiguity never
convicts: an uncertain cell is due at the latest checkpoint that it could end at.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from ..model.promise import Checkpoint, Indicator, Milestone, Plan, Task

DATE_WORDS = re.compile(
    r"(?:(?P<year>20\d\d)年|(?P<next>[次明下翌]年))?(?P<month>1[0-2]|[1-9])月(?:(?P<day>[12]\d|3[01]|[1-9])日)?(?P<end>底|末)?(?:前|之前)?"
)
"""A date in a cell, as the document prints it: 12月底, 4月, 6月20日前, 次年1月底."""

ROLLING_WORDS = "序时推进"
"""What a cell says that promises steady work without naming a month."""


@dataclass(frozen=True)
class Span:
    """Which checkpoints a cell may cover, as positions from 0: its first lies in
    `first[0]..first[1]`, its last in `last[0]..last[1]`.  Certain where both pairs are single."""

    first: tuple[int, int]
    last: tuple[int, int]

    @property
    def certain(self) -> bool:
        return self.first[0] == self.first[1] and self.last[0] == self.last[1]


@cache
def ends(checkpoint: str) -> date:
    """The last day of a checkpoint's month.

    >>> ends("2024-02")
    datetime.date(2024, 2, 29)
    """
    year, month = int(checkpoint[:4]), int(checkpoint[5:])
    return date(year, month, calendar.monthrange(year, month)[1])


@dataclass(frozen=True)
class Reckoning:
    """How the dates of one cell are read.  A date that prints no year is the latest one that is not after `until`, the last day on which
    the cell can be due, and not before the plan's `year`: in the cell of 2024年1月, 1月底 is of 2024 and 12月底 of 2023.  Where no such
    date is that early, it is of the plan's year."""

    year: int
    until: date


def reckoning_of(index: int, count: int, covers: Sequence[str] | None, points: Sequence[str], year: int) -> Reckoning:
    """How the dates of a cell are read: it ends at the last checkpoint that it covers; where that is not known, at the latest at which
    cell `index` (from 0) of a row of `count` can end.  `points` are the checkpoints of the plan of `year`.

    >>> reckoning_of(0, 2, None, ["2023-03", "2023-05", "2024-01"], 2023).until
    datetime.date(2023, 5, 31)
    """
    latest = points[max(0, min(len(points) - 1, len(points) - count + index))]
    return Reckoning(year, ends(covers[-1] if covers else latest))


def reckonings(task: Task, plan: Plan) -> list[Reckoning]:
    """How the dates of each cell of a row are read."""
    points = [point.id for point in plan.checkpoints]
    return [reckoning_of(i, len(task.milestones), cell.covers, points, plan.year) for i, cell in enumerate(task.milestones)]


def head_date(text: str) -> str:
    """The date that opens a cell, as printed; empty where none does.

    >>> head_date("12月底全面完工。"), head_date("全面完工")
    ('12月底', '')
    """
    found = DATE_WORDS.match(text)
    return found[0] if found else ""


def date_word(text: str, reckoning: Reckoning) -> tuple[str, date] | None:
    """The date that opens a cell and the day that it fixes, or None.  A month alone means its end.

    >>> january = reckoning_of(5, 6, ["2024-01"], ["2023-03", "2024-01"], 2023)
    >>> [date_word(text, january)[1].isoformat() for text in ("12月底全面完工。", "1月15日前验收", "11月完工", "2月底")]
    ['2023-12-31', '2024-01-15', '2023-11-30', '2023-02-28']
    """
    found = DATE_WORDS.match(text)
    return (found[0], _fixed(found, reckoning)) if found else None


def days_within(text: str, reckoning: Reckoning) -> list[tuple[str, date]]:
    """Every date that a text names, in order, with the day that it fixes.

    >>> days_within("石桥小学厕所6月20日前完工", Reckoning(2023, date(2023, 7, 31)))
    [('6月20日前', datetime.date(2023, 6, 20))]
    """
    return [(found[0], _fixed(found, reckoning)) for found in DATE_WORDS.finditer(text)]


BY = "日底末前"
"""A date that ends so says by when; a month alone (8月招生) may as well say when something begins."""
ONWARD = re.compile(r"\s*(?:起|开始|以?后|之后|至|到|[—–~～-])")
"""What follows a date from which on, or after which, something is done: 7月1日起."""


def days_by(text: str, reckoning: Reckoning) -> list[tuple[str, date]]:
    """The dates of a text that say by when its matter is due, in order.

    >>> days_by("清溪小学7月1日起施工，8月底前完工", Reckoning(2023, date(2023, 9, 30)))
    [('8月底前', datetime.date(2023, 8, 31))]
    >>> days_by("8月招生", Reckoning(2023, date(2023, 9, 30)))
    []
    """
    found = [each for each in DATE_WORDS.finditer(text) if each[0][-1] in BY and not ONWARD.match(text, each.end())]
    return [(each[0], _fixed(each, reckoning)) for each in found]


def _fixed(found: re.Match[str], reckoning: Reckoning) -> date:
    """The day that a date fixes, read in its year."""
    if found["year"] or found["next"]:
        return _day(found, int(found["year"] or reckoning.year + 1))
    fitting = [day for year in range(reckoning.year, reckoning.until.year + 1) if (day := _day(found, year)) <= reckoning.until]
    return fitting[-1] if fitting else _day(found, reckoning.year)


def _day(found: re.Match[str], year: int) -> date:
    month = int(found["month"])
    last = calendar.monthrange(year, month)[1]
    return date(year, month, min(int(found["day"] or last), last))


def checkpoint_of(day: date, checkpoints: Sequence[Checkpoint]) -> int | None:
    """The position of the first checkpoint that ends on or after `day`; None when the day is later than all.

    >>> [checkpoint_of(date(2023, 12, 31), [Checkpoint(id=i, printed=i) for i in ("2023-11", "2024-01")])]
    [1]
    """
    return next((i for i, point in enumerate(checkpoints) if ends(point.id) >= day), None)


def spans(task: Task, checkpoints: Sequence[Checkpoint]) -> list[Span]:
    """For each cell of a row, which checkpoints it can cover.

    Known rows take `covers`.  For `span: inferred`: the first cell starts at the first checkpoint,
    the last ends at the last, order is kept, each covers at least one, and a cell that names a day
    of its own covers just the checkpoint that the day falls in.
    """
    if task.span is None:
        position = {point.id: i for i, point in enumerate(checkpoints)}
        return [_known(cell, position) for cell in task.milestones]
    return inferred_spans(task.milestones, checkpoints)


def _known(cell: Milestone, position: dict[str, int]) -> Span:
    covered = [position[point] for point in cell.covers or ()]
    return Span((covered[0], covered[0]), (covered[-1], covered[-1]))


def inferred_spans(cells: Sequence[Milestone], checkpoints: Sequence[Checkpoint]) -> list[Span]:
    total, count = len(checkpoints), len(cells)
    fixed = {i: p for i, cell in enumerate(cells) if cell.due and (p := checkpoint_of(cell.due, checkpoints)) is not None}
    first = [[i, total - count + i] for i in range(count)]
    first[0] = [0, 0]
    for i, p in fixed.items():
        first[i] = [p, p]
        if i + 1 < count:
            first[i + 1] = [p + 1, p + 1]
    for i in range(1, count):
        first[i][0] = max(first[i][0], first[i - 1][0] + 1)
    for i in reversed(range(count - 1)):
        first[i][1] = min(first[i][1], first[i + 1][1] - 1)
    last = [[low - 1, high - 1] for low, high in first[1:]] + [[total - 1, total - 1]]
    return [Span((a, b), (c, d)) for (a, b), (c, d) in zip(first, last, strict=True)]


def homes(row: Sequence[Span], count: int) -> list[int]:
    """For each of `count` checkpoints the cell, from 0, under which a task's page shows it: the first that may cover it."""
    return [next(i for i, span in enumerate(row) if span.first[0] <= point <= span.last[1]) for point in range(count)]


def page_anchor(row: Sequence[Span], index: int, checkpoints: Sequence[Checkpoint]) -> str:
    """Where a task's page shows cell `index`, from 0: its first checkpoint, where that is sure and leads to this cell; else `cell-2`."""
    first = row[index].first[0]
    sure = row[index].certain and homes(row, len(checkpoints))[first] == index
    return checkpoints[first].id if sure else f"cell-{index + 1}"


def due_days(task: Task, plan: Plan) -> list[date]:
    """The day on which each cell falls due: its own, else the end of the latest checkpoint that it could end at."""
    return [
        cell.due or ends(plan.checkpoints[span.last[1]].id)
        for cell, span in zip(task.milestones, spans(task, plan.checkpoints), strict=True)
    ]


def planned(indicator: Indicator) -> list[Decimal]:
    """The planned value at each entry of the schedule, increments summed up; levels and totals as printed.

    The unsettled indicator follows its first reading, the one kinder to the unit.
    """
    if indicator.readings:
        return list(indicator.readings[0])
    values = [entry.value for entry in indicator.schedule]
    if indicator.basis != "increment":
        return values
    return [sum(values[: i + 1], Decimal(0)) for i in range(len(values))]
