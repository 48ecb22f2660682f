"""What .github/CONTRIBUTING.md and the index of decisions say is so."""

from __future__ import annotations

import re

import pytest

from scripts.store.project import ROOT

from ..conftest import MAKEFILE

TEXT = (ROOT / ".github/CONTRIBUTING.md").read_text(encoding="utf-8")
RECIPES = dict(re.findall(r"^\*\*(.+?)\*\*\n((?:\d\. .+\n)+)", TEXT, re.M))
STATES = re.compile(r"accepted(; .+)?|replaced by \d+|tried, not kept")


@pytest.mark.parametrize("thing", ["A field", "A rule", "A page", "A kind of record", "A table"])
def test_adding_a_thing_takes_five_lines_that_name_what_there_is(thing: str) -> None:
    """Every file and folder named is there, and every name in brackets behind one stands in it."""
    lines = RECIPES[thing].splitlines()
    assert [line[:3] for line in lines] == [f"{number}. " for number in range(1, 6)]
    for path, names in re.findall(r"`((?:scripts|macros|tests|data)/[^`]*)`(?: \(((?:`\w+`(?:, )?)+)\))?", RECIPES[thing]):
        place = ROOT / path
        assert place.exists() and place.is_dir() == path.endswith("/"), path
        for name in re.findall(r"`(\w+)`", names):
            assert re.search(rf"^(?:class |def )?{name}\b", place.read_text(encoding="utf-8"), re.M), f"{path} {name}"


def test_every_room_is_found_by_its_question() -> None:
    """Each room of scripts/ is the answer to one question, and each command named is one of make's."""
    finding = TEXT.partition("## Adding")[0]
    rooms = {path.parent.name for path in (ROOT / "scripts").glob("*/__init__.py")}
    assert set(re.findall(r"`scripts/(\w+)/`", finding)) == rooms
    for verb in re.findall(r"`make (\w+)`", TEXT):
        assert re.search(rf"^{verb}:", MAKEFILE, re.M), verb


def test_every_decision_stands_in_the_index_with_its_title_and_its_state() -> None:
    """One line for each record, in order, none for what is not there."""
    index = (ROOT / "docs/decisions/README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| (\d+) \| \[(.+?)\]\((\S+)\) \| (.+) \|$", index, re.M)
    records = sorted((ROOT / "docs/decisions").glob("0*.md"))
    assert [name for _, _, name, _ in listed] == [path.name for path in records]
    for (number, title, _, state), path in zip(listed, records, strict=True):
        heading = path.read_text(encoding="utf-8").splitlines()[0]
        assert re.fullmatch(rf"# 0*{number}\.? {re.escape(title)}", heading), heading
        assert STATES.fullmatch(state), state
