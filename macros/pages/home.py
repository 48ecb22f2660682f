"""The plan as a whole: home, all tasks, chapters, numbers, time axis, mechanisms, the official text."""

from __future__ import annotations

from markupsafe import Markup

from scripts.ledger.model.promise import Plan
from scripts.ledger.phrases.formats import value_words
from scripts.ledger.plan.place_lines import steps
from scripts.ledger.plan.schedule import ends, spans
from scripts.ledger.plan.source import item_anchor
from scripts.pages.record_pages import kept

from ..context import Context
from ..parts.badges import demo
from ..parts.board import board, board_key
from ..parts.county_today import change, coming, tally, worst_cards
from ..parts.indicator_tables import ROLES, NumberRow, due_table, number_rows
from ..parts.reported_numbers import actual_word, actuals
from ..parts.source_text import source_text
from ..parts.task_list import Choice, by_verdict, chapter_choice, choices, leads_choice, listed_tasks
from ..parts.timeline import cells
from ..render import render
from .mechanisms import mechanisms_kept

CHIPS = 6


def home(context: Context, key: str) -> Markup:
    """The home page: the promise alone, or how it stands once reporting has opened."""
    if context.day.opened:
        return _home_progress(context)
    promise = context.promise
    example = next((slug for slug, site in promise.sites.items() if steps(site, promise)), None)
    return render(
        "pages/home.html.j2",
        c=context,
        plan=promise.plan,
        issuer=_issuer(promise.plan),
        count=len(promise.tasks),
        points=context.points,
        chips=_chips(context),
        board=board(context, [chapter.id for chapter in promise.plan.chapters]),
        example=example,
        places=bool(promise.sites),
        doors=1 + bool(promise.sites) + bool(example),
        first=min(promise.tasks),
    )


def _home_progress(context: Context) -> Markup:
    """The home page with data: counts, the three worst with their reasons, what changed, the board, what is due next."""
    promise, day = context.promise, context.day
    colours, states = tally(context)
    changed = change(context)
    return render(
        "pages/home_progress.html.j2",
        c=context,
        demo=demo(context),
        plan=promise.plan,
        count=len(promise.tasks),
        past=len(day.published_checkpoints),
        colours=colours,
        states=states,
        grey=sum(each.number for each in states),
        grey_word=day.speech.say(day.rules.words.uncoloured.badge),
        changed=changed[2] if changed else None,
        latest=changed[1] if changed else None,
        points=_year(context),
        today_bar=any("today" in state for _, _, state in _year(context)),
        cards=worst_cards(context),
        board=board(context, [chapter.id for chapter in promise.plan.chapters]),
        key=board_key(context),
        coming=coming(context),
    )


def _issuer(plan: Plan) -> str:
    """Who issued the document, as people of the county call it: 县政府办公室 for 奉节县人民政府办公室; else as printed."""
    office = plan.document.issuer.removeprefix(plan.county)
    return plan.county[-1] + office.replace("人民政府", "政府") if office.startswith("人民政府") else plan.document.issuer


def _year(context: Context) -> list[tuple[str, str, str]]:
    """The rod of the year: (id, short words, CSS state) per checkpoint; a bar marks the day after the last one that has ended."""
    past = [ends(id) < context.as_of for id, _ in context.points]
    last = sum(past) - 1
    return [
        (id, words, ("past" if past[i] else "") + (" today" if i == last < len(past) - 1 else ""))
        for i, (id, words) in enumerate(context.points)
    ]


def _chips(context: Context) -> list[tuple[str, str]]:
    """A few places of different kinds to start from: (slug, name)."""
    first: dict[str, tuple[str, str]] = {}
    for slug, site in context.promise.sites.items():
        if len(site.name) <= 9:
            first.setdefault(site.kind, (slug, site.name))
    return list(first.values())[:CHIPS]


def tasks(context: Context, key: str) -> Markup:
    """All tasks: what they can be filtered by, the list by chapter, the list by colour once there are colours, what is due when."""
    promise, rows = context.promise, listed_tasks(context)
    chapters = [(chapter, [row for row in rows if row.task.chapter == chapter.id]) for chapter in promise.plan.chapters]
    return render(
        "pages/tasks.html.j2",
        c=context,
        count=len(promise.tasks),
        chapters=[pair for pair in chapters if pair[1]],
        choices=choices(context, rows),
        verdicts=by_verdict(context, rows),
        due=due_table(context),
        demo=demo(context),
    )


def chapter(context: Context, key: str) -> Markup:
    """One chapter: its board, and each task's pledge."""
    promise = context.promise
    found = [(n, task) for n, task in sorted(promise.tasks.items()) if task.chapter == key]
    head = next(each for each in promise.plan.chapters if each.id == key)
    return render(
        "pages/chapter.html.j2",
        c=context,
        heading=head.heading,
        ours=bool(head.ours),
        anchor="table" if head.ours else f"chapter-{key}",
        tasks=found,
        board=board(context, [key], halves=False),
    )


def indicators(context: Context, key: str) -> Markup:
    """Every number promised."""
    promise = context.promise
    rows = [
        (number, found.title, number_rows(number, found, promise)) for number, found in sorted(promise.tasks.items()) if found.indicators
    ]
    flat = [row for _, _, each in rows for row in each]
    unscheduled = [row for row in flat if row.role == "目标" and not row.entries]
    listed = {row.number: row for row in listed_tasks(context) if row.task.indicators}
    return render(
        "pages/indicators.html.j2",
        c=context,
        rows=rows,
        count=len(flat),
        targets=sum(row.role == "目标" for row in flat),
        unscheduled=unscheduled,
        inferred=any(row.due_inferred for row in flat),
        titles={n: t.title for n, t in promise.tasks.items()},
        choices=[
            leads_choice(context, listed.values()),
            chapter_choice(context, {promise.tasks[row.task].chapter for row in flat}),
            _roles(flat),
        ],
        listed=listed,
        roles={words: name for name, words in ROLES.items()},
        told=_told_numbers(context),
        actual=actual_word(context),
        demo=demo(context),
    )


def _roles(rows: list[NumberRow]) -> Choice:
    """What a number is for, by its English name in the data."""
    here = {row.role for row in rows}
    return Choice("role", "性质", tuple((name, words) for name, words in ROLES.items() if words in here))


def _told_numbers(context: Context) -> dict[tuple[int, str], list[tuple[str, str, str]]]:
    """By task and indicator, where reporting has opened: (checkpoint, the number told, what the plan was changed to or that it was dropped) at each checkpoint that has either."""
    found: dict[tuple[int, str], list[tuple[str, str, str]]] = {}
    for number in context.promise.tasks:
        for each in actuals(context, number):
            unit = each.indicator.unit
            found[number, each.indicator.id] = [
                (
                    point.short,
                    value_words(point.told, unit) if point.told is not None else "",
                    point.planned(unit) if point.printed else "",
                )
                for point in each.points
                if point.told is not None or point.printed
            ]
    return found


def time_axis(context: Context, key: str) -> Markup:
    """All cells on one axis: a list by checkpoint on phones, a picture of rods on wide screens."""
    promise, listed = context.promise, listed_tasks(context)
    rows = [
        (number, found, cells(number, found, promise), spans(found, promise.plan.checkpoints))
        for number, found in sorted(promise.tasks.items())
    ]
    return render(
        "pages/timeline.html.j2",
        c=context,
        rows=rows,
        points=context.points,
        total=len(promise.plan.checkpoints),
        headings=[(chapter, [row for row in rows if row[1].chapter == chapter.id]) for chapter in promise.plan.chapters],
        choices=choices(context, listed),
        listed={row.number: row for row in listed},
    )


def mechanisms(context: Context, key: str) -> Markup:
    """Items that promise machinery, verbatim, with the duties read from them; with records, how far each was kept."""
    if kept(context.day):
        return mechanisms_kept(context)
    return render(
        "pages/mechanisms.html.j2", c=context, mechanisms=context.promise.plan.mechanisms, notes=context.promise.plan.notes, item=item_anchor
    )


def source(context: Context, key: str) -> Markup:
    """The official text."""
    return source_text(context)
