#!/usr/bin/env python3
"""取来 ledger.version 写明的那个版本的程序，放在 .ledger 里；每次都核对一遍。这个文件随程序来，不用改。

Gets the version of the program that a county's repository names, into `.ledger/`, and holds it to that each time.
It is copied into the county's repository and stands there alone: nothing but the standard library and git.

    python3 ledger.py                     what `make` runs first, whatever is asked of it
    python3 ledger.py update [VERSION]    name another version (the newest, if none is given); FROM=address: from elsewhere
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

FILE = "ledger.version"
"""The one line that names the version: tag, commit, where it is fetched."""
CLONE = ".ledger"
"""Where the program lies; git does not look at it (.gitignore)."""
NEW = f"{CLONE}.new"
"""Where another version is put together, to take that place in one step: a killed run leaves no half of it there."""
SHAPE = re.compile(r"(v\d+\.\d+\.\d+) ([0-9a-f]{40}) ([A-Za-z0-9_/.][^\s\0]*)", re.ASCII)
EXAMPLE = f"v1.0.0 {'0123456789' * 4} https://git.example.org/livelihood-ledger.git"
TAG = re.compile(r"v\d+\.\d+\.\d+", re.ASCII)
SHOWN = 8


class Stopped(Exception):
    """The program cannot be had as it is named; the message says why and what helps."""


class Pin(NamedTuple):
    """A version of the program: its tag (`v1.0.0`), the commit that the tag must mean, the address or path that it is fetched from."""

    tag: str
    commit: str
    address: str

    @property
    def line(self) -> str:
        """As it stands in the file."""
        return f"{self.tag} {self.commit} {self.address}"


def parse(text: str) -> Pin:
    """What the one line says.  Raises `Stopped`."""
    lines = [line for line in text.splitlines() if line.strip()]
    found = SHAPE.fullmatch(lines[0].strip()) if len(lines) == 1 else None
    if not found:
        said = f"现在写的是“{lines[0].strip()}”" if len(lines) == 1 else f"现在有{len(lines)}行"
        raise Stopped(f"{FILE}:1: 只有一行，三样用空格隔开：版本、提交号（40位）、从哪里取；{said}。例：{EXAMPLE}")
    return Pin(*found.groups())


def read(root: Path) -> Pin:
    """What a county's repository names.  Raises `Stopped`."""
    try:
        return parse((root / FILE).read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise Stopped(f"{FILE}: 没有这个文件；它写明用哪个版本的程序。例：{EXAMPLE}") from None
    except UnicodeDecodeError:
        raise Stopped(f"{FILE}:1: 读不出来，要存成 UTF-8 的文字。例：{EXAMPLE}") from None


def provide(root: Path, pin: Pin) -> bool:
    """Have exactly this version in `.ledger/`; True where it had to be fetched.  Raises `Stopped`; then nothing was changed.

    What is there already is held to it each time: the commit, and that nobody edited a file of it.
    """
    if (root / CLONE).exists():
        _refuse_edits(root / CLONE)
        named = _git(root / CLONE, "tag", "--points-at=HEAD").splitlines()
        if pin.tag in named and _git(root / CLONE, "rev-parse", "HEAD") == pin.commit:
            return False
    if (got := _fetch(root, pin.address, pin.tag)) != pin:
        shutil.rmtree(root / NEW, ignore_errors=True)
        raise Stopped(
            f"{FILE}:1: {pin.tag} 的提交号对不上：这里写的是 {pin.commit}，{pin.address} 的是 {got.commit}；没有用它。"
            f"手工改过版本、没有改提交号的，写成：{got.line}。"
            "没有人改过这一行的，是那边的标签动过了：先查清楚，不要照改"
        )
    _put_in_place(root)
    return True


def take(root: Path, address: str, wished: str = "") -> Pin:
    """Have the wished version of what lies there, or the newest; gives it.  Raises `Stopped`; then nothing was changed."""
    if (root / CLONE).exists():
        _refuse_edits(root / CLONE)
    pin = _fetch(root, address, wished)
    _put_in_place(root)
    return pin


def _put_in_place(root: Path) -> None:
    shutil.rmtree(root / CLONE, ignore_errors=True)
    (root / NEW).rename(root / CLONE)


def _refuse_edits(here: Path) -> None:
    try:
        edited = _git(here, "--git-dir=.git", "status", "--porcelain", "--untracked-files=normal").splitlines()
    except Stopped:
        edited = [f"   {CLONE}"]
    if edited:
        more = f"等{len(edited)}处" if len(edited) > 1 else ""
        raise Stopped(
            f"{CLONE} 里的程序被改过，或者没有取全（{edited[0][3:]}{more}），跑的就不是写明的版本；"
            f"自己改了东西在里面的，先另存一份；要重新取一份：rm -rf {CLONE}，再来一次"
        )


def _fetch(root: Path, address: str, wished: str) -> Pin:
    """Put a version (empty: the newest) together beside its place.  Raises `Stopped`."""
    known = versions(root, address)
    tag = f"v{wished.removeprefix('v')}" if wished or not known else known[-1]
    if tag not in known:
        raise Stopped(f"{address} {f'没有 {tag} 这个版本；' if known else ''}{_listed(known)}")
    shutil.rmtree(root / NEW, ignore_errors=True)
    clone = ("clone", "--quiet", "--no-local", "--branch", tag)
    try:
        _git(root, *clone, "--depth=1", "--end-of-options", _place(root, address), NEW)
    except Stopped:  # a plain web server gives no part of a history
        _git(root, *clone, "--end-of-options", _place(root, address), NEW)
    return parse(Pin(tag, _git(root / NEW, "rev-parse", "HEAD"), address).line)


def versions(root: Path, address: str) -> list[str]:
    """Every version that can be had, the oldest first.  Raises `Stopped` where the address does not answer."""
    try:
        said = _git(root, "ls-remote", "--quiet", "--end-of-options", _place(root, address))
    except Stopped as error:
        raise Stopped(f"从 {address} 取不到程序：{error}。网络不通的，过一会儿再来；换一个地方取：make update FROM=地址") from None
    tags = {line.partition("refs/tags/")[2] for line in said.splitlines()}
    return sorted((tag for tag in tags if TAG.fullmatch(tag)), key=order)


def order(tag: str) -> tuple[int, ...]:
    """Versions in their order.

    >>> order("v1.10.0") > order("v1.9.3")
    True
    """
    return tuple(int(number) for number in tag[1:].split("."))


def update(root: Path, wished: str, address: str | None) -> tuple[Pin | None, Pin]:
    """Name another version and have it; gives what was named before (None: nothing that can be read) and now.

    Raises `Stopped`; the line is written last, so that a version that cannot be had changes nothing.
    """
    before: Pin | None = None
    try:
        before = read(root)
    except Stopped:
        if not address:
            raise
    pin = take(root, address or (before.address if before else ""), wished)
    write(root, pin)
    return before, pin


def write(root: Path, pin: Pin) -> None:
    """Name a version: the whole line or none of it."""
    new = root / f".{FILE}.new"
    new.write_text(f"{pin.line}\n", encoding="utf-8")
    new.replace(root / FILE)


def _listed(known: list[str]) -> str:
    newest = known[::-1][:SHOWN]
    return f"有的是 {'、'.join(newest)}{'等' if len(known) > SHOWN else ''}" if newest else "那里还没有发布过版本"


def _place(root: Path, address: str) -> str:
    """An address as git takes it: a path counts from the county's repository."""
    return str((root / address).resolve()) if (root / address).exists() else address


def _git(folder: Path, *arguments: str) -> str:
    """Raises `Stopped` with what git said."""
    known = {name: value for name, value in os.environ.items() if name not in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")}
    known |= {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"}
    command = ["git", "-c", "core.quotePath=false", "-c", "core.autocrlf=false", "-c", "advice.detachedHead=false", *arguments]
    try:
        done = subprocess.run(command, cwd=str(folder), env=known, capture_output=True, check=False)
    except FileNotFoundError:
        raise Stopped("没有安装 git；请先安装 git") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise Stopped("git 说：" + (said[-1] if said else "（没有说）"))
    return done.stdout.decode("utf-8", "replace").rstrip("\n")


def main(arguments: list[str], root: Path) -> int:
    """Have the version that is named; `update`: name another.  1 where it cannot be had."""
    try:
        if arguments[:1] == ["update"]:
            before, now = update(root, (arguments[1:] or [""])[0], os.environ.get("FROM"))
            _tell(before, now)
        elif provide(root, pin := read(root)):
            print(f"程序 {pin.tag} 已取来，放在 {CLONE} 里。", file=sys.stderr)
    except Stopped as error:
        print(f"{error}。", file=sys.stderr)
        return 1
    return 0


def _tell(before: Pin | None, now: Pin) -> None:
    if before == now:
        print(f"已经是 {now.tag}。", file=sys.stderr)
        return
    old = before.tag if before else "（读不出）"
    print(f"程序从 {old} 换到 {now.tag}：改了 {FILE} 这一行。改了什么，见 {CLONE}/CHANGELOG.md。", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Path(__file__).resolve().parent))
