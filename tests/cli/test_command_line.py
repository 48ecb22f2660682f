"""The command line as a clerk meets it: help in Chinese for every verb, and for every slip one Chinese line that says what to write."""

from __future__ import annotations

import re

import pytest

from scripts.__main__ import VERBS, main
from scripts.cli import sheet_upload

COMMANDS = "check guard changes site serve publishable permalinks docs verify published plan new-plan new-county next sheet issue idle changed-kind release hook staged"
RECORDS = "report correction problem meeting event revision statement case review withdrawal"
BELOW = ["plan in", "sheet out", "sheet in", "sheet take", "sheet request", "sheet clear"]
ENGLISH = re.compile(r"\b(usage|error|argument|invalid|expected|required|choose|options|the|show|default)\b")

SLIPS = {
    "": "还要写 命令",
    "chekc": "是不是想写“check”？",
    "check extra": "不认得“extra”",
    "check --format xml": "只能是 text 或 github；现在写的是“xml”",
    "next --as-of 2023-02-30": "必须是日历上有的日期，写成 年-月-日；现在写的是“2023-02-30”",
    "next --as-of 20230501": "必须是日历上有的日期",
    "next --unit": "--unit 后面要写一个值",
    "report 5": "还要写 节点",
    "report": "还要写 序号、节点",
    "problem P-07 done": "步骤 只能是 extended、closed、reopened 之一；现在写的是“done”",
    "meeting weekly 2023-05-30": "种类 只能是 monthly、quarterly 之一",
    "meeting monthly 5月30日": "召开日 必须是日历上有的日期",
    "sheet in x.xlsx --dry-run=yes": "--dry-run 后面不写值",
    "new-plan 24": "年度写四位数，如 2024；现在写的是“24”",
    "guard --base": "--base 后面要写一个值",
}


@pytest.mark.parametrize("command", [*COMMANDS.split(), *RECORDS.split(), *BELOW])
def test_every_verb_explains_itself_in_chinese(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`--help` ends well, and holds no English words but the names of verbs and options."""
    with pytest.raises(SystemExit) as left:
        main([*command.split(), "--help"])
    told = capsys.readouterr().out
    assert left.value.code == 0 and told.startswith("用法：python -m scripts")
    assert "看这份说明" in told and not ENGLISH.search(told), told


def test_the_list_of_verbs_says_what_each_is_for(capsys: pytest.CaptureFixture[str]) -> None:
    """Every verb with its own Chinese words, on its own line."""
    with pytest.raises(SystemExit):
        main(["--help"])
    told = capsys.readouterr().out
    named = dict(re.findall(r"^    ([a-z-]+) +(\S.*)$", told, re.MULTILINE))
    assert set(named) == set(f"{COMMANDS} {RECORDS}".split())
    assert all(re.search("[一-鿿]", words) for words in named.values()) and len(VERBS) > 10


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told_in_chinese_with_where_to_look(slip: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What was found, what must stand there, how to go on; exit 2, nothing done."""
    with pytest.raises(SystemExit) as left:
        main(slip.split())
    told = capsys.readouterr()
    assert left.value.code == 2 and told.out == ""
    assert SLIPS[slip] in told.err.splitlines()[0] and "看说明：python -m scripts" in told.err
    assert not ENGLISH.search(told.err), told.err


def test_a_wrong_day_in_the_environment_is_told_too(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """AS_OF is what `make` hands on."""
    monkeypatch.setenv("AS_OF", "2023/1/1")
    with pytest.raises(SystemExit) as left:
        main(["next"])
    assert left.value.code == 2 and "环境变量 AS_OF 必须是日历上有的日期" in capsys.readouterr().err


def test_another_folder_is_not_taken_for_uploads(capsys: pytest.CaptureFixture[str]) -> None:
    """Hundreds of files are no hand-in: told at once, none is opened."""
    assert main(["sheet", "take", "scripts", "--base", "HEAD"]) == 1
    assert f"一次最多收{sheet_upload.MOST_FILES}张表" in "".join(capsys.readouterr())
