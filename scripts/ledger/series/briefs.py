"""The checkpoint brief (节点简报，自动生成，非公文) as plain data: one definition that the page and the .docx both read.

Source: product.md, "Pages"; status.md, "首次公布结果", "Per unit".  Everything in a brief is worked out for the day after the checkpoint's
reports were due, as known on that day: what is published later never changes it.  What changed since stands beside it (`since`).
"""

from __future__ import annotations

import weakref
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from ..model.rules import COLOURS
from ..phrases.formats import day_words, month_words
from ..phrases.phrasebook import Speech, Verdict
from ..verdict.standing import Standing
from ..verdict.terms import report_due
from .comparison import Comparison, compare_verdicts
from .corrections import corrections
from .day import Day
from .freshness import newest
from .preserved_results import removals
from .site_visits import Overdue, Visit, overdue, pending, visits
from .unit_figures import UnitFigures, first_unit_figures
from .unit_table import UnitTable, unit_table

BEHIND: tuple[Verdict, ...] = ("red", "unreported", "incomplete", "orange", "yellow")
"""The verdicts of 与文件目标的差距, in the order of the laggards' list."""
SAID = frozenset({"partial", "paced", "by_original", "by_revised"})
"""The marks whose words already stand in the sentence of reasons."""
PARTS = {
    "units": "一、各单位",
    "gaps": "二、与文件目标的差距",
    "compared": "三、比上期",
    "overdue": "四、逾期未整改的问题",
    "visits": "五、现场看什么",
}
"""The sections of a brief."""
REST = "附：其余各项"
NOTICE = "节点简报（自动生成，非公文）"


@dataclass(frozen=True)
class Entry:
    """One task in a brief: verdict, the engine's sentence, its marks; `before` is the verdict of the checkpoint before, as
    known on the day on which this one was frozen."""

    number: int
    title: str
    leads: tuple[str, ...]
    verdict: Verdict
    sentence: str
    marks: tuple[str, ...]
    before: Verdict | None


@dataclass(frozen=True)
class Change:
    """Tasks that fared alike since the checkpoint before: 好转, 变差, 不变 or 不能比."""

    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Brief:
    """A checkpoint as first published.  `compared` is empty and `before` None for the first brief."""

    county: str
    checkpoint: str
    frozen: date
    speech: Speech
    fictional: bool
    figures: UnitFigures
    units: UnitTable
    gaps: tuple[Entry, ...]
    rest: tuple[Entry, ...]
    before: str | None
    compared: tuple[Change, ...]
    overdue: tuple[Overdue, ...]
    pending: tuple[Overdue, ...]
    visits: tuple[Visit, ...]
    newest: date | None

    @property
    def title(self) -> str:
        """样例县2023年7月节点简报"""
        return f"{self.county}{month_words(self.checkpoint)}节点简报"

    @property
    def basis(self) -> str:
        """When it was frozen and what it rests on."""
        told = f"当日最新的材料是{day_words(self.newest)}的；" if self.newest else ""
        return f"首次公布结果，{day_words(self.frozen)}定稿；依据当日已公开的材料，{told}评定规则第{self.speech.rules.version}版。"

    @property
    def tally(self) -> tuple[tuple[Verdict, int], ...]:
        """How many tasks have each colour, zeros too; the county, a joint task once."""
        return tuple((colour, self.figures.county.counts.get(colour, 0)) for colour in COLOURS)

    @property
    def uncoloured(self) -> tuple[tuple[Verdict, int], ...]:
        """How many tasks are in each uncoloured state that occurs."""
        return tuple((verdict, count) for verdict, count in self.figures.county.counts.items() if verdict not in COLOURS)

    @property
    def change_words(self) -> str:
        """好转2，变差5，不变4，不能比5"""
        return "，".join(f"{change.name}{len(change.entries)}" for change in self.compared)


@dataclass(frozen=True)
class Later:
    """One task whose result for a checkpoint reads otherwise today: the first verdict and today's, today's sentence, what was corrected or
    came out since."""

    number: int
    title: str
    first: Verdict
    now: Verdict
    sentence: str
    told: tuple[str, ...]


def frozen_on(day: Day, position: int) -> date:
    """The day of 首次公布结果: the day after the checkpoint's reports were due."""
    return report_due(day.promise, position, day.rules) + timedelta(1)


def has_brief(day: Day, position: int) -> bool:
    """Whether a checkpoint's first result is out, and reporting had opened by then."""
    return position in day.briefed


def compared(day: Day) -> tuple[int, ...]:
    """The positions of the checkpoints that have a brief to be compared with the brief of the one before."""
    return tuple(position for position in day.briefed if position - 1 in day.briefed)


_kept: dict[int, dict[int, UnitFigures]] = {}


def first_figures(day: Day, position: int) -> UnitFigures:
    """The units' figures as first published; worked out once for each `day`, however many pages read them."""
    if id(day) not in _kept:
        _kept[id(day)] = {}
        weakref.finalize(day, _kept.pop, id(day), None)
    kept = _kept[id(day)]
    if position not in kept:
        kept[position] = first_unit_figures(day.promise, day.records, day.rules, position, day.publisher)
    return kept[position]


def brief(day: Day, position: int, fictional: bool) -> Brief:
    """The brief of a checkpoint that has one."""
    frozen, plan, first = frozen_on(day, position), day.promise.plan, day.first(position)
    figures = first_figures(day, position)
    before = position - 1 if position and has_brief(day, position - 1) else None
    then = None if before is None else day.as_known(before, position)
    entries = {n: _entry(day, standing, then[n] if then else None) for n, standing in first.items()}
    gaps = tuple(entry for verdict in BEHIND for entry in entries.values() if entry.verdict == verdict)
    return Brief(
        county=plan.county,
        checkpoint=plan.checkpoints[position].id,
        frozen=frozen,
        speech=day.speech,
        fictional=fictional,
        figures=figures,
        units=unit_table(day.promise, figures, day.speech),
        gaps=gaps,
        rest=tuple(sorted((e for e in entries.values() if e.verdict not in BEHIND), key=_rest_order)),
        before=None if before is None else plan.checkpoints[before].id,
        compared=tuple(_changes(compare_verdicts(then, first), entries)) if then else (),
        overdue=tuple(overdue(day, first)),
        pending=tuple(pending(day, frozen, first)),
        visits=tuple(visits(day, position, first)),
        newest=newest(day.records, frozen),
    )


def _entry(day: Day, standing: Standing, before: Standing | None) -> Entry:
    task = day.promise.tasks[standing.task]
    marks = tuple(mark.text for mark in standing.marks if mark.kind not in SAID)
    return Entry(standing.task, task.title, task.lead, standing.verdict, standing.sentence, marks, before.verdict if before else None)


def _rest_order(entry: Entry) -> tuple[int, int]:
    """Blue, green, then the uncoloured states."""
    return COLOURS.index(entry.verdict) if entry.verdict in COLOURS else len(COLOURS), entry.number


def _changes(found: Comparison, entries: Mapping[int, Entry]) -> Iterator[Change]:
    for name, numbers in found.groups:
        yield Change(name, tuple(entries[number] for number in numbers))


def since(day: Day, position: int) -> tuple[Later, ...]:
    """今天看: the tasks whose result for the same day reads otherwise with everything published since."""
    first, now = day.first(position), day.now(position)
    return tuple(_later(day, position, first[n], now[n]) for n in first if _differs(first[n], now[n]))


def _differs(first: Standing, now: Standing) -> bool:
    return first.verdict != now.verdict or first.sentence != now.sentence


def _later(day: Day, position: int, first: Standing, now: Standing) -> Later:
    told = (*_corrected(day, position, first.task), *_came_late(day, position, first.task), *_removed(day, position, first.task))
    return Later(first.task, day.promise.tasks[first.task].title, first.verdict, now.verdict, now.sentence, told)


def _corrected(day: Day, position: int, task: int) -> Iterator[str]:
    """The corrections of this checkpoint and earlier ones that came after the brief was frozen."""
    points = [point.id for point in day.promise.plan.checkpoints][: position + 1]
    for each in corrections(day.promise, task, day.records, day.rules, day.known, day.publisher):
        if each.published > frozen_on(day, position) and each.checkpoint in points:
            yield each.sentence


def _came_late(day: Day, position: int, task: int) -> Iterator[str]:
    """The reports of this checkpoint and earlier ones that came after the brief was frozen and correct nothing."""
    for filing in day.seen[task].filings:
        if filing.position <= position and filing.report.published > frozen_on(day, position) and not filing.report.corrects:
            point = day.promise.plan.checkpoints[filing.position].id
            yield f"{day.speech.checkpoint(point)}节点的材料，{day.speech.day(filing.report.published)}公开。"


def _removed(day: Day, position: int, task: int) -> Iterator[str]:
    """What was taken down after the brief was frozen and had borne on it."""
    frozen = frozen_on(day, position)
    for each in removals(day.records, task):
        if each.filed <= frozen <= each.published <= day.known:
            yield f"{day.speech.day(each.published)}撤下一份报告。"


def brief_file(plan: str, checkpoint: str) -> str:
    """The .docx of a brief, below the site's root.

    >>> brief_file("2023", "2023-07")
    '2023/checkpoints/2023-07/brief.docx'
    """
    return f"{plan}/checkpoints/{checkpoint}/brief.docx"
