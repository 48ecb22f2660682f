"""The rules file in words: thresholds as sentences, blanks under Chinese names, everything that the method page prints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from string import Formatter

from pydantic import BaseModel

from scripts.ledger.model.rules import COLOURS, Colour, Lateness, Rules
from scripts.ledger.model.wordbook import Said
from scripts.ledger.phrases.formats import number_words
from scripts.ledger.phrases.phrasebook import Speech

BLANKS = {
    "approver": "批准机关", "approved_on": "批准日", "document": "文件", "review_by": "复查日", "before": "原来", "checkpoint": "节点",
    "report_due": "报告期限", "as_of": "今天", "missing": "哪些", "colour": "颜色", "count": "几", "name": "名称", "text": "内容",
    "days": "几", "id": "编号", "rectify_by": "整改期限", "extended_to": "新期限", "verdict": "评定", "reasons": "理由", "due": "到期日",
    "planned": "应完成数", "unit": "单位", "actual": "实际数", "range": "范围", "low": "下限", "high": "上限", "percent": "百分数", "done": "完成日",
    "reopened_on": "再次出现日", "by": "谁", "accepted_on": "验收日", "subject": "哪个目标", "after": "改后", "decided": "怎样决定",
    "notice": "预告够不够", "day": "日", "published": "公布日", "first": "第几", "last": "第几", "short": "差多少", "limit": "界限",
    "change": "颜色变化", "changes": "改了哪些", "ours": "本站的颜色", "reason": "原因", "month": "月", "year": "年", "part": "几", "whole": "几", "value": "数", "state": "情况",
}  # fmt: skip
"""What stands for a blank of a sentence where no value fills it."""


@dataclass(frozen=True)
class Setting:
    """One number (or named colour) of the rules: its path in the file, its name, what it means, its value as it is said."""

    path: str
    name: str
    meaning: str
    value: str


@dataclass(frozen=True)
class Sentence:
    """One word or sentence of the rules: its path, how this site says it, how the other kind of publisher does where that differs."""

    path: str
    ours: str
    theirs: str


@dataclass(frozen=True)
class Band:
    """What makes a colour: of numbers, of deliverables, of problems; empty where it does not apply."""

    colour: Colour
    numbers: str
    pieces: str
    problems: str


def shown(text: str) -> str:
    """A sentence with its blanks under Chinese names.

    >>> shown("逾期{days}天完成")
    '逾期〔几〕天完成'
    """
    return "".join(before + (f"〔{BLANKS.get(name, name)}〕" if name is not None else "") for before, name, _, _ in Formatter().parse(text))


def percent(share: Decimal) -> str:
    """90% for 0.90."""
    return f"{number_words(share * 100)}%"


def days_words(colour: Colour, limits: Lateness, speech: Speech) -> str:
    """31至60天为橙: which days make a colour."""
    words, name = speech.words.reasons, speech.colour(colour)
    if colour == "red":
        return speech.say(words.days_red, last=limits.orange, colour=name)
    first, last = (1, limits.yellow) if colour == "yellow" else (limits.yellow + 1, limits.orange)
    return speech.say(words.days, first=first, last=last, colour=name)


def share_words(colour: Colour, speech: Speech) -> str:
    """75%以上、不足90%为橙: which shares make a colour."""
    words, name = speech.words.reasons, speech.colour(colour)
    yellow, orange = number_words(speech.rules.bands.yellow * 100), number_words(speech.rules.bands.orange * 100)
    if colour == "yellow":
        return speech.say(words.band_yellow, low=yellow, colour=name)
    if colour == "orange":
        return speech.say(words.band_orange, low=orange, high=yellow, colour=name)
    return speech.say(words.band_red, high=orange, colour=name)


def bands(speech: Speech) -> list[Band]:
    """What makes yellow, orange and red."""
    rules = speech.rules
    return [
        Band(
            colour, share_words(colour, speech), days_words(colour, rules.lateness, speech), days_words(colour, rules.rectification, speech)
        )
        for colour in COLOURS[2:]
    ]


def settings(speech: Speech) -> list[Setting]:
    """Every number and named colour of the rules, in the order of the file, with the words of the model."""
    return list(_settings(speech.rules, "", "", speech))


def _settings(model: BaseModel, path: str, group: str, speech: Speech) -> Iterator[Setting]:
    for key, field in type(model).model_fields.items():
        value, title = getattr(model, key), field.title or key
        if key == "words":
            continue
        if isinstance(value, BaseModel):
            yield from _settings(value, f"{path}{key}.", title, speech)
        else:
            yield Setting(
                f"{path}{key}", f"{group}：{title}" if group else title, field.description or "", _value(key, path, value, speech)
            )


def _value(key: str, path: str, value: object, speech: Speech) -> str:
    if isinstance(value, Decimal):
        return percent(value) if path in ("bands.", "small.") else f"{number_words(value)}个百分点"
    if isinstance(value, int):
        return f"{value}{UNITS.get(key, '天')}"
    return speech.colour(value) if value in COLOURS else str(value)


UNITS = {"version": "", "in_a_row": "个节点", "percent_from": "项", "rank_from": "项", "percent_places": "位"}
"""What the whole numbers of the rules count; the others count days."""


def sentences(speech: Speech, group: str) -> list[Sentence]:
    """Every word of one group of the rules (`marks`, `reasons` …), in the order of the file."""
    return list(_sentences(getattr(speech.words, group), f"{group}.", speech))


def _sentences(model: BaseModel, path: str, speech: Speech) -> Iterator[Sentence]:
    for key in type(model).model_fields:
        value = getattr(model, key)
        if isinstance(value, Said):
            ours, theirs = value.by(speech.publisher), value.other(speech.publisher)
            yield Sentence(f"{path}{key}", shown(ours), "" if ours == theirs else shown(theirs))
        else:
            yield from _sentences(value, f"{path}{key}.", speech)


def version(rules: Rules) -> str:
    """Which version of the rules this is."""
    return f"第{rules.version}版"
