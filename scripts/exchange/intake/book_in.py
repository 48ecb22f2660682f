"""A workbook of records that came back, as what was filled in: one entry a row, with the rows of its lists; every finding at its cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from scripts.ledger.model.problems import Place, Problem

from ..forms.questions import FORMS, Form, Group, Question
from ..workbooks import cell_values as cells
from ..workbooks.cell_values import Wrong
from ..workbooks.rows import Findings, Row, rows
from ..xlsx.book import Book
from .entry import Answers, Entry
from .labels import BOOK, group_questions, heads
from .reading import Reader

TITLE = re.compile(rf"(\d{{4}})年{BOOK}：", re.ASCII)


@dataclass
class ReadBook:
    """What a workbook says: the entries, row by row, and what is wrong with its sheets."""

    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def is_record_book(book: Book) -> bool:
    """Whether a workbook is one of records: by what stands above its sheets, else by their names."""
    return bool(plans_of(book)) or bool({form.title for form in FORMS} & {cells.plain(name) for name in book.sheets})


def plans_of(book: Book) -> set[str]:
    """The plans that the titles of the sheets name; one, if nobody changed them."""
    titles = (cell.text for sheet in book.sheets.values() for (row, _), cell in sheet.cells.items() if row == 1 and cell.kind == "text")
    return {found[1] for title in titles if (found := TITLE.search(title))}


def read_book(book: Book, reader: Reader) -> ReadBook:
    """Everything that was filled in.  `reader` reads what says which record a row of a list belongs to."""
    found = ReadBook()
    findings = Findings(found.problems)
    for form in FORMS:
        mine = [_answers(row) for row in rows(book, form.title, heads(form), findings, needed=False) if _filled(row)]
        lists = {group.key: _lists(book, form, group, mine, reader, findings) for group in form.groups}
        found.entries += [Entry(form, each, {key: tuple(items[index]) for key, items in lists.items()}) for index, each in enumerate(mine)]
    return found


def _filled(row: Row) -> bool:
    return any(cell.kind != "text" or cells.trimmed(cell.text) for cell in row.cells.values())


def _answers(row: Row) -> Answers:
    return Answers(row.cells, {head: row.place(head) for head in row.columns}, Place(f"“{row.sheet}”第{row.number}行"))


def _lists(book: Book, form: Form, group: Group, records: list[Answers], reader: Reader, findings: Findings) -> list[list[Answers]]:
    """The rows of a list, by the record that each belongs to."""
    of = [form.asked(label) for label in group.of]
    named = [_name(answers, of, reader) for answers in records]
    items: list[list[Answers]] = [[] for _ in records]
    sheet = tuple(question.label for question in group_questions(form, group))
    for row in rows(book, group.sheet, sheet, findings, needed=False):
        if not _filled(row):
            continue
        answers = _answers(row)
        if wrong := next(_wrong(answers, of, reader), None):
            findings.problems.append(wrong)
            continue
        mine = [index for index, name in enumerate(named) if name == _name(answers, of, reader)]
        if len(mine) == 1:
            items[mine[0]].append(answers)
        elif None not in named or mine:
            findings.problems.append(_astray(answers, form, group, len(mine)))
    return items


def _name(answers: Answers, of: Iterable[Question], reader: Reader) -> tuple[str, ...] | None:
    """What says which record something is of or belongs to; None where that cannot be read, which is told where it is read for itself."""
    found = [reader.read(question, cell) if (cell := answers.cell(question.label)) else None for question in of]
    return None if any(not isinstance(each, str) for each in found) else tuple(str(each) for each in found)


def _wrong(answers: Answers, of: Iterable[Question], reader: Reader) -> Iterator[Problem]:
    for question in of:
        place, cell = answers.place(question.label), answers.cell(question.label)
        found = reader.read(question, cell) if cell else Wrong("不能空着", "", None, question.example or next(iter(question.choices), None))
        if isinstance(found, Wrong):
            yield Problem(place, found.must, found.found or None, found.nearest, found.example or question.example or None)


def _astray(answers: Answers, form: Form, group: Group, many: int) -> Problem:
    """A row of a list that belongs to no record, or to more than one."""
    labels = "、".join(f"“{label}”" for label in group.of)
    if many:
        return Problem(answers.place(group.of[0]), f"“{form.title}”里{labels}相同的有{many}行，不知道是哪一行的；请分两张表交")
    return Problem(answers.place(group.of[0]), f"“{form.title}”里没有{labels}和它一样的一行；请补上那一行")
