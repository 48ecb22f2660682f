"""Every case file holds, and together they leave no state, mark, history cell or kind of reason unshown."""

from __future__ import annotations

import typing
from pathlib import Path

import pytest

from scripts.ledger.model.rules import COLOURS, CellKind, State
from scripts.ledger.model.wordbook import MarkWords
from scripts.ledger.series.checkpoint_results import Cell, first_published, history
from scripts.ledger.series.corrections import corrections
from scripts.ledger.verdict.reasons import Kind
from scripts.ledger.verdict.standing import Standing, standing
from scripts.ledger.verdict.terms import Reading, report_due

from .scenes import Scene, case_files, read, rules, scenes

ROWS: dict[Reading, str] = {"headline": "cells", "original": "original_cells"}
ALL = [scene for path in case_files() for scene in scenes(path)]


def judged(scene: Scene) -> Standing:
    return standing(scene.promise, 1, scene.records, rules(), scene.as_of, scene.known, scene.publisher)


def cells(scene: Scene, reading: Reading = "headline") -> tuple[Cell, ...]:
    return history(scene.promise, 1, scene.records, rules(), scene.as_of, scene.known, scene.publisher, reading)


def labels(scene: Scene, reading: Reading) -> dict[str, list[str]]:
    return {cell.checkpoint: [label.text for label in cell.labels] for cell in cells(scene, reading)}


def firsts(scene: Scene) -> dict[str, str]:
    """The first result of every checkpoint that had one by the day, as it reads today: verdict and sentence."""
    points = scene.promise.plan.checkpoints
    out = [p for p in range(len(points)) if report_due(scene.promise, p, rules()) < scene.as_of]
    found = {p: first_published(scene.promise, 1, scene.records, rules(), p, scene.publisher, scene.known) for p in out}
    return {points[p].id: f"{each.verdict}: {each.sentence}" for p, each in found.items()}


def picture(scene: Scene) -> dict[str, object]:
    """What a scene comes to, in the terms of `expect`."""
    found = judged(scene)
    both = found.verdicts
    return {
        "verdict": found.verdict,
        "marks": sorted(mark.kind for mark in found.marks),
        "mark_words": [mark.text for mark in found.marks],
        "cells": labels(scene, "headline"),
        "original_cells": labels(scene, "original"),
        "firsts": firsts(scene),
        "history": [cell.checkpoint for cell in cells(scene)],
        "sentence": found.sentence,
        "last": f"{found.last.colour} {found.last.checkpoint}" if found.last else "none",
        "before": found.before or "none",
        "silent": str(found.silent),
        "original": both.original if both else "none",
        "revised": both.revised if both else "none",
        "corrections": [each.sentence for each in corrections(scene.promise, 1, scene.records, rules(), scene.known, scene.publisher)],
        "official": found.official.colour if found.official else "none",
    }


@pytest.mark.parametrize("scene", ALL, ids=lambda scene: scene.name)
def test_case(scene: Scene) -> None:
    """The picture of a scene has everything that its case expects."""
    found, expected = picture(scene), dict(scene.expect)
    for words in _list(expected.pop("says", [])):
        assert words in str(found["sentence"])
    for words in _list(expected.pop("mark_words", [])):
        assert words in typing.cast(list[str], found["mark_words"])
    for checkpoint, said in expected.pop("firsts", {}).items():
        assert typing.cast(dict[str, str], found["firsts"])[checkpoint] == said
    for row in ("cells", "original_cells"):
        for checkpoint, texts in expected.pop(row, {}).items():
            assert typing.cast(dict[str, list[str]], found[row])[checkpoint] == _list(texts)
    if "marks" in expected:
        expected["marks"] = sorted(_list(expected["marks"]))
    assert {key: found[key] for key in expected} == expected


def _list(value: object) -> list[str]:
    return [value] if isinstance(value, str) else list(typing.cast(list[str], value))


@pytest.mark.parametrize("path", case_files(), ids=lambda path: path.stem)
def test_a_case_says_what_it_promises(path: Path) -> None:
    """Each file says in one Chinese sentence what it shows, and expects a verdict in every row."""
    case = read(path)
    assert len(case["promise"]) > 8
    assert all("verdict" in scene.expect for scene in scenes(path))


def test_nothing_is_left_unshown() -> None:
    """Every colour, state, mark, history cell and kind of reason occurs in what some case expects or comes to."""
    verdicts = {scene.expect["verdict"] for scene in ALL}
    marks = {mark for scene in ALL for mark in _list(scene.expect.get("marks", []))}
    texts = {reading: {t for s in ALL for each in s.expect.get(row, {}).values() for t in _list(each)} for reading, row in ROWS.items()}
    kinds_shown = {
        label.kind for s in ALL for reading in ROWS for cell in cells(s, reading) for label in cell.labels if label.text in texts[reading]
    }
    kinds = {reason.kind for scene in ALL for reason in judged(scene).reasons}
    assert set(COLOURS) | set(typing.get_args(State)) == verdicts
    assert set(MarkWords.model_fields) == marks
    assert set(typing.get_args(CellKind)) == kinds_shown
    assert set(typing.get_args(Kind)) == kinds
