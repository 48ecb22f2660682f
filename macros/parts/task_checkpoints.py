"""A task at each checkpoint: what was due, what was published and by whom, what came of it then and as known now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from scripts.ledger.model.records import Evidence
from scripts.ledger.model.rules import CellKind
from scripts.ledger.phrases import voices
from scripts.ledger.phrases.formats import bound_words, month_short, value_words
from scripts.ledger.plan.schedule import spans
from scripts.ledger.series.checkpoint_results import Cell as HistoryCell
from scripts.ledger.series.checkpoint_results import Label
from scripts.ledger.series.reporting import reporting
from scripts.ledger.verdict.evidence import Filing

from ..context import Context
from .badges import Sign, sign
from .deliverables import Deed, deeds
from .reported_numbers import NumberActual, Point, actuals
from .verdict_board import VerdictBead, bead

REPORT: tuple[CellKind, ...] = ("unreported", "reported_late", "awaiting_report")
"""Labels that speak of the report; all others speak of the result."""
STRESSED: tuple[CellKind, ...] = ("late", "caught_up", "unmet", "reported_late")
"""What a checkpoint's reports are called, by who publishes."""


@dataclass(frozen=True)
class Told:
    """One published report: when, by whom, what it says, on what evidence; `kind` for a later one of the same checkpoint."""

    published: str
    by: str
    kind: str
    summary: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Due:
    """One planned number: its name where the task has several, the words, what the document printed where it was changed."""

    name: str
    words: str
    original: str
    paced: bool


@dataclass(frozen=True)
class Result:
    """One number told: its name where the task has several, the value, the share where it misses."""

    name: str
    value: str
    share: str


@dataclass(frozen=True)
class First:
    """首次公布结果, where it differs from the present reading: the day, the sign, the numbers that differ."""

    day: str
    sign: Sign
    values: tuple[Result, ...]


@dataclass(frozen=True)
class Stage:
    """One checkpoint of one task.  `form` and `sign` are its bead; `report` and `labels` its cell of history, in words and stress."""

    position: int
    checkpoint: str
    short: str
    form: str
    sign: Sign | None
    late: bool
    due: tuple[Due, ...]
    told: tuple[Told, ...]
    removed: tuple[tuple[str, bool], ...]
    report: tuple[tuple[str, bool], ...]
    labels: tuple[tuple[str, bool], ...]
    results: tuple[Result, ...]
    first: First | None
    deeds: tuple[Deed, ...]


def filed_word(context: Context) -> str:
    """The head of the row of reports."""
    return context.day.speech.say(voices.FILED)


def stages(context: Context, number: int) -> dict[int, list[Stage]]:
    """The checkpoints of a task by the cell (from 1) that answers for them; empty before reporting has opened."""
    if not context.day.opened:
        return {}
    row = _Row(context, number)
    found: dict[int, list[Stage]] = {}
    for position, cell in enumerate(context.day.histories[number]):
        found.setdefault(row.cell(position), []).append(row.stage(position, cell))
    return found


class _Row:
    """One task's checkpoints."""

    def __init__(self, context: Context, number: int) -> None:
        self.context, self.day, self.number = context, context.day, number
        self.task = context.promise.tasks[number]
        self.points = [point.id for point in context.promise.plan.checkpoints]
        self.spans = spans(self.task, context.promise.plan.checkpoints)
        self.numbers: list[NumberActual] = actuals(context, number)
        self.deeds = deeds(context, number)
        self.filed = reporting(context.promise, number, context.day.seen[number], context.day.rules)

    def cell(self, position: int) -> int:
        """The cell of a checkpoint, as the history sees it: the one that ends there, else the next to end."""
        return next(i for i, span in enumerate(self.spans, start=1) if span.last[1] >= position)

    def stage(self, position: int, cell: HistoryCell) -> Stage:
        shown = bead(self.day, self.number, position, cell)
        here = [(each, point) for each in self.numbers for point in each.points if point.position == position]
        return Stage(
            position=position,
            checkpoint=self.points[position],
            short=month_short(self.points[position], self.context.promise.plan.year),
            form=shown.form,
            sign=shown.sign,
            late=shown.late,
            due=tuple(self._due(each, point, len(here) > 1) for each, point in here if point.bound),
            told=tuple(self._told(filing) for filing in self.day.seen[self.number].filings if filing.position == position),
            removed=tuple(self._removed(position)),
            report=tuple(self._report(position, cell)),
            labels=tuple((label.text, label.kind in STRESSED) for label in cell.labels if not _said(label, shown)),
            results=tuple(self._result(each, point, point.told, len(here) > 1) for each, point in here if point.told is not None),
            first=self._first(position, here),
            deeds=self._deeds(position, {label.text for label in cell.labels}),
        )

    def _due(self, each: NumberActual, point: Point, named: bool) -> Due:
        unit, total = each.indicator.unit, _total(each) if point.plan is not None else ""
        printed = bound_words(point.printed.low, point.printed.high, unit) if point.printed else ""
        return Due(_named(each, point, named), total + point.planned(unit), printed, point.paced)

    def _result(self, each: NumberActual, point: Point, value: Decimal, named: bool) -> Result:
        share = point.share if value == point.told else ""
        return Result(_named(each, point, named), _total(each) + value_words(value, each.indicator.unit), share)

    def _told(self, filing: Filing) -> Told:
        report = filing.report
        kind = "更正" if report.corrects else "补充" if filing.sequence > 1 else ""
        return Told(self.day.speech.day(report.published), report.by, kind, report.summary or "", report.evidence)

    def _removed(self, position: int) -> Iterator[tuple[str, bool]]:
        """The days of reports of which only a tombstone is left, and whether it was public by the day."""
        for each in self.day.seen[self.number].removed:
            if each.position == position:
                yield self.day.speech.day(each.filed), each.told

    def _report(self, position: int, cell: HistoryCell) -> Iterator[tuple[str, bool]]:
        """What is to say of the report itself: awaited, missing, late, in time, not required; as the units' pages say it."""
        labels: list[Label] = [label for label in cell.labels if label.kind in REPORT]
        yield from ((label.text, label.kind in STRESSED) for label in labels)
        fate = self.filed[position].fate
        if fate == "on_time":
            yield self.day.speech.say(voices.IN_TIME), False
        if fate == "extra":
            yield voices.UNASKED, False

    def _deeds(self, position: int, said: set[str]) -> tuple[Deed, ...]:
        """The deliverables of the cell, at the checkpoint that it ends at; not those of which the cell's own label says it all."""
        cell, last = self.cell(position), position + 1 == len(self.points)
        if not last and self.cell(position + 1) == cell:
            return ()
        return tuple(deed for key, deed in self.deeds.items() if key.startswith(f"{cell}-") and not (deed.neutral and deed.words in said))

    def _first(self, position: int, here: list[tuple[NumberActual, Point]]) -> First | None:
        if position not in self.day.published_checkpoints:
            return None
        then, now = self.day.first(position)[self.number], self.day.now(position)[self.number]
        values = tuple(self._result(each, point, point.first, len(here) > 1) for each, point in here if point.first is not None)
        if then.verdict == now.verdict and not values:
            return None
        return First(self.day.speech.day(then.as_of), sign(then.verdict, self.day.speech), values)


def _total(each: NumberActual) -> str:
    """累计 before a number that counts up from the year's beginning, planned and told alike."""
    return "累计" if each.indicator.basis in ("increment", "cumulative") else ""


def _named(each: NumberActual, point: Point, named: bool) -> str:
    """A number's name where the task has several, and the day where its checkpoint has several."""
    return (each.indicator.name if named else "") + (f"到{point.on}" if point.on else "")


def _said(label: Label, shown: VerdictBead) -> bool:
    """Whether a label speaks of the report, or repeats the words of an uncoloured badge beside it."""
    return label.kind in REPORT or (shown.sign is not None and shown.sign.tone == "grey" and label.text in shown.sign.word)
