"""Only tests in this folder know the real plan; all others run on any county's data."""

from __future__ import annotations

import re

from scripts.store.project import ROOT

TESTS = ROOT / "tests"
OURS = re.compile("奉节|17号")
"""Names of the real plan.  Its site as such (the fixtures `site`, `real_site`) may be walked anywhere, as one site among others."""
SHARED = {"conftest.py", "test_sharing.py"}
"""conftest defines what the tests of this folder use; the test of shared pages holds the letters that its pictures must be able to draw."""


def test_no_other_test_names_the_real_plan() -> None:
    """Its numbers, units and pages are this folder's business."""
    others = [path for path in sorted(TESTS.rglob("*.py")) if "real_plan" not in path.parts and path.name not in SHARED]
    assert len(others) > 40
    assert [path.relative_to(TESTS).as_posix() for path in others if OURS.search(path.read_text(encoding="utf-8"))] == []
