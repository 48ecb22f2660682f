"""What the checks say of a record's file, said of the answer that it came from: with its label, in its words, never with the key of a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from scripts.ledger.model.problems import Problem

from ..forms.new_record import New
from ..forms.questions import Form, Question

WORD = re.compile(r"(?<![A-Za-z0-9_./-])([a-z_]+)(?![A-Za-z0-9_./-])", re.ASCII)
SPACED = re.compile(f" ?{WORD.pattern} ?", re.ASCII)
KEYED = re.compile(rf"{WORD.pattern}: {WORD.pattern} ?", re.ASCII)
LINE_OF_A_FILE = re.compile(rf"[:{{}}\[\]]|{WORD.pattern}", re.ASCII)
FILE_WORDS = (
    ("；写在 # 后面的不算，请去掉 #", ""),
    ("（units.yml）", ""),
    ("；已经合并的，也只补这一行", ""),
)
"""What is said to those who write files."""


def said(problem: Problem, new: New, form: Form) -> Problem:
    """A finding about a record's field as one about the answer behind it."""
    place, question = new.place(problem.at.path), _question(problem, new, form)
    words = vocabulary(form)
    must = problem.must
    for old, better in FILE_WORDS:
        must = must.replace(old, better)
    must = in_words(must, words)
    found = words.get(problem.found or "", problem.found)
    nearest = words.get(problem.nearest or "", problem.nearest)
    return replace(problem, at=place, must=must, found=found, nearest=nearest, example=_example(problem, question, words), line=None)


def _example(problem: Problem, question: Question | None, words: dict[str, str]) -> str | None:
    """An example as one would fill it in: the finding's own in the form's words, else the question's; what shows a file's line shows nobody
    anything here."""
    if question is None:
        return None
    if problem.example is None:
        return question.example if question.answer in ("line", "words") else None
    key, colon, value = problem.example.partition(": ")
    if colon and key in words and not LINE_OF_A_FILE.search(value.replace("://", "")):
        value = words.get(value, value)
        return value if key == problem.at.path[-1] else f"{words[key]} {value}"
    shown = words.get(problem.example, problem.example)
    return question.example or next(iter(question.choices), None) if LINE_OF_A_FILE.search(shown) else shown


def _question(problem: Problem, new: New, form: Form) -> Question | None:
    """The question that a path leads to."""
    keys = [key for key in problem.at.path if isinstance(key, str)]
    if not keys:
        return None
    group = next((each for each in form.groups if each.key == keys[0]), None)
    questions = group.questions if group else form.questions
    return next((each for each in questions if keys[-1] in each.keys.values()), None)


def vocabulary(form: Form) -> dict[str, str]:
    """The words of a form for what stands in a file: keys and chosen values."""
    return dict(_pairs(form))


def _pairs(form: Form) -> Iterator[tuple[str, str]]:
    for group in form.groups:
        for question in group.questions:
            yield from _of(question)
        yield group.key, group.label
    for question in form.questions:
        yield from _of(question)


def _of(question: Question) -> Iterator[tuple[str, str]]:
    yield from ((key, question.label) for key in question.keys.values())
    yield from ((value, word) for word, value in question.choices.items())


def in_words(text: str, words: dict[str, str]) -> str:
    """A sentence with every key and every chosen value of a form in the form's own words.

    >>> in_words("change: value 时 from 要写成数", {"change": "调整什么", "value": "数", "from": "原来"})
    '“调整什么”是“数”时“原来”要写成数'
    """
    text = KEYED.sub(lambda found: f"“{words[found[1]]}”是“{words[found[2]]}”" if {found[1], found[2]} <= set(words) else found[0], text)
    return SPACED.sub(lambda found: f"“{words[found[1]]}”" if found[1] in words else found[0], text)
