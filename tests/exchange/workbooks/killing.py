"""Hands a workbook in again and again and kills the process each time with SIGKILL.  Prints as JSON how many died when, and what was found.

The process is a fork of this program, which has imported everything: it starts in a millisecond.  Every call to the file system that Python
announces (`sys.addaudithook`) is counted, so that a process can die at any one of them; it tells how far it came through a pipe.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from pathlib import Path
from typing import Any

from scripts.cli.hand_in import run_in
from scripts.store.load import load
from scripts.store.project import ROOT
from scripts.store.work_folder import MARK

from ...conftest import contents, plant
from ..intake.filling import Filled, book
from .books import FAR, blank, filled

WATCHED = ("open", "os.", "shutil.", "tempfile.", "fcntl.", "ctypes.dlsym")
BEFORE, SWAP, AFTER = b".", b"s", b"e"
"""What a process writes at each watched call: the swap is still to come, begins with this call, is over."""
PHASES = {BEFORE: "before the swap", SWAP: "during the swap", AFTER: "after the swap"}


def plan_of(folder: Path) -> Path:
    return folder / "plans/2031"


def prepare(folder: Path) -> tuple[Path, Path]:
    """A county with reports of March; a workbook of May, and one of other records, which belong in three folders of the plan, one of them
    with a removal in another."""
    plant(folder)
    say: dict[tuple[str, str], Any] = {("/01", "公布日"): date(2031, 4, 2), ("/01", "情况"): "施工。"}
    paths = [folder.parent / name for name in ("march.xlsx", "may.xlsx", "records.xlsx")]
    paths[0].write_bytes(filled(blank(folder, "2031-03"), say))
    hand_in(folder, paths[0])
    told = {("/01", "公布日"): date(2031, 6, 2), ("/01", "情况"): "装修。", ("/03", "公布日"): date(2031, 6, 2), ("/03", "情况"): "签约。"}
    paths[1].write_bytes(filled(blank(folder, "2031-05"), told))
    paths[2].write_bytes(records(folder))
    return paths[1], paths[2]


def records(folder: Path) -> bytes:
    """A problem, a case, and the report of March taken down."""
    unit = next(iter(load(folder).ledger.units))  # type: ignore[union-attr]
    day, late = "2031-06-02", {"公布日": "2031-06-02", "公布处": "公告栏"}
    return book(
        folder,
        Filled("发现问题", {"任务": "1", "问题": "护栏松动", "整改单位": unit, "发现日": day, "整改期限": "2031-07-01", **late}),
        Filled("先进案例", {"名称": "错时开放", "任务": "1", "单位": unit, "做法": "延后一小时。", **late}),
        Filled("撤下", {"哪一类": "报告", "编号": "2031-03/01", "缘由": "含个人信息", **late}),
    )


def hand_in(folder: Path, path: Path) -> None:
    """The verb, silent; it must succeed."""
    with redirect_stdout(io.StringIO()) as said, redirect_stderr(io.StringIO()):
        code = run_in(argparse.Namespace(data=folder, file=path, dry_run=False, as_of=FAR))
    assert code == 0, said.getvalue()


def swaps(event: str, arguments: tuple[Any, ...]) -> bool:
    """Whether this call puts the new folder in place: the exchange of two."""
    return event == "ctypes.dlsym" and arguments[1] == "renameat2"


def child(folder: Path, path: Path, at: int | None, tell: int) -> int:
    """A process that hands in; at its `at`-th watched call it kills itself."""
    pid = os.fork()
    if pid:
        return pid
    count, phase, on = 0, BEFORE, True

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal count, phase, on
        if not on or not event.startswith(WATCHED):
            return
        phase = AFTER if phase != BEFORE else SWAP if swaps(event, arguments) else BEFORE
        os.write(tell, phase)
        if count == at:
            on = False  # the kill is announced too
            os.kill(os.getpid(), signal.SIGKILL)
        count += 1

    sys.addaudithook(watch)
    try:
        hand_in(folder, path)
    except BaseException as error:
        on = False
        print(f"a hand-in that was not killed failed: {error!r}", file=sys.stderr, flush=True)
        os._exit(1)
    on = False
    os._exit(0)


def visible(folder: Path) -> dict[str, bytes]:
    """What a check sees: no copy that was left lying."""
    return {name: data for name, data in contents(folder).items() if "/." not in name}


class Scene:
    """One data folder and one workbook, before and after."""

    def __init__(self, folder: Path, path: Path, kept: Path, reading: int, writing: int) -> None:
        self.folder, self.path, self.kept, self.reading, self.writing = folder, path, kept, reading, writing
        self.reset()
        self.before = visible(folder)
        assert os.waitpid(child(folder, path, None, writing), 0)[1] == 0
        self.calls = self.told()
        self.after = visible(folder)
        assert self.after != self.before

    def reset(self) -> None:
        shutil.rmtree(plan_of(self.folder), ignore_errors=True)
        shutil.copytree(self.kept, plan_of(self.folder))

    def told(self) -> bytes:
        """What the process that ended has written."""
        os.set_blocking(self.reading, False)
        try:
            return os.read(self.reading, 60_000)
        except BlockingIOError:
            return b""
        finally:
            os.set_blocking(self.reading, True)

    def kill(self, how: str, chance: random.Random) -> str | None:
        """Start, kill, and say in which phase it died; None where it had ended before the signal came."""
        swap = self.calls.index(SWAP)
        at = {"anywhere": chance.randrange(len(self.calls)), "at the swap": chance.randrange(swap - 1, len(self.calls))}.get(how)
        pid = child(self.folder, self.path, at, self.writing)
        told = b""
        if at is None:
            while SWAP not in told:
                told += os.read(self.reading, 60_000)
            until = time.perf_counter() + chance.random() * 0.001
            while time.perf_counter() < until:
                pass
            os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        told += self.told()
        assert os.WIFSIGNALED(status) or status == 0
        return PHASES[told[-1:] or BEFORE] if status else None


def command(scene: Scene, seconds: float) -> str | None:
    """The whole command, as typed, killed after so many seconds; None where it had ended by then."""
    line = [sys.executable, "-m", "scripts", "sheet", "in", str(scene.path), "--data", str(scene.folder)]
    running = subprocess.Popen(line, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        running.wait(seconds)
        return None
    except subprocess.TimeoutExpired:
        running.kill()
        running.wait()
        return "whole commands, at a random moment"


def run(times: int, commands: int, seed: int) -> dict[str, int]:
    """Kill `times` processes, `commands` of them whole commands; after each the folder must be in one of its two states, and valid."""
    chance, found = random.Random(seed), Counter[str]()
    with tempfile.TemporaryDirectory() as temporary:
        folder, kept = Path(temporary) / "data", Path(temporary) / "kept"
        paths = prepare(folder)
        shutil.copytree(plan_of(folder), kept)
        pipe = os.pipe()
        scenes = [Scene(folder, path, kept, *pipe) for path in paths]
        ways = ["anywhere", "at the swap", "from outside"]
        started = time.perf_counter()
        if commands:
            command(scenes[0], 600)
        whole, turn, missed = time.perf_counter() - started, 0, 0
        while turn < times:
            assert missed < 10 * times, "the signals come too late"
            scene = scenes[turn % 2]
            scene.reset()
            phase = command(scene, whole * chance.random()) if turn < commands else scene.kill(ways[turn % 3], chance)
            if phase is None:
                missed += 1
                continue
            turn += 1
            now = visible(folder)
            state = "as before" if now == scene.before else "as after" if now == scene.after else "in between"
            found.update([phase, f"found {state}", *(["broken"] if load(folder).ledger is None else [])])
            if (phase, state) in {("before the swap", "as after"), ("after the swap", "as before")}:
                found["out of order"] += 1
            found["a copy left lying"] += any((folder / "plans").glob(f".2031{MARK}*"))
        scene.reset()
        hand_in(folder, scene.path)
        found["left after the next run"] = len(list((folder / "plans").glob(".*")))
        assert visible(folder) == scene.after
    return dict(found)


if __name__ == "__main__":
    print(json.dumps(run(*(int(each) for each in sys.argv[1:4]))))
