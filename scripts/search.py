"""What a reader can find: the ledger as records for the search in the browser, and the files that carry them.  Pure.

A record is a page (or a paragraph with a page's standing, like an item of machinery): title, kind, path, other names, and
paragraphs, each with its field, its label, the anchor that shows it, its text.  `docs/assets/search.js` ranks them; what
weighs how is said once, in WEIGHTS, and travels in the index.  Decision 0006 has the figures behind WHOLE and SHARD.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import add

from . import pages
from .ledger.lines import forms, steps
from .ledger.model import NOTHING, Ledger, Milestone, Note, Promise, Site, Task
from .ledger.schedule import Span, spans
from .ledger.source import compose
from .ledger.words import month_short, span_words

WEIGHTS = {"number": 900, "title": 100, "lead": 60, "place": 55, "help": 45, "pledge": 40, "cell": 30, "note": 10}
"""What a hit weighs, by the field that it stands in, heaviest first.  `about` (not here) is shown, never searched."""

SAME = 500
"""What a hit weighs that is a whole title or name."""

KINDS = ("任务", "机制", "地点", "单位", "章", "节点", "页面")
"""The kinds of results; among hits of equal weight the earlier kind stands first."""

WHOLE = 250_000
"""Up to so many characters the index is one file; beyond, shards by bigram."""

SHARD, PER_FILE = 2_000, 2
"""In shards: entries to a file of bigrams (on average), records to a file of texts."""

FOLDER = "assets/search/"
"""Where the files stand in the site."""

PAGE_KINDS = {"chapter": "章", "checkpoint": "节点"}
"""What the results call a page, by its kind in `pages`; every other is a 页面."""

NOT_PAGES = ("home", "moved", "search", "task", "place", "sheet", "unit", "mechanism")
"""Pages that are no results as such: tasks, places, units and items of machinery are records of their own."""


@dataclass(frozen=True)
class Paragraph:
    """A piece of text with a field (a key of WEIGHTS, or `about`), a label, and the anchor on its page where it is read.

    `cell` and `pieces` (start and end of each deliverable) lead to deliverables: a hit within the second piece of cell 4
    links to `4-2`.
    """

    field: str
    label: str
    anchor: str
    text: str
    cell: int = 0
    pieces: tuple[tuple[int, int], ...] = ()

    def packed(self) -> list[object]:
        """As it stands in the index: field, label, anchor, text, then cell, start, end, start, end …"""
        flat = [self.cell, *(at for piece in self.pieces for at in piece)] if self.pieces else []
        return [self.field, self.label, self.anchor, self.text, *([flat] if flat else [])]


@dataclass(frozen=True)
class Record:
    """One page that can be found: `number` is a task's or item's (0: none), `names` are other names of the same thing, `year` its
    plan's, told only where the site has several plans (else 0).  The first paragraph is shown where the title alone has a hit."""

    kind: str
    title: str
    path: str
    number: int = 0
    names: tuple[str, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    year: int = 0

    def packed(self) -> dict[str, object]:
        """As it stands in the index: k kind, n number, t title, p path, a names, y year, x paragraphs."""
        whole = {"k": self.kind, "n": self.number, "t": self.title, "p": self.path, "a": self.names, "y": self.year}
        return {key: value for key, value in whole.items() if value} | {"x": [each.packed() for each in self.paragraphs]}


# ---------------------------------------------------------------- the ledger as records


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
    yield from (_unit(name, ledger, promise) for name in pages.plan_units(promise))


def _sites(promise: Promise) -> dict[int, list[tuple[str, Site]]]:
    """The places of each task, with their slugs."""
    found: dict[int, list[tuple[str, Site]]] = {}
    for slug, site in promise.sites.items():
        for number in site.tasks:
            found.setdefault(number, []).append((slug, site))
    return found


def _task(number: int, task: Task, promise: Promise, sites: list[tuple[str, Site]]) -> Record:
    paragraphs = (*_official(task, promise), *_ours(number, task, promise, sites))
    return Record("任务", task.title, pages.task_path(promise.id, number), number, paragraphs=paragraphs)


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
        cell_anchor(index, row, promise),
        cell.text,
        index + 1,
        tuple(_pieces(cell.text, [d.text for d in cell.deliverables])),
    )


def cell_anchor(index: int, row: list[Span], promise: Promise) -> str:
    """Where a task's page shows a cell: its first checkpoint, where that is sure and leads to this cell; else `cell-2`."""
    first = row[index].first[0]
    home = next(i for i, span in enumerate(row) if span.first[0] <= first <= span.last[1])
    return promise.plan.checkpoints[first].id if row[index].certain and home == index else f"cell-{index + 1}"


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
        yield Paragraph("place", "一处一线" if named else "地点", f"line-{slug}-{number}" if named else "pledge", "、".join(forms(site)))
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
        path = own.get(str(item.number), f"{pages.mechanisms_path(promise.id)}#{anchor}")
        yield Record("机制", item.title, path, item.number, paragraphs=(Paragraph("pledge", "原文", anchor, item.text),))


def _place(slug: str, site: Site, promise: Promise) -> Record:
    told = "，".join((site.kind, *(site.township or ())))
    tasks = "；".join(f"第{number}项{promise.tasks[number].title}" for number in site.tasks)
    paragraphs = [Paragraph("about", "", "", f"{told}。{tasks}"), Paragraph("place", "", "", told)]
    if site.note:
        paragraphs.append(Paragraph("note", "本站的注", "", site.note))
    return Record("地点", site.name, pages.place_path(promise.id, slug), names=site.names, paragraphs=tuple(paragraphs))


def _unit(name: str, ledger: Ledger, promise: Promise) -> Record:
    unit = ledger.units[name]
    lead = [number for number, task in sorted(promise.tasks.items()) if name in task.lead]
    helps = [number for number, task in sorted(promise.tasks.items()) if name in task.cooperating.units]
    about = "".join(f"{verb}第{'、'.join(map(str, numbers))}项。" for verb, numbers in (("牵头", lead), ("配合", helps)) if numbers)
    told = (unit.full_name or "") + "　" * bool(unit.full_name) + about
    names = tuple(filter(None, (unit.full_name, *unit.aliases)))
    return Record("单位", name, pages.unit_path(promise.id, unit.slug), names=names, paragraphs=(Paragraph("about", "", "", told),))


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


# ---------------------------------------------------------------- the records as files


def files(found: list[Record], whole: int = WHOLE) -> dict[str, str]:
    """The index as files, by path in the site: one up to `whole` characters, else one that leads to shards.

    The first file carries the weights, the kinds and the names of all units in either case.
    """
    units = [(each.title, *each.names) for each in found if each.kind == "单位"]
    head: dict[str, object] = {"weights": WEIGHTS, "same": SAME, "kinds": KINDS, "units": list(dict.fromkeys(units))}
    packed = [_json(each.packed()) for each in found]
    if sum(map(len, packed)) <= whole:
        return {f"{FOLDER}index.json": f'{_json(head)[:-1]},"records":[{",".join(packed)}]}}'}
    lists = _postings(found)
    count = max(1, sum(map(len, lists.values())) // SHARD)
    texts = {f"{FOLDER}t{i // PER_FILE}.json": f"[{','.join(packed[i : i + PER_FILE])}]" for i in range(0, len(packed), PER_FILE)}
    return {f"{FOLDER}index.json": _json(head | {"shards": count, "per": PER_FILE})} | texts | _shards(lists, count)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _shards(lists: dict[str, list[int]], count: int) -> dict[str, str]:
    shards: list[dict[str, list[int]]] = [{} for _ in range(count)]
    for key, entries in lists.items():
        shards[shard(key, count)][key] = _steps(entries)
    return {f"{FOLDER}b{i}.json": _json(dict(sorted(keys.items()))) for i, keys in enumerate(shards)}


def shard(key: str, count: int) -> int:
    """In which of `count` files a key stands; the script in the browser reckons the same."""
    found = 0
    for letter in key:
        found = (found * 31 + ord(letter)) % 65_521
    return found % count


def _postings(found: list[Record]) -> dict[str, list[int]]:
    """For every number (`#24`), title or name (`=县教委`), bigram, and single character of a title the records that have it:
    position × 8 + the place in WEIGHTS of the heaviest field that it stands in."""
    lists: defaultdict[str, list[int]] = defaultdict(list)
    for position, record in enumerate(found):
        for field, keys in _keys(record):
            for key in keys:
                lists[key].append(position * 8 + field)
    return lists


def _steps(entries: list[int]) -> list[int]:
    """From one record to the next, × 8, + the field."""
    return [entry - (before & ~7) for before, entry in pairwise([0, *entries])]


def _keys(record: Record) -> Iterator[tuple[int, set[str]]]:
    """A record's keys, each once, by the place in WEIGHTS of the heaviest field that it stands in."""
    texts: dict[str, list[str]] = {field: [] for field in WEIGHTS} | {"title": [record.title, *record.names], "about": []}
    for each in record.paragraphs:
        texts[each.field].append(each.text)
        texts["note"].append(each.label)
    seen = {f"={fold(name)}" for name in texts["title"]} | ({f"#{record.number}"} if record.number else set())
    yield 0, set(seen)
    for place, field in enumerate(WEIGHTS):
        folded = [fold(text) for text in texts[field]]
        keys = set[str]().union(*(map(add, text, text[1:]) for text in folded), *(folded if field == "title" else ())) - seen
        seen |= keys
        yield place, keys


NOT_SEARCHED = re.compile(r"[^\w.%+]+")
NOT_BETWEEN_DIGITS = re.compile(r"(?<![0-9]) | (?![0-9])")


def fold(text: str) -> str:
    """Text as it is compared: NFKC, lower case, without spaces and punctuation; a space stays where two numbers would join.

    >>> fold("“奉公办•更快捷” ＨＰＶ，3-5项")
    '奉公办更快捷hpv3 5项'
    """
    plain = unicodedata.normalize("NFKC", text).lower()
    return NOT_BETWEEN_DIGITS.sub("", NOT_SEARCHED.sub(" ", plain))
