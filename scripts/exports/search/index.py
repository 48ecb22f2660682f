"""The records as files: one index, or shards of it, and the text as it is compared."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from operator import add

from .shapes import KINDS, SAME, WEIGHTS, Record

WHOLE = 250_000
"""Up to so many characters the index is one file; beyond, shards by bigram."""

SHARD, PER_FILE = 2_000, 2
"""In shards: entries to a file of bigrams (on average), records to a file of texts."""

FOLDER = "assets/search/"
"""Where the files stand in the site."""


def files(found: list[Record], whole: int = WHOLE) -> dict[str, str]:
    """The index as files, by path in the site: one up to `whole` characters, else one that leads to shards.

    The first file carries the weights, the kinds and the names of all units in either case.
    """
    units = [(each.title, *each.names) for each in found if each.kind == "单位"]
    head: dict[str, object] = {"weights": WEIGHTS, "same": SAME, "kinds": KINDS, "units": list(dict.fromkeys(units))}
    packed = [_json(each.packed()) for each in found]
    if sum(map(len, packed)) <= whole:
        return {f"{FOLDER}index.json": f'{_json(head)[:-1]},"records":[{",".join(packed)}]}}'}
    lists = _postings(found)
    count = max(1, sum(map(len, lists.values())) // SHARD)
    texts = {f"{FOLDER}t{i // PER_FILE}.json": f"[{','.join(packed[i : i + PER_FILE])}]" for i in range(0, len(packed), PER_FILE)}
    return {f"{FOLDER}index.json": _json(head | {"shards": count, "per": PER_FILE})} | texts | _shards(lists, count)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _shards(lists: dict[str, list[int]], count: int) -> dict[str, str]:
    shards: list[dict[str, list[int]]] = [{} for _ in range(count)]
    for key, entries in lists.items():
        shards[shard(key, count)][key] = _steps(entries)
    return {f"{FOLDER}b{i}.json": _json(dict(sorted(keys.items()))) for i, keys in enumerate(shards)}


def shard(key: str, count: int) -> int:
    """In which of `count` files a key stands; the script in the browser reckons the same."""
    found = 0
    for letter in key:
        found = (found * 31 + ord(letter)) % 65_521
    return found % count


def _postings(found: list[Record]) -> dict[str, list[int]]:
    """For every number (`#24`), title or name (`=县教委`), bigram, and single character of a title the records that have it:
    position × 8 + the place in WEIGHTS of the heaviest field that it stands in."""
    lists: defaultdict[str, list[int]] = defaultdict(list)
    for position, record in enumerate(found):
        for field, keys in _keys(record):
            for key in keys:
                lists[key].append(position * 8 + field)
    return lists


def _steps(entries: list[int]) -> list[int]:
    """From one record to the next, × 8, + the field."""
    return [entry - (before & ~7) for before, entry in pairwise([0, *entries])]


def _keys(record: Record) -> Iterator[tuple[int, set[str]]]:
    """A record's keys, each once, by the place in WEIGHTS of the heaviest field that it stands in."""
    texts: dict[str, list[str]] = {field: [] for field in WEIGHTS} | {"title": [record.title, *record.names], "about": []}
    for each in record.paragraphs:
        texts[each.field].append(each.text)
        texts["note"].append(each.label)
    seen = {f"={fold(name)}" for name in texts["title"]} | ({f"#{record.number}"} if record.number else set())
    yield 0, set(seen)
    for place, field in enumerate(WEIGHTS):
        folded = [fold(text) for text in texts[field]]
        keys = set[str]().union(*(map(add, text, text[1:]) for text in folded), *(folded if field == "title" else ())) - seen
        seen |= keys
        yield place, keys


NOT_SEARCHED = re.compile(r"[^\w.%+]+")
NOT_BETWEEN_DIGITS = re.compile(r"(?<![0-9]) | (?![0-9])")


def fold(text: str) -> str:
    """Text as it is compared: NFKC, lower case, without spaces and punctuation; a space stays where two numbers would join.

    >>> fold("“奉公办•更快捷” ＨＰＶ，3-5项")
    '奉公办更快捷hpv3 5项'
    """
    plain = unicodedata.normalize("NFKC", text).lower()
    return NOT_BETWEEN_DIGITS.sub("", NOT_SEARCHED.sub(" ", plain))
