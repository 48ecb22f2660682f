"""What staff may put into their own pages: the handbook's examples are run, each of them, and none of the macros is missing from it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, StrictUndefined

from macros import cards_text
from macros.context import Context
from macros.pages import handwritten as cards
from scripts.ledger.series.day import day_of
from scripts.site.handwritten_pages import hand_written
from scripts.store.load import load
from scripts.store.project import ROOT

from ..conftest import AS_OF, DATA, MID_YEAR, SAMPLE, plant
from ..reading import read_page, text

HANDBOOK = (ROOT / "docs/guide/macros.md").read_text(encoding="utf-8")
FENCED = re.findall(r"^```\w+\n(.*?)^```", HANDBOOK, re.S | re.M)
EXAMPLES = [line for block in FENCED for line in re.findall(r"\{\{.*?\}\}", block)]
FRONT = next(block for block in FENCED if block.startswith("---"))
"""The opening lines that the handbook tells staff to copy."""
WITH_DATA = ("task_card", "standing", "board", "checkpoint_counts", "state", "problems_table", "meetings_table", "funding_table")
"""The macros that show progress, and so must say 虚构演示 inside what they show."""
BEFORE = date(2023, 3, 20)


@dataclass(frozen=True)
class County:
    """A county on a day: where its pages get their values from."""

    data: Path
    on: date

    @property
    def context(self) -> Context:
        return _context(self.data, self.on)


@cache
def _context(data: Path, on: date) -> Context:
    ledger = load(data).ledger
    assert ledger is not None
    return Context(ledger, day_of(ledger, ledger.current.id, on), "zhuanti/")


COUNTIES = {"demo": County(SAMPLE, MID_YEAR), "demo before": County(SAMPLE, BEFORE), "real": County(DATA, AS_OF)}


def run(example: str, county: County) -> str:
    """One line of a hand-written page, as the build runs it; a chapter is this county's own."""
    context = county.context
    line = re.sub(r'board\("\w+"\)', f'board("{context.promise.plan.chapters[0].id}")', example)
    macros = {card.__name__: _bound(card, context) for card in cards.CARDS}
    return Environment(undefined=StrictUndefined).from_string(line).render(macros)


def _bound(card: Any, context: Context) -> Any:
    return lambda *args: cards_text(card(context, *args))


def test_the_handbook_has_an_example_of_every_macro_and_of_no_other() -> None:
    """Whatever staff can write is described; whatever is described can be written."""
    assert {re.findall(r"\w+", example)[0] for example in EXAMPLES} == {card.__name__ for card in cards.CARDS}
    assert len(EXAMPLES) > len(cards.CARDS)


@pytest.mark.parametrize("county", COUNTIES.values(), ids=COUNTIES)
@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_gives_html_in_every_county(example: str, county: County) -> None:
    """With data, before reporting opens, and on the real county: one line of finished HTML; the fiction says so inside."""
    html = run(example, county)
    name = re.findall(r"\w+", example)[0]
    assert "\n" not in html and "{{" not in html
    assert len(re.sub(r"<[^>]+>", "", html).strip()) > 2
    if county.context.day.opened and name in WITH_DATA:
        assert "虚构演示" in html
    if not county.context.ledger.settings.fictional:
        assert "虚构演示" not in html
    if not county.context.day.opened and name != "rule_colours":  # what colours are explained by is in colour
        assert not re.search(r'class="[^"]*\b(?:blue|green|yellow|orange|red)\b', html)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{{ task_card("99") }}', "没有第“99”项任务；可写 1 到 16"),
        ('{{ board("nowhere") }}', "没有“nowhere”这一章；可写 employment、"),
        ('{{ checkpoint_counts("2023-08") }}', "没有“2023-08”这个节点；可写 2023-03、"),
        ('{{ rule_words("colours") }}', "没有“colours”这一组；可写 marks、"),
    ],
)
def test_a_wrong_name_is_answered_with_the_right_ones(line: str, said: str) -> None:
    """As the handbook promises: what is wrong, and what can be written."""
    card, name = re.findall(r"\w[\w-]*", line)[:2]
    macro = next(each for each in cards.CARDS if each.__name__ == card)
    with pytest.raises(LookupError, match=re.escape(said)):
        macro(COUNTIES["demo"].context, name)


@pytest.mark.slow
def test_a_page_of_staffs_own_is_built_with_all_examples_and_a_wrong_name_stops_the_build(tmp_path: Path) -> None:
    """The handbook followed to the letter: its opening lines, its examples; then a task that does not exist: the site stays as it was."""
    for name in ("docs", "macros", "scripts"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(ROOT / "mkdocs.yml", tmp_path / "mkdocs.yml")
    (tmp_path / "data").mkdir()
    own = tmp_path / "docs/zhuanti.md"
    county = County(plant(tmp_path / "small"), MID_YEAR)
    chapter = county.context.promise.plan.chapters[0].id
    lines = [re.sub(r'board\("\w+"\)', f'board("{chapter}")', each).replace("2023-07", "2031-07") for each in EXAMPLES]
    own.write_text(FRONT + "\n# 七月情况\n\n" + "\n\n".join(lines) + "\n", encoding="utf-8")
    done = _site(tmp_path, county)
    assert done.returncode == 0, done.stdout
    page = read_page(tmp_path / "site/zhuanti/index.html")
    assert "{{" not in text(page) and len(page.xpath("//main//table")) >= 5 and "暂无进展数据" in text(page)
    assert page.xpath("//title")[0].text.startswith("七月情况")
    before = (tmp_path / "site/zhuanti/index.html").stat().st_mtime_ns
    own.write_text(FRONT + '\n# 七月情况\n\n{{ task_card("99") }}\n', encoding="utf-8")
    done = _site(tmp_path, county)
    assert done.returncode == 1 and "docs/zhuanti.md:8: 没有第“99”项任务；可写 1 到 4。写法和例子见 docs/guide/macros.md" in done.stdout, (
        done.stdout
    )
    assert "Error" not in done.stdout and "Traceback" not in done.stdout
    own.write_text(FRONT + "\n# 七月情况\n\n{{ cycler.__init__.__globals__.os.popen('id').read() }}\n", encoding="utf-8")
    assert (done := _site(tmp_path, county)).returncode == 1 and "docs/zhuanti.md:8: {{ }} 里只能写手册里的那几种写法" in done.stdout, (
        done.stdout
    )
    own.write_text(FRONT + "\n# 七月情况\n\n<script>alert(1)</script>\n", encoding="utf-8")
    assert (done := _site(tmp_path, county)).returncode == 1 and "不是模板写的 <script>：alert(1)" in done.stdout, done.stdout
    assert "Traceback" not in done.stdout
    assert (tmp_path / "site/zhuanti/index.html").stat().st_mtime_ns == before


RENDERING = 'WARNING -  [macros] - ERROR # _Macro Rendering Error_\n\n_File_: `zhuanti.md`\n\n_{}_: {}\n\n```\nTraceback\n  File "<template>", line 3, in top\n'
SYNTAX = "ERROR # _Macro Syntax Error_\n\n_File_: `zhuanti.md`\n\n_Line 3 in Markdown file:_ **unexpected char '“' at 18**\n"


@pytest.mark.parametrize(
    ("output", "said"),
    [
        (RENDERING.format("UndefinedError", "'task_kard' is undefined"), "zhuanti.md:8: 没有“task_kard”这种写法"),
        (RENDERING.format("WrongName", "没有“x”这一章；可写 a"), "zhuanti.md:8: 没有“x”这一章；可写 a"),
        (RENDERING.format("TypeError", "board() takes from 1 to 2 positional arguments"), "zhuanti.md:8: {{ }} 的括号里写多了、写少了"),
        (SYNTAX, "zhuanti.md:8: {{ }} 里的写法不完整：引号要用英文的"),
    ],
)
def test_what_stops_a_page_is_said_in_chinese_with_its_line(tmp_path: Path, output: str, said: str) -> None:
    """A misspelt macro, a wrong name, wrong brackets, Chinese quotation marks; the line is that of the file, opening lines counted."""
    (tmp_path / "zhuanti.md").write_text(FRONT + "\n# 七月情况\n\n{{ x }}\n", encoding="utf-8")
    found = hand_written(output, tmp_path)
    assert found is not None and said in found and "Error" not in found
    assert hand_written("WARNING - 别的", tmp_path) is None


def _site(house: Path, county: County) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scripts", "site", "--data", str(county.data), "--out", str(house / "site"), "--as-of", str(county.on)]
    return subprocess.run(command, cwd=house, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", timeout=300)
