"""What inspections found."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from scripts.ledger.model.proceedings import Review, TaskFinding
from scripts.ledger.model.rules import Colour
from scripts.ledger.phrases.formats import day_words

from ..context import Context
from ..parts.badges import badge, colour_badge, demo
from ..parts.mechanisms import duty_rows
from ..parts.meetings import Name, unit_name
from ..render import render


@dataclass(frozen=True)
class FindingRow:
    """What an inspection says of a task: its own colour and words, beside ours as first published for the checkpoint."""

    task: int
    title: str
    theirs: Markup
    ours: Markup
    differs: bool
    note: str
    on_site: str


@dataclass(frozen=True)
class UnitFindingRow:
    """What an inspection says of a unit."""

    name: Name
    theirs: Markup
    praise: str
    criticism: str


@dataclass(frozen=True)
class ReviewRow:
    """One inspection: its checkpoint, document, days, what it says of tasks and units."""

    checkpoint: str
    document: str
    inspected: str
    published: str
    tasks: tuple[FindingRow, ...]
    units: tuple[UnitFindingRow, ...]


def reviews(context: Context, key: str) -> Markup:
    """What the inspections published, the newest first, beside what this site had published."""
    day = context.day
    found = [(point, each) for point, each in sorted(day.records.reviews.items(), reverse=True) if each.published <= day.known]
    duties = [duty for each in context.promise.plan.mechanisms for duty in each.duties if duty.id.partition("-")[0] == "inspection"]
    return render(
        "pages/reviews.html.j2",
        c=context,
        demo=demo(context),
        rows=[_review(context, point, each) for point, each in found if each.day <= day.as_of],
        duties=duty_rows(context, tuple(duties)),
    )


def _review(context: Context, checkpoint: str, review: Review) -> ReviewRow:
    points = [point.id for point in context.promise.plan.checkpoints]
    return ReviewRow(
        checkpoint,
        review.document,
        day_words(review.inspected_on) if review.inspected_on else "",
        day_words(review.published),
        tuple(_finding(context, points.index(checkpoint), each) for each in review.tasks),
        tuple(
            UnitFindingRow(unit_name(context, each.unit), _theirs(context, each.colour), each.praise or "", each.criticism or "")
            for each in review.units
        ),
    )


def _finding(context: Context, position: int, finding: TaskFinding) -> FindingRow:
    ours = context.day.first(position)[finding.task] if position in context.day.published_checkpoints else None
    return FindingRow(
        finding.task,
        context.promise.tasks[finding.task].title,
        _theirs(context, finding.colour),
        badge(ours, context) if ours else Markup(""),
        bool(ours and ours.colour and finding.colour and ours.colour != finding.colour),
        finding.note or "",
        finding.on_site or "",
    )


def _theirs(context: Context, colour: Colour | None) -> Markup:
    """The inspection's own colour, or nothing where it gave none."""
    return colour_badge(colour, context) if colour else Markup("")
