"""The ledger as records: its tasks, items of machinery, places, units and pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from scripts.ledger.model.promise import NOTHING, Ledger, Milestone, Note, Promise, Site, Task
from scripts.ledger.phrases.formats import month_short, span_words
from scripts.ledger.plan import units
from scripts.ledger.plan.place_lines import forms, steps
from scripts.ledger.plan.schedule import Span, page_anchor, spans
from scripts.ledger.plan.source import compose
from scripts.pages import paths
from scripts.pages import registry as pages

from .shapes import Paragraph, Record

PAGE_KINDS = {"chapter": "章", "checkpoint": "节点"}
"""What the results call a page, by its kind in `pages`; every other is a 页面."""

NOT_PAGES = ("home", "moved", "search", "task", "place", "sheet", "unit", "mechanism")
"""Pages that are no results as such: tasks, places, units and items of machinery are records of their own."""


def records(ledger: Ledger, specs: Iterable[pages.PageSpec], others: Iterable[tuple[str, str, str]] = ()) -> list[Record]:
    """Everything that can be found, newest plan first: the ledger's tasks, items of machinery, places and units, the pages
    that `pages` decided on, and `others`, written by hand: (path, title, description)."""
    specs = list(specs)
    found: list[Record] = []
    for plan, promise in sorted(ledger.promises.items(), reverse=True):
        mine = [spec for spec in specs if spec.plan == plan]
        own = [*_things(ledger, promise, mine), *(_page(spec, promise) for spec in mine if spec.kind not in NOT_PAGES)]
        found += [replace(each, year=promise.plan.year) for each in own] if len(ledger.promises) > 1 else own
    return found + [Record("页面", title, path, paragraphs=(Paragraph("note", "", "", words),)) for path, title, words in others]


def _things(ledger: Ledger, promise: Promise, specs: list[pages.PageSpec]) -> Iterator[Record]:
    """One plan's tasks, items of machinery, places and units."""
    sites = _sites(promise)
    for number, task in sorted(promise.tasks.items()):
        yield _task(number, task, promise, sites.get(number, []))
    yield from _mechanisms(promise, {spec.key: spec.path for spec in specs if spec.kind == "mechanism"})
    yield from (_place(slug, site, promise) for slug, site in promise.sites.items())
    yield from (_unit(name, ledger, promise) for name in units.plan_units(promise))


def _sites(promise: Promise) -> dict[int, list[tuple[str, Site]]]:
    """The places of each task, with their slugs."""
    found: dict[int, list[tuple[str, Site]]] = {}
    for slug, site in promise.sites.items():
        for number in site.tasks:
            found.setdefault(number, []).append((slug, site))
    return found


def _task(number: int, task: Task, promise: Promise, sites: list[tuple[str, Site]]) -> Record:
    paragraphs = (*_official(task, promise), *_ours(number, task, promise, sites))
    return Record("任务", task.title, paths.task_path(promise.id, number), number, paragraphs=paragraphs)


def _official(task: Task, promise: Promise) -> Iterator[Paragraph]:
    yield Paragraph("pledge", "正文", "pledge", task.pledge)
    if task.table_pledge:
        yield Paragraph("pledge", "分解表里的写法", "pledge", task.table_pledge)
    found = spans(task, promise.plan.checkpoints)
    for index, (cell, span) in enumerate(zip(task.milestones, found, strict=True)):
        if cell.text not in NOTHING:
            yield _cell(index, cell, span, found, promise)
    yield Paragraph("lead", "牵头", "", "、".join(task.lead))
    if task.cooperating.words and task.cooperating.printed not in NOTHING:
        yield Paragraph("help", "配合", "", task.cooperating.words.replace("\n", ""))


def _cell(index: int, cell: Milestone, span: Span, row: list[Span], promise: Promise) -> Paragraph:
    words = span_words(span, promise.plan)
    label = words if span.certain else f"第{index + 1}格（{words}）"
    return Paragraph(
        "cell",
        label,
        page_anchor(row, index, promise.plan.checkpoints),
        cell.text,
        index + 1,
        tuple(_pieces(cell.text, [d.text for d in cell.deliverables])),
    )


def _pieces(text: str, deliverables: list[str]) -> Iterator[tuple[int, int]]:
    """Where each deliverable stands in its cell, counted as a browser counts (UTF-16)."""
    at = 0
    for piece in deliverables:
        start = text.index(piece, at)
        at = start + len(piece)
        yield _units(text[:start]), _units(text[:at])


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _ours(number: int, task: Task, promise: Promise, sites: list[tuple[str, Site]]) -> Iterator[Paragraph]:
    """What this site adds to a task: its places, the names of its numbers as far as the document has other words, its notes."""
    for slug, site in sites:
        named = any(step.task == number for step in steps(site, promise))
        yield Paragraph("place", "各处进度" if named else "地点", f"line-{slug}-{number}" if named else "pledge", "、".join(forms(site)))
    official = " ".join((task.pledge, task.table_pledge or "", *(cell.text for cell in task.milestones)))
    names = [indicator.name for indicator in task.indicators if indicator.name not in official]
    if names:
        yield Paragraph("note", "数字", "nums", "、".join(names))
    yield from _notes(task.notes, "notes")


def _notes(notes: Iterable[Note], anchor: str) -> Iterator[Paragraph]:
    for note in notes:
        yield Paragraph("note", "原文疑点", anchor, note.text)


def _mechanisms(promise: Promise, own: dict[str, str]) -> Iterator[Record]:
    """The items of machinery: on their own pages (`own`, by number) where they have some, else on the page of all."""
    for item in promise.plan.mechanisms:
        anchor = "" if str(item.number) in own else f"item-{item.number}"
        path = own.get(str(item.number), f"{paths.mechanisms_path(promise.id)}#{anchor}")
        yield Record("机制", item.title, path, item.number, paragraphs=(Paragraph("pledge", "原文", anchor, item.text),))


def _place(slug: str, site: Site, promise: Promise) -> Record:
    told = "，".join((site.kind, *(site.township or ())))
    tasks = "；".join(f"第{number}项{promise.tasks[number].title}" for number in site.tasks)
    paragraphs = [Paragraph("about", "", "", f"{told}。{tasks}"), Paragraph("place", "", "", told)]
    if site.note:
        paragraphs.append(Paragraph("note", "本站的注", "", site.note))
    return Record("地点", site.name, paths.place_path(promise.id, slug), names=site.names, paragraphs=tuple(paragraphs))


def _unit(name: str, ledger: Ledger, promise: Promise) -> Record:
    unit = ledger.units[name]
    lead = [number for number, task in sorted(promise.tasks.items()) if name in task.lead]
    helps = [number for number, task in sorted(promise.tasks.items()) if name in task.cooperating.units]
    about = "".join(f"{verb}第{'、'.join(map(str, numbers))}项。" for verb, numbers in (("牵头", lead), ("配合", helps)) if numbers)
    told = (unit.full_name or "") + "　" * bool(unit.full_name) + about
    names = tuple(filter(None, (unit.full_name, *unit.aliases)))
    return Record("单位", name, paths.unit_path(promise.id, unit.slug), names=names, paragraphs=(Paragraph("about", "", "", told),))


def _page(spec: pages.PageSpec, promise: Promise) -> Record:
    plan = promise.plan
    names: tuple[str, ...] = ()
    paragraphs = [Paragraph("note", "", "", spec.description)]
    if spec.kind == "checkpoint":
        printed = {point.id: point.printed for point in plan.checkpoints}[spec.key]
        names = tuple(dict.fromkeys((printed, month_short(spec.key, plan.year))))
    elif spec.kind == "source":
        bare = promise.model_copy(update={"tasks": {}})
        names = (plan.document.number, plan.document.plan, plan.document.title)
        paragraphs += [Paragraph("note", "", line.anchor, line.text) for line in compose(bare) if line.part in ("front", "back")]
    elif spec.kind == "mechanisms":
        paragraphs += _notes(plan.notes, "h-notes")
    return Record(PAGE_KINDS.get(spec.kind, "页面"), spec.title, spec.path, names=names, paragraphs=tuple(paragraphs))
