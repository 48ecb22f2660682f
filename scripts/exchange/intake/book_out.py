"""The workbook in which records are filled in (登记表): a sheet for each form, with drop-downs, notes and what is known beside it.

Deterministic, as all our workbooks: no clock, no author, no path.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from scripts.ledger.model.promise import Ledger
from scripts.ledger.model.records import Found
from scripts.ledger.model.testimony import step_id
from scripts.ledger.series.agenda import closed
from scripts.ledger.series.day import Day

from ..forms.questions import FORMS, Question
from ..workbooks.outgoing import DEMO, book_bytes, put
from ..workbooks.style import DAY_FORMAT, Column, choices, days, finish_help, finish_rows, finish_told, listed_in
from .compose import STATE_WORDS
from .labels import BOOK, group_questions, note, title_of

HELP, KNOWN = "说明", "对照"
"""The sheets that are not filled in."""
WIDTHS = {"line": 30, "words": 44, "web": 30, "day": 12, "choice": 12, "task": 26, "unit": 20, "units": 24, "tasks": 14, "problem": 26}
KNOWN_HEADS = ("任务", "牵头单位", "单位", "节点", "问题", "问题现状")
LISTS = {"task": "任务", "unit": "单位", "checkpoint": "节点", "problem": "问题"}
"""Answers that may be chosen from a column of the sheet 对照."""
CUT = 40
"""Characters of a problem that stand beside its number."""


def file_name(plan: str) -> str:
    """What the workbook is called unless somebody says otherwise."""
    return f"登记-{plan}.xlsx"


def site_path(plan: str) -> str:
    """Where a site offers the workbook, below its root: beside the page of the handbook that explains it."""
    return f"guide/records-{plan}.xlsx"


def offered(days: Mapping[str, Day]) -> tuple[str, ...]:
    """The plans whose workbook a site offers: those that have not ended.  It asks nobody for a report, so that an independent site has it
    too."""
    return tuple(plan for plan, day in sorted(days.items()) if not closed(day))


def record_files(ledger: Ledger, days: Mapping[str, Day]) -> Iterator[tuple[str, bytes]]:
    """Every workbook that a site offers: (path below the site's root, bytes)."""
    for plan in offered(days):
        yield site_path(plan), record_book(days[plan], list(ledger.units), bool(ledger.settings.fictional))


def record_book(day: Day, units: Sequence[str], fictional: bool) -> bytes:
    """The workbook's bytes.  `day` holds what is on record, and what was public then is listed; `units`: the registry's short names."""
    book = Workbook()
    book.remove(book.worksheets[0])
    demo = f"{DEMO}　" if fictional else ""
    county, plan = day.promise.plan.county, day.promise.id
    title = f"{demo}{county}　{plan}年{BOOK}"
    lists = _known(day, units)
    finish_help(book.create_sheet(HELP), title, HELP_LINES)
    for form in FORMS:
        _sheet(book.create_sheet(form.title), form.questions, lists, f"{demo}{county}　{title_of(plan, form.title)}", form.about, title)
        for group in form.groups:
            about = f"一行一条；{'、'.join(f'“{label}”' for label in group.of)}和“{form.title}”那一行写得一样。"
            _sheet(
                book.create_sheet(group.sheet),
                group_questions(form, group),
                lists,
                f"{demo}{county}　{title_of(plan, group.sheet)}",
                about,
                title,
            )
    _lists(book.create_sheet(KNOWN), lists, title)
    return book_bytes(book, title, day.known)


def _sheet(sheet: Worksheet, questions: Sequence[Question], lists: dict[str, list[str]], head: str, about: str, title: str) -> None:
    put(sheet, 1, 1, head)
    put(sheet, 2, 1, f"{about}深色的栏要填，浅色的没有就空着。")
    for index, question in enumerate(questions, start=1):
        put(sheet, 3, index, question.label)
    finish_rows(sheet, [_column(question, lists) for question in questions], title)


def _column(question: Question, lists: dict[str, list[str]]) -> Column:
    form = DAY_FORMAT if question.answer == "day" else "@"
    known = LISTS.get(question.answer)
    rule = choices(list(question.choices)) if question.choices else days() if question.answer == "day" else None
    if known and lists[known]:
        letter = "ABCDEF"[KNOWN_HEADS.index(known)]
        rule = listed_in(f"'{KNOWN}'!${letter}$4:${letter}${3 + len(lists[known])}")
    return Column(question.label, WIDTHS.get(question.answer, 16), form, rule, note(question), bool(question.needed))


def _known(day: Day, units: Sequence[str]) -> dict[str, list[str]]:
    """What can be chosen from, column by column."""
    tasks = sorted(day.promise.tasks.items())
    problems = list(_problems(day))
    return {
        "任务": [f"{number} {task.title}" for number, task in tasks],
        "牵头单位": ["、".join(task.lead) for _, task in tasks],
        "单位": list(units),
        "节点": [point.id for point in day.promise.plan.checkpoints],
        "问题": [words for words, _ in problems],
        "问题现状": [state for _, state in problems],
    }


def _problems(day: Day) -> Iterator[tuple[str, str]]:
    """Every problem on record with its last step; those that are open first."""
    found: dict[str, list[tuple[int, str]]] = {}
    for key, record in day.records.problems.items():
        if record.published <= day.known and (step := step_id(key)):
            found.setdefault(step[0], []).append((step[1], key))
    told = []
    for name, steps in sorted(found.items()):
        first, last = (day.records.problems[key] for _, key in (min(steps), max(steps)))
        words = first.description if isinstance(first, Found) else ""
        told.append((last.type == "closed", f"{name} {words[:CUT]}", STATE_WORDS[last.type]))
    yield from ((words, state) for _, words, state in sorted(told))


def _lists(sheet: Worksheet, lists: dict[str, list[str]], title: str) -> None:
    put(sheet, 1, 1, f"{title}：{KNOWN}")
    put(sheet, 2, 1, "只供选用和对照，不用填，也改不了。")
    for index, head in enumerate(KNOWN_HEADS, start=1):
        put(sheet, 3, index, head)
        for row, words in enumerate(lists[head], start=4):
            put(sheet, row, index, words)
    finish_told(sheet, 3 + max(map(len, lists.values())), title, [30, 26, 20, 10, 44, 10], hidden=False)


HELP_LINES = (
    ("怎么填", ""),
    ("一", "一类记录一张表，一条记录一行。只填要登记的那几张表，别的空着。"),
    ("二", "深色的栏要填，浅色的没有就空着。鼠标停在栏名上，有说明和例子。"),
    ("三", "任务、单位、节点、问题可以从下拉里选，也可以自己写：任务写序号就行，单位写文件里印的简称。"),
    ("四", "日期写 2023-05-20；2023/5/20、2023年5月20日也认得。"),
    ("五", "一次会定了几件事，在“议定事项”一件一行；督查对任务、对单位的话，在“督查任务”“督查单位”一条一行。"),
    ("六", "公布日写公众最早能知道的那一天。已经过去7天以上的，在公布处写当时公布在哪里。"),
    ("", ""),
    ("注意", ""),
    ("七", "公布了的不改不删。问题有了结果，在“问题办理”另登记一行；会议后来的进展，在“调度会”另登记一行。"),
    ("八", "已经登记过的，再交一次不会重复。"),
    ("九", "不要写公式，写数值。不要写个人的姓名、手机、身份证号；不要插图片。"),
    ("十", "可以插入自己的列、删去不用的表；不要改栏名和最上面的一行。"),
    ("十一", "交表以后，会逐格检查；有一格不对，整张表都不收，会告诉您是哪一格、应当怎样。"),
)
"""The sheet of help: (heading or number, words)."""
