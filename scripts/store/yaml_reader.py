"""YAML read as text with line numbers: no guessing, no anchors, no tags, no duplicate keys.

The parser's events are turned into plain `str`, `list` and `dict`, with the line of each key and
item kept beside.  YAML's own conversions never run, so nothing turns silently into a number, a
date or a Boolean.  Whatever the bytes, the outcome is a tree or one `Unreadable` with a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from .yaml_messages import ANCHORS, COLON, COMMA, CONFLICT, CONFLICT_MARK, EXAMPLES, HASH, TAGS, explained

MAX_BYTES = 1_000_000
MAX_DEPTH = 12
MAX_VALUES = 50_000
MOST_LINES = 20
"""So many lines of one file are named for the same kind of character: the next look tells the rest."""
REFUSED = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]|\r(?!\n)")
"""Control characters, the tab and a line break that no editor shows; CR LF is a line break."""

OTHER_FILES = {
    b"PK\x03\x04": "这是 Office 文件或压缩包，不是文字文件；请用记事本一类的编辑器写，或用 python -m scripts report 建一份模板",
    b"\xd0\xcf\x11\xe0": "这是旧版 Office 文件，不是文字文件；请用记事本一类的编辑器写，或用 python -m scripts report 建一份模板",
    b"%PDF": "这是 PDF 文件，不是文字文件",
    b"\xff\xfe": "必须是 UTF-8 文字，这是 UTF-16（“Unicode”）；请用编辑器另存为“UTF-8”",
    b"\xfe\xff": "必须是 UTF-8 文字，这是 UTF-16（“Unicode”）；请用编辑器另存为“UTF-8”",
}
"""What else stands where a data file should, by its first bytes."""

type_path = tuple[str | int, ...]


class Unreadable(Exception):
    """The bytes are not a data file.  `must`, `found`, `example` are the Chinese words of the message; `more` are further places of the kind."""

    def __init__(self, line: int, must: str, found: str | None = None, example: str | None = None) -> None:
        super().__init__(must)
        self.line, self.must, self.found, self.example = line, must, found, example
        self.more: list[Unreadable] = []


@dataclass
class Tree:
    """A parsed file: `value` is nested str/list/dict; `lines` maps the path of each key or item to its line (from 1).

    `faults` are single values that are not what they must be (left empty, written twice, an alias), each with its path: what stands
    around them was read all the same, in their own place stands None or the first of the two.
    """

    value: Any
    lines: dict[type_path, int] = field(default_factory=dict)
    faults: list[tuple[type_path, Unreadable]] = field(default_factory=list)

    def line(self, path: type_path) -> int:
        """The line of `path`, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def decode(data: bytes) -> str:
    """UTF-8 text of a file, or `Unreadable`."""
    if len(data) > MAX_BYTES:
        raise Unreadable(1, f"文件不能大于{MAX_BYTES // 1000}千字节", f"{-(-len(data) // 1000)}千字节")
    for mark, words in OTHER_FILES.items():
        if data.startswith(mark):
            raise Unreadable(1, words)
    if data.startswith(b"\xef\xbb\xbf"):
        raise Unreadable(1, "文件开头不能有字节顺序标记（BOM）；请另存为“UTF-8”，不要选“UTF-8 带签名”")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Unreadable(line, "必须是 UTF-8 文字；请用编辑器另存为“UTF-8”", f"字节 {data[error.start]:02X}") from None
    return text


def parse(data: bytes) -> Tree:
    """The tree of a YAML file's bytes.  Raises `Unreadable`.

    >>> parse(b"due: 2023-05-31\\ncovers: [2023-03, no]").value
    {'due': '2023-05-31', 'covers': ['2023-03', 'no']}
    """
    tree = grown(data)
    for _, fault in tree.faults:
        raise fault
    return tree


def grown(data: bytes) -> Tree:
    """The same, with the faults of single values told in the tree.  Raises `Unreadable` where the rest cannot be read either."""
    text = decode(data)
    refuse_controls(text)
    if mark := CONFLICT_MARK.search(text):
        raise Unreadable(text.count("\n", 0, mark.start()) + 1, CONFLICT)
    if directive := re.search("^%", text, re.MULTILINE):
        raise Unreadable(text.count("\n", 0, directive.start()) + 1, "行首不能用 %；以 % 开头的文字请放进双引号")
    tree, last = Tree(None), text.rstrip().count("\n") + 1
    try:
        events = iter(yaml.parse(text, Loader=yaml.CSafeLoader))
        _document(events, tree, text)
    except yaml.YAMLError as error:
        line, must = explained(error, text)
        raise Unreadable(min(line, last), must, example=EXAMPLES.get(must)) from None
    except Unreadable as error:
        error.line = min(error.line, last)  # an end that is missed is missed where the file ends
        raise
    for _, fault in tree.faults:
        fault.line = min(fault.line, last)
    return tree


def refuse_controls(text: str, allowed: str = "") -> None:
    """Raise `Unreadable` for the lines that hold a control character but line breaks and those `allowed`."""
    refused: dict[int, Unreadable] = {}
    line, counted = 1, 0
    for found in REFUSED.finditer(text):
        if found[0] not in allowed:
            line, counted = line + text.count("\n", counted, found.start()), found.start()
            tab = "不能用制表符（Tab）；缩进请用空格"
            refused.setdefault(line, Unreadable(line, tab if found[0] == "\t" else f"不能含控制字符（U+{ord(found[0]):04X}）"))
            if len(refused) == MOST_LINES:
                break
    if refused:
        first, *rest = refused.values()
        first.more = rest
        raise first


def _document(events: Iterator[Any], tree: Tree, text: str) -> None:
    started = False
    for event in events:
        if isinstance(event, (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentEndEvent)):
            continue
        if isinstance(event, yaml.DocumentStartEvent):
            if started:
                raise Unreadable(_line(event), "一个文件里只能有一份内容，不能用 --- 再起一份")
            started = True
            continue
        _Builder(tree, text).build(event, events)
    if tree.value is None:
        raise tree.faults[0][1] if tree.faults else _empty()


def _empty() -> Unreadable:
    return Unreadable(1, "文件是空的；必须写“字段: 值”", example="title: 改善七所学校办学条件")


class _Builder:
    def __init__(self, tree: Tree, text: str) -> None:
        self.tree, self.count, self.text = tree, 0, text.split("\n")

    def build(self, event: Any, events: Iterator[Any]) -> None:
        self.tree.value = self._value(event, events, ())

    def _value(self, event: Any, events: Iterator[Any], path: type_path) -> Any:
        line = _line(event)
        self.tree.lines.setdefault(path, line)
        self.count += 1
        if self.count > MAX_VALUES:
            raise Unreadable(line, f"一个文件最多{MAX_VALUES}个值")
        if len(path) > MAX_DEPTH:
            raise Unreadable(line, f"嵌套太深，最多{MAX_DEPTH}层；请检查多余的括号")
        fault = _cleverness(event, line)
        if isinstance(event, yaml.ScalarEvent) and not fault and not event.style and event.value in ("", "~", "null"):
            fault = _left_empty(event.value, line, path, self.text[line - 1] if line <= len(self.text) else "")
        if fault:
            self.tree.faults.append((path, fault))
        if isinstance(event, yaml.AliasEvent):
            return None
        if isinstance(event, yaml.ScalarEvent):
            return None if fault else event.value
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, path)
        return self._mapping(events, path)

    def _sequence(self, events: Iterator[Any], path: type_path) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(self._value(event, events, (*path, len(items))))
        return items

    def _mapping(self, events: Iterator[Any], path: type_path) -> dict[str, Any]:
        items: dict[str, Any] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            line = _line(event)
            fault = _cleverness(event, line)
            if fault and not (isinstance(event, yaml.ScalarEvent) and event.value.strip()):
                raise fault
            if not isinstance(event, yaml.ScalarEvent):
                raise Unreadable(line, "字段名必须是一个词；以 { 或 [ 开头的文字请放进双引号", example="title: 改善七所学校办学条件")
            key = event.value
            if not key.strip():
                raise Unreadable(line, "字段名不能是空的", example="title: 改善七所学校办学条件")
            if fault:
                self.tree.faults.append(((*path, key), fault))
            if key in items:
                first = self.tree.lines[(*path, key)]
                self.tree.faults.append(((*path, key), Unreadable(line, f"同一个字段写了两次（第一次在第{first}行）", key)))
            self.tree.lines.setdefault((*path, key), line)
            items.setdefault(key, self._value(next(events), events, (*path, key)))
        return items


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _left_empty(value: str, line: int, path: type_path, told: str) -> Unreadable:
    """What is said of a value that is not there; `told`: the line as written."""
    if not path:
        return _empty()
    if isinstance(path[-1], int):
        return Unreadable(line, "这一项是空的；不需要的项请整行删去")
    if "：" in path[-1] or ":" in path[-1]:
        return Unreadable(line, COLON, path[-1], "title: 改善七所学校办学条件")
    if path[-1].isdecimal():
        return Unreadable(line, COMMA, path[-1])
    if re.search(rf"{re.escape(path[-1])}[\"']?:\s+#", told):
        return Unreadable(line, f"{path[-1]} {HASH}", example=f'{path[-1]}: "#1 教学楼完工"')
    return Unreadable(line, f"{path[-1]} 后面没有写值；不需要的字段请整行删去", value or None)


def _cleverness(event: Any, line: int) -> Unreadable | None:
    """What is said of an anchor, an alias or a tag; None for plain YAML."""
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        return Unreadable(line, ANCHORS)
    if getattr(event, "tag", None):
        return Unreadable(line, TAGS, event.tag.replace("tag:yaml.org,2002:", "!!"))
    return None
