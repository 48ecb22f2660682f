"""What a task on a day is made of travels as few things: counted over every signature of scripts/ and macros/."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from scripts.store.project import ROOT

CLUMP = {"promise", "number", "records", "rules", "as_of", "known", "publisher", "seen"}
MOST = 4
STILL = {
    "ledger/series/checkpoint_results.py": {"first_published", "first_history", "read_now", "history"},
    "ledger/series/corrections.py": {"corrections"},
    "ledger/series/freshness.py": {"stale"},
    "ledger/series/unit_figures.py": {"unit_figures", "_moved"},
    "ledger/verdict/evidence.py": {"see", "_filings", "_removed"},
    "ledger/verdict/other_verdicts.py": {"colour_at", "differing"},
    "ledger/verdict/standing.py": {"standing"},
}
"""What takes more of them until one object stands for a task on a day.  The list only gets shorter."""


def wide(folder: Path) -> Iterator[tuple[str, str]]:
    """Each function that takes too many, with its module."""
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                given = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
                if len(CLUMP & {each.arg for each in given}) > MOST:
                    yield path.relative_to(folder).as_posix(), node.name


def test_no_other_function_takes_more_than_four_of_what_a_task_on_a_day_is_made_of() -> None:
    """A new one is refused, and one that was mended leaves the list."""
    assert set(wide(ROOT / "scripts")) == {(module, name) for module, names in STILL.items() for name in names}
    assert list(wide(ROOT / "macros")) == []
