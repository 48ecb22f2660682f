"""Mutants of YAML files, by a seed: most by structure (keys, types, cells, days, values of other places), some by bytes."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import yaml

from scripts.store.yaml_reader import parse

type_path = tuple[str | int, ...]

ODD = """
~|null|no|off|1e3|012|1:30|10_000|2.1|-1|0|-0|1,000|５００|99999999999999999999|0.0000001|NaN|.inf|true|2031-02-30|0000-01-01|9999-12-31|2031-5-1
20310531|2031-13|=1+1|＝SUM(A1)|+86|@x|{{7*7}}|{% x %}|<b>|"><img src=x>|[x](javascript:1)|#REF!|——|\u202e反|a\u0000b|\U0001f600|13800138000
110101199003077777|reports/../../x|../x|done|withdrawn|县教育委|01|1|2-1|9-9|None|[]|{}
""".replace("\n", "|")
VALUES = [*ODD.strip("|").split("|"), "", " ", "\n", "\t", "长" * 5000, "a\nb", "0" * 400, "9" * 400]
"""What people, programs and attackers put where something else belongs."""
TOKENS = [
    b"\t",
    b"\0",
    b"\xef\xbb\xbf",
    b"&a ",
    b"*a",
    b"!!python/object:os.system ",
    b"---\n",
    b"...\n",
    b"%YAML 1.1\n",
    b"{",
    b"[",
    b"]",
    b"}",
    b": ",
]
TOKENS += [
    b"- ",
    b"\r",
    "\u2028".encode(),
    "：".encode(),
    b"\xff",
    b"\xc3",
    b'"',
    b"'",
    b"#",
    b"|\n",
    b">-\n",
    b"? ",
    b"<<: ",
    b"\n\n",
    b"  ",
]


@dataclass(frozen=True)
class Mutant:
    """A file's new bytes; `structural` where a value of the file was changed and not its bytes."""

    data: bytes
    structural: bool
    what: str


def mutant(data: bytes, pool: list[Any], dice: random.Random) -> Mutant:
    """One mutant of a YAML file; `pool` holds values of other files to put in."""
    if dice.random() < 0.25:
        return _by_bytes(data, dice)
    value = parse(data).value
    done = []
    for _ in range(dice.choice((1, 1, 1, 2, 3))):
        change = dice.choice(STRUCTURAL)
        value = change(value, pool, dice)
        done.append(change.__name__.strip("_"))
    text = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=10**6)
    return Mutant(text.encode("utf-8", errors="surrogatepass"), True, "+".join(done))


def nodes(value: Any, path: type_path = ()) -> Iterator[type_path]:
    """The path of everything below a value."""
    for key, each in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield (*path, key)
        yield from nodes(each, (*path, key))


def _spot(value: Any, dice: random.Random, wanted: Callable[[Any], bool] = lambda each: True) -> tuple[Any, Any] | None:
    """A container somewhere below a value and a key in it, whose content is as wanted."""
    found = [path for path in nodes(value) if wanted(_at(value, path))]
    if not found:
        return None
    path = dice.choice(found)
    return _at(value, path[:-1]), path[-1]


def _at(value: Any, path: type_path) -> Any:
    for key in path:
        value = value[key]
    return value


# ---------------------------------------------------------------- by structure


def _drop(value: Any, pool: list[Any], dice: random.Random) -> Any:
    """A key or an item is gone."""
    if spot := _spot(value, dice):
        del spot[0][spot[1]]
    return value


def _rename(value: Any, pool: list[Any], dice: random.Random) -> Any:
    """A key is misspelt, or is another key of the data."""
    keys = [path for path in nodes(value) if isinstance(path[-1], str)]
    if keys:
        path = dice.choice(keys)
        parent, old = _at(value, path[:-1]), path[-1]
        new = dice.choice((f"{old}x", str(old)[:-1], str(dice.choice(keys)[-1]), str(dice.choice(VALUES)), str(old).upper()))
        items = [(new if key == old else key, each) for key, each in parent.items()]
        parent.clear()
        parent.update(items)
    return value


def _odd_value(value: Any, pool: list[Any], dice: random.Random) -> Any:
    """A text is something odd."""
    if spot := _spot(value, dice, lambda each: isinstance(each, str)):
        spot[0][spot[1]] = dice.choice(VALUES)
    return value


def _other_type(value: Any, pool: list[Any], dice: random.Random) -> Any:
    """A text becomes a list or a mapping, a list or a mapping a text."""
    if spot := _spot(value, dice):
        old = spot[0][spot[1]]
        spot[0][spot[1]] = dice.choice(([old], {"text": old}, "改", [], {}, [[old]], str(old)[:40]))
    return value


def _splice(value: Any, pool: list[Any], dice: random.Random) -> Any:
    """A value of another file stands here."""
    if spot := _spot(value, dice):
        spot[0][spot[1]] = dice.choice(pool)
    return value


def _insert(value: Any, pool: list[Any], dice: random.Random) -> Any:
    """A key or an item too many."""
    if spot := _spot(value, dice):
        if isinstance(spot[0], dict):
            spot[0][dice.choice(("note", "due", "corrects", "text", "x", "published"))] = dice.choice((*VALUES, dice.choice(pool)))
        else:
            spot[0].insert(dice.randrange(len(spot[0]) + 1), dice.choice((spot[0][spot[1]], dice.choice(pool))))
    return value


def _shuffle(value: Any, pool: list[Any], dice: random.Random) -> Any:
    """Items in another order: cells, checkpoints, deliverables."""
    if spot := _spot(value, dice, lambda each: isinstance(each, list) and len(each) > 1):
        dice.shuffle(spot[0][spot[1]])
    return value


def _shift_day(value: Any, pool: list[Any], dice: random.Random) -> Any:
    """A day is some days off."""
    if spot := _spot(value, dice, lambda each: isinstance(each, str) and _day(each) is not None):
        day = _day(spot[0][spot[1]])
        assert day
        spot[0][spot[1]] = (day + timedelta(days=dice.choice((-400, -31, -1, 1, 9, 40, 500)))).isoformat()
    return value


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 and text.startswith("20") else None
    except ValueError:
        return None


def _shift_number(value: Any, pool: list[Any], dice: random.Random) -> Any:
    """A number is another one."""
    if spot := _spot(value, dice, lambda each: isinstance(each, str) and each.isdecimal() and len(each) < 12):
        old = int(spot[0][spot[1]])
        spot[0][spot[1]] = str(dice.choice((old + 1, old - 1, -old, old * 10, f"{old}.5", 0)))
    return value


def _swap(value: Any, pool: list[Any], dice: random.Random) -> Any:
    """Two values change places."""
    one, two = _spot(value, dice), _spot(value, dice)
    if one and two and isinstance(one[0][one[1]], str) and isinstance(two[0][two[1]], str):
        one[0][one[1]], two[0][two[1]] = two[0][two[1]], one[0][one[1]]
    return value


STRUCTURAL = (
    _drop,
    _rename,
    _odd_value,
    _odd_value,
    _other_type,
    _splice,
    _insert,
    _shuffle,
    _shift_day,
    _shift_day,
    _shift_number,
    _shift_number,
    _swap,
)


# ---------------------------------------------------------------- by bytes


def _by_bytes(data: bytes, dice: random.Random) -> Mutant:
    at, end = sorted((dice.randrange(len(data) + 1), dice.randrange(len(data) + 1)))
    end = min(end, at + 60)
    match dice.randrange(7):
        case 0:
            return Mutant(data[:at] + bytes([dice.randrange(256)]) + data[at + 1 :], False, "byte")
        case 1:
            return Mutant(data[:at] + dice.choice(TOKENS) + data[at:], False, "token")
        case 2:
            return Mutant(data[:at] + data[end:], False, "cut")
        case 3:
            return Mutant(data[:at] + data[at:end] * 2 + data[end:], False, "twice")
        case 4:
            return Mutant(data[:at], False, "truncated")
        case 5:
            lines = data.split(b"\n")
            dice.shuffle(lines)
            return Mutant(b"\n".join(lines), False, "lines")
        case _:
            return Mutant(data[:at] + dice.randbytes(dice.randrange(1, 9)) + data[at:], False, "noise")
