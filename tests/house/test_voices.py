"""Who speaks: a government's site reports a fact, one that no unit owes a report says what public material shows."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.ledger.model.wordbook import Said
from scripts.ledger.phrases import voices
from scripts.store.project import ROOT

PHRASES = {name: value for name, value in vars(voices).items() if isinstance(value, Said)}
MODULES = [path for room in ("scripts", "macros") for path in sorted((ROOT / room).rglob("*.py"))]
TEMPLATES = [*sorted((ROOT / "macros/templates").rglob("*.j2")), *sorted((ROOT / "docs/overrides").rglob("*.html"))]
ASKS = {
    "scripts/ledger/model/wordbook.py": "where a phrase is chosen",
    "scripts/ledger/model/promise.py": "the setting itself",
    "scripts/exchange/workbooks/offered.py": "whether workbooks are offered at all: nobody owes an independent site a report",
    "scripts/store/load.py": "what stands in for settings that cannot be read",
}
"""The modules that may ask who speaks, and why."""


@pytest.mark.parametrize("name", sorted(PHRASES))
def test_a_phrase_has_two_different_ways(name: str) -> None:
    """What is said the same way by both stands with its page, not here."""
    said = PHRASES[name]
    assert said.official != said.independent
    assert voices.blanks(said.independent) <= voices.blanks(said.official)


def test_a_blank_that_the_other_way_does_not_have_is_refused() -> None:
    """When the phrases are read, not when a page is written."""
    with pytest.raises(ValueError, match="a blank"):
        voices._two("{day}完成", "公开材料显示{date}完成")


def test_every_phrase_is_used() -> None:
    """A phrase that nobody says is deleted."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in MODULES)
    assert [name for name in PHRASES if f"voices.{name}" not in code] == []


def _said(path: Path) -> Iterator[tuple[str, str, set[str]]]:
    """Every phrase that a module fills, as (place, phrase, blanks that it fills)."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            phrase = node.args[0] if node.func.attr == "say" and node.args else node.func.value if node.func.attr == "fill" else None
            if isinstance(phrase, ast.Attribute) and isinstance(phrase.value, ast.Name) and phrase.value.id == "voices":
                yield f"{path.name}:{node.lineno}", phrase.attr, {each.arg or "" for each in node.keywords}


def test_every_use_fills_just_the_blanks_of_its_phrase() -> None:
    """None missing, which would stop a page; none too many, which would be lost."""
    used = [each for path in MODULES for each in _said(path)]
    assert len(used) > 20
    wrong = [(place, name) for place, name, filled in used if filled != voices.blanks(PHRASES[name].official)]
    assert wrong == []


def _asks(path: Path) -> bool:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        nodes = ast.walk(ast.parse(text))
        return any(isinstance(node, ast.Constant) and node.value in ("official", "independent") for node in nodes)
    return bool(re.search(r"""["'](official|independent)["']|publisher\.kind""", text))


def test_nobody_but_the_phrases_asks_who_speaks() -> None:
    """A page that chooses its words by publisher is a second home for them."""
    found = {path.relative_to(ROOT).as_posix() for path in (*MODULES, *TEMPLATES) if _asks(path)}
    # a default of who speaks, where a function is called without a county, chooses no words
    found = {each for each in found if not _only_defaults(ROOT / each)}
    assert found == set(ASKS)


def _only_defaults(path: Path) -> bool:
    if path.suffix != ".py":
        return False
    tree = ast.parse(path.read_text(encoding="utf-8"))
    defaults = {
        id(each)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.Lambda)
        for each in (*node.args.defaults, *(one for one in node.args.kw_defaults if one))
    }
    mine = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and node.value in ("official", "independent")]
    return all(id(node) in defaults for node in mine)
