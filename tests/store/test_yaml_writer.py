"""What is written as YAML is read back as it was."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.store.yaml_reader import REFUSED, parse
from scripts.store.yaml_writer import dump, scalar

LINE = st.text(st.characters(exclude_categories=("Cs",)), min_size=1).filter(lambda text: not REFUSED.search(text) and text.strip())
NAMED = st.dictionaries(st.from_regex(r"[a-z][a-z0-9-]{0,5}", fullmatch=True), LINE, min_size=1, max_size=3)


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.dictionaries(st.sampled_from(["by", "summary", "reason"]), LINE, min_size=1), NAMED, st.lists(NAMED, min_size=1, max_size=3))
def test_any_text_comes_back(lines: dict[str, str], named: dict[str, str], groups: list[dict[str, str]]) -> None:
    """Lines, groups on one line, lists of groups: quotes, colons, braces, breaks and all."""
    record = {**lines, "indicators": named, "evidence": groups}
    assert parse(dump(record).encode()).value == record


def test_plain_words_stay_plain() -> None:
    """A person reads and edits the file: quotes only where they are needed."""
    assert [scalar(text) for text in ("done", "县教委", "2023-05-20", "-1.5", "600", "体艺楼完工。", "null", "a: b", "02")] == [
        "done",
        "县教委",
        "2023-05-20",
        '"-1.5"',
        "600",
        "体艺楼完工。",
        '"null"',
        '"a: b"',
        '"02"',
    ]
