"""The check as people and machines call it: lines for a terminal, annotations for a pull request, quick to start."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest

from scripts.__main__ import main
from scripts.cli.annotations import render_annotation
from scripts.ledger.model.problems import Place, Problem
from scripts.store.project import ROOT

COMMAND = re.compile(r"::(?P<kind>error|warning) file=(?P<file>[^:,]*),line=(?P<line>\d+),title=(?P<title>[^:,]*)::(?P<message>.*)")
"""A workflow command of the host, read as the host reads it: properties end at a comma or colon."""


def test_an_annotation_stands_at_its_file_and_line() -> None:
    """Error or warning, file below the repository's root, line, title, message."""
    problem = Problem(Place("units.yml", ("县教委", "slug")), "必须是英文", "县", example="jiaowei")
    assert render_annotation(problem, "data", 7) == (
        "::error file=data/units.yml,line=7,title=数据有错::县教委.slug 必须是英文；现在写的是“县”。例：jiaowei"
    )
    warning = Problem(Place("units.yml"), "没有用到", warning=True)
    assert render_annotation(warning, "data", 1) == "::warning file=data/units.yml,line=1,title=提醒::没有用到。"


@pytest.mark.parametrize("found", ["a\n::error::b", "100%0A::error::b", "a\r::stop-commands::x", "::set-output name=a::b", "a:b,c=d"])
@pytest.mark.parametrize("where", ["message", "file"])
def test_no_data_can_end_or_begin_a_command(found: str, where: str) -> None:
    """Percent signs, line breaks, and in properties colons and commas are written so that the host reads them back as text."""
    problem = Problem(Place(found if where == "file" else "units.yml"), "必须是英文", found)
    line = render_annotation(problem, "data", 3)
    assert "\n" not in line and "\r" not in line
    read = COMMAND.fullmatch(line)
    assert read and read["line"] == "3"
    if where == "file":
        assert unquote(read["file"]) == f"data/{found}"
    else:
        assert unquote(read["message"]) == f"必须是英文；现在写的是“{found.replace(chr(10), '↵').replace(chr(13), '�')}”。"


def test_for_a_pull_request_every_problem_is_an_annotation(data_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On standard output for the host, and as lines on standard error for whoever reads the log: the host shows only the first ten."""
    unit = data_copy / "units.yml"
    unit.write_text(unit.read_text(encoding="utf-8").replace("slug: ", "slugg: ", 2), encoding="utf-8")
    assert main(["check", "--data", str(data_copy), "--format", "github"]) == 1
    out, err = capsys.readouterr()
    assert out and all(COMMAND.fullmatch(line) for line in out.splitlines())
    assert len(re.findall(r"units\.yml:\d+: ", err)) == len(out.splitlines())


def test_the_path_is_the_repositorys(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """However the folder was named: absolute, relative, from another folder."""
    folder = tmp_path / "repository"
    (folder / "deep" / "data").mkdir(parents=True)
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    monkeypatch.chdir(tmp_path)
    for given in (folder / "deep/data", Path("repository/deep/data")):
        assert main(["check", "--data", str(given), "--format", "github"]) == 1
        assert capsys.readouterr().out.startswith("::error file=deep/data/")


@pytest.mark.parametrize("verb", ["check", "guard"])
def test_a_check_loads_nothing_that_it_does_not_need(verb: str) -> None:
    """It runs before every commit: tables, pictures, workbooks and the site's engine stay out of it."""
    heavy = ("pandas", "numpy", "mkdocs", "docx", "PIL", "openpyxl", "icalendar", "jinja2", "segno", "lxml")
    program = (
        "import sys; from scripts.__main__ import main; "
        f"code = main(['{verb}'] + ['--base', 'HEAD'] * ('{verb}' == 'guard')); "
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.stdout.splitlines()[-1:] == ["[]"], done.stderr
