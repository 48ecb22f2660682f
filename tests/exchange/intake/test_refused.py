"""Everything wrong is told at its answer, in the same words on both roads, in Chinese; then nothing is written."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts.__main__ import main

from ...conftest import SAMPLE, contents
from .filling import AS_OF, GOOD, Filled, body, book

TABLE: dict[str, Any] = yaml.load((Path(__file__).parent / "refused.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
PLACE = re.compile(r"^(?:.*?“[^”]+”(?:![A-Z]+\d+|第\d+行)|“[^”]+”第\d+行): ")
ENGLISH = re.compile(r"[A-Za-z]{2,}")
QUOTED = re.compile(r"“[^”]*”|HTML|https?://\S*")


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fictional county; no case writes anything."""
    return Path(shutil.copytree(SAMPLE, tmp_path_factory.mktemp("county") / "data"))


def spoilt(case: dict[str, Any]) -> Filled:
    """A good form with what the case changes."""
    good, answers = GOOD[case["form"]], dict(case.get("answers", {}))
    if repeated := answers.pop("repeat", None):
        answers[repeated] *= 501
    return replace(good, answers={**good.answers, **answers}, rows=case.get("rows", good.rows))


def said(out: str) -> list[str]:
    """The lines without their places."""
    return [PLACE.sub("", line) for line in out.splitlines()]


@pytest.mark.parametrize("name", TABLE)
def test_what_is_wrong_is_told_alike_on_both_roads(name: str, county: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By workbook at its cell, by issue at its question; the same lines, no English word of a file; and nothing is written."""
    case, before = TABLE[name], contents(county)
    filled = spoilt(case)
    (tmp_path / "登记.xlsx").write_bytes(book(county, filled))
    (tmp_path / "登记.md").write_bytes(body(filled).encode())
    for verb, file in (("sheet", "登记.xlsx"), ("issue", "登记.md")):
        assert main([verb, "in", str(tmp_path / file), "--data", str(county), "--as-of", AS_OF]) == 1
        told = capsys.readouterr()
        assert said(told.out) == case["says"]
        assert "什么都没有写" in told.err and contents(county) == before
        assert not [line for line in said(told.out) if ENGLISH.search(QUOTED.sub("", line))]
