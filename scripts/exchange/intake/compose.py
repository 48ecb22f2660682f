"""Records of what was filled in: each gets the next free id, what is on record already writes nothing, everything wrong is told at its answer.

An id is free where no record, no tombstone and no request that waits to be merged has it; so two requests never take the same one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from pydantic import ValidationError

from scripts.ledger.checks.explain import explain_all
from scripts.ledger.checks.filing_days import ahead, backdated
from scripts.ledger.model.fields import models_in, name_of, type_of, written
from scripts.ledger.model.problems import Place, Problem
from scripts.ledger.model.promise import Unit
from scripts.ledger.model.records import ProblemStep, Record, Rectified
from scripts.ledger.model.testimony import KINDS, record_file, step_id
from scripts.ledger.phrases.problems import nearest_of
from scripts.ledger.series.day import Day

from ..forms.kinds import EVENTS, kept_by_tombstone, used
from ..forms.new_record import New, ValuePath, as_written
from ..forms.questions import CASE, FOLDERS, MEETING, PROBLEM, REVIEW, REVISION, STATEMENT, STEP, WITHDRAWAL, Form, Question
from ..workbooks.cell_values import Wrong
from .entry import Answers, Entry
from .reading import Reader
from .saying import said

LETTERS = {PROBLEM.name: "P", REVISION.name: "R", STATEMENT.name: "S", CASE.name: "C", WITHDRAWAL.name: "W"}
"""The letters before the numbers of those kinds that are counted."""
NEXT = {"open": ("closed", "extended"), "closed": ("reopened",)}
STATE_WORDS = {type_of(model): name_of(model) for model in models_in(ProblemStep)}
"""The steps of a problem by their names."""


@dataclass(frozen=True)
class Waiting:
    """Records of requests that wait to be merged: (plan, folder, id) → the record, None where it cannot be read; `sources`: how the request
    is named."""

    records: Mapping[tuple[str, str, str], Record | None] = field(default_factory=dict)
    sources: Mapping[tuple[str, str, str], str] = field(default_factory=dict)


@dataclass
class Composed:
    """What came of all entries.  `gone`: files of records that a tombstone takes down; `remarks`: what was passed over, in words."""

    new: list[New] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def compose(entries: Iterable[Entry], day: Day, units: dict[str, Unit], waiting: Waiting, today: date, from_1904: bool = False) -> Composed:
    """Records of entries.  `day` holds everything that is filed; `new` counts only where there is no problem."""
    composer = _Composer(day, units, waiting, today, from_1904)
    for entry in entries:
        composer.take(entry)
    return composer.result


class _Composer:
    def __init__(self, day: Day, units: dict[str, Unit], waiting: Waiting, today: date, from_1904: bool) -> None:
        self.day, self.waiting, self.today, self.result = day, waiting, today, Composed()
        self.known: dict[str, dict[str, Record | None]] = {kind: dict(getattr(day.records, kind)) for kind in KINDS}
        for (plan, kind, key), record in waiting.records.items():
            if plan == day.promise.id:
                self.known[kind].setdefault(key, record)
        self.taken = {kind: used(day, kind) | set(self.known[kind]) for kind in KINDS}
        steps = (step_id(key) for key in self.known["problems"])
        self.reader = Reader(day.promise, units, sorted({step[0] for step in steps if step}), from_1904)

    # ------------------------------------------------------------ one entry

    def take(self, entry: Entry) -> None:
        """Make a record of an entry, or say why not."""
        before = len(self.result.problems)
        variant = self._variant(entry)
        if variant is None:
            return
        fields, places, found = self._answered(entry.form.questions, entry.answers, variant)
        for group in entry.form.groups:
            self._group(group.key, group.questions, entry, fields, places)
        if len(self.result.problems) > before:
            return
        new = New(
            entry.form.folder, "", fields, {(): entry.answers.at, **places}, entry.form.models[variant], partial(said, form=entry.form)
        )
        self._fill(new, entry, found)
        if not self._valid(new) or len(self.result.problems) > before:
            return
        if twin := self._twin(new, entry, found):
            self.result.remarks.append(f"{said_at(entry.answers.at)}和{twin}一样，没有再写。")
            return
        key = self._key(new, entry, found)
        if key is not None:
            self._add(new, key, entry.form)

    def _add(self, new: New, key: str, form: Form) -> None:
        new.key = key
        assert new.record is not None
        self.known[new.kind][key] = new.record
        self.taken[new.kind].add(key)
        self.result.new.append(new)
        if form is WITHDRAWAL:
            kind, _, gone = new.fields["record"].partition("/")
            self.result.gone.append(record_file(self.day.promise.id, kind, gone))
        file = record_file(self.day.promise.id, new.kind, key)
        for problem in (*ahead({}, {file: new.fields}, self.today), *backdated({}, {file: new.fields}, {}, self.today)):
            self._tell(new.say(problem, new))

    def _tell(self, problem: Problem) -> None:
        if problem.warning:
            self.result.remarks.append(f"{said_at(problem.at)}{problem.at.field}：{problem.must}。")
        else:
            self.result.problems.append(problem)

    def _wrong(self, place: Place, must: str, found: str | None = None, nearest: str | None = None, example: str | None = None) -> None:
        self.result.problems.append(Problem(place, must, found, nearest, example))

    # ------------------------------------------------------------ answers

    def _variant(self, entry: Entry) -> str | None:
        """Which of the form's models the entry is; None where that is not said rightly, which is then told."""
        if not entry.form.chooses:
            return ""
        question, place = entry.form.asked(entry.form.chooses), entry.answers.place(entry.form.chooses)
        cell = entry.answers.cell(question.label)
        if cell is None:
            self._wrong(place, f"要填，只能是 {'、'.join(question.choices)} 之一")
            return None
        found = self.reader.read(question, cell)
        if isinstance(found, Wrong):
            self._wrong(place, found.must, found.found, found.nearest, found.example)
            return None
        return str(found)

    def _answered(
        self, questions: Iterable[Question], answers: Answers, variant: str
    ) -> tuple[dict[str, Any], dict[ValuePath, Place], dict[str, Any]]:
        """The fields that the answers fill, where each stands, and all that was understood, by label."""
        fields, places, understood = dict[str, Any](), dict[ValuePath, Place](), dict[str, Any]()
        for question in questions:
            place, cell = answers.place(question.label), answers.cell(question.label)
            if variant in question.keys:
                places[question.keys[variant],] = place
            if cell is None:
                if variant in question.needed:
                    self._wrong(place, "不能空着", example=question.example or next(iter(question.choices), None))
                continue
            if question.keys and variant not in question.keys:
                self._wrong(place, "这里不填，请清空", cell.text)
                continue
            found = self.reader.read(question, cell, understood.get("任务"))
            if isinstance(found, Wrong):
                self._wrong(place, found.must, found.found, found.nearest, found.example or question.example or None)
                continue
            understood[question.label] = found
            if question.keys and found:
                fields[question.keys[variant]] = found
        return fields, places, understood

    def _group(
        self, key: str, questions: tuple[Question, ...], entry: Entry, fields: dict[str, Any], places: dict[ValuePath, Place]
    ) -> None:
        """The items of a list."""
        items = []
        for index, row in enumerate(entry.rows.get(key, ())):
            inner, where, _ = self._answered(questions, row, "")
            items.append(inner)
            places[key, index] = row.at
            places |= {(key, index, *path): place for path, place in where.items()}
        if items:
            fields[key] = items
            places.setdefault((key,), places[key, 0])

    def _valid(self, new: New) -> bool:
        """Through the model that reads the files; what it finds is told in the form's words."""
        order = list(written(new.model))
        new.fields = dict(sorted(new.fields.items(), key=lambda each: order.index(each[0])))
        try:
            new.record = new.model.model_validate(new.fields)
        except ValidationError as error:
            for problem in explain_all(error.errors(include_url=False), new.model, new.fields, Place("")):
                self.result.problems.append(new.say(problem, new))
            return False
        return True

    # ------------------------------------------------------------ what is on record, and ids

    def _fill(self, new: New, entry: Entry, found: Mapping[str, Any]) -> None:
        """What the program knows without asking."""
        if "type" in new.model.model_fields:
            new.fields["type"] = type_of(new.model)
        if entry.form is WITHDRAWAL:
            self._taken_down(new, entry, found)

    def _taken_down(self, new: New, entry: Entry, found: Mapping[str, Any]) -> None:
        """Which record a tombstone names, and when that was published."""
        kind, name = found["哪一类"], _bare(found["编号"], found["哪一类"])
        filed = self.day.records
        published = {key: str(each.published) for key, each in getattr(filed, kind).items()}
        published |= {
            each.record.partition("/")[2]: str(each.filed) for each in filed.withdrawals.values() if each.record.startswith(f"{kind}/")
        }
        new.places[("record",)] = new.places[("filed",)] = entry.answers.place("编号")
        if name in published:
            new.fields |= {"record": f"{kind}/{name}", "filed": published[name], **self._kept(kind, name, new.fields["published"])}
            return
        word = next(word for word, value in FOLDERS.items() if value == kind)
        some = f"，如 {'、'.join(list(published)[:3])}" if published else ""
        self._wrong(entry.answers.place("编号"), f"已公布的“{word}”里没有这一份{some}", found["编号"], nearest_of(name, published))
        new.fields |= {"record": f"{kind}/{name}", "filed": str(self.today)}

    def _kept(self, kind: str, name: str, published: str) -> dict[str, Any]:
        """What the tombstone keeps of the record; one that is there already keeps it."""
        there = next((each for each in self.day.records.withdrawals.values() if each.record == f"{kind}/{name}"), None)
        if there is not None:
            return {key: value for key, value in as_written(there).items() if key in ("task", "results")}
        kept = kept_by_tombstone(self.day, kind, name, date.fromisoformat(published))
        return kept.task | ({"results": kept.results} if kept.results else {})

    def _still_there(self, record: str) -> bool:
        kind, _, name = record.partition("/")
        return name in getattr(self.day.records, kind) and record_file(self.day.promise.id, kind, name) not in self.result.gone

    def _twin(self, new: New, entry: Entry, found: Mapping[str, Any]) -> str | None:
        """How to name a record that says the same as this one: on record, in a request that waits, or earlier in what was handed in."""
        mine = {each.key for each in self.result.new if each.kind == new.kind}
        for key, record in self.known[new.kind].items():
            if record != new.record or not self._same_matter(key, entry.form, found):
                continue
            if key in mine:
                return "前面的一份"
            source = (
                self.waiting.sources.get((self.day.promise.id, new.kind, key)) if key not in getattr(self.day.records, new.kind) else None
            )
            return f"{source}里等着合并的 {key} " if source else f"已登记的 {key} "
        return None

    def _same_matter(self, key: str, form: Form, found: Mapping[str, Any]) -> bool:
        """Whether an id could be this one's: the same problem, the same checkpoint; else the contents say all."""
        if form is STEP:
            step = step_id(key)
            return step is not None and step[0] == found["问题编号"]
        return key == found["节点"] if form is REVIEW else True

    def _key(self, new: New, entry: Entry, found: Mapping[str, Any]) -> str | None:
        """The id of a new record; None where it cannot have one, which is then told."""
        form = entry.form
        if form is STEP:
            return self._next_step(entry, found)
        if form is MEETING:
            return self._next_meeting(entry, found)
        if form is REVIEW:
            if found["节点"] in self.taken["reviews"]:
                self._wrong(
                    entry.answers.place("节点"), "这个节点的督查结果已经登记过，公布了不改；录入有误的，先撤下那一份", found["节点"]
                )
                return None
            return str(found["节点"])
        if form.name in LETTERS:
            letter = LETTERS[form.name]
            if form is WITHDRAWAL and not self._still_there(new.fields["record"]):
                self._wrong(entry.answers.place("编号"), "这一份已经撤下", found["编号"])
                return None
            counted = f"{next_number(self.taken[new.kind], letter):02}"
            return f"{letter}-{counted}.1" if form is PROBLEM else f"{letter}-{counted}"
        return self._event(new)

    def _next_step(self, entry: Entry, found: Mapping[str, Any]) -> str | None:
        name = str(found["问题编号"])
        steps = sorted((step[1], key) for key in self.taken["problems"] if (step := step_id(key)) and step[0] == name)
        last = self.known["problems"].get(steps[-1][1])
        chosen = found[STEP.chooses]
        allowed = NEXT["closed" if isinstance(last, Rectified) else "open"]
        if chosen not in allowed:
            now = STATE_WORDS.get(str(getattr(last, "type", "")), "撤下")
            must = f"{name} 现在是“{now}”，下一步只能是 {'、'.join(STATE_WORDS[each] for each in allowed)}"
            self._wrong(entry.answers.place(STEP.chooses), must, STATE_WORDS[chosen])
            return None
        return f"{name}.{steps[-1][0] + 1}"

    def _next_meeting(self, entry: Entry, found: Mapping[str, Any]) -> str | None:
        name = f"{found['召开日']}-{found['会议种类']}"
        told = [step[1] for key in self.taken["meetings"] if (step := step_id(key)) and step[0] == name]
        later = found["登记的是"] == "later"
        if told and not later:
            self._wrong(entry.answers.place("登记的是"), "这次会已经登记过，公布了不改；写后来的进展，请选“后来的进展”", "会议记录")
        elif later and not told:
            self._wrong(entry.answers.place("登记的是"), "还没有登记过这次会；请看看日期和种类，头一次登记选“会议记录”", "后来的进展")
        else:
            return f"{name}.{max(told, default=0) + 1}"
        return None

    def _event(self, new: New) -> str:
        word = EVENTS[str(new.fields["type"])][1]
        task = f"-{int(new.fields['task']):02}" if "task" in new.fields else ""
        names = (f"{new.fields['published']}-{word}{task}", *(f"{new.fields['published']}-{word}{task}-{n}" for n in range(2, 100)))
        return next(name for name in names if name not in self.taken["events"])


def next_number(taken: Iterable[str], letter: str) -> int:
    """The next number of a kind that is counted: 10 after P-09.2."""
    found = (re.match(rf"{letter}-(\d+)", key) for key in taken)
    return max((int(each[1]) for each in found if each), default=0) + 1


def said_at(place: Place) -> str:
    """The words for a spot at the beginning of a sentence; nothing for a form that is one whole."""
    return f"{place.file}：" if place.file else ""


def _bare(name: str, kind: str) -> str:
    """An id however it is named: as the id, as a file, as the address of one."""
    return re.sub(rf"^.*{kind}/", "", name.strip()).removesuffix(".yml")
