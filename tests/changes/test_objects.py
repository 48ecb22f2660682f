"""What is compared is what git holds, object by object: no attribute, filter or line end stands between."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.__main__ import main
from scripts.store.git_objects import export, export_staged

from ..conftest import contents
from ..store.test_problems import spoil
from .repository import Repository

REPORT = "plans/2023/reports/2023-09/08.yml"
TODAY = "2023-12-01"

pytestmark = pytest.mark.slow  # each test works in a git repository of its own


def guard() -> int:
    """The command, seen from inside the repository."""
    return main(["guard", "--data", "data", "--today", TODAY])


ATTRIBUTES = {
    "every file": "* export-ignore\n",
    "the plans": "plans export-ignore\n",
    "the reports": "plans/2023/reports/** export-ignore\n",
    "other line ends": "*.yml text eol=crlf\n",
    "words put in": "*.yml export-subst ident\n",
}


@pytest.fixture(params=ATTRIBUTES)
def hidden(request: pytest.FixtureRequest, county: Repository) -> Repository:
    """The county with attributes in its data folder, public as they are."""
    county.git("checkout", "-q", "main")
    county.write(".gitattributes", ATTRIBUTES[request.param])
    county.commit()
    county.git("checkout", "-q", "-B", "work")
    return county


def test_no_attribute_hides_an_edit_or_a_deletion(hidden: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """`export-ignore` in the data's own .gitattributes, or line ends of another system: the guard sees what was published all the same."""
    assert guard() == 0, capsys.readouterr().out
    spoil(hidden.data, {"file": REPORT, "replace": "signed-rate: 86", "with": "signed-rate: 92"})
    assert guard() == 1
    assert f"data/{REPORT}:4: indicators.signed-rate 已公布的记录不改。请改回“86”" in capsys.readouterr().out
    (hidden.data / REPORT).unlink()
    assert guard() == 1
    assert f"data/{REPORT}:1: 已公布的记录不能删" in capsys.readouterr().out


def test_no_attribute_hides_what_the_public_saw(hidden: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """The report of what changes compares with all that was there."""
    assert main(["changes", "--data", "data", "--as-of", TODAY]) == 0
    assert "公众看到的没有变化" in capsys.readouterr().out


def test_what_is_exported_is_what_was_committed(county: Repository, tmp_path: Path) -> None:
    """Byte for byte, of a commit and of the index, whatever the attributes say and whatever stands in the working copy."""
    county.write(".gitattributes", "* export-ignore\n*.yml text eol=crlf\n")
    county.commit()
    wanted = contents(county.data)
    (county.data / REPORT).write_bytes(b"a: 1\r\n")
    assert export(county.data, "HEAD", tmp_path / "commit")
    assert contents(tmp_path / "commit") == wanted
    assert contents(export_staged(county.data, tmp_path / "index")) == wanted
    county.git("add", "-A")
    assert (export_staged(county.data, tmp_path / "later") / REPORT).read_bytes() == b"a: 1\n", "line ends as git keeps them"


def test_a_folder_at_the_root_of_its_repository_is_exported_too(county: Repository, tmp_path: Path) -> None:
    """A repository may hold data and nothing else."""
    wanted = contents(county.data)
    assert export(county.folder, "HEAD", tmp_path / "all") and contents(tmp_path / "all/data") == wanted
    assert contents(export_staged(county.folder, tmp_path / "index") / "data") == wanted


def test_a_folder_that_was_not_there_is_not_exported(county: Repository, tmp_path: Path) -> None:
    (county.folder / "more").mkdir()
    assert not export(county.folder / "more", "HEAD", tmp_path / "more") and not (tmp_path / "more").exists()


def test_no_link_of_the_past_leads_out_of_the_copy(county: Repository, tmp_path: Path) -> None:
    """Not by its words, not through another link, not round in a ring; a link inside stays."""
    secret = tmp_path / "secret.yml"
    secret.write_text("secret: 1\n", encoding="utf-8")
    links = {
        "near.yml": "rules.yml",
        "far.yml": str(secret),
        "here": ".",
        "up.yml": "here/../../secret.yml",
        "ring": "ring2",
        "ring2": "ring",
    }
    for name, target in links.items():
        (county.data / name).symlink_to(target)
    county.commit()
    assert export(county.data, "HEAD", tmp_path / "copy" / "data")
    kept = {name for name in links if (tmp_path / "copy/data" / name).is_symlink()}
    assert {"near.yml", "here"} <= kept and not kept & {"far.yml", "up.yml"}
    assert not any("secret" in path.read_text(encoding="utf-8") for path in (tmp_path / "copy").rglob("*.yml") if path.is_file())
