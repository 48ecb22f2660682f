"""What the host says happened to an issue: the file that it leaves for a workflow.  Nothing of it is ever put into a command."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any


class NoIssue(Exception):
    """The file does not speak of an issue; the words are Chinese."""


@dataclass(frozen=True)
class Issue:
    """An issue as an event tells of it."""

    number: int
    body: str


def issue_of(data: bytes) -> Issue:
    """The issue of an event's file.  Raises `NoIssue`."""
    try:
        whole: Any = json.loads(data)
        issue = whole["issue"]
        number, body = issue["number"], issue["body"]
    except (ValueError, RecursionError, KeyError, TypeError):
        raise NoIssue("这个文件不是一条 issue 的事件") from None
    if type(number) is not int or not 0 < number < 10**9 or not isinstance(body, str | None):
        raise NoIssue("这个文件不是一条 issue 的事件")
    return Issue(number, body or "")


def text_of(data: bytes) -> str:
    """The text of an issue, from an event's file or as somebody saved it.  Raises `NoIssue`."""
    try:
        return issue_of(data).body
    except NoIssue:
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise NoIssue("必须是 UTF-8 文字：把 issue 的内容复制出来，存成文本文件") from None
