"""Small pieces for pages that people write by hand.  Each takes the surroundings of the page first."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from scripts.ledger.words import day_words

from .context import Context
from .render import render


def identity(context: Context) -> Markup:
    """Whose site this is: `{{ identity() }}`."""
    return render("cards/identity.html.j2", c=context)


def state(context: Context) -> Markup:
    """The notice that there is no data on progress: `{{ state() }}`."""
    return render("cards/state.html.j2", c=context)


def plan_facts(context: Context) -> Markup:
    """The document in figures: `{{ plan_facts() }}`."""
    promise = context.promise
    return render(
        "cards/plan_facts.html.j2",
        c=context,
        plan=promise.plan,
        dated=day_words(promise.plan.document.dated),
        tasks=len(promise.tasks),
        cells=sum(len(task.milestones) for task in promise.tasks.values()),
        none=sum(cell.kind == "none" for task in promise.tasks.values() for cell in task.milestones),
        leads=len({name for task in promise.tasks.values() for name in task.lead}),
        sites=len(promise.sites),
    )


def licence(context: Context) -> Markup:
    """Under which terms the data may be used: `{{ licence() }}`."""
    return render("cards/licence.html.j2", c=context)


def task_card(context: Context, number: str) -> Markup:
    """A task as a card with its pledge and lead: `{{ task_card("24") }}`."""
    return render("cards/task_card.html.j2", c=context, number=int(number), task=context.promise.tasks[int(number)])


CARDS: tuple[Callable[..., Markup], ...] = (identity, state, plan_facts, licence, task_card)
