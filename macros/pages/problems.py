"""What the machinery put on record: problems, meetings, inspections, model cases."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from scripts.ledger.model.proceedings import Review, TaskFinding
from scripts.ledger.model.rules import Colour
from scripts.ledger.phrases.formats import day_words
from scripts.ledger.phrases.phrasebook import number

from ..context import Context
from ..parts.badges import badge, colour_badge, demo
from ..parts.mechanisms import duty_rows
from ..parts.meetings import Name, session_rows, unit_name
from ..parts.problems import GROUPS, problem_choices, problem_rows
from ..render import render
from .mechanisms import quotes


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


def problems(context: Context, key: str) -> Markup:
    """The ledger of problems: overdue first; each with its steps."""
    rows, county = problem_rows(context), context.day.figures.county
    return render(
        "pages/problems.html.j2",
        c=context,
        demo=demo(context),
        rows=rows,
        choices=problem_choices(rows),
        groups=[(words, [row for row in rows if row.group == group]) for group, words in GROUPS],
        solved=county.solved,
        open_days=number(county.open_days) if county.open_days is not None else "",
        as_of=f"截至{day_words(context.as_of)}",
        bands=context.day.opened,
    )


def meetings(context: Context, key: str) -> Markup:
    """The meetings against the promise of meeting: period by period, then each meeting with what was decided and what came of it."""
    duties = [duty for each in context.promise.plan.mechanisms for duty in each.duties if duty.every in ("month", "quarter")]
    rows = session_rows(context)
    items = [item for row in rows for item in row.items]
    return render(
        "pages/meetings.html.j2",
        c=context,
        demo=demo(context),
        duties=duty_rows(context, tuple(duties)),
        rows=rows,
        items=len(items),
        done=sum(item.state == "done" for item in items),
    )


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


def cases(context: Context, key: str) -> Markup:
    """Model cases that were published, the newest first."""
    day = context.day
    found = [(id, case) for id, case in sorted(day.records.cases.items()) if case.published <= day.known and case.day <= day.as_of]
    return render(
        "pages/cases.html.j2",
        c=context,
        demo=demo(context),
        cases=[
            (
                id,
                case,
                day_words(case.published),
                [(n, context.promise.tasks[n].title) for n in case.tasks],
                [unit_name(context, name) for name in case.units],
            )
            for id, case in sorted(found, key=lambda pair: (pair[1].published, pair[0]), reverse=True)
        ],
        quotes=quotes(context, "cases"),
    )
