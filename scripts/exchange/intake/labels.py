"""What filling in and reading must agree on: the names of sheets, columns and headings."""

from __future__ import annotations

from ..forms.questions import Form, Group, Question

BOOK = "登记表"
KIND, PLAN, BEFORE = "登记什么", "年度", "提交以前"
"""The headings that every issue's form has: which form it is; which plan; what is ticked last."""


def heads(form: Form) -> tuple[str, ...]:
    """The columns of a form's sheet."""
    return tuple(question.label for question in form.questions)


def group_questions(form: Form, group: Group) -> tuple[Question, ...]:
    """The columns of a list's own sheet: first what says which record a row belongs to."""
    return (*(form.asked(label) for label in group.of), *group.questions)


def title_of(plan: str, form: str) -> str:
    """What stands above a sheet, by which it is known again: 2023年登记表：发现问题."""
    return f"{plan}年{BOOK}：{form}"


def note(question: Question) -> str:
    """What a question asks for, in one line: 写事，不写人。例：实训教师不足，三个班未开."""
    shown = question.example or "、".join(question.choices)
    return "。".join(filter(None, [question.told, f"{'选' if question.choices else '例：'}{shown}" if shown else ""]))
