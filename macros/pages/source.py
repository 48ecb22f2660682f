"""The official text."""

from __future__ import annotations

from markupsafe import Markup

from ..context import Context
from ..parts.source_text import source_text


def source(context: Context, key: str) -> Markup:
    """The official text."""
    return source_text(context)
