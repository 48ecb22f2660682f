"""Small pieces for pages that people write by hand.  Each takes the surroundings of the page first.

Staff find them described in docs/guide/macros.md, with examples that a test executes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from markupsafe import Markup

from scripts.exchange.intake import book_out
from scripts.ledger.model.rules import COLOURS
from scripts.ledger.phrases import voices
from scripts.ledger.phrases.formats import day_words, month_words
from scripts.ledger.phrases.phrasebook import Verdict

from ..context import Context
from ..parts import rule_cards
from ..parts.badges import badge, demo, sign
from ..parts.board import board as whole_board
from ..parts.board import board_key
from ..parts.funding import source_rows
from ..parts.meetings import session_rows
from ..parts.problems import problem_rows
from ..render import render


class WrongName(LookupError):
    """What a page asks for does not exist; the message says so in the staff's language."""


def identity(context: Context) -> Markup:
    """Whose site this is: `{{ identity() }}`."""
    return render("handwritten/identity.html.j2", c=context)


def state(context: Context) -> Markup:
    """The notice that there is no data on progress, or the county's counts once there is: `{{ state() }}`."""
    return _tally(context, context.day.figures.county.counts) if context.day.opened else render("handwritten/state.html.j2", c=context)


def plan_facts(context: Context) -> Markup:
    """The document in figures: `{{ plan_facts() }}`."""
    promise = context.promise
    return render(
        "handwritten/plan_facts.html.j2",
        c=context,
        plan=promise.plan,
        dated=day_words(promise.plan.document.dated),
        tasks=len(promise.tasks),
        cells=sum(len(task.milestones) for task in promise.tasks.values()),
        unplanned=sum(cell.kind == "none" for task in promise.tasks.values() for cell in task.milestones),
        leads=len({name for task in promise.tasks.values() for name in task.lead}),
        sites=len(promise.sites),
    )


def not_known(context: Context) -> Markup:
    """What this site does not know, as far as it is so here: `{{ not_known() }}`."""
    return render("handwritten/not_known.html.j2", c=context, lost=any(task.span for task in context.promise.tasks.values()))


def licence(context: Context) -> Markup:
    """Under which terms the data may be used: `{{ licence() }}`."""
    return render("handwritten/licence.html.j2", c=context)


def record_books(context: Context) -> Markup:
    """The workbooks to file problems, meetings, inspections and statements with, one for each plan that has not ended: `{{ record_books() }}`."""
    books = [
        (plan, book_out.site_path(plan), book_out.file_name(plan))
        for plan in book_out.offered(context.days or {context.promise.id: context.day})
    ]
    return render("handwritten/record_books.html.j2", c=context, books=books)


def task_card(context: Context, number: str | int) -> Markup:
    """A task as a card with its pledge and lead, and its colour with the reason once there is data: `{{ task_card("2") }}`."""
    found = _task(context, number)
    standing = context.day.standings[found] if context.day.opened else None
    return render(
        "handwritten/task_card.html.j2",
        c=context,
        number=found,
        task=context.promise.tasks[found],
        badge=badge(standing, context) if standing else "",
        sentence=standing.sentence if standing else "",
        demo=demo(context),
    )


def standing(context: Context, number: str | int) -> Markup:
    """A task's colour or state with its sentence, inside a line of text: `{{ standing("2") }}`."""
    found = context.day.standings[_task(context, number)]
    return render("handwritten/standing.html.j2", badge=badge(found, context), sentence=found.sentence, demo=demo(context))


def board(context: Context, chapter: str = "") -> Markup:
    """The board of all tasks, or of one chapter: `{{ board() }}`."""
    chapters = [each.id for each in context.promise.plan.chapters]
    if chapter and chapter not in chapters:
        raise WrongName(f"没有“{chapter}”这一章；可写 {'、'.join(chapters)}")
    drawn = whole_board(context, [chapter] if chapter else chapters, halves=False)
    return drawn + board_key(context) if context.day.opened else drawn


def checkpoint_counts(context: Context, checkpoint: str) -> Markup:
    """How many tasks had which colour at a checkpoint, as first published: `{{ checkpoint_counts("2023-07") }}`."""
    points = [point.id for point in context.promise.plan.checkpoints]
    if checkpoint not in points:
        raise WrongName(f"没有“{checkpoint}”这个节点；可写 {'、'.join(points)}")
    position = points.index(checkpoint)
    if position not in context.day.published_checkpoints:
        return render("handwritten/nothing.html.j2", words=f"{month_words(checkpoint)}节点还没有结果。")
    counts = Counter(each.verdict for each in context.day.first(position).values())
    return _tally(context, counts, f"{month_words(checkpoint)}节点，首次公布的结果。")


def _tally(context: Context, counts: Mapping[Verdict, int], words: str = "") -> Markup:
    """Counts of verdicts: the five colours, then the uncoloured states that occur."""
    shown: list[Verdict] = [*COLOURS, *(each for each in counts if each not in COLOURS)]
    rows = [(counts.get(each, 0), sign(each, context.day.speech)) for each in shown]
    return render("handwritten/tally.html.j2", rows=rows, words=words, demo=demo(context))


def problems_table(context: Context) -> Markup:
    """The problems that are still open, and how many are closed: `{{ problems_table() }}`."""
    rows = problem_rows(context)
    running = [row for row in rows if row.group != "closed"]
    if not rows:
        return render("handwritten/nothing.html.j2", words="还没有公开的问题记录。")
    say = context.day.speech.say
    return render(
        "handwritten/problems.html.j2",
        c=context,
        rows=running,
        closed=len(rows) - len(running),
        closed_words=say(voices.PROBLEMS_CLOSED),
        none_words=say(voices.PROBLEMS_ALL_CLOSED),
        demo=demo(context),
    )


def meetings_table(context: Context) -> Markup:
    """The meetings on record, the newest first: `{{ meetings_table() }}`."""
    rows = session_rows(context)
    if not rows:
        return render("handwritten/nothing.html.j2", words="还没有公开的会议记录。")
    return render("handwritten/meetings.html.j2", c=context, rows=rows, demo=demo(context))


def funding_table(context: Context) -> Markup:
    """Where the money comes from, by source: `{{ funding_table() }}`."""
    sources, total = source_rows(context)
    if not sources:
        return render("handwritten/nothing.html.j2", words="报告里还没有写资金。")
    return render("handwritten/funding.html.j2", c=context, sources=[*sources, total], demo=demo(context))


def _task(context: Context, number: str | int) -> int:
    """The number of a task as staff write it: 24, "24", "02"."""
    text = str(number)
    if not text.isascii() or not text.isdigit() or int(text) not in context.promise.tasks:
        raise WrongName(f"没有第“{text}”项任务；可写 {min(context.promise.tasks)} 到 {max(context.promise.tasks)}")
    return int(text)


CARDS: tuple[Callable[..., Markup], ...] = (
    identity,
    state,
    plan_facts,
    not_known,
    licence,
    record_books,
    task_card,
    standing,
    board,
    checkpoint_counts,
    problems_table,
    meetings_table,
    funding_table,
    *rule_cards.CARDS,
)
