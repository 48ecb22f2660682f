"""Where measured tables are kept: docs/bench.md, each between its own two marks."""

from __future__ import annotations

from scripts.store.project import ROOT

PAGE = ROOT / "docs/bench.md"


def keep(name: str, lines: list[str]) -> None:
    """Put a table between the marks of its name."""
    mark = f"<!-- {name} -->"
    before, found, rest = PAGE.read_text(encoding="utf-8").partition(mark)
    _, closed, after = rest.partition(mark)
    if not (found and closed):
        raise ValueError(f"{PAGE} must have {mark} twice")
    PAGE.write_text(before + mark + "\n\n" + "\n".join(lines) + "\n\n" + mark + after, encoding="utf-8")
