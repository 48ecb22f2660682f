"""All problems."""

from __future__ import annotations

from markupsafe import Markup

from scripts.ledger.phrases.formats import day_words, number_words

from ..context import Context
from ..parts.badges import demo
from ..parts.problems import problem_choices, problem_groups, problem_rows
from ..render import render


def problems(context: Context, key: str) -> Markup:
    """The ledger of problems: overdue first; each with its steps."""
    rows, county = problem_rows(context), context.day.figures.county
    return render(
        "pages/problems.html.j2",
        c=context,
        demo=demo(context),
        rows=rows,
        choices=problem_choices(context, rows),
        groups=[(words, [row for row in rows if row.group == group]) for group, words in problem_groups(context)],
        solved=county.solved,
        open_days=number_words(county.open_days) if county.open_days is not None else "",
        as_of=f"截至{day_words(context.as_of)}",
        bands=context.day.opened,
    )
