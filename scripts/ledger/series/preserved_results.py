"""First results that rested on a record since taken down: the tombstone keeps them, the brief is not rewritten.

Source: status.md, "A checkpoint's brief is frozen at 首次公布结果".  A tombstone that carries no result leaves “首次结果没有保存”.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..model.proceedings import FirstResult, Withdrawal
from ..model.records import Found, Opened
from ..model.rules import Colour, Frozen, State
from ..model.testimony import Records, report_id, step_id
from ..phrases.phrasebook import Speech
from ..verdict.standing import Standing, unargued


@dataclass(frozen=True)
class Kept:
    """What is left of a first result: the result (None: it was not kept) and the day on which the record was taken down."""

    result: FirstResult | None
    removed_on: date


def kept(records: Records, task: int, checkpoint: str, frozen: date) -> Kept | None:
    """What tombstones keep of the first result of `task` at `checkpoint`, made public on `frozen`; None where none bore on it."""
    found = [each for each in removals(records, task) if each.filed <= frozen <= each.published]
    if not found or not _opened(records, frozen):
        return None
    result = next((each.results[checkpoint] for each in found if checkpoint in each.results), None)
    return Kept(result, max(each.published for each in found))


def _opened(records: Records, day: date) -> bool:
    """Whether reporting had opened, as known on a day: before, every first result is 暂无进展数据 and rests on no record."""
    return any(isinstance(each, Opened) and each.published <= day and each.opened_on <= day for each in records.events.values())


def removals(records: Records, task: int) -> list[Withdrawal]:
    """The tombstones of records that could bear on the colour of `task`, by id."""
    return [each for _, each in sorted(records.withdrawals.items()) if task_of(records, each) == task]


def task_of(records: Records, tombstone: Withdrawal) -> int | None:
    """The task that a record taken down spoke of; None where it spoke of none, or the tombstone does not say."""
    kind, _, key = tombstone.record.partition("/")
    if kind == "reports" and (named := report_id(key)):
        return named[1]
    if kind == "problems" and tombstone.task is None and (step := step_id(key)):
        first = records.problems.get(f"{step[0]}.1")
        return first.task if isinstance(first, Found) else None
    return tombstone.task if kind in ("problems", "events", "revisions") else None


def kept_standing(task: int, of: Kept, frozen: date, known: date, speech: Speech) -> Standing:
    """The first result as a standing: its verdict, and that its reasons went with the record.  When that was is said from the day on which
    it was public: a page of an earlier day knows nothing of it."""
    result, removed_on = of.result, None if known < of.removed_on else speech.day(of.removed_on)
    verdict: tuple[Colour | None, State | Frozen | None] = (result.colour, result.state) if result else (None, "unsaved")
    return unargued(task, (frozen, frozen), verdict, _kept_sentence(result, removed_on, speech), speech)


def _kept_sentence(result: FirstResult | None, removed_on: str | None, speech: Speech) -> str:
    words, verdict = speech.words.states, (result.colour or result.state) if result else None
    if verdict is None:
        return speech.say(words.unsaved.sentence, day=removed_on) if removed_on else speech.say(words.unsaved_before)
    said = speech.verdict(verdict)
    return speech.say(words.kept, verdict=said, day=removed_on) if removed_on else speech.say(words.kept_before, verdict=said)
