"""All checkpoints."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from scripts.ledger.phrases.formats import day_words, month_words
from scripts.ledger.plan.schedule import ends
from scripts.ledger.series.briefs import brief, brief_file, has_brief
from scripts.ledger.series.unit_figures import Left
from scripts.tables.columns import Source
from scripts.tables.summaries import due_by_checkpoint

from ..context import Context
from ..parts.badges import demo
from ..parts.indicator_tables import due_table
from ..parts.subscriptions import subscriptions
from ..render import render

KINDS = ("latest", "月份不明，最晚算到这里的"), ("whole", "全年只有一格的")
"""The cells that fall due at a checkpoint although the table does not say so, and their heads; a column only where any is."""


@dataclass(frozen=True)
class BriefLine:
    """One brief in the list of checkpoints: when it was frozen, the county's 进度达标率, what changed, its file and the name to save it under."""

    checkpoint: str
    words: str
    frozen: str
    rate: str
    left: str
    changed: str
    file: str
    name: str


def checkpoints(context: Context, key: str) -> Markup:
    """All checkpoints: how much falls due at each."""
    counts = due_by_checkpoint(Source(context.ledger, context.day))
    rows = [(point, month_words(point), day_words(ends(point)), list(map(int, numbers))) for point, *numbers in counts.itertuples()]
    kinds = [(at, head) for at, (name, head) in enumerate(KINDS, start=1) if counts[name].any()]
    return render(
        "pages/checkpoints.html.j2",
        c=context,
        rows=rows,
        kinds=kinds,
        due=due_table(context),
        briefs=_briefs(context),
        demo=demo(context),
        subscriptions=subscriptions(context, "checkpoints"),
    )


def _briefs(context: Context) -> list[BriefLine]:
    """The briefs that are out, the newest first."""
    day, fictional = context.day, bool(context.ledger.settings.fictional)
    found = [brief(day, position, fictional) for position in reversed(day.published_checkpoints) if has_brief(day, position)]
    return [
        BriefLine(
            each.checkpoint,
            month_words(each.checkpoint),
            day_words(each.frozen),
            each.figures.county.rate.text,
            _left(context, each.figures.county.left),
            each.change_words or "第一期",
            context.to(brief_file(context.promise.id, each.checkpoint)),
            f"{each.title}.docx",
        )
        for each in found
    ]


def _left(context: Context, left: Left) -> str:
    """另有：推迟3项, where anything left the rate."""
    words = context.day.speech.words.figures
    none, name = (context.day.speech.say(each) for each in (words.none, words.left))
    return "" if left.text == none else f"{name}：{left.text}"
