"""Every number and every word of the rules matters, and nothing but what it says depends on it.

Numbers are changed one at a time, by the smallest step in both directions.  Words are first marked
all at once, each with its own sign, which tells who says which word: a sign that no exhibit shows is
a word that nobody says.  Then each word is changed alone, and those who say it change in that word
and nothing else; those who do not, not at all.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from pydantic import ValidationError

from scripts.ledger.checks.testimony_checks import RECORD_RULES
from scripts.ledger.model.rules import COLOURS, Rules
from scripts.ledger.model.testimony import Records
from scripts.ledger.series.checkpoint_results import first_published, history
from scripts.ledger.series.corrections import corrections
from scripts.ledger.series.freshness import stale
from scripts.ledger.verdict.standing import Standing, standing
from scripts.ledger.verdict.terms import report_due

from . import test_refusals, test_units
from .scenes import RULES, Scene, case_files, read, rules, scenes

RAW = read(RULES)
PLAIN = ("points.orange", "points.red")
type_shown = tuple[Any, Any, str]
"""What an exhibit comes to: its verdicts, everything structured, all its texts."""


@dataclass(frozen=True)
class Exhibit:
    """Something that rules can change: a row of a case, with the boundaries that it stands on."""

    name: str
    boundary: tuple[str, ...]
    show: Callable[[Rules], type_shown]


def _scene(scene: Scene, publisher: Any) -> Callable[[Rules], type_shown]:
    def show(by: Rules) -> type_shown:
        found = standing(scene.promise, 1, scene.records, by, scene.as_of, scene.known, publisher)
        cells = history(scene.promise, 1, scene.records, by, scene.as_of, scene.known, publisher)
        printed = history(scene.promise, 1, scene.records, by, scene.as_of, scene.known, publisher, "original")
        firsts = [*_firsts(scene, by, publisher)]
        verdicts = (
            found.verdict,
            found.before,
            found.verdicts and (found.verdicts.original, found.verdicts.revised),
            [part.colour for part in found.numbers],
        )
        structure = (
            verdicts,
            [mark.kind for mark in found.marks],
            [[label.kind for label in cell.labels] for cell in (*cells, *printed)],
            [each.verdict for each in firsts],
            [(r.kind, r.colour) for r in found.reasons],
        )
        corrected = corrections(scene.promise, 1, scene.records, by, scene.known, publisher)
        texts = [
            *(each.sentence for each in corrected),
            found.sentence,
            str(found.badge),
            *(mark.text for mark in found.marks),
            *(label.text for cell in (*cells, *printed) for label in cell.labels),
            *(text for each in firsts for text in (each.sentence, each.badge.name)),
        ]
        return verdicts, structure, "\n".join(texts)

    return show


def _firsts(scene: Scene, by: Rules, publisher: Any) -> Iterator[Standing]:
    """The first results of a scene in which something was taken down."""
    for position in range(len(scene.promise.plan.checkpoints)) if scene.records.withdrawals else ():
        if report_due(scene.promise, position, by) < scene.as_of:
            yield first_published(scene.promise, 1, scene.records, by, position, publisher, scene.known)


def _refusal(case: dict[str, Any]) -> Callable[[Rules], type_shown]:
    def show(by: Rules) -> type_shown:
        places = [(problem.at, problem.must.rstrip("0123456789-")[:4]) for problem in test_refusals.found(case, by)]
        return places, places, ""

    return show


def _units(case: dict[str, Any], publisher: Any) -> Callable[[Rules], type_shown]:
    def show(by: Rules) -> type_shown:
        found = test_units.picture(case, by, publisher)
        texts = [each[key] for each in (*found["leads"].values(), found["county"]) for key in ("rate", "speed", "solved", "left")]
        texts += test_units.table_words(case, by, publisher)
        counts = {unit: each["counts"] for unit, each in found["leads"].items()}
        structure = {
            unit: {k: v for k, v in each.items() if k not in ("rate", "speed", "solved", "left")} for unit, each in found["leads"].items()
        }
        return counts, (structure, found["laggards"], found["unranked"], ["%" in text or "（" in text for text in texts]), "\n".join(texts)

    return show


def _stale(days: int) -> Callable[[Rules], type_shown]:
    def show(by: Rules) -> type_shown:
        events = {"o": {"type": "opened", "published": "2023-03-01", "opened_on": "2023-03-01"}}
        said = stale(Records.model_validate({"events": events}), by, date(2023, 3, 1) + timedelta(days), 2023)
        return said is None, said is None, said or ""

    return show


@cache
def exhibits() -> tuple[Exhibit, ...]:
    return tuple(_exhibits())


def _exhibits() -> Iterator[Exhibit]:
    for path in case_files():
        for scene in scenes(path):
            for publisher in ("official", "independent"):
                yield Exhibit(f"{scene.name} {publisher}", scene.boundary, _scene(scene, publisher))
    for name, case in test_refusals.ROWS:
        yield Exhibit(name, _boundary(case), _refusal(case))
    for name, case in test_units.ROWS:
        for publisher in ("official", "independent"):
            yield Exhibit(f"{name} {publisher}", _boundary(case), _units(case, publisher))
    yield Exhibit("75 days old", ("stale_days",), _stale(75))
    yield Exhibit("76 days old", ("stale_days",), _stale(76))


def _boundary(case: dict[str, Any]) -> tuple[str, ...]:
    boundary = case.get("boundary", ())
    return (boundary,) if isinstance(boundary, str) else tuple(boundary)


@cache
def shown() -> tuple[type_shown, ...]:
    return tuple(exhibit.show(rules()) for exhibit in exhibits())


def leaves(tree: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(tree, dict):
        for key, each in tree.items():
            yield from leaves(each, (*path, key))
    else:
        yield path, tree


def changed(path: tuple[str, ...], value: str, tree: Any = RAW) -> Any:
    if not path:
        return value
    return {**tree, path[0]: changed(path[1:], value, tree[path[0]])}


SETTINGS = [(".".join(path), value) for path, value in leaves(RAW) if path[0] not in ("words", "version")]
NUMBERS = [(name, value) for name, value in SETTINGS if value not in COLOURS]
NAMED = [(name, value) for name, value in SETTINGS if value in COLOURS]


@pytest.mark.parametrize("direction", [1, -1], ids=["more", "less"])
@pytest.mark.parametrize(("name", "value"), NUMBERS, ids=[name for name, _ in NUMBERS])
def test_a_number_matters_on_both_sides(name: str, value: str, direction: int) -> None:
    """The smallest change of a number changes an exhibit; a verdict changes only where the exhibit says that it stands on this boundary."""
    step = Decimal("0.001") if "." in value else Decimal("0.1") if name in PLAIN else Decimal(1)
    by = Rules.model_validate(changed(tuple(name.split(".")), str(Decimal(value) + direction * step)))
    structured, moved = set(), set()
    for exhibit, before in zip(exhibits(), shown(), strict=True):
        if exhibit.name.endswith("independent"):
            continue  # the same verdicts in other words
        after = exhibit.show(by)
        if after[1] != before[1] or (name == "percent_places" and after[2] != before[2]):
            structured.add(exhibit.name)
        if after[0] != before[0] and name not in exhibit.boundary:
            moved.add(exhibit.name)
    assert structured
    assert not moved or name == "report_days"  # most cases are judged on the day after reports are due


@pytest.mark.parametrize(("name", "value"), NAMED, ids=[name for name, _ in NAMED])
def test_a_named_colour_matters(name: str, value: str) -> None:
    """Any other colour in its place changes a verdict."""
    for other in set(COLOURS) - {value, "blue"}:
        by = Rules.model_validate(changed(tuple(name.split(".")), other))
        assert any(exhibit.show(by)[0] != before[0] for exhibit, before in zip(exhibits(), shown(), strict=True)), other


def test_a_declared_boundary_is_one() -> None:
    """Every boundary that an exhibit claims to stand on is a number of the rules."""
    claimed = {each for exhibit in exhibits() for each in exhibit.boundary}
    assert claimed <= {name for name, _ in NUMBERS}


WORDS = [(path, text) for path, text in leaves(RAW) if path[0] == "words"]
SIGN = re.compile(r"⟦\d+⟧")
WHOLE = "LEDGER_SOAK" in os.environ
SHARE = 1 if WHOLE else 32
"""A changed word is tried on one in so many of the exhibits that do not say it; on all of them in `make soak`."""


@cache
def marked() -> tuple[type_shown, ...]:
    """All exhibits with every word marked by its own sign."""
    tree: Any = RAW
    for index, (path, text) in enumerate(WORDS):
        tree = changed(path, f"{text}⟦{index}⟧", tree)
    by = Rules.model_validate(tree)
    return tuple(exhibit.show(by) for exhibit in exhibits())


def test_every_word_is_said() -> None:
    """Each word is seen in some exhibit; without the signs everything is as before."""
    for exhibit, before, after in zip(exhibits(), shown(), marked(), strict=True):
        assert after[:2] == before[:2], exhibit.name
        assert SIGN.sub("", after[2]) == before[2], exhibit.name
    seen = {int(each[1:-1]) for _, _, said in marked() for each in SIGN.findall(said)}
    assert [".".join(path) for index, (path, _) in enumerate(WORDS) if index not in seen] == []


@pytest.mark.parametrize("index", range(len(WORDS)), ids=[".".join(path[1:]) for path, _ in WORDS])
def test_a_word_changed_alone_changes_what_says_it_and_nothing_else(index: int) -> None:
    """Whoever says the word says the new one in its place; no verdict, no mark and no other sentence moves."""
    path, word = WORDS[index]
    by = Rules.model_validate(changed(path, f"{word}⟦{index}⟧"))
    saying, silent = [], []
    for place, (_, _, said) in enumerate(marked()):
        (saying if f"⟦{index}⟧" in said else silent).append(place)
    for place in saying if WHOLE else saying[:4]:
        verdict, structure, said = exhibits()[place].show(by)
        assert (verdict, structure) == shown()[place][:2]
        assert said != shown()[place][2] == SIGN.sub("", said)
        assert said == re.sub(rf"⟦(?!{index}⟧)\d+⟧", "", marked()[place][2])
    for place in silent[index % SHARE :: SHARE]:
        assert exhibits()[place].show(by) == shown()[place], exhibits()[place].name


@pytest.mark.parametrize("text", ["{wrong}", "{days", "{days!r}", "{days:>9}", "{days.real}", "{0}"])
def test_a_wrong_blank_is_refused(text: str) -> None:
    """A sentence with a blank that it cannot have is refused when the file is read."""
    with pytest.raises(ValidationError):
        Rules.model_validate(changed(("words", "cells", "late"), text))


def test_rules_of_testimony_are_listed_once() -> None:
    assert len({rule.__name__ for rule in RECORD_RULES}) == len(RECORD_RULES)
