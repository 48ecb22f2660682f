"""One answer to the text that a record's file would hold, by what its question asks for; against one plan, its units and its problems.

What is unambiguous is taken however it is written (`第24项`, a unit's alias, 2023年5月); nothing is guessed: whatever else is `Wrong`, with
what must hold, what was found, the nearest right answer and an example.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from scripts.ledger.checks.suggestions import Around, choice_meant, month_meant
from scripts.ledger.model.promise import Promise, Unit
from scripts.ledger.phrases.problems import nearest_of

from ..forms.questions import Question
from ..workbooks import cell_values as cells
from ..workbooks.cell_values import Wrong
from ..xlsx.book import Cell

LONGEST = {"line": 500, "words": 4000}
"""Characters of one answer: more is most likely pasted by mistake."""
SEPARATORS = re.compile(r"[、，,；;\s]+")
TASK = re.compile(r"第?\s*(\d{1,4})(?:[^\d.].*)?", re.DOTALL)
PROBLEM = re.compile(r"[Pp]?\s*[-—－]?\s*(\d{1,4})(?:[^\d.].*)?", re.DOTALL)

Found = str | list[str] | Wrong


class Reader:
    """Reads the answers of one plan.  `problems`: the numbers of the problems that are known; `from_1904`: how the workbook counts days."""

    def __init__(self, promise: Promise, units: dict[str, Unit], problems: Iterable[str], from_1904: bool = False) -> None:
        self.promise, self.problems, self.from_1904 = promise, list(problems), from_1904
        self.units = {name: name for name in units}
        for name, unit in units.items():
            self.units |= {each: name for each in (*unit.aliases, *([unit.full_name] if unit.full_name else [])) if each not in self.units}
        self.short, self.around = list(units), Around(promise.plan.document.dated)

    def read(self, question: Question, cell: Cell, task: str | None = None) -> Found:
        """What an answer says; `task`: the number of the task that the same form names."""
        readers: dict[str, Callable[[Cell], Found]] = {
            "line": lambda each: self._text(each, "line"),
            "words": lambda each: self._text(each, "words"),
            "web": lambda each: self._text(each, "line"),
            "day": lambda each: cells.day(each, self.from_1904, self.around),
            "number_or_day": self._number_or_day,
            "choice": lambda each: self._choice(each, question),
            "task": self._task,
            "tasks": lambda each: self._many(each, self._task_named),
            "unit": self._unit,
            "units": lambda each: self._many(each, self._unit_named),
            "checkpoint": self._checkpoint,
            "cell": self._cell,
            "indicator": lambda each: self._indicator(each, task),
            "piece": lambda each: self._piece(each, task),
            "problem": self._problem,
        }
        return readers[question.answer](cell)

    def _text(self, cell: Cell, kind: str) -> str | Wrong:
        words = cells.text(cell)
        most = LONGEST[kind]
        if isinstance(words, str) and len(words) > most:
            return Wrong(f"最多{most}个字，这里有{len(words)}个", words)
        return words

    def _plain(self, cell: Cell) -> str | Wrong:
        words = self._text(cell, "line")
        return words if isinstance(words, Wrong) else cells.plain(words)

    def _number_or_day(self, cell: Cell) -> str | Wrong:
        if cell.kind == "number":
            return cells.number(cell)
        found = cells.day(cell, self.from_1904)
        if isinstance(found, str):
            return found
        number = cells.number(cell)
        return (
            Wrong("必须是数字（不带单位）或者日期", cell.text, number.nearest, "300 或 2023-12-31") if isinstance(number, Wrong) else number
        )

    def _choice(self, cell: Cell, question: Question) -> str | Wrong:
        words = self._plain(cell)
        if isinstance(words, Wrong):
            return words
        known = {cells.plain(word): value for word, value in question.choices.items()}
        if words in known:
            return known[words]
        meant = choice_meant(words, {value: word for word, value in question.choices.items()})
        near = next((word for word, value in question.choices.items() if value == meant), None)
        return Wrong(f"只能是 {'、'.join(question.choices)} 之一", cell.text, near, next(iter(question.choices)))

    def _many(self, cell: Cell, one: Callable[[str], str | Wrong]) -> list[str] | Wrong:
        words = self._text(cell, "line")
        if isinstance(words, Wrong):
            return words
        found: list[str] = []
        for part in filter(None, SEPARATORS.split(cells.plain(words))):
            value = one(part)
            if isinstance(value, Wrong):
                return value
            found.append(value)
        return list(dict.fromkeys(found))

    def _task(self, cell: Cell) -> str | Wrong:
        words = self._plain(cell)
        return words if isinstance(words, Wrong) else self._task_named(words)

    def _task_named(self, words: str) -> str | Wrong:
        numbers = [str(number) for number in self.promise.tasks]
        found = TASK.fullmatch(words)
        number = str(int(found[1])) if found else words
        if number in numbers:
            return number
        return Wrong(f"必须是任务的序号，这份计划有{numbers[0]}到{numbers[-1]}", words, nearest_of(number, numbers), numbers[0])

    def _unit(self, cell: Cell) -> str | Wrong:
        words = self._plain(cell)
        return words if isinstance(words, Wrong) else self._unit_named(words)

    def _unit_named(self, words: str) -> str | Wrong:
        known = {cells.plain(each): name for each, name in self.units.items()}
        if words in known:
            return known[words]
        return Wrong("必须是单位名录里的简称", words, nearest_of(words, self.short), "、".join(self.short[:3]))

    def _checkpoint(self, cell: Cell) -> str | Wrong:
        points = [point.id for point in self.promise.plan.checkpoints]
        if cell.kind == "number":  # a spreadsheet makes a day of 2023-05
            day = cells.day(cell, self.from_1904)
            words = day[:7] if isinstance(day, str) else cell.text
        else:
            plain = self._plain(cell)
            if isinstance(plain, Wrong):
                return plain
            words = plain
        name = month_meant(words.removesuffix("节点")) or words
        if name in points:
            return name
        near = month_meant(words, self.around)
        return Wrong(f"必须是节点，只能是 {'、'.join(points)} 之一", words, near if near in points else nearest_of(name, points), points[0])

    def _cell(self, cell: Cell) -> str | Wrong:
        words = self._plain(cell)
        if isinstance(words, Wrong):
            return words
        found = re.fullmatch(r"第?\s*(\d{1,2})\s*格?", words, re.ASCII)
        return str(int(found[1])) if found else Wrong("必须是第几格，从1数起", words, None, "3")

    def _indicator(self, cell: Cell, task: str | None) -> str | Wrong:
        words = self._plain(cell)
        if isinstance(words, Wrong) or task is None:
            return words
        known = {each.name: each.id for each in self.promise.tasks[int(task)].indicators if each.role == "target"}
        mine = {cells.plain(name): key for name, key in known.items()} | {key: key for key in known.values()}
        if words in mine:
            return mine[words]
        some = f"，有 {'、'.join(known)}" if known else "；这项任务没有要评定的数"
        return Wrong(f"必须是第{task}项任务里数的名称{some}", words, nearest_of(words, known), next(iter(known), None))

    def _piece(self, cell: Cell, task: str | None) -> str | Wrong:
        if cell.kind == "number":  # a spreadsheet makes a day of 3-1
            return self._as_a_day(cell)
        words = self._plain(cell)
        if isinstance(words, Wrong) or task is None:
            return words
        pieces = [
            (f"{place}-{order}", piece.text)
            for place, milestone in enumerate(self.promise.tasks[int(task)].milestones, start=1)
            for order, piece in enumerate(milestone.deliverables, start=1)
        ]
        if words in [key for key, _ in pieces]:
            return words
        mine = [key for key, text in pieces if cells.plain(text) == words]
        texts = [text for _, text in pieces]
        if len(mine) > 1:
            return Wrong(f"第{task}项里有{len(mine)}件事都是这几个字，请写编号", words, None, mine[0])
        return (
            mine[0]
            if mine
            else Wrong(f"必须是第{task}项任务里的一件事，照抄原文", words, nearest_of(words, texts), next(iter(texts), None))
        )

    def _as_a_day(self, cell: Cell) -> Wrong:
        found = cells.day(cell, self.from_1904)
        near = "-".join(str(int(part)) for part in found.split("-")[1:]) if isinstance(found, str) else None
        return Wrong("被表格软件改成了日期；请先把单元格格式改成“文本”，再写一遍", cell.text, near, "3-1")

    def _problem(self, cell: Cell) -> str | Wrong:
        words = self._plain(cell)
        if isinstance(words, Wrong):
            return words
        found = PROBLEM.fullmatch(words)
        name = f"P-{int(found[1]):02}" if found else words
        if name in self.problems:
            return name
        some = f"台账里有 {'、'.join(self.problems[-5:])}" if self.problems else "台账里还没有问题"
        return Wrong(f"必须是台账里有的问题编号；{some}", words, nearest_of(name, self.problems), next(iter(self.problems[-1:]), None))
