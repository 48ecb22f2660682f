"""What a share card says, as data: one per task, one per place, one for the plan.  `card_picture` draws it; it decides nothing.

A picture travels without its page: so it carries what it is about, its state in words, the day it was put together, the document
that it rests on, whose site it is, and 虚构演示 where all is invented.
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from scripts.exports.cards.card import Card, CardBead, Shown
from scripts.ledger.model.rules import COLOURS
from scripts.ledger.phrases import voices
from scripts.ledger.phrases.formats import day_words
from scripts.pages.paths import place_path, task_path
from scripts.pages.registry import PageSpec

from ..context import Context
from .badges import sign
from .board import month_heads, rod
from .timeline import PlaceLine, cell_names, place_line, with_deeds
from .verdict_board import verdict_rod

FOLDER = "assets/cards/"
MERGED = "原表合并单元格：只知先后，不知月份"
TODAY = "今天："
THEN, NOW = "圆点：当时", "圆点：今天"
"""Of which day a card's beads speak: a task's of the day then, a place's of today."""
MOST_TASKS = 2
"""A place named by more tasks shows the standing of so many."""


def card_file(plan: str, kind: str = "plan", key: str = "") -> str:
    """Where a card stands in the site.

    >>> card_file("2023", "task", "24"), card_file("2023")
    ('assets/cards/2023-task-24.png', 'assets/cards/2023-plan.png')
    """
    return f"{FOLDER}{plan}-{'-'.join(filter(None, (kind, key)))}.png"


def card_of(spec: PageSpec | None, plan: str) -> str:
    """The card that stands for a page: its own, that of the place of a sheet, else that of the plan."""
    if spec and spec.kind in ("task", "place", "sheet"):
        return card_file(spec.plan, "task" if spec.kind == "task" else "place", spec.key)
    return card_file(plan)


def cards(context: Context) -> dict[str, Card]:
    """All cards of a plan, by file."""
    promise = context.promise
    found = {card_file(promise.id): plan_card(context)}
    found |= {card_file(promise.id, "task", str(number)): task_card(context, number) for number in sorted(promise.tasks)}
    return found | {card_file(promise.id, "place", slug): place_card(context, slug) for slug in promise.sites}


def card(context: Context, file: str) -> Card:
    """One card by its file."""
    kind, _, key = file.removeprefix(f"{FOLDER}{context.promise.id}-").removesuffix(".png").partition("-")
    return task_card(context, int(key)) if kind == "task" else place_card(context, key) if kind == "place" else plan_card(context)


def task_card(context: Context, number: int) -> Card:
    """A task: its state, and its row of the board."""
    task = context.promise.tasks[number]
    beads = _verdict_beads(context, number) if context.day.opened else _plain_beads(context, number)
    unsure = 0 if context.day.opened else rod(number, task, context.promise).width
    heads = tuple("" if place < unsure else head for place, head in enumerate(_months(context)))
    tone, shape, words = _state(context, number)
    made = _card(
        context,
        f"第{number}项",
        task.title,
        ((tone, shape, TODAY * context.day.opened + words),),
        heads,
        beads,
        task_path(context.promise.id, number),
    )
    if context.day.opened:
        made = replace(made, key=THEN)
    return replace(made, note=MERGED) if unsure else made


def place_card(context: Context, slug: str) -> Card:
    """A place: its line in the first task that names it, and how the tasks stand (a task's state, not the place's)."""
    site = context.promise.sites[slug]
    line = next((found for n in site.tasks if (found := place_line(slug, site, n, context.promise))), None)
    heads, beads = _line_beads(context, with_deeds(context, line)) if line else ((), ())
    states: tuple[Shown, ...] = (("", "", "暂无进展数据"),)
    if context.day.opened:
        states = tuple(
            (tone, shape, f"第{n}项{TODAY}{words}") for n in site.tasks[:MOST_TASKS] for tone, shape, words in [_state(context, n)]
        )
    over = f"第{'、'.join(map(str, site.tasks))}项"
    made = _card(context, over, site.name, states, heads, beads, place_path(context.promise.id, slug))
    return replace(made, key=NOW) if context.day.opened and beads else made


def plan_card(context: Context) -> Card:
    """The plan: how many tasks, how many of each colour and how many without: together all of them."""
    day = context.day
    states: tuple[Shown, ...] = (("", "", "暂无进展数据"),)
    if day.opened:
        counts = day.figures.county.counts
        shown = [(sign(colour, day.speech), counts.get(colour, 0)) for colour in COLOURS]
        grey = sum(counts.values()) - sum(count for _, count in shown)
        states = tuple((each.tone, each.shape, f"{each.word} {count}") for each, count in shown)
        states += (("grey", "", f"{day.speech.say(day.rules.words.uncoloured.badge)} {grey}"),) if grey else ()
    heads = () if day.opened else _months(context)
    beads = tuple(CardBead(i, 1, "target") for i in range(len(heads)))
    return _card(context, "民生任务", f"答应办的{len(context.promise.tasks)}项民生任务", states, heads, beads, "")


def _months(context: Context) -> tuple[str, ...]:
    return tuple(f"{month}月" for month, _ in month_heads(context.promise))


def _state(context: Context, number: int) -> Shown:
    if not context.day.opened:
        return "", "", "暂无进展数据"
    shown = sign(context.day.standings[number].verdict, context.day.speech)
    return shown.tone, shown.shape, shown.word if shown.word == shown.term else f"{shown.word}（{shown.term}）"


def _plain_beads(context: Context, number: int) -> tuple[CardBead, ...]:
    row = rod(number, context.promise.tasks[number], context.promise)
    found, at = list[CardBead](), row.width
    step = row.width / len(row.dashed) if row.dashed else 0.0
    for place, bead in enumerate(row.dashed):
        found.append(CardBead(place * step, step, "none" if bead.label else "dashed", str(place + 1)))
    for bead in row.beads:
        found.append(CardBead(at, bead.columns, bead.form, bead.label))
        at += bead.columns
    return tuple(found)


def _verdict_beads(context: Context, number: int) -> tuple[CardBead, ...]:
    forms = {"bare": "none", "yet": "yet", "verdict": "verdict"}
    return tuple(
        CardBead(i, 1, forms[bead.form], bead.sign.shape if bead.sign else "", bead.sign.tone if bead.sign else "", bead.late, bead.words)
        for i, bead in enumerate(verdict_rod(context, number).beads)
    )


def _line_beads(context: Context, line: PlaceLine) -> tuple[tuple[str, ...], tuple[CardBead, ...]]:
    """A place's line: a column for each cell of the row, the last thing told there on its bead."""
    names = cell_names(context.promise.tasks[line.task], context.promise)
    found = list[CardBead]()
    for place, name in enumerate(names):
        stops = [stop for stop in line.stations if stop.when == name and stop.text is not None]
        deed = next((stop.deed for stop in reversed(stops) if stop.deed and stop.deed.tone), None)
        form = "none" if not stops else "verdict" if deed else "target" if line.certain else "dashed"
        late = bool(deed and deed.late)
        found.append(CardBead(place, 1, form, deed.shape if deed else "", deed.tone if deed else "", late, deed.words if deed else ""))
    return tuple(names), tuple(found)


def _card(
    context: Context,
    over: str,
    title: str,
    states: tuple[Shown, ...],
    heads: tuple[str, ...],
    beads: tuple[CardBead, ...],
    path: str,
) -> Card:
    settings, document = context.ledger.settings, context.promise.plan.document
    whose = context.day.speech.say(voices.WHOSE, name=context.publisher)
    rules = f"　评定规则第{context.day.rules.version}版" if context.day.opened else ""
    foot = [f"原文：{document.number}", f"整理截至{day_words(context.as_of)}{rules}"]
    if address := context.absolute(path):
        parts = urlsplit(address)
        foot.append(parts.netloc + parts.path)
    county = f"{context.promise.plan.county}{context.promise.plan.year}年"
    return Card(whose, bool(settings.fictional), f"{county}　{over}", title, states, heads, beads, tuple(foot))
