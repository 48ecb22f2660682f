"""YAML read as text: nothing turns into something else, every line is right, and no bytes bring the reader down."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import scripts
from scripts.store.yaml_reader import MAX_BYTES, MAX_DEPTH, MAX_VALUES, Tree, Unreadable, decode, parse

MODULES = sorted(found.name for found in pkgutil.walk_packages(scripts.__path__, "scripts.") if not found.name.endswith("__main__"))


def tree(text: str) -> Tree:
    """The tree of a text."""
    return parse(text.encode())


def refusal(data: bytes) -> Unreadable:
    """Why these bytes are refused."""
    with pytest.raises(Unreadable) as caught:
        parse(data)
    return caught.value


@pytest.mark.parametrize(
    "typed",
    [
        "no",
        "off",
        "Yes",
        "true",
        "1e3",
        "012",
        "0o14",
        "0x1F",
        "1:30",
        "10_000",
        "2.1",
        "1.0",
        ".5",
        "+1",
        "2023-05-31",
        ".inf",
        "NaN",
        "=",
    ],
)
def test_what_yaml_would_turn_into_something_else_stays_what_was_typed(typed: str) -> None:
    """As a value, in a list, as a key."""
    assert tree(f"a: {typed}\nb: [{typed}]\n{typed}: c").value == {"a": typed, "b": [typed], typed: "c"}


def test_quotes_and_blocks_are_ways_of_writing_the_same_text() -> None:
    """Plain, single, double, folded and literal."""
    text = "a: 小溪\nb: '小溪'\nc: \"小溪\"\nd: >-\n  小\n  溪\ne: |\n  小\n  溪\n"
    assert tree(text).value == {"a": "小溪", "b": "小溪", "c": "小溪", "d": "小 溪", "e": "小\n溪\n"}


def test_quoted_emptiness_and_quoted_null_are_texts() -> None:
    """Only a plain nothing is refused; whether an empty text will do is the model's to say."""
    assert tree("a: ''\nb: \"\"\nc: 'null'\nd: '~'").value == {"a": "", "b": "", "c": "null", "d": "~"}


def test_a_marker_at_the_head_of_the_file_is_no_second_document() -> None:
    assert tree("---\na: b\n").value == {"a": "b"}


def test_each_key_and_item_knows_its_line() -> None:
    """Comments, blank lines, long texts and flow style do not shift them."""
    found = tree("# 头\na: 1\n\nb:\n  - c: >-\n      长\n      文\n    d: {e: [1,\n      2]}\n  - f\ng: h\n")
    assert {path: line for path, line in found.lines.items() if path} == {
        ("a",): 2,
        ("b",): 4,
        ("b", 0): 5,
        ("b", 0, "c"): 5,
        ("b", 0, "d"): 8,
        ("b", 0, "d", "e"): 8,
        ("b", 0, "d", "e", 0): 8,
        ("b", 0, "d", "e", 1): 9,
        ("b", 1): 10,
        ("g",): 11,
    }


def test_a_place_that_is_not_there_has_the_line_of_what_is_around_it() -> None:
    found = tree("a:\n  b: [1]\n")
    places: list[tuple[str | int, ...]] = [("a", "b", 7), ("a", "x", "y"), ("z",), ()]
    assert [found.line(path) for path in places] == [2, 1, 1, 1]


def test_lines_are_the_same_whichever_way_lines_end() -> None:
    """Windows' line ends are line ends."""
    text = "a: 1\nb:\n  - c\n  - d: 2\n"
    assert parse(text.replace("\n", "\r\n").encode()) == tree(text)


nested: st.SearchStrategy[Any] = st.recursive(
    st.text("甲乙a :#-'\"[]{}\n", max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("甲乙丙abc"), inner, max_size=3),
)


def written(value: Any, indent: str = "") -> str:
    """A value as YAML with one key or item a line, each text in double quotes."""
    if isinstance(value, dict) and value:
        return "".join(f"{indent}{key}:{_below(each, indent)}" for key, each in value.items())
    if isinstance(value, list) and value:
        return "".join(f"{indent}-{_below(each, indent)}" for each in value)
    return f"{indent}{_flat(value)}\n"


def _below(value: Any, indent: str) -> str:
    return "\n" + written(value, indent + "  ") if isinstance(value, (dict, list)) and value else f" {_flat(value)}\n"


def _flat(value: Any) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"' if isinstance(value, str) else repr(value)


@given(st.dictionaries(st.sampled_from("甲乙丙abc"), nested, min_size=1, max_size=4))
def test_whatever_is_written_is_read_again_with_each_line_right(value: dict[str, Any]) -> None:
    """Any nest of texts, lists and mappings; the key of a line stands on that line."""
    text = written(value)
    found, lines = tree(text), text.split("\n")
    assert found.value == value
    for path, line in found.lines.items():
        if path and isinstance(path[-1], str):
            assert lines[line - 1].strip().removeprefix("- ").startswith(f"{path[-1]}:")


SIGNS = [*"ab甲：:,-?[]{}#&*!|>'\"%@`\\ \n\t\r\0", "---", "...", "- ", ": ", "\n  ", "<<", "!!", "\ufeff", "\u2028", "~"]
YAML_ISH = st.lists(st.sampled_from(SIGNS), max_size=60).map("".join)


@settings(max_examples=400, deadline=None)
@given(st.binary(max_size=80) | YAML_ISH.map(str.encode))
@example(b"")
@example(b"\xff\xfea\x00")
@example(b"? [a]\n: b")
@example(b"%TAG ! x\n---\na: b")
@example("a: &甲 b\nc: *甲".encode())
@example(b"? a\n- b")
@example(b"? a")
@example(b"{a: b\n")
def test_any_bytes_are_a_tree_or_refused_in_chinese(data: bytes) -> None:
    """Never anything else, and the line told is one that the file has."""
    try:
        found = parse(data)
    except Unreadable as refused:
        assert 1 <= refused.line <= data.count(b"\n") + 1
        assert any("一" <= char <= "鿿" for char in refused.must)
    else:
        assert only_text(found.value) and all(1 <= line <= data.count(b"\n") + 1 for line in found.lines.values())


def only_text(value: Any) -> bool:
    """Whether a tree holds texts, lists and mappings alone."""
    if isinstance(value, dict):
        return all(isinstance(key, str) and only_text(each) for key, each in value.items())
    return all(map(only_text, value)) if isinstance(value, list) else isinstance(value, str)


def test_size_is_bounded_to_the_byte() -> None:
    head = b"a: "
    assert parse(head + b"x" * (MAX_BYTES - len(head))).value == {"a": "x" * (MAX_BYTES - len(head))}
    assert refusal(head + b"x" * (MAX_BYTES - len(head) + 1)).found == "1001千字节"


def test_depth_is_bounded_to_the_level() -> None:
    assert tree("[" * MAX_DEPTH + "a" + "]" * MAX_DEPTH).value
    assert refusal(b"[" * (MAX_DEPTH + 1) + b"a" + b"]" * (MAX_DEPTH + 1)).must.startswith("嵌套太深")


def test_the_number_of_values_is_bounded() -> None:
    """The list itself is a value."""
    assert len(tree("- a\n" * (MAX_VALUES - 1)).value) == MAX_VALUES - 1
    refused = refusal(b"- a\n" * MAX_VALUES)
    assert (refused.must, refused.line) == (f"一个文件最多{MAX_VALUES}个值", MAX_VALUES)


@pytest.mark.parametrize(
    "trick", ["&x b", "*x", "!x b", "!!str b", "!!python/name:os.system b", "! b", "&x [a]", "!!map {a: b}", "&x", "!x"]
)
def test_no_anchor_reference_or_tag_passes_anywhere(trick: str) -> None:
    """As a value, in a list, in braces, as a key, as the whole file."""
    for text in (f"a: {trick}", f"a:\n  - {trick}", f"a: [{trick}]", f"a: {{b: {trick}}}", f"{trick} : a", f"{trick}"):
        refused = refusal(text.encode())
        assert "锚点" in refused.must or "标签" in refused.must, text


@pytest.mark.parametrize("char", [*map(chr, [*range(9), 11, 12, *range(14, 32), *range(127, 160), 0x2028, 0x2029, 0xFFFE, 0xFFFF])])
def test_no_control_character_passes(char: str) -> None:
    """The message names it by its number and its line, and does not hold it."""
    refused = refusal(f"a: b\nc: d{char}e".encode())
    assert (refused.line, refused.must) == (2, f"不能含控制字符（U+{ord(char):04X}）")


def test_bytes_that_are_no_text_are_told_with_their_line() -> None:
    with pytest.raises(Unreadable) as caught:
        decode("一\n二\n".encode() + b"\xe4\xb8")
    assert (caught.value.line, caught.value.found) == (3, "字节 E4")


@pytest.mark.parametrize("module", MODULES)
def test_the_examples_in_the_docstrings_are_true(module: str) -> None:
    assert doctest.testmod(importlib.import_module(module)).failed == 0


def test_there_are_such_examples() -> None:
    """So that the test above is not about nothing."""
    finder = doctest.DocTestFinder()
    found = [each for module in MODULES for each in finder.find(importlib.import_module(module)) if each.examples]
    assert len(found) >= 4
