"""The index: every address leads somewhere, no official word is left out, the same data give the same bytes."""

from __future__ import annotations

import gzip
import json
import random
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from scripts.exports import search
from scripts.ledger.model.promise import NO_TARGET, Ledger
from scripts.pages.registry import PageSpec

from .scale import large, zipped


def test_every_address_of_the_index_stands_on_a_page(site: Path) -> None:
    """Pages and anchors, as built: no result leads to nowhere."""
    index = json.loads((site / "assets/search/index.json").read_text(encoding="utf-8"))
    pages: dict[str, str] = {}
    count = 0
    for record in index["records"]:
        path, _, own = record["p"].partition("#")
        html = pages.setdefault(path, (site / path / "index.html").read_text(encoding="utf-8"))
        anchors = [own] if own else []
        for _, _, anchor, _, *pieces in record["x"]:
            anchors += [anchor] if anchor else []
            anchors += [f"{pieces[0][0]}-{i + 1}" for i in range(len(pieces[0]) // 2)] if pieces else []
        for anchor in anchors:
            count += 1
            assert f'id="{anchor}"' in html, f"{path}#{anchor}"
    print(f"\n{len(index['records'])} records, {count} anchors")
    assert count > 300


def test_pages_written_by_hand_are_found_too(site: Path) -> None:
    titles = {r["t"]: r["p"] for r in json.loads((site / "assets/search/index.json").read_text(encoding="utf-8"))["records"]}
    assert titles["评定规则"] == "method/"


def test_no_official_word_is_left_out(found: list[search.Record], ledger: Ledger) -> None:
    """Every pledge, every cell with a target, every item of machinery stands in the index, verbatim."""
    texts = {paragraph.text for record in found for paragraph in record.paragraphs}
    plan = ledger.current
    official = [task.pledge for task in plan.tasks.values()] + [m.text for m in plan.plan.mechanisms]
    official += [task.table_pledge for task in plan.tasks.values() if task.table_pledge]
    official += [cell.text for task in plan.tasks.values() for cell in task.milestones if cell.text != NO_TARGET]
    assert [text for text in official if text not in texts] == []


def test_a_deliverable_is_cut_where_it_stands(found: list[search.Record], ledger: Ledger) -> None:
    """The positions of deliverables give back their words."""
    cell = next(p for r in found if r.kind == "任务" and r.number == 24 for p in r.paragraphs if p.cell == 4)
    words = [cell.text[start:end] for start, end in cell.pieces]
    assert words == [piece.text for piece in ledger.current.tasks[24].milestones[3].deliverables]


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("“奉公办•更快捷”", "奉公办更快捷"),
        ("ＨＰＶ 疫苗", "hpv疫苗"),
        ("3-5项", "3 5项"),
        ("98.7%以上", "98.7%以上"),
        ("〔2023〕17号", "2023 17号"),
        ("≧95%", "95%"),
    ],
)
def test_text_is_folded_before_it_is_compared(printed: str, folded: str) -> None:
    """Width, case, spaces and punctuation do not matter; two numbers do not grow together."""
    assert search.fold(printed) == folded


def test_the_browser_folds_the_same(search_page: Page, found: list[search.Record]) -> None:
    """Script and builder agree on every text: each whole paragraph finds its own record."""
    texts = [(r.path, p.text) for r in found if r.kind == "任务" for p in r.paragraphs if p.field in ("pledge", "cell")]
    ask = "async texts => { const lost = []; for (const [path, text] of texts) { const found = await ledgerSearch(text, 500); if (!found.results.some(r => r.url.startsWith(path))) lost.push(text); } return lost; }"
    assert search_page.evaluate(ask, texts) == []


def test_any_official_words_are_found(search_page: Page, found: list[search.Record]) -> None:
    """Some characters in a row, taken by chance from any pledge or cell, lead to their task: 400 queries that nobody chose."""
    chance = random.Random(43)
    texts = [(r.path, p.text) for r in found if r.kind == "任务" for p in r.paragraphs if p.field in ("pledge", "cell")]
    asked: list[tuple[str, str]] = []
    while len(asked) < 400:
        path, text = chance.choice(texts)
        start, size = chance.randrange(len(text)), chance.randint(2, 8)
        words, around = text[start : start + size], text[max(0, start - 1) : start + size + 2]
        if len(search.fold(words)) >= 2 and not re.search(r"[0-9]", around):
            asked.append((path, words))
    ask = "async asked => { const lost = []; for (const [path, text] of asked) { const found = await ledgerSearch(text, 500); if (found.near || !found.results.some(r => r.url.startsWith(path))) lost.push(text); } return lost; }"
    assert search_page.evaluate(ask, asked) == []


def test_the_same_data_give_the_same_bytes(ledger: Ledger, own_pages: list[PageSpec]) -> None:
    once, again = (search.files(search.records(ledger, own_pages), whole) for whole in (0, 0))
    assert list(once.items()) == list(again.items())


def test_years_are_told_where_there_are_several(ledger: Ledger, own_pages: list[PageSpec]) -> None:
    """With two plans each result says its year, the newest first."""
    older = ledger.current.model_copy(update={"id": "2022", "plan": ledger.current.plan.model_copy(update={"year": 2022})})
    both = ledger.model_copy(update={"promises": {"2022": older, **ledger.promises}})
    numbers = [record for record in search.records(both, own_pages) if record.kind == "任务" and record.number == 24]
    assert [(record.year, record.path) for record in numbers] == [(2023, "2023/tasks/24/"), (2022, "2022/tasks/24/")]


def test_a_small_county_has_one_file_and_a_large_one_shards(ledger: Ledger, own_pages: list[PageSpec]) -> None:
    """At 42 tasks one file of at most 30 KB; at 420 no single file over 16 KB, the first one below 3."""
    [(name, text)] = search.files(search.records(ledger, own_pages)).items()
    assert name == "assets/search/index.json" and zipped(text) <= 30 * 1024
    shards = search.files(search.records(large(ledger, 10), own_pages))
    sizes = {name: zipped(text) for name, text in shards.items()}
    print(f"\n42 tasks: {zipped(text)} bytes; 420 tasks: {len(shards)} files, the largest {max(sizes.values())} bytes")
    assert max(sizes.values()) <= 16 * 1024 and sizes["assets/search/index.json"] <= 3 * 1024


def test_the_script_is_at_most_six_kilobytes(site: Path) -> None:
    size = len(gzip.compress((site / "assets/search.js").read_bytes(), 9, mtime=0))
    print(f"\nsearch.js: {size} bytes")
    assert size <= 6 * 1024
