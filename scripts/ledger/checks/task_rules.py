"""Rules of one task: its units, its cells, its deliverables, its notes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from ..model.plan_files import task_file
from ..model.problems import Place, Problem
from ..model.promise import NOTHING, Ledger, Milestone, Promise, Task
from ..phrases.formats import quoted
from ..phrases.problems import nearest_of, shown
from ..plan.schedule import ROLLING_WORDS, checkpoint_of, date_word, days_by, days_within, head_date, reckonings, spans
from ..plan.source import place_of

SEPARATORS = "。；，、,."
JOINERS = "、，；：:;,/／和及与（）() \u3000\n"


def at(promise: Promise, number: int, *path: str | int) -> Place:
    """A spot in a task's file."""
    return Place(task_file(promise.id, number), path)


def known_units(ledger: Ledger, promise: Promise, number: int, task: Task) -> Iterator[Problem]:
    """牵头单位和配合单位必须是单位名录（units.yml）里的简称，同一栏里不重复。"""
    for path, names in ((("lead",), task.lead), (("cooperating", "units"), task.cooperating.units)):
        first = {name: index for index, name in reversed(list(enumerate(names)))}
        for index, name in enumerate(names):
            if name not in ledger.units:
                yield Problem(
                    at(promise, number, *path, index),
                    "必须是单位名录（units.yml）里的简称",
                    name,
                    nearest_of(name, ledger.units),
                    next(iter(ledger.units), None),
                )
            elif first[name] < index:
                yield Problem(at(promise, number, *path, index), "同一栏里写了两次", name)


def cooperating_cell(ledger: Ledger, promise: Promise, number: int, task: Task) -> Iterator[Problem]:
    """配合单位栏：单位、统称和顿号逗号依次拼起来，就是该格原文；分解表没有这一栏的，printed 不写，单位在牵头单位栏里。"""
    cell = task.cooperating
    if "cooperating" not in promise.plan.frame.order:
        if cell.printed is not None:
            yield Problem(
                at(promise, number, "cooperating", "printed"), "分解表没有配合单位一栏（plan.yml 的 order），不能写", cell.printed
            )
        return
    if cell.printed is None:
        yield Problem(
            at(promise, number),
            "缺少必填的 cooperating 的 printed（配合单位栏原文）",
            example="cooperating: {printed: 县财政局, units: [县财政局]}",
        )
    elif cell.printed in NOTHING:
        if cell.units or cell.collectives:
            yield Problem(at(promise, number, "cooperating"), f"原文是“{cell.printed}”，不能有单位")
    else:
        names = _named(at(promise, number, "cooperating"), units=cell.units, collectives=cell.collectives)
        yield from _names_in(ledger, at(promise, number, "cooperating", "printed"), cell.printed, names, "units 或 collectives")


def lead_cell(ledger: Ledger, promise: Promise, number: int, task: Task) -> Iterator[Problem]:
    """牵头单位栏：写了 lead_printed 的，栏里的单位（没有配合单位一栏时，也算上配合单位）、标点和“牵头”“配合”这类字拼起来，就是原文。"""
    if task.lead_printed is None:
        return
    names, helpers = _named(at(promise, number), lead=task.lead), task.cooperating
    if "cooperating" not in promise.plan.frame.order:
        names |= _named(at(promise, number, "cooperating"), units=helpers.units, collectives=helpers.collectives)
    yield from _names_in(ledger, at(promise, number, "lead_printed"), task.lead_printed, names, "lead 或 cooperating")


ROLE_WORDS = re.compile("(牵头|配合|责任|协助|主办|协办|参与|实施)(单位|部门)?")
"""What a cell of units writes beside the names."""


def _named(place: Place, **fields: Sequence[str]) -> dict[Place, str]:
    """Each name with the spot where it stands."""
    return {place / field / index: name for field, names in fields.items() for index, name in enumerate(names)}


def _names_in(ledger: Ledger, place: Place, printed: str, names: Mapping[Place, str], fields: str) -> Iterator[Problem]:
    """The cell of units at `place` is its names, each as the registry or the document has it, and what joins them."""
    forms = {name: (name, *ledger.units[name].aliases) if name in ledger.units else (name,) for name in names.values()}
    others = [name for name in re.split("[、，；：]", printed) if not any(name in each for each in forms.values())]
    for spot, name in names.items():
        if not any(form in printed for form in forms[name]):
            yield Problem(spot, "这个名称不在该格原文里", name, nearest_of(name, others))
    rest = printed
    for form in sorted({form for each in forms.values() for form in each}, key=len, reverse=True):
        rest = rest.replace(form, "", 1)
    left = ROLE_WORDS.sub("", rest).strip(JOINERS)
    if left.translate({ord(c): None for c in JOINERS}):
        yield Problem(place, f"原文里还有名称没有列入 {fields}", left)


def other_columns(ledger: Ledger, promise: Promise, number: int, task: Task) -> Iterator[Problem]:
    """分解表另外的栏（order 里的 other）有几栏，others 就有几条。"""
    columns = promise.plan.frame.order.count("other")
    if len(task.others) != columns:
        spot = at(promise, number, "others") if task.others else at(promise, number)
        yield Problem(
            spot, f"others（其他栏）必须正好{columns}条", f"{len(task.others)}条", example="others: [全年完成]" if columns else None
        )


def chapter_known(ledger: Ledger, promise: Promise, number: int, task: Task) -> Iterator[Problem]:
    """章编号必须在 plan.yml 里。"""
    chapters = [chapter.id for chapter in promise.plan.chapters]
    if task.chapter not in chapters:
        yield Problem(
            at(promise, number, "chapter"), "必须是 plan.yml 里的章编号", task.chapter, nearest_of(task.chapter, chapters), chapters[0]
        )


def row_covered(ledger: Ledger, promise: Promise, number: int, task: Task) -> Iterator[Problem]:
    """各格依次覆盖全部节点，不漏、不重、不颠倒；宽度不明的行（span: inferred）一格也不写 covers，格数少于节点数。"""
    points = [point.id for point in promise.plan.checkpoints]
    if task.span:
        for index, cell in enumerate(task.milestones):
            if cell.covers:
                yield Problem(at(promise, number, "milestones", index, "covers"), "这一行宽度不明（span: inferred），不能写 covers")
        if not 1 < len(task.milestones) < len(points):
            yield Problem(at(promise, number, "span"), f"只有2到{len(points) - 1}格的行才会宽度不明", f"{len(task.milestones)}格")
        else:
            yield from _room(promise, number, task)
        return
    missing = [index for index, cell in enumerate(task.milestones) if not cell.covers]
    for index in missing:
        yield Problem(
            at(promise, number, "milestones", index),
            "缺少 covers：这一格跨哪些节点",
            example=f"covers: [{points[min(index, len(points) - 1)]}]",
        )
    covered = [(point, index, i) for index, cell in enumerate(task.milestones) for i, point in enumerate(cell.covers or ())]
    unknown = [spot for spot in covered if spot[0] not in points]
    for point, index, i in unknown:
        place = at(promise, number, "milestones", index, "covers", i)
        yield Problem(place, "必须是 plan.yml 里的节点", point, nearest_of(point, points), points[0])
    words = [point for point, _, _ in covered]
    if not missing and not unknown and words != points:
        yield Problem(at(promise, number, "milestones"), f"各格合起来必须依次是 {'、'.join(points)}", "、".join(words))


def _room(promise: Promise, number: int, task: Task) -> Iterator[Problem]:
    """Cells of unknown width that name a day must leave room for the cells before and after them."""
    last = len(promise.plan.checkpoints) - 1
    found = spans(task, promise.plan.checkpoints)
    for index, span in enumerate(found):
        orderly = 0 <= span.first[0] <= span.first[1] and span.last[0] <= span.last[1] <= last and span.first[0] <= span.last[0]
        if not orderly or (index == 0 and span.first != (0, 0)):
            yield Problem(at(promise, number, "milestones", index), "照写明的日期，各格排不下：先后不变，第一格从头起，每格至少占一个节点")
            return


def cell_kind(ledger: Ledger, promise: Promise, number: int, task: Task) -> Iterator[Problem]:
    """原文是“——”（或空格、斜线）的格是 none，其余不是；一格管全年的才可以是 rolling。"""
    for index, cell in enumerate(task.milestones):
        place = at(promise, number, "milestones", index, "kind")
        if (cell.text in NOTHING) != (cell.kind == "none"):
            yield Problem(place, "原文是“——”的格写 none，其余写 target 或 rolling", cell.kind)
        if cell.kind == "rolling" and len(task.milestones) > 1:
            yield Problem(place, "只有一格管全年的行才可以写 rolling", cell.kind, example="target")
        if cell.kind == "none" and (cell.due or cell.deliverables):
            yield Problem(place, "“——”没有安排目标，不能有 due 和 deliverables", cell.kind)


def cell_due(ledger: Ledger, promise: Promise, number: int, task: Task) -> Iterator[Problem]:
    """格首写着日期（12月底、4月）的，due 就是那一天；没写的不填；due 落在该格所跨的节点里。没印年份的，是该格最后一个节点的月末以前最近的那一天。"""
    points = promise.plan.checkpoints
    for index, (cell, reckoning) in enumerate(zip(task.milestones, reckonings(task, promise.plan), strict=True)):
        word = date_word(cell.text, reckoning)
        if word and cell.due != word[1]:
            yield Problem(
                at(promise, number, "milestones", index),
                f"原文以“{word[0]}”开头，due 必须是 {word[1]}",
                str(cell.due) if cell.due else None,
                example=f"due: {word[1]}",
            )
        if not cell.due:
            continue
        if not word:
            yield Problem(at(promise, number, "milestones", index, "due"), "原文格首没有写日期，不能填 due", str(cell.due))
        if cell.covers and (position := checkpoint_of(cell.due, points)) is not None and points[position].id not in cell.covers:
            yield Problem(
                at(promise, number, "milestones", index, "due"), f"不在该格所跨的节点（{'、'.join(cell.covers)}）里", str(cell.due)
            )


def piece_due(ledger: Ledger, promise: Promise, number: int, task: Task) -> Iterator[Problem]:
    """事项自己写着日期的（6月20日前、8月底），due 就是那一天；没写日期的不填，或者和本格的 due 相同。"""
    for index, (cell, reckoning) in enumerate(zip(task.milestones, reckonings(task, promise.plan), strict=True)):
        head = date_word(cell.text, reckoning)
        for i, piece in enumerate(cell.deliverables):
            place = at(promise, number, "milestones", index, "deliverables", i)
            words, told = days_within(piece.text, reckoning), days_by(piece.text, reckoning)
            if piece.due is None and told:
                yield Problem(place, f"原文写着“{told[-1][0]}”，要填 due", example=f"due: {told[-1][1]}")
            if piece.due is not None and piece.due not in (cell.due, head and head[1], *(day for _, day in words)):
                must = f"原文写着“{words[-1][0]}”，due 必须是 {words[-1][1]}" if words else "原文没有给这件事写日期，不能填 due"
                yield Problem(place / "due", must, str(piece.due))


def cell_partition(ledger: Ledger, promise: Promise, number: int, task: Task) -> Iterator[Problem]:
    """事项、指标的原文、标点和日期依次拼起来，就是该格原文，不多不少。"""
    for index, cell in enumerate(task.milestones):
        if cell.kind == "none" or cell.text in NOTHING:
            continue
        pieces = [(d.text, ("deliverables", i, "text")) for i, d in enumerate(cell.deliverables)]
        yield from _ordered(promise, number, index, cell, [text for text, _ in pieces])
        quotes = {entry.quote for indicator in task.indicators for entry in indicator.schedule if entry.cell == index + 1}
        rest = _cut(cell.text, [text for text, _ in pieces], sorted(quotes, key=len, reverse=True))
        rest = rest.removeprefix(head_date(rest)).replace(ROLLING_WORDS, "").translate({ord(c): None for c in SEPARATORS + " \0"})
        if rest:
            yield Problem(
                at(promise, number, "milestones", index),
                f"原文里的{quoted(shown(rest))}还没有归入；请写成事项（deliverables）或指标（indicators）",
            )


def _ordered(promise: Promise, number: int, index: int, cell: Milestone, texts: Sequence[str]) -> Iterator[Problem]:
    start = 0
    for position, text in enumerate(texts):
        found = cell.text.find(text, start)
        if found < 0:
            place = at(promise, number, "milestones", index, "deliverables", position, "text")
            if text in cell.text:
                yield Problem(place, "要按原文的先后写，同一段不能写两次", text)
            else:
                yield Problem(place, "必须是该格原文中连续的一段", text, nearest_of(text, re.split("[。；，、]", cell.text)))
        else:
            start = found + len(text)


def _cut(text: str, deliverables: Sequence[str], quotes: Sequence[str]) -> str:
    """`text` without its deliverables (in order) and then without its indicators' quotes; cuts leave a NUL."""
    start, kept = 0, ""
    for piece in deliverables:
        found = text.find(piece, start)
        if found >= 0:
            kept += text[start:found] + "\0"
            start = found + len(piece)
    kept += text[start:]
    for quote in quotes:
        kept = kept.replace(quote, "\0", 1)
    return kept


def deliverable_sites(ledger: Ledger, promise: Promise, number: int, task: Task) -> Iterator[Problem]:
    """事项点名的地点是该段原文的一部分，并且在 places.yml 里。"""
    known = [name for site in promise.sites.values() for name in (site.name, *site.names)]
    for index, cell in enumerate(task.milestones):
        for position, deliverable in enumerate(cell.deliverables):
            place = at(promise, number, "milestones", index, "deliverables", position, "site")
            for name in deliverable.site or ():
                if name not in deliverable.text:
                    yield Problem(place, "必须是这一段原文里的字", name, example=deliverable.text)
                elif name not in known:
                    there = [each for each in known if each in deliverable.text]
                    yield Problem(place, "必须在 places.yml 里（name 或 names）", name, nearest_of(name, there))


def notes_due(ledger: Ledger, promise: Promise, number: int, task: Task) -> Iterator[Problem]:
    """正文与表不同、宽度不明、有数没有节点的，各要有一条注；注里引的字逐字见于这一项，所说的指标存在。"""
    kinds = Counter(note.kind for note in task.notes)
    if task.table_pledge and not kinds["difference"]:
        yield Problem(at(promise, number, "table_pledge"), "正文与表不同，要有一条 kind: difference 的注")
    if task.table_pledge == task.pledge:
        yield Problem(at(promise, number, "table_pledge"), "与正文相同就不要写")
    if task.span and not kinds["span"]:
        yield Problem(at(promise, number, "span"), "宽度不明，要有一条 kind: span 的注")
    noted = {note.indicator for note in task.notes if note.kind == "unscheduled"}
    for index, indicator in enumerate(task.indicators):
        if indicator.role == "target" and not indicator.schedule and indicator.id not in noted:
            yield Problem(
                at(promise, number, "indicators", index),
                f"这个数不在任何节点里，要有一条 kind: unscheduled、indicator: {indicator.id} 的注",
            )
    for index, note in enumerate(task.notes):
        place = at(promise, number, "notes", index)
        if note.quote and place_of(note.quote, task, number) is None:
            yield Problem(place / "quote", "必须逐字见于这一项", note.quote)
        if note.indicator and note.indicator not in [indicator.id for indicator in task.indicators]:
            yield Problem(
                place / "indicator", "必须是这一项的指标编号", note.indicator, nearest_of(note.indicator, [i.id for i in task.indicators])
            )
