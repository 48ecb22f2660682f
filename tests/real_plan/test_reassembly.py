"""The data, put together again, is the official text: character by character, and no other text passes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from scripts.ledger.checks.source_rules import compare
from scripts.ledger.model.promise import Ledger, Promise
from scripts.ledger.plan.source import compose

PLAN = "2023"


def test_the_whole_text_comes_back(ledger: Ledger, source: str) -> None:
    assert list(compare(ledger.promises[PLAN], source)) == []


def test_each_line_is_claimed_exactly_once(ledger: Ledger, source: str) -> None:
    printed = [line.rstrip() for line in source.split("\n") if line.strip()]
    assert [line.text for line in compose(ledger.promises[PLAN])] == printed


def test_composing_never_reads_the_source(ledger: Ledger) -> None:
    """`compose` takes the promise alone; the source reaches only `compare`."""
    assert compose.__code__.co_varnames[: compose.__code__.co_argcount] == ("promise",)


def _spoiled(text: str) -> Iterator[str]:
    """One character changed, dropped, swapped: in the middle, at the start, at the end."""
    for at in {0, len(text) // 2, len(text) - 1}:
        changed = "某" if text[at] != "某" else "另"
        yield text[:at] + changed + text[at + 1 :]
        if len(text) > 1:
            yield text[:at] + text[at + 1 :]
    pair = next((i for i in range(len(text) // 2, len(text) - 1) if text[i] != text[i + 1]), None)
    if pair is not None:
        yield text[:pair] + text[pair + 1] + text[pair] + text[pair + 2 :]


def _spoiled_promises(promise: Promise) -> Iterator[tuple[str, Promise]]:
    """The promise with one official text spoiled, piece by piece, with the kind of piece."""
    plan = promise.plan
    for number, task in promise.tasks.items():

        def with_task(update: dict[str, object], number: int = number) -> Promise:
            return promise.model_copy(update={"tasks": promise.tasks | {number: promise.tasks[number].model_copy(update=update)}})

        for text in _spoiled(task.pledge):
            yield "pledge", with_task({"pledge": text})
        if task.table_pledge:
            for text in _spoiled(task.table_pledge):
                yield "table pledge", with_task({"table_pledge": text})
        for index, cell in enumerate(task.milestones):
            for text in _spoiled(cell.text):
                cells = (*task.milestones[:index], cell.model_copy(update={"text": text}), *task.milestones[index + 1 :])
                yield "cell", with_task({"milestones": cells})
        for text in _spoiled("、".join(task.lead)):
            yield "lead", with_task({"lead": (text,)})
        for text in _spoiled(task.cooperating.printed):
            if text != task.cooperating.printed:
                yield "cooperating", with_task({"cooperating": task.cooperating.model_copy(update={"printed": text})})
    for index, chapter in enumerate(plan.chapters):
        for text in _spoiled(chapter.heading):
            chapters = (*plan.chapters[:index], chapter.model_copy(update={"heading": text}), *plan.chapters[index + 1 :])
            yield "heading", promise.model_copy(update={"plan": plan.model_copy(update={"chapters": chapters})})
    for index, mechanism in enumerate(plan.mechanisms):
        for text in _spoiled(mechanism.text):
            mechanisms = (*plan.mechanisms[:index], mechanism.model_copy(update={"text": text}), *plan.mechanisms[index + 1 :])
            yield "mechanism", promise.model_copy(update={"plan": plan.model_copy(update={"mechanisms": mechanisms})})
    for part in ("front", "back", "columns"):
        lines = getattr(plan.frame, part)
        for index, line in enumerate(lines):
            for text in _spoiled(line):
                frame = plan.frame.model_copy(update={part: (*lines[:index], text, *lines[index + 1 :])})
                yield "frame", promise.model_copy(update={"plan": plan.model_copy(update={"frame": frame})})


def test_one_spoiled_character_anywhere_is_found(ledger: Ledger, source: str) -> None:
    """Every pledge, cell, unit cell, heading, mechanism and other line, changed, dropped or swapped in one character, fails."""
    tried: Counter[str] = Counter()
    missed = []
    for kind, promise in _spoiled_promises(ledger.promises[PLAN]):
        tried[kind] += 1
        if next(compare(promise, source), None) is None:
            missed.append(kind)
    print(f"\nspoiled texts tried: {dict(tried)}, together {tried.total()}; not found: {len(missed)}")
    assert missed == []
    assert tried["cell"] >= 3 * 202


def test_exchanged_cells_and_tasks_are_found(ledger: Ledger, source: str) -> None:
    promise = ledger.promises[PLAN]
    first, second = promise.tasks[1], promise.tasks[2]
    exchanged = promise.model_copy(update={"tasks": promise.tasks | {1: second, 2: first}})
    assert next(compare(exchanged, source), None) is not None
    cells = first.milestones
    turned = promise.model_copy(
        update={"tasks": promise.tasks | {1: first.model_copy(update={"milestones": (cells[1], cells[0], *cells[2:])})}}
    )
    assert next(compare(turned, source), None) is not None
