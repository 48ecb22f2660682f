"""Bad input: each case in problems/ is a mistake and the exact messages that it gets.  A new case is a new file there.

A case names its `promise`, its `changes` to a copy of the small county (fixtures/small), and all `messages`.  A change is one
of: `replace` (what stands there once) `with` a text or `with_hex` bytes; a whole file as `text` (`times`: so often) or `hex`;
`before_hex` (bytes put in front); `copy_of` another file; `link_to` it; `delete`.

When wording changes, `python -m tests.store.test_problems` writes what the check says now into every case: read the difference.
"""

from __future__ import annotations

import inspect
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

from scripts.ledger.model import promise as model
from scripts.store.load import PLAN_PARTS, TOP_PARTS, load
from scripts.store.project import ROOT

from ..conftest import plant, snapshot

FOLDER = Path(__file__).parent / "problems"
CASES = sorted(path.stem for path in FOLDER.glob("*.yml"))
AS_PEOPLE_RUN_IT = [
    "a_byte_order_mark",
    "a_flow_of_control_characters",
    "a_python_tag",
    "a_ten_megabyte_file",
    "a_yaml_bomb",
    "five_thousand_nested_brackets",
    "gloriously_broken",
]
"""The cases that also run through the command, each about half a second."""

SECONDS = 2
"""What a check may take of a processor, whatever the data."""

CLASSES = [name for name, _ in inspect.getmembers(model, lambda each: inspect.isclass(each) and issubclass(each, BaseModel))]
PYTHON = re.compile(
    rf"Traceback|Error|Exception|pydantic|yaml\.|\b({'|'.join(CLASSES)})\b|\b(str|dict|list|tuple|int|float|bool|Decimal|None|NoneType)\b"
)
"""Words that no message may hold: they are Python's, not the staff's."""


PARTS = {"TOP_PARTS": "、".join(TOP_PARTS), "PLAN_PARTS": "、".join(PLAN_PARTS)}
"""What belongs in a folder is the loader's to say; a case names the list."""


def read(case: str) -> dict[str, Any]:
    """A case by its phrase."""
    found: dict[str, Any] = yaml.safe_load((FOLDER / f"{case}.yml").read_text(encoding="utf-8"))
    found["messages"] = [re.sub("|".join(PARTS), lambda name: PARTS[name[0]], message) for message in found["messages"]]
    return found


def spoil(data: Path, change: dict[str, Any]) -> None:
    """Make one change in a copy of the data."""
    path = data / change["file"]
    path.parent.mkdir(parents=True, exist_ok=True)
    if change.get("delete"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    elif "link_to" in change:
        path.symlink_to(change["link_to"])
    elif "copy_of" in change:
        shutil.copyfile(data / change["copy_of"], path)
    elif "before_hex" in change:
        path.write_bytes(bytes.fromhex(change["before_hex"]) + path.read_bytes())
    elif "replace" in change:
        old = change["replace"].encode()
        new = bytes.fromhex(change["with_hex"]) if "with_hex" in change else change["with"].encode()
        assert path.read_bytes().count(old) == 1, f"{change['replace']!r} does not stand once in {change['file']}"
        path.write_bytes(path.read_bytes().replace(old, new))
    else:
        path.write_bytes(bytes.fromhex(change["hex"]) if "hex" in change else change["text"].encode() * change.get("times", 1))


@pytest.fixture
def county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small county, seen from beside it, so that messages begin with data/."""
    plant(tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    return Path("data")


def test_the_small_county_itself_is_without_fault(county: Path) -> None:
    """So that each message below comes from its case's change."""
    assert load(county).messages() == []


@pytest.mark.parametrize("case", CASES)
def test_the_mistake_gets_these_messages(case: str, county: Path) -> None:
    """Every message, whole, in order; a ledger comes back only when all are warnings; nothing is written."""
    wanted = read(case)
    for change in wanted["changes"]:
        spoil(county, change)
    before = snapshot(county.parent)
    loaded = load(county)
    assert loaded.messages() == wanted["messages"]
    assert (loaded.ledger is None) == any("提醒：" not in message for message in wanted["messages"])
    assert snapshot(county.parent) == before


@pytest.mark.parametrize("case", CASES)
def test_a_message_says_where_and_speaks_chinese(case: str) -> None:
    """File, line, Chinese; no class of Python, nothing invisible, one line each."""
    for message in read(case)["messages"]:
        assert re.match(r"data/[^:]*:[1-9]\d*: ", message), message
        assert re.search("[一-鿿]", message) and message.isprintable() | ("\u3000" in message), message
        assert not PYTHON.search(message), message


@pytest.mark.parametrize("case", AS_PEOPLE_RUN_IT)
def test_the_command_prints_them_at_once_and_writes_nothing(case: str, county: Path) -> None:
    """`python -m scripts check` ends with 1 and the messages, within two seconds of a processor, without a traceback."""
    wanted = read(case)
    for change in wanted["changes"]:
        spoil(county, change)
    before, spent = snapshot(county.parent), resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-B", "-m", "scripts", "check", "--data", "data"],
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "OUT": "out"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 1
    assert done.stdout.splitlines() == wanted["messages"]
    said = done.stderr.splitlines()
    assert said[0] == f"共{sum('提醒：' not in message for message in wanted['messages'])}处错误。"
    assert len(said) == 2 and "再检查一遍" in said[1]
    assert used.ru_utime + used.ru_stime - spent.ru_utime - spent.ru_stime < SECONDS
    assert snapshot(county.parent) == before


def test_a_file_with_ten_thousand_mistakes_gets_a_thousand_messages(county: Path) -> None:
    """Nobody reads on; the rest is told in one line, and the data stay refused."""
    note = "  - {kind: sorce, text: <b>}\n"
    spoil(county, {"file": "plans/2031/tasks/01.yml", "replace": "notes:\n", "with": "notes:\n" + note * 5000})
    loaded = load(county)
    assert loaded.ledger is None and len(loaded.errors) == 1001
    assert loaded.messages()[0] == "data/:1: 错误太多，只列出1000处；改好这些，再检查一遍。"


def test_warnings_never_stand_in_the_way_of_errors(county: Path) -> None:
    """Two thousand remarks leave room for the mistake that comes after them."""
    extra = "".join(f"单位{i}: {{slug: u{i}, kind: other}}\n" for i in range(2000))
    spoil(county, {"file": "units.yml", "replace": "东溪镇: {", "with": extra + "东溪镇: {"})
    spoil(county, {"file": "plans/2031/places.yml", "replace": "township: 东溪镇", "with": "township: 西溪镇"})
    loaded = load(county)
    assert loaded.ledger is None and [problem.found for problem in loaded.errors] == ["西溪镇"]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [(["甲"] * 30_000, ["乙", *["甲"] * 29_999]), (["甲", "乙"] * 15_000, ["乙", "甲", "甲"] * 15_000)],
    ids=["one", "all"],
)
def test_a_document_of_lines_all_alike_is_compared_in_no_time(county: Path, ours: list[str], theirs: list[str]) -> None:
    """Tens of thousands of like lines, one of them or all of them out of step, are no reason to wait."""
    spoil(
        county, {"file": "plans/2031/plan.yml", "replace": "  front:\n", "with": "  front:\n" + "".join(f"    - {line}\n" for line in ours)}
    )
    spoil(
        county, {"file": "plans/2031/source.txt", "replace": "小溪府办发〔2031〕1号", "with": "\n".join([*theirs, "小溪府办发〔2031〕1号"])}
    )
    with no_longer_than(60):
        started = resource.getrusage(resource.RUSAGE_SELF).ru_utime
        assert any("frame.front[1] 必须与原文逐字相同" in message for message in load(county).messages())
        assert resource.getrusage(resource.RUSAGE_SELF).ru_utime - started < 2 * SECONDS


@contextmanager
def no_longer_than(seconds: int) -> Iterator[None]:
    """Fail instead of hanging."""

    def ring(*_: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)


def accept() -> None:
    """Write what the check says now into every case, to be read before it is kept."""
    for case in CASES:
        path = FOLDER / f"{case}.yml"
        with TemporaryDirectory() as folder, chdir(folder):
            data = plant(Path("data"))
            for change in read(case)["changes"]:
                spoil(data, change)
            said = load(data).messages()
        for name, words in PARTS.items():
            said = [message.replace(words, name) for message in said]
        head = path.read_text(encoding="utf-8").partition("\nmessages:\n")[0]
        messages = yaml.safe_dump({"messages": said}, allow_unicode=True, width=100_000)
        path.write_text(f"{head}\n{messages}", encoding="utf-8")


if __name__ == "__main__":
    accept()
