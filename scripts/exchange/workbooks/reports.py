"""From the rows of a workbook to new reports: what differs from what is on record, as records that the model has accepted.

A report that is there is never touched.  What a row says and the record says too writes nothing; what differs becomes the next report of
its task, a correction where the reason column is filled.  The sheet 已报 carries earlier reports word by word: one that the folder lacks
is written as it was, one that differs is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from scripts.ledger.checks.suggestions import Around
from scripts.ledger.model.problems import Place, Problem
from scripts.ledger.model.records import Report
from scripts.ledger.model.testimony import report_id
from scripts.ledger.phrases.problems import nearest_of
from scripts.ledger.series.day import Day

from ..forms.new_record import New, ValuePath
from ..xlsx.book import Book, Cell
from . import cell_values as cells
from . import columns as c
from .answers import Answer, at_cell, listed, validated
from .columns import Key, key_of
from .differences import corrected, differing, next_id, told_whole
from .rows import Findings, Row, rows


def plan_of(book: Book) -> str | None:
    """The plan that the first id of a workbook names; None where it has none."""
    sheet = book.sheets.get(c.FORM)
    texts = (cell.text for _, cell in sorted(sheet.cells.items()) if cell.kind == "text") if sheet else iter(())
    return next((key.plan for text in texts if (key := key_of(cells.plain(text)))), None)


class Reading:
    """Reads one workbook against one day of a plan.  `new`: the reports that would be written; `findings`: everything wrong."""

    def __init__(self, book: Book, day: Day) -> None:
        self.book, self.day, self.findings = book, day, Findings()
        self.new: list[New] = []
        self.remarks: list[str] = []
        self.checkpoint: str | None = None
        self.answers: dict[int, Answer] = {}
        self._keys: dict[Key, int] = {}

    def read(self) -> None:
        """Read everything; `new` counts only where `findings` has no problem."""
        self._form()
        self._free(c.MONEY, c.MONEY_HEADS, "funding", c.MONEY_FIELDS)
        self._free(c.PROOF, c.PROOF_HEADS, "evidence", c.PROOF_FIELDS)
        known = self._restored()
        if self.findings.problems or self.checkpoint is None:
            return
        for number, answer in sorted(self.answers.items()):
            self._compare(number, answer, known)

    # ------------------------------------------------------------ 填报

    def _form(self) -> None:
        for row in rows(self.book, c.FORM, c.FORM_HEADS, self.findings, needed=True):
            key = self._key(row)
            if key is None:
                continue
            answer = self.answers.setdefault(key.task, Answer())
            answer.any_row = answer.any_row or row
            if key.item is None:
                self._task(answer, row)
            elif key.piece:
                self._piece(answer, key.item, row)
            else:
                self._number(answer, key, row)

    def _key(self, row: Row) -> Key | None:
        """Whose row it is; rows without an id are none of ours as long as nothing was filled in."""
        filled = [
            head for head in c.FORM_INPUTS if head in row.cells and (row.cells[head].kind != "text" or cells.trimmed(row.cells[head].text))
        ]
        cell = row.cells.get(c.ID)
        key = key_of(cells.plain(cell.text)) if cell and cell.kind == "text" else None
        if key is None:
            if filled:
                must = f"这一行没有{c.ID}（隐藏的那一栏），不知道填的是哪一项；不要自己加行，请从本站重新取表"
                self._wrong(row, c.ID, must, cell.text if cell else None, "2023/2023-05/24/2-1")
            return None
        if not self._ours(key, row):
            return None
        if key in self._keys:
            if filled:
                self._wrong(row, c.ID, f"和第{self._keys[key]}行是同一项，写了两次；只留一行", key.text)
            return None
        self._keys[key] = row.number
        return key

    def _ours(self, key: Key, row: Row) -> bool:
        """Whether an id names a task, a deliverable, an indicator of this plan, and the checkpoint of all other rows."""
        promise, points = self.day.promise, [point.id for point in self.day.promise.plan.checkpoints]
        if key.plan != promise.id or key.checkpoint not in points or key.task not in promise.tasks:
            self._wrong(row, c.ID, f"不是{promise.id}年计划里的项；请从本站重新取表", key.text)
            return False
        self.checkpoint = self.checkpoint or key.checkpoint
        if key.checkpoint != self.checkpoint:
            self._wrong(row, c.ID, f"一张表只能填一个节点（前面的行是 {self.checkpoint}）", key.checkpoint)
            return False
        task = promise.tasks[key.task]
        pieces = [f"{i}-{j}" for i, cell in enumerate(task.milestones, 1) for j in range(1, len(cell.deliverables) + 1)]
        allowed = [*pieces, *(each.id for each in task.indicators)]
        if key.item is not None and key.item not in allowed:
            self._wrong(row, c.ID, f"第{key.task}项没有这件事或这个数", key.item, nearest_of(key.item, allowed))
            return False
        return True

    def _wrong(self, row: Row, head: str, must: str, found: str | None = None, nearest: str | None = None) -> None:
        self.findings.problems.append(Problem(row.place(head), must, found, nearest))

    def _task(self, answer: Answer, row: Row) -> None:
        answer.head = row
        for head, name in c.HEAD_FIELDS.items():
            value = self.findings.value(row, head, self._day if head == c.PUBLISHED else cells.text)
            if value is not None:
                answer.said[name] = value
            answer.places[name,] = row.place(head)
        answer.places["corrects",] = row.place(c.REASON)
        answer.places[()] = row.place(c.PUBLISHED)
        self._misplaced(row, (c.STATE, c.DONE_ON, c.NUMBER), "这一行是整项任务")

    def _piece(self, answer: Answer, piece: str, row: Row) -> None:
        state = self.findings.value(row, c.STATE, cells.state)
        if state:
            answer.values["deliverables"][piece] = state
        day = self.findings.value(row, c.DONE_ON, lambda cell: "withdrawn" if cells.withdrawn(cell) else self._day(cell))
        if day:
            answer.values["done_on"][piece] = day
        answer.places["deliverables", piece], answer.places["done_on", piece] = row.place(c.STATE), row.place(c.DONE_ON)
        self._misplaced(row, (c.NUMBER,), "这一行是一件事，不是数")

    def _number(self, answer: Answer, key: Key, row: Row) -> None:
        assert key.item is not None
        unit = next(each.unit for each in self.day.promise.tasks[key.task].indicators if each.id == key.item)
        value = self.findings.value(row, c.NUMBER, lambda cell: "withdrawn" if cells.withdrawn(cell) else cells.number(cell, unit))
        if value:
            answer.values["indicators"][key.item] = value
        answer.places["indicators", key.item] = row.place(c.NUMBER)
        self._misplaced(row, (c.STATE, c.DONE_ON), "这一行是一个数，不是一件事")

    def _misplaced(self, row: Row, heads: tuple[str, ...], what: str) -> None:
        for head in heads:
            if (cell := row.cells.get(head)) and cells.trimmed(cell.text):
                self._wrong(row, head, f"{what}，这一格要空着", cell.text)

    def _day(self, cell: Cell) -> Any:
        return cells.day(cell, self.book.from_1904, Around(self.day.promise.plan.document.dated, self.day.known))

    # ------------------------------------------------------------ 资金、佐证材料

    def _free(self, name: str, heads: tuple[str, ...], kind: str, fields: Mapping[str, str]) -> None:
        for row in rows(self.book, name, heads, self.findings, needed=False):
            before = len(self.findings.problems)
            values = {
                field: value for head, field in fields.items() if (value := self.findings.value(row, head, self._reader(head))) is not None
            }
            task = self.findings.value(row, c.TASK, cells.number)
            if len(self.findings.problems) > before or (task is None and not values):
                continue
            if task is None or not task.isdigit() or int(task) not in self.answers:
                numbers = [str(number) for number in self.answers]
                self._wrong(row, c.TASK, f"必须是“{c.FORM}”里的一项", task, nearest_of(task or "", numbers) or next(iter(numbers), None))
                continue
            if not values:
                continue
            answer = self.answers[int(task)]
            listed: list[dict[str, str]] = getattr(answer, kind)
            for head, field_name in fields.items():
                answer.places[kind, len(listed), field_name] = row.place(head)
            answer.places[kind, len(listed)] = row.place(heads[1])
            answer.places.setdefault((kind,), row.place(heads[1]))
            listed.append(values)

    def _reader(self, head: str) -> Any:
        if head == "日期":
            return self._day
        return partial(cells.number, unit="元") if "元" in head else cells.text

    # ------------------------------------------------------------ 已报

    def _restored(self) -> dict[str, Report]:
        """The reports on record, with those that only the workbook carries; these are written as they were."""
        known = dict(self.day.records.reports)
        trees: dict[str, tuple[dict[str, Any], dict[ValuePath, Place]]] = {}
        for row in rows(self.book, c.TOLD, c.TOLD_HEADS, self.findings, needed=False):
            self._told(row, trees)
        gone = {each.record for each in self.day.records.withdrawals.values()}
        for key, (fields, places) in trees.items():
            if f"reports/{key}" in gone:
                self.remarks.append(f"“{c.TOLD}”里的 {key} 已经撤下，不再写。")
                continue
            new = New("reports", key, listed(fields), places, Report, at_cell)
            validated(new, self.findings)
            if not isinstance(new.record, Report):
                continue
            if key not in known:
                known[key] = new.record
                self.new.append(new)
            elif new.record != known[key]:
                must = f"{key} 已经公布，不能改；要改，在“{c.FORM}”写新的值和更正原因。请从本站重新取表"
                self.findings.problems.append(Problem(places[()], must))
        return known

    def _told(self, row: Row, trees: dict[str, tuple[dict[str, Any], dict[ValuePath, Place]]]) -> None:
        cell = row.cells.get(c.ID)
        if cell is None:
            return None
        found = c.TOLD_KEY.fullmatch(cells.trimmed(cell.text)) if cell.kind == "text" else None
        value = self.findings.value(row, "值", cells.text)
        if not found or found[1] != self.day.promise.id or not report_id(found[2]):
            self._wrong(row, c.ID, f"“{c.TOLD}”的{c.ID}被改动了；请从本站重新取表", cell.text)
        elif value is not None:
            fields, places = trees.setdefault(found[2], ({}, {(): row.place("值")}))
            *around, last = found[3].split("/")
            inner = fields
            for step in around:
                inner = inner.setdefault(step, {})
                if not isinstance(inner, dict):
                    return self._wrong(row, c.ID, f"“{c.TOLD}”的{c.ID}被改动了；请从本站重新取表", cell.text)
            inner[last] = c.STATES.get(value, value) if around[:1] and around[0] in c.ANSWERED else value
            path = tuple(int(step) if step.isdigit() else step for step in (*around, last))
            for depth in range(1, len(path) + 1):
                places.setdefault(path[:depth], row.place("值"))
        return None

    # ------------------------------------------------------------ what differs

    def _compare(self, number: int, answer: Answer, known: dict[str, Report]) -> None:
        """The next report of a task, where the workbook says something that is not on record."""
        assert self.checkpoint is not None
        mine = sorted((named[2], key) for key in known if (named := report_id(key)) and named[:2] == (self.checkpoint, number))
        told = [known[key] for _, key in mine]
        fields = differing(answer, told)
        if not fields and not (answer.said.keys() - {"by"}):
            return None
        if not fields:
            return self._nothing_said(number, answer, told)
        if answer.head is None:
            assert answer.any_row is not None
            return self._wrong(answer.any_row, c.ID, f"第{number}项的任务那一行不见了，没有公布日和报告单位；请从本站重新取表")
        if told_whole(answer, fields, told):
            return None
        key = next_id(self.day, self.checkpoint, number, {key for _, key in mine})
        head: dict[str, Any] = {name: answer.said[name] for name in ("published", "by", "public_at") if name in answer.said}
        last: dict[str, str] = {}
        if "reason" in answer.said:
            last = {**({"corrects": corrected(mine, known, fields)} if mine else {}), "reason": answer.said["reason"]}
        if "reason" in answer.said and not mine:
            return self._wrong(answer.head, c.REASON, "这个节点还没有报过，不用写更正原因", answer.said["reason"])
        new = New("reports", key, {**head, **fields, **last}, answer.places, Report, at_cell)
        validated(new, self.findings)
        self.new.append(new)
        return None

    def _nothing_said(self, number: int, answer: Answer, told: list[Report]) -> None:
        """Only days and names: for a task on record nothing has changed; for another something is missing."""
        if not told and answer.head is not None and "published" in answer.said:
            must = f"第{number}项写了公布日，就要写{c.SUMMARY}、{c.STATE}或{c.NUMBER}里的至少一样；不报就清空"
            self._wrong(answer.head, c.SUMMARY, must)
        elif told and "reason" in answer.said and answer.head is not None and answer.said["reason"] not in [each.reason for each in told]:
            self._wrong(answer.head, c.REASON, f"第{number}项写了更正原因，但没有改动任何值", answer.said["reason"])
