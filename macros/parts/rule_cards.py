"""The cards of the method page: the rules file, printed."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from scripts.ledger.model.rules import COLOURS, State
from scripts.ledger.model.wordbook import Said
from scripts.ledger.phrases import voices
from scripts.ledger.plan.source import item_anchor

from ..context import Context
from ..render import render
from .badges import demo
from .rule_laws import COUNTY, EXAMPLES, names
from .rules_in_words import bands, sentences, settings, shown, version

STATES: tuple[tuple[State, str | Said], ...] = (
    ("no_data", voices.NOT_OPENED),
    ("suspended", "经批准、有文件、到复查日为止。暂缓以前到期的，照样算。"),
    ("unreported", voices.REPORT_MISSING),
    ("incomplete", voices.REPORT_LACKING),
    ("unmeasured", "整年一格、没有写数的，不进任何比率。"),
    ("dropped", "到期的目标都按规定取消了。"),
    ("not_due", "还没有一个目标到期。"),
)
"""The uncoloured states in the order in which they are tried, and when each applies."""
FROZEN = "states.unsaved."
"""The state of a first result alone; no task has it today."""
GROUPS = {
    "marks": "颜色旁边的标注",
    "cells": "任务和节点的一格",
    "reasons": "理由",
    "corrections": "更正",
    "dates": "日期",
    "figures": "单位的数",
}


def rule_version(context: Context) -> Markup:
    """Which version of the rules holds: `{{ rule_version() }}`."""
    return Markup("{}").format(f"现行规则{version(context.day.rules)}")


def rule_origin(context: Context) -> Markup:
    """What the document itself says of colours: `{{ rule_origin() }}`."""
    items = [each for each in context.promise.plan.mechanisms if "五色图" in each.text]
    measures = [words for words in ("工作推进速度", "问题解决力度") if any(words in each.text for each in items)]
    anchors = [(each.number, item_anchor(each.number)) for each in items]
    return render("handwritten/rule_origin.html.j2", c=context, items=anchors, measures=measures)


def no_colour_yet(context: Context) -> Markup:
    """Why there is no colour; once reporting has opened, why some tasks have none: `{{ no_colour_yet() }}`."""
    return render(
        "handwritten/no_colour_yet.html.j2", c=context, before=context.day.opened and context.day.speech.say(voices.BEFORE_OPENING)
    )


def rule_colours(context: Context) -> Markup:
    """The five colours and what makes each: `{{ rule_colours() }}`.  In colour with and without data: this is what colours are explained by."""
    speech = context.day.speech
    return render(
        "handwritten/rule_colours.html.j2",
        colours=[(colour, speech.badge(colour)) for colour in COLOURS],
        bands={band.colour: band for band in bands(speech)},
        keys=COLOURS,
        demo=demo(context),
    )


def rule_settings(context: Context) -> Markup:
    """Every number of the rules: `{{ rule_settings() }}`."""
    return render("handwritten/rule_settings.html.j2", rows=settings(context.day.speech))


def rule_states(context: Context) -> Markup:
    """The states without a colour: `{{ rule_states() }}`."""
    speech, words = context.day.speech, context.day.rules.words
    said = {each.path: each for each in sentences(speech, "states")}
    return render(
        "handwritten/rule_states.html.j2",
        rows=[
            (said[f"states.{state}.name"], when if isinstance(when, str) else speech.say(when), said[f"states.{state}.sentence"])
            for state, when in STATES
        ],
        more=[each for path, each in said.items() if not path.endswith((".name", ".sentence")) or path.startswith(FROZEN)],
        grey=[shown(speech.say(each)) for each in (words.uncoloured.shape, words.uncoloured.badge, words.uncoloured.term)],
        other=_other(context),
    )


def rule_words(context: Context, group: str) -> Markup:
    """Every word of one group: `{{ rule_words("marks") }}`."""
    if group not in GROUPS:
        raise LookupError(f"没有“{group}”这一组；可写 {'、'.join(GROUPS)}")
    rows = sentences(context.day.speech, group)
    return render(
        "handwritten/rule_words.html.j2", title=GROUPS[group], rows=rows, other=_other(context), both=any(row.theirs for row in rows)
    )


def rule_laws(context: Context) -> Markup:
    """What holds when targets change, reports come early or go, with examples: `{{ rule_laws() }}`."""
    speech = context.day.speech
    return render("handwritten/rule_laws.html.j2", c=context, rules=speech.rules, names=names(speech), examples=EXAMPLES, county=COUNTY)


def rule_order(context: Context) -> Markup:
    """In which order units are listed: `{{ rule_order() }}`."""
    rules, speech = context.day.rules, context.day.speech
    called = {verdict: speech.verdict(verdict) for verdict in ("red", "unreported", "incomplete", "orange", "yellow")}
    return render("handwritten/rule_order.html.j2", rules=rules, names=called)


def _other(context: Context) -> str:
    """What the other kind of publisher is called."""
    return context.day.speech.say(voices.OTHER_KIND)


CARDS: tuple[Callable[..., Markup], ...] = (
    rule_version,
    rule_origin,
    no_colour_yet,
    rule_colours,
    rule_settings,
    rule_states,
    rule_words,
    rule_laws,
    rule_order,
)
