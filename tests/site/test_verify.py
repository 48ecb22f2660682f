"""A published copy can be checked: against its own sums, and against what this clone makes of the same day."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from scripts.__main__ import main
from scripts.site.build import build_site

from ..conftest import MID_YEAR, contents


def test_every_file_is_in_the_manifest_and_in_the_sums(site: Path) -> None:
    """With its size and hash; neither lists itself; nothing that the build left over."""
    manifest = json.loads((site / "manifest.json").read_text(encoding="utf-8"))
    found = {name: data for name, data in contents(site).items() if name not in ("manifest.json", "SHA256SUMS")}
    listed = {each["path"]: (each["bytes"], each["sha256"]) for each in manifest["files"]}
    assert listed == {name: (len(data), hashlib.sha256(data).hexdigest()) for name, data in found.items()}
    sums = dict(reversed(line.split("  ", 1)) for line in (site / "SHA256SUMS").read_text(encoding="utf-8").splitlines())
    everything = found | {"manifest.json": (site / "manifest.json").read_bytes()}
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in everything.items()}
    assert manifest["base_url"] == "https://ledger.example.org/" and manifest["as_of"] == "2026-11-23"


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The small county's data and its site."""
    from ..conftest import plant

    folder = tmp_path_factory.mktemp("verify")
    data = plant(folder / "data")
    return data, build_site(data, folder / "site", MID_YEAR.replace(year=2031), "https://small.example.org/").out


def verify(data: Path, folder: Path, *more: str) -> int:
    """The command."""
    return main(["verify", str(folder), "--data", str(data), *more])


@pytest.mark.slow
def test_a_copy_that_is_whole_and_one_that_is_not(
    small_site: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The whole one is the same to the last byte; of the spoiled one, each file is named with what is wrong with it."""
    data, site = small_site
    assert verify(data, site, "--all") == 0
    said = capsys.readouterr()
    assert {line.split("  ")[0] for line in said.out.splitlines()} == {"相同"} and "一模一样" in said.err
    assert len(said.out.splitlines()) == len(contents(site)) and "相同  index.html" in said.out
    copy = Path(shutil.copytree(site, tmp_path / "copy"))
    (copy / "index.html").write_text("改过", encoding="utf-8")
    (copy / "data/2031/tasks.csv").unlink()
    (copy / "more.html").write_text("多的", encoding="utf-8")
    manifest = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    (copy / "manifest.json").write_text(json.dumps(manifest | {"commit": "0" * 40}), encoding="utf-8")
    assert verify(data, copy) == 1
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        "缺少  data/2031/tasks.csv",
        "不同  index.html（和自带的清单也对不上：公布以后改动过）",
        "不同  manifest.json",
        "多出  more.html",
    ]
    assert "本仓库的数据在版本 不明，这一份是用 " + "0" * 40 in said.err and "不同2个，缺少1个，多出1个" in said.err


def test_what_is_no_copy_is_said_and_nothing_is_built(
    small_site: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No folder, no manifest, a manifest cut short or of another form."""
    data, _ = small_site
    (tmp_path / "empty").mkdir()
    for name, text, words in (
        ("nowhere", None, "没有这个文件夹"),
        ("empty", None, "没有清单"),
        ("empty", '{"as_of": ', "清单读不出来"),
        ("empty", "[]", "清单读不出来"),
        ("empty", '{"as_of": "2031"}', "清单读不出来"),
    ):
        if text is not None:
            (tmp_path / name / "manifest.json").write_text(text, encoding="utf-8")
        assert verify(data, tmp_path / name) == 2
        said = capsys.readouterr()
        assert words in said.out and "重算" not in said.err
