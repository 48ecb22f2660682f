"""Where the files of a plan stand, below the data folder."""

from __future__ import annotations


def plan_file(plan_id: str) -> str:
    """The plan's own file, below the data folder."""
    return f"plans/{plan_id}/plan.yml"


def task_file(plan_id: str, number: int) -> str:
    """A task's file, below the data folder."""
    return f"plans/{plan_id}/tasks/{number:02}.yml"


def places_file(plan_id: str) -> str:
    """The list of a plan's places, below the data folder."""
    return f"plans/{plan_id}/places.yml"


def source_file(plan_id: str) -> str:
    """The official text, below the data folder."""
    return f"plans/{plan_id}/source.txt"
