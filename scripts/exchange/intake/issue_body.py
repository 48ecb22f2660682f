"""The text of an issue that was made with one of our forms, as what was filled in: a heading for each question, the answer below it.

The host writes it so, and whoever edits the issue edits this text: headings may be gone, doubled or changed.  Whatever is not clear is
told and nothing is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from scripts.ledger.model.problems import Place, Problem
from scripts.ledger.phrases.problems import nearest_of

from ..forms.questions import FORMS, Form, Group, form_titled
from ..workbooks.cell_values import plain
from ..xlsx.book import Cell
from .entry import Answers, Entry
from .labels import BEFORE, KIND, PLAN

HEADING = re.compile(r"### (.+)", re.ASCII)
NOTHING = frozenset({"_No response_", "None"})
"""What hosts write below a question that was not answered."""
BETWEEN = re.compile(r"[｜|\t]")
MARK = re.compile(r"[-*] +")
LONGEST = 70_000
"""Characters of an issue; hosts take some 65,000."""


@dataclass
class ReadBody:
    """What an issue says: one entry (none where it could not be told which form it is), the plan as it was typed, and what is wrong."""

    entry: Entry | None = None
    plan: str = ""
    problems: list[Problem] = field(default_factory=list)


def is_record(body: str) -> bool:
    """Whether an issue was made with one of our forms."""
    return any(_heading(line) == KIND for line in body.splitlines())


def read_body(body: str) -> ReadBody:
    """Everything that an issue says."""
    found = ReadBody()
    if len(body) > LONGEST:
        found.problems.append(Problem(Place(""), f"太长了（{len(body)}个字），最多{LONGEST}个字"))
        return found
    lines = body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    form = _form(lines, found)
    if form:
        said = _sections(lines, form, found)
        found.plan = said.pop(PLAN, "")
        rows = {group.key: tuple(_rows(group, said.pop(group.label, ""), found)) for group in form.groups}
        places = {label: Place("", (label,)) for label in _labels(form)}
        cells = {question.label: Cell("text", said.get(question.label, "")) for question in form.questions}
        found.entry = Entry(form, Answers(cells, places, Place("")), rows)
    return found


def _heading(line: str) -> str | None:
    found = HEADING.fullmatch(line.rstrip())
    return plain(found[1]) if found else None


def _form(lines: list[str], found: ReadBody) -> Form | None:
    """Which form it is: what stands below its first heading."""
    at = next((index for index, line in enumerate(lines) if _heading(line) == KIND), None)
    if at is None:
        found.problems.append(Problem(Place("", (KIND,)), "这一栏不见了；请不要改栏名、不要删栏名，另开一条再填"))
        return None
    rest = (line for line in lines[at + 1 :] if line.strip())
    title = plain(next(rest, ""))
    form = form_titled(title)
    if form is None:
        titles = [each.title for each in FORMS]
        found.problems.append(Problem(Place("", (KIND,)), f"只能是 {'、'.join(titles)} 之一", title, nearest_of(title, titles), titles[0]))
    return form


def _labels(form: Form) -> list[str]:
    return [KIND, *(question.label for question in form.questions), *(group.label for group in form.groups), PLAN, BEFORE]


def _sections(lines: list[str], form: Form, found: ReadBody) -> dict[str, str]:
    """The answers by label, as they were typed."""
    labels, texts, label = _labels(form), dict[str, list[str]](), ""
    for line in lines:
        heading = _heading(line)
        if heading is None:
            texts.setdefault(label, []).append(line)
        elif heading in labels and heading not in texts:
            label = heading
            texts[label] = []
        else:
            found.problems.append(_stray(heading, labels))
            label = heading
            texts.setdefault(label, [])
    if any(line.strip() for line in texts.pop("", [])):
        found.problems.append(Problem(Place(""), f"“{KIND}”前面不要写字；请写进下面的栏里"))
    said = {label: "\n".join(kept).strip() for label, kept in texts.items() if label in labels}
    return {label: "" if text in NOTHING else text for label, text in said.items()}


def _stray(heading: str, labels: list[str]) -> Problem:
    """A heading that is none of ours, or one of ours a second time."""
    advice = "请不要改栏名，内容里也不要有以 ### 开头的行"
    if heading in labels:
        return Problem(Place("", (heading,)), f"这一栏出现了两次；{advice}")
    return Problem(Place(""), f"没有这一栏；{advice}", heading, nearest_of(heading, labels))


def _rows(group: Group, text: str, found: ReadBody) -> Iterator[Answers]:
    """The items of a list: one a line, its answers between upright strokes, or tabs as a spreadsheet's cells are pasted."""
    for number, line in enumerate((line for line in text.split("\n") if line.strip()), start=1):
        at = f"“{group.label}”第{number}行"
        words = MARK.sub("", line.strip(), count=1) if MARK.match(line.strip()) else line.strip(" ")
        parts = [part.strip() for part in BETWEEN.split(re.sub(r"^\||\|$", "", words))]
        if len(parts) > len(group.questions):
            most = "｜".join(question.label for question in group.questions)
            found.problems.append(Problem(Place(at), f"最多{len(group.questions)}段：{most}", line.strip(), None, group.example))
            continue
        cells = {question.label: Cell("text", part) for question, part in zip(group.questions, parts, strict=False)}
        yield Answers(cells, {question.label: Place(at, (question.label,)) for question in group.questions}, Place(at))
