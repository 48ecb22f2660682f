"""Duties, money and units' figures as they are shown: finished rows for pages, cards and tables."""

from __future__ import annotations

from dataclasses import dataclass

from scripts.ledger.model.promise import Duty, Mechanism
from scripts.ledger.phrases import voices
from scripts.ledger.phrases.formats import month_short
from scripts.ledger.phrases.phrasebook import Speech
from scripts.ledger.series.funding import money
from scripts.ledger.series.mechanisms import Keeper, Turn, counted, keeper, turns
from scripts.ledger.series.mechanisms import State as TurnState
from scripts.ledger.series.meetings import sessions
from scripts.pages import record_pages

from ..context import Context
from .meetings import SessionRow, session_rows

EVERY = {"month": "每月", "quarter": "每季", "checkpoint": "每个节点", None: "没有写"}
TURNS = {"kept": voices.TURN_KEPT, "missing": voices.TURN_MISSING, "awaited": voices.TURN_AWAITED}
AHEAD = "还没到"
PAGES: dict[Keeper, str] = {"monthly": "meetings", "quarterly": "meetings", "meetings": "meetings", "reviews": "reviews"}
"""The page that shows a kind of records, where it is not called like them."""


@dataclass(frozen=True)
class TurnRow:
    """One period of a duty: its id, its short and full words, its state, what is said of it, the meetings held in it, a link to its record."""

    period: str
    short: str
    words: str
    state: TurnState
    said: str
    sessions: tuple[SessionRow, ...]
    link: str | None


@dataclass(frozen=True)
class DutyRow:
    """One duty: what was promised, how often, what counts, how far it was kept, each period, the page of its records.

    `missing`: the words for a period without a record, where there is one.  `rod`: whether its periods can be drawn as beads.
    """

    duty: Duty
    every: str
    kept: str
    rows: tuple[TurnRow, ...]
    page: record_pages.RecordPage | None
    missing: str
    kept_word: str
    rod: bool


def duty_rows(context: Context, duties: tuple[Duty, ...]) -> list[DutyRow]:
    """The duties of one item, each with its periods."""
    return [_duty(context, duty) for duty in duties]


def _duty(context: Context, duty: Duty) -> DutyRow:
    found, kept = turns(context.day, duty), keeper(duty)
    kind = PAGES.get(kept, str(kept)) if kept else ""
    page = next((each for each in record_pages.existing(context.day) if each.kind == kind), None)
    rows = tuple(_turn(context, duty, turn, kept) for turn in found)
    missing = context.day.speech.say(voices.TURN_MISSING) if any(turn.state == "missing" for turn in found) else ""
    return DutyRow(
        duty,
        EVERY[duty.every],
        _kept(context, kept, found),
        rows,
        page,
        missing,
        context.day.speech.say(voices.TURN_KEPT),
        bool(rows) and kept != "funding",
    )


def _kept(context: Context, kept: Keeper | None, found: tuple[Turn, ...]) -> str:
    """How far a duty was kept, in one phrase."""
    day, missing = context.day, context.day.speech.say(voices.TURN_MISSING)
    part, whole = counted(found)
    if kept == "funding" and not found:
        tasks = {line.task for line in money(day)}
        return f"{len(tasks)}/{len(day.promise.tasks)}项任务写了资金来源"
    if kept == "funding":
        told = [turn for turn in found if turn.told and turn.told[1]]
        return f"{period_words(told[-1].period, day.promise.plan.year)[0]}节点，{_told_words(told[-1])}" if told else AHEAD
    if kept == "meetings":
        items = [item for each in sessions(day.records, day.as_of, day.known) for item in each.items]
        done = sum(item.state == "done" for item in items)
        return day.speech.say(voices.DECIDED, count=len(items), done=done) if items else missing
    if kept == "problems":
        figures = day.figures.county
        return f"到期的问题按期整改 {figures.solved.text}"
    if kept == "cases":
        count = sum(each.published <= day.known and each.day <= day.as_of for each in day.records.cases.values())
        return f"公布过{count}个" if count else missing
    if kept == "assessment":
        return f"{missing}；本站只列出可以参考的数" if day.published_checkpoints else missing
    if not found:
        return missing
    return f"到今天应有{whole}次，{part}次{day.speech.say(voices.TURN_KEPT)}" if whole else "还没有到期的"


def _turn(context: Context, duty: Duty, turn: Turn, kept: Keeper | None) -> TurnRow:
    day = context.day
    held = tuple(each for each in session_rows(context) if duty.every != "checkpoint" and _within(context, each, turn))
    said = "、".join(day.speech.day(each) for each in turn.days) or _turn_words(turn.state, day.speech)
    said = _told_words(turn) or said
    link = f"{context.part('reviews')}#{turn.period}" if kept == "reviews" and turn.days else None
    short, full = period_words(turn.period, context.promise.plan.year)
    return TurnRow(turn.period, short, full, turn.state, said, held, link)


def _turn_words(state: TurnState, speech: Speech) -> str:
    return AHEAD if state == "ahead" else speech.say(TURNS[state])


def _told_words(turn: Turn) -> str:
    """5/14项有报告的任务写了, for a duty that many reports answer; else nothing."""
    return f"有报告的{turn.told[1]}项任务里，{turn.told[0]}项写了" if turn.told and turn.told[1] else ""


def _within(context: Context, row: SessionRow, turn: Turn) -> bool:
    kind = "quarterly" if "Q" in turn.period else "monthly"
    return row.id.endswith(kind) and turn.first.isoformat() <= row.id[:10] <= turn.last.isoformat()


def period_words(period: str, year: int) -> tuple[str, str]:
    """A period in short and in full: (4月, 2023年4月), (2季, 2023年第2季度)."""
    if "Q" in period:
        of_year, part = period.split("-Q")
        return ("" if int(of_year) == year else f"{of_year[2:]}年") + f"{part}季", f"{of_year}年第{part}季度"
    return month_short(period, year), f"{period[:4]}年{int(period[5:])}月"


def quotes(context: Context, word: str) -> list[tuple[Mechanism, str]]:
    """The official words that promise something of a kind, each with its item."""
    return [(each, duty.quote) for each in context.promise.plan.mechanisms for duty in each.duties if duty.id.partition("-")[0] == word]
