"""The method page is the rules file, printed: every number and every word of the rules stands on it, and changes there alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any, Literal, get_args

import pytest
from jinja2 import Environment, StrictUndefined
from lxml import html

from macros import cards_text
from macros.context import Context
from macros.pages import handwritten as cards
from macros.parts.rules_in_words import settings
from scripts.ledger.model.promise import Ledger
from scripts.ledger.model.rules import COLOURS, Rules
from scripts.ledger.series.day import day_of
from scripts.store.load import load
from scripts.store.project import ROOT

from ..conftest import MID_YEAR, SAMPLE
from ..ledger.test_rules import NAMED, NUMBERS, PLAIN, RAW, SIGN, WORDS, changed
from ..reading import text

Publisher = Literal["official", "independent"]
SOURCE = (ROOT / "docs/method.md").read_text(encoding="utf-8").split("---", 2)[2]
BLOCKS = "//*[self::td or self::th or self::li or self::p or self::dt or self::dd or self::caption]"


@cache
def ledger(publisher: Publisher) -> Ledger:
    found = load(SAMPLE).ledger
    assert found is not None
    kind = found.settings.publisher.model_copy(update={"kind": publisher})
    return found.model_copy(update={"settings": found.settings.model_copy(update={"publisher": kind})})


def method(by: Rules, publisher: Publisher = "official") -> html.HtmlElement:
    """docs/method.md with its macros run on other rules, as the build runs them."""
    found = ledger(publisher).model_copy(update={"rules": by})
    context = Context(found, day_of(found, "2023", MID_YEAR), "method/")
    macros = {card.__name__: _bound(card, context) for card in cards.CARDS}
    return html.fromstring(f"<div>{Environment(undefined=StrictUndefined).from_string(SOURCE).render(macros)}</div>")


def _bound(card: Any, context: Context) -> Any:
    return lambda *args: cards_text(card(context, *args))


def blocks(page: html.HtmlElement) -> list[str]:
    """The page's words, cell by cell and item by item, and the running text between."""
    return [*(text(each) for each in page.xpath(BLOCKS)), *(" ".join(str(each).split()) for each in page.xpath("./text()"))]


@cache
def plain(publisher: Publisher = "official") -> tuple[str, ...]:
    return tuple(blocks(method(Rules.model_validate(RAW), publisher)))


def steps(name: str, value: str) -> Iterator[str]:
    """The smallest changes of a number, in both directions."""
    step = Decimal("0.001") if "." in value else Decimal("0.1") if name in PLAIN else Decimal(1)
    yield from (str(Decimal(value) + step), str(Decimal(value) - step))


def said(by: Rules, name: str) -> str:
    """A setting's value as the page prints it."""
    context = Context(
        ledger("official").model_copy(update={"rules": by}), day_of(ledger("official").model_copy(update={"rules": by}), "2023", MID_YEAR)
    )
    return next(each.value for each in settings(context.day.speech) if each.path == name)


@pytest.mark.parametrize(("name", "value"), [*NUMBERS, *NAMED], ids=[name for name, _ in (*NUMBERS, *NAMED)])
def test_a_number_or_named_colour_changes_its_own_lines_and_no_other(name: str, value: str) -> None:
    """Its row in the list of all numbers changes; every other line that changes had the old value in it and has the new one."""
    others = (next(each for each in COLOURS[2:] if each != value),) if value in COLOURS else steps(name, value)
    was = said(Rules.model_validate(RAW), name)
    for other in others:
        by = Rules.model_validate(changed(tuple(name.split(".")), other))
        page, now = method(by), said(by, name)
        after = blocks(page)
        assert len(after) == len(plain()) and now != was
        row = page.xpath(f"//*[@id='rule-{name.replace('.', '-')}']/td")
        assert text(row[0]) == now
        moved = [(old, new) for old, new in zip(plain(), after, strict=True) if old != new]
        assert moved
        for old, new in moved:
            figure = re.sub(r"[^\d.]", "", now) or now
            assert figure in new or str(int(figure) + 1) in new, (old, new)
            assert len(re.sub(r"[\d.]+", "", old)) == len(re.sub(r"[\d.]+", "", new)), (old, new)


def test_the_version_is_printed() -> None:
    """And it changes nothing but the line that names it and its row."""
    after = blocks(method(Rules.model_validate(changed(("version",), "7"))))
    moved = [new for old, new in zip(plain(), after, strict=True) if old != new]
    assert len(moved) == 2 and all("7" in each for each in moved)


@cache
def marked(publisher: Publisher) -> tuple[str, ...]:
    """The page with every word marked by its own sign."""
    tree: Any = RAW
    for index, (path, said) in enumerate(WORDS):
        tree = changed(path, f"{said}⟦{index}⟧", tree)
    return tuple(blocks(method(Rules.model_validate(tree), publisher)))


@pytest.mark.parametrize("publisher", ["official", "independent"])
def test_every_word_is_printed(publisher: Publisher) -> None:
    """Each word, marked with its own sign, stands on the page, whoever publishes; without the signs the page is as it was."""
    assert [SIGN.sub("", each) for each in marked(publisher)] == list(plain(publisher))
    seen = {int(each[1:-1]) for block in marked(publisher) for each in SIGN.findall(block)}
    assert [".".join(path) for index, (path, _) in enumerate(WORDS) if index not in seen] == []


@pytest.mark.parametrize("index", range(len(WORDS)), ids=[".".join(path[1:]) for path, _ in WORDS])
def test_a_word_changed_alone_changes_its_own_places_and_no_other(index: int) -> None:
    """The lines that print the word print the new one; every other line of the page stays."""
    path, word = WORDS[index]
    for publisher in get_args(Publisher):
        after = blocks(method(Rules.model_validate(changed(path, f"{word}⟦{index}⟧")), publisher))
        assert after == [re.sub(rf"⟦(?!{index}⟧)\d+⟧", "", each) for each in marked(publisher)]
        assert after != list(plain(publisher)) == [SIGN.sub("", each) for each in after]


def test_the_page_says_whose_rules_these_are() -> None:
    """本站规则，非文件规定."""
    assert any("本站规则，非文件规定" in each for each in plain())
