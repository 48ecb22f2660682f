"""Every rule that the data must keep, one generator per rule; its docstring is the rule, in Chinese.

Rules of one task run on every task that could be read, wholly or in part, so that one broken file or
value does not hide the mistakes of another; rules of the whole plan run when all files of the promise
could be read.  Where a foundation fails, a task is missing or a value could not be read, the rules
that rest on it wait: their messages would mislead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..model.plan_files import places_file
from ..model.problems import Problem
from ..model.promise import Ledger, Promise, Task
from . import indicator_rules as indicators
from . import plan_rules as plans
from . import task_rules as tasks
from .gaps import Gaps
from .source_rules import compare

type_task_rule = Callable[[Ledger, Promise, int, Task], Iterator[Problem]]
type_plan_rule = Callable[[Ledger, Promise], Iterator[Problem]]

FOUNDATIONS: tuple[type_plan_rule, ...] = (
    plans.year_named,
    plans.checkpoints_ordered,
    plans.columns_named,
)
TASK_RULES: tuple[type_task_rule, ...] = (
    tasks.chapter_known,
    tasks.known_units,
    tasks.cooperating_cell,
    tasks.lead_cell,
    tasks.other_columns,
    tasks.row_covered,
    tasks.cell_kind,
    tasks.cell_due,
    tasks.piece_due,
    tasks.cell_partition,
    tasks.deliverable_sites,
    indicators.indicator_ids,
    indicators.indicator_quotes,
    indicators.indicator_shape,
    indicators.planned_not_negative,
    indicators.indicator_sums,
    tasks.notes_due,
)
PLAN_RULES: tuple[type_plan_rule, ...] = (
    plans.numbering,
    plans.slugs_unique,
    plans.registry_used,
    plans.sites_consistent,
    plans.plan_quotes,
    plans.noted_tasks,
)


def foundations(ledger: Ledger, plan_id: str) -> Iterator[Problem]:
    """What every other rule of a plan rests on: while it does not hold, they wait."""
    for rule in FOUNDATIONS:
        yield from rule(ledger, ledger.promises[plan_id])


def check(ledger: Ledger, plan_id: str, source: str | None, gaps: Gaps) -> Iterator[Problem]:
    """All problems of one plan whose foundations hold.  `source` is the official text; None skips the rules of the whole plan."""
    promise = ledger.promises[plan_id]
    yield from gaps.honest(_of_tasks(ledger, promise, gaps))
    missing = list(plans.tasks_complete(promise, gaps.tasks))
    yield from missing
    if missing or source is None:
        return
    yield from compare(promise, source)
    for whole in PLAN_RULES:
        yield from whole(ledger, promise)


def _of_tasks(ledger: Ledger, promise: Promise, gaps: Gaps) -> Iterator[Problem]:
    """The rules of one task, on every task; those of its places wait for the list of places."""
    waiting = (tasks.deliverable_sites,) if places_file(promise.id) in gaps.spots else ()
    for number, task in promise.tasks.items():
        for rule in TASK_RULES:
            if rule not in waiting:
                yield from rule(ledger, promise, number, task)
