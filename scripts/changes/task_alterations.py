"""What changed in each task as judged on a day: its colour, its numbers, its pieces, what a checkpoint's first result was."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from scripts.ledger.model.promise import Task
from scripts.ledger.phrases.formats import month_words, value_words
from scripts.ledger.series.day import Day
from scripts.ledger.verdict.evidence import Seen

from .alterations import Alteration, Alterations

ABSENT = "没有"


def task_alterations(before: Day, after: Day) -> Alterations:
    """Everything about the tasks that both states hold, by kind, then by number."""
    shared = [n for n in sorted(after.promise.tasks) if n in before.promise.tasks]
    yield from _colours(before, after, shared)
    yield from _frozen(before, after, shared)
    for n in shared:
        yield from _values(before.seen[n], after.seen[n], after, n)
        yield from _pieces(before.seen[n], after.seen[n], after, n)


def name_of(day: Day, number: int) -> str:
    """第24项“改善七所学校办学条件”."""
    return f"第{number}项“{day.promise.tasks[number].title}”"


def _colours(before: Day, after: Day, shared: list[int]) -> Alterations:
    reasoned = []
    for n in shared:
        old, new = before.standings[n], after.standings[n]
        if old.verdict != new.verdict:
            words = f"{name_of(after, n)}：{before.speech.verdict(old.verdict)} → {after.speech.verdict(new.verdict)}。{new.sentence}"
            yield Alteration("colours", words, n)
        elif old.sentence != new.sentence:
            reasoned.append(n)
    for n in reasoned:
        standing = after.standings[n]
        words = f"{name_of(after, n)}：仍为{after.speech.verdict(standing.verdict)}，理由变了。{standing.sentence}"
        yield Alteration("colours", words, n)


def _frozen(before: Day, after: Day, shared: list[int]) -> Alterations:
    """A first result is frozen: it changes only with a record dated back, a tombstone or the rules, and then the reader should know."""
    for position in after.published_checkpoints:
        if position not in before.published_checkpoints:
            continue
        old, new = before.first(position), after.first(position)
        point = month_words(after.promise.plan.checkpoints[position].id)
        for n in shared:
            if old[n].verdict != new[n].verdict:
                change = f"{before.speech.verdict(old[n].verdict)} → {after.speech.verdict(new[n].verdict)}"
                yield Alteration("frozen", f"{name_of(after, n)}：{point}节点的首次公布结果 {change}", n)


def _values(before: Seen, after: Seen, day: Day, number: int) -> Alterations:
    for indicator in day.promise.tasks[number].indicators:
        old, new = before.values(indicator.id), after.values(indicator.id)
        for position in sorted({*old, *new}):
            if old.get(position) != new.get(position):
                was, now = (_amount(each.get(position), indicator.unit) for each in (old, new))
                words = f"{name_of(day, number)}：{indicator.name}（{_point(day, position)}）{was} → {now}"
                yield Alteration("values", words, number)


def _pieces(before: Seen, after: Seen, day: Day, number: int) -> Alterations:
    texts = dict(_texts(day.promise.tasks[number]))
    old, new = statuses(before), statuses(after)
    for position, piece in sorted({*old, *new}):
        was, now = old.get((position, piece)), new.get((position, piece))
        if was != now and piece in texts:
            words = f"{name_of(day, number)}：{texts[piece]}（{_point(day, position)}）{_status(was, day)} → {_status(now, day)}"
            yield Alteration("values", words, number)


def statuses(seen: Seen) -> dict[tuple[int, str], str]:
    """What the reports of each checkpoint say of each deliverable, by position and id; later files override, withdrawn words are gone."""
    found: dict[tuple[int, str], str] = {}
    for filing in seen.filings:
        for piece, word in filing.report.deliverables.items():
            found[filing.position, piece] = word
    return {key: word for key, word in found.items() if word != "withdrawn"}


def _texts(task: Task) -> Iterator[tuple[str, str]]:
    for cell, milestone in enumerate(task.milestones, start=1):
        for order, piece in enumerate(milestone.deliverables, start=1):
            yield f"{cell}-{order}", piece.text


def _point(day: Day, position: int) -> str:
    return month_words(day.promise.plan.checkpoints[position].id)


def _amount(value: Decimal | None, unit: str) -> str:
    return ABSENT if value is None else value_words(value, unit)


def _status(word: str | None, day: Day) -> str:
    return ABSENT if word is None else day.speech.say(getattr(day.speech.words.corrections, word))
