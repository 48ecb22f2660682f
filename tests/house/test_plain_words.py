"""The words of the project: one word for one thing, as docs/guide/style.md lists them, wherever citizens and staff read."""

from __future__ import annotations

import re

import pytest

from scripts.store.project import ROOT

STYLE = (ROOT / "docs/guide/style.md").read_text(encoding="utf-8")
TABLE = re.findall(r"^\| (?!---|不写)(.+?) \| .+ \|$", STYLE, re.MULTILINE)
UNUSED = [re.sub(r"（.*?）", "", word) for row in TABLE for word in row.split("、")]
EXCEPT = {"docs/guide/style.md", "docs/bench.md"}
KEPT = re.compile(r"工作推进速度|看推进速度和|^FORMER = |^- 第3版：|^ *# |\|项号\|")
"""The document's own words; what workbooks that were taken before say; what the method page tells of an earlier version."""
PLACES = ("scripts/**/*.py", "scripts/**/*.yml", "macros/**/*.py", "macros/**/*.j2", "docs/*.md", "docs/guide/*.md", "docs/overrides/*.html", "docs/assets/*.js", ".github/**/*.yml", ".github/*.md")  # fmt: skip
FILES = sorted({path for place in PLACES for path in ROOT.glob(place)} - {ROOT / name for name in EXCEPT})


def _lines() -> list[tuple[str, str]]:
    return [
        (f"{path.relative_to(ROOT)}:{number}", line)
        for path in FILES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if not KEPT.search(line)
    ]


LINES = _lines()


def test_the_list_is_read() -> None:
    """A list of words that nobody finds would forbid nothing."""
    assert len(UNUSED) >= 20 and "评色" in UNUSED and len(FILES) > 250


@pytest.mark.parametrize("word", UNUSED)
def test_a_word_that_the_list_replaces_is_not_used(word: str) -> None:
    """Not on a page, in a message, a template, the rules, the handbook or a form."""
    assert [place for place, line in LINES if word in line] == []


def test_quotation_marks_are_those_of_the_mainland() -> None:
    """No corner brackets in our own words; what reads and draws every text has to know them."""
    reading = re.compile(r"NOT_FIRST|PLAIN = re|maketrans|re\.compile")
    assert [place for place, line in LINES if re.search("[「」『』]", line) and not reading.search(line)] == []


def test_green_does_not_say_in_time() -> None:
    """What was done late is green too: its short word claims nothing of the day."""
    rules = (ROOT / "scripts/ledger/model/rules.yml").read_text(encoding="utf-8")
    assert re.search(r"green: \{name: 绿, badge: 达到进度, term: 达到序时进度", rules)
    assert not [line for line in rules.splitlines() if re.search("按时|按期", line) and "逾期" in line]


def test_a_reason_names_its_number_first() -> None:
    """Every reason about a number begins with the number's name."""
    rules = (ROOT / "scripts/ledger/model/rules.yml").read_text(encoding="utf-8")
    assert 'named: "{name}，"' in rules
    reasons = (ROOT / "scripts/ledger/verdict/reasons.py").read_text(encoding="utf-8")
    assert "speech.say(words.named, name=part.indicator.name) + _compared" in reasons


def test_the_terms_that_stay_are_explained() -> None:
    """In public, one page away from what says how to read the site."""
    glossary = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
    assert all(
        f"<dt>{term}</dt>" in glossary for term in ("序时进度", "合并单元格", "节点", "未评定", "进度达标率", "按期完成率", "佐证材料")
    )
    assert "glossary.md" in (ROOT / "docs/about.md").read_text(encoding="utf-8")
