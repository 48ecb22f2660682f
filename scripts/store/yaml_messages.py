"""What a YAML parser complains about, in the staff's words, at the line where the mistake most likely stands."""

from __future__ import annotations

import re
from typing import Any

ANCHORS = "不能用 YAML 的锚点和引用（& 和 *）；请把内容写出来，以 & 或 * 开头的文字放进双引号"
TAGS = "不能用 YAML 的标签（!）；以 ! 开头的文字请放进双引号"
COLON = "字段名后面要用英文冒号，再空一格（半角）"

CONFLICT = "合并时留下的记号（<<<<<<<、=======、>>>>>>>）还在；两边对照，留下对的一份，记号整行删去"
CONFLICT_MARK = re.compile(r"^(?:<{7}|>{7}|={7}|\|{7})(?: .*)?$", re.MULTILINE)
"""What git leaves in a file that two people changed."""
BRACKETS = "括号要用英文的（半角）：{ } 和 [ ]"
COMMA = "数字里不能有逗号（千分撇）；写成 2000"
HASH = "后面的文字以 # 开头，会被当成注释；这样的文字请放进双引号"

KEY_WITHOUT_COLON = re.compile(r"\s*(?:- )?[^\s:：\"'\[{#-][^\s:：]*(?:：|:(?=\S))")
"""A line that begins like a field, but with a full-width colon, or without the space after the colon."""

WORDS = {
    "mapping values are not allowed in this context": "这一行有两个冒号、缩进不对，或上一行少了英文冒号；含冒号的文字请放进双引号",
    "did not find expected key": "缩进不对，或这里、上面几行的引号、括号没有配对",
    "did not find expected '-' indicator": "缩进不对：“- ”要与上面的“- ”对齐",
    "did not find expected <document start>": "一个文件里只能有一份内容，从行首写起，不能用 --- 或 ... 隔开",
    "did not find expected node content": "括号里多了逗号、少写了一项，或括号没有配对",
    "found character that cannot start any token": "有不能放在开头的符号；这样的文字请放进双引号",
    "found unknown escape character": "双引号里不认得的反斜杠；要写反斜杠，请写两个",
}
"""By the parser's own words; told of the line where the parser stopped."""

OPENED = {
    "could not find expected ':'": COLON,
    "found unexpected end of stream": "从这一行开始的引号没有关上",
    "did not find expected ',' or ']'": "从这一行开始的 [ ] 没有配对，或项与项之间少了英文逗号",
    "did not find expected ',' or '}'": "从这一行开始的 { } 没有配对，或项与项之间少了英文逗号",
}
"""The same, told of the line where the unfinished thing began."""

LIST, GROUP, QUOTED = "lead: [县教委, 县财政局]", "deliverables: {2-1: done, 2-2: partial}", 'summary: "说明：已完工"'
EXAMPLES = {
    COLON: "title: 改善七所学校办学条件",
    BRACKETS: GROUP,
    TAGS: 'summary: "!已完工"',
    ANCHORS: 'summary: "*已完工"',
    WORDS["mapping values are not allowed in this context"]: QUOTED,
    WORDS["did not find expected node content"]: LIST,
    WORDS["found character that cannot start any token"]: 'summary: "@县教委"',
    WORDS["found unknown escape character"]: 'summary: "甲\\\\乙"',
    OPENED["found unexpected end of stream"]: QUOTED,
    OPENED["did not find expected ',' or ']'"]: LIST,
    OPENED["did not find expected ',' or '}'"]: GROUP,
}
"""A line as it should be, for what one line can show."""


def explained(error: Any, text: str) -> tuple[int, str]:
    """The line (from 1) and the words for a parser's error in `text`."""
    context, problem = (str(getattr(error, name, None) or "") for name in ("context", "problem"))
    stopped, began = _line(error, "problem_mark", "context_mark"), _line(error, "context_mark", "problem_mark")
    if problem in OPENED:
        return began, OPENED[problem]
    if " tag" in context or "tag handle" in problem:
        return stopped, TAGS
    if "anchor" in context or "alias" in context:
        return stopped, ANCHORS
    lines = text.split("\n")
    if stopped <= len(lines) and re.search("[:：] *[｛［]", lines[stopped - 1]):
        return stopped, BRACKETS
    for line in (stopped - 1, stopped) if problem in WORDS else ():
        if 0 < line <= len(lines) and KEY_WITHOUT_COLON.match(lines[line - 1]):
            return line, COLON
    return stopped, WORDS.get(problem, "看不懂这里的写法：请检查缩进、引号、括号是否配对")


def _line(error: Any, *names: str) -> int:
    marks = (getattr(error, name, None) for name in names)
    return next((int(mark.line) + 1 for mark in marks if mark is not None), 1)
