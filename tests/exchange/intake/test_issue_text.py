"""The text of an issue is edited by hand and may hold anything: what is not clear is told, what is written there is never run."""

from __future__ import annotations

import json
import shutil
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.__main__ import main
from scripts.exchange.intake.event import NoIssue, issue_of, text_of
from scripts.exchange.intake.issue_body import is_record, read_body
from scripts.ledger.phrases.problems import told

from ...conftest import SAMPLE, contents
from .filling import AS_OF, GOOD, body, event

PROBLEM, MEETING = GOOD["发现问题"], GOOD["调度会"]
TEXT = body(PROBLEM)


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fictional county; nothing here writes."""
    return Path(shutil.copytree(SAMPLE, tmp_path_factory.mktemp("county") / "data"))


def hand_in(folder: Path, text: str) -> int:
    (folder.parent / "登记.md").write_bytes(text.encode("utf-8", errors="surrogatepass"))
    return main(["issue", "in", str(folder.parent / "登记.md"), "--data", str(folder), "--as-of", AS_OF, "--dry-run"])


def wrong(text: str) -> list[str]:
    """What the reading of a text finds wrong with its headings."""
    return [told(problem) for problem in read_body(text).problems]


def test_the_hosts_ways_of_writing_are_one() -> None:
    """Line ends of any system, spaces behind a heading, full-width letters in one; nothing is wrong, and the answers are the same."""
    ways = [TEXT, TEXT.replace("\r\n", "\n"), TEXT.replace("\r\n", "\r"), TEXT.replace("整改单位", "整改单位  "), f"\n\n{TEXT}\n"]
    said = []
    for text in ways:
        found = read_body(text)
        assert found.problems == [] and found.entry and found.entry.form.title == "发现问题"
        said.append({label: cell.text for label, cell in found.entry.answers.cells.items()})
    assert all(each == said[0] for each in said) and said[0]["整改单位"] == "样例县城管局" and said[0]["公布处"] == ""


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "### 整改期限",
            "### 整改的期限",
            "没有这一栏；请不要改栏名，内容里也不要有以 ### 开头的行；现在写的是“整改的期限”。是不是想写“整改期限”？",
        ),
        ("### 整改期限", "整改期限", ""),
        ("北站口袋公园护栏松动", "护栏\r\n### 整改单位\r\n松动", "整改单位 这一栏出现了两次；"),
        ("北站口袋公园护栏松动", "护栏\r\n### 说明", "没有这一栏；"),
        ("### 登记什么\r\n\r\n发现问题", "### 登记什么\r\n\r\n发现的问题", "登记什么 只能是 发现问题、"),
        ("### 登记什么", "### 登记", "登记什么 这一栏不见了；"),
        ("### 登记什么", "您好。\r\n### 登记什么", "“登记什么”前面不要写字；请写进下面的栏里"),
    ],
)
def test_a_heading_that_was_changed_is_told(old: str, new: str, words: str, county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is guessed and nothing is taken; where a heading became text, what is missing below it is told."""
    text = TEXT.replace(old, new, 1)
    assert text != TEXT
    assert any(words in each for each in wrong(text)) or not words
    assert hand_in(county, text) == 1
    assert words in capsys.readouterr().out


@pytest.mark.parametrize(
    "hostile",
    [
        "---\ntask: 1\n...",
        "!!python/object/apply:os.system [touch HACKED]",
        "&a [*a, *a]",
        "${{ github.token }}",
        "$(touch HACKED)`touch HACKED`; touch HACKED",
        "'; touch HACKED #",
        "![x](https://evil.example/x.png)\n\n| a | b |\n|---|---|",
        "<!-- 看不见 -->",
        "<details><summary>x</summary>",
        "\u0000\u0007\u001b[31m",
        "{% include 'x' %}",
        "@everyone closes #1",
        "```yaml\ntype: opened\n```",
        "#REF!",
        "字" * 66_000,
    ],
)
def test_hostile_words_are_words(
    hostile: str, county: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a field of one line and in one of several: refused with words, or a record that holds exactly them; never anything else, and soon."""
    monkeypatch.chdir(tmp_path)
    before, start = contents(county), time.perf_counter()
    for title, label in (("发现问题", "问题"), ("单位说明", "说明")):
        text = body(replace(GOOD[title], answers={**GOOD[title].answers, label: hostile}))
        code = hand_in(county, text)
        out = capsys.readouterr().out
        assert code in (0, 1) and (code == 0 or label in out or "太长了" in out), out
        assert "Traceback" not in out and "\x1b" not in out and "\x00" not in out
    assert list(tmp_path.iterdir()) == [] and contents(county) == before and time.perf_counter() - start < 20


def test_items_may_be_pasted_from_a_spreadsheet(county: Path) -> None:
    """Between upright strokes of either width, between tabs, as a table's rows, as a list."""
    head, foot = body(replace(MEETING, rows={})).split("### 议定事项\r\n\r\n_No response_")
    ways = [
        "开齐三个班｜样例县教委｜2023-12-31｜还没办结",
        "开齐三个班 | 样例县教委 | 2023年12月31日",
        "| 开齐三个班 | 样例县教委 | 2023-12-31 | |",
        "开齐三个班\t样例县教委\t2023/12/31\t",
        "- 开齐三个班｜样例县教委｜2023-12-31",
        "* 开齐三个班｜样例县教委｜2023-12-31｜",
    ]
    for way in ways:
        found = read_body(f"{head}### 议定事项\r\n\r\n{way}{foot}")
        assert found.problems == [] and found.entry
        (row,) = found.entry.rows["decisions"]
        assert [row.cells[label].text for label in ("内容", "责任单位")] == ["开齐三个班", "样例县教委"]
        assert hand_in(county, f"{head}### 议定事项\r\n\r\n{way}{foot}") == 0
    five = read_body(f"{head}### 议定事项\r\n\r\n一｜二｜三｜四｜五{foot}")
    assert next(told(problem) for problem in five.problems).startswith(
        "最多4段：内容｜责任单位｜期限｜现状；现在写的是“一｜二｜三｜四｜五”"
    )


def test_the_year_is_asked_only_where_there_are_two(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert hand_in(county, body(PROBLEM, plan="2023")) == 0 and hand_in(county, body(PROBLEM, plan="2023年")) == 0
    assert hand_in(county, body(PROBLEM, plan="2022")) == 1
    assert "年度 必须是有计划的年度，现有 2023；现在写的是“2022”。例：2023" in capsys.readouterr().out


def test_only_our_forms_are_records() -> None:
    """The form for citizens, an ordinary issue, an empty one are not."""
    assert is_record(TEXT) and not is_record("### 哪一页\n\nhttps://…") and not is_record("") and not is_record("登记什么")


def test_the_events_file_is_read_as_data() -> None:
    """Number and text; anything else in the file is no issue, whatever it is."""
    found = issue_of(event(TEXT, number=7))
    assert (found.number, found.body) == (7, TEXT) and issue_of(b'{"issue": {"number": 7, "body": null}}').body == ""
    for data in (
        b"",
        b"[]",
        b"{}",
        b'{"issue": {}}',
        b'{"issue": {"number": "7; rm", "body": ""}}',
        b'{"issue": {"number": true, "body": ""}}',
    ):
        with pytest.raises(NoIssue):
            issue_of(data)
    with pytest.raises(NoIssue):
        issue_of(b"[" * 100_000)
    assert text_of(TEXT.encode("utf-8-sig")) == TEXT and text_of(event(TEXT)) == TEXT
    with pytest.raises(NoIssue):
        text_of("登记".encode("utf-16"))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_text_is_read_or_told(data: st.DataObject) -> None:
    """Pieces of forms and of anything in any order: an entry or words, never an error."""
    pieces = st.sampled_from(
        [*TEXT.split("\r\n\r\n"), *body(MEETING).split("\r\n\r\n"), "### ", "###", "#### x", "｜|\t", "\u202e", "\x00", "---"]
    )
    text = "\n".join(data.draw(st.lists(pieces | st.text(max_size=20), max_size=30)))
    found = read_body(text)
    assert found.entry is not None or found.problems
    assert json.dumps([told(problem) for problem in found.problems])
