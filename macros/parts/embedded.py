"""Cards for other people's pages: one small page per task and place, to be shown in a frame.

Each stands alone: its own few lines of style, no script, links that open in the whole window, not to be indexed.  It is no page of
the site proper (no navigation, not searched, not in the sitemap); its canonical address is the task's or the place's.
"""

from __future__ import annotations

from markupsafe import Markup

from scripts.exports.cards.card import Card
from scripts.pages.paths import place_path, task_path

from ..context import Context
from ..render import render
from .share_card import place_card, task_card

WIDTH, HEIGHT = 320, 300
"""The frame that the copyable text asks for, in CSS pixels."""


def embed_path(plan: str, kind: str, key: str) -> str:
    """Where a card for other pages stands.

    >>> embed_path("2023", "task", "24"), embed_path("2023", "place", "x")
    ('embed/2023/tasks/24/', 'embed/2023/places/x/')
    """
    return f"embed/{task_path(plan, int(key)) if kind == 'task' else place_path(plan, key)}"


def embed_files(context: Context) -> dict[str, str]:
    """All such pages of a plan, by file."""
    promise = context.promise
    tasks = {("task", str(number)): task_card(context, number) for number in sorted(promise.tasks)}
    every = tasks | {("place", slug): place_card(context, slug) for slug in promise.sites}
    return {f"{embed_path(promise.id, kind, key)}index.html": str(_page(context, kind, key, card)) for (kind, key), card in every.items()}


def _page(context: Context, kind: str, key: str, card: Card) -> Markup:
    promise = context.promise
    target = task_path(promise.id, int(key)) if kind == "task" else place_path(promise.id, key)
    here = Context(context.ledger, context.day, embed_path(promise.id, kind, key), context.data_day)
    return render("parts/embed.html.j2", c=here, card=card, target=target, document=promise.plan.document)


def embed_text(context: Context, kind: str, key: str, title: str) -> str | None:
    """The text to copy into another page; None as long as the site's address is not known."""
    address = context.absolute(embed_path(context.promise.id, kind, key))
    if address is None:
        return None
    return str(render("parts/embed_text.html.j2", address=address, title=title, width=WIDTH, height=HEIGHT)).strip()
