"""The section 引用与下载 of a task, a place, a checkpoint: how to cite the page or one milestone of it, what to take along, how to pass it on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from scripts.ledger.series.briefs import has_brief
from scripts.pages import citation as cite
from scripts.pages import paths
from scripts.pages.head import CARD_SIZE

from ..context import Context
from ..render import render
from .badges import demo
from .downloads import Subject, downloads
from .embedded import embed_text
from .qr import qr
from .share_card import card, card_file
from .subscriptions import subscriptions
from .timeline import Cell

NAMES: dict[Subject, str] = {"task": "这一项", "place": "这一处", "checkpoint": "这个节点"}


@dataclass(frozen=True)
class CitedCell:
    """A milestone that can be cited by itself: `cell` is the id of its place on the page, `whole` its citation for readers without script,
    `pieces` the things in it, each with its official words."""

    cell: str
    part: cite.Part
    whole: str
    pieces: tuple[tuple[str, cite.Part], ...]


def cite_section(context: Context, subject: Subject, key: str, parts: Sequence[Cell] = ()) -> Markup:
    """The whole section.  `parts`: the milestones of a task, which can be cited each by itself."""
    found = work(context, subject, key)
    cells = [_cited_cell(cell, found) for cell in parts]
    return render(
        "parts/citation.html.j2",
        c=context,
        subject=subject,
        name=NAMES[subject],
        cells=cells,
        ends=(cite.title_end, cite.tex),
        number=int(key) if subject == "task" else None,
        gbt=cite.gbt7714(found),
        bibtex=cite.bibtex(found),
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


def _cited_cell(cell: Cell, task: cite.Work) -> CitedCell:
    """A milestone by the link that names its checkpoint; by its number where the printed row does not say which checkpoint, or has several."""
    own = cell.anchors[0] if cell.certain and len(cell.anchors) == 1 else f"cell-{cell.number}"
    part = cite.Part(own, cell.heading)
    pieces = tuple((words, cite.Part(id, f"{cell.heading}“{words}”")) for words, id in cell.runs if id)
    return CitedCell(f"cell-{cell.number}", part, cite.plain(cite.gbt7714(replace(task, part=part))), pieces)


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
    promise, page = context.promise, paths.data_path()
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
