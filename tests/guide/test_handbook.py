"""Every page of the staff handbook is lived through: each command typed, each file saved, each promised answer heard."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from scripts.store.project import ROOT

from .office import blocks, clear, live, open_office

GUIDE = ROOT / "docs/guide"
ELSEWHERE = {"macros.md", "forgejo.md", "gitee.md", "host-gone.md", "leak.md", "own-repository.md", "server.md"}
"""Pages whose commands belong to another machine, or to several; their own tests hold them."""
FIRST_DAYS = {"open.md"}
"""Pages that are lived before anything was filed."""
PAGES = sorted(page.name for page in GUIDE.glob("*.md") if page.name not in ELSEWHERE)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The office as it stands in the morning, to be copied."""
    return open_office(tmp_path_factory.mktemp("office") / "ledger")


@pytest.mark.parametrize("name", PAGES)
def test_what_the_handbook_says_comes_true(name: str, tmp_path: Path, office: Path) -> None:
    """In a fresh copy of the office, from the first block to the last."""
    page = (GUIDE / name).read_text(encoding="utf-8")
    mine = Path(shutil.copytree(office, tmp_path / "ledger", symlinks=True))
    if name in FIRST_DAYS:
        clear(mine)
    assert live(page, mine) == []


def test_an_answer_that_is_not_given_is_noticed(office: Path) -> None:
    """A page that promises what the command does not say, or a command that fails, is wrong."""
    page = "```sh\necho 好\n```\n\n```output\n好\n不好\n```\n\n```sh\nfalse\n```\n\n```{ .sh .fails }\ntrue\n```\n"
    assert [line.split(":")[0] for line in live(page, office)] == ["line 5", "line 10", "line 14"]
    assert [block.kind for block in blocks(page)] == ["sh", "output", "sh", "sh"]
