"""The host stops a timetable for want of commits: a person is told in time, with the day and the way on."""

from __future__ import annotations

import pytest

from scripts.__main__ import main

from .repository import Repository

pytestmark = pytest.mark.slow  # each test works in a git repository of its own


@pytest.mark.parametrize(("today", "code"), [("2023-12-01", 0), ("2024-01-14", 0), ("2024-01-15", 1), ("2024-02-20", 1)])
def test_it_is_red_from_the_45th_day_without_a_commit(
    county: Repository, capsys: pytest.CaptureFixture[str], today: str, code: int
) -> None:
    """Green before, with the count of days; red from then on, with the day of the stop (the 60th) and both buttons."""
    assert main(["idle", "--data", "data", "--today", today]) == code
    told = capsys.readouterr().err
    assert "最近一次提交在2023年12月1日" in told
    assert ("2024年1月30日以前" in told and "Enable workflow" in told and "Run workflow" in told) == (code == 1)


def test_outside_a_repository_it_says_so(
    county: Repository, capsys: pytest.CaptureFixture[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """No traceback."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    assert main(["idle", "--data", str(elsewhere)]) == 1
    assert "不在 git 仓库里" in capsys.readouterr().err
