"""What a build or an import that was killed leaves beside its folder is gone after the next, and nothing of one that still runs; a disk
that is full, or may not be written, is said in words and leaves the old site as it was."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from lxml.etree import SerialisationError

from scripts.__main__ import main
from scripts.store import disk_errors as disk
from scripts.store.project import ROOT
from scripts.store.work_folder import MARK, beside

from ..conftest import SMALL, contents, plant

HOLD = "import sys, time; from pathlib import Path; from scripts.store.work_folder import beside\nwith beside(Path(sys.argv[1])) as made: print(made, flush=True); time.sleep(600)"
CHILD = (
    "import subprocess, sys; from pathlib import Path; from scripts.store.work_folder import beside\n"
    "with beside(Path(sys.argv[1])) as made: print(made, flush=True); subprocess.run(['sleep', '600'], close_fds=False)"
)


def hold(place: Path, program: str = HOLD) -> tuple[subprocess.Popen[str], Path]:
    """A process that is making something beside a place, and the folder that it makes it in."""
    running = subprocess.Popen(
        [sys.executable, "-c", program, str(place)], cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert running.stdout
    return running, Path(running.stdout.readline().strip())


def end(running: subprocess.Popen[str], group: bool = True) -> None:
    """Kill it as the machine does."""
    (os.killpg if group else os.kill)(running.pid, signal.SIGKILL)
    running.wait()


def test_what_a_killed_one_left_is_removed_and_what_is_being_made_is_not(tmp_path: Path) -> None:
    """Told apart by a lock that ends with the process, however it ends: neither age nor number can be wrong."""
    dead, left = hold(tmp_path / "site")
    end(dead)
    alive, making = hold(tmp_path / "site")
    (making / "page.html").write_text("x", encoding="utf-8")
    assert not left.exists() and making.exists()
    with beside(tmp_path / "site") as mine:
        assert (making / "page.html").exists() and mine != making
    assert making.exists() and not mine.exists()
    end(alive)
    with beside(tmp_path / "site") as mine:
        assert list(tmp_path.iterdir()) == [mine]


def test_a_child_that_outlives_its_parent_keeps_its_folder(tmp_path: Path) -> None:
    """A build is killed, the engine that it started still writes: its folder stays until it has ended."""
    running, making = hold(tmp_path / "site", CHILD)
    time.sleep(0.5)
    end(running, group=False)
    with beside(tmp_path / "site"):
        assert making.exists()
    os.killpg(running.pid, signal.SIGKILL)
    for _ in range(100):
        with beside(tmp_path / "site"):
            pass
        if not making.exists():
            break
        time.sleep(0.05)
    assert not making.exists()


def test_nothing_but_its_own_is_removed(tmp_path: Path) -> None:
    """Another site's, a file, a link, a folder with a name that is only like it."""
    (tmp_path / "kept").mkdir()
    others = [".site.settings", f".blog{MARK}a", ".site.old", f".site{MARK}link"]
    for name in others[:3]:
        (tmp_path / name).mkdir()
    (tmp_path / others[3]).symlink_to(tmp_path / "kept")
    (tmp_path / f".site{MARK}file").touch()
    with beside(tmp_path / "site"):
        pass
    assert {path.name for path in tmp_path.iterdir()} == {*others, "kept", f".site{MARK}file"}


@pytest.mark.slow
def test_a_killed_build_leaves_nothing_after_the_next(tmp_path: Path) -> None:
    """The real command, killed with its engine while pages are written; what it left is no change for git, and the next build removes it."""
    data = plant(tmp_path / "data")
    command = [sys.executable, "-m", "scripts", "site", "--data", str(data), "--out", str(tmp_path / "site"), "--as-of", "2031-06-15"]
    running = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    while running.poll() is None and not any(path.is_file() for path in tmp_path.glob(f".site{MARK}*/**/*")):
        time.sleep(0.05)
    os.killpg(running.pid, signal.SIGKILL)
    assert running.wait() == -signal.SIGKILL
    (left,) = tmp_path.glob(f".site{MARK}*")
    ignored = subprocess.run(["git", "check-ignore", "-q", left.name], cwd=ROOT, check=False)
    assert ignored.returncode == 0 and not (tmp_path / "site").exists()
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    assert {path.name for path in tmp_path.iterdir()} == {"data", "site"}


@pytest.mark.parametrize(
    "name",
    [
        "填报-2023-05.xlsx",
        "填报-2023-05-县教委.xlsx",
        "登记-2023.xlsx",
        ".2023.new-abc",
        ".data.new-abc",
        ".site.old",
        ".permalinks.txt.new",
    ],
)
def test_what_is_no_part_of_the_repository_is_ignored(name: str) -> None:
    """A workbook that is handed out, a copy that lay about: `git add -A` takes none."""
    assert subprocess.run(["git", "check-ignore", "-q", name], cwd=ROOT, check=False).returncode == 0


# ---------------------------------------------------------------- a disk that is full


@pytest.mark.slow
@pytest.mark.parametrize("room", [0, 3_000, 30_000, 60_000])
def test_a_site_that_cannot_be_written_is_told_in_words(room: int, tmp_path: Path) -> None:
    """However far it came (no file may grow beyond `room` bytes): a sentence, no traceback, the old site as it was, nothing beside it."""
    data, out = plant(tmp_path / "data"), tmp_path / "site"
    command = [sys.executable, "-B", "-m", "scripts", "site", "--data", str(data), "--out", str(out), "--as-of", "2031-06-15"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    before = contents(tmp_path)
    done = subprocess.run(
        command,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
    )
    said = done.stdout + done.stderr
    assert done.returncode == 1 and "写不下" in said.replace(disk.NOWHERE, "写不下") and "原来的网站没有动" in said, said
    assert "Traceback" not in said and "Error" not in said, said
    assert contents(tmp_path) == before


@pytest.mark.parametrize("number", disk.REASONS)
def test_every_reason_is_told_by_whoever_meets_it(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Any verb, in this process or in the engine's: the reason, the file, no traceback."""
    error = OSError(number, os.strerror(number), "/x/表.csv")
    name = type(error).__name__
    assert disk.reason(error) == disk.reason_said(f"Traceback …\n{name}: {error}\n") == f"{disk.REASONS[number]}（/x/表.csv）"

    def full(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(shutil, "copytree", full)
    assert main(["new-plan", "2032", "--data", str(SMALL), "--county", "某县"]) == 1
    assert capsys.readouterr().err == f"没有做完：{disk.REASONS[number]}（/x/表.csv）。\n"


def test_another_error_is_no_word_about_the_disk() -> None:
    """What is not known is not explained away."""
    assert disk.reason(SerialisationError("IO_ENOSPC")) == disk.FULL
    assert (
        disk.reason(OSError(errno.EINVAL, "x")) is None
        and disk.reason(ValueError("x")) is None
        and disk.reason_said("OSError: [Errno 22] x\nValueError: [Errno 28]") is None
    )
