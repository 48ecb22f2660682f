"""Templates to HTML: our own Jinja environment, everything escaped, nothing undefined, no text from data ever a template."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from scripts.ledger.phrases import formats as words


@cache
def environment() -> Environment:
    """The one environment, rooted at this package, whatever the working directory."""
    env = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters.update(
        day=words.day_words,
        month=words.month_words,
        number=words.number_words,
        period=words.period_words,
        opening=words.opening,
        quoted=words.quoted,
    )
    return env


def render(template: str, **values: Any) -> Markup:
    """A template filled with finished values, as HTML."""
    return Markup(environment().get_template(template).render(**values))
