"""Two checkpoints side by side."""

from __future__ import annotations

from markupsafe import Markup

from scripts.ledger.phrases.formats import day_words, month_words
from scripts.ledger.series.briefs import brief, brief_file
from scripts.ledger.series.comparison import compare_verdicts, unlike_groups

from ..context import Context
from ..parts.badges import demo
from ..render import render
from .brief import caption, term


def compare(context: Context, key: str) -> Markup:
    """A checkpoint's first result beside that of the checkpoint before as known on the same day, task by task."""
    points = [point.id for point in context.promise.plan.checkpoints]
    position = points.index(key)
    now = brief(context.day, position, bool(context.ledger.settings.fictional))
    before, after = context.day.as_known(position - 1, position), context.day.first(position)
    entries = {entry.number: entry for entry in (*now.gaps, *now.rest)}
    groups = (*compare_verdicts(before, after).groups[:3], *unlike_groups(before, after))
    return render(
        "pages/compare.html.j2",
        c=context,
        brief=now,
        day=day_words(now.frozen),
        groups=[(name, [entries[number] for number in numbers]) for name, numbers in groups],
        earlier=points[position - 1],
        words=(month_words(points[position - 1]), month_words(key)),
        verdict=context.day.speech.verdict,
        term=term(context),
        caption=caption(context, now),
        file=context.to(brief_file(context.promise.id, key)),
        demo=demo(context),
    )
