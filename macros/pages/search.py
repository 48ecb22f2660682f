"""The search page: a form, a place for results, and the lists that serve without script."""

from __future__ import annotations

from markupsafe import Markup

from scripts.ledger.model.promise import Promise, Site
from scripts.ledger.phrases.formats import month_words
from scripts.ledger.plan.place_lines import steps
from scripts.ledger.plan.schedule import spans

from ..context import Context
from ..render import render


def search(context: Context, key: str) -> Markup:
    """The search.  `docs/assets/search.js` fills it."""
    return render("pages/search.html.j2", c=context, examples=_examples(context.promise))


def _examples(promise: Promise) -> list[str]:
    """What a reader may type: a task's number, its unit, a place, a place and a month."""
    number = sorted(promise.tasks)[len(promise.tasks) // 2]
    site = max(promise.sites.values(), key=lambda site: (len(steps(site, promise)), -len(site.name)), default=None)
    return [f"第{number}项", promise.tasks[number].lead[0], *([site.name, *_with_month(site, promise)] if site else [])]


def _with_month(site: Site, promise: Promise) -> list[str]:
    """A place and the last month that surely promises something for it."""
    points = promise.plan.checkpoints
    found = ((step, spans(promise.tasks[step.task], points)[step.cell - 1]) for step in steps(site, promise))
    months = [month_words(points[span.last[0]].id).partition("年")[2] for _, span in found if span.certain]
    return [f"{site.name} {months[-1]}"] if months else []
