"""What it costs to publish a commit of data: the steps of the publishing workflow, in their order, in a fresh clone.

    make bench-publish          # printed step by step and kept in docs/bench.md; fails above 120 processor seconds

The steps, their environment and their conditions are read from .github/workflows/publish.yml, for data beside the program and for a county's
own repository.  Measured from the clone to the finished
folder, the installation included (nothing is taken from pip's cache); the host's queue and the upload are its own.  The county is the
real plan as first published; the commit opens reporting and brings a first report.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from scripts.exchange.county.found import found
from scripts.store.clock import SHANGHAI
from scripts.store.load import load
from scripts.store.project import ROOT

from ..conftest import BASE_URL, DATA
from ..workflow_steps import steps as steps_of
from .keep import keep

MOST = 120
"""Processor seconds, at the most."""
TASK = 24
WORDS = {
    "git clone": "取仓库（连历史）",
    "make software": "取写明的那个版本的程序",
    "make .venv/.site": "装软件",
    "make check": "检查数据",
    "make guard": "已公布的没有改",
    "make publishable": "能不能正式发布",
    "make changed-kind": "只改了数据，不用跑程序的测试",
    "make publish": "再查一遍能不能发布；生成网站，查链接和永久网址",
    "make manifest": "清单的校验值，给公布日志",
}


@dataclass(frozen=True)
class Step:
    """One step: what was run, its seconds of processor (children included) and on the clock."""

    run: str
    processor: float
    wall: float


def git(folder: Path, *arguments: str) -> str:
    """In a repository, as a clerk without settings of the machine."""
    who = ("-c", "user.name=clerk", "-c", "user.email=clerk@example.org", "-c", "commit.gpgsign=false")
    return subprocess.run(["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True, text=True).stdout.strip()


def together(folder: Path) -> Path:
    """A repository with the program and, in its data folder, nothing yet."""
    git(ROOT, "clone", "-q", "--no-hardlinks", str(ROOT), str(folder))
    return folder


def own(folder: Path) -> Path:
    """A county's own repository, on the program as it was committed here last."""
    program = folder.parent / "program.git"
    git(ROOT, "clone", "-q", "--bare", "--no-hardlinks", str(ROOT), str(program))
    git(program, "tag", "-am", "measured", "v999.0.0")
    found(folder, str(program), "999.0.0")
    return folder


LAYOUTS: Mapping[str, Callable[[Path], Path]] = {"数据和程序合在一起": together, "自己的仓库": own}


def filed(folder: Path) -> str:
    """Put the county's data there, with one commit of them that is not published yet; gives the commit that is."""
    for name in ("plans", "rules.yml", "site.yml", "units.yml"):
        target = folder / "data" / name
        shutil.rmtree(target) if target.is_dir() else target.unlink(missing_ok=True)
        (shutil.copytree if (DATA / name).is_dir() else shutil.copyfile)(DATA / name, target)
    settings = (folder / "data/site.yml").read_text(encoding="utf-8")
    named = "publisher:\n  name: 某某志愿者小组二\n  email: taizhang@county.example\n"
    (folder / "data/site.yml").write_text(settings.replace("publisher:\n", named), encoding="utf-8")
    _commit(folder, "what is public")
    today, ledger = datetime.now(SHANGHAI).date(), load(DATA).ledger
    assert ledger is not None
    plan, lead = ledger.current.id, ledger.current.tasks[TASK].lead[0]
    last = ledger.current.plan.checkpoints[-1].id
    _write(folder, f"data/plans/{plan}/events/{today}-opened.yml", f"type: opened\nopened_on: {today}\npublished: {today}\n")
    _write(folder, f"data/plans/{plan}/reports/{last}/{TASK:02}.yml", f"published: {today}\nby: {lead}\nsummary: 各校按计划推进。\n")
    _commit(folder, "reporting opens, a first report")
    return git(folder, "rev-parse", "HEAD~1")


def _write(folder: Path, file: str, text: str) -> None:
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _commit(folder: Path, message: str) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", message)


def steps(repository: Path, before: str, answers: Path) -> Iterator[tuple[str, Mapping[str, str]]]:
    """What the workflow runs for this commit, with the environment of each step; a condition is asked when its turn comes."""
    event, installed = {"github.event.before": before, "address": BASE_URL.rstrip("/")}, False
    for step in steps_of(repository, "publish", "build", event, answers):
        if step.run and step.run != "make software" and not installed:
            yield "make .venv/.site", {}  # the first target that is called installs; told by itself here
            installed = True
        if step.run:
            yield step.run, step.env


def measure(run: str, folder: Path, more: Mapping[str, str]) -> Step:
    """Run one step; its output is shown only where it fails."""
    dropped = ("DATA", "OUT", "AS_OF", "BASE", "BASE_URL", "PUBLISHED", "FORMAT", "LEDGER_CACHE", "VIRTUAL_ENV")
    clean = {key: value for key, value in os.environ.items() if key not in dropped and not key.startswith(("MAKE", "MFLAGS", "GIT_"))}
    before, started = _processor(), time.perf_counter()
    done = subprocess.run(
        run.split(), cwd=folder, env=clean | {"PIP_NO_CACHE_DIR": "1"} | more, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{run} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return Step(run, _processor() - before, time.perf_counter() - started)


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def published(folder: Path, layout: str) -> Iterator[Step]:
    """Every step from the push to the folder."""
    before, answers = filed(LAYOUTS[layout](folder / "county")), folder / "answers"
    answers.touch()
    yield measure(f"git clone -q --no-local {folder / 'county'} {folder / 'clone'}", folder, {})
    for run, more in steps(folder / "clone", before, answers):
        yield measure(run, folder / "clone", {**more, "GITHUB_OUTPUT": str(answers)})
    page = folder / "clone/site/2023/tasks" / str(TASK) / "index.html"
    assert "各校按计划推进" in page.read_text(encoding="utf-8"), "the report is not on its page"


def main() -> None:
    """Print each step as it ends, then the sum; keep the tables in their page."""
    lines, worst = list[str](), 0.0
    for layout in LAYOUTS:
        lines += [f"| {layout} | 处理器 秒 | 秒 |", "| --- | --- | --- |"]
        processor = wall = 0.0
        with tempfile.TemporaryDirectory(prefix="bench-publish-") as folder:
            for step in published(Path(folder), layout):
                name = " ".join(step.run.split()[:2])
                lines.append(f"| {WORDS.get(name, name)} | {step.processor:.1f} | {step.wall:.1f} |")
                print(f"{step.processor:6.1f} s of processor {step.wall:6.1f} s  {name}", flush=True)
                processor, wall = processor + step.processor, wall + step.wall
        lines += [f"| 合计 | {processor:.1f} | {wall:.1f} |", ""]
        print(f"{processor:6.1f} s of processor {wall:6.1f} s  in all, {layout}; at the most {MOST}", flush=True)
        worst = max(worst, processor)
    keep("publish", lines[:-1])
    sys.exit(worst > MOST)


if __name__ == "__main__":
    main()
