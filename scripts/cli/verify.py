"""`verify`: whether a published copy is what this clone makes, file by file."""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from rich.markup import escape

from scripts.site.build import BuildFailed, build_site
from scripts.site.manifest import MANIFEST, SUMS, compare, digests
from scripts.store.commits import code_stamp, data_stamp, version_cut_off
from scripts.store.load import load

from .options import Options, Verbs
from .terminal import CUT_OFF, print_problems, say

WORDS = {"same": "相同", "differs": "不同", "missing": "缺少", "extra": "多出"}


class Unusable(Exception):
    """The copy cannot be checked; the message says why."""


def add(verbs: Verbs, options: Options) -> None:
    """Register the verb."""
    parser = verbs.add_parser("verify", parents=[options.data], help="核对公布的网站是不是由这份数据生成的")
    parser.add_argument("folder", type=Path, metavar="文件夹", help="公布的网站，里面有 manifest.json")
    parser.add_argument("--base-url", default=None, metavar="网址", help="它是为哪个网址生成的；和清单不同才写")
    parser.add_argument("--all", action="store_true", help="相同的文件也列出来")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """0: every file is the same; 1: some are not; 2: it could not be checked."""
    try:
        manifest = read_manifest(options.folder)
        say(
            f"[1/3] 这一份：整理截至{manifest['as_of']}，数据版本 {manifest['commit'] or '不明'}，网址 {escape(manifest['base_url'] or '没有写')}"
        )
        _tell_versions(manifest, options.data)
        say("[2/3] 用本仓库的数据和程序重算一遍")
        with tempfile.TemporaryDirectory() as folder:
            rebuilt = _rebuilt(options, manifest, Path(folder) / "site")
    except Unusable as error:
        print(error)
        return 2
    return _report(options, manifest, rebuilt)


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a copy.  Raises `Unusable`."""
    path = folder / MANIFEST
    if not folder.is_dir():
        raise Unusable(f"{folder}：没有这个文件夹。请给出公布的网站所在的文件夹，例：python -m scripts verify site")
    if not path.is_file():
        raise Unusable(f"{path}：没有清单。请核对整个网站文件夹，清单 {MANIFEST} 在最上层。")
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        date.fromisoformat(manifest["as_of"])
        {each["path"]: each["sha256"] for each in manifest["files"]}
        _ = manifest["commit"] + manifest["base_url"] + manifest["code_commit"]
    except (ValueError, KeyError, TypeError) as error:
        raise Unusable(f"{path}：清单读不出来，可能没有下载完整，或被改动过。请重新下载这个文件。") from error
    return dict(manifest)


def _tell_versions(manifest: Mapping[str, Any], data: Path) -> None:
    """Say where the clone stands, if it is not where the copy was made; or that it cannot tell."""
    if version_cut_off(data):
        say(f"提醒：{CUT_OFF}")
    for what, mine, theirs in (("数据", data_stamp(data)[0], manifest["commit"]), ("程序", code_stamp(), manifest["code_commit"])):
        if mine != theirs:
            say(
                f"提醒：本仓库的{what}在版本 {mine or '不明'}，这一份是用 {theirs or '不明'} 算的；要逐字节核对，先 git checkout 到那个版本。"
            )


def _rebuilt(options: argparse.Namespace, manifest: Mapping[str, Any], out: Path) -> dict[str, str]:
    """The checksums of the site built anew, of the copy's day and for its address."""
    loaded = load(options.data)
    if loaded.ledger is None:
        print_problems(loaded)
        raise Unusable("本仓库的数据有错，没法重算。")
    try:
        address = options.base_url or manifest["base_url"] or None
        return digests(build_site(options.data, out, date.fromisoformat(manifest["as_of"]), address, loaded.ledger).out)
    except BuildFailed as error:
        raise Unusable(f"{error}\n网站没有算出来，没法核对。") from error


def _report(options: argparse.Namespace, manifest: Mapping[str, Any], rebuilt: Mapping[str, str]) -> int:
    """One line for each file that is not the same (with --all: for every file), then how many of each."""
    copy = digests(options.folder)
    own = {each["path"]: each["sha256"] for each in manifest["files"]}
    states = compare(copy, rebuilt)
    for path, state in states.items():
        if state != "same" or options.all:
            print(f"{WORDS[state]}  {path}{_against_own(path, state, copy, own)}")
    counts = Counter(states.values())
    say("[3/3] " + "，".join(f"{words}{counts[state]}个" for state, words in WORDS.items()))
    whole = counts["same"] == len(states)
    say("这一份和本仓库算出来的一模一样。" if whole else "这一份和本仓库算出来的不完全一样，不同之处列在上面。")
    return 0 if whole else 1


def _against_own(path: str, state: str, copy: Mapping[str, str], own: Mapping[str, str]) -> str:
    """Of a file that differs: whether it was changed after it was published, or was published so."""
    if state != "differs" or path in (MANIFEST, SUMS):
        return ""
    return "（和自带的清单一致：公布时就是这样）" if copy[path] == own.get(path) else "（和自带的清单也对不上：公布以后改动过）"
