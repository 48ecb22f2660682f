"""Every address that people may have kept: the pages, and on the pages of tasks and of the official text the places within."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scripts.ledger.model.promise import Ledger, Promise
from scripts.ledger.plan.source import compose
from scripts.ledger.series.day import Day

from .paths import source_path, task_path
from .registry import pages


def addresses(ledger: Ledger, days: Mapping[str, Day]) -> dict[str, str]:
    """Address below the site's root (`2023/tasks/24/#2023-09`) → the title of its page, in reading order."""
    found = {page.path: page.title for page in pages(ledger, days)}
    for promise in ledger.promises.values():
        for path, anchor in (*_task_anchors(promise), *_source_anchors(promise)):
            found[f"{path}#{anchor}"] = found[path]
    return found


def _task_anchors(promise: Promise) -> Iterator[tuple[str, str]]:
    """One per checkpoint, cell, deliverable and number."""
    for number, task in sorted(promise.tasks.items()):
        path = task_path(promise.id, number)
        yield from ((path, point.id) for point in promise.plan.checkpoints)
        for cell, milestone in enumerate(task.milestones, start=1):
            yield path, f"cell-{cell}"
            yield from ((path, f"{cell}-{order}") for order in range(1, len(milestone.deliverables) + 1))
        yield from ((path, f"n-{indicator.id}") for indicator in task.indicators)


def _source_anchors(promise: Promise) -> Iterator[tuple[str, str]]:
    yield from ((source_path(promise.id), line.anchor) for line in compose(promise))
