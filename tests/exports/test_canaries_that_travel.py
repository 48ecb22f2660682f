"""What leaves the site as a picture, a Word file or a card in a strange page carries hostile words as words: drawn, written, quoted, never run.

The texts here are worse than the checks let in: titles, pieces of work, problems, reports and the names of units each end in all the
canaries, in what Word and DDE would run, and in characters that no font has.
"""

from __future__ import annotations

import dataclasses
import io
import re
import struct
import zipfile
from collections.abc import Iterator
from functools import cache
from typing import Any

import docx
import lxml.etree
import lxml.html
import pytest
from PIL import Image, ImageDraw
from pydantic import BaseModel

from macros.context import Context
from macros.parts.embedded import embed_files, embed_text
from macros.parts.share_card import cards
from scripts.exports.cards.card import Card
from scripts.exports.cards.picture import EDGE, HEIGHT, WIDTH, draw, stamped
from scripts.exports.cards.typeface import GETA, has
from scripts.exports.docx_brief import brief_docx
from scripts.ledger.model.promise import Ledger
from scripts.ledger.series.briefs import brief
from scripts.ledger.series.day import Day, day_of
from scripts.store.load import load

from ..canaries import CANARIES, WORKED_OUT
from ..conftest import MID_YEAR, SAMPLE

FIELDS = (
    '{ HYPERLINK "https://evil.example/" }',
    '=cmd|"/c calc"!A0',
    "</w:t></w:r><w:r><w:instrText>DATE",
    "]]>&amp;&lt;b&gt;",
    "${7777*7777}",
)
"""What Word, a spreadsheet behind it, or an XML parser might take for more than words."""
SONG = "".join((*CANARIES, *FIELDS))
WORDS = {
    "title",
    "text",
    "description",
    "summary",
    "reason",
    "name",
    "quote",
    "pledge",
    "site",
    "note",
    "unit",
    "printed",
    "county",
    "number",
}
"""The fields that hold words of people or of the document, names of places and units of measure among them."""


def poisoned(value: Any, names: frozenset[str], words: bool = False) -> Any:
    """A record, or a whole ledger, in which all words end in the canaries, and every name of a unit wherever it stands."""
    if isinstance(value, BaseModel):
        inner = {
            field: poisoned(getattr(value, field), names, field in WORDS)
            for field in type(value).model_fields
            if field not in ("id", "slug")
        }
        return value.model_copy(update=inner)
    if isinstance(value, dict):
        return {poisoned(key, names) if isinstance(key, str) else key: poisoned(each, names, words) for key, each in value.items()}
    if isinstance(value, tuple):
        return tuple(poisoned(each, names, words) for each in value)
    return value + SONG if isinstance(value, str) and (words or value in names) else value


@cache
def ledger() -> Ledger:
    """The fictional county, every word of it poisoned behind the checks' back."""
    found = load(SAMPLE).ledger
    assert found is not None
    worse = poisoned(found, frozenset(found.units))
    return worse.model_copy(update={"rules": found.rules})


@cache
def day() -> Day:
    return day_of(ledger(), "2023", MID_YEAR)


@cache
def context() -> Context:
    return Context(ledger(), day())


# ---------------------------------------------------------------- the brief in Word

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ALIVE = {
    "instrText",
    "fldChar",
    "hyperlink",
    "object",
    "altChunk",
    "control",
    "OLEObject",
    "pict",
    "drawing",
    "smartTag",
    "sdt",
    "subDoc",
    "ins",
}
"""What could make Word fetch, run or work something out."""


@pytest.fixture(scope="module")
def word() -> bytes:
    """The brief of the third checkpoint: gaps, comparison, problems, visits."""
    return brief_docx(brief(day(), 2, True), f"本站由{SONG}主办。")


def parts_of(data: bytes) -> Iterator[tuple[str, lxml.etree._Element]]:
    """The parts of an office file as trees: each is well-formed, or this fails."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        for name in file.namelist():
            if name.endswith((".xml", ".rels")):
                yield name, lxml.etree.fromstring(file.read(name))


def test_a_brief_in_word_says_hostile_words_letter_by_letter(word: bytes) -> None:
    """Every title, piece of work, problem, unit and sentence of the brief, read back as Word reads it."""
    document, made = docx.Document(io.BytesIO(word)), brief(day(), 2, True)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    whole = "\n".join([*(each.text for each in document.paragraphs), *cells, document.sections[0].footer.paragraphs[0].text])
    entries = (*made.gaps, *made.rest)
    said = [*(each.title for each in entries), *(each.sentence for each in entries), *(name for each in entries for name in each.leads)]
    said += [text for each in made.overdue for text in (each.text, each.owner)] + [f"“{each.text}”" for each in made.visits]
    said += [name for each in made.visits for name, _ in each.places]
    assert len(said) > 60 and made.overdue and made.visits and all(each in whole for each in said)
    assert all(whole.count(each) > 60 for each in (*CANARIES, *FIELDS))
    assert SONG in document.core_properties.title


def test_nothing_in_a_brief_is_more_than_words(word: bytes) -> None:
    """No field but the number of the page, no link, no object, nothing outside the file; the same parts and elements as a harmless brief."""
    elements, relations = _skeleton(word)
    assert not elements & {W + name for name in ALIVE}
    assert not [each for each in relations if each.get("TargetMode") == "External"]
    fields = [each.get(W + "instr") for _, tree in parts_of(word) for each in tree.iter(W + "fldSimple")]
    assert fields == ["PAGE"]
    plain = _skeleton(brief_docx(brief(harmless(), 2, True), "本站由样例主办。"))
    assert (elements, len(relations)) == (plain[0], len(plain[1]))


def _skeleton(data: bytes) -> tuple[set[str], list[lxml.etree._Element]]:
    """The kinds of elements in a file's parts, and what they refer to."""
    trees = dict(parts_of(data))
    kinds = {str(each.tag) for tree in trees.values() for each in tree.iter()}
    return kinds, [each for name, tree in trees.items() if name.endswith(".rels") for each in tree]


# ---------------------------------------------------------------- share cards


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every run of text that is drawn, as the pen gets it; it is drawn all the same."""
    told, real = list[str](), ImageDraw.ImageDraw.text

    def text(pen: ImageDraw.ImageDraw, xy: Any, text: Any, *args: Any, **more: Any) -> None:
        told.append(text)
        real(pen, xy, text, *args, **more)

    monkeypatch.setattr(ImageDraw.ImageDraw, "text", text)
    return told


def chunks(png: bytes) -> list[tuple[str, bytes]]:
    """The chunks of a PNG: (name, content)."""
    found, at = list[tuple[str, bytes]](), 8
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        found.append((png[at + 4 : at + 8].decode(), png[at + 8 : at + 8 + size]))
        at += size + 12
    return found


@cache
def poisoned_cards() -> dict[str, Card]:
    return cards(context())


@cache
def harmless() -> Day:
    """The same day of the same county, as its files say it."""
    found = load(SAMPLE).ledger
    assert found is not None
    return day_of(found, "2023", MID_YEAR)


@cache
def plain_card() -> Card:
    return dataclasses.replace(poisoned_cards()["assets/cards/2023-task-1.png"], over="样例县2023年", title="题", foot=("一", "二"))


@pytest.mark.parametrize("hostile", [*CANARIES, *FIELDS])
def test_what_a_card_draws_is_the_text_itself(runs: list[str], hostile: str) -> None:
    """As title and as what stands above it: the runs that are drawn, put together again, are the text, letter by letter; nothing is
    worked out, no markup taken for style."""
    draw(dataclasses.replace(plain_card(), over=hostile, title=hostile, heads=()))
    whole = "".join(runs)
    assert whole.count(hostile) == 2 and WORKED_OUT not in whole


def test_every_poisoned_card_draws_beginnings_of_its_own_texts(runs: list[str]) -> None:
    """Of a task, a place, the plan: each line drawn is part of what the card holds, cut short with …… at most, never an idea of its own."""
    for file in ("2023-task-1", "2023-task-7", "2023-plan", next(f"2023-place-{slug}" for slug in ledger().promises["2023"].sites)):
        card = poisoned_cards()[f"assets/cards/{file}.png"]
        runs.clear()
        draw(card)
        furniture = {"虚构演示", "县、单位、数字都是编的", "民生台账"}
        own = "\n".join(card.texts)
        assert [run for run in runs if run not in furniture and run.removesuffix("……") not in own] == [], file
        assert any(run.startswith(card.title[:4]) for run in runs), file


def test_a_letter_that_no_font_has_is_drawn_as_the_printers_mark() -> None:
    """Control characters, line ends, direction marks that reach the pen, faces: the same picture as with 〓 in their place."""
    lacking = [each for each in ("\U0001f469", "\n", "\t", "\x00", "\x1b", "\u200b", "\u2066") if not has(each)]
    assert len(lacking) >= 5, lacking
    for letter in lacking:
        mine, printed = (dataclasses.replace(plain_card(), title=f"甲{each}乙") for each in (letter, GETA))
        assert draw(mine) == draw(printed), repr(letter)


def test_text_that_turns_round_does_not_turn_a_card_round() -> None:
    """Marks of direction move no letter: beside the picture without them nothing stands elsewhere but by the room that the mark takes."""
    turned, straight = (dataclasses.replace(plain_card(), title=each) for each in ("\u202e按时完成\u202c", "按时完成"))
    assert draw(turned) in (draw(straight), draw(dataclasses.replace(straight, title=f"{GETA}按时完成{GETA}")))


@pytest.mark.parametrize("text", ["汉" * 3000, SONG * 40, "W" * 5000, "\n" * 200, " " * 4000, "，" * 500])
def test_a_card_stays_a_card_whatever_stands_on_it(text: str) -> None:
    """Of one size, small, drawn between its margins, however long the words."""
    card = plain_card()
    states = tuple((tone, shape, text) for tone, shape, _ in card.states)
    png = draw(dataclasses.replace(card, strip=text, over=text, title=text, states=states, foot=(text, text, text), note=text))
    image = Image.open(io.BytesIO(png)).convert("RGB")
    assert image.size == (WIDTH, HEIGHT) and len(png) < 40_000
    paper = image.getpixel((3, 300))
    edges = [image.crop(box) for box in ((0, 57, EDGE - 6, HEIGHT), (WIDTH - EDGE + 6, 57, WIDTH, HEIGHT))]
    assert [{colour for _, colour in edge.getcolors(4096) or []} for edge in edges] == [{paper}, {paper}]


def test_a_picture_holds_pixels_and_the_stamp_and_no_text_of_the_data() -> None:
    """Its chunks are those of a plain picture and one comment, which is the build's stamp: no words of the data travel unseen."""
    card = poisoned_cards()["assets/cards/2023-task-1.png"]
    png = stamped(draw(card), "民生台账 版本")
    assert [name for name, _ in chunks(png)] == ["IHDR", "iTXt", "PLTE", "IDAT", "IEND"]
    assert dict(chunks(png))["iTXt"] == b"Comment\0\0\0\0\0" + "民生台账 版本".encode()
    assert not [each for each in (*CANARIES, *FIELDS) if each.encode() in png]


# ---------------------------------------------------------------- in strange pages


def test_the_text_to_copy_holds_one_frame_and_its_title(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a stranger pastes is one <iframe> whose title is the text; no attribute is left, no element added."""
    settings = ledger().settings.model_copy(update={"base_url": "https://ledger.example.org/"})
    there = Context(ledger().model_copy(update={"settings": settings}), day())
    title = ledger().promises["2023"].tasks[1].title
    text = embed_text(there, "task", "1", title)
    assert text is not None
    (frame,) = lxml.html.fragments_fromstring(text)
    assert frame.tag == "iframe" and not len(frame) and frame.get("title") == title
    assert set(frame.attrib) == {"src", "title", "width", "height", "loading"} and not frame.tail


def test_a_card_in_a_strange_page_shows_hostile_words_as_words() -> None:
    """Title and what stands above it letter by letter; no script, no picture, no address that the data made."""
    titles = {f"embed/2023/tasks/{n:02}/index.html": task.title for n, task in ledger().promises["2023"].tasks.items()}
    titles |= {f"embed/2023/places/{slug}/index.html": site.name for slug, site in ledger().promises["2023"].sites.items()}
    made = embed_files(context())
    assert set(made) == set(titles)
    for name, html in made.items():
        page = lxml.html.document_fromstring(html)
        assert titles[name] in page.text_content() and page.findtext(".//title") == titles[name], name
        assert not list(page.iter("script", "img", "iframe", "object", "base", "form")), name
        links = [link for each, key, link, _ in page.iterlinks() if key == "href" and each.get("rel") != "canonical"]
        assert len(links) > 3 and all(re.match(r"(\.\./)+[\w/#.-]*$", link) for link in links), name
        assert not [key for each in page.iter() for key in each.attrib if key.startswith("on") or key == "style"], name
