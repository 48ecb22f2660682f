"""Where each page stands: its path below the site's root, ending in `/`.  Addresses are given out for ever (permalinks)."""

from __future__ import annotations

from scripts.ledger.series.happenings import Happening


def task_path(plan: str, number: int) -> str:
    """A task's page."""
    return f"{plan}/tasks/{number:02}/"


def chapter_path(plan: str, chapter: str) -> str:
    """A chapter's page."""
    return f"{plan}/chapters/{chapter}/"


def unit_path(plan: str, slug: str) -> str:
    """A unit's page."""
    return f"{plan}/units/{slug}/"


def place_path(plan: str, slug: str) -> str:
    """A place's page."""
    return f"{plan}/places/{slug}/"


def checkpoint_path(plan: str, checkpoint: str) -> str:
    """A checkpoint's page."""
    return f"{plan}/checkpoints/{checkpoint}/"


def compare_path(plan: str, checkpoint: str) -> str:
    """A checkpoint's first result beside that of the checkpoint before."""
    return checkpoint_path(plan, checkpoint) + "compare/"


def source_path(plan: str) -> str:
    """The official text."""
    return f"{plan}/source/"


def mechanisms_path(plan: str) -> str:
    """What the document promises about its own machinery."""
    return f"{plan}/mechanisms/"


def mechanism_path(plan: str, number: int) -> str:
    """One item about the machinery, once there are records."""
    return f"{plan}/mechanisms/{number}/"


def happening_path(plan: str, happening: Happening) -> str:
    """Where a public happening stands: a page of its plan, with an anchor where it has one."""
    page, mark, anchor = happening.target.partition("#")
    return f"{plan}/{page}/{mark}{anchor}"


def changes_path() -> str:
    """What changed on the site, over all plans."""
    return "changes/"


def search_path() -> str:
    """The search, over all plans."""
    return "search/"


def data_path() -> str:
    """All downloads, of all plans."""
    return "data/"
