"""What people are asked in Chinese, so that nobody types the key of a file: one form per kind of record, for workbooks and for issues alike.

A question takes its name, its meaning and its example from the model; only where these speak of files or of English words, or say nothing,
it has words of its own.  A form of several kinds of step (整改完成、延长期限 …) asks first which; a question may belong to some of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from scripts.ledger.model.fields import choice_words, name_of, written
from scripts.ledger.model.proceedings import Case, Decision, Meeting, Review, Statement, TaskFinding, UnitFinding, Withdrawal
from scripts.ledger.model.records import Acceptance, Closed, Extended, Found, Opened, Record, Rectified, Reopened, Revision, Suspension
from scripts.ledger.model.testimony import Records
from scripts.ledger.model.values import Fact

Answer = Literal[
    "line",
    "words",
    "day",
    "number_or_day",
    "web",
    "choice",
    "task",
    "tasks",
    "unit",
    "units",
    "checkpoint",
    "cell",
    "indicator",
    "piece",
    "problem",
]
"""How an answer is read: `line` and `words` are text on one line or on several; the rest is explained where it is read (intake.reading)."""

TURNS = {"会议记录": "first", "后来的进展": "later"}
FOLDERS = {str(field.title): kind for kind, field in Records.model_fields.items() if kind != "withdrawals"}
"""Whether a meeting is filed for the first time; in which folder a record is: what a person chooses, and what it stands for."""


@dataclass(frozen=True)
class Question:
    """One question.  `keys`: the field that its answer fills, by the form's variant ("" where there is but one); empty: the answer serves
    to find the record.  `needed`: the variants in which it must be answered."""

    label: str
    answer: Answer
    told: str = ""
    example: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    keys: Mapping[str, str] = field(default_factory=dict)
    needed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Group:
    """A list inside a record: one row of a sheet, one line of a form for each.  `of`: the questions of the record that say which one a row
    on a sheet of its own belongs to."""

    key: str
    sheet: str
    label: str
    questions: tuple[Question, ...]
    of: tuple[str, ...]
    example: str


@dataclass(frozen=True)
class Form:
    """One kind of record to fill in.  `name` stands in file names, `title` for people; `models`: what is written, by variant; `chooses`: the
    label of the question whose answer is the variant."""

    name: str
    title: str
    about: str
    folder: str
    models: Mapping[str, type[Record]]
    questions: tuple[Question, ...]
    groups: tuple[Group, ...] = ()
    chooses: str = ""

    def asked(self, label: str) -> Question:
        """A question by its label."""
        return next(each for each in self.questions if each.label == label)


def _taken(text: str) -> str:
    """A description that speaks Chinese alone; one that names a key or a file says nothing to who never sees one."""
    return "" if re.search("[A-Za-z]", text) else text


def _example(text: str) -> str:
    return text.strip("[]").replace(", ", "、")


def ask(
    models: type[Fact] | Mapping[str, type[Fact]],
    keys: str | Mapping[str, str],
    answer: Answer,
    label: str = "",
    told: str = "",
    example: str = "",
) -> Question:
    """A question about a field of a model, or about one field of each of several."""
    by = {"": models} if isinstance(models, type) else models
    named = dict.fromkeys(by, keys) if isinstance(keys, str) else dict(keys)
    fields = {variant: written(by[variant])[key] for variant, key in named.items()}
    first = next(iter(fields.values()))
    choices = {word: value for value, word in choice_words(first).items()} if answer == "choice" else {}
    shown = "" if choices else _example(str(first.examples[0])) if first.examples else ""
    return Question(
        label or first.title or "",
        answer,
        told or _taken(first.description or ""),
        example or shown,
        choices,
        named,
        frozenset(variant for variant, each in fields.items() if each.is_required()),
    )


def _public(models: type[Fact] | Mapping[str, type[Fact]]) -> tuple[Question, ...]:
    """When and, for what is filed late, where the public could know it: the last questions of every form."""
    late = "补录的才填：公布日已过去7天以上的，写当时公布在哪里"
    return ask(models, "published", "day"), ask(models, "public_at", "line", told=late)


def choose(label: str, variants: Mapping[str, type[Fact]]) -> Question:
    """The question that decides between the variants of a form, each by its name."""
    return Question(label, "choice", "", "", {name_of(model): variant for variant, model in variants.items()}, {}, frozenset(variants))


def _find(label: str, answer: Answer, told: str, example: str = "", choices: Mapping[str, str] | None = None) -> Question:
    """A question whose answer finds the record and fills no field."""
    return Question(label, answer, told, example, choices or {}, {}, frozenset({""}))


PROBLEM = Form(
    "problem",
    "发现问题",
    "督查、调度、暗访发现的问题，一个一条。编号由程序给。",
    "problems",
    {"": Found},
    (
        ask(Found, "task", "task", told="序号，或者序号和短标题"),
        ask(Found, "description", "line"),
        ask(Found, "owner", "unit", told="文件里印的简称"),
        ask(Found, "found_on", "day"),
        ask(Found, "rectify_by", "day", told="整改期限过了还没有整改完，颜色会变；只看这一个期限"),
        *_public(Found),
    ),
)

_STEP: dict[str, type[Record]] = {"closed": Rectified, "extended": Extended, "reopened": Reopened}
STEP = Form(
    "step",
    "问题办理",
    "台账里已有的问题：整改完成、延长期限、再次出现。一步一条。",
    "problems",
    _STEP,
    (
        Question("问题编号", "problem", "网站“问题”一页上的编号", "P-07", needed=frozenset(_STEP)),
        choose("办理", _STEP),
        ask(
            _STEP,
            {"closed": "closed_on", "extended": "extended_on", "reopened": "reopened_on"},
            "day",
            "日期",
            "整改完成、批准延期或者再次出现的那一天",
        ),
        ask(_STEP, {"extended": "rectify_by"}, "day", "新期限", "只在延长期限时填；颜色仍按原来的期限"),
        ask(_STEP, {"extended": "reason", "reopened": "reason"}, "line", "原因", "延长期限、再次出现时填"),
        ask(_STEP, {"closed": "result"}, "line", "结果", "整改完成时填：怎样整改的"),
        *_public(_STEP),
    ),
    chooses="办理",
)

_DECISION = (
    ask(Decision, "text", "line"),
    ask(Decision, "owner", "unit", told="文件里印的简称"),
    ask(Decision, "due", "day"),
    ask(Decision, "state", "choice", told="不填就是还没办结"),
)
MEETING = Form(
    "meeting",
    "调度会",
    "每月、每季的调度会。后来的进展，把议定的事和现状再写一遍。",
    "meetings",
    {"": Meeting},
    (
        _find("登记的是", "choice", "头一次登记这次会，选会议记录；以后写议定的事办得怎样，选后来的进展", choices=TURNS),
        ask(Meeting, "kind", "choice", "会议种类"),
        ask(Meeting, "held_on", "day"),
        ask(Meeting, "chair", "line"),
        ask(Meeting, "tasks", "tasks", "讨论的任务", "序号，用顿号隔开", "2、24"),
        *_public(Meeting),
    ),
    (
        Group(
            "decisions", "议定事项", "议定事项", _DECISION, ("会议种类", "召开日"), "8月底前开齐三个班｜县人力社保局｜2023-08-31｜还没办结"
        ),
    ),
)

_TASK_FINDING = (
    ask(TaskFinding, "task", "task", told="序号，或者序号和短标题"),
    ask(TaskFinding, "colour", "choice"),
    ask(TaskFinding, "note", "line"),
    ask(TaskFinding, "on_site", "line"),
)
_UNIT_FINDING = (
    ask(UnitFinding, "unit", "unit", told="文件里印的简称"),
    ask(UnitFinding, "colour", "choice", told="督查自己公布的颜色；没有就不写"),
    ask(UnitFinding, "praise", "line"),
    ask(UnitFinding, "criticism", "line"),
)
REVIEW = Form(
    "review",
    "督查结果",
    "督查（专班）在一个节点公布的结果，照原文写。对任务、对单位，至少写一样。",
    "reviews",
    {"": Review},
    (
        _find("节点", "checkpoint", "督查的是哪个节点", "2023-05"),
        ask(Review, "document", "line"),
        ask(Review, "inspected_on", "day"),
        *_public(Review),
    ),
    (
        Group("tasks", "督查任务", "对任务", _TASK_FINDING, ("节点",), "24｜绿｜进度总体正常｜体艺楼已封顶"),
        Group("units", "督查单位", "对单位", _UNIT_FINDING, ("节点",), "县教委｜绿｜报送及时｜两所学校进度偏慢"),
    ),
)

STATEMENT = Form(
    "statement",
    "单位说明",
    "单位自己的话，放在任务页的理由旁边。",
    "statements",
    {"": Statement},
    (
        ask(Statement, "unit", "unit"),
        ask(Statement, "task", "task", told="序号，或者序号和短标题"),
        ask(Statement, "checkpoint", "checkpoint", told="说的是哪个节点；不单说哪个节点的不填"),
        ask(Statement, "text", "words", told="平实的几句话，不写人名、手机"),
        *_public(Statement),
    ),
)

CASE = Form(
    "case",
    "先进案例",
    "公布过的先进案例。",
    "cases",
    {"": Case},
    (
        ask(Case, "title", "line"),
        ask(Case, "tasks", "tasks", told="序号，用顿号隔开", example="2、24"),
        ask(Case, "units", "units", told="文件里印的简称，用顿号隔开"),
        ask(Case, "summary", "words", told="平实的几句话，不写人名、手机"),
        ask(Case, "document", "line"),
        ask(Case, "url", "web"),
        *_public(Case),
    ),
)

REVISION = Form(
    "revision",
    "调整目标",
    "经批准改了的目标，一次一个。原来的目标一直看得见。",
    "revisions",
    {"": Revision},
    (
        ask(Revision, "task", "task", told="序号，或者序号和短标题"),
        ask(Revision, "cell", "cell", "第几格", "目标写在第几格；调整全年的数不填"),
        ask(Revision, "indicator", "indicator", told="调整哪个数，写它的名称", example="新增学位"),
        ask(Revision, "deliverable", "piece", "事项", "调整哪件事，照抄文件原文；和指标只填一样，都不填就是整格", "公平小学综合楼完工"),
        ask(Revision, "change", "choice"),
        ask(Revision, "from", "number_or_day", told="原来的数或到期日；取消的不填"),
        ask(Revision, "to", "number_or_day", told="新的数或到期日；取消的不填"),
        ask(Revision, "approved_on", "day"),
        ask(Revision, "approver", "line", told="单位，不写人名"),
        ask(Revision, "document", "line", told="批准的文件"),
        ask(Revision, "reason", "line"),
        *_public(Revision),
    ),
)

SUSPENSION = Form(
    "suspension",
    "暂缓",
    "经批准，一项任务到期的目标暂时不评定。",
    "events",
    {"": Suspension},
    (
        ask(Suspension, "task", "task", told="序号，或者序号和短标题"),
        ask(Suspension, "approver", "line"),
        ask(Suspension, "document", "line"),
        ask(Suspension, "approved_on", "day"),
        ask(Suspension, "review_by", "day"),
        ask(Suspension, "reason", "line"),
        *_public(Suspension),
    ),
)

ACCEPTANCE = Form(
    "acceptance",
    "验收",
    "一项任务全部完成以后的验收。只验收了一部分的，写进报告的情况。",
    "events",
    {"": Acceptance},
    (
        ask(Acceptance, "task", "task", told="序号，或者序号和短标题"),
        ask(Acceptance, "by", "line"),
        ask(Acceptance, "document", "line"),
        ask(Acceptance, "accepted_on", "day"),
        *_public(Acceptance),
    ),
)

_COURSE: dict[str, type[Record]] = {"opened": Opened, "closed": Closed}
COURSES = Form(
    "course",
    "开始和结束",
    "开始报送：从这天起要报进展。计划结束：从这天起不再评定。各只登记一次。",
    "events",
    _COURSE,
    (
        choose("登记的是", _COURSE),
        ask(_COURSE, {"opened": "opened_on", "closed": "closed_on"}, "day", "日期", "从哪一天起"),
        *_public(_COURSE),
    ),
    chooses="登记的是",
)

WITHDRAWAL = Form(
    "withdrawal",
    "撤下",
    "含个人信息等不得不撤的一份记录。数报错了不用撤：更正就行。历史里的，还要照手册“撤掉个人信息”清除。",
    "withdrawals",
    {"": Withdrawal},
    (
        _find("哪一类", "choice", "撤下的是哪一类记录", choices=FOLDERS),
        _find("编号", "line", "撤下的那一份的编号，照网站上写的；报告写节点和序号", "2023-05/24"),
        ask(Withdrawal, "ground", "line", told="一句话，不要把那些信息又写一遍"),
        *_public(Withdrawal),
    ),
)

FORMS = (PROBLEM, STEP, MEETING, REVIEW, STATEMENT, CASE, REVISION, SUSPENSION, ACCEPTANCE, COURSES, WITHDRAWAL)
"""Every form, in the order of sheets and of help."""


def form_titled(title: str) -> Form | None:
    """The form of a title."""
    return next((form for form in FORMS if form.title == title), None)


def unasked(form: Form) -> Iterator[str]:
    """Fields of the form's models that no question and no group asks for: filled in by the program, or forgotten."""
    grouped = {group.key for group in form.groups}
    for variant, model in form.models.items():
        told = {each.keys[variant] for each in form.questions if variant in each.keys}
        yield from (f"{model.__name__}.{key}" for key in written(model) if key not in told | grouped)
