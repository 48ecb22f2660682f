"""What the public will see change.  Each case in changes/ is a change and the whole report that it gets; a new case is a new file there.
`python -m tests.changes.test_changes` writes what is said now into every case: read the difference.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from markdown_it import MarkdownIt

from scripts.__main__ import main
from scripts.changes.public_changes import plain_text
from scripts.ledger.model.rules import COLOURS
from scripts.ledger.series.day import day_of
from scripts.pages.addresses import addresses
from scripts.store.load import load

from ..conftest import MID_YEAR, SAMPLE, snapshot
from ..store.test_problems import spoil
from .repository import Repository, found

FOLDER = Path(__file__).parent / "changes"
CASES = sorted(path.stem for path in FOLDER.glob("*.yml"))
AS_OF = "2023-10-20"

pytestmark = pytest.mark.slow  # each test works in a git repository of its own


def read(case: str) -> dict[str, Any]:
    """A case by its phrase."""
    wanted: dict[str, Any] = yaml.safe_load((FOLDER / f"{case}.yml").read_text(encoding="utf-8"))
    return wanted


def changes(*more: str) -> int:
    """The command, seen from inside the repository."""
    return main(["changes", "--data", "data", "--as-of", AS_OF, *more])


@pytest.mark.parametrize("case", CASES)
def test_the_change_is_told_so(case: str, county: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """The whole report, but for its first line (base and day); it never refuses, it tells; nothing is written."""
    wanted = read(case)
    for change in wanted["changes"]:
        spoil(county.data, change)
    before = snapshot(county.folder)
    assert changes() == 0
    head, *said = capsys.readouterr().out.splitlines()
    assert head == f"和 {county.git('rev-parse', 'main')[:9]} 相比，都按{AS_OF}看。"
    assert said == wanted["says"]
    assert snapshot(county.folder) == before


def test_every_kind_of_change_has_a_case() -> None:
    """Every part that a report can have stands in some case; but for what waits for the opening of reporting (tests/cli/test_opening.py)."""
    from scripts.changes.alterations import TITLES

    said = "\n".join(line for case in CASES for line in read(case)["says"])
    parts = (*(title for kind, title in TITLES.items() if kind != "waiting"), "会失效的网址（别人可能引用过）", "新的网页")
    assert [part for part in parts if f"\n{part}（" not in said] == []


def test_colours_are_told_from_the_same_day_and_never_invented(county: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """Judged years later, nothing that passed meanwhile is taken for a change; without a change there is none."""
    assert main(["changes", "--data", "data", "--as-of", "2026-01-01"]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == ["公众看到的没有变化。"]


def test_with_wrong_data_nothing_is_compared(county: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """First the errors, with file and line."""
    spoil(county.data, {"file": "plans/2023/reports/2023-09/08.yml", "replace": "signed-rate", "with": "signed-rat"})
    assert changes() == 1
    out, err = capsys.readouterr()
    assert out.startswith("data/plans/2023/reports/2023-09/08.yml:4: ") and "数据有错，没有比" in err


def test_old_data_that_does_not_keep_todays_rules_is_not_guessed_at(county: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """It says that it cannot compare, and where it stumbled."""
    good = (county.data / "site.yml").read_text(encoding="utf-8")
    county.write("site.yml", good + "colour: red\n")
    county.commit()
    county.git("branch", "-f", "main")
    county.write("site.yml", good)
    assert changes() == 0
    assert "那时的数据按现在的规则有1处不合，不能逐项相比。第一处：site.yml:11: " in capsys.readouterr().out


def test_where_there_was_no_data_all_is_new(county: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """A base from before the data folder."""
    county.git("mv", "data", "facts")
    assert main(["changes", "--data", "facts", "--as-of", AS_OF]) == 0
    assert "那时还没有这份数据，全部是新的。" in capsys.readouterr().out


# ---------------------------------------------------------------- the summary


def test_the_summary_is_appended_and_says_the_same(county: Repository, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A workflow's summary may hold more than ours; every row of the terminal stands in it."""
    spoil(county.data, read("a_correction_that_turns_a_colour")["changes"][0])
    summary = tmp_path / "summary.md"
    summary.write_text("before\n", encoding="utf-8")
    assert changes("--summary", str(summary)) == 0
    text = summary.read_text(encoding="utf-8")
    assert text.startswith("before\n## 公众会看到的变化\n")
    html = MarkdownIt("commonmark").render(text.removeprefix("before\n"))
    rows = [line.removeprefix("  · ") for line in capsys.readouterr().out.splitlines() if line.startswith("  · ")]
    assert rows and html.count("<li>") == len(rows)
    assert all(f"<li>{row}</li>" in html for row in rows)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "![x](https://example.org/x.png)",
        "[x](javascript:alert(1))",
        "**a** _b_ `c` ~~d~~ | e",
        "https://example.org www.example.org a@example.org",
        "@someone #1 &lt;b&gt; \\*",
        "one\n# two\n- three",
        "<!-- a\n--> b",
    ],
)
def test_whatever_the_data_holds_is_text_in_the_summary(text: str) -> None:
    """No markup, no picture, no link, no line of its own."""
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(f"- {plain_text(text)}")
    kinds = {child.type for token in tokens for child in token.children or ()}
    assert kinds <= {"text", "text_special"}
    (shown,) = ["".join(child.content for child in token.children or ()) for token in tokens if token.children]
    assert shown == text.replace("\n", "↵")


# ---------------------------------------------------------------- addresses


def test_every_address_that_may_be_lost_is_there_now(demo_site: Path) -> None:
    """What counts as an address leads to a page, and to a place on it."""
    ledger = load(SAMPLE).ledger
    assert ledger is not None
    known = addresses(ledger, {plan: day_of(ledger, plan, MID_YEAR) for plan in ledger.promises})
    pages = {path: (demo_site / path / "index.html").read_text(encoding="utf-8") for path in known if "#" not in path}
    assert len(known) > 3 * len(pages) > 150
    assert [
        address for address in known if "#" in address and f'id="{address.partition("#")[2]}"' not in pages[address.partition("#")[0]]
    ] == []


def test_a_colour_changes_in_some_case() -> None:
    """So that the cases test what matters most."""
    ledger = load(SAMPLE).ledger
    assert ledger is not None
    names = [day_of(ledger, "2023", MID_YEAR).speech.colour(colour) for colour in COLOURS]
    told = [line for case in CASES for line in read(case)["says"] if any(f"{a} → {b}。" in line for a in names for b in names)]
    assert told


def _write_reports() -> None:
    """What is said now, into every case."""
    with TemporaryDirectory() as folder:
        seed = found(Path(folder) / "seed").folder
        for case in CASES:
            repository = Repository(Path(shutil.copytree(seed, Path(folder) / case)))
            os.chdir(repository.folder)
            for change in read(case)["changes"]:
                spoil(repository.data, change)
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                changes()
            head = (FOLDER / f"{case}.yml").read_text(encoding="utf-8").partition("says:")[0]
            lines = "".join(f"  - {json.dumps(line, ensure_ascii=False)}\n" for line in out.getvalue().splitlines()[1:])
            (FOLDER / f"{case}.yml").write_text(f"{head}says:\n{lines}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(_write_reports())
