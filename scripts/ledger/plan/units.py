"""The units that a plan names."""

from __future__ import annotations

from scripts.ledger.model.promise import Promise


def plan_units(promise: Promise) -> list[str]:
    """The units that a plan names, leads first, each once, as the document names them."""
    leads = [name for task in promise.tasks.values() for name in task.lead]
    others = [name for task in promise.tasks.values() for name in task.cooperating.units]
    return list(dict.fromkeys((*leads, *others)))
