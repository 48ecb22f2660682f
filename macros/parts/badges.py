"""Verdicts as they are shown: badge, bead, tally.  Shape, word and colour together, never colour alone."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from scripts.ledger.model.rules import COLOURS, Colour
from scripts.ledger.phrases.phrasebook import Speech, Verdict
from scripts.ledger.verdict.standing import Standing

from ..context import Context
from ..render import render

GLYPHS: dict[str, str] = {
    "unreported": "未",
    "incomplete": "缺",
    "suspended": "缓",
    "dropped": "撤",
    "unmeasured": "…",
    "not_due": "",
    "no_data": "",
    "unsaved": "—",
}
"""The one character inside the bead of an uncoloured state; its words stand beside it for every reader."""


@dataclass(frozen=True)
class Sign:
    """A verdict ready to be shown: the CSS class, the shape, the short word, the formal term."""

    tone: str
    shape: str
    word: str
    term: str


def sign(verdict: Verdict, speech: Speech) -> Sign:
    """The sign of a colour, or of a state under its own name."""
    badge = speech.badge(verdict)
    if verdict in COLOURS:
        return Sign(verdict, badge.shape, badge.badge, badge.term)
    return Sign("grey", GLYPHS[verdict], badge.name, badge.name)


def undecided(speech: Speech) -> Sign:
    """The sign of 没法评定: what the original targets would need was of a report that a change has removed."""
    words = speech.say(speech.words.reasons.undecided)
    return Sign("grey", "", words, words)


def badge(standing: Standing, context: Context) -> Markup:
    """The badge of a task's standing."""
    return render("parts/badge.html.j2", sign=sign(standing.verdict, context.day.speech))


def colour_badge(colour: Colour, context: Context) -> Markup:
    """The badge of a colour alone."""
    return render("parts/badge.html.j2", sign=sign(colour, context.day.speech))


def demo(context: Context) -> Markup:
    """“虚构演示” inside whatever may be cropped from the page; nothing on a real county's site."""
    return Markup('<span class="demo">虚构演示</span>') if context.ledger.settings.fictional else Markup("")
