"""The brief to paste from: plain Word that says what its page says, names no author and no clock, and is the same whenever it is written."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from functools import cache

import docx
import pytest
from docx.document import Document

from scripts.exports.docx_brief import brief_docx
from scripts.exports.docx_style import FILLS
from scripts.ledger.model.rules import COLOURS
from scripts.ledger.series.briefs import PARTS, REST, brief, since
from scripts.ledger.series.day import Day, day_of
from scripts.store.load import load
from scripts.store.project import ROOT

from ..conftest import MID_YEAR, SAMPLE

IDENTITY = "本站由样例主办。"
POSITIONS = range(3)


@cache
def day() -> Day:
    ledger = load(SAMPLE).ledger
    assert ledger is not None
    return day_of(ledger, "2023", MID_YEAR)


@cache
def written(position: int, fictional: bool = True) -> bytes:
    return brief_docx(brief(day(), position, fictional), IDENTITY)


def opened(position: int, fictional: bool = True) -> Document:
    return docx.Document(io.BytesIO(written(position, fictional)))


def words(document: Document) -> str:
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


@pytest.mark.parametrize("position", POSITIONS)
def test_units_come_first_then_gaps_comparison_problems_visits_and_the_rest(position: int) -> None:
    """The sections in the order of the page, each with a table or a sentence that says why there is none."""
    headings = [each.text for each in opened(position).paragraphs if each.style is not None and each.style.name == "Heading 1"]
    assert headings == [*PARTS.values(), REST]


@pytest.mark.parametrize("position", POSITIONS)
def test_every_task_stands_in_it_once_with_its_sentence(position: int) -> None:
    """Gaps and rest together are the county: verdict, task, leads, reasons."""
    found = brief(day(), position, True)
    said = words(opened(position))
    assert sorted(each.number for each in (*found.gaps, *found.rest)) == sorted(day().promise.tasks)
    for each in (*found.gaps, *found.rest):
        assert each.sentence in said and f"{each.number}　{each.title}\n{'、'.join(each.leads)}" in said


@pytest.mark.parametrize("position", POSITIONS)
def test_fiction_is_named_in_header_opening_and_every_table(position: int) -> None:
    """What is pasted from a table takes the word along; a real county's file never has it."""
    document = opened(position)
    assert document.sections[0].header.paragraphs[0].text.startswith("虚构演示")
    assert len(document.tables) >= 3
    assert all(table.rows[0].cells[0].text.startswith("虚构演示") for table in document.tables)
    assert "虚构演示" not in words(opened(position, False)) + opened(position, False).sections[0].header.paragraphs[0].text


def test_it_says_that_it_is_no_official_paper_and_whose_site_made_it() -> None:
    """自动生成，非公文；身份写在页脚；没有红头、文号、印章的说法。"""
    document = opened(2)
    assert "自动生成，非公文" in words(document) and document.sections[0].footer.paragraphs[0].text == IDENTITY
    assert not re.search("工作不力|落后单位|通报批评|红头", words(document))


def test_it_names_no_author_and_no_clock_and_is_the_same_every_time() -> None:
    """Byte for byte; the only day in it is that of the freeze."""
    assert written(2) == brief_docx(brief(replace(day()), 2, True), IDENTITY)
    core = opened(2).core_properties
    assert (core.author, core.last_modified_by, core.comments, core.keywords) == ("", "", "", "")
    assert core.created is not None and core.created.date() == brief(day(), 2, True).frozen
    with zipfile.ZipFile(io.BytesIO(written(2))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in archive.namelist() if "thumbnail" in name or "customXml" in name]


def test_later_records_never_change_a_file() -> None:
    """The May brief as written in August and in January, after corrections of May: the same bytes; 今天看 tells the corrections."""
    ledger = load(SAMPLE).ledger
    assert ledger is not None
    january = day_of(ledger, "2023", MID_YEAR.replace(year=2024, month=1, day=15))
    assert any(each.told for each in since(january, 1))
    assert brief_docx(brief(january, 1, True), IDENTITY) == written(1)


def test_the_colours_on_paper_are_those_of_the_screen() -> None:
    """The light palette of the style sheet; and a verdict's cell is filled with its own."""
    sheet = (ROOT / "docs/assets/verdicts.css").read_text(encoding="utf-8")
    for colour in COLOURS:
        assert re.search(rf"--{colour}:#{FILLS[colour]}\b", sheet, re.I), colour
    xml = zipfile.ZipFile(io.BytesIO(written(2))).read("word/document.xml").decode()
    assert all(f'w:fill="{fill}"' in xml for fill in FILLS.values())
