"""The section 引用与下载 of a task, a place, a checkpoint: how to cite the page, what to take along, how to pass it on."""

from __future__ import annotations

from markupsafe import Markup

from scripts import cite, pages
from scripts.briefs import has_brief
from scripts.page_head import CARD_SIZE

from .badges import demo
from .context import Context
from .downloads import Subject, downloads
from .embed import embed_text
from .qr import qr
from .render import render
from .share_card import card, card_file
from .subscribe import subscriptions

NAMES: dict[Subject, str] = {"task": "这一项", "place": "这一处", "checkpoint": "这个节点"}


def cite_section(context: Context, subject: Subject, key: str, anchor: str = "") -> Markup:
    """The whole section.  `anchor` is one anchor of the page, as an example of a lasting address; empty where the page has none."""
    found = work(context, subject, key)
    return render(
        "cite.html.j2",
        c=context,
        subject=subject,
        name=NAMES[subject],
        anchor=anchor,
        number=int(key) if subject == "task" else None,
        gbt=cite.gbt7714(found),
        bibtex=cite.bibtex(found),
        blank=cite.BLANK,
        address=found.address,
        code=qr(context, context.here),
        files=downloads(context, subject, key),
        subscriptions=subscriptions(context, subject, key),
        document=context.promise.plan.document,
        demo=demo(context),
        picture=_picture(context, subject, key),
        size=CARD_SIZE,
        embed=None if subject == "checkpoint" else embed_text(context, subject, key, found.title),
    )


def _picture(context: Context, subject: Subject, key: str) -> tuple[str, str] | None:
    """The page's share card: where it stands and what it shows, in words; checkpoints have none."""
    if subject == "checkpoint":
        return None
    file = card_file(context.promise.id, subject, key)
    return context.to(file), card(context, file).seen


def work(context: Context, subject: Subject, key: str) -> cite.Work:
    """A page as something that can be cited; a fictional county's title says so."""
    promise, fictional = context.promise, bool(context.ledger.settings.fictional)
    title = "（虚构演示）" * fictional + _title(context, subject, key)
    return cite.Work(
        cite.author(context.ledger), title, context.public, context.absolute(context.here), cite.key_of(context.here or promise.id)
    )


def data_work(context: Context, version: str) -> cite.Work:
    """The newest plan's data set as something that can be cited, by its version."""
    promise, page = context.promise, pages.data_path()
    title = "（虚构演示）" * bool(context.ledger.settings.fictional) + cite.data_title(promise, version)
    key = cite.key_of(f"{page}{promise.id}/")
    return cite.Work(cite.author(context.ledger), title, context.public, context.absolute(page), key, "data")


def _title(context: Context, subject: Subject, key: str) -> str:
    promise = context.promise
    if subject == "task":
        return cite.task_title(promise, int(key))
    if subject == "place":
        return cite.place_title(promise, key)
    position = [point.id for point in promise.plan.checkpoints].index(key)
    return cite.checkpoint_title(promise, key, has_brief(context.day, position))
