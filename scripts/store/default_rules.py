"""The rules as they come with the program: what a new county begins with, and the words that an older county's file does not have yet."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from .yaml_reader import parse

RULES = Path(__file__).resolve().parent.parent / "ledger" / "model" / "rules.yml"


def completed(rules: Any) -> Any:
    """A county's rules with the program's words where it has none: its file goes on working with the next version of the program.  Numbers
    are never filled in, and what is there is never changed."""
    if not isinstance(rules, dict) or not isinstance(rules.get("words"), dict):
        return rules
    return rules | {"words": _filled(rules["words"], _words())}


def _filled(given: Any, own: Any) -> Any:
    if not (isinstance(given, dict) and isinstance(own, dict)):
        return given
    return {key: _filled(given[key], own.get(key)) if key in given else own[key] for key in dict.fromkeys((*given, *own))}


@cache
def _words() -> Any:
    return parse(RULES.read_bytes()).value["words"]
