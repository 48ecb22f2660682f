"""The page of a checkpoint's brief: frozen, with “今天看” beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from scripts.ledger.phrases.formats import day_words, month_words
from scripts.ledger.phrases.phrasebook import Verdict
from scripts.ledger.series.briefs import NOTICE, PARTS, REST, Brief, brief, brief_file, compared, since
from scripts.pages.paths import compare_path

from ..context import Context
from ..parts.badges import demo, sign
from ..parts.unit_figures import unit_figures_table
from ..render import render


def brief_page(context: Context, position: int, promised: dict[str, Any]) -> Markup:
    """The brief of a checkpoint; `promised` is what the document promises there."""
    found = brief(context.day, position, bool(context.ledger.settings.fictional))
    return render(
        "pages/brief.html.j2",
        **promised,
        brief=found,
        notice=NOTICE,
        parts_of=PARTS,
        rest_of=REST,
        term=term(context),
        verdict=context.day.speech.verdict,
        caption=caption(context, found),
        units=unit_figures_table(context, found.units, caption(context, found)),
        grey_word=context.day.speech.say(context.day.rules.words.uncoloured.badge),
        uncoloured=sum(count for _, count in found.uncoloured),
        before=month_words(found.before) if found.before else None,
        compare=compare_path(context.promise.id, found.checkpoint),
        compare_next=compare_path(context.promise.id, promised["following"]) if position + 1 in compared(context.day) else None,
        later=since(context.day, position),
        frozen=day_words(found.frozen),
        known=day_words(context.day.known),
        problems=next((context.to(path) for _, path in context.record_pages if path.endswith("/problems/")), None),
        file=context.to(brief_file(context.promise.id, found.checkpoint)),
        saved_as=f"{found.title}.docx",
    )


def caption(context: Context, found: Brief) -> Markup:
    """What travels with every table of a brief: 虚构演示, the brief's name, when it was frozen."""
    return demo(context) + f" {found.title}，{day_words(found.frozen)}定稿"


def term(context: Context) -> Callable[[Verdict], Markup]:
    """Badges with the formal terms of briefs."""

    def badge(verdict: Verdict) -> Markup:
        found = sign(verdict, context.day.speech)
        return Markup(str(render("parts/badge.html.j2", sign=replace(found, word=found.term))).strip())

    return badge
