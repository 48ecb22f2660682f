"""The forms of issues in which records are filled in: one file for each, as GitHub reads them, and Gitee, Gitea and Forgejo too.

Generated from the questions (`make docs`); a test holds the committed files against this.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from ..forms.questions import FORMS, Form, Group, Question
from .labels import BEFORE, KIND, PLAN, note

FOLDER = ".github/ISSUE_TEMPLATE"
HEAD = "# 由 make docs 从 scripts/exchange/forms/questions.py 生成，不要手改。\n"
WARNING = """\
**这里写的，所有人都看得到。不要写个人姓名、手机号、身份证号、住址、病情、孩子姓名。**

这张表只给工作人员用：没有本仓库写入权限的人填了，程序不收，也不回话。群众反映问题，请打 12345；网站哪里写错了，请用“指出错误”。

提交以后几分钟，程序在下面回话：没有错，给出合并请求；有错，逐条说怎么改。要改就编辑这一条，不要另开一条。
"""
PLEDGE = "我写的内容里没有个人姓名、手机号、身份证号、住址、病情、孩子姓名；我知道它会公开。"


def write(root: Path) -> list[Path]:
    """Write the files below a repository's root; gives those that changed."""
    changed = []
    for name, text in form_files().items():
        path = root / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            changed.append(path)
    return changed


def form_files() -> dict[str, str]:
    """Every form's file: path from the repository's root → text.  Their names keep them behind the form for citizens, in their order."""
    return {f"{FOLDER}/record-{order:02}-{form.name}.yml": form_file(form) for order, form in enumerate(FORMS, start=1)}


def form_file(form: Form) -> str:
    """One form."""
    whole = {
        "name": f"工作人员：{form.title}",
        "description": f"{form.about}只收有写入权限的工作人员填的。",
        "title": f"登记：{form.title}",
        "body": [
            {"type": "markdown", "attributes": {"value": WARNING}},
            _part("dropdown", "kind", True, label=KIND, description="不用改。", options=[form.title], default=0),
            *(_question(f"q{index}", question) for index, question in enumerate(form.questions, start=1)),
            *(_group(group) for group in form.groups),
            _part("input", "plan", False, label=PLAN, description="只有一年的计划时不填。", placeholder=_example("2023")),
            {"type": "checkboxes", "id": "public", "attributes": {"label": BEFORE, "options": [{"label": PLEDGE, "required": True}]}},
        ],
    }
    return HEAD + yaml.dump(whole, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)


class _Dumper(yaml.SafeDumper):
    """Several lines as they are read."""


_Dumper.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, "|" if "\n" in text else None))


def _part(kind: str, name: str, needed: bool, **attributes: Any) -> dict[str, Any]:
    told = {key: value for key, value in attributes.items() if value != ""}
    return {"type": kind, "id": name, "attributes": told, "validations": {"required": needed}}


def _question(name: str, question: Question) -> dict[str, Any]:
    needed = len(question.needed) >= max(1, len(question.keys))
    if question.choices:
        return _part("dropdown", name, needed, label=question.label, description=question.told, options=list(question.choices))
    kind = "textarea" if question.answer == "words" else "input"
    return _part(kind, name, needed, label=question.label, description=question.told, placeholder=_example(question.example))


def _group(group: Group) -> dict[str, Any]:
    columns = "｜".join(question.label for question in group.questions)
    told = "；".join(f"{question.label}：{note(question)}" for question in group.questions if question.choices)
    words = f"一行一条，用竖线隔开：{columns}。没有的那一段空着；也可以从表格里直接粘贴几列。" + (f"（{told}）" if told else "")
    return _part("textarea", group.key, False, label=group.label, description=words, placeholder=_example(group.example))


def _example(text: str) -> str:
    return f"例：{text}" if text else ""
