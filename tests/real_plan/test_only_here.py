"""Only tests in this folder know the real plan; all others run on any county's data."""

from __future__ import annotations

import re

from scripts.build import ROOT

TESTS = ROOT / "tests"
OURS = re.compile("奉节|\\breal_site\\b|17号")
"""Words of the real plan, and the fixture that serves its site."""
SHARED = {"conftest.py"}
"""Defines what the tests of this folder use."""


def test_no_other_test_names_the_real_plan() -> None:
    """Nor asks for its site by address: its numbers, units and pages are this folder's business."""
    others = [path for path in sorted(TESTS.rglob("*.py")) if "real_plan" not in path.parts and path.name not in SHARED]
    assert len(others) > 40
    assert [path.relative_to(TESTS).as_posix() for path in others if OURS.search(path.read_text(encoding="utf-8"))] == []
